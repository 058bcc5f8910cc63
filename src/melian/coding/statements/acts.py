"""What a speaker does by saying something, from the cue, the content and its polarity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.coding.statements.attribution import Attribution
from melian.coding.statements.cue_phrases import is_negated
from melian.coding.statements.spoken_acts import act_of_content
from melian.records import Act, Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from melian.coding.draft import Naming


_QUOTES = frozenset({'"', "“", "‘", "'", "``", "«"})


def act_of(a: Attribution, doc: Doc, namings: dict[int, Naming], actors: dict[str, Actor], speaker: str | None) -> Act:
    """Name the act.

    A negated cue states ("did not deny"), but to decline to confirm is no confirmation either. A negated content denies
    under an insisting cue, or where the speaker speaks of his own side.
    """
    if a.row is None:
        return "state"
    act = a.row.act
    if a.row.lemma == "call" and not _calls_for(a, doc):
        act = "state"
    if a.is_negated and act in {"deny", "confirm", "promise", "threaten"}:
        return "state"
    if act == "state":
        head = _content_head(a, doc)
        if head is not None and is_negated(head):
            if a.row.rebuts:
                return "deny"
            subject = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            naming = namings.get(subject.i) if subject is not None else None
            own = naming is not None and naming.actor is not None and _same_side(naming.actor, speaker, actors)
            if own and _is_past(head):
                return "deny"
    if act == "state":
        return act_of_content(doc, a.content, is_quoted=_is_quoted(a, doc)) or "state"
    return act


def _is_quoted(a: Attribution, doc: Doc) -> bool:
    first = doc.char_span(*a.content[0], alignment_mode="expand") if a.content else None
    return first is not None and len(first) > 0 and first[0].text in _QUOTES


def _calls_for(a: Attribution, doc: Doc) -> bool:
    """Tell whether "call" demands: "called for talks", "called on both to talk", and not "called it a lie"."""
    if a.rule in {"preposition", "infinitive", "noun"}:
        return True
    behind = a.cue[1] if a.cue else 0
    return bool(a.cue) and any(doc[i].lower_ in {"for", "on", "upon"} for i in (behind - 1, behind) if i < len(doc))


def _content_head(a: Attribution, doc: Doc) -> Token | None:
    if a.verb is None:
        return None
    return next((c for c in doc[a.verb].children if c.dep_ == "ccomp"), None)


def _same_side(one: str, other: str | None, actors: dict[str, Actor]) -> bool:
    if one == other:
        return True
    a, b = actors.get(one), actors.get(other or "")
    return bool(a and b and a.country and a.country == b.country)


def _is_past(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBN"} or any(
        c.dep_ in {"aux", "auxpass"} and c.lower_ in {"did", "had", "was", "were", "has", "have"} for c in verb.children
    )
