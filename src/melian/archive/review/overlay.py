"""The corrected readings beside the machine's, so that every view shows what people say of its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from melian.archive.columns import schema_of
from melian.archive.layout import Layout
from melian.archive.ledger import Snapshot
from melian.archive.review.correcting import Corrected, correct_reading
from melian.archive.review.settling import Settled, standing
from melian.archive.rows import Row, rows_of, writable
from melian.archive.shard import reading_row
from melian.archive.stored import READ_TABLES, readings_of
from melian.records import Correction, ReviewedField

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REVIEW_COLUMNS = {
    "correction": "text", "report": "text", "kind": "text", "record": "text", "field": "text", "verdict": "text",
    "old": "text", "new": "text", "value": "text", "reviewer": "text", "judged_at": "text", "state": "text",
    "sample": "text", "note": "text", "judged": "text", "read_by": "text", "undoes": "text",
}  # fmt: skip
_MARK_COLUMNS = {"reading": "number", "kind": "text", "record": "text", "corrected": "text"}
_KINDS = {"text": "VARCHAR", "number": "BIGINT"}


def add_corrections(
    connection: DuckDBPyConnection, layout: Layout, snapshot: Snapshot, corrections: Sequence[Correction]
) -> None:
    """Add the tables of corrections to the tables of an archive.

    `corrected_` before a table's name has the rows of the corrected readings, `overlaid` the numbers of those readings,
    `marks` what people did to each record, and `corrections` every judgement with what became of it.

    Args:
        connection: With the archive's tables and `current_readings`.
        layout: Where the archive lies.
        snapshot: Its state.
        corrections: All of the archive's corrections.

    Raises:
        duckdb.Error: A file of the archive cannot be read.
        BadArchive: The same, of a reading.
    """
    import pyarrow as pa

    tables: dict[str, list[Row]] = {table: [] for table in READ_TABLES}
    marks: list[Row] = []
    found: dict[str, Corrected] = {}
    judged = by_report(corrections)
    for key, reading in readings_of(layout, snapshot, _numbers(connection, judged)):
        number, report = int(str(key["reading"])), str(key["report"])
        corrected = correct_reading(reading, judged[report])
        rows = rows_of(corrected.reading, number)
        tables["readings"].append(reading_row(corrected.reading, number, str(key["code"]), str(key["version"]), rows))
        for table in rows:
            tables[table] += rows[table]
        marks += [
            {"reading": number, "kind": kind, "record": record, "corrected": mark}
            for (kind, record), mark in corrected.marks.items()
        ]
        found[report] = corrected
    for table, corrected_rows in tables.items():
        connection.from_arrow(pa.Table.from_pylist(corrected_rows, schema=schema_of(table))).create(
            f"corrected_{table}"
        )
    connection.from_arrow(_table(marks, _MARK_COLUMNS)).create("marks")
    connection.from_arrow(_table(list(_review_rows(corrections, found)), REVIEW_COLUMNS)).create("corrections")
    connection.execute("CREATE TABLE overlaid AS SELECT DISTINCT reading FROM corrected_readings")


def by_report(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Give the corrections of each report."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        found[writable(one.anchor.report)].append(one)
    return dict(found)


def add_no_corrections(connection: DuckDBPyConnection) -> None:
    """Add empty tables of corrections: the views are the same with them and without."""
    for name, columns in (("marks", _MARK_COLUMNS), ("corrections", REVIEW_COLUMNS)):
        cells = ", ".join(f'"{column}" {_KINDS[kind]}' for column, kind in columns.items())
        connection.execute(f"CREATE TABLE {name} ({cells})")


def _numbers(connection: DuckDBPyConnection, reports: Iterable[str]) -> list[int]:
    found = connection.sql(
        "SELECT reading FROM current_readings WHERE report IN (SELECT unnest($reports::VARCHAR[]))",
        params={"reports": list(reports)},
    )
    return [number for (number,) in found.fetchall()]


def _review_rows(corrections: Sequence[Correction], found: dict[str, Corrected]) -> Iterable[Row]:
    alive = {one.id for one in standing(corrections)}
    for one in corrections:
        corrected = found.get(writable(one.anchor.report))
        home = corrected.homes.get(one.id) if corrected is not None else None
        row: Row = {
            "correction": one.id,
            "report": writable(one.anchor.report),
            "kind": one.anchor.kind,
            "record": home,
            "judged": one.anchor.record,
            "reviewer": writable(one.reviewer),
            "judged_at": one.at,
            "sample": one.sample,
            "note": _or_none(one.note),
            "read_by": one.read_by,
            "undoes": one.undoes,
        }
        if one.undoes is not None:
            yield {**row, "verdict": "undo", "state": "standing"}
        for judgement in one.judgements:
            value = judgement.new if judgement.verdict == "correct" else judgement.old
            settled = corrected.settled.get((one.anchor.kind, home)) if corrected is not None and home else None
            yield {
                **row,
                "field": judgement.field,
                "verdict": judgement.verdict,
                "old": _or_none(judgement.old),
                "new": _or_none(judgement.new),
                "value": None if judgement.verdict == "reject" else writable(value or ""),
                "state": "undone" if one.id not in alive else _state(one.id, judgement.field, settled),
            }


def _state(correction: str, field: ReviewedField, settled: Settled | None) -> str:
    """Say what became of a judgement that nobody has undone."""
    if settled is None:
        return "adrift"
    own = next((vote for vote in settled.votes.get(field, ()) if vote.correction == correction), None)
    if own is None:
        return "replaced"
    return "standing" if settled.values[field].value == own.value else "outvoted"


def _table(rows: list[Row], columns: dict[str, str]) -> object:
    import pyarrow as pa

    kinds = {"text": pa.string(), "number": pa.int64()}
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, kinds[kind]) for name, kind in columns.items()]))


def _or_none(text: str | None) -> str | None:
    return None if text is None else writable(text)
