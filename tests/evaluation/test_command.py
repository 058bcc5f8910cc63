"""The command: what it prints, writes and refuses."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
import typer
from typer.testing import CliRunner

import melian.cli.evaluate as command
from melian.errors import BadGold
from melian.evaluation.evaluate import WHATS, evaluation_of
from melian.evaluation.pairs import Pair
from melian.evaluation.places import GoldToponym
from melian.records import Actor, Cue, ProducedBy, Reading, Report, Span, Statement, TimeExpression, Where

GOLD = {
    "statements": [
        {"doc_id": n, "text": "Ann said \x1b[31m[b]so[/b].", "attributions": [{"cue": [[4, 8]], "content": [[9, 23]]}]}
        for n in (3, 1, 2)
    ],
    "events": [{"id": "a", "text": "Chad hit it.", "expected": [{"type": "AID", "source": ["TCD"], "target": []}]}],
    "dates": [{"doc_id": "a", "text": "On Monday.", "timexes": [{"span": [3, 9], "type": "DATE", "value": "2020"}]}],
    "places": [
        {"doc_id": "a", "text": "In Lund.", "toponyms": [{"span": [3, 7], "lat": 55.7, "lon": 13.2, "geonameid": 1}]}
    ],
    "actors": [{"id": "a", "phrase": "Chad", "country": "TCD", "sector": "GOV"}],
    "coreference": [
        {
            "doc_id": "a",
            "text": "Chad hit it.",
            "mentions": [{"id": "1", "spans": [[5, 8]], "tag": "ACTION_OCCURRENCE", "instance_id": "x"}],
        }
    ],
}


class StandIn:
    """Tools that need no model: every report holds one statement of its second word."""

    @property
    def reader(self) -> "StandIn":
        return self

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            cue = Cue(span=(4, 8), lemma="say")
            said = Statement(
                id="s", speaker=None, speaker_span=None, cue=cue, content=((9, 12),), kind="indirect", act="state"
            )
            made = ProducedBy(melian="0", model="", knowledge="", settings="")
            yield Reading(report=report, statements=(said,), produced_by=made)

    def timex_of(self, expression: TimeExpression) -> tuple[str, str]:
        return "DATE", "2020"

    def find_places(self, text: str) -> Sequence[Where]:
        return ()

    def resolve_names(self, text: str, spans: Sequence[Span]) -> Sequence[Where | None]:
        return [None] * len(spans)

    def resolve_phrase(self, phrase: str, context: str | None, date: str | None) -> tuple[Actor, ...]:
        return ()

    def relate(self, pair: Pair) -> tuple[str, float] | None:
        return None

    def describe(self, text: str, spans: Sequence[Span]) -> Sequence[tuple[str, tuple[int, ...] | None]]:
        return [("hit", None)] * len(spans)

    def country_of(self, toponym: GoldToponym, words: str) -> str | None:
        return None


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(command, "_tools", StandIn)
    app = typer.Typer()
    app.command("evaluate")(command.evaluate)

    def go(what: str, records: object, *options: str) -> tuple[str, BaseException | None]:
        path = tmp_path / "gold.jsonl"
        if isinstance(records, str):
            path.write_text(records, encoding="utf-8")
        elif isinstance(records, list):
            path.write_bytes(b"".join(msgspec.json.encode(record) + b"\n" for record in records))
        result = CliRunner().invoke(app, [what, str(path), *options])
        return result.output, result.exception

    return go


@pytest.mark.parametrize("what", [what for what in WHATS if what != "relations"])
def test_prints_figures_and_writes_one_line_a_record(run, tmp_path: Path, what: str) -> None:
    out = tmp_path / "out.jsonl"
    text, error = run(what, GOLD[what], "--predictions", str(out))
    assert error is None
    assert "95 % interval" in text
    found = evaluation_of(what).read_predictions(out)  # type: ignore[arg-type]
    key = "doc_id" if "doc_id" in GOLD[what][0] else "id"
    assert [getattr(line, key) for line in found] == [record[key] for record in GOLD[what]]


def test_statement_lines_are_as_published(run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    text, _ = run("statements", GOLD["statements"], "--predictions", str(out), "--limit", "2")
    line = b'"attributions":[{"source":[],"cue":[[4,8]],"content":[[9,12]],"confidence":0.5}]}'
    assert out.read_bytes() == b"".join(b'{"doc_id":%d,' % n + line + b"\n" for n in (3, 1))
    assert "2 records" in text
    assert "Worst misses" in text
    assert "\x1b[31m" not in text
    assert "[b]so[/b]" in text


def test_relations_from_a_table(run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    table = (
        "sentence\tmarked_sentence\tgold_root\tgold_penta\nA b.\t<s>A</s> b.\tAID\t2\nC d.\tC <t>d</t>.\tCONSULT\t1\n"
    )
    text, error = run("relations", table, "--predictions", str(out))
    assert error is None
    assert "root: macro-F1" in text
    assert out.read_text().splitlines() == [
        '{"row":0,"root":"CONSULT","quad":1,"confidence":0.0}',
        '{"row":1,"root":"CONSULT","quad":1,"confidence":0.0}',
    ]


def test_places_given(run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    text, error = run("places", GOLD["places"], "--given", "--predictions", str(out))
    assert error is None
    assert "recognition" not in text
    assert out.read_text().startswith('{"doc_id":"a","toponyms":[{"span":[3,7],"lat":null')


def test_predictions_without_answers(run, tmp_path: Path) -> None:
    bare = [{"doc_id": "a", "text": "Ann said so."}]
    _, error = run("statements", bare)
    assert isinstance(error, BadGold)
    assert "attributions" in error.expected
    text, error = run("statements", bare, "--predictions", str(tmp_path / "out.jsonl"))
    assert error is None
    assert "no answers to judge" in text


@pytest.mark.parametrize(
    ("what", "records", "options", "message"),
    [
        ("verbs", [], [], "nothing to measure called 'verbs'"),
        ("statements", None, [], "There is no file"),
        ("statements", [], [], "holds no record"),
        ("statements", '{"doc_id": "a", "text": "x"}\nnonsense\n', [], "line 2"),
        ("events", GOLD["dates"], [], "line 1"),
        ("relations", "a\tb\n1\t2\n", [], "lacks the column 'sentence'"),
        ("events", GOLD["events"], ["--given"], "--given was asked for events"),
        ("events", GOLD["events"], ["--predictions", "no/such/folder/out.jsonl"], "cannot be written"),
    ],
)
def test_refusals_say_what_was_found_and_what_to_do(run, what, records, options, message) -> None:
    _, error = run(what, records, *options)
    assert isinstance(error, BadGold)
    assert message in error.found
    assert error.expected
    assert error.do


def test_the_gold_file_is_never_overwritten(run, tmp_path: Path) -> None:
    _, error = run("events", GOLD["events"], "--predictions", str(tmp_path / "gold.jsonl"))
    assert isinstance(error, BadGold)
    assert "Chad" in (tmp_path / "gold.jsonl").read_text()
