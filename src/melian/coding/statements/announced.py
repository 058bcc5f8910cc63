"""Statements that a noun announces and a colon opens: "His message was blunt: a bad resolution helps nobody"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.coding.statements.attribution import Attribution, spans_of_tokens
from melian.knowledge.cues import cues_by_lemma

if TYPE_CHECKING:
    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

_FEWEST = 3
_GIVING = frozenset({"give", "issue", "deliver", "send", "have", "level", "make", "offer", "repeat", "set", "hand"})
_QUOTES = frozenset({'"', "“", "‘", "«", "``"})


def attributions_announced(sentence: Phrase, colon: Token) -> Iterator[Attribution]:
    """Yield what stands behind a colon where a noun of saying before it says whose words follow.

    The noun is what somebody gives ("gave them an ultimatum: …"), or the subject that belongs to him ("his message to
    the council was blunt: …"). Quotations are left to the rule that knows their marks.

    Args:
        sentence: The sentence.
        colon: Its first colon.
    """
    doc = sentence.doc
    behind = [t for t in doc[colon.i + 1 : sentence.end] if not t.is_space]
    if len(behind) < _FEWEST or any(t.text in _QUOTES for t in behind):
        return
    for noun in reversed(doc[sentence.start : colon.i]):
        row = cues_by_lemma().get((noun.lemma_.lower(), "n")) if noun.pos_ == "NOUN" else None
        speaker = _owner(noun) if row is not None else None
        content = spans_of_tokens(doc, range(colon.i + 1, sentence.end))
        if row is not None and speaker is not None and content:
            yield Attribution(row, (noun.i, noun.i + 1), noun.i, speaker.i, content, None, "announced")
            return


def _owner(noun: Token) -> Token | None:
    """Find whose words a noun announces."""
    if noun.dep_ == "nsubj":
        return next((c for c in noun.children if c.dep_ == "poss"), None)
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in _GIVING:
        return None
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)
