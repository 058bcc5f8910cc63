"""The outline of the world's land, without borders."""

from __future__ import annotations

from melian.exports.single_page import template_part

UNITS_A_DEGREE = 4
"""How many units of the outline make a degree. Its x grows from 180 degrees west, its y from 90 degrees north."""


def land_outline() -> str:
    """Give the land as the data of an SVG path (Natural Earth, 1:110m, public domain)."""
    return " ".join(line for line in template_part("land.txt").splitlines() if not line.startswith("#"))
