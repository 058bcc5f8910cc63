"""Melian reads reports of international affairs: what was done and said, and according to whom.

import melian

reader = melian.Reader()
reading = reader.read(text, published="2015-12-03")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from melian.archive import Archive
    from melian.errors import BadReport, MelianError
    from melian.intake import report_from_text
    from melian.intake.own_actors import read_actors
    from melian.reader import Reader
    from melian.records import Reading, Report, from_json, to_json
    from melian.settings import Settings

_HOMES = {
    "Archive": "melian.archive",
    "BadReport": "melian.errors",
    "MelianError": "melian.errors",
    "Reader": "melian.reader",
    "Reading": "melian.records",
    "Report": "melian.records",
    "Settings": "melian.settings",
    "from_json": "melian.records",
    "read_actors": "melian.intake.own_actors",
    "report_from_text": "melian.intake",
    "to_json": "melian.records",
}

__all__ = [
    "Archive",
    "BadReport",
    "MelianError",
    "Reader",
    "Reading",
    "Report",
    "Settings",
    "__version__",
    "from_json",
    "read_actors",
    "report_from_text",
    "to_json",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for, so that importing the package does nothing."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'melian' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return list(__all__)
