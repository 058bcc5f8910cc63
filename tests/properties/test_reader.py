"""What holds of any report: nothing raises, spans slice, references lead somewhere, and company changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.coding.coder import Coder
from melian.coding.language import find_quotations
from melian.intake import report_from_text
from melian.reader import Reader
from melian.records import Reading, Report, Span
from melian.settings import Settings

pytestmark = pytest.mark.model
EXAMPLES = Path(__file__).parents[2] / "examples"
PIECES = (
    "The minister said", "that", "Turkish jets", "bombed", "a camp near Idlib", "according to", "Ankara", "denied",
    "on Tuesday", "killing 12", "“", "”", '"', "‘", "’", "'s", ",", ".", ":", ";", "?", "!", "—", "-", "(", ")", "\n",
    "\n\n", "not", "will", "If", "unless", "he", "she", "it", "they", "its", "who", "which", "talks", "agreed to",
    "accused", "Sergey Lavrov", "the foreign minister", "LONDON (Reuters) –", "Photo:", "by X's reckoning",
    "as far as", "is concerned", "in his", "the way", "in the view of", "it is claimed", "quoted", "as saying",
    "Xinhua reported,", "citing", "warned", "31 February", "0000", "9999", "𝔘𝔫𝔦", "é", "中文", "\u202e", "\u200b",
    "\x00", "\ud800", "\t", "🙂", "http://x.y/z", "-- Reuters", "UN", "U.S.", "Mr.",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@cache
def reader() -> Reader:
    return Reader()


def spans_of(reading: Reading) -> Iterator[Span]:
    """Yield every span of a reading."""

    def walk(value: object) -> Iterator[Span]:
        if isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                yield from walk(getattr(value, name))
        elif isinstance(value, tuple):
            if len(value) == 2 and all(isinstance(part, int) and not isinstance(part, bool) for part in value):
                yield value
            else:
                for part in value:
                    yield from walk(part)

    for name in ("actors", "statements", "events", "claims", "dates", "places", "reasons"):
        yield from walk(getattr(reading, name))


def check(reading: Reading) -> None:
    text = reading.report.text
    for start, end in spans_of(reading):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    actors = {actor.id for actor in reading.actors}
    statements = {statement.id for statement in reading.statements}
    events = {event.id for event in reading.events}
    claims = {claim.id for claim in reading.claims}
    for statement in reading.statements:
        assert {statement.speaker, *statement.via} - {None} <= actors
        assert {statement.parent} - {None} <= statements
    for event in reading.events:
        assert {*event.sources, *event.targets} <= actors
    for claim in reading.claims:
        assert claim.event in events
        assert claim.holder in {"author", *statements}
    for dispute in reading.disputes:
        assert all(
            set(side.claims) <= claims and set(side.holders) <= {"author", *statements} for side in dispute.sides
        )
    assert {absence.record for absence in reading.absences} <= {
        *actors,
        *statements,
        *events,
        *claims,
        reading.report.id,
    }
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


@settings(max_examples=80)
@given(TEXTS)
def test_any_text_is_read(text: str):
    clean = text.encode("utf-8", "replace").decode("utf-8")
    check(reader().read_report(Report(id="r", text=clean or ".", published="2015-12-03")))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_an_example_is_read(path: Path):
    check(reader().read(path.read_text(encoding="utf-8"), published="2026-03-12"))


def test_neither_order_nor_batches_change_a_reading():
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    texts += [text[: len(text) // 2] for text in texts]
    reports = [report_from_text(text, published="2026-03-12") for text in texts]

    def bytes_of(reading: Reading) -> bytes:
        return msgspec.json.encode(msgspec.structs.replace(reading, produced_by=known))

    known = reader().read_report(reports[0]).produced_by
    alone = [bytes_of(reader().read_report(report)) for report in reports]
    together = [bytes_of(reading) for reading in Coder(Settings(batch_characters=5_000_000)).read_many(reports)]
    turned = [bytes_of(reading) for reading in Coder(Settings(batch_characters=1_000)).read_many(reports[::-1])]
    assert alone == together == turned[::-1]


def test_a_stream_can_be_left_early():
    reports = (Report(id=str(n), text=f"France condemned Russia on day {n}.") for n in range(10_000))
    stream = Coder(Settings(batch_characters=1_000)).read_many(reports)
    assert next(stream).report.id == "0"
    stream.close()


def test_a_quotation_in_single_marks_runs_on_in_the_next_paragraph():
    text = "She said: ‘The line rang once.\n\n‘It rang twice, and it's dead now.’"
    spans = [(text[slice(*q.inner)], q.is_continued, q.is_closed) for q in find_quotations(text)]
    assert spans == [("The line rang once.", False, False), ("It rang twice, and it's dead now.", True, True)]
