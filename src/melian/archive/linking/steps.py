"""Steps of linking: each is a question in a file of SQL, whose answer becomes a table for the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@cache
def step(name: str) -> str:
    """Give the SQL of a step."""
    return (files("melian.archive.linking") / f"{name}.sql").read_text(encoding="utf-8")


def make(connection: DuckDBPyConnection, table: str, name: str) -> None:
    """Keep the answer of a step as a table."""
    connection.execute(f"CREATE TABLE {table} AS {step(name)}")


def insert(connection: DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Put rows into a table that is there."""
    import pyarrow as pa

    schema = connection.sql(f"FROM {table} LIMIT 0").to_arrow_table().schema
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    connection.register("inserted", pa.Table.from_arrays(arrays, schema=schema))
    connection.execute(f"INSERT INTO {table} FROM inserted")
    connection.unregister("inserted")
