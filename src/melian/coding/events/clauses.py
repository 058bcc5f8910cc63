"""Which words stand in the clause that tells an event, and which only in another beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHER_CLAUSES = frozenset({"advcl", "conj", "relcl", "acl", "parataxis"})
_VERBS = frozenset({"VERB", "AUX"})


def of_same_clause(chosen: Sequence[Token], trigger: Token) -> list[Token]:
    """Leave out of a side the words of other clauses, where words of the trigger's own are there, too.

    "Rebuked the commission, whose results Angola had accepted", "pledged money to Jordan, and Kuwait, which had meant
    to, sent its regrets".

    Args:
        chosen: Words of one side of an event.
        trigger: What tells it.
    """
    above = {trigger.i, *(t.i for t in trigger.ancestors)}
    own = [token for token in chosen if not _is_apart(token, above)]
    return own if any(token.pos_ in {"NOUN", "PROPN", "PRON"} for token in own) else list(chosen)


def _is_apart(token: Token, above: set[int]) -> bool:
    """Tell whether a clause that does not hold the trigger lies between a word and what governs both."""
    chain = takewhile(lambda node: node.i not in above, (token, *token.ancestors))
    return any(node.dep_ in _OTHER_CLAUSES and node.pos_ in _VERBS for node in chain)


def is_agent_elsewhere(token: Token, trigger: Token) -> bool:
    """Tell whether somebody did what another passive verb tells: "One was burnt; four were pulled out by fishermen"."""
    if token.dep_ != "pobj" or token.head.dep_ != "agent" or trigger.pos_ != "VERB":
        return False
    verb = token.head.head
    return verb.i != trigger.i and all(any(c.dep_ == "nsubjpass" for c in one.children) for one in (verb, trigger))
