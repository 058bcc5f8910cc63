"""Corrections: kept, found again, settled, put into every view, taken back."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace
from pyarrow.parquet import read_table

import melian
from invented import find, invent_reading
from melian import records as r
from melian.archive import Writer
from melian.archive.compaction import compact
from melian.archive.layout import find_archive
from melian.archive.review.anchors import anchor_of, find_again
from melian.archive.review.queue import Review
from melian.archive.review.samples import shares
from melian.archive.verification import verify
from melian.cli.output import plain_text
from melian.errors import BadArchive, BadReview
from melian.exports.explained import render_explanation
from melian.exports.export import write_export
from melian.exports.page import render_page
from reviewed_archive import judge, store


def event(folder, record="e4f1c09ab"):
    return next((row for row in melian.Archive(folder).events().to_pylist() if row["event"] == record), None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"type": "ASSAULT", "corrected": "confirmed"}),
        ({"type": "coerce"}, {"type": "COERCE", "quad": 4, "modes": [], "corrected": "corrected"}),
        ({"type": "MOBILIZE", "modes": "troops"}, {"type": "MOBILIZE", "modes": ["troops"]}),
        ({"modes": "none"}, {"modes": []}),
        ({"sources": "Kenya [KEN]; gunmen"}, {"source_names": ["Kenya", "gunmen"], "source_countries": ["KEN"]}),
        ({"sources": "som"}, {"source_names": ["Somalia"], "source_countries": ["SOM"]}),
        ({"sources": "none"}, {"source_names": [], "source_countries": []}),
        ({"targets": "port police [SOM COP]"}, {"target_names": ["port police"], "target_countries": ["SOM"]}),
        ({"direction": "turn"}, {"source_names": ["Somalia"], "target_names": ["Kenyan jets"]}),
        ({"date": "2026-05"}, {"date_precision": "month", "corrected": "corrected"}),
        ({"date": "none"}, {"first_day": None}),
        ({"place": "Djibouti [DJI]"}, {"place": "Djibouti", "place_country": "DJI"}),
        ({"place": "Mogadishu"}, {"place": "Mogadishu", "place_country": "SOM"}),
        ({"place": "Nowhere at all"}, {"place": "Nowhere at all", "place_country": None}),
    ],
)
def test_a_correction_overrides_the_machine(news, changes, expected):
    judge(news, "e4f1c09ab", changes)
    row = event(news)
    assert {name: row[name] for name in expected} == expected


def test_confirming_changes_nothing_but_says_so(news):
    before = event(news)
    judge(news, "e4f1c09ab")
    assert event(news) == {**before, "corrected": "confirmed"}


def test_a_rejected_event_is_in_no_view(news):
    judge(news, "e4f1c09ab", is_rejected=True)
    archive = melian.Archive(news)
    assert event(news) is None
    assert archive.disputes().num_rows == 0
    assert {row["event"] for row in archive.sql("SELECT event FROM accounts").to_pylist()} == {"e4f200000", "e9talks"}
    assert archive.dyads("day").num_rows == 0
    assert [one.id for one in archive.reading("r0badcafe").events] == ["e4f200000", "e9talks"]
    assert "e4f1c09ab" in archive.sql("SELECT event FROM all_events")["event"].to_pylist()
    assert melian.Archive(news, is_corrected=False).events().num_rows == 3


def test_statements_are_corrected(news):
    start, end = find("at least three people were killed")
    judge(news, "s3resi", {"content": f"{start}-{end}", "speaker": "Somalia [SOM]", "act": "accuse"}, kind="statement")
    (row,) = (r for r in melian.Archive(news).statements().to_pylist() if r["statement"] == "s3resi")
    assert (row["speaker_name"], row["words"], row["act"], row["corrected"]) == (
        "Somalia", "at least three people were killed", "accuse", "corrected",
    )  # fmt: skip


def test_a_rejected_statement_leaves_what_it_held_to_the_report(news):
    judge(news, "s3resi", kind="statement", is_rejected=True)
    archive = melian.Archive(news)
    reading = archive.reading("r0badcafe")
    held = {(c.holder, c.polarity, c.certainty) for c in reading.claims if c.event == "e4f1c09ab"}
    assert held == {("author", "positive", "certain"), ("s1deny", "negative", "certain")}
    assert reading.disputes == ()


def test_disputes_are_corrected_and_rejected(news):
    judge(news, "d1kismayo", {"kind": "blame"}, kind="dispute")
    assert melian.Archive(news).disputes()["kind"].to_pylist() == ["blame"]
    judge(news, "d1kismayo", kind="dispute", is_rejected=True)
    assert melian.Archive(news).disputes().num_rows == 0


def test_a_correction_can_be_undone_and_the_undoing_too(news):
    correction = judge(news, "e4f1c09ab", is_rejected=True)
    undoing = Review(news).undo("badru", correction.id[:9])
    assert event(news)["corrected"] is None
    Review(news).undo("amina", undoing.id)
    assert event(news) is None
    rows = melian.Archive(news).ask("review_history", {"report": None, "record": None, "reviewer": None}).to_pylist()
    assert [(row["reviewer"], row["verdict"]) for row in rows] == [
        ("amina", "reject"), ("badru", "undo"), ("amina", "undo"),
    ]  # fmt: skip


def again(reading, **changes):
    """The same report read by another version: other ids, another type, the date one day off."""
    first = reading.events[0]
    moved = replace(first, **{"id": "eother", "type": "COERCE", "modes": (), **changes})
    return replace(
        reading,
        events=(moved, *reading.events[1:]),
        claims=tuple(replace(c, event="eother") if c.event == first.id else c for c in reading.claims),
        disputes=tuple(replace(d, about="eother") for d in reading.disputes),
        produced_by=replace(reading.produced_by, knowledge="1" * 16),
    )


def test_a_correction_survives_another_reading_under_another_id(news):
    judge(news, "e4f1c09ab", {"place": "Djibouti [DJI]"})
    store(news, again(invent_reading()), code="d")
    row = event(news, "eother")
    # What was confirmed stands as well as what was corrected.
    assert (row["type"], row["place"], row["corrected"]) == ("ASSAULT", "Djibouti", "corrected")
    assert melian.Archive(news).sql("SELECT DISTINCT record, judged FROM corrections").to_pylist() == [
        {"record": "eother", "judged": "e4f1c09ab"}
    ]


def test_a_record_that_is_no_longer_found_is_put_back(news):
    judge(news, "e4f1c09ab", {"type": "COERCE"})
    whole = invent_reading()
    store(news, replace(whole, events=whole.events[1:], claims=(), disputes=()), code="d")
    row = event(news)
    assert (row["type"], row["corrected"], row["standing"]) == ("COERCE", "corrected", "disputed")


def test_a_rejected_record_stays_rejected_when_it_is_found_again(news):
    judge(news, "e4f1c09ab", is_rejected=True)
    store(news, again(invent_reading()), code="d")
    assert event(news, "eother") is None


def test_a_correction_of_another_text_is_adrift_and_not_lost(news):
    judge(news, "e4f1c09ab", {"type": "COERCE"})
    whole = invent_reading()
    text = "Correction: a name. " + whole.report.text
    store(news, replace(whole, report=replace(whole.report, text=text)), code="d")
    assert event(news)["type"] == "ASSAULT"
    assert melian.Archive(news).sql("SELECT DISTINCT state FROM corrections").to_pylist() == [{"state": "adrift"}]


def test_the_id_alone_leads_nowhere():
    whole = invent_reading()
    anchor = anchor_of(whole, "event", "e4f1c09ab")
    elsewhere = replace(whole.events[2], id="e4f1c09ab")
    assert find_again(anchor, replace(whole, events=(elsewhere,))) is None


def test_most_reviewers_decide_and_of_equals_the_latest(news):
    judge(news, "e4f1c09ab", {"type": "COERCE"}, "amina")
    judge(news, "e4f1c09ab", {"type": "THREATEN"}, "badru")
    assert (event(news)["type"], event(news)["corrected"]) == ("THREATEN", "contested")
    judge(news, "e4f1c09ab", {"type": "COERCE"}, "chloe")
    assert event(news)["type"] == "COERCE"
    states = melian.Archive(news).sql("SELECT reviewer, state FROM corrections WHERE field = 'type' ORDER BY ALL")
    assert [tuple(row.values()) for row in states.to_pylist()] == [
        ("amina", "standing"), ("badru", "outvoted"), ("chloe", "standing"),
    ]  # fmt: skip


def test_who_answers_again_replaces_the_own_answer(news):
    judge(news, "e4f1c09ab", is_rejected=True)
    judge(news, "e4f1c09ab", {"type": "COERCE"})
    assert (event(news)["type"], event(news)["corrected"]) == ("COERCE", "corrected")


def test_the_queue_is_blind(news):
    judge(news, "e4f200000", {"type": "THREATEN"}, "amina")
    tasks = {task.record.id: task for task in Review(news).tasks("badru")}
    assert list(tasks) == ["e4f200000", "e9talks", "e4f1c09ab"]
    assert tasks["e4f200000"].values["type"] == "SANCTION"
    assert "e4f200000" not in {task.record.id for task in Review(news).tasks("amina")}
    assert not any(reason.stage == "review" for reason in tasks["e4f200000"].reading.reasons)


def test_a_sample_is_drawn_once_and_the_same_by_seed(news, tmp_path):
    first = Review(news).draw("spring", 2, seed=7)
    store(tmp_path / "copy", invent_reading())
    assert Review(tmp_path / "copy").draw("spring", 2, seed=7).items == first.items
    assert first.populations == {"all": 3}
    with pytest.raises(BadReview, match="already"):
        Review(news).draw("spring", 3)
    with pytest.raises(BadReview, match="those that were drawn: spring"):
        Review(news).sample("autumn")
    with pytest.raises(BadReview, match="cannot be called"):
        Review(news).sample("../../etc/passwd")
    strata = Review(news).draw("types", 3, is_stratified=True)
    assert strata.populations == {"ASSAULT": 1, "CONSULT": 1, "SANCTION": 1}
    assert len(Review(news).draw("few", 9, filters={"type": "CONSULT"}).items) == 1


def test_the_smallest_strata_leave_room_for_the_others():
    assert shares({"a": 1, "b": 5, "c": 50}, 20) == {"a": 1, "b": 5, "c": 14}
    assert shares({"a": 1, "b": 1}, 1) == {"b": 1}


def test_a_sample_goes_on_after_what_was_judged(news):
    review = Review(news)
    review.draw("spring", 3)
    first = review.next("amina", sample="spring")
    assert (first.place, first.of) == (1, 3)
    review.answer("amina", first.anchor, sample="spring")
    assert review.next("amina", sample="spring").place == 2
    assert review.next("badru", sample="spring").place == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"type": "WAR"}, "no type 'WAR'"),
        ({"modes": "phone"}, "has no mode 'phone'"),
        ({"date": "last week"}, "The date 'last week' cannot be read"),
        ({"sources": "x [QQQ]"}, "'QQQ' is no code"),
        ({"speaker": "x"}, "has no field 'speaker'"),
        ({"record": "x"}, "cannot be corrected"),
    ],
)
def test_wrong_values_are_refused_and_nothing_is_kept(news, changes, message):
    with pytest.raises(BadReview, match=message):
        judge(news, "e4f1c09ab", changes)
    assert Review(news).corrections() == ()


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 81, "\x1b[2J", "\u202ename"])
def test_names_of_reviewers(news, name):
    with pytest.raises(BadReview, match="no name of a reviewer"):
        judge(news, "e4f1c09ab", reviewer=name)


def test_a_torn_line_is_passed_over_and_a_broken_one_is_told(news):
    judge(news, "e4f1c09ab", {"type": "COERCE"})
    path = news / "review" / "corrections.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"id": "k1", "revi')
    assert event(news)["type"] == "COERCE"
    judge(news, "e9talks")
    assert len(Review(news).corrections()) == 2
    path.write_bytes(b"{}\n" + whole)
    with pytest.raises(BadArchive, match=r"Line 1 of .* is no correction"):
        melian.Archive(news)
    assert ["Line 1" in finding.what for finding in verify(find_archive(news))] == [True]


def test_a_value_that_the_tables_no_longer_know_keeps_nothing_from_opening(news):
    judge(news, "e4f1c09ab", {"sources": "Kenya [KEN]", "place": "Djibouti [DJI]"})
    path = news / "review" / "corrections.jsonl"
    line = json.loads(path.read_text())
    for judgement in line["judgements"]:
        if judgement["field"] == "sources":
            judgement["new"] = "Kenya [QQQ]"
    path.write_text(json.dumps(line) + "\n")
    assert (event(news)["source_names"], event(news)["place"]) == (["Kenyan jets"], "Djibouti")


def test_compaction_forgets_the_corrections_of_removed_reports(news):
    whole = invent_reading()
    store(news, replace(whole, report=replace(whole.report, id="r2")))
    review = Review(news)
    review.draw("spring", 6)
    for report in ("r0badcafe", "r2"):
        review.answer("amina", review.task(report, "event", "e9talks").anchor, {"type": "COOPERATE"})
    with Writer(news) as writer:
        writer.remove(["r0badcafe"])
        compact(writer)
    assert [one.anchor.report for one in Review(news).corrections()] == ["r2"]
    assert {item.anchor.report for item in Review(news).sample("spring").items} == {"r2"}
    assert event(news, "e9talks")["type"] == "COOPERATE"
    assert list(verify(find_archive(news))) == []


def test_exports_and_explanations_show_the_correction(news):
    judge(news, "e4f1c09ab", {"type": "COERCE"})
    reading = melian.Archive(news).reading("r0badcafe")
    (reason,) = (one for one in reading.reasons if one.stage == "review")
    assert reason.rule.startswith("corrected by amina on 20")
    assert "type: ASSAULT → COERCE" in reason.rule
    assert r.from_json(r.to_json(reading)) == reading


@pytest.mark.parametrize("format", ["csv", "icews", "plover", "polecat", "gdelt", "phoenix", "parquet"])
def test_every_export_says_what_a_person_corrected(news, format):
    judge(news, "e4f1c09ab", {"type": "COERCE", "sources": "Kenya [KEN]"})
    file = io.BytesIO()
    write_export(melian.Archive(news).readings(), format, file, claims="all", has_attribution=True)
    if format == "parquet":
        assert sorted(read_table(file)["corrected"].to_pylist(), key=str) == [None, None, "corrected"]
    else:
        assert b"corrected" in file.getvalue().split(b"\n", 1)[format in ("csv", "icews", "polecat")]


def test_many_answer_at_once_and_nothing_is_lost(news):
    anchor = Review(news).task("r0badcafe", "event", "e9talks").anchor
    with ThreadPoolExecutor(6) as people:
        list(people.map(lambda n: Review(news).answer(f"reviewer {n}", anchor), range(10)))
    assert {one.reviewer for one in Review(news).corrections()} == {f"reviewer {n}" for n in range(10)}


def test_pages_and_listings_say_that_a_person_judged(news):
    judge(news, "e4f1c09ab", {"type": "COERCE"})
    reading = melian.Archive(news).reading("r0badcafe")
    assert "corrected by a reviewer" in render_page([reading])
    assert "corrected by amina on 20" in plain_text(render_explanation(reading, "e4f1c09ab"))


def test_without_parties_there_is_no_direction(tmp_path):
    whole = invent_reading()
    store(tmp_path / "a", replace(whole, events=(replace(whole.events[2], sources=()),)))
    kept = judge(tmp_path / "a", "e9talks")
    assert "direction" not in {one.field for one in kept.judgements}
    with pytest.raises(BadReview, match="neither source nor target"):
        judge(tmp_path / "a", "e9talks", {"direction": "turn"})


def test_who_turns_and_confirms_the_parties_turns_them_round(news):
    judge(news, "e4f1c09ab", {"direction": "turn"})
    store(news, again(invent_reading()), code="d")
    row = event(news, "eother")
    assert (row["source_countries"], row["target_countries"]) == (["SOM"], ["KEN"])
    first = invent_reading().events[0]
    store(news, again(invent_reading(), sources=first.targets, targets=first.sources), code="e")
    row = event(news, "eother")
    assert (row["source_countries"], row["target_countries"]) == (["SOM"], ["KEN"])


def test_an_unknown_sample_is_refused(news):
    with pytest.raises(BadReview, match="no sample 'autumn'"):
        judge(news, "e4f1c09ab", sample="autumn")


def test_dyads_follow_the_correction(news):
    judge(news, "e4f1c09ab", {"direction": "turn", "type": "COERCE"})
    (row,) = melian.Archive(news).dyads("day").to_pylist()
    assert (row["source"], row["target"], row["quad"], row["disputed"]) == ("SOM", "KEN", 4, 1)
    (row,) = melian.Archive(news).sql("SELECT DISTINCT source, target FROM dyads WHERE type = 'COERCE'").to_pylist()
    assert row == {"source": "SOM", "target": "KEN"}
