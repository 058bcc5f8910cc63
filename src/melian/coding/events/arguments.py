"""Deep subjects and objects: passives, control, raising, relative clauses and coordination undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.coding.actors.roles import COUNT_WORDS
from melian.knowledge.gazetteer import place_words

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBAL = frozenset({"VERB", "AUX"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "agree", "pledge", "offer", "swear"})
_OBJECT_PREPOSITIONS = frozenset({"of", "for", "from", "into", "against", "over"})
_BLAMING = frozenset(
    (
        "accuse blame condemn criticise criticize thank praise stop prevent suspect charge acquit convict keep bar "
        "ban prohibit deter force pressure talk denounce slam commend congratulate arrest jail sentence sanction fine "
        "detain"
    ).split()
)
_CAUSING = frozenset({"let", "make", "help", "have", "watch", "see"})
_MISTAKEN_LEMMAS = {
    "stag": "stage", "wag": "wage", "rap": "rape", "fin": "fine", "snip": "snipe", "can": "cane", "din": "dine",
    "cordone": "cordon", "airdrope": "airdrop", "waterboarde": "waterboard", "overflie": "overfly",
    "wiretappe": "wiretap", "teargasse": "teargas",
}  # fmt: skip
_CIRCUMSTANCES = frozenset(
    {"day", "night", "time", "moment", "year", "month", "week", "hour", "way", "reason", "place"}
)
_ADVERBIAL = frozenset({"when", "where", "whereupon"})
"""What begins a clause that tells no more of the noun before it: "in Turkey, when the police arrested him"."""
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def lemma_of(token: Token) -> str:
    """Give the lemma in lower case, with those right that the lemmatiser is known to get wrong ("staged": "stag")."""
    lemma = token.lemma_.lower()
    if lemma in _MISTAKEN_LEMMAS and token.pos_ == "VERB" and token.tag_ in {"VBD", "VBN", "VBG"}:
        return _MISTAKEN_LEMMAS[lemma]
    return lemma


def joined(tokens: list[Token]) -> Iterator[Token]:
    """Go over tokens and what is joined to each by "and", "or" or a comma."""
    for token in tokens:
        yield token
        yield from _conjuncts(token)


def is_passive(verb: Token) -> bool:
    """Tell whether a verb stands in the passive, reduced relatives ("a plane downed by") included.

    So does a participle that is joined to one: "were targeted, expelled and killed by".
    """
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head) and not any(c.dep_ in {"aux", "nsubj", "dobj"} for c in verb.children)
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "relcl", "amod", "advcl"}
        and not any(c.dep_ == "aux" for c in verb.children)
    )


def is_mistaken(verb: Token) -> bool:
    """Tell whether the parser took a verb for an adjective between its subject and its object: "Chad defied pressure".

    The noun is then the root of the sentence, and a name without an article stands straight before the verb.
    """
    if verb.dep_ != "amod" or verb.tag_ not in {"VBN", "VBD"} or verb.head.dep_ != "ROOT" or verb.head.i < verb.i:
        return False
    before = verb.doc[verb.i - 1] if verb.i > verb.sent.start else None
    return before is not None and before.pos_ == "PROPN" and before.head in {verb, verb.head}


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Find the deep subjects of a verb."""
    if depth > 5:
        return []
    if is_mistaken(verb):
        return [verb.doc[verb.i - 1]]
    if is_passive(verb):
        agents = [
            c for child in verb.children if child.dep_ == "agent" for c in child.children if c.dep_ in {"pobj", "pcomp"}
        ]
        if not agents and verb.dep_ == "conj" and is_passive(verb.head):
            return subjects(verb.head, depth + 1)
        return agents
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if own and not _is_where_to(verb):
        return [_antecedent(c, verb) for c in own]
    return _inherited_subjects(verb, depth)


def _is_where_to(verb: Token) -> bool:
    """Tell whether the parser took the place that somebody leaves for to be who acts: "left for Oslo to meet them"."""
    is_for = any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)
    return is_for and verb.dep_ == "advcl" and verb.head.lemma_ in place_words("departure verbs")


def _inherited_subjects(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ in {"conj", "parataxis"} and head.pos_ in VERBAL:
        if is_passive(head) and not is_passive(verb):
            return objects(head, depth + 1)
        return subjects(head, depth + 1)
    if verb.dep_ == "xcomp" and head.pos_ in VERBAL | {"ADJ"}:
        return _controllers(head, depth)
    if verb.dep_ in {"acl", "relcl"}:
        if verb.tag_ == "VBG":
            return [head]
        if verb.tag_ == "VB" and head.pos_ in {"NOUN", "PROPN"}:
            # "a plan to attack": whoever plans; the noun's own possessor or its verb's subject.
            owners = [c for c in head.children if c.dep_ == "poss"]
            return owners or (subjects(head.head, depth + 1) if head.head.pos_ in VERBAL else [])
        return []
    if verb.dep_ == "pcomp" and head.dep_ in {"prep", "agent", "mark"}:
        governor = head.head
        if governor.lemma_ in {"quote", "cite"} and head.lower_ == "as":
            return objects(governor, depth + 1)
        if governor.pos_ in {"NOUN", "PROPN"}:
            owners = [c for c in governor.children if c.dep_ == "poss"]
            return owners or (subjects(governor.head, depth + 1) if governor.head.pos_ in VERBAL else [])
        if head.lower_ in _OBJECT_PREPOSITIONS and governor.lemma_ in _BLAMING:
            return objects(governor, depth + 1)
        return subjects(governor, depth + 1) if governor.pos_ in VERBAL else []
    if verb.dep_ == "advcl" and head.pos_ in VERBAL and verb.tag_ in {"VBG", "VB", "VBN"}:
        if is_passive(head):
            return objects(head, depth + 1)
        if verb.tag_ == "VB" and any(c.dep_ == "dobj" for c in head.children) and head.lemma_ not in _SUBJECT_CONTROL:
            return (
                objects(head, depth + 1)
                if head.lemma_ in {"urge", "ask", "order", "tell", "call", "press", "invite"}
                else subjects(head, depth + 1)
            )
        return subjects(head, depth + 1)
    if verb.dep_ == "dep" and head.pos_ in VERBAL:
        return subjects(head, depth + 1)
    return []


def _controllers(head: Token, depth: int) -> list[Token]:
    """Find who does what an infinitive says: the governing verb's object, or its subject."""
    if head.pos_ == "ADJ":
        return subjects(head.head, depth + 1) if head.head.pos_ in VERBAL else []
    held = objects(head, depth + 1)
    if held and head.lemma_ not in _SUBJECT_CONTROL:
        return held
    if head.lemma_ in {"call", "appeal"}:
        on = [
            p
            for c in head.children
            if c.dep_ == "prep" and c.lower_ in {"on", "upon", "to"}
            for p in c.children
            if p.dep_ == "pobj"
        ]
        if on:
            return on
    return subjects(head, depth + 1)


def objects(verb: Token, depth: int = 0) -> list[Token]:
    """Find the deep objects of a verb."""
    if depth > 5:
        return []
    if is_mistaken(verb):
        return [verb.head]
    if is_passive(verb):
        own = [c for c in verb.children if c.dep_ == "nsubjpass"]
        if own:
            return [_antecedent(c, verb) for c in own]
        if verb.dep_ in {"acl", "relcl", "amod"}:
            return [verb.head]
        if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and is_passive(verb.head):
            return objects(verb.head, depth + 1)
        if verb.dep_ in {"xcomp", "advcl"} and verb.head.pos_ in VERBAL:
            return subjects(verb.head, depth + 1)
    own = [c for c in verb.children if c.dep_ == "dobj"] or raised(verb)
    if own:
        return [_antecedent(c, verb) for c in own]
    has_subject = any(c.dep_ == "nsubj" and c.lower_ not in _RELATIVE for c in verb.children)
    if verb.dep_ == "relcl" and has_subject and not _is_of_another_object(verb):
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and verb.head.i < verb.i:
        # "detained and deported two reporters": the object of the last verb is that of the first, not the other way.
        return []
    later = [c for c in verb.children if c.dep_ == "conj" and c.pos_ in VERBAL and c.i - verb.i <= 3]
    if later and not any(c.dep_ in {"prep", "ccomp", "xcomp"} for c in verb.children):
        return [c for c in later[0].children if c.dep_ == "dobj"]
    return []


def _is_of_another_object(clause: Token) -> bool:
    """Tell whether a relative clause says something else of its noun than that it is acted upon.

    It is what a bare preposition or an inner clause is about ("the town they marched on"), or the time or manner.
    """
    if clause.head.ent_type_ in {"DATE", "TIME"} or clause.head.lemma_.lower() in _CIRCUMSTANCES:
        return True
    if any(c.lower_ in _ADVERBIAL for c in clause.doc[clause.left_edge.i : clause.i]):
        return True
    return any(
        c.dep_ in {"ccomp", "xcomp"} or (c.dep_ == "prep" and not any(p.dep_ in {"pobj", "pcomp"} for p in c.children))
        for c in clause.children
    )


def raised(verb: Token) -> list[Token]:
    """Find the object that the parser made the subject of a small clause: "found him guilty", "let them go"."""
    found = []
    for clause in verb.children:
        if clause.dep_ != "ccomp" or any(c.dep_ in {"mark", "aux", "neg"} or c.lower_ == "to" for c in clause.children):
            continue
        if clause.pos_ in VERBAL and (verb.lemma_ not in _CAUSING or clause.tag_ not in {"VB", "VBP"}):
            continue
        subject = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}]
        if subject or clause.pos_ == "NOUN":
            found += subject or [clause]
    return found


def _antecedent(token: Token, verb: Token) -> Token:
    """Lead a relative pronoun to the noun before it, over clauses of saying ("the plane which X said violated")."""
    if token.lower_ not in _RELATIVE or (
        token.pos_ not in {"PRON", "DET", "SCONJ"} and token.tag_ not in {"WDT", "WP"}
    ):
        return token
    clause = verb
    for _ in range(4):
        if clause.dep_ == "relcl":
            return _nameable(clause.head)
        clause = clause.head
    # The clause hangs elsewhere than on a noun: the pronoun still follows the noun that it takes up.
    for i in range(token.i - 1, max(token.sent.start - 1, token.i - 12), -1):
        before = token.doc[i]
        if before.pos_ in {"NOUN", "PROPN"} and before.ent_type_ not in {"DATE", "TIME"} and before.dep_ != "compound":
            return before
    return token


def _nameable(noun: Token) -> Token:
    """Lead past a date that a relative clause was hung on: "shot down a plane on Monday which ..."."""
    if noun.ent_type_ not in {"DATE", "TIME"}:
        return noun
    for ancestor in noun.ancestors:
        if ancestor.pos_ in VERBAL:
            for wanted in ("dobj", "nsubjpass", "nsubj"):
                found = next((c for c in ancestor.children if c.dep_ == wanted), None)
                if found is not None:
                    return found
            break
    return noun


def counted_noun(token: Token) -> Token:
    """Lead from a word of number or part to what is counted ("one of its warplanes")."""
    if token.lemma_.lower() in COUNT_WORDS or token.pos_ == "NUM":
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "among"}:
                return next((c for c in child.children if c.dep_ == "pobj"), token)
    return token


def _conjuncts(token: Token, depth: int = 0) -> Iterator[Token]:
    if depth > 6:
        return
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in _NOMINAL:
            yield child
            yield from _conjuncts(child, depth + 1)
        elif child.dep_ == "appos" and depth == 0:
            # "X, the minister, and Y": what is joined to the apposition is joined to X.
            yield from _conjuncts(child, depth + 1)
