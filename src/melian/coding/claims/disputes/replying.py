"""Replies: what one voice says, and the next voice's word that it is not so, whatever words it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.disputes.asserting import are_apart, event_in, is_a_claim, is_claim, is_denial
from melian.coding.claims.disputes.meaning import likeness
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import (
    NEGATIVE,
    NOBODY,
    NOT_NO,
    Saying,
    are_of_two_persons,
    are_opposed,
    root_of,
)
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK = 6
"""How many statements before a reply are looked at."""
_NEXT = 2
_BEFORE = 1500
"""Code points before a claim in which what its denial names may stand."""
_MOST, _LONGEST = 25, 40
"""Words of a statement beyond which a negative clause in it, or all of it, tells many things."""
_NEAR_BY, _AFAR = 0.12, 0.2
"""How much a reply must mean what it replies to, in its paragraph and in the next one. Set on our passages and on sixty
newspaper texts."""
_CONTRAST = frozenset({"insist", "maintain", "counter", "contend", "retort", "contradict"})
_MINDS = frozenset("know want think believe see expect intend need doubt care understand like plan decide say".split())
_STATES = frozenset({"possible", "able", "clear", "aware", "sure", "willing", "ready", "ashamed", "afraid"})
"""What is not possible, or nobody is sure of, contradicts no deed."""
_WISHING = frozenset({"demand", "question", "promise", "threaten", "condemn", "praise", "express"})
_COUNTING = frozenset({"put", "estimate", "place"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_TOPICAL = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
_AGREEING = frozenset({"also", "too", "likewise", "agree", "concede", "admit", "acknowledge"})
_NO_VOICE = frozenset({"both", "all", "they", "it", "he", "she", "you", "we", "i", "who", "many", "some"})


class _Turn(msgspec.Struct, frozen=True):
    """A statement as a turn in a quarrel.

    Attributes:
        saying: The statement.
        words: Its words that tell something.
        says_no: It says by its cue, or in a main clause, that something is not so.
        is_contrast: Its cue sets it against what was said: "insisted", "maintains".
        paragraph: Number of its line.
    """

    saying: Saying
    words: tuple[Token, ...]
    says_no: bool
    is_contrast: bool
    paragraph: int


def replied(told: Told, said: Sequence[Saying], quarrels: Sequence[Pair]) -> Iterator[Pair]:
    """Find statements that the next voice contradicts: one of the two says no, or the second insists.

    Args:
        told: The report.
        said: Its statements.
        quarrels: Disputes that are known already: who contradicts once contradicts again.
    """
    opponents = frozenset(
        frozenset((a, b)) for pair in quarrels for a in _camps(pair.asserting, told) for b in _camps(pair.denying, told)
    )
    turns = [_turn(saying, told) for saying in said]
    for k, turn in enumerate(turns):
        if turn is None:
            continue
        before = [(one, _fit(one, turn, opponents, told)) for one in _before(turns[max(0, k - _BACK) : k], turn, told)]
        best, fit = max(before, key=lambda pair: pair[1], default=(None, 0.0))
        if best is not None and fit > 0:
            one, other = best.saying.statement.id, turn.saying.statement.id
            sides = ([other], [one]) if best.says_no else ([one], [other])
            yield Pair(event_in(best.saying, told), "contradiction", "contradicted by the next voice", *sides)


def _turn(saying: Saying, told: Told) -> _Turn | None:
    """Read a statement as a turn; None where it can be none, and is passed over."""
    statement = saying.statement
    tokens = list(told.tokens(statement))
    cue = told.scene.cue_token(statement)
    if not 0 < len(tokens) <= _LONGEST or saying.is_pointing or statement.act in _WISHING or cue is None:
        return None
    if cue.lemma_.lower() in (_MINDS | _COUNTING) - {"say"} or told.scene.told_of(statement).tense == "future":
        return None
    says_no = (is_denial(saying, told) and bool(saying.denied)) or (len(tokens) <= _MOST and _says_no(tokens, saying))
    is_agreeing = {cue.lemma_.lower(), *(c.lower_ for c in cue.children)} & _AGREEING
    if is_agreeing and not says_no:
        return None
    words = tuple(t for t in tokens if t.pos_ in _TOPICAL and root_of(t))
    paragraph = told.scene.report.text.count("\n", 0, saying.at)
    return _Turn(saying, words, says_no, cue.lemma_.lower() in _CONTRAST, paragraph)


def _says_no(tokens: Sequence[Token], saying: Saying) -> bool:
    """Tell whether a statement firmly denies something; "no longer" says that it was so."""
    test = inside(saying.statement)
    if any(t.lower_ in NOT_NO for t in tokens):
        return False
    for token in tokens:
        if token.lower_ not in NEGATIVE | NOBODY or token.lower_ == "without":
            continue
        head = token.head
        while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i:
            head = head.head
        if head.pos_ not in {"VERB", "AUX"} or not test(head) or head.lemma_ in _MINDS:
            continue
        if any(c.dep_ == "acomp" and c.lemma_ in _STATES for c in head.children):
            continue
        above = (t for t in (head, *head.ancestors) if test(t))
        if any(c.tag_ == "TO" and c.dep_ == "aux" for t in above for c in t.children):
            continue  # What is done so that something may not be.
        judged = judge(head, is_inside=test)
        is_modal = any(c.tag_ == "MD" and c.lower_ != "could" for c in head.children)
        if not is_modal and judged.certainty in {"certain", "probable"} and judged.tense in {"past", "present"}:
            return True
    return False


def _before(turns: Sequence[_Turn | None], turn: _Turn, told: Told) -> Iterator[_Turn]:
    """Yield what the voice right before said, from the last back."""
    voice: str | None = None
    for one in reversed([turn for turn in turns if turn is not None]):
        statement, reply = one.saying.statement, turn.saying.statement
        if voice is None and statement.speaker == reply.speaker and statement.speaker is not None:
            continue
        if not _are_two_voices(one.saying, turn.saying, told) or (voice is not None and statement.speaker != voice):
            break
        voice = statement.speaker
        yield one
        if voice is None:
            break


def _are_two_voices(one: Saying, other: Saying, told: Told) -> bool:
    """Tell whether two statements are of two voices that can quarrel; "both" and "one diplomat" are of those before."""
    a, b = one.statement, other.statement
    if (a.speaker is not None and a.speaker == b.speaker) or not (
        are_opposed(a, b, told) or are_of_two_persons(a, b, told)
    ):
        return False
    words = [told.scene.report.text[slice(*s.speaker_span)].lower() if s.speaker_span else "" for s in (a, b)]
    if any(s.speaker is None and word in _NO_VOICE for s, word in zip((a, b), words, strict=True)):
        return False
    return not (words[1].startswith("one ") and words[1].removeprefix("one ") in words[0])


def _fit(one: _Turn, turn: _Turn, opponents: frozenset[frozenset[str]], told: Told) -> float:
    """Tell how well a turn contradicts one before it: how alike their words are, 0 where it does not."""
    claim, reply = one.saying, turn.saying
    if reply.sentence - claim.sentence > _NEXT or claim.statement.parent == reply.statement.id:
        return 0.0
    is_against = one.says_no != turn.says_no or (turn.is_contrast and not turn.says_no)
    if not is_against or not is_claim(claim, told) or not is_claim(reply, told) or _are_apart(one, turn, told):
        return 0.0
    if not is_a_claim(claim, told) and not _is_charge(claim, told):
        return 0.0
    is_plain_no = one.says_no and not is_denial(claim, told) and not turn.is_contrast
    if is_plain_no and (one.paragraph != turn.paragraph or "confirm" in {claim.statement.act, reply.statement.act}):
        return 0.0
    if not (one.says_no or turn.says_no) and any(t.tag_ == "MD" for t in told.tokens(reply.statement)):
        return 0.0
    like = likeness(turn.words, one.words, told.meanings)
    camps = [_camps([saying.statement.id], told) for saying in (claim, reply)]
    is_of_his_side = _names(claim, reply, told) or any(
        a != b and frozenset((a, b)) in opponents for a in camps[0] for b in camps[1]
    )
    is_turning_down = is_denial(reply, told) and reply.sentence - claim.sentence <= 1
    if not is_of_his_side and not is_turning_down:
        return 0.0
    is_near = one.paragraph == turn.paragraph or is_turning_down
    return like if like >= (_NEAR_BY if is_near else _AFAR) else 0.0


def _is_charge(claim: Saying, told: Told) -> bool:
    """Tell whether a statement accuses by its cue."""
    row = told.scene.row_of(claim.statement)
    return row is not None and (row.act == "accuse" or row.commitment == "denies")


def _camps(holders: Sequence[str], told: Told) -> frozenset[str]:
    """Give the camps of those who make statements, and themselves."""
    made = (told.scene.statements.get(holder) for holder in holders)
    speakers = tuple(one.speaker for one in made if one is not None and one.speaker is not None)
    return told.camps_with(frozenset(speakers))


def _names(claim: Saying, reply: Saying, told: Told) -> bool:
    """Tell whether a claim of another side names who replies to it, or tells a deed of his side.

    Where both are of one country, or the first is of none, as in news from home, only he himself is his side.
    """
    speaker, claiming = reply.statement.speaker, claim.statement.speaker
    if speaker is None:
        return False
    ours, theirs = (told.camps((one,)) - {one} if one is not None else frozenset() for one in (speaker, claiming))
    camps = {speaker} | (ours if theirs and not ours & theirs else frozenset())
    named = {camp for t in told.tokens(claim.statement) for camp in told.camps_of(t) | told.voice_of(t)}
    blamed = {camp for event in told.events_in(claim.statement) for camp in told.camps(event.sources)}
    return bool(camps & (named | blamed))


def _are_apart(one: _Turn, turn: _Turn, told: Told) -> bool:
    """Tell whether two turns are about two things: other places or days, a name or thing that only one brings in."""
    if are_apart(one.saying, turn.saying, told):
        return True
    start = max(0, one.saying.at - _BEFORE)
    known = {root_of(t) for t in told.scene.doc.char_span(start, turn.saying.at, alignment_mode="expand") or ()}
    new = [t for t in turn.words if root_of(t) not in known and t.ent_type_ not in {"DATE", "TIME"}]
    if turn.says_no and any(t.dep_ in _OBJECTS and any(c.lower_ == "the" for c in t.children) for t in new):
        return True
    has_name = any(t.pos_ == "PROPN" for t in new)
    return has_name and (turn.says_no or any(t.pos_ == "PROPN" for t in one.words))
