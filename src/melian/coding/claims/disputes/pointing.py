"""What a denial points at: which claim of another voice "that version" and "a charge Tehran denies" mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from melian.coding.claims.disputes.asserting import event_in, is_claim, is_denial
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.pointers import Pointer, pointer_of, vague_pointer
from melian.coding.claims.disputes.sayings import Saying, are_of_two_persons, are_opposed
from melian.coding.claims.disputes.told import Told
from melian.knowledge.factuality import denial_words
from melian.records import DisputeKind

_NEAR = 2
"""Sentences back to what a denial points at."""
_FAR = 12
"""Sentences back where it says whose words it means."""
_BACK = 60
_CHARGES = frozenset({"accusation", "charge", "allegation", "complaint"})
_CONFLICT = 3


def denied_by_pointing(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find denials that point at a claim of another voice, and the claim that they mean."""
    pointers = [pointer_of(saying, told) or vague_pointer(saying, told) for saying in said]
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


def _meant(pointer: Pointer, saying: Saying, before: Sequence[Saying], told: Told) -> Saying | None:
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


def _rank(saying: Saying, pointer: Pointer, told: Told) -> tuple[bool, int, bool, int]:
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
