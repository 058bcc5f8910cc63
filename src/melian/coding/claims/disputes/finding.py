"""Disputes inside one report: asserted and denied, denied accusations, blame thrown back, different figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from melian.coding.claims.disputes.answering import denied_again, taken_up_again, words_answered
from melian.coding.claims.disputes.asserting import is_asserting, roots_told_by
from melian.coding.claims.disputes.blaming import blamed_on_each_other, reciprocal
from melian.coding.claims.disputes.charges import Charge, Denial, charges, denials
from melian.coding.claims.disputes.contrary import contradicted
from melian.coding.claims.disputes.countering import countered
from melian.coding.claims.disputes.counting import counted_apart
from melian.coding.claims.disputes.dated import dated_apart
from melian.coding.claims.disputes.disowning import disclaimed, disowned
from melian.coding.claims.disputes.doers import are_of_other_doers
from melian.coding.claims.disputes.figures import figure_disputes
from melian.coding.claims.disputes.naming import denied_of_others, denied_with_its_speaker
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.pointing import denied_by_pointing
from melian.coding.claims.disputes.refuting import answered, refuted
from melian.coding.claims.disputes.replying import replied
from melian.coding.claims.disputes.sayings import WORD_DEEDS, Saying, are_opposed, refusing_wishes, sayings
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.disputes.weighing import weighed
from melian.coding.claims.scene import inside
from melian.records import Claim, Dispute, Event, Reason, Side, content_id, plover_type, quotable, words_of
from melian.records.dispute import Stance

_SURE = frozenset({"certain", "probable"})
_NEAR = 700
_CLOSE = 300
"""Code points between charges thrown back of which one names nothing of its own, and of one that holds its denial."""


def find_disputes(told: Told) -> Iterator[tuple[Dispute, Reason]]:
    """Find the disputes of a report, each with its reason, in order of their events and statements."""
    said = sayings(told)
    for pair in weighed(found_by_rules(told, said), told, said):
        yield _record(pair, told)


def found_by_rules(told: Told, said: Sequence[Saying]) -> list[Pair]:
    """Find the contradictions, the blame thrown back and the figures of which some rule tells."""
    made = list(charges(told))
    refusing = refusing_wishes(told)
    pairs: list[Pair] = []
    for further in (
        (*denied_with_its_speaker(told, said), *denied_by_pointing(told, said)),
        (
            *_contradictions(told),
            *_denied(told, made, list(denials(told))),
            *_thrown_back(made, told),
        ),
        refuted(told, said),
        answered(told, said),
        blamed_on_each_other(told, said),
        contradicted(told, said),
        denied_again(told, said),
        words_answered(told, said),
        taken_up_again(told, said),
        countered(told, said),
        replied(told, said, pairs),
        disowned(told, said),
        disclaimed(told, said),
        reciprocal(told, said, pairs),
        denied_of_others(told, said),
    ):
        # Who denies one thing in a statement is not looked at again, nor who only refuses to do something.
        settled = refusing.union(*(pair.denying for pair in pairs))
        for pair in further:
            if not settled.intersection(pair.denying):
                _add(pairs, pair)
    harmed = [Pair(event, "figures", "different figures", low, high) for event, low, high in figure_disputes(told)]
    seen = {frozenset((*pair.asserting, *pair.denying)) for pair in harmed}
    counted = [pair for pair in counted_apart(told, said) if frozenset((*pair.asserting, *pair.denying)) not in seen]
    return [*_without_echoes(pairs, told), *harmed, *counted, *dated_apart(told, said)]


def _add(pairs: list[Pair], new: Pair) -> None:
    """Join a pair to one that has the same asserting or denying words on the same matter."""
    for old in pairs:
        same = old.about == new.about or old.about is None or new.about is None
        crossed = set(old.asserting) & set(new.denying) or set(old.denying) & set(new.asserting)
        if same and not crossed and set(old.asserting) & set(new.asserting):
            old.about = old.about or new.about
            if new.kind == "blame":
                old.kind = new.kind
            old.asserting += [h for h in new.asserting if h not in old.asserting]
            old.denying += [h for h in new.denying if h not in old.denying]
            return
        if same and crossed and new.kind == "blame":
            old.kind = "blame"
            return
    pairs.append(new)


def _without_echoes(pairs: Sequence[Pair], told: Told) -> list[Pair]:
    """Join disputes that only point at one that is told in full to it: "blamed on Sudan", "Sudan denies a role"."""
    kept: list[Pair] = []
    full = [pair for pair in pairs if pair.about is not None]
    for pair in pairs:
        holders = (*pair.asserting, *pair.denying)
        is_bare = pair.about is None and not any(_tells_in_a_clause(holder, told) for holder in holders)
        echoed = next((one for one in full if is_bare and _are_of_the_same(pair, one, told)), None)
        if echoed is None:
            kept.append(pair)
        else:
            echoed.asserting += pair.asserting
            echoed.denying += pair.denying
    return kept


def _are_of_the_same(one: Pair, other: Pair, told: Told) -> bool:
    """Tell whether two disputes are between the same voices, on the same sides."""
    sides = ((one.asserting, other.asserting), (one.denying, other.denying))
    return all(_voices(ours, told) & _voices(theirs, told) for ours, theirs in sides)


def _voices(holders: Sequence[str], told: Told) -> frozenset[str]:
    speakers = (told.scene.statements[holder].speaker for holder in holders if holder != "author")
    return told.camps(tuple(speaker for speaker in speakers if speaker is not None))


def _tells_in_a_clause(holder: str, told: Told) -> bool:
    """Tell whether a statement has a clause of its own, the report itself always."""
    if holder == "author":
        return True
    statement = told.scene.statements[holder]
    test = inside(statement)
    return any(t.pos_ in {"VERB", "AUX"} and test(t) and t.dep_ != "amod" for t in told.tokens(statement))


def _side(holder: str, told: Told) -> str | None:
    if holder == "author":
        return "author"
    return told.scene.country(told.scene.statements[holder])


def _are_opposed(one: str, other: str, told: Told) -> bool:
    """Tell whether two holders are of two voices; the author is his own."""
    statements = told.scene.statements
    if "author" in (one, other):
        return one != other
    return are_opposed(statements[one], statements[other], told)


def _is_firm(claim: Claim) -> bool:
    return claim.certainty in _SURE and claim.tense in {"past", "present"}


def _contradictions(told: Told) -> Iterator[Pair]:
    """Read one event asserted by one side and denied by another."""
    for event in told.events.values():
        own = [c for c in told.claims_of(event.id) if _is_firm(c)]
        # Who doubts, or thinks that it is not so, does not say that it is not.
        denying = [c for c in own if c.polarity == "negative" and c.certainty == "certain"]
        if not denying or plover_type(event) == "ACCUSE":
            continue
        asserting = [
            c
            for c in own
            if c.polarity == "positive"
            and is_asserting(c, told)
            and all(_are_opposed(c.holder, d.holder, told) for d in denying)
            and any(_is_of_one(c, d, event, told) for d in denying)
            and not any(_is_in_words_of(c, d, told) for d in denying)
        ]
        # Where others dispute it, the author's word is one side only if nobody else's is.
        spoken = [c for c in asserting if c.holder != "author"] or asserting
        heard = [c for c in denying if any(_is_of_one(a, c, event, told) for a in spoken)]
        heard = [c for c in heard if c.holder != "author"]
        if spoken and heard:
            yield Pair(
                event.id, "contradiction", "asserted and denied", [c.holder for c in spoken], [c.holder for c in heard]
            )


def _is_in_words_of(asserted: Claim, denied: Claim, told: Told) -> bool:
    """Tell whether the author's word for a deed stands in what somebody else says who denies it."""
    if asserted.holder != "author" or denied.holder == "author":
        return False
    start, _ = told.triggers[asserted.id]
    return any(a <= start < b for a, b in told.scene.statements[denied.holder].content)


def _is_of_one(asserted: Claim, denied: Claim, event: Event, told: Told) -> bool:
    """Tell whether two claims of one event speak of one deed: in words of one kin, or denied by who is blamed for it.

    Tellings that were made one event may be of a war and of a killing in it.
    """
    one, other = (told.scene.token_at(told.triggers[c.id]) for c in (asserted, denied))
    if are_of_other_doers(one, other, told):
        return False
    kin = [roots_told_by(c.holder, event, told) for c in (asserted, denied)]
    if kin[0] & kin[1]:
        # What people say to each other is easily taken for one talk: the author tells of another.
        return plover_type(event) not in WORD_DEEDS or asserted.holder != "author"
    if plover_type(event) in WORD_DEEDS or (asserted.holder != "author" and _side(asserted.holder, told) is None):
        return False
    is_near = abs(asserted.span[0] - denied.span[0]) <= _NEAR
    # Who is blamed denies it, or who did it owns it.
    return is_near and any(_side(c.holder, told) in told.sides(event.sources) for c in (asserted, denied))


def _denied(told: Told, made: Sequence[Charge], turned_down: Sequence[Denial]) -> Iterator[Pair]:
    """Link each denial to the accusation that it turns down."""
    for denial in turned_down:
        fitting = [c for c in made if _fits(c, denial, told)]
        if not fitting:
            continue
        best = min(fitting, key=lambda c: _distance(c, denial))
        accusing, denying = [best.statement.id], [denial.statement.id]
        row = f"factuality:{denial.row}"
        yield Pair(best.event, "contradiction", "accusation turned down", accusing, denying, (row,))


def _fits(charge: Charge, denial: Denial, told: Told) -> bool:
    if charge.side == denial.side or not are_opposed(charge.statement, denial.statement, told):
        return False
    if denial.against and not {charge.side, charge.statement.speaker} & denial.against:
        return False
    if charge.accused and denial.side not in charge.accused:
        return False
    if not charge.accused and not denial.against:
        return False
    if not charge.is_formal and abs(charge.at - denial.at) > _NEAR:
        return False
    if denial.topic and not (denial.topic & charge.topic) and charge.event not in denial.events:
        return False
    if charge.statement.parent == denial.statement.id:
        return False
    # A long statement that holds the other's words tells of more than a charge.
    holds = denial.statement.parent == charge.statement.id
    return not holds or sum(end - start for start, end in charge.statement.content) <= _CLOSE


def _distance(charge: Charge, denial: Denial) -> tuple[bool, bool, bool, int]:
    shares = charge.event in denial.events or bool(denial.topic & charge.topic)
    return not shares, charge.at > denial.at, not charge.is_formal, abs(charge.at - denial.at)


def _thrown_back(made: Sequence[Charge], told: Told) -> Iterator[Pair]:
    """Read accusations of one thing that go both ways."""
    formal = [c for c in made if c.is_formal]
    for k, first in enumerate(formal):
        for second in formal[k + 1 :]:
            if first.side not in second.accused or second.side not in first.accused:
                continue
            if not are_opposed(first.statement, second.statement, told):
                continue
            # "It accused them of doing so themselves" names nothing of its own.
            same = first.event is not None and first.event == second.event
            same = same or (not (first.topic and second.topic) and abs(first.at - second.at) <= _CLOSE)
            shared, least = len(first.topic & second.topic), min(len(first.topic), len(second.topic))
            if same or (shared and shared * 2 >= least):
                yield Pair(
                    first.event or second.event,
                    "blame",
                    "blame thrown back",
                    [first.statement.id],
                    [second.statement.id],
                )


def _record(pair: Pair, told: Told) -> tuple[Dispute, Reason]:
    statements = told.scene.statements
    first = next((h for h in pair.asserting if h in statements), None)
    text = told.scene.report.text
    if first is not None:
        proposition = words_of(text, quotable(text, statements[first]))
    else:
        event = told.events.get(pair.about or "")
        denied = next((statements[h] for h in pair.denying if h in statements), None)
        spans = (
            event.mentions[0].sentence if event is not None else quotable(text, denied) if denied is not None else ()
        )
        proposition = words_of(text, spans)
    stances: list[tuple[Stance, list[str]]] = [("assert", pair.asserting), ("deny", pair.denying)]
    sides = tuple(
        Side(
            stance=stance,
            holders=tuple(holders),
            claims=tuple(c.id for c in told.claims if c.holder in holders and _concerns(c, pair, told)),
        )
        for stance, holders in stances
    )
    record = Dispute(
        id=content_id("d", pair.kind, pair.about, *pair.asserting, "/", *pair.denying),
        about=pair.about,
        kind=pair.kind,
        proposition=proposition,
        sides=sides,
    )
    spans = tuple(statements[h].content[0] for h in (*pair.asserting, *pair.denying) if h in statements)
    return record, Reason(record=record.id, stage="claims", rule=pair.rule, rows=pair.rows, spans=spans)


def _concerns(claim: Claim, pair: Pair, told: Told) -> bool:
    """Tell whether a claim carries a side: it is about the event, or denies an event of that type in other words."""
    if claim.event == pair.about:
        return True
    about = told.events.get(pair.about or "")
    return about is not None and claim.polarity == "negative" and told.events[claim.event].type == about.type
