"""The spaCy pipeline: loading, and parsing texts of any length in pieces of bounded size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from melian.coding.draft import Draft, Quotation
from melian.coding.language.casing import EnglishWords, plain_case
from melian.coding.language.lean import blank_tokenizer, import_spacy, multiply_by_numpy
from melian.coding.language.quotations import find_quotations
from melian.coding.language.repairs import repair
from melian.coding.language.ruling import quicken
from melian.coding.language.sentences import mark_sentences
from melian.coding.one_core import on_one_core
from melian.errors import BadSetting
from melian.records import Report
from melian.settings import Settings

if TYPE_CHECKING:
    import spacy.language
    from spacy.tokens import Doc

# The parser's memory grows with the length of one document; pieces keep it small and change no paragraph's parse.
_PIECE = 6_000
_LARGEST_PIECE = 20_000
_UNBROKEN = re.compile(r"\S{501,}")
_LONGEST_UNBROKEN = 500
"""Characters without a blank that the tokeniser gets at once: it takes marks off them one by one, in quadratic time."""
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s")


class Language:
    """A loaded spaCy pipeline that keeps quotations and sentences together.

    Args:
        nlp: Any English pipeline with a parser, a tagger, a lemmatiser and an entity recogniser.
    """

    def __init__(self, nlp: spacy.language.Language) -> None:
        self._nlp = nlp
        self._english = EnglishWords(nlp)
        self.model = f"{nlp.meta.get('name', 'unknown')}-{nlp.meta.get('version', '0')}"

    def parse(self, reports: Iterable[Report], batch_characters: int) -> Iterator[Draft]:
        """Begin a draft of each report, in order: its quotations and its parse; so many characters at a time."""
        batch: list[Report] = []
        size = 0
        for report in reports:
            batch.append(report)
            size += len(report.text)
            if size >= batch_characters:
                yield from self._parse_batch(batch)
                batch, size = [], 0
        yield from self._parse_batch(batch)

    def plain(self, text: str) -> str:
        """Write a text's headlines and lines in capitals as sentences are written, character by character as long."""
        return plain_case(text, self._english)

    def _parse_batch(self, batch: list[Report]) -> Iterator[Draft]:
        from spacy.tokens import Doc

        texts = [self.plain(report.text) for report in batch]
        quotations = [find_quotations(text) for text in texts]
        cuts = [_pieces(text) for text in texts]
        docs = self._nlp.pipe(
            (
                self._tokens(text, report, quoted, piece)
                for text, report, quoted, pieces in zip(texts, batch, quotations, cuts, strict=True)
                for piece in pieces
            ),
            batch_size=8,
        )
        for report, quoted, pieces in zip(batch, quotations, cuts, strict=True):
            with on_one_core():
                parts = [next(docs) for _ in pieces]
            for part in parts:
                part.tensor = part.tensor[:0]
                repair(part)
            doc = parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
            assert doc is not None
            yield Draft(report=report, doc=doc, coded=_coded(doc, report), quotations=quoted)

    def _tokens(self, text: str, report: Report, quotations: tuple[Quotation, ...], piece: tuple[int, int]) -> Doc:
        start, end = piece
        doc = self._nlp.make_doc(text[start:end])
        inside = [q for q in quotations if q.span[0] < end and q.span[1] > start]
        mark_sentences(doc, inside, report.furniture, start)
        return doc


@cache
def load_language(name: str) -> Language:
    """Load a spaCy pipeline by its installed name.

    Raises:
        BadSetting: It is not installed, is not English, or lacks a component that the stages need.
    """
    spacy = import_spacy()
    try:
        nlp = spacy.load(name, config=blank_tokenizer() if name == Settings().pipeline else {})
    except OSError as error:
        raise BadSetting(
            f"The spaCy pipeline {name!r} is not installed",
            "an installed English pipeline",
            f"Install it with pip, or leave the setting `pipeline` at its default ({error.__class__.__name__})",
        ) from error
    if nlp.lang != "en":
        raise BadSetting(f"The spaCy pipeline {name!r} is for the language {nlp.lang!r}", "an English pipeline")
    missing = {"parser", "ner", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        raise BadSetting(
            f"The spaCy pipeline {name!r} has no {', '.join(sorted(missing))}", "parser, tagger, lemmatizer and ner"
        )
    multiply_by_numpy(nlp)
    if "attribute_ruler" in nlp.pipe_names:
        quicken(nlp.get_pipe("attribute_ruler"))
    nlp.max_length = 10 * _LARGEST_PIECE
    return Language(nlp)


def _pieces(text: str) -> list[tuple[int, int]]:
    """Cut a text behind line breaks into pieces of some 6,000 characters, a longer paragraph at sentence ends."""
    pieces: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > _PIECE * 1.5:
        cut = text.rfind("\n", start + 1, start + _PIECE)
        if cut < 0:
            cut = text.find("\n", start + _PIECE, start + _LARGEST_PIECE)
        if cut < 0:
            ends = [m.end() - 1 for m in _SENTENCE_END.finditer(text, start + _PIECE, start + _LARGEST_PIECE)]
            cut = ends[0] if ends else text.rfind(" ", start + 1, start + _LARGEST_PIECE)
        if cut < 0:
            cut = min(start + _LARGEST_PIECE, len(text)) - 1
        pieces.append((start, cut + 1))
        start = cut + 1
    if start < len(text) or not pieces:
        pieces.append((start, len(text)))
    unbroken = [cut for m in _UNBROKEN.finditer(text) for cut in range(m.start(), m.end(), _LONGEST_UNBROKEN)]
    return _cut_at(pieces, unbroken) if unbroken else pieces


def _cut_at(pieces: list[tuple[int, int]], places: list[int]) -> list[tuple[int, int]]:
    edges = sorted({*places, *(start for start, _ in pieces), pieces[-1][1]})
    return list(pairwise(edges))


def _coded(doc: Doc, report: Report) -> tuple[bool, ...]:
    furniture = [piece.span for piece in report.furniture]
    coded = []
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.end_char
        coded.append(
            not any(s < end and start < e and min(e, end) - max(s, start) > 0.5 * (end - start) for s, e in furniture)
        )
    return tuple(coded)
