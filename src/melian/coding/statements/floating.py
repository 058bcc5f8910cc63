"""Whose words a quotation is that stands alone: of who spoke before it, or of whom the next sentence names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.statements.attribution import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

    from melian.coding.draft import Naming
    from melian.records import Actor

_ALONE = "quotation alone"
_POINTING = frozenset({"that", "this", "these", "those", "the"})
_WORDS = frozenset(
    {"word", "sentence", "phrase", "remark", "verdict", "answer", "reply", "comment", "line", "quotation"}
)
_OPENERS = frozenset({"with", "so", "thus", "by", "in"})
_SPEAKING_KINDS = frozenset({"person", "office"})


def with_floating_speakers(
    doc: Doc,
    attributions: Sequence[Attribution],
    sentences: Sequence[Phrase],
    namings: dict[int, Naming],
    actors: dict[str, Actor],
) -> list[Attribution]:
    """Give speakers to quotations that stand alone, where the paragraph makes them plain.

    The sentence behind may point back at them ("The words are those of X", "With that sentence X opened …"); else they
    are the words of who spoke in the sentence before, or of the one person whom it is about.
    """
    spoken = {doc[a.verb].sent.start: a for a in attributions if a.verb is not None and a.speaker is not None}
    starts = {sentence.start: k for k, sentence in enumerate(sentences)}
    given: list[Attribution] = []
    for a in attributions:
        speaker = None
        if a.rule == _ALONE and a.speaker is None and a.words is None and a.content:
            phrase = doc.char_span(*a.content[0], alignment_mode="expand")
            if phrase is not None and len(phrase):
                k = starts.get(phrase[0].sent.start)
                last = starts.get(phrase[-1].sent.start)
                if k is not None and last is not None:
                    speaker = _pointed_at(sentences, last, namings) or _before(sentences, k, spoken, namings, actors)
        given.append(replace(a, speaker=speaker.i, rule="quotation stands alone") if speaker is not None else a)
    return given


def _pointed_at(sentences: Sequence[Phrase], k: int, namings: dict[int, Naming]) -> Token | None:
    """Find the first whom the next sentence names, where it speaks of the words before it."""
    if k + 1 >= len(sentences) or _is_apart(sentences[k], sentences[k + 1]):
        return None
    tokens = [t for t in sentences[k + 1] if not t.is_space]
    first = [t for t in tokens[:5] if t.lower_ not in _OPENERS]
    points = len(first) > 1 and first[0].lower_ in _POINTING and any(t.lemma_.lower() in _WORDS for t in first[1:3])
    return next((t for t in tokens if t.i in namings), None) if points else None


def _before(
    sentences: Sequence[Phrase],
    k: int,
    spoken: dict[int, Attribution],
    namings: dict[int, Naming],
    actors: dict[str, Actor],
) -> Token | None:
    """Find who spoke in the sentence before, or the person who is its subject."""
    if k == 0 or _is_apart(sentences[k - 1], sentences[k]):
        return None
    sentence = sentences[k - 1]
    told = spoken.get(sentence.start)
    if told is not None and told.speaker is not None:
        return sentence.doc[told.speaker]
    subject = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
    naming = namings.get(subject.i) if subject is not None else None
    actor = actors.get(naming.actor or "") if naming is not None else None
    return subject if actor is not None and actor.kind in _SPEAKING_KINDS else None


def _is_apart(one: Phrase, other: Phrase) -> bool:
    """Tell whether two sentences stand in different paragraphs."""
    doc = one.doc
    return any("\n" in t.text for t in doc[max(one.end - 2, one.start) : other.start + 1])
