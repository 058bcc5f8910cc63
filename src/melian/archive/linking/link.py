"""Linking an archive: what is new is compared with what is there; all else is kept. Start reading here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from melian.archive.asking import unreadable
from melian.archive.ledger import Snapshot
from melian.archive.limits import Limits
from melian.archive.linking.clusters import Pair, components, groups
from melian.archive.linking.columns import LINKS
from melian.archive.linking.decisions import About, Decision, decisions_of
from melian.archive.linking.generations import Generation, Made, newest_generation, write_generation
from melian.archive.linking.stems import stems_of, type_stems
from melian.archive.linking.steps import insert, make, step
from melian.archive.linking.weights import groups_of_types, known_outlets, linking_version, weights
from melian.archive.marks import hash_of
from melian.archive.views import open_views
from melian.archive.writer import Writer
from melian.errors import BadArchive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from duckdb import DuckDBPyConnection

_MEMORY = "5GB"


@dataclass(frozen=True, slots=True)
class Linked:
    """What a run of linking did.

    Attributes:
        reports: Reports in the archive.
        new_reports: Those that were not linked before.
        voices: Independent voices.
        events: Events of reports.
        linked_events: What they are together.
        compared: Pairs of new tellings that were found to be of one event.
    """

    reports: int
    new_reports: int
    voices: int
    events: int
    linked_events: int
    compared: int


def link(writer: Writer, *, is_anew: bool = False) -> Linked:
    """Link the reports of an archive that are not linked yet.

    Args:
        writer: Who holds the archive.
        is_anew: Throw all links away first; decisions stay.

    Raises:
        BadArchive: The archive cannot be read or written. Then the links that were there still count.
    """
    import duckdb

    snapshot, decisions = writer.snapshot(), decisions_of(writer.layout)
    made = Made(version=linking_version(), decisions=hash_of(*map(msgspec.json.encode, decisions)))
    before = newest_generation(writer.layout)
    is_kept = before is not None and before.made.version == made.version and not is_anew
    try:
        with _opened(writer, snapshot, before if is_kept else None) as connection:
            _prepare(connection, decisions)
            _link_voices(connection, decisions)
            compared = _link_events(connection, decisions)
            _name_actors(connection, decisions)
            _tell(connection)
            (counts,) = connection.sql(step("link_counts")).fetchall()
            tables = {table: connection.sql(f"FROM new_{table}").to_arrow_table() for table in LINKS}
    except duckdb.OutOfMemoryException as error:
        raise BadArchive(
            f"Linking needs more than {_MEMORY} of memory",
            "an archive whose events fit into it, some three millions",
            "Link more often while the archive grows: only what is new is compared",
        ) from error
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.FatalException) as error:
        raise unreadable(error) from error
    write_generation(writer, tables, made)
    reports, new_reports, voices, events, linked_events = counts
    return Linked(reports, new_reports, voices, events, linked_events, compared)


def _opened(writer: Writer, snapshot: Snapshot, before: Generation | None) -> DuckDBPyConnection:
    return open_views(writer.layout, snapshot, Limits(memory=_MEMORY), links=before)


def _prepare(connection: DuckDBPyConnection, decisions: Iterable[Decision]) -> None:
    """Lay out the tables that steps refer to: kindred types, what is new, what a hand has judged."""
    connection.execute("CREATE TABLE kin_types (id VARCHAR, types VARCHAR[])")
    connection.executemany(
        "INSERT INTO kin_types VALUES (?, ?)", [(name, list(types)) for name, types in groups_of_types()]
    )
    connection.execute("CREATE TABLE decided_events (report VARCHAR, event VARCHAR)")
    ends = {end for one in decisions if one.about == "events" for end in (one.left, one.right)}
    insert(connection, "decided_events", ends)
    for table in ("fresh_readings", "fresh_events"):
        make(connection, table, table)


def _link_voices(connection: DuckDBPyConnection, decisions: Iterable[Decision]) -> None:
    make(connection, "fresh_voice_texts", "voice_marks")
    make(connection, "voice_texts", "all_voice_texts")
    make(connection, "fresh_voice_pairs", "voice_pairs")
    make(connection, "new_voice_pairs", "all_voice_pairs")
    pairs = connection.sql("SELECT one, other, score FROM new_voice_pairs").fetchall()
    known = dict(connection.sql("SELECT report, node FROM voice_texts").fetchall())
    chosen = groups(
        pairs, weights()["density"], *_by_hand(decisions, "voices", {(report,): node for report, node in known.items()})
    )
    connection.execute("CREATE TABLE voice_groups (node UBIGINT, chosen UBIGINT)")
    insert(connection, "voice_groups", chosen.items())
    make(connection, "new_voice_links", "voice_links")
    connection.execute("CREATE TABLE new_voice_texts AS SELECT * EXCLUDE (is_fresh) FROM voice_texts")


def _link_events(connection: DuckDBPyConnection, decisions: Iterable[Decision]) -> int:
    words = [word for (word,) in connection.sql(step("words_met")).fetchall()]
    connection.execute("CREATE TABLE stems (word VARCHAR, stem VARCHAR, is_dull BOOLEAN)")
    insert(connection, "stems", stems_of(words))
    connection.execute("CREATE TABLE type_stems (type VARCHAR, stem VARCHAR)")
    insert(connection, "type_stems", type_stems())
    for table, name in (
        ("telling_words", "telling_words"),
        ("report_names", "report_names"),
        ("fresh_tellings", "tellings"),
        ("all_tellings", "all_tellings"),
        ("nodes", "nodes"),
        ("block_keys", "block_keys"),
        ("fresh_event_pairs", "event_pairs"),
        ("new_event_pairs", "all_event_pairs"),
        ("touched_parts", "touched_parts"),
    ):
        make(connection, table, name)
    known: dict[tuple[str, ...], Any] = {
        (report, event): node
        for report, event, node in connection.sql(
            "SELECT report, event, node FROM all_tellings WHERE is_decided"
        ).fetchall()
    }
    together, apart = _by_hand(decisions, "events", known)
    pairs = connection.sql(step("pairs_to_group")).fetchall()
    parts = components((*((one, other) for one, other, _ in pairs), *together))
    chosen = groups(pairs, weights()["density"], together, apart)
    connection.execute("CREATE TABLE fresh_event_groups (node UBIGINT, part UBIGINT, chosen UBIGINT)")
    insert(connection, "fresh_event_groups", ((node, parts[node], chosen[node]) for node in chosen))
    make(connection, "new_event_groups", "event_groups")
    make(connection, "new_event_links", "event_links")
    connection.execute("CREATE TABLE new_tellings AS SELECT * EXCLUDE (is_fresh) FROM all_tellings")
    return int(connection.sql("SELECT count(*) FROM fresh_event_pairs").fetchall()[0][0])


def _name_actors(connection: DuckDBPyConnection, decisions: Iterable[Decision]) -> None:
    make(connection, "names", "names")
    make(connection, "name_pairs", "name_pairs")
    known: dict[tuple[str, ...], Any] = {
        (name, country): node
        for node, name, country in connection.sql("SELECT node, name, coalesce(country, '') FROM names").fetchall()
    }
    pairs = connection.sql("SELECT one, other, score FROM name_pairs").fetchall()
    chosen = groups(pairs, 0.0, *_by_hand(decisions, "actors", known))
    connection.execute("CREATE TABLE name_groups (node UBIGINT, chosen UBIGINT)")
    insert(connection, "name_groups", chosen.items())
    make(connection, "new_identities", "identities")
    make(connection, "new_offices", "offices")
    connection.execute("CREATE TABLE outlets (outlet VARCHAR, country VARCHAR)")
    insert(connection, "outlets", known_outlets())
    make(connection, "new_outlet_countries", "outlet_countries")


def _tell(connection: DuckDBPyConnection) -> None:
    make(connection, "touched_events", "touched_events")
    make(connection, "links_to_tell", "links_to_tell")
    make(connection, "retold_events", "retold_events")
    make(connection, "new_linked_events", "linked_events")


def _by_hand(
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
