"""What an expression of time leads to."""

from __future__ import annotations

from datetime import date

import msgspec

from melian.records import Basis, Precision


class Resolved(msgspec.Struct, frozen=True):
    """An interval, how fine it is and what it rests on; see `melian.records.When`."""

    value: str | None
    precision: Precision = "open"
    basis: Basis = "unknown"
    start: date | None = None
    end: date | None = None
