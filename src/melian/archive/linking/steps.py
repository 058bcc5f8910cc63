"""Steps of linking: each is a question in a file of SQL, whose answer becomes a table for the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH = 1 << 18


@cache
def step(name: str, subject: str = "") -> str:
    """Give the SQL of a step.

    Args:
        name: The step's.
        subject: What it is about, for a step that is the same for several: "voice" or "event" where it groups, "fresh"
            or "near" where it takes tellings from reports.
    """
    return (files("melian.archive.linking") / f"{name}.sql").read_text(encoding="utf-8").replace("{subject}", subject)


def make(connection: DuckDBPyConnection, table: str, name: str, subject: str = "") -> None:
    """Keep the answer of a step as a table.

    Args:
        connection: With the tables that the step refers to.
        table: The table's name.
        name: The step's.
        subject: See `step`.
    """
    connection.execute(f"CREATE TABLE {table} AS {step(name, subject)}")


def add_macros(connection: DuckDBPyConnection) -> None:
    """Define the times under which a telling is looked for: blocks of days, or a whole year."""
    connection.execute(
        "CREATE MACRO times_of(begins, ends, grain, block_days) AS CASE WHEN begins IS NULL THEN ['-'] "
        "WHEN grain = 'day' AND ends - begins <= 31 THEN list_transform(range("
        "floor((epoch(begins) / 86400 - 1) / block_days)::BIGINT, "
        "floor((epoch(ends) / 86400 + 1) / block_days)::BIGINT + 1), lambda block: block::VARCHAR) "
        "ELSE [grain || year(begins)] END"
    )


def rows_of(connection: DuckDBPyConnection, question: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of an answer; few are held as Python's objects at a time."""
    answer = connection.cursor().execute(question)
    while rows := answer.fetchmany(_BATCH):
        yield from rows


def insert(connection: DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Put rows into a table that is there, some at a time."""
    import pyarrow as pa

    schema = connection.sql(f"FROM {table} LIMIT 0").to_arrow_table().schema
    ongoing = iter(rows)
    while part := list(islice(ongoing, _BATCH)):
        columns = zip(*part, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        connection.register("inserted", pa.Table.from_arrays(arrays, schema=schema))
        connection.execute(f"INSERT INTO {table} FROM inserted")
        connection.unregister("inserted")
