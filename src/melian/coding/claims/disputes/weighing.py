"""Whether two statements contradict each other, weighed from all their signs, whatever words they take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import exp
from typing import Literal

import msgspec

from melian.coding.claims.disputes.asserting import event_in
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import Saying, are_opposed, refusing_wishes
from melian.coding.claims.disputes.signs import AGREEING, APART, BOTH_WAYS, has_other_figures, signs_between
from melian.coding.claims.disputes.told import Told
from melian.coding.claims.disputes.turns import Turn, turn_of
from melian.knowledge.factuality import quarrel_signs
from melian.records import DisputeKind, Statement

FOUND = "found by a rule"
"""Sign of two statements of which a rule says that they contradict each other."""
Camps = frozenset[str]
_RIVAL = "contradicts another"
_ELSEWHERE = ("likeliest elsewhere", "next likeliest elsewhere")
_WORTH = 0.1
"""Chance below which two statements are no sign that a report tells of a quarrel."""
_LIKELY = 0.55
"""Somewhat more likely than not: at even odds an eighth of what is found in our passages is false, here a tenth."""
_SAME = 0.42
"""How alike two statements are, both ways, that say one thing and not its contrary. Set on our passages."""
_UNLIKELY = 0.2
"""What a rule found has a reason of its own. By weights fitted on other passages, none of the marked disputes that
rules find is below 0.4, and 5 of the 13 pairs that they find in newspaper texts are below this."""
_SHORT = 14
"""Words of a statement beyond which a negative clause in it is only a part of what it tells."""
_BACK = 12
_NEXT = 4
"""Statements, and sentences, before one in which what it contradicts stands."""


class Weighed(msgspec.Struct, frozen=True):
    """Two statements, and how likely they contradict each other."""

    one: Turn
    other: Turn
    chance: float

    @property
    def ids(self) -> frozenset[str]:
        """Give the ids of the two."""
        return frozenset((self.one.saying.statement.id, self.other.saying.statement.id))


def weighed(pairs: Sequence[Pair], told: Told, said: Sequence[Saying]) -> list[Pair]:
    """Leave out the pairs of statements that hardly contradict each other, and add those that likely do.

    Args:
        pairs: What rules found. What the report itself asserts is not weighed, nor what stands far apart.
        told: The report.
        said: Its statements.
    """
    found = frozenset(ids for pair in pairs for ids in _ids_of(pair))
    known = weigh(told, said, found)
    chances = {each.ids: each.chance for each in known}
    kept = [pair for pair in pairs if max(chances.get(ids, 1.0) for ids in _ids_of(pair)) >= _UNLIKELY]
    refusing = refusing_wishes(told)
    for each in sorted(known, key=lambda each: -each.chance):
        if each.chance >= _LIKELY and each.ids not in found and not each.ids & refusing:
            _join(kept, _pair(each, told))
    return kept


def _ids_of(pair: Pair) -> list[frozenset[str]]:
    return [frozenset((one, other)) for one in pair.asserting for other in pair.denying]


def _pair(each: Weighed, told: Told) -> Pair:
    one, other = each.one, each.other
    ids = [one.saying.statement.id], [other.saying.statement.id]
    # Who only says no denies, whether he speaks first or second; else the second contradicts the first.
    says_no = [turn.denies or turn.is_pointing or (turn.says_no and turn.length <= _SHORT) for turn in (one, other)]
    is_turned = says_no[0] and not (says_no[1] or other.says_no)
    about = event_in(other.saying if is_turned else one.saying, told)
    kind: DisputeKind = "contradiction"
    if has_other_figures(one, other) and (one.counted.keys() & other.counted or "" in other.counted):
        kind = "figures"
    elif one.camps & other.blamed and other.camps & one.blamed:
        kind = "blame"
    return Pair(about, kind, "weighed from many signs", *(ids[::-1] if is_turned else ids))


def _join(pairs: list[Pair], new: Pair) -> None:
    """Join a pair to one of the same event with which it shares a statement on the same side."""
    for old in pairs:
        shares = set(old.asserting) & set(new.asserting) or set(old.denying) & set(new.denying)
        crossed = set(old.asserting) & set(new.denying) or set(old.denying) & set(new.asserting)
        if shares and not crossed and old.about == new.about and old.kind == new.kind:
            old.asserting += [h for h in new.asserting if h not in old.asserting]
            old.denying += [h for h in new.denying if h not in old.denying]
            return
    pairs.append(new)


def weigh(told: Told, said: Sequence[Saying], found: frozenset[frozenset[str]]) -> list[Weighed]:
    """Weigh each two statements of two voices near each other, alone, and then with what else is quarrelled about.

    Args:
        told: The report.
        said: Its statements.
        found: Ids of statements of which rules say that they contradict each other.
    """
    pairs = list(pairs_with_signs(told, said))
    alone: list[Weighed] = []
    signs: list[dict[str, float]] = []
    for one, other, own in pairs:
        signs.append(own | ({FOUND: 1.0} if frozenset((_id(one), _id(other))) in found else {}))
        alone.append(Weighed(one, other, chance_of(signs[-1], "alone")))
    around = signs_around([((_id(w.one), _id(w.other)), (w.one.camps, w.other.camps), w.chance) for w in alone])
    return [
        Weighed(each.one, each.other, 0.0 if _is_ruled_out(each, own) else chance_of(own | more, "together"))
        for each, own, more in zip(alone, signs, around, strict=True)
    ]


def _is_ruled_out(each: Weighed, signs: Mapping[str, float]) -> bool:
    """Tell whether no rule joins two statements, and one only wishes, or they agree or are of other places."""
    is_firm = each.one.is_firm and each.other.is_firm
    is_one = AGREEING in signs and signs.get(BOTH_WAYS, 0.0) > _SAME
    return FOUND not in signs and (not is_firm or APART in signs or is_one)


def _id(turn: Turn) -> str:
    return turn.saying.statement.id


def _are_of_two(one: Statement, other: Statement, told: Told) -> bool:
    """Tell whether two statements are of two voices, and not of one that others quote as well."""
    return (one.speaker is None or one.speaker != other.speaker) and are_opposed(one, other, told)


def signs_around(weighed: Sequence[tuple[tuple[str, str], tuple[Camps, Camps], float]]) -> list[dict[str, float]]:
    """Give the signs that stand elsewhere in a report: whether the same two, or any, quarrel about something else.

    A statement that likely contradicts a third one contradicts this one less.

    Args:
        weighed: Ids of two statements, the camps of their voices, and how likely they contradict each other.
    """
    likely = sorted((each for each in weighed if each[2] >= _WORTH), key=lambda each: (-each[2], each[0]))
    of_statement: dict[str, list[tuple[float, tuple[str, str]]]] = {}
    for ids, _, chance in likely:
        for each in ids:
            of_statement.setdefault(each, []).append((chance, ids))
    found = []
    for ids, camps, _ in weighed:
        others = [each for each in likely if not set(each[0]) & set(ids)]
        same = (chance for _, theirs, chance in others if _are_of_the_same(camps, theirs))
        rivals = (chance for each in ids for chance, pair in of_statement.get(each, ()) if pair != ids)
        signs = {"same opponents": next(same, 0.0), _RIVAL: max(rivals, default=0.0)}
        signs |= {name: others[k][2] for k, name in enumerate(_ELSEWHERE) if k < len(others)}
        found.append({name: value for name, value in signs.items() if value})
    return found


def _are_of_the_same(ours: tuple[Camps, Camps], theirs: tuple[Camps, Camps]) -> bool:
    one, other = ours
    return any(one & a and other & b for a, b in (theirs, theirs[::-1]))


def pairs_with_signs(told: Told, said: Sequence[Saying]) -> Iterator[tuple[Turn, Turn, dict[str, float]]]:
    """Give each two statements of two voices near each other, with their signs."""
    turns = [turn_of(saying, told) for saying in said]
    crowds = Counter(turn.paragraph for turn in turns)
    for k, other in enumerate(turns):
        for j in range(max(0, k - _BACK), k):
            one = turns[j]
            is_near = other.saying.sentence - one.saying.sentence <= _NEXT
            if is_near and _are_of_two(one.saying.statement, other.saying.statement, told):
                crowd = crowds[other.paragraph]
                yield one, other, dict(signs_between(one, other, turns[j + 1 : k], crowd, told))


def chance_of(signs: Mapping[str, float], look: Literal["alone", "together"]) -> float:
    """Add up the weights of signs, and give the chance that they make.

    Reference:
        Logistic regression, after Cox (1958), The regression analysis of binary sequences.

    Args:
        signs: What there is.
        look: Whether two statements are looked at alone, or together with the others of their report.
    """
    rows = quarrel_signs()
    named = {"always": 1.0, **signs}
    total = sum((rows[name].alone if look == "alone" else rows[name].together) * named[name] for name in named)
    return 1 / (1 + exp(-total))
