"""What an expression of time leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from melian.records import Basis, Precision


@dataclass(frozen=True, slots=True)
class Resolved:
    """An interval, how fine it is and what it rests on; see `melian.records.When`."""

    value: str | None
    precision: Precision = "open"
    basis: Basis = "unknown"
    start: date | None = None
    end: date | None = None
