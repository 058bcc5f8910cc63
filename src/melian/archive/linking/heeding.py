"""What people decided about links since they were made: it counts at once, before anything is linked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from melian.archive.linking.decisions import Decision
from melian.archive.linking.grouping import by_hand, form_groups, overlay
from melian.archive.linking.steps import insert, make, step

if TYPE_CHECKING:
    from collections.abc import Collection

    from duckdb import DuckDBPyConnection

_PASSING = (
    "TABLE decided_events", "TABLE fresh_tellings", "VIEW fresh_events", "TABLE gone_readings", "VIEW kept_tellings",
    "TABLE changed_event_nodes", "TABLE fresh_event_pairs", "TABLE decided_event_nodes", "TABLE delta_event_pairs",
    "TABLE touched_event_nodes", "TABLE event_pairs_to_group", "TABLE event_parts", "TABLE fresh_event_groups",
    "TABLE delta_event_groups", "VIEW now_event_links", "VIEW now_voice_links", "TABLE touched_linked",
    "TABLE links_to_tell", "TABLE retold_events",
)  # fmt: skip


def heed(connection: DuckDBPyConnection, decisions: Collection[Decision]) -> None:
    """Put decisions about events above the stored links: groups that they touch are formed anew, and told again.

    Nothing is compared: a telling keeps the pairs in which it was found. Reports that are not linked yet wait for the
    next linking, and so do decisions about voices and names.

    Args:
        connection: With the views of readings and the stored tables of links, and no views over those yet.
        decisions: All that stand.
    """
    connection.execute("CREATE TABLE decided_events (report VARCHAR, event VARCHAR)")
    insert(
        connection,
        "decided_events",
        {end for one in decisions if one.about == "events" for end in (one.left, one.right)},
    )
    make(connection, "fresh_tellings", "heeded_tellings")
    connection.execute("CREATE VIEW fresh_events AS SELECT reading, event FROM fresh_tellings")
    connection.execute("CREATE TABLE gone_readings (reading BIGINT)")
    connection.execute(f"CREATE VIEW kept_tellings AS {step('kept_tellings')}")
    make(connection, "changed_event_nodes", "heeded_nodes")
    make(connection, "fresh_event_pairs", "heeded_pairs")
    nodes: dict[tuple[str, ...], Any] = {
        (report, event): node for report, event, node in connection.sql(step("decided_tellings")).fetchall()
    }
    form_groups(connection, "event", *by_hand(decisions, "events", nodes), nodes.values())
    make(connection, "delta_event_links", "delta_event_links")
    make(connection, "touched_linked", "heeded_linked")
    overlay(connection, "event_links")
    connection.execute("CREATE VIEW now_voice_links AS FROM stored_voice_links")
    for table in ("links_to_tell", "retold_events", "delta_linked_events"):
        make(connection, table, table)
    for passing in _PASSING:
        connection.execute(f"DROP {passing}")
    for table in ("event_links", "linked_events"):
        connection.execute(f"ALTER VIEW stored_{table} RENAME TO filed_{table}")
        overlay(connection, table, below="filed", above="stored")
