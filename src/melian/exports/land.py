"""The outline of the world's land, without borders."""

from __future__ import annotations

import re

from melian.exports.single_page import template_part

UNITS_A_DEGREE = 4
"""How many units of the outline make a degree. Its x grows from 180 degrees west, its y from 90 degrees north."""


def land_outline() -> str:
    """Give the land as the data of an SVG path (Natural Earth, 1:110m, public domain)."""
    return " ".join(line for line in template_part("land.txt").splitlines() if not line.startswith("#"))


def land_polygons() -> list[list[tuple[float, float]]]:
    """Give the land as closed rings of longitude and latitude."""
    rings = []
    for piece in re.findall(r"M([^z]*)z", land_outline()):
        numbers = [int(number) for number in re.findall(r"-?\d+", piece)]
        x, y = 0, 0
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / UNITS_A_DEGREE - 180, 90 - y / UNITS_A_DEGREE))
        rings.append([*ring, ring[0]])
    return rings
