"""Does the verb over an expression of time speak of the past or of what is to come?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from melian.knowledge.dates import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

Leaning = Literal["past", "future", "none"]

_MODALS = frozenset(
    ("will", "shall", "'ll", "’ll", "wo", "would", "may", "might", "can", "could", "should", "must", "'d")
)
_CONDITIONS = frozenset(("if", "unless", "once", "until"))
_CLIMB = 12


def leaning_of(token: Token) -> Leaning:
    """Tell where an expression leans whose first token is given; "none" where no verb tells."""
    before = token.nbor(-1).lower_ if token.i else ""
    if before == "of" and token.i > 1 and token.nbor(-2).lower_ == "ahead":
        return "future"
    noun = token.head
    if token.dep_ in ("compound", "nmod", "nummod") and noun.head.i != noun.i and noun.dep_ in ("compound", "nmod"):
        noun = noun.head
    if noun.pos_ == "NOUN" and noun.i > token.i and noun.lemma_.lower() in word_list("leanings")["planned"]:
        return "future" if _leaning_by_verb(token, before) == "future" else "none"
    if _hangs_on_deed(token):
        return "past"
    return _leaning_by_verb(token, before)


def _leaning_by_verb(token: Token, before: str) -> Leaning:
    verb = _verb_over(token)
    for step in range(_CLIMB):
        if verb is None:
            return "future" if before in ("until", "till") else "none"
        found = _of_verb(verb, before)
        if found is not None:
            return found if found == "future" or step == 0 else "none"
        verb = _verb_over(verb.head) if verb.head.i != verb.i else None
    return "none"


def _hangs_on_deed(token: Token) -> bool:
    """Tell whether the expression belongs to a noun of something done: "Friday's raid will be debated"."""
    planned = word_list("leanings")["planned"]
    if token.dep_ == "poss" and token.head.pos_ == "NOUN":
        return token.head.lemma_.lower() not in planned
    noun = token.head.head if token.dep_ == "pobj" else token.head
    if noun.pos_ != "NOUN" or noun.i == token.i or noun.lemma_.lower() in planned:
        return False
    for _ in range(_CLIMB):
        if noun.dep_ in ("nsubj", "nsubjpass"):
            return True
        if noun.head.i == noun.i or noun.pos_ in ("VERB", "AUX"):
            return False
        noun = noun.head
    return False


def _verb_over(token: Token) -> Token | None:
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            if token.dep_ in ("aux", "auxpass") and token.head.i != token.i:
                token = token.head
                continue
            return token
        if token.lower_ == "due" and token.pos_ == "ADJ":
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _of_verb(verb: Token, before: str) -> Leaning | None:
    """Tell a verb's leaning; None where the verb above it decides."""
    if verb.lower_ == "due":
        return "future"
    aids = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {aid.lower_ for aid in aids}
    lists = word_list("leanings")
    if words & {"had"} or (verb.lower_ == "had" and not before):
        return "past"
    if words & _MODALS:
        return "past" if words & {"have", "'ve", "’ve"} else "future"
    if "to" in words:
        over = verb.head
        if over.lemma_ == "be" and verb.dep_ in ("xcomp", "ccomp"):
            # "A visit that was to begin on Thursday" lies ahead; what "was to begin but did not" does not.
            joined = (child for head in (over, verb) for child in head.rights if child.dep_ == "conj")
            return None if any(joined) else "future"
        if over.lower_ in ("due", "set", "ready", "able", "likely", "unable", "plan", "plans", "deadline", "bid"):
            return "past" if over.lower_ in ("able", "unable") else "future"
        if over.lemma_.lower() in lists["planning"] and verb.dep_ in ("xcomp", "ccomp", "advcl", "acl"):
            return "future"
        if over.pos_ in ("NOUN", "PROPN") and verb.dep_ in ("acl", "relcl"):
            return "future"
        return None
    if before in ("until", "till") and verb.lemma_ not in ("last", "continue", "run", "go", "serve", "work", "live"):
        return "future"
    if before == "for" and not words & {"was", "were"}:
        return "future"  # "has called a strike for Wednesday"
    tag = verb.tag_
    if tag in ("VBD",) or words & {"was", "were", "did"}:
        return "past"
    if tag == "VBN":
        if not aids and verb.lemma_ in ("schedule", "plan", "set", "slate", "expect"):
            return "future"
        return "past" if not words & {"is", "are", "be"} else ("future" if verb.lemma_ in lists["planning"] else "past")
    if tag == "VBG" and words & {"is", "are", "'re", "’re", "'s", "’s"}:
        return "future" if verb.lemma_ in lists["starting"] or verb.lemma_ in lists["planning"] else "past"
    if tag in ("VBP", "VBZ"):
        if any(child.dep_ in ("mark", "advmod") and child.lower_ in _CONDITIONS for child in verb.children):
            return "future"
        return "future" if verb.lemma_ in lists["starting"] or (verb.lemma_ == "be" and not aids) else "past"
    return None
