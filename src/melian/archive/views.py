"""The archive's tables and views in a DuckDB that lives in memory and is made again for each opening."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from melian.archive.abridging import stored_schema
from melian.archive.layout import Layout
from melian.archive.ledger import Snapshot
from melian.archive.limits import Limits
from melian.archive.linking.columns import KEYS, LINKS, schema_of_links
from melian.archive.linking.heeding import heed
from melian.archive.linking.steps import step
from melian.archive.linking.weights import weights
from melian.archive.review.overlay import add_corrections, add_no_corrections
from melian.archive.stored import READ_TABLES
from melian.records import Correction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from melian.archive.linking.decisions import Decision
    from melian.archive.linking.generations import Generation

_OPENING = "2GB"
"""Memory for putting what people said above a large archive when it is opened; questions have their own limit."""
UNITS = ("day", "week", "month")
"""The periods by which dyads are counted."""
_SPELLED_OUT = ("kept_actors", "kept_statements", "kept_mentions", "kept_claims", "kept_dates")
"""Views of the tables whose files leave something out, which they put back."""
_VIEWS = (
    "worked_out", "told", "standing", "events", "statements", "mentions", "claims", "actors",
    "dates", "places", "reasons", "accounts", "disputants", "told_pairs", "dyads",
)  # fmt: skip
_LINKED_VIEWS = (
    "voices", "links", "linked_events", "identities", "offices", "actor_links", "linked_accounts", "figures",
    "linked_disputes", "positions", "linked_pairs", "linked_dyads", "accusations", "demands",
)  # fmt: skip
_PAIRS = {"told_pairs": "told", "linked_pairs": "linked_events"}
_KEPT = "SELECT * FROM kept_{0}"
_OVERLAID = _KEPT + " ANTI JOIN overlaid USING (reading) UNION ALL BY NAME SELECT * FROM corrected_{0}"  # noqa: S608 - our own
_MACROS = (
    # A name is asked for by a country's code, or by whole words of it: "US" is not in "Russia".
    "CREATE MACRO is_word_of(wanted, name) AS "
    r"regexp_matches(name, '(^|\W)' || regexp_escape(wanted) || '(\W|$)', 'i')",
    "CREATE MACRO is_named(wanted, country, name) AS "
    "coalesce(country = upper(wanted), false) OR coalesce(is_word_of(wanted, name), false)",
    # The words of a span, as Python slices them; where the span runs out of the text, those that are in it.
    "CREATE MACRO words_at(words, start, size) AS "
    "substring(words, greatest(start, 0) + 1, greatest(size + least(start, 0), 0))",
    "CREATE MACRO spans_of(spans) AS "
    "list_transform(spans, lambda span: {'start': span.start, 'end': span.start + span.length})",
    # A name that is an actor's alone gives the identity.
    "CREATE MACRO folded(name) AS "
    r"lower(strip_accents(trim(regexp_replace(name, '[^\pL\pN]+', ' ', 'g'))))",
    "CREATE MACRO identity_of(name, country) AS 'i' || substr(md5(name || chr(31) || coalesce(country, '')), 1, 12)",
    "CREATE MACRO are_named(wanted, countries, names) AS list_contains(countries, upper(wanted)) "
    "OR len(list_filter(names, lambda name: is_word_of(wanted, name))) > 0",
)


@cache
def question(name: str) -> str:
    """Give the SQL of a named question."""
    return (files("melian.archive") / f"{name}.sql").read_text(encoding="utf-8")


def open_history(layout: Layout, snapshot: Snapshot, limits: Limits) -> DuckDBPyConnection:
    """Open what is known of the readings of an archive, and nothing of what they hold, which is quick.

    There are `kept_readings`, `current_readings`, `history` and `rejects`.

    Args:
        layout: Where the archive lies.
        snapshot: What counts.
        limits: What questions may use.

    Raises:
        duckdb.Error: A file of the archive cannot be read.
    """
    import duckdb

    connection = duckdb.connect(config={"memory_limit": _OPENING, "temp_directory": limits.spill})
    for setting in ("python_enable_replacements = false", "enable_progress_bar = false", "timezone = 'UTC'"):
        connection.execute(f"SET {setting}")
    for table in ("readings", "rejects"):
        _make_table(connection, table, layout, snapshot)
        connection.execute(f"CREATE VIEW all_{table} AS FROM kept_{table}")
    connection.execute("CREATE TABLE removals (report VARCHAR, before BIGINT)")
    if snapshot.removals:
        connection.executemany("INSERT INTO removals VALUES (?, ?)", snapshot.removals)
    connection.execute(f"CREATE TABLE current_readings AS {question('current_readings')}")
    for view in ("history", "rejects"):
        connection.execute(f"CREATE VIEW {view} AS {question(view)}")
    return connection


def open_views(
    layout: Layout,
    snapshot: Snapshot,
    limits: Limits,
    corrections: Sequence[Correction] = (),
    links: Generation | None = None,
    decisions: Collection[Decision] | None = None,
    worked_out: Collection[str] = (),
) -> DuckDBPyConnection:
    """Open the views over the state of an archive. Nothing outside the archive's shards can be read or written.

    Args:
        layout: Where the archive lies.
        snapshot: What counts.
        limits: What questions may use.
        corrections: What people said of the records; without them the views show what the machine made.
        links: Links between the reports; None for an archive that is not linked.
        decisions: What people decided about links, which counts though the links were made before; None leaves
            the links as they were made.
        worked_out: Views between reports that are worked out once, when they are opened, and kept.

    Raises:
        duckdb.Error: A file of the archive cannot be read.
        BadArchive: The same, of a reading that people corrected.
    """
    connection = open_history(layout, snapshot, limits)
    for macro in _MACROS:
        connection.execute(macro)
    add_corrections(connection, layout, snapshot, corrections) if corrections else add_no_corrections(connection)
    for table in READ_TABLES:
        if table != "readings":
            _make_table(connection, table, layout, snapshot)
    for view in _SPELLED_OUT:
        connection.execute(f"CREATE VIEW {view} AS {question(view)}")
    for table in READ_TABLES:
        _make_views(connection, table, (_OVERLAID if corrections else _KEPT).format(table))
    for view in _VIEWS:
        _make_view(connection, view)
    _count_dyads(connection, "dyads_by", "told_pairs")
    _open_links(connection, links, decisions, worked_out, is_corrected=bool(corrections))
    folders = ", ".join(_quoted(f"{folder}/") for folder in (layout.shards, layout.links))
    connection.execute(f"SET memory_limit = '{limits.memory}'")
    connection.execute(f"SET allowed_directories = [{folders}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _make_views(connection: DuckDBPyConnection, table: str, rows: str) -> None:
    """Make the views of a table: `all_` with what was replaced, `live_` with what counts, as people corrected it."""
    if table == "readings":
        connection.execute(f"CREATE VIEW live_readings AS FROM ({rows}) SEMI JOIN current_readings USING (reading)")
    else:
        named = "SELECT r.report, own.* FROM {} AS own INNER JOIN {} AS r USING (reading)"
        connection.execute(f"CREATE VIEW all_{table} AS {named.format(f'kept_{table}', 'kept_readings')}")
        connection.execute(f"CREATE VIEW live_{table} AS {named.format(f'({rows})', 'current_readings')}")
    if table not in _VIEWS:
        connection.execute(f"CREATE VIEW {table} AS FROM live_{table}")


def _make_table(connection: DuckDBPyConnection, table: str, layout: Layout, snapshot: Snapshot) -> None:
    """Make `kept_` before a table's name: its rows as they were made, with what the files leave out."""
    name = f"file_{table}" if f"kept_{table}" in _SPELLED_OUT else f"kept_{table}"
    paths = snapshot.files_of(table, layout)
    listed = ", ".join(map(_quoted, paths))
    if paths and snapshot.is_of_this_version:
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet([{listed}])")
        return
    # What earlier versions had no column for is not known of their rows.
    connection.register("nothing", stored_schema(table).empty_table())
    connection.execute(f"CREATE TABLE new_{table} AS SELECT * FROM nothing")  # noqa: S608 - our own names
    connection.unregister("nothing")
    older = f" UNION ALL BY NAME FROM read_parquet([{listed}], union_by_name = true)" if paths else ""
    connection.execute(f"CREATE VIEW {name} AS FROM new_{table}{older}")


def _open_links(
    connection: DuckDBPyConnection,
    links: Generation | None,
    decisions: Collection[Decision] | None,
    worked_out: Collection[str],
    *,
    is_corrected: bool,
) -> None:
    columns = ", ".join(f"{value!r}::DOUBLE AS {name}" for name, value in weights().items())
    connection.execute(f"CREATE TABLE weights AS SELECT {columns}")
    for table in LINKS:
        _make_link_table(connection, table, links)
    if decisions is not None and links is not None and not links.heeds(decisions):
        heed(connection, decisions)
    if is_corrected:
        connection.execute(f"CREATE TABLE links_to_tell AS {question('links_to_tell')}")
        # They are few, and asked for many times over by the views that stand on them.
        connection.execute(f"CREATE TABLE retold_events AS {step('retold_events')}")
    told = "told_linked_events_corrected" if is_corrected else "told_linked_events"
    connection.execute(f"CREATE VIEW told_linked_events AS {question(told)}")
    for view in _LINKED_VIEWS:
        _make_view(connection, view, is_worked_out=view in worked_out)
    _count_dyads(connection, "linked_dyads_by", "linked_pairs")


def _make_view(connection: DuckDBPyConnection, view: str, *, is_worked_out: bool = False) -> None:
    """Make a view of a named question; pairs are made of events and of linked events in one way."""
    events = _PAIRS.get(view)
    asked = question("pairs").replace("{events}", events) if events is not None else question(view)
    connection.execute(f"CREATE {'TABLE' if is_worked_out else 'VIEW'} {view} AS {asked}")


def _count_dyads(connection: DuckDBPyConnection, name: str, pairs: str) -> None:
    """Make what counts pairs of countries by any period, and the views for the usual ones."""
    connection.execute(f"CREATE MACRO {name}(unit, pairs) AS TABLE {question(name)}")
    for unit in UNITS:
        connection.execute(f"CREATE VIEW {name}_{unit} AS FROM {name}('{unit}', '{pairs}')")


def _make_link_table(connection: DuckDBPyConnection, table: str, links: Generation | None) -> None:
    """Make a table of links: the whole one, without what a later layer changed, and the newest rows of the layers."""
    if links is None or not links.is_readable:
        connection.register("nothing", schema_of_links(LINKS[table]).empty_table())
        connection.execute(f"CREATE TABLE stored_{table} AS SELECT * FROM nothing")  # noqa: S608 - our own names
        connection.unregister("nothing")
        return
    whole, *layers = map(_quoted, links.files_of(table))
    columns = ", ".join(LINKS[table])
    rows = f"SELECT {columns} FROM read_parquet({whole})"  # noqa: S608 - quoted
    if layers:
        keys = ", ".join(KEYS[table])
        connection.execute(
            f"CREATE VIEW later_{table} AS FROM read_parquet([{', '.join(layers)}], filename = true) "
            f"QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY filename DESC) = 1"
        )
        later = f"SELECT {columns} FROM later_{table} WHERE NOT gone"  # noqa: S608 - our own names
        rows += f" ANTI JOIN later_{table} USING ({keys}) UNION ALL {later}"
    connection.execute(f"CREATE VIEW stored_{table} AS {rows}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
