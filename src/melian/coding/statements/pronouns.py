"""Pronouns inside quotations, once their speakers are known: "we", "they", "its"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from melian.coding.actors.coreference import (
    PERSON_PRONOUNS,
    PLURAL_PRONOUNS,
    SPEAKER_PRONOUNS,
    THING_PRONOUNS,
    is_expletive,
    is_subject,
)
from melian.coding.draft import Naming, Quotation
from melian.coding.span_index import SpanIndex
from melian.records import Actor, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BACK = 16
_SEVERAL = frozenset({"organisation", "group", "population"})


def resolve_quoted(
    doc: Doc,
    namings: Sequence[Naming],
    actors: dict[str, Actor],
    statements: Sequence[Statement],
    quotations: Sequence[Quotation],
    turns: Sequence[Span] = (),
) -> tuple[Naming, ...]:
    """Lead pronouns inside quotations, and "we" in the turns of a transcript, to actors.

    "I" and "we" are the speaker. "They", "he" and "it" are the nearest fitting actor before that is not of the
    speaker's side, subjects first; "they" is first of all whom the speaker spoke of just before: "Police had acted with
    restraint, he said. 'They were attacked.'"
    """
    spans = [q.inner for q in quotations if q.depth == 0]
    heads = [n.head for n in namings]
    contents = SpanIndex((span, s.speaker) for s in statements for span in s.content)
    found: list[Naming] = []
    at = 0
    k = 0
    for token in doc:
        while k < len(spans) and spans[k][1] <= token.idx:
            k += 1
        if k == len(spans):
            break
        if token.idx < spans[k][0] or (token.pos_ != "PRON" and token.tag_ != "PRP$"):
            continue
        word = token.lower_
        speaker = contents.innermost(token.idx)
        if word in SPEAKER_PRONOUNS:
            if speaker is not None:
                found.append(Naming(token.i, token.i + 1, token.i, speaker, is_pronoun=True))
            continue
        if (word not in PERSON_PRONOUNS and word not in PLURAL_PRONOUNS and word not in THING_PRONOUNS) or is_expletive(
            token
        ):
            continue
        while at < len(heads) and heads[at] < token.i:
            at += 1
        before = namings[max(0, at - _BACK) : at]
        actor = _spoken_of(doc, before, actors, contents, speaker) if word in PLURAL_PRONOUNS else None
        actor = actor or _nearest(doc, before, actors, word, speaker)
        if actor is not None:
            found.append(Naming(token.i, token.i + 1, token.i, actor, is_pronoun=True))
    known = {naming.head for naming in found}
    for start, end in turns:
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            speaker = contents.innermost(token.idx) if token.lower_ in SPEAKER_PRONOUNS else None
            if speaker is not None and token.i not in known:
                found.append(Naming(token.i, token.i + 1, token.i, speaker, is_pronoun=True))
    return tuple(sorted(found, key=lambda naming: naming.start))


def _spoken_of(
    doc: Doc,
    before: Sequence[Naming],
    actors: dict[str, Actor],
    contents: SpanIndex[str | None],
    speaker: str | None,
) -> str | None:
    """Give the group or body that is the last subject of what the same speaker said before."""
    for naming in reversed(before if speaker is not None else ()):
        actor = actors.get(naming.actor or "")
        if actor is None or actor.id == speaker or actor.kind not in _SEVERAL:
            continue
        if is_subject(doc[naming.head]) and contents.innermost(doc[naming.head].idx) == speaker:
            return actor.id
    return None


def _nearest(
    doc: Doc, before: Sequence[Naming], actors: dict[str, Actor], word: str, speaker: str | None
) -> str | None:
    own = actors.get(speaker or "")
    best: tuple[float, str] | None = None
    for back, naming in enumerate(reversed(before)):
        actor = actors.get(naming.actor or "")
        if actor is None or actor.id == speaker:
            continue
        if word in PERSON_PRONOUNS:
            if actor.kind != "person":
                continue
        elif actor.kind not in {"state", "organisation", "group", "population"} or (
            own is not None and own.country is not None and actor.country == own.country
        ):
            continue
        score = -0.3 * back + (2.0 if is_subject(doc[naming.head]) else 0.0)
        if best is None or score > best[0]:
            best = (score, actor.id)
    return best[1] if best else None
