"""Measure statements side by side with what a user would pick instead, and on texts that nothing was trained on.

Usage: python benchmarks/statements.py FOLDER
FOLDER holds the research data. The environment must hold benchmarks/requirements.txt besides the package.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import spacy
from textacy.extract.triples import direct_quotations

from melian.evaluation.bootstrap import Figure, measure, share
from melian.evaluation.gold import read_lines
from melian.evaluation.statements import (
    Attribution,
    FoundStatements,
    GoldStatements,
    judge_statements,
    predict_statements,
)
from melian.reader import Reader
from melian.records import Reading, Span

GENRES = ("news", "interview")
OTHERS = ("speech", "bio", "court")
SHOWN = ("source: exact span F1", "cue: exact span F1", "content: exact span F1", "attribution found: F1",
         "attribution found with its source: F1")  # fmt: skip


class Unit(msgspec.Struct, frozen=True):
    """A discourse unit of GUM: its number, relation, the number of the unit that it belongs to, and its span."""

    n: int
    rel: str
    head: int | None
    span: Span


class Document(msgspec.Struct, frozen=True):
    """A document of GUM, as far as it is needed here."""

    doc_id: str
    genre: str
    text: str
    edus: tuple[Unit, ...]


def by_textacy(nlp: spacy.language.Language, gold: Sequence[GoldStatements]) -> Iterator[FoundStatements]:
    """Yield what textacy finds, paragraph by paragraph: it refuses a text in which one mark has no partner."""
    for record in gold:
        found: list[Attribution] = []
        for paragraph in re.finditer(r"[^\n]+", record.text):
            start = paragraph.start()
            try:
                triples = list(direct_quotations(nlp(paragraph.group())))
            except ValueError:
                continue
            for speaker, cue, content in triples:
                found.append(
                    Attribution(source=_span(speaker, start), cue=_span(cue, start), content=_span(content, start))
                )
        yield FoundStatements(doc_id=record.doc_id, attributions=tuple(found))


def _span(tokens: Sequence[spacy.tokens.Token], start: int) -> tuple[Span, ...]:
    return ((start + tokens[0].idx, start + tokens[-1].idx + len(tokens[-1])),) if len(tokens) else ()


def side_by_side(gold: Sequence[GoldStatements], reader: Reader, words: int) -> None:
    """Print accuracy and speed of both on the same texts, in turn."""
    nlp = spacy.load(reader.settings.pipeline)
    ways: dict[str, Callable[[], Iterator[FoundStatements]]] = {
        "melian": lambda: predict_statements(reader, gold),
        "textacy": lambda: by_textacy(nlp, gold),
    }
    for name, way in ways.items():
        start = time.perf_counter()
        found = list(way())
        seconds = time.perf_counter() - start
        figures = {figure.name: figure for figure in judge_statements(gold, found).figures}
        print(f"{name}: {words / seconds:,.0f} words a second")
        for shown in SHOWN:
            _print(figures[shown])


def gum_recall(documents: Sequence[Document], reader: Reader, genres: Sequence[str]) -> None:
    """Print how many of GUM's attributions are found: speaker or cue in the one unit, content in the other."""
    every: list[list[float]] = []
    worded: list[list[float]] = []
    largest = 0.0
    for document in (document for document in documents if document.genre in genres):
        text, reading = document.text, reader.read(document.text)
        units = {unit.n: unit for unit in document.edus}
        wanted = [unit for unit in document.edus if unit.rel.startswith("attribution-positive") and unit.head in units]
        hits = [_is_found(reading, unit.span, units[unit.head or 0].span) for unit in wanted]
        are_worded = [any(word.islower() for word in text[slice(*unit.span)].split()) for unit in wanted]
        every.append([sum(hits), len(wanted)])
        worded.append([sum(h and w for h, w in zip(hits, are_worded, strict=True)), sum(are_worded)])
        largest = max(largest, *(sum(e - s for s, e in x.content) / len(text) for x in reading.statements))
    name = f"GUM {', '.join(genres)}: recall"
    _print(measure(name, every, share, of=int(sum(row[1] for row in every))))
    # A bare name beside a picture or a title is a credit: nobody says anything.
    _print(measure(f"{name} without credits", worded, share, of=int(sum(row[1] for row in worded))))
    print(f"    largest content {largest:.0%} of its text")


def _is_found(reading: Reading, by: Span, said: Span) -> bool:
    def touches(span: Span, other: Span) -> bool:
        return span[0] < other[1] and other[0] < span[1]

    return any(
        any(touches(piece, said) for piece in statement.content)
        and (
            (statement.cue is not None and touches(statement.cue.span, by))
            or (statement.speaker_span is not None and touches(statement.speaker_span, by))
        )
        for statement in reading.statements
    )


def _print(figure: Figure) -> None:
    print(f"    {figure.name:<54} {figure.value:5.1f}  ({figure.low:.1f} to {figure.high:.1f}), of {figure.of:,}")


def main(folder: Path) -> None:
    """Run both measurements."""
    reader = Reader()
    gold = read_lines(folder / "polnear_dev.jsonl", GoldStatements)
    side_by_side(gold, reader, sum(len(record.text.split()) for record in gold))
    documents = read_lines(folder / "gum.jsonl", Document)
    gum_recall(documents, reader, GENRES)
    gum_recall(documents, reader, OTHERS)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
