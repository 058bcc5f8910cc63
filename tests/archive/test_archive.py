"""What goes into an archive comes out of it: readings, tables, filters, standing."""

import json
import tempfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pyarrow.parquet import read_table

import melian
from invented import invent_reading, readings
from melian import archive as archive_package
from melian import records as r
from melian.archive import Writer
from melian.archive.abridging import stored_schema
from melian.archive.columns import COLUMNS, schema_of
from melian.archive.compaction import compact
from melian.archive.intervals import interval_of
from melian.archive.layout import find_archive
from melian.archive.marks import Making, Rejected
from melian.archive.shard import write_shard
from melian.archive.verification import verify
from melian.errors import BadArchive, BadQuestion


def store(folder, *found, rejects=(), code="c"):
    with Writer(folder, is_new_allowed=True) as writer:
        number = writer.take_number()
        part = writer.begin_part("key", number)
        making = Making(produced_by=found[0].produced_by if found else invent_reading().produced_by, code=code)
        writer.commit(write_shard(part, "key", number, found, rejects, making))


def is_json(reading):
    """Tell whether a reading can be written at all: JSON holds no number of any size."""
    try:
        return r.from_json(r.to_json(reading)) == reading
    except (OverflowError, msgspec.DecodeError):
        return False


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive") / "it's [an] archive*"
    store(folder, invent_reading())
    return melian.Archive(folder)


@settings(max_examples=6, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.lists(readings().filter(is_json), max_size=4, unique_by=lambda reading: reading.report.id))
def test_what_is_stored_is_what_is_loaded(found):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "archive"
        store(folder, *found)
        archive = melian.Archive(folder)
        for reading in found:
            assert archive.reading(reading.report.id) == reading
        assert {reading.report.id: reading for reading in archive.readings()} == {f.report.id: f for f in found}
        for table, attribute in (("actors", "actors"), ("claims", "claims"), ("live_events", "events")):
            (row,) = archive.sql(f"SELECT count(*) AS n FROM {table}").to_pylist()
            assert row["n"] == sum(len(getattr(reading, attribute)) for reading in found)
        for question in ("events", "statements", "disputes", "dyads"):
            getattr(archive, question)()
        assert list(verify(find_archive(folder))) == []


def test_readings_come_in_the_order_in_which_they_were_made(tmp_path, monkeypatch):
    monkeypatch.setattr("melian.archive.stored._BATCH", 2)
    first = invent_reading()
    many = [replace(first, report=replace(first.report, id=f"r{n}")) for n in (4, 2, 3, 0, 1)]
    store(tmp_path / "a", *many[:3])
    store(tmp_path / "a", *many[3:])
    assert list(melian.Archive(tmp_path / "a").readings()) == many
    before = melian.Archive(tmp_path / "a")
    with Writer(tmp_path / "a") as writer:
        compact(writer)
    assert list(before.readings()) == list(melian.Archive(tmp_path / "a").readings()) == many
    store(tmp_path / "a", replace(first, report=replace(first.report, id="r9")))
    archive = melian.Archive(tmp_path / "a")
    assert archive.reading("r3") == many[2]
    assert list(archive.readings_of(["r9", "r2", "none"])) == ["r2", "r9"]


def test_what_no_column_holds_is_kept_whole(tmp_path):
    odd = invent_reading()
    odd = replace(odd, report=replace(odd.report, published="spring 2026", text="N\u0000 \u2028 caf\u0065\u0301"))
    store(tmp_path / "a", odd)
    archive = melian.Archive(tmp_path / "a")
    assert archive.reading(odd.report.id) == odd
    (row,) = archive.sql("SELECT exact IS NULL AS is_usual FROM readings").to_pylist()
    assert row == {"is_usual": False}


def test_words_are_those_of_the_spans(archive):
    reading = invent_reading()
    text = reading.report.text
    assert {row["claim"]: row["words"] for row in archive.sql("FROM claims").to_pylist()} == {
        claim.id: text[slice(*claim.span)] for claim in reading.claims
    }
    assert [(row["trigger"], row["sentence"]) for row in archive.sql("FROM mentions ORDER BY nth").to_pylist()] == [
        (text[slice(*one.trigger)], text[slice(*one.sentence)]) for event in reading.events for one in event.mentions
    ]
    for row, one in zip(archive.sql("FROM statements ORDER BY nth").to_pylist(), reading.statements, strict=True):
        assert row["words"] == " ".join(text[slice(*span)] for span in one.content)
        assert [(span["start"], span["end"]) for span in row["content"]] == list(one.content)
    rows = archive.sql(
        "SELECT e.event, r.rule FROM reasons AS r INNER JOIN events AS e "
        "ON r.reading = e.reading AND r.record_kind = 'event' AND r.record_nth = e.nth"
    ).to_pylist()
    told = {event.id for event in reading.events}
    assert sorted((row["event"], row["rule"]) for row in rows) == sorted(
        (reason.record, reason.rule) for reason in reading.reasons if reason.record in told
    )
    assert archive.sql("SELECT words FROM dates ORDER BY nth")["words"].to_pylist() == [
        text[slice(*date.span)] for date in reading.dates
    ]


@given(st.text(alphabet="aé😀", max_size=6), st.integers(-3, 8), st.integers(-3, 8))
def test_words_at_a_span_are_those_that_python_slices(archive, text, start, end):
    (row,) = archive.sql(
        "SELECT words_at($text, $start, $size) AS words", {"text": text, "start": start, "size": end - start}
    ).to_pylist()
    assert row["words"] == text[max(0, start) : max(0, end)]


def test_an_empty_archive_answers(tmp_path):
    with Writer(tmp_path / "new", is_new_allowed=True):
        pass
    archive = melian.Archive(tmp_path / "new")
    assert [archive.events().num_rows, archive.disputes().num_rows, archive.dyads().num_rows] == [0, 0, 0]
    assert archive.ask("status").to_pylist()[0]["reports"] == 0


def test_standing_tells_according_to_whom(archive):
    rows = archive.events().to_pylist()
    assert {row["event"]: row["standing"] for row in rows} == {
        "e4f1c09ab": "disputed",
        "e4f200000": "foreseen",
        "e9talks": "asserted",
    }


@pytest.mark.parametrize(
    ("holders", "standing"),
    [
        ([("author", "positive", "certain", "past")], "asserted"),
        ([("author", "positive", "uncommitted", "past"), ("s1", "positive", "certain", "past")], "claimed"),
        ([("author", "negative", "certain", "past")], "denied"),
        ([("author", "positive", "uncommitted", "past"), ("s1", "negative", "certain", "past")], "denied"),
        ([("s1", "positive", "certain", "past"), ("s2", "negative", "certain", "past")], "disputed"),
        ([("author", "positive", "probable", "future")], "foreseen"),
        ([], "asserted"),
    ],
)
def test_standing_by_claims(tmp_path, holders, standing):
    whole = invent_reading()
    event = whole.events[0]
    claims = tuple(
        r.Claim(id=f"c{n}", event=event.id, holder=h, polarity=p, certainty=c, tense=t, span=(0, 1))
        for n, (h, p, c, t) in enumerate(holders)
    )
    store(tmp_path / "a", replace(whole, events=(event,), claims=claims, disputes=()))
    assert melian.Archive(tmp_path / "a").events()["standing"].to_pylist() == [standing]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"e4f1c09ab", "e4f200000", "e9talks"}),
        ({"type": "assault"}, {"e4f1c09ab"}),
        ({"source": "KEN"}, {"e4f1c09ab", "e9talks"}),
        ({"source": "ken"}, {"e4f1c09ab", "e9talks"}),
        ({"source": "jets"}, {"e4f1c09ab"}),
        ({"source": "jet"}, set()),
        ({"source": "Ken.a"}, set()),
        ({"source": "("}, set()),
        ({"target": "Somalia"}, {"e4f1c09ab"}),
        ({"said_by": "Odhiambo"}, {"e4f1c09ab"}),
        ({"said_by": "SOM"}, {"e4f1c09ab", "e4f200000"}),
        ({"outlet": "coast wire"}, {"e4f1c09ab", "e4f200000", "e9talks"}),
        ({"outlet": "coast"}, set()),
        ({"between": "2026-05"}, {"e4f1c09ab", "e9talks"}),
        ({"between": "2026-05-04..2026"}, {"e4f1c09ab"}),
        ({"between": "..2026-05-01"}, {"e9talks"}),
        ({"between": "2026-05-05", "source": "KEN", "limit": 1}, {"e4f1c09ab"}),
        ({"limit": 0}, set()),
    ],
)
def test_filters(archive, filters, expected):
    assert set(archive.events(**filters)["event"].to_pylist()) == expected


def test_statements_and_disputes_by_the_event_that_they_are_about(archive):
    assert set(archive.statements(said_by="Odhiambo")["statement"].to_pylist()) == {"s1deny", "s2ground"}
    assert set(archive.statements(type="ASSAULT")["statement"].to_pylist()) == {"s1deny", "s3resi"}
    assert archive.statements(between="2026-06..").num_rows == 0
    (dispute,) = archive.disputes(target="SOM", said_by="residents").to_pylist()
    assert (dispute["asserted_by"], dispute["denied_by"]) == (["residents"], ["Amina Odhiambo"])
    assert archive.disputes(type="AID").num_rows == 0


def test_dyads_count_what_is_dated_finely_enough(archive):
    months = archive.dyads("month").to_pylist()
    # The talks of a week that reaches over two months belong to neither.
    assert [(row["source"], row["target"], row["quad"], row["disputed"]) for row in months] == [("KEN", "SOM", 4, 1)]
    weeks = {(row["source"], row["target"], row["period"]) for row in archive.dyads("week").to_pylist()}
    assert weeks == {
        ("KEN", "SOM", date(2026, 4, 27)),
        ("SOM", "KEN", date(2026, 4, 27)),
        ("KEN", "SOM", date(2026, 5, 4)),
    }
    assert archive.sql("SELECT * EXCLUDE (mean_intensity) FROM dyads_by_week").num_rows == 3
    assert archive.dyads("day", type="CONSULT").num_rows == 0
    assert archive.dyads("month", source="jets").num_rows == 1


def test_dyads_count_what_nothing_dates_on_the_day_of_its_report_where_that_is_wanted(tmp_path):
    odd = invent_reading()
    store(tmp_path / "a", replace(odd, events=tuple(replace(event, date=None) for event in odd.events)))
    archive = melian.Archive(tmp_path / "a")
    assert archive.dyads("day").num_rows == 0
    days = archive.dyads("day", with_undated=True).to_pylist()
    assert {row["period"].isoformat() for row in days} == {odd.report.published}
    assert archive.dyads("day", with_undated=True, between="1990").num_rows == 0


def test_files_leave_out_what_other_columns_say(tmp_path):
    reading = invent_reading()
    store(tmp_path / "a", reading)
    (shard,) = (tmp_path / "a" / "shards").iterdir()
    claims, mentions, actors = (read_table(shard / f"{table}.parquet") for table in ("claims", "mentions", "actors"))
    assert "holder" not in claims.column_names
    assert "event" not in mentions.column_names
    assert actors["name"].null_count > 0
    archive = melian.Archive(tmp_path / "a")
    found = archive.sql("SELECT event, holder, span_start, span_end FROM claims ORDER BY nth").to_pylist()
    assert found == [
        {"event": claim.event, "holder": claim.holder, "span_start": claim.span[0], "span_end": claim.span[1]}
        for claim in reading.claims
    ]
    told = archive.sql("SELECT event, sentence_start, sentence_end FROM mentions").to_pylist()
    wanted = [(event.id, *mention.sentence) for event in reading.events for mention in event.mentions]
    assert sorted(tuple(row.values()) for row in told) == sorted(wanted)
    assert archive.sql("SELECT name FROM actors ORDER BY nth")["name"].to_pylist() == [a.name for a in reading.actors]
    said = archive.sql("SELECT speaker FROM statements ORDER BY nth")["speaker"].to_pylist()
    assert said == [statement.speaker for statement in reading.statements]


def test_a_claim_of_no_known_holder_is_not_the_reports_own(tmp_path):
    reading = invent_reading()
    strayed = replace(reading.claims[0], holder="s-nobody", event="e-nowhere")
    odd = replace(reading, claims=(strayed, *reading.claims[1:]))
    store(tmp_path / "a", odd)
    archive = melian.Archive(tmp_path / "a")
    assert archive.reading(odd.report.id) == odd
    first = archive.sql("SELECT holder, event FROM claims ORDER BY nth LIMIT 1").to_pylist()
    assert first == [{"holder": None, "event": None}]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("1995-01..1997-12", date(1995, 1, 1), date(1997, 12, 31)),
        ("1996-02", date(1996, 2, 1), date(1996, 2, 29)),
        ("1995..", date(1995, 1, 1), None),
        ("..1995-06-07", None, date(1995, 6, 7)),
        (None, None, None),
    ],
)
def test_intervals(words, start, end):
    interval = interval_of(words)
    assert (interval.start, interval.end) == (start, end)


@pytest.mark.parametrize("words", ["", "..", "95..97", "1997..1995", "1995-13", "1995-02-30", "1995...1997", "0000"])
def test_bad_intervals_are_refused(words):
    with pytest.raises(BadQuestion, match="The interval"):
        interval_of(words)


def test_types_of_other_ontologies_are_asked_for_by_their_names(tmp_path):
    reading = invent_reading()
    own = msgspec.structs.replace(reading.events[0], type="air-raid", ontology="raids/1.0", plover="ASSAULT")
    store(tmp_path / "raids", msgspec.structs.replace(reading, events=(own, *reading.events[1:])))
    archive = melian.Archive(tmp_path / "raids")
    (row,) = archive.events(type="air-raid").to_pylist()
    assert (row["event"], row["ontology"], row["plover"]) == (own.id, "raids/1.0", "ASSAULT")
    assert archive.dyads("month", type="air-raid").num_rows
    with pytest.raises(BadQuestion, match=r"ASSAULT.*air-raid"):
        archive.events(type="air-raids")


def test_bad_filters_are_refused(archive):
    with pytest.raises(BadQuestion, match="one of AGREE, CONSULT"):
        archive.events(type="WAR")
    with pytest.raises(BadQuestion, match="limit"):
        archive.events(limit=-1)


def test_hostile_words_stay_words(tmp_path):
    words = "'; DROP VIEW events; --"
    reading = replace(invent_reading(), report=replace(invent_reading().report, outlet=words, id=words))
    store(tmp_path / "a", reading)
    archive = melian.Archive(tmp_path / "a")
    assert archive.events(outlet=words).num_rows == 3
    assert archive.events(source=words).num_rows == 0
    assert archive.reading(words) == reading


def test_no_archive_and_other_formats_are_refused(tmp_path):
    with pytest.raises(BadArchive, match="There is no archive"):
        melian.Archive(tmp_path)
    (tmp_path / "archive.json").write_text(json.dumps({"format": "melian.archive/9"}))
    with pytest.raises(BadArchive, match=r"melian\.archive/9"):
        melian.Archive(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("not to be touched")
    with pytest.raises(BadArchive, match="is not empty"):
        Writer(tmp_path / "full", is_new_allowed=True)


def test_rejects_are_counted_once(tmp_path):
    reject = Rejected(source="x.txt", record=None, reason="empty", message="There is no text")
    store(tmp_path / "a", rejects=[reject])
    store(tmp_path / "a", rejects=[reject, Rejected(source="y", record=2, reason="empty", message="")])
    rows = melian.Archive(tmp_path / "a").ask("status_rejects").to_pylist()
    assert rows == [{"reason": "empty", "rejects": 2}]


def test_a_doubled_report_is_found(tmp_path):
    for _ in range(2):
        store(tmp_path / "a", invent_reading())
    (finding,) = verify(find_archive(tmp_path / "a"))
    assert "1 reports were read twice by the same version, such as 'r0badcafe'" in finding.what
    with Writer(tmp_path / "a") as writer:
        compact(writer, drops_superseded=True)
    assert list(verify(find_archive(tmp_path / "a"))) == []


def test_a_compaction_of_a_broken_archive_changes_nothing(tmp_path):
    for code in "xy":
        store(tmp_path / "a", invent_reading(), code=code)
    path = next((tmp_path / "a").glob("shards/00000001*/events.parquet"))
    path.write_bytes(path.read_bytes()[:-40])
    with Writer(tmp_path / "a") as writer:
        with pytest.raises(BadArchive, match="melian archive verify"):
            compact(writer)
        assert len(writer.snapshot().shards) == 2


def test_columns_that_a_later_version_adds_are_empty_in_earlier_shards(tmp_path, monkeypatch):
    store(tmp_path / "a", invent_reading())
    later = {**COLUMNS, "events": {**COLUMNS["events"], "tone": "measure"}}
    for place in ("columns", "abridging", "rows", "shard", "writer"):
        monkeypatch.setattr(f"melian.archive.{place}.COLUMNS", later)
    schema_of.cache_clear()
    stored_schema.cache_clear()
    store(tmp_path / "a", replace(invent_reading(), report=replace(invent_reading().report, id="r2")))
    try:
        assert melian.Archive(tmp_path / "a").sql("SELECT tone FROM events").num_rows == 6
    finally:
        schema_of.cache_clear()
        stored_schema.cache_clear()


@pytest.mark.parametrize("folder", ["..", "../..", "/etc", "00000001-a/b", ""])
def test_a_ledger_that_leads_elsewhere_is_refused(tmp_path, folder):
    store(tmp_path / "a", invent_reading())
    path = tmp_path / "a" / "ledger" / "00000001.json"
    path.write_text(json.dumps({"number": 1, "kind": "shard", "folder": folder}))
    with pytest.raises(BadArchive, match="is broken"):
        melian.Archive(tmp_path / "a")


def test_every_file_of_sql_is_a_named_question():
    paths = sorted(Path(archive_package.__file__).parent.rglob("*.sql"))
    code = "".join(path.read_text() for path in Path(archive_package.__file__).parents[1].rglob("*.py"))
    for path in paths:
        first = path.read_text().splitlines()[0]
        assert first.startswith("-- ")
        assert "?" in first
        name = path.stem
        assert f'"{name}"' in code or f"'{name}'" in code or f'"{name.removeprefix("find_")}"' in code, name
