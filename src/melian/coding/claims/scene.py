"""A report as holders are looked up in it: its parse, its statements, and whether each is made at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from melian.coding.claims.judging import Judgement, judge
from melian.coding.span_index import SpanIndex
from melian.knowledge.cues import CueWord, cues_by_lemma
from melian.records import Actor, Report, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(slots=True)
class Scene:
    """A report as holders are looked up in it.

    Attributes:
        doc: The parse.
        report: The report.
        statements: Statements by id.
        actors: Actors by id.
    """

    doc: Doc
    report: Report
    statements: Mapping[str, Statement]
    actors: Mapping[str, Actor]
    _stances: dict[str, Judgement] = field(default_factory=dict)
    _governing: dict[str, Token | None] = field(default_factory=dict)
    _contents: SpanIndex[Statement] = field(init=False)
    _cues: SpanIndex[Statement] = field(init=False)

    def __post_init__(self) -> None:
        """Index the contents and the cues of the statements."""
        self._contents = SpanIndex((span, s) for s in self.statements.values() for span in s.content)
        self._cues = SpanIndex((s.cue.span, s) for s in self.statements.values() if s.cue is not None)

    def token_at(self, span: Span) -> Token | None:
        """Find the token that begins a span."""
        phrase = self.doc.char_span(span[0], span[1], alignment_mode="expand")
        return phrase[0] if phrase is not None and len(phrase) else None

    def sentence_at(self, position: int) -> Span:
        """Give the sentence that holds a position."""
        token = self.token_at((position, position + 1))
        assert token is not None
        return token.sent.start_char, token.sent.end_char

    def holding(self, position: int) -> list[Statement]:
        """Give the statements whose content holds a position, the innermost first."""
        found = {s.id: s for _, s in self._contents.holding(position)}
        return sorted(found.values(), key=lambda s: sum(b - a for a, b in s.content))

    def cue_token(self, statement: Statement) -> Token | None:
        """Find the word of a cue that governs what is said."""
        if statement.id not in self._governing:
            self._governing[statement.id] = self._governing_word(statement)
        return self._governing[statement.id]

    def _governing_word(self, statement: Statement) -> Token | None:
        if statement.cue is None:
            return None
        phrase = self.doc.char_span(*statement.cue.span, alignment_mode="expand")
        if phrase is None or not len(phrase):
            return None
        return next((t for t in phrase if t.lemma_.lower() == statement.cue.lemma), phrase[-1])

    def row_of(self, statement: Statement) -> CueWord | None:
        """Find the row of a statement's cue."""
        if statement.cue is None:
            return None
        rows = cues_by_lemma()
        token = self.cue_token(statement)
        pos = "n" if token is not None and token.pos_ in {"NOUN", "PROPN"} else "v"
        for kind in (pos, "v", "p", "n", "a"):
            if (statement.cue.lemma, kind) in rows:
                return rows[(statement.cue.lemma, kind)]
        return None

    def is_made(self, statement: Statement) -> bool:
        """Tell whether a statement is made at all: not "declined to confirm", "did not say", "if he says"."""
        told = self.told_of(statement)
        return told.polarity == "positive" and told.certainty != "uncommitted" and told.tense != "hypothetical"

    def told_of(self, statement: Statement) -> Judgement:
        """Judge whether a statement is made, by its cue; what is said does not decide: "reported no clashes"."""
        known = self._stances.get(statement.id)
        if known is None:
            cue = self.cue_token(statement)
            known = Judgement()
            # "Rejected a claim by Iran that" takes for granted that Iran made it.
            within = inside(statement)
            named = (c for c in (cue.children if cue is not None else ()) if c.lower_ in {"by", "from", "of"})
            is_named = cue is not None and cue.pos_ == "NOUN" and any(not within(c) for c in named)
            if cue is not None and not is_named and statement.cue is not None and statement.cue.lemma != "according to":
                parent = self.statements.get(statement.parent or "")
                said = next((child for child in cue.children if within(child)), None)
                around = inside(parent) if parent is not None else self._is_told_with(cue)
                # "No boat, he insisted, had been there": what is said decides nothing about its cue, on either side.
                known = judge(cue, is_inside=lambda token: around(token) and not within(token), apart=said)
            self._stances[statement.id] = known
        return known

    def _is_told_with(self, cue: Token) -> Callable[[Token], bool]:
        """Make a test for the author's words around a cue: not what others say, nor their cues, where it is not.

        "Armenia said that jets had fired, an accusation Baku rejected": what Armenia says does not hold the rejection.
        """

        def test(token: Token) -> bool:
            at = token.idx
            others = (s for index in (self._contents, self._cues) for _, s in index.holding(at))
            return all(any(a <= cue.idx < b for a, b in (*s.content, s.cue.span if s.cue else (0, 0))) for s in others)

        return test

    def country(self, statement: Statement) -> str | None:
        """Name the side of a statement: its speaker's country, or the speaker where it has none."""
        actor = self.actors.get(statement.speaker or "")
        return (actor.country or actor.id) if actor is not None else None


def inside(statement: Statement) -> Callable[[Token], bool]:
    """Make a test for the tokens of a statement's content."""
    spans = statement.content

    def test(token: Token) -> bool:
        at = token.idx
        return any(a <= at < b for a, b in spans)

    return test
