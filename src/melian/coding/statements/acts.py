"""What a speaker does by saying something, from the cue, the content and its polarity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.coding.statements.act_head import ActReader
from melian.coding.statements.attribution import Attribution
from melian.coding.statements.cue_phrases import is_negated
from melian.coding.statements.speakers import speaker_of
from melian.coding.statements.spoken_acts import NEGATIVE, act_of_content, judged
from melian.knowledge.cues import find_verb
from melian.records import Act, Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from melian.coding.draft import Naming


_ENOUGH: dict[tuple[Act, Act], float] = {
    ("state", "accuse"): 0.5,
    ("state", "promise"): 0.6,
    ("state", "demand"): 0.6,
    ("state", "deny"): 0.8,
    ("state", "express"): 0.8,
    ("state", "condemn"): 0.85,
    ("state", "threaten"): 0.93,
    ("state", "praise"): 0.97,
    ("condemn", "accuse"): 0.9,
    ("confirm", "praise"): 0.6,
    ("demand", "threaten"): 0.6,
    ("promise", "threaten"): 0.9,
}
"""How sure the head must be to overrule the rules, by what they say and what it sees; pairs left out never.

It learned from passages in which each act is as frequent as the next; in reports most statements only state. A question
that is none by its mark or its cue is none.
"""
_TO_COME = frozenset({"to", "will", "would", "shall", "should", "must", "can", "could", "may", "might", "'ll", "'d"})
_NOUN = "noun"
"""The rule for "Iran's claim that …": the noun says outright what is done."""
_CALLING = frozenset({"call", "describe", "brand", "label", "dub", "term", "characterise", "characterize"})
_ASKING = frozenset({"ask", "wonder", "inquire", "enquire", "query", "question", "want"})
_CLOSING = frozenset({'"', "”", "’", "'", "''", "»", ","})
_QUESTION_WORDS = frozenset("whether if why how who what when where which whose".split())
_QUOTES = frozenset({'"', "“", "‘", "'", "``", "«"})


def act_of(
    a: Attribution,
    doc: Doc,
    namings: dict[int, Naming],
    actors: dict[str, Actor],
    speaker: str | None,
    reader: ActReader | None,
) -> Act:
    """Name the act: by what the cue says outright, else by what the head sees in the words.

    Args:
        a: The statement.
        doc: The parse.
        namings: Namings by the tokens that govern them.
        actors: The actors by id.
        speaker: The speaker's id.
        reader: The head for acts; None without the encoder.
    """
    ruled = _ruled_act(a, doc, namings, actors, speaker)
    if reader is None or a.is_negated or not a.content or a.rule == _NOUN:
        return ruled
    words = doc[a.cue[0] : a.cue[1]] if a.cue else None
    cue = a.cue_words or ((words.start_char, words.end_char) if words is not None else None)
    seen, chance = reader.likeliest(cue, a.content)
    if (ruled, seen) == ("state", "deny") and not _is_negative(a, doc):
        return ruled
    return seen if chance >= _ENOUGH.get((ruled, seen), 1.0) else ruled


def _is_negative(a: Attribution, doc: Doc) -> bool:
    """Tell whether something in the content is negative: who says how things are denies nothing by it."""
    words = (t for span in a.content for t in doc.char_span(*span, alignment_mode="expand") or ())
    return any(t.dep_ == "neg" or t.lower_ in NEGATIVE or judged(t) for t in words)


def _ruled_act(
    a: Attribution, doc: Doc, namings: dict[int, Naming], actors: dict[str, Actor], speaker: str | None
) -> Act:
    """Name the act by rules.

    A negated cue states ("did not deny"), but to decline to confirm is no confirmation either. A negated content denies
    under an insisting cue, or where the speaker speaks of his own side.
    """
    if a.row is None:
        return "state"
    act = a.row.act
    if act in {"demand", "state"} and _asks(a, doc):
        return "question"
    if act == "promise" and (head := _content_head(a, doc)) is not None and _has_happened(head):
        act = "state"  # "agreed that the rebels had broken the truce"
    if act == "promise" and _has_condition(a, doc):
        return "threaten"
    if a.row.lemma == ":" and a.verb is not None:
        return _act_before(doc[a.verb], a.speaker) or act_of_content(doc, a.content, is_quoted=True) or "state"
    if a.row.lemma in _CALLING and not _calls_for(a, doc):
        act = _called(a, doc) or "state"
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
    if act == "deny" and a.row.lemma != "deny" and a.rule in {"object", "heads"} and _called(a, doc) == "condemn":
        return "condemn"  # "repudiated the insolent remarks"; but who denied the crime denied it
    if act == "state":
        return act_of_content(doc, a.content, is_quoted=a.row.rebuts or _is_quoted(a, doc)) or "state"
    return act


def _is_quoted(a: Attribution, doc: Doc) -> bool:
    first = doc.char_span(*a.content[0], alignment_mode="expand") if a.content else None
    return first is not None and len(first) > 0 and first[0].text in _QUOTES


def _calls_for(a: Attribution, doc: Doc) -> bool:
    """Tell whether "call" demands: "called for talks", "called on both to talk", and not "called it a lie"."""
    if a.rule in {"preposition", "infinitive", "noun"}:
        return True
    return a.cue is not None and any(t.lower_ in {"for", "on", "upon"} for t in doc[a.cue[0] : a.cue[1] + 1])


def _called(a: Attribution, doc: Doc) -> Act | None:
    """Name what calling something by a name does: "called the accusation a fabrication" denies."""
    phrase = doc.char_span(*a.content[-1], alignment_mode="expand") if a.content else None
    words = list(phrase) if phrase is not None else []
    return next((act for t in words if (act := judged(t))), None)


def _asks(a: Attribution, doc: Doc) -> bool:
    """Tell whether content is a question: it ends as one, or is one told behind a verb of asking."""
    last = doc.char_span(*a.content[-1], alignment_mode="expand") if a.content else None
    closing = next((t for t in reversed(last or ()) if t.text not in _CLOSING and not t.is_space), None)
    if closing is not None and closing.text[-1] == "?":
        return True
    first = doc.char_span(*a.content[0], alignment_mode="expand") if a.content else None
    is_asking = a.cue is not None and any(t.lemma_.lower() in _ASKING for t in doc[a.cue[0] : a.cue[1]])
    return is_asking and first is not None and len(first) > 0 and first[0].lower_ in _QUESTION_WORDS


def _has_condition(a: Attribution, doc: Doc) -> bool:
    """Tell whether what is vowed hangs on what others do: "would burn if his deputy was not freed"."""
    for span in a.content:
        words = [t.lower_ for t in doc.char_span(*span, alignment_mode="expand") or ()]
        if "unless" in words or ("if" in words and {"not", "n't", "n’t", "fails", "failed", "refuses"} & set(words)):
            return True
    return False


def _act_before(colon: Token, speaker: int | None) -> Act | None:
    """Name what the clause before a colon says that the speaker does: "was dismissed by the minister: …"."""
    sentence = colon.sent
    for token in sentence.doc[sentence.start : colon.i]:
        row = find_verb(token.lemma_.lower(), token.lower_) if token.pos_ == "VERB" else None
        said_by = speaker_of(token) if row is not None and row.act != "state" else None
        if row is not None and said_by is not None and said_by.i == speaker:
            return row.act
    return None


def _content_head(a: Attribution, doc: Doc) -> Token | None:
    if a.verb is None:
        return None
    return next((c for c in doc[a.verb].children if c.dep_ == "ccomp"), None)


def _same_side(one: str, other: str | None, actors: dict[str, Actor]) -> bool:
    if one == other:
        return True
    a, b = actors.get(one), actors.get(other or "")
    return bool(a and b and a.country and a.country == b.country)


def _has_happened(verb: Token) -> bool:
    """Tell whether a clause is of what was, or of what is so: no promise can be of it."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    return (verb.tag_ == "VBD" and not helpers) or bool(helpers & {"had", "has", "have"} and not helpers & _TO_COME)


def _is_past(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBN"} or any(
        c.dep_ in {"aux", "auxpass"} and c.lower_ in {"did", "had", "was", "were", "has", "have"} for c in verb.children
    )
