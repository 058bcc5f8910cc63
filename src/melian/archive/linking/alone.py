"""Linking tellings that stand in no archive, by the same steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from melian.archive.linking.clusters import groups
from melian.archive.linking.columns import TELLING, schema_of_links
from melian.archive.linking.pairing import find_pairs
from melian.archive.linking.steps import add_macros, insert, make
from melian.archive.linking.weights import groups_of_types, weights


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one telling; see `tellings.sql`.

    Attributes:
        reading: Number of its report.
        type: Its PLOVER type, empty where none is known.
        triggers: The words that tell it, as lemmas or stems.
        words: Other words of its sentence, as stems.
        context: Names anywhere in its report, as stems.
        sketch: The signs of its vector, as four whole numbers of 64 bits; none where there is no vector.
    """

    reading: int
    type: str = ""
    triggers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    sketch: tuple[int, ...] | None = None


def link_tellings(tellings: Sequence[Telling], changed: Mapping[str, float] | None = None) -> list[int]:
    """Give for each telling the place of the first one that is of the same event.

    Args:
        tellings: In any order.
        changed: Weights that differ from those of the table.
    """
    import duckdb
    import pyarrow as pa

    empty: dict[str, object] = {"names": [], "sources": [], "targets": [], "is_dated": False, "grain": "day"}
    rows = [empty | msgspec.structs.asdict(one) | {"node": node} for node, one in enumerate(tellings)]
    numbers = {**weights(), **(changed or {})}
    with duckdb.connect() as connection:
        add_macros(connection)
        columns = ", ".join(f"{value!r}::DOUBLE AS {name}" for name, value in numbers.items())
        connection.execute(f"CREATE TABLE weights AS SELECT {columns}")
        connection.execute("CREATE TABLE kin_types (id VARCHAR, types VARCHAR[])")
        insert(connection, "kin_types", [(name, list(types)) for name, types in [("any", ("",)), *groups_of_types()]])
        connection.register("given", pa.Table.from_pylist(rows, schema=schema_of_links(TELLING)))
        connection.execute("CREATE TABLE compared_tellings AS SELECT *, true AS is_fresh FROM given")
        for table in ("nodes", "block_keys"):
            make(connection, table, table)
        find_pairs(connection, "pairs")
        pairs = connection.sql("SELECT one, other, score FROM pairs").fetchall()
    chosen = groups(pairs, numbers["density"])
    return [chosen.get(node, node) for node in range(len(tellings))]
