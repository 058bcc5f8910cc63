"""Disputes by what sides say of one thing: denied in the same words or by pointing, blamed on each other, counted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from melian.coding.claims.disputes.alike import is_alike
from melian.coding.claims.disputes.asserting import holders_of, is_denied, places_in, tells_a_denial
from melian.coding.claims.disputes.figures import are_of_other_days
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import WORD_DEEDS, Saying, are_opposed, root_of, roots_of
from melian.coding.claims.disputes.told import Told
from melian.records import Event, Span, plover_type

_NEAR = 900
_SOON = 300
"""Code points behind a deed within which "there was no shooting" means it, told in whatever words."""
_NEXT = 3
_MOST = 60
"""How many statements behind one are looked at, however close they stand."""
_CONFLICT = 3
_CHARGING = frozenset({"accuse", "condemn"})
_HALF = 2
"""The answer to a bare charge takes up one in so many of its words."""


def refuted(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find events that one voice asserts and another denies by words of the same kin: "there was no kidnapping"."""
    places = [saying.at for saying in said]
    found: list[tuple[Saying, Pair, bool]] = []
    for event in told.events.values():
        if plover_type(event) in WORD_DEEDS:
            continue
        holding = list(holders_of(event, told))
        if not holding or not roots_of(event, told):
            continue
        at = event.mentions[0].trigger[0]
        for saying in said[bisect_left(places, at - _NEAR) : bisect_right(places, at + _NEAR)]:
            if not saying.denied and not saying.kinds:
                continue
            kin = [holder for holder in holding if is_denied(saying, holder, event, told)]
            is_kind = not kin and event.type in saying.kinds and 0 < saying.at - at <= _SOON
            asserting = holding if is_kind else kin
            if not asserting or denies_another(event, saying, told) or saying.statement.id in holding:
                continue
            opposed = opposed_by(asserting, saying, told)
            if opposed == ["author"] and not is_kind and not _concerns(event, saying, told):
                continue
            if opposed:
                ids = opposed, [saying.statement.id]
                pair = Pair(event.id, "contradiction", "denied in words of the same kin", *ids)
                found.append((saying, pair, is_kind))
    # "There were no raids" is about what was told as a raid, before it is about another deed of that type.
    named = {saying.statement.id for saying, _, is_kind in found if not is_kind}
    yield from (pair for saying, pair, is_kind in found if not is_kind or saying.statement.id not in named)


def _concerns(event: Event, saying: Saying, told: Told) -> bool:
    """Tell whether a denial of what the author tells is of a party to it, or about more than one word of it."""
    actor = saying.statement.speaker
    if actor is not None and told.camps((actor,)) & told.camps((*event.sources, *event.targets)):
        return True
    words = told.words_told("author", event.id)
    clause = {root_of(t) for word in words for t in word.subtree} - {""}
    return len(clause & saying.denied) > 1


def answered(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find charges that are answered by a denial about the same: of the deed's own side, or of what is charged.

    "Four fighters violated our airspace" – "our aircraft never left their own airspace". "Accused the police of
    torture" – "dismissed the allegation of torture".
    """
    for k, one in enumerate(said):
        is_charge = one.statement.act in _CHARGING
        inner = [e for e in told.events_in(one.statement) if plover_type(e) not in WORD_DEEDS and e.quad >= _CONFLICT]
        deeds = [e for e in inner if one.statement.id in holders_of(e, told)]
        if (inner and not deeds) or not (deeds or is_charge) or tells_a_denial(one, told):
            continue
        charged = _charged_with(one, told) if is_charge else frozenset[str]()
        blamed = frozenset(side for e in deeds for side in told.sides(e.sources))
        for other in said[k + 1 : k + _MOST]:
            if other.at - one.at > _NEAR or other.sentence - one.sentence > _NEXT:
                break
            shared = other.denied & one.plain
            if not shared or not are_opposed(one.statement, other.statement, told):
                continue
            is_whole = bool(shared & charged) or len(shared) * _HALF >= len(one.plain)
            about = deeds[0].id if deeds else None
            if about is not None and denies_another(told.events[about], other, told):
                continue
            if sides_of(other, told) & blamed or (is_charge and not deeds and is_whole):
                yield Pair(about, "contradiction", "charge answered", [one.statement.id], [other.statement.id])


def _charged_with(saying: Saying, told: Told) -> frozenset[str]:
    """Give the roots of the words that name a charge: "with the theft of files", "of torture"."""
    cue = told.scene.cue_token(saying.statement)
    preps = (
        [c for c in cue.children if c.dep_ == "prep" and c.lower_ in {"of", "with", "for"}] if cue is not None else []
    )
    return frozenset(root for prep in preps for t in prep.children if (root := root_of(t)))


def denies_another(event: Event, saying: Saying, told: Told) -> bool:
    """Tell whether a statement denies another deed of that kind: at another place, on another day, to somebody else."""
    told_at, content = event.mentions[0].sentence, saying.statement.content
    here, there = (places_in(span, told) for span in (told_at, content[0]))
    if here and there and not here & there:
        return True
    if are_of_other_days((told_at,), content, told):
        return True
    ours, theirs = (_receiving(span, told) for span in (told_at, content[0]))
    if ours and theirs and not ours & theirs:
        return True
    denied = [told.events[c.event] for c in told.claims_by(saying.statement.id) if c.polarity == "negative"]
    same = [e for e in denied if e.type == event.type]
    return bool(same) and not any(e.id == event.id or is_alike(e, event, told) for e in same)


def _receiving(span: Span, told: Told) -> frozenset[str]:
    """Name the sides to whom something goes: "weapons to Hamas"."""
    phrase = told.scene.doc.char_span(*span, alignment_mode="expand")
    behind = (t for t in phrase or () if t.dep_ == "pobj" and t.head.lower_ == "to" and t.head.head.pos_ != "ADV")
    return frozenset(side for t in behind if t.ent_type_ or t.pos_ == "PROPN" for side in told.side_of(t))


def opposed_by(holders: Sequence[str], saying: Saying, told: Told) -> list[str]:
    """Give those of an event's holders whom a statement contradicts: other voices, or the author where none is."""
    statements = told.scene.statements
    spoken = [h for h in holders if h in statements and are_opposed(statements[h], saying.statement, told)]
    if spoken or any(h != "author" for h in holders):
        return spoken
    return ["author"] if "author" in holders else []


def sides_of(saying: Saying, told: Told) -> frozenset[str]:
    """Give the sides of a saying's speaker: his country, and himself."""
    actor = saying.statement.speaker
    return told.sides((actor,)) | {actor} if actor is not None else frozenset()
