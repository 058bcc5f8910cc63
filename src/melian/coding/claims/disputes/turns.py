"""Statements as turns in a quarrel: what each tells, denies, counts and points at, and whom it speaks for and names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.disputes.asserting import is_a_claim, is_denial
from melian.coding.claims.disputes.pointers import pointer_of, vague_pointer
from melian.coding.claims.disputes.sayings import NEGATIVE, NOBODY, NOT_NO, WORD_DEEDS, Saying, root_of, set_beside
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside
from melian.coding.events.figures import count_of
from melian.records import Count, plover_type

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOPICAL = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV"})
_VERBAL = frozenset({"VERB", "AUX"})
_MINDS = frozenset("know want think believe see expect intend need doubt care understand like plan decide".split())
"""What somebody does not know, want or plan is not said to be untrue."""
_NO_COUNT = frozenset({"DATE", "TIME", "ORDINAL"})
_GIVING = frozenset("put give estimate count list record report acknowledge admit confirm".split())
"""Cues that lead to a figure without a clause: "put the toll at 89", "acknowledged five deaths"."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "no", "any"})
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "attr"})
_YEAR = 4
"""Digits of a year."""
_OPENING = 4
"""Words in which what a statement begins with is named."""
_PEOPLE = frozenset("people person dead body death victim casualty life toll fatality civilian other".split())


class Turn(msgspec.Struct, frozen=True):
    """A statement as a turn in a quarrel.

    Attributes:
        saying: The statement.
        cue: Lemma of its cue.
        before: Words of its sentence before the cue, in lower case.
        words: Words that tell something.
        roots: Their roots, names left out.
        names: Proper names, in lower case.
        new: Those that did not stand in the report before.
        lemmas: Lemmas of all its words.
        forms: All its words, in lower case.
        length: How many words it has.
        says_no: It says in a clause that something is or was not so.
        denies: It says so by its cue.
        is_pointing: It points at what was said before: "that version", "the accusation".
        is_firm: Something in it is said to be so or not so, now or before.
        is_modal: It has a word such as "would" or "must".
        is_claim: It says in a clause of its own that something is so, accuses, or gives a figure.
        taken_up: Roots of the thing with which it begins, if that is one that was told of: "the boat", "their men".
        counted: How many of what it counts, by their root; an empty one for a number that stands alone.
        numbers: Its numbers, in lower case.
        camps: Whom it speaks for: the speaker, his state.
        named: Camps that it names.
        blamed: Camps at whose door it lays a deed.
        events: Ids of the deeds in it, words excepted.
        paragraph: Number of its line.
    """

    saying: Saying
    cue: str
    before: frozenset[str]
    words: tuple[Token, ...]
    roots: frozenset[str]
    names: frozenset[str]
    new: frozenset[str]
    lemmas: frozenset[str]
    forms: frozenset[str]
    length: int
    says_no: bool
    denies: bool
    is_pointing: bool
    is_firm: bool
    is_modal: bool
    is_claim: bool
    taken_up: frozenset[str]
    counted: Mapping[str, Count | None]
    numbers: frozenset[str]
    camps: frozenset[str]
    named: frozenset[str]
    blamed: frozenset[str]
    events: frozenset[str]
    paragraph: int


def turn_of(saying: Saying, told: Told) -> Turn:
    """Read a statement as a turn."""
    statement = saying.statement
    beside = frozenset[int]().union(
        *(set_beside(s, told) for s in told.scene.statements.values() if s.parent == statement.id)
    )
    tokens = [t for t in told.tokens(statement) if not t.is_space and t.i not in beside]
    words = tuple(t for t in tokens if t.pos_ in _TOPICAL and root_of(t))
    names = frozenset(t.lower_ for t in tokens if t.pos_ == "PROPN")
    cue = told.scene.cue_token(statement)
    lemma = cue.lemma_.lower() if cue is not None else ""
    events = [event for event in told.events_in(statement) if plover_type(event) not in WORD_DEEDS]
    numbers = [(t, noun) for t in tokens if (noun := _counted(t)) is not None]
    return Turn(
        saying=saying,
        cue=lemma,
        before=frozenset(t.lower_ for t in _before(saying, told)),
        words=words,
        roots=frozenset(root_of(t) for t in words if t.pos_ != "PROPN" and not t.ent_type_),
        names=names,
        new=_new(tokens, saying, told),
        lemmas=frozenset(t.lemma_.lower() for t in tokens),
        forms=frozenset(t.lower_ for t in tokens),
        length=len(tokens),
        says_no=_says_no(tokens, saying),
        denies=is_denial(saying, told),
        is_pointing=(pointer_of(saying, told) or vague_pointer(saying, told)) is not None,
        is_firm=_is_firm(tokens, saying),
        is_modal=any(t.tag_ == "MD" for t in tokens),
        is_claim=is_a_claim(saying, told) or statement.act == "accuse" or (bool(numbers) and lemma in _GIVING),
        taken_up=_taken_up(tokens),
        counted={noun: count_of(t.head if t.dep_ == "nummod" else t) for t, noun in numbers},
        numbers=frozenset(t.lower_ for t, _ in numbers),
        camps=_camps(saying, told),
        named=frozenset(camp for t in tokens for camp in told.camps_of(t) | told.voice_of(t) | told.side_of(t)),
        blamed=frozenset(camp for e in events for camp in told.camps(e.sources) | told.sides(e.sources)),
        events=frozenset(event.id for event in events),
        paragraph=told.scene.report.text.count("\n", 0, saying.at),
    )


def _taken_up(tokens: Sequence[Token]) -> frozenset[str]:
    words = [t for t in tokens if t.is_alpha and t.pos_ != "SCONJ"][:_OPENING]
    if not words or words[0].lower_ not in _DEFINITE:
        return frozenset()
    return frozenset(root for t in words[1:] if t.pos_ in {"NOUN", "ADJ"} and (root := root_of(t)))


def _camps(saying: Saying, told: Told) -> frozenset[str]:
    speaker = saying.statement.speaker
    if speaker is None:
        return frozenset()
    actor = told.scene.actors.get(speaker)
    land = frozenset({actor.country}) if actor is not None and actor.country else frozenset[str]()
    return told.camps_with(frozenset({speaker})) | land


def _before(saying: Saying, told: Told) -> tuple[Token, ...]:
    """Give the words of a sentence before the cue and the content."""
    cue = saying.statement.cue
    start = min(cue.span[0], saying.at) if cue is not None else saying.at
    first = told.scene.sentence_at(start)[0]
    return tuple(told.scene.doc.char_span(first, max(start, first + 1), alignment_mode="expand") or ())


def _new(tokens: Sequence[Token], saying: Saying, told: Told) -> frozenset[str]:
    known = told.scene.report.text[: saying.at].lower()
    names = (t for t in tokens if t.pos_ == "PROPN" and t.ent_type_ not in {"DATE", "TIME"} and len(t) > 2)
    return frozenset(t.lower_ for t in names if t.lower_ not in known)


def _counted(token: Token) -> str | None:
    """Give the root of what a number counts, nothing where it stands alone; None for what counts nothing."""
    is_number = token.pos_ == "NUM" or token.like_num
    if not is_number or token.dep_ == "compound" or (token.ent_type_ in _NO_COUNT and not _is_bare(token)):
        return None
    noun = token.head if token.dep_ in {"nummod", "quantmod"} else None
    if noun is not None and noun.pos_ == "NUM":
        noun = noun.head if noun.dep_ == "nummod" else None
    if noun is None:
        noun = next((n for c in token.children if c.lower_ == "of" for n in c.children if n.dep_ == "pobj"), None)
    if noun is None:
        return ""
    return "people" if noun.lemma_.lower() in _PEOPLE else root_of(noun) or noun.lemma_.lower()


def _is_bare(number: Token) -> bool:
    """Tell whether a number was taken for a date though it stands alone and is no year: "had refused 31"."""
    doc = number.doc
    around = [doc[i] for i in (number.i - 1, number.i + 1) if 0 <= i < len(doc)]
    is_alone = not any(t.ent_type_ == number.ent_type_ for t in around)
    return is_alone and number.dep_ in _ARGUMENTS and len(number) < _YEAR


def _is_firm(tokens: Sequence[Token], saying: Saying) -> bool:
    test = inside(saying.statement)
    verbs = [t for t in tokens if t.pos_ in _VERBAL]
    judged = (judge(t, is_inside=test) for t in verbs)
    return not verbs or any(j.certainty in {"certain", "probable"} and j.tense in {"past", "present"} for j in judged)


def _says_no(tokens: Sequence[Token], saying: Saying) -> bool:
    test = inside(saying.statement)
    if any(t.lower_ in NOT_NO for t in tokens):
        return False
    for token in tokens:
        if token.lower_ not in NEGATIVE | NOBODY or token.lower_ == "without":
            continue
        head = next((t for t in (token, *token.ancestors) if t.pos_ in _VERBAL), token)
        if not test(head) or head.lemma_ in _MINDS or any(_is_purpose(t) for t in _above(head, saying)):
            continue
        judged = judge(head, is_inside=test)
        if judged.certainty in {"certain", "probable"} and judged.tense in {"past", "present"}:
            return True
    return False


def _above(word: Token, saying: Saying) -> Iterator[Token]:
    test = inside(saying.statement)
    return (t for t in (word, *word.ancestors) if test(t))


def _is_purpose(word: Token) -> bool:
    """Tell whether something is done so that what a word tells may, or may not, be."""
    return any(c.tag_ == "TO" and c.dep_ == "aux" for c in word.children)
