"""Readings as JSON: one indented object, or one line each."""

from __future__ import annotations

import msgspec

from melian.records import Reading, to_json


def indent_json(reading: Reading) -> bytes:
    """Write one reading as an indented JSON object with a line feed at its end."""
    return msgspec.json.format(to_json(reading), indent=1) + b"\n"


def line_json(reading: Reading) -> bytes:
    """Write one reading as one line of JSON with its line feed."""
    return to_json(reading) + b"\n"
