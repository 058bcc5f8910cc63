"""The rows of a reading to the same reading again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from melian.archive.abridging import abridged, spelled_out
from melian.archive.rows import Row, Rows, own_spans
from melian.records import Reading, from_json, to_json

_SAME = {
    "actors": ("name", "kind", "country", "sector", "office", "unnamed"),
    "statements": ("speaker", "kind", "act", "via", "parent", "confidence"),
    "events": (
        "type", "ontology", "plover", "modes", "contexts", "quad", "intensity", "sources", "targets", "confidence",
    ),
    "claims": ("event", "holder", "polarity", "certainty", "tense"),
    "disputes": ("about", "kind", "proposition"),
    "reports": ("title", "outlet", "url", "language", "text", "warnings"),
}  # fmt: skip
"""Fields that stand in columns of their own name."""


def exact_form(reading: Reading, key: Row, rows: Rows) -> bytes | None:
    """Give the JSON of a reading that its rows do not give back; None for nearly all, which they do.

    So nothing is lost of a reading that no column can hold, such as a day of publication that is no whole date.

    Args:
        reading: The reading.
        key: Its row among the readings.
        rows: Its rows in every other table.
    """
    line = to_json(reading)
    try:
        return None if to_json(rebuild({**key, "exact": None}, spelled_out(abridged(rows)))) == line else line
    except msgspec.ValidationError:
        return line


def rebuild(key: Row, rows: Rows) -> Reading:
    """Make a reading from its rows.

    Args:
        key: Its row among the readings.
        rows: Its rows in every other table, in their order.

    Raises:
        msgspec.DecodeError: They are no rows of a reading.
    """
    if isinstance(key["exact"], bytes):
        return from_json(key["exact"])
    try:
        reading = msgspec.convert(_reading(key, rows), Reading)
        own = own_spans(reading)
        # What rests on its record's own words does not name them again.
        reasons = tuple(
            reason if row["spans"] is not None else replace(reason, spans=(own[reason.record],))
            for reason, row in zip(reading.reasons, rows["reasons"], strict=True)
        )
        return replace(reading, reasons=reasons)
    except (KeyError, IndexError, TypeError) as error:
        raise msgspec.ValidationError(f"its rows do not fit together: {type(error).__name__} {error}") from error


def _reading(key: Row, rows: Rows) -> Row:
    ids = {
        kind: [row[kind] for row in rows[f"{kind}s"]] for kind in ("actor", "statement", "event", "claim", "dispute")
    }
    mentions = _grouped(rows["mentions"], "event")
    sides = _grouped(rows["sides"], "dispute")
    return {
        "report": _report(key, rows["reports"][0]),
        "actors": [_same("actors", row, "actor") | {"mentions": _spans(row["mentions"])} for row in rows["actors"]],
        "statements": [_statement(row) for row in rows["statements"]],
        "events": [_event(row, mentions[row["event"]]) for row in rows["events"]],
        "claims": [_same("claims", row, "claim") | {"span": _span(row, "span_")} for row in rows["claims"]],
        "disputes": [
            _same("disputes", row, "dispute") | {"sides": [_side(side) for side in sides[row["dispute"]]]}
            for row in rows["disputes"]
        ],
        "dates": [{"span": _span(row, ""), "kind": row["kind"], "when": _when(row)} for row in rows["dates"]],
        "places": [_where(row) for row in rows["places"]],
        "absences": [
            {"record": _record(row, ids), "field": row["field"], "reason": row["reason"]} for row in rows["absences"]
        ],
        "reasons": [_reason(row, ids) for row in rows["reasons"]],
        "produced_by": {name: key[name] for name in ("melian", "model", "knowledge", "settings")},
    }  # fmt: skip


def _report(key: Row, row: Row) -> Row:
    dateline = {"place": row["dateline_place"], "date": row["dateline_date"], "span": _span(row, "dateline_")}
    furniture = row["furniture"]
    assert isinstance(furniture, list)
    return {
        **{name: row[name] for name in _SAME["reports"]},
        "id": key["report"],
        "published": _day(row["published"]),
        "dateline": dateline,
        "furniture": [{"kind": one["kind"], "span": _span(one, "")} for one in furniture],
    }


def _statement(row: Row) -> Row:
    cue = None if row["cue_lemma"] is None else {"lemma": row["cue_lemma"], "span": _span(row, "cue_")}
    more = {"speaker_span": _span(row, "speaker_"), "cue": cue, "content": _spans(row["content"])}
    return _same("statements", row, "statement") | more


def _event(row: Row, mentions: Sequence[Row]) -> Row:
    return _same("events", row, "event") | {
        "mentions": [{"trigger": _span(one, "trigger_"), "sentence": _span(one, "sentence_")} for one in mentions],
        "date": None if row["date_precision"] is None else _when(row),
        "place": None if row["place"] is None else _where(row),
        "dead": _count(row, "dead"),
        "injured": _count(row, "injured"),
    }


def _when(row: Row) -> Row:
    return {
        "start": _day(row["first_day"]),
        "end": _day(row["last_day"]),
        "precision": row["date_precision"],
        "basis": row["date_basis"],
        "value": row["date_value"],
        "span": _span(row, "date_"),
    }


def _where(row: Row) -> Row:
    return {
        "name": row["place"],
        "country": row["place_country"],
        **{name: row[name] for name in ("admin1", "geonameid", "lat", "lon")},
        "precision": row["place_precision"],
        "span": _span(row, "place_"),
        "confidence": row["place_confidence"],
    }


def _count(row: Row, what: str) -> Row | None:
    span = _span(row, f"{what}_")
    return None if span is None else {"low": row[f"{what}_low"], "high": row[f"{what}_high"], "span": span}


def _side(row: Row) -> Row:
    return {name: row[name] for name in ("stance", "holders", "claims")}


def _reason(row: Row, ids: Mapping[str, Sequence[object]]) -> Row:
    same = {name: row[name] for name in ("stage", "rule", "rows", "score")}
    return same | {"record": _record(row, ids), "spans": _spans(row["spans"] or [])}


def _record(row: Row, ids: Mapping[str, Sequence[object]]) -> object:
    kind, nth = row["record_kind"], row["record_nth"]
    return ids[kind][nth] if isinstance(kind, str) and isinstance(nth, int) else row["record"]


def _same(table: str, row: Row, kind: str) -> Row:
    return {"id": row[kind], **{name: row[name] for name in _SAME[table]}}


def _grouped(rows: Sequence[Row], name: str) -> Mapping[object, list[Row]]:
    found: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


def _day(day: object) -> object:
    return day.isoformat() if isinstance(day, date) else day


def _spans(spans: object) -> list[object]:
    assert isinstance(spans, list)
    return [_span(span, "") for span in spans]


def _span(row: Row, prefix: str) -> list[int] | None:
    start, length = row[f"{prefix}start"], row[f"{prefix}length"]
    return [start, start + length] if isinstance(start, int) and isinstance(length, int) else None
