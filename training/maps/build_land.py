"""Build the outline of the world's land that maps in briefs are drawn on.

    python training/maps/build_land.py LAND-110M.JSON

The input is `land-110m.json` of the npm package world-atlas 2.0.2: Natural Earth's land at 1:110 million, as TopoJSON
(public domain). No borders are in it, so that none is taken for Melian's opinion.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "src/melian/exports/templates/land.txt"
STEP = 0.25
"""Degrees of one unit. Finer steps make the file larger and the map no better at the size of a page."""
HEAD = """# The world's land as the data of an SVG path, in quarters of a degree from 180 west and 90 north.
# Natural Earth, 1:110m land (public domain), by way of world-atlas 2.0.2; made by training/maps/build_land.py.
"""


def arcs_of(topology: dict) -> list[list[tuple[int, int]]]:
    """Give every arc in whole units."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx + 180) / STEP), round((90 - y * sy - ty) / STEP)))
        arcs.append(points)
    return arcs


def ring_of(numbers: list[int], arcs: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Join the arcs of a ring; a negative number means an arc the other way round."""
    points: list[tuple[int, int]] = []
    for number in numbers:
        points += arcs[number] if number >= 0 else arcs[~number][::-1]
    return [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]


def pieces_of(ring: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Part a ring where it jumps from one edge of the map to the other."""
    pieces = [[ring[0]]]
    for before, point in pairwise(ring):
        if abs(point[0] - before[0]) > 180 / STEP:
            pieces.append([])
        pieces[-1].append(point)
    return [piece for piece in pieces if len(piece) > 2]


def path_of(topology: dict) -> str:
    """Write all rings as one path of relative lines."""
    arcs = arcs_of(topology)
    parts = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring_of(numbers, arcs) for polygon in polygons for numbers in polygon):
            for piece in pieces_of(ring):
                steps = "".join(f"l{x - a} {y - b}" for (a, b), (x, y) in pairwise(piece))
                parts.append(f"M{piece[0][0]} {piece[0][1]}{steps}z".replace(" -", "-"))
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    OUT.write_text(HEAD + path_of(json.loads(Path(sys.argv[1]).read_text())), encoding="utf-8")
