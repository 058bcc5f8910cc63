"""Pairs of tellings that are of one event, found a part at a time: all candidates at once would not fit into memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.archive.linking.steps import step

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CANDIDATES = 50_000_000
"""So many candidates at most, or few more, are looked at in one part; few of them are left to be compared."""


def find_pairs(connection: DuckDBPyConnection, table: str, most: int = CANDIDATES) -> None:
    """Compare the tellings that share a key, and keep the pairs that are of one event.

    Args:
        connection: With `nodes`, `block_keys` and `weights`.
        table: The name of the table of pairs that is made.
        most: How many candidates are compared at once.
    """
    ((candidates,),) = connection.sql(step("candidates")).fetchall()
    parts = 1 + candidates // most
    for number in range(parts):
        connection.execute(
            "CREATE OR REPLACE TABLE part AS SELECT $number AS number, $parts AS parts",
            {"number": number, "parts": parts},
        )
        how = f"INSERT INTO {table}" if number else f"CREATE TABLE {table} AS"
        connection.execute(f"{how} {step('event_pairs')}")
