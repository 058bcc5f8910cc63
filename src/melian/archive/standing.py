"""The standing of events, worked out once when a shard is written: it rests on one report alone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@cache
def rule() -> str:
    """Give the SQL that works standing out, from `live_events`, `live_claims` and `live_disputes`."""
    return (files("melian.archive") / "worked_out.sql").read_text(encoding="utf-8")


def with_standing(events: pa.Table, claims: pa.Table, disputes: pa.Table) -> pa.Table:
    """Fill the column `standing` of events.

    Args:
        events: Rows of the table of events, without a standing.
        claims: The claims of the same reports.
        disputes: Their disputes.
    """
    import duckdb
    import pyarrow as pa

    if not events.num_rows:
        return events
    with duckdb.connect(config={"threads": 1}) as connection:
        for table, rows in (("events", events), ("claims", claims), ("disputes", disputes)):
            connection.register(f"live_{table}", rows)
        found = {(reading, event): word for reading, event, word in connection.sql(rule()).fetchall()}
    keys = zip(events["reading"].to_pylist(), events["event"].to_pylist(), strict=True)
    words = pa.array([found[key] for key in keys], pa.string())
    return events.set_column(events.schema.get_field_index("standing"), "standing", words)
