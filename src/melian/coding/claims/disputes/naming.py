"""Denials that name what they deny together with who said it: "rejected Iran's claim that a ship had been fired on"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from melian.coding.claims.disputes.asserting import event_in
from melian.coding.claims.disputes.pairs import Pair
from melian.coding.claims.disputes.sayings import Saying
from melian.coding.claims.disputes.told import Told
from melian.knowledge.factuality import denial_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_DENYING = frozenset({"deny", "condemn"})
_NEXT = 3
"""Statements before and behind a denial among which the claim in it is."""
_ANSWERING = frozenset({"respond", "reply", "react"})


def denied_with_its_speaker(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find claims of a noun that names its speaker, in what turns them down: "dismissed reports by X that …"."""
    claims = denial_words()["claim"]
    for k, denial in enumerate(said):
        row = told.scene.row_of(denial.statement)
        if row is None or not (row.commitment == "denies" or row.lemma in _ANSWERING):
            continue
        cue = denial.statement.cue
        named = (*denial.statement.content, *((cue.span,) if cue is not None else ()))
        for one in said[max(0, k - _NEXT) : k + _NEXT + 1]:
            word = one.statement.cue
            if one is denial or word is None or word.lemma not in claims or one.statement.speaker is None:
                continue
            is_named = any(start <= word.span[0] and word.span[1] <= end for start, end in named)
            # It is another's, though it stands in the words of who denies it.
            if is_named and one.statement.speaker != denial.statement.speaker:
                rule = "denied together with who said it"
                yield Pair(event_in(one, told), "contradiction", rule, [one.statement.id], [denial.statement.id])


def denied_of_others(told: Told, said: Sequence[Saying]) -> Iterator[Pair]:
    """Find denials of what others say whom nobody names: "rejects the claim that its producers sell below cost"."""
    claims = denial_words()["claim"]
    for denial in said:
        row = told.scene.row_of(denial.statement)
        if row is None or row.commitment != "denies" or denial.statement.act not in _DENYING:
            continue
        noun = next((t for t in told.tokens(denial.statement) if t.dep_ in {"dobj", "nsubjpass"}), None)
        if noun is None or noun.lemma_.lower() not in claims or _has_a_voice(noun):
            continue
        told_of = [c for c in noun.children if c.dep_ in {"acl", "relcl"}]
        if any(g.dep_ == "mark" or g.lower_ == "that" for c in told_of for g in c.children):
            yield Pair(
                event_in(denial, told), "contradiction", "denied as said by others", ["author"], [denial.statement.id]
            )


def _has_a_voice(noun: Token) -> bool:
    """Tell whether a word names whose claim it is: "Iran's claim", "the assertion of the Government that"."""
    return any(c.dep_ == "poss" or c.lower_ in {"by", "from", "of"} for c in noun.children)
