"""Forming groups anew that something may have touched, and what was stored with what changed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from melian.archive.linking.clusters import Pair, components, join_parts
from melian.archive.linking.columns import KEYS, LINKS
from melian.archive.linking.decisions import About, Decision
from melian.archive.linking.steps import insert, make, rows_of, step
from melian.archive.linking.weights import weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from duckdb import DuckDBPyConnection


def form_groups(
    connection: DuckDBPyConnection, subject: str, together: list[Pair], apart: list[Pair], decided: Iterable[int]
) -> None:
    """Form the groups anew that what changed may have touched, and no others."""
    connection.execute(f"CREATE TABLE decided_{subject}_nodes (node UBIGINT)")
    insert(connection, f"decided_{subject}_nodes", ((node,) for node in dict.fromkeys(decided)))
    make(connection, f"delta_{subject}_pairs", "delta_pairs", subject)
    make(connection, f"touched_{subject}_nodes", "touched_nodes", subject)
    make(connection, f"{subject}_pairs_to_group", "pairs_to_group", subject)
    pairs = rows_of(connection, f"SELECT one, other FROM {subject}_pairs_to_group")  # noqa: S608 - our own names
    owner = components(chain(pairs, together))
    connection.execute(f"CREATE TABLE {subject}_parts (node UBIGINT, part UBIGINT)")
    insert(connection, f"{subject}_parts", owner.items())
    pairs = rows_of(connection, step("pairs_in_parts", subject))
    chosen = join_parts(pairs, owner, weights()["density"], together, apart)
    connection.execute(f"CREATE TABLE fresh_{subject}_groups (node UBIGINT, part UBIGINT, chosen UBIGINT)")
    insert(connection, f"fresh_{subject}_groups", ((node, owner[node], name) for node, name in chosen))
    make(connection, f"delta_{subject}_groups", "delta_groups", subject)


def overlay(connection: DuckDBPyConnection, table: str, *, below: str = "stored", above: str = "now") -> None:
    """Make a view of a table of links: what lies below, with what changed.

    Args:
        connection: With the table and its `delta_`.
        table: The table.
        below: What stands before the name of what lies below.
        above: What stands before the name of the view.
    """
    columns, keys = ", ".join(LINKS[table]), ", ".join(KEYS[table])
    kept = f"SELECT {columns} FROM {below}_{table} ANTI JOIN delta_{table} USING ({keys})"  # noqa: S608 - our own names
    fresh = f"SELECT {columns} FROM delta_{table} WHERE NOT gone"  # noqa: S608 - our own names
    connection.execute(f"CREATE VIEW {above}_{table} AS {kept} UNION ALL {fresh}")


def by_hand(
    decisions: Iterable[Decision], about: About, nodes: Mapping[tuple[str, ...], Any]
) -> tuple[list[Pair], list[Pair]]:
    """Give the pairs of nodes that people hold together, and those that they hold apart; the last word counts."""
    last: dict[Pair, str] = {}
    for one in decisions:
        if one.about == about and one.left in nodes and one.right in nodes:
            left, right = sorted((nodes[one.left], nodes[one.right]))
            last[left, right] = one.verdict
    together = [pair for pair, verdict in last.items() if verdict == "one" and pair[0] != pair[1]]
    return together, [pair for pair, verdict in last.items() if verdict == "two"]
