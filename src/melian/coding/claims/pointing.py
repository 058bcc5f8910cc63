"""Denials that point at what another voice said: "rejected that version", "a charge Tehran denies"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.charges import Told
from melian.coding.claims.holders import inside
from melian.coding.claims.pairs import Pair
from melian.coding.claims.sayings import (
    NEGATIVE,
    Saying,
    are_of_two_persons,
    are_opposed,
    is_a_claim,
    is_supposed,
    turns_down_a_wish,
)
from melian.knowledge.factuality import denial_words
from melian.records import Claim, DisputeKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 2
"""Sentences back to what a denial points at."""
_FAR = 12
"""Sentences back where it says whose words it means."""
_BACK = 60
_FEW = 12
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "any", "all", "both"})
_POINTING = frozenset({"it", "this", "that", "these", "those", "so", "which", "they"})
_PERSONS = frozenset({"him", "her", "them"})
_CALLING = frozenset({"call", "describe", "brand", "label", "term", "characterize", "characterise", "denounce"})
_ANSWERING = frozenset({"contradict", "rebut", "refute"})
_AGAINST_DEEDS = frozenset({"oppose", "refuse", "rule out"})
"""What is opposed is not said to be untrue."""
_CHARGES = frozenset({"accusation", "charge", "allegation", "complaint"})
_CONFLICT = 3
_HOLDING = frozenset({"be", "correspond", "reflect", "match"})
_TRUE = frozenset({"true", "correspond", "reality", "truth", "fact", "right", "correct", "accurate", "case"})
_EMPTY = frozenset({"be", "do", "happen", "occur", "have"})
_NAMING = frozenset({"acl", "relcl", "prep"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "ROOT", "pobj", "ccomp", "appos", "xcomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class _Pointer(msgspec.Struct, frozen=True):
    """What a denial points at.

    Attributes:
        word: The noun or pronoun.
        voices: Actors whose words it names, empty where it names none.
        is_beside: It stands beside the words that it means, in their sentence: "an accusation Baku rejected".
    """

    word: Token
    voices: frozenset[str]
    is_beside: bool = False


def denied_by_pointing(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find denials that point at a claim of another voice, and the claim that they mean."""
    pointers = [_pointer(saying, told) or _vague_pointer(saying, told) for saying in said]
    for k, pointer in enumerate(pointers):
        if pointer is None:
            continue
        window = range(k - 1, max(-1, k - _BACK), -1)
        telling = [said[j] for j in window if pointers[j] is None]
        meant = _meant(pointer, said[k], telling, told)
        if meant is None:
            continue
        one, other = meant.statement.id, said[k].statement.id
        # Who contradicts a denial asserts.
        sides = ([other], [one]) if is_denial(meant, told) else ([one], [other])
        kind: DisputeKind = "figures" if pointer.word.lemma_.lower() in denial_words()["figure"] else "contradiction"
        yield Pair(event_in(meant, told), kind, "denied by pointing at what was said", *sides)


def is_denial(saying: Saying, told: Told) -> bool:
    """Tell whether a statement says by its cue that something is not so."""
    row = told.scene.row_of(saying.statement)
    if row is None or row.lemma in _AGAINST_DEEDS or turns_down_a_wish(saying.statement, told):
        return False
    return row.commitment == "denies" or row.id in {"dispute.v", "contest.v"}


def event_in(saying: Saying, told: Told) -> str | None:
    """Give the event that a statement says was done, the gravest where it tells several."""
    claims = [claim for claim in told.claims_by(saying.statement.id) if claim.event in told.events]
    test = inside(saying.statement)

    def key(claim: Claim) -> tuple[bool, int]:
        word = told.scene.token_at(told.triggers[claim.id])
        return word is None or not is_supposed(word, test), told.events[claim.event].quad

    return max(claims, key=key).event if claims else None


def _pointer(saying: Saying, told: Told) -> _Pointer | None:
    """Find the word by which a denial points at what was said before; None where it is none or names its matter."""
    tokens = [t for t in _first_clause(told.tokens(saying.statement)) if not t.is_punct and not t.is_space]
    if not tokens or len(tokens) > _FEW or saying.statement.act == "confirm":
        return None
    cue = told.scene.cue_token(saying.statement)
    lemma = cue.lemma_.lower() if cue is not None else ""
    words = denial_words()
    is_called_false = any(low in words["false"] | words["lie"] for t in tokens for low in (t.lemma_.lower(), t.lower_))
    if is_denial(saying, told) or is_called_false or lemma in words["deny"]:
        beside = _beside(cue, tokens) if cue is not None else None
        if beside is not None:
            return _Pointer(beside, frozenset(), True)
    if is_denial(saying, told) or lemma in words["deny"] or (lemma in _CALLING and is_called_false):
        return _of_noun(tokens, lemma, told)
    return _of_clause(tokens, told)


def _first_clause(tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield the words before a colon or a semicolon: "contradicted him: the road was open"."""
    return takewhile(lambda token: token.text not in {":", ";"} and not _begins_another(token), tokens)


def _begins_another(token: Token) -> bool:
    """Tell whether an "and" begins another clause: "that was nonsense and that none had flown"."""
    return token.pos_ == "CCONJ" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "that"


def _vague_pointer(saying: Saying, told: Told) -> _Pointer | None:
    """Take the first noun or pronoun of a denial that otherwise points: "called the accusation a fairy tale"."""
    words = list(told.tokens(saying.statement))
    if not saying.is_pointing or saying.statement.act == "confirm" or any(t.tag_ == "MD" for t in words):
        return None
    word = next((t for kind in ("NOUN", "PRON") for t in words if t.pos_ == kind), None)
    return _Pointer(word, frozenset()) if word is not None else None


def _beside(cue: Token, tokens: Sequence[Token]) -> Token | None:
    """Find the noun or "which" that a denial in a relative clause is about: "a charge Tehran denies"."""
    if cue.dep_ not in {"relcl", "acl"} or any(t.pos_ == "VERB" for t in tokens):
        return None
    words = denial_words()
    if cue.head.lemma_.lower() in words["claim"] | words["figure"] and cue.head.dep_ in {
        "appos",
        "dobj",
        "attr",
        "npadvmod",
        "conj",
        "pobj",
    }:
        return cue.head
    return next((t for t in tokens if t.lower_ == "which"), None)


def _of_noun(tokens: Sequence[Token], cue: str, told: Told) -> _Pointer | None:
    words = denial_words()
    claims = words["claim"] | words["figure"] | words["part"]
    if tokens[0].lower_ == "doing" and len(tokens) > 1 and tokens[1].lower_ in _POINTING:
        return _Pointer(tokens[1], frozenset())
    for token in tokens:
        # "Called their figures exaggerated": the figures are what is called so.
        is_called = token.dep_ == "nsubj" and cue in _CALLING
        if token.dep_ not in _OBJECTS and not is_called and token is not tokens[0]:
            continue
        low = token.lower_
        if token.pos_ in {"PRON", "DET"} and token.dep_ not in {"det", "poss"}:
            if low in _PERSONS and cue in _ANSWERING:
                return _Pointer(token, _actors_of(token, told))
            # "Called it a farce" is about a thing, not about words.
            is_words = low in _POINTING and cue not in _CALLING
            return _Pointer(token, frozenset()) if is_words and len(tokens) <= _FEW // 2 else None
        if token.pos_ == "NOUN":
            return _known(token, told) if token.lemma_.lower() in claims else None
        if token.pos_ == "PROPN" and cue in _ANSWERING and len(tokens) <= _FEW // 2:
            return _Pointer(token, _actors_of(token, told))
    return None


def _known(noun: Token, told: Told) -> _Pointer | None:
    """Read a noun for words that points at them: "that version", "Kyiv's account", "the claims as baseless"."""
    voices: set[str] = set()
    is_known = noun.tag_ == "NNS" or noun.lemma_.lower() in denial_words()["part"]
    for child in noun.children:
        if child.dep_ == "poss":
            voices |= _actors_of(child, told)
            is_known = True
        elif child.lower_ in {"by", "from", "of"} and child.dep_ in {"prep", "agent"}:
            named = {actor for n in child.children for actor in _actors_of(n, told)}
            if child.lower_ == "of" or not named:
                return None
            voices |= named
            is_known = True
        elif child.dep_ in _NAMING and child.lower_ not in {"as", "on", "in", "at"}:
            return None
        elif child.lower_ in _DEFINITE:
            is_known = True
        elif child.dep_ in {"amod", "compound"} and child.ent_type_ in {"GPE", "NORP", "ORG"}:
            voices |= _actors_of(child, told)
            is_known = True
    return _Pointer(noun, frozenset(voices)) if is_known else None


def _of_clause(tokens: Sequence[Token], told: Told) -> _Pointer | None:
    """Read a clause that says of words that they are untrue: "that was nonsense", "the report was false"."""
    words = denial_words()
    false = words["false"] | words["lie"]
    verb = next((t for t in tokens if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"aux", "auxpass"}), None)
    if verb is None:
        return None
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if subject is None or subject.i > verb.i:
        return None
    is_noun = subject.lemma_.lower() in words["claim"] | words["figure"]
    pointer = _known(subject, told) if is_noun else None
    if not is_noun and subject.lower_ in _POINTING:
        pointer = _Pointer(subject, frozenset())
    if pointer is None:
        return None
    is_negated = any(t.lower_ in NEGATIVE for t in tokens)
    under = {t.lemma_.lower() for t in verb.subtree if t.i > verb.i} | {t.lower_ for t in verb.subtree if t.i > verb.i}
    if not is_negated and under & false and verb.lemma_ == "be":
        return pointer
    is_bare = {t.lemma_.lower() for t in tokens if t.pos_ in {"VERB", "NOUN", "ADJ", "PROPN"}} <= _EMPTY
    is_untrue = verb.lemma_.lower() in _HOLDING and bool(under & _TRUE)
    return pointer if is_negated and (is_untrue or (is_bare and not is_noun)) else None


def _actors_of(token: Token, told: Told) -> frozenset[str]:
    naming = told.namings.get(token.i)
    return frozenset({naming.actor}) if naming is not None and naming.actor is not None else frozenset()


def _meant(pointer: _Pointer, saying: Saying, before: Sequence[Saying], told: Told) -> Saying | None:
    """Find the claim that a denial can mean: of the voices it names, or else of whoever else spoke last."""
    cue = saying.statement.cue
    start = told.scene.sentence_at(cue.span[0])[0] if cue is not None else saying.at
    is_close = pointer.word.pos_ in {"PRON", "DET"} or any(c.lower_ == "such" for c in pointer.word.children)
    is_charge = pointer.word.lemma_.lower() in _CHARGES and not pointer.is_beside
    reach = 0 if pointer.is_beside else _FAR if pointer.voices or is_charge else 1 if is_close else _NEAR
    found: list[Saying] = []
    for other in before:
        if saying.sentence - other.sentence > reach or (pointer.is_beside and other.at < start):
            break
        if not found and other.at >= start and other.statement.speaker_span is None:
            return None  # "They are accused of it, and deny it" does not say who accuses.
        if not _is_of(pointer.voices, other, told) or not _is_answerable(other, saying, told):
            continue
        # Charges further back must be made, outright, against who turns them down.
        is_afar = saying.sentence - other.sentence > _NEAR and not pointer.voices
        if is_afar and not (other.statement.act == "accuse" and _is_against(other, saying, told)):
            continue
        # Who turns down charges, and who calls them false after him, agree.
        if pointer.word.lemma_.lower() in _CHARGES and is_denial(other, told):
            continue
        is_known = not is_charge or any(_is_against(one, saying, told) for one in found)
        if found and is_known and told.scene.country(other.statement) != told.scene.country(found[0].statement):
            break
        if pointer.word.lemma_.lower() in denial_words()["part"] and not _is_blamed(other, saying, told):
            continue
        found.append(other)
    against = [one for one in found if is_charge and _is_against(one, saying, told)]
    return min(against or found, key=lambda one: _rank(one, pointer, told)) if found else None


def _is_against(charge: Saying, denial: Saying, told: Told) -> bool:
    """Tell whether a charge names who turns it down, or his side."""
    speaker = denial.statement.speaker
    own = told.camps_with(frozenset({speaker})) if speaker is not None else frozenset[str]()
    return any(own & (told.camps_of(t) | told.voice_of(t)) for t in told.tokens(charge.statement))


def _is_of(voices: frozenset[str], saying: Saying, told: Told) -> bool:
    speaker = saying.statement.speaker
    return not voices or (speaker is not None and bool(({speaker} | told.camps((speaker,))) & told.camps_with(voices)))


def _is_answerable(claim: Saying, denial: Saying, told: Told) -> bool:
    """Tell whether a denial that names no matter of its own can be of a claim: it is another voice's.

    Of two officials whose country is the same one may be read wrongly: who turns down a claim turns down another's.
    """
    one, other = claim.statement, denial.statement
    if not is_claim(claim, told) or one.parent == other.id or other.parent == one.id:
        return False
    # Of two who both turn something down, one seldom answers the other.
    return are_opposed(one, other, told) or (are_of_two_persons(one, other, told) and not is_denial(claim, told))


def _rank(saying: Saying, pointer: _Pointer, told: Told) -> tuple[bool, int, bool, int]:
    """Order what a voice said before a denial: his own words before his side's, charges, deeds, the last."""
    is_his = saying.statement.speaker in pointer.voices
    is_charge = saying.statement.act == "accuse"
    lemma = pointer.word.lemma_.lower()
    wants_deed = lemma in _CHARGES or lemma in denial_words()["part"]
    return not is_his, -_gravest(saying, told) if wants_deed else 0, wants_deed and not is_charge, -saying.at


def _is_blamed(claim: Saying, denial: Saying, told: Told) -> bool:
    """Tell whether a claim is a charge, or lays a grave deed at the door of who denies a part in it."""
    sides = frozenset(side for event in told.events_in(claim.statement) for side in told.sides(event.sources))
    own = told.sides((denial.statement.speaker,)) if denial.statement.speaker is not None else frozenset()
    return claim.statement.act == "accuse" or (_gravest(claim, told) >= _CONFLICT and bool(sides & own))


def _gravest(saying: Saying, told: Told) -> int:
    """Give the quad of the worst deed that a statement tells."""
    return max((event.quad for event in told.events_in(saying.statement)), default=0)


def is_claim(saying: Saying, told: Told) -> bool:
    """Tell whether a statement says that something is so, in a clause or as a charge, and not only by pointing."""
    if saying.is_pointing:
        return False
    charges = saying.statement.act == "accuse" or (is_denial(saying, told) and len(saying.denied) > 1)
    return is_a_claim(saying, told) or charges
