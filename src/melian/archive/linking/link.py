"""Linking an archive: what is new is compared with what is there; all else is kept. Start reading here."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from melian.archive.asking import unreadable
from melian.archive.limits import Limits
from melian.archive.linking.clusters import groups
from melian.archive.linking.columns import KEYS, LINKS
from melian.archive.linking.decisions import Decision, decisions_of
from melian.archive.linking.generations import Made, made_next, mark_of_decisions, newest_generation, write_generation
from melian.archive.linking.grouping import by_hand, form_groups, overlay
from melian.archive.linking.pairing import find_pairs
from melian.archive.linking.stems import stems_of, type_stems
from melian.archive.linking.steps import add_macros, insert, make, step
from melian.archive.linking.weights import groups_of_types, known_outlets, linking_version
from melian.archive.views import open_views
from melian.archive.writer import Writer
from melian.errors import BadArchive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa
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


def link(writer: Writer, *, is_anew: bool = False, is_whole: bool = False) -> Linked:
    """Link the reports of an archive that are not linked yet.

    What is written is what changed; now and then all is written anew.

    Args:
        writer: Who holds the archive.
        is_anew: Throw all links away first; decisions stay.
        is_whole: Write all tables anew, so that nothing is left of what is no more.

    Raises:
        BadArchive: The archive cannot be read or written. Then the links that were there still count.
    """
    import duckdb

    snapshot, decisions = writer.snapshot(), decisions_of(writer.layout)
    made = Made(version=linking_version(), decisions=mark_of_decisions(decisions))
    before = newest_generation(writer.layout)
    if before is not None and (before.made.version != made.version or is_anew or not before.is_readable):
        before = None
    spill = writer.begin_part("spill", writer.take_number())
    limits = Limits(memory=_MEMORY, spill=str(spill))
    try:
        with open_views(writer.layout, snapshot, limits, links=before) as connection:
            _prepare(connection, decisions)
            _link_voices(connection, decisions)
            compared = _link_events(connection, decisions)
            _tell(connection)
            _name_actors(connection, decisions)
            (counts,) = connection.sql(step("link_counts")).fetchall()
            (gone,) = connection.sql("SELECT count(*) FROM gone_readings").fetchall()[0]
            made = made_next(None if is_whole else before, made, counts[0], counts[1] + gone)
            write_generation(writer, _written(connection, "delta" if made.below else "now"), made)
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        raise BadArchive(
            f"Linking needs more than {_MEMORY} of memory, and what did not fit found no room in {writer.layout.root}",
            "memory and room for what is new and for what is near it in time",
            "Free some and link again: the links that were there still count. Link more often while the archive grows: "
            "only what is new is compared",
        ) from error
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.FatalException) as error:
        raise unreadable(error) from error
    finally:
        shutil.rmtree(spill, ignore_errors=True)
    reports, new_reports, voices, events, linked_events = counts
    return Linked(reports, new_reports, voices, events, linked_events, compared)


def _written(connection: DuckDBPyConnection, what: str) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables to be written: whole, or of those that have keys what changed."""
    for table in LINKS:
        yield table, connection.sql(f"FROM {what if table in KEYS else 'now'}_{table}").to_arrow_table()


def _prepare(connection: DuckDBPyConnection, decisions: Iterable[Decision]) -> None:
    """Lay out the tables that steps refer to: kindred types, what is new or gone, what a hand has judged."""
    add_macros(connection)
    connection.execute("CREATE TABLE kin_types (id VARCHAR, types VARCHAR[])")
    connection.executemany(
        "INSERT INTO kin_types VALUES (?, ?)", [(name, list(types)) for name, types in groups_of_types()]
    )
    for about, columns in (("events", "report VARCHAR, event VARCHAR"), ("voices", "report VARCHAR")):
        connection.execute(f"CREATE TABLE decided_{about} ({columns})")
        ends = {end for one in decisions if one.about == about for end in (one.left, one.right)}
        insert(connection, f"decided_{about}", ends)
    for table in ("fresh_readings", "gone_readings", "fresh_events"):
        make(connection, table, table)


def _link_voices(connection: DuckDBPyConnection, decisions: Iterable[Decision]) -> None:
    make(connection, "fresh_voice_texts", "voice_texts")
    _keep(connection, "kept_texts")
    make(connection, "changed_voice_nodes", "changed_texts")
    make(connection, "near_texts", "near_texts")
    make(connection, "text_marks", "text_marks")
    make(connection, "fresh_voice_pairs", "voice_pairs")
    make(connection, "decided_texts", "decided_texts")
    known: dict[tuple[str, ...], Any] = {
        (report,): node for report, node in connection.sql("FROM decided_texts").fetchall()
    }
    form_groups(connection, "voice", *by_hand(decisions, "voices", known), known.values())
    make(connection, "delta_voice_texts", "delta_texts")
    make(connection, "delta_voice_links", "delta_voice_links")
    for table in ("voice_texts", "voice_pairs", "voice_groups", "voice_links"):
        overlay(connection, table)


def _link_events(connection: DuckDBPyConnection, decisions: Iterable[Decision]) -> int:
    connection.execute("CREATE TABLE type_stems (type VARCHAR, stem VARCHAR)")
    insert(connection, "type_stems", type_stems())
    _keep(connection, "telling_times")
    _keep(connection, "kept_tellings")
    _take_tellings(connection, "fresh")
    make(connection, "changed_event_nodes", "changed_tellings")
    make(connection, "near_events", "near_events")
    _take_tellings(connection, "near")
    for table in ("compared_tellings", "nodes", "block_keys"):
        make(connection, table, table)
    find_pairs(connection, "fresh_event_pairs")
    make(connection, "decided_tellings", "decided_tellings")
    known: dict[tuple[str, ...], Any] = {
        (report, event): node for report, event, node in connection.sql("FROM decided_tellings").fetchall()
    }
    form_groups(connection, "event", *by_hand(decisions, "events", known), known.values())
    make(connection, "delta_event_links", "delta_event_links")
    for table in ("event_pairs", "event_groups", "event_links"):
        overlay(connection, table)
    return int(connection.sql("SELECT count(*) FROM fresh_event_pairs").fetchall()[0][0])


def _take_tellings(connection: DuckDBPyConnection, subject: str) -> None:
    """Take from the reports what is known of events: of new ones ("fresh"), or of kept ones that are near to them."""
    words = [word for (word,) in connection.sql(step("words_met", subject)).fetchall()]
    connection.execute(f"CREATE TABLE {subject}_stems (word VARCHAR, stem VARCHAR, is_dull BOOLEAN)")
    insert(connection, f"{subject}_stems", stems_of(words))
    for table in ("telling_words", "report_names", "tellings"):
        make(connection, f"{subject}_{table}", table, subject)


def _keep(connection: DuckDBPyConnection, name: str) -> None:
    connection.execute(f"CREATE VIEW {name} AS {step(name)}")


def _tell(connection: DuckDBPyConnection) -> None:
    make(connection, "touched_linked", "touched_linked")
    make(connection, "links_to_tell", "links_to_tell")
    make(connection, "retold_events", "retold_events")
    make(connection, "delta_linked_events", "delta_linked_events")
    overlay(connection, "linked_events")


def _name_actors(connection: DuckDBPyConnection, decisions: Iterable[Decision]) -> None:
    make(connection, "names", "names")
    make(connection, "name_pairs", "name_pairs")
    known: dict[tuple[str, ...], Any] = {
        (name, country): node
        for node, name, country in connection.sql("SELECT node, name, coalesce(country, '') FROM names").fetchall()
    }
    pairs = connection.sql("SELECT one, other, score FROM name_pairs").fetchall()
    chosen = groups(pairs, 0.0, *by_hand(decisions, "actors", known))
    connection.execute("CREATE TABLE name_groups (node UBIGINT, chosen UBIGINT)")
    insert(connection, "name_groups", chosen.items())
    make(connection, "now_identities", "identities")
    make(connection, "now_offices", "offices")
    connection.execute("CREATE TABLE outlets (outlet VARCHAR, country VARCHAR)")
    insert(connection, "outlets", known_outlets())
    make(connection, "now_outlet_countries", "outlet_countries")
