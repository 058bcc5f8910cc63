"""Deep grammar: who does what to whom, with passives, control, relative clauses and coordination undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from melian.coding.actors.roles import COUNT_WORDS
from melian.knowledge.ontology import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

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
_TOWARDS = frozenset({"against", "on", "at", "with", "over", "near", "for", "to", "into", "toward", "towards"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


@dataclass(slots=True)
class Frame:
    """The grammatical surroundings of a trigger.

    Attributes:
        subj: Deep subjects (agents).
        obj: Deep objects (patients).
        iobj: Indirect objects.
        preps: Objects of prepositions by preposition.
        comp: Verbs of complement clauses.
        particles: Particles and adverbs.
        mods: Adjectives and nouns before a noun trigger.
        poss: Possessors of a noun trigger.
        of: What an adjective trigger is said of.
        gov: Subjects of the verb that governs a noun trigger.
        govobj: Indirect objects of that verb.
    """

    subj: list[Token] = field(default_factory=list)
    obj: list[Token] = field(default_factory=list)
    iobj: list[Token] = field(default_factory=list)
    preps: dict[str, list[Token]] = field(default_factory=dict)
    comp: list[Token] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)
    mods: list[Token] = field(default_factory=list)
    poss: list[Token] = field(default_factory=list)
    of: list[Token] = field(default_factory=list)
    gov: list[Token] = field(default_factory=list)
    govobj: list[Token] = field(default_factory=list)


def frame_of(trigger: Token) -> Frame:
    """Read the surroundings of a trigger, verb, noun or adjective."""
    if trigger.pos_ in _VERBAL:
        return _verb_frame(trigger)
    if trigger.pos_ in {"NOUN", "PROPN"}:
        return _noun_frame(trigger)
    return _adjective_frame(trigger)


def joined(tokens: list[Token]) -> Iterator[Token]:
    """Go over tokens and what is joined to each by "and", "or" or a comma."""
    for token in tokens:
        yield token
        yield from _conjuncts(token)


def is_passive(verb: Token) -> bool:
    """Tell whether a verb stands in the passive, reduced relatives ("a plane downed by") included."""
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "relcl", "amod", "advcl"}
        and not any(c.dep_ == "aux" for c in verb.children)
    )


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Find the deep subjects of a verb."""
    if depth > 5:
        return []
    if is_passive(verb):
        agents = [
            c for child in verb.children if child.dep_ == "agent" for c in child.children if c.dep_ in {"pobj", "pcomp"}
        ]
        if not agents and verb.dep_ == "conj" and is_passive(verb.head):
            return subjects(verb.head, depth + 1)
        return agents
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if own:
        return [_antecedent(c, verb) for c in own]
    return _inherited_subjects(verb, depth)


def _inherited_subjects(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ in {"conj", "parataxis"} and head.pos_ in _VERBAL:
        if is_passive(head) and not is_passive(verb):
            return objects(head, depth + 1)
        return subjects(head, depth + 1)
    if verb.dep_ == "xcomp" and head.pos_ in _VERBAL | {"ADJ"}:
        return _controllers(head, depth)
    if verb.dep_ in {"acl", "relcl"}:
        if verb.tag_ == "VBG":
            return [head]
        if verb.tag_ == "VB" and head.pos_ in {"NOUN", "PROPN"}:
            # "a plan to attack": whoever plans; the noun's own possessor or its verb's subject.
            owners = [c for c in head.children if c.dep_ == "poss"]
            return owners or (subjects(head.head, depth + 1) if head.head.pos_ in _VERBAL else [])
        return []
    if verb.dep_ == "pcomp" and head.dep_ in {"prep", "agent", "mark"}:
        governor = head.head
        if governor.lemma_ in {"quote", "cite"} and head.lower_ == "as":
            return objects(governor, depth + 1)
        if governor.pos_ in {"NOUN", "PROPN"}:
            owners = [c for c in governor.children if c.dep_ == "poss"]
            return owners or (subjects(governor.head, depth + 1) if governor.head.pos_ in _VERBAL else [])
        if head.lower_ in _OBJECT_PREPOSITIONS and governor.lemma_ in _BLAMING:
            return objects(governor, depth + 1)
        return subjects(governor, depth + 1) if governor.pos_ in _VERBAL else []
    if verb.dep_ == "advcl" and head.pos_ in _VERBAL and verb.tag_ in {"VBG", "VB", "VBN"}:
        if is_passive(head):
            return objects(head, depth + 1)
        if verb.tag_ == "VB" and any(c.dep_ == "dobj" for c in head.children) and head.lemma_ not in _SUBJECT_CONTROL:
            return (
                objects(head, depth + 1)
                if head.lemma_ in {"urge", "ask", "order", "tell", "call", "press", "invite"}
                else subjects(head, depth + 1)
            )
        return subjects(head, depth + 1)
    if verb.dep_ == "dep" and head.pos_ in _VERBAL:
        return subjects(head, depth + 1)
    return []


def _controllers(head: Token, depth: int) -> list[Token]:
    """Find who does what an infinitive says: the governing verb's object, or its subject."""
    if head.pos_ == "ADJ":
        return subjects(head.head, depth + 1) if head.head.pos_ in _VERBAL else []
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
    if is_passive(verb):
        own = [c for c in verb.children if c.dep_ == "nsubjpass"]
        if own:
            return [_antecedent(c, verb) for c in own]
        if verb.dep_ in {"acl", "relcl", "amod"}:
            return [verb.head]
        if verb.dep_ == "conj" and verb.head.pos_ in _VERBAL and is_passive(verb.head):
            return objects(verb.head, depth + 1)
        if verb.dep_ in {"xcomp", "advcl"} and verb.head.pos_ in _VERBAL:
            return subjects(verb.head, depth + 1)
    own = [c for c in verb.children if c.dep_ == "dobj"]
    if own:
        return [_antecedent(c, verb) for c in own]
    has_subject = any(c.dep_ == "nsubj" and c.lower_ not in _RELATIVE for c in verb.children)
    if verb.dep_ == "relcl" and has_subject and not any(c.dep_ in {"ccomp", "xcomp", "prep"} for c in verb.children):
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ in _VERBAL and verb.head.i < verb.i:
        # "detained and deported two reporters": the object of the last verb is that of the first, not the other way.
        return []
    later = [c for c in verb.children if c.dep_ == "conj" and c.pos_ in _VERBAL and c.i - verb.i <= 3]
    if later and not any(c.dep_ in {"prep", "ccomp", "xcomp"} for c in verb.children):
        return [c for c in later[0].children if c.dep_ == "dobj"]
    return []


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
        if ancestor.pos_ in _VERBAL:
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


def _add_preps(frame: Frame, token: Token, *, behind: int = -1) -> None:
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "VERB"} and child.i > behind:
            found = [c for c in child.children if c.dep_ in {"pobj", "pcomp"}]
            nested = [c for c in child.children if c.dep_ == "prep"]
            for inner in nested:
                frame.preps.setdefault(inner.lower_, []).extend(c for c in inner.children if c.dep_ == "pobj")
            frame.preps.setdefault(child.lower_, []).extend(found)


def _verb_frame(verb: Token) -> Frame:
    frame = Frame(subj=[counted_noun(t) for t in subjects(verb)], obj=[counted_noun(t) for t in objects(verb)])
    for child in verb.children:
        if child.dep_ == "dative" and child.pos_ != "ADP":
            frame.iobj.append(child)
        elif child.dep_ in {"ccomp", "xcomp"} or (child.dep_ == "advcl" and child.tag_ == "VB"):
            frame.comp.append(child)
        elif child.dep_ in {"prt", "advmod"}:
            frame.particles.add(child.lower_)
        elif child.dep_ in {"acomp", "oprd", "attr"}:
            frame.mods.append(child)
    _add_preps(frame, verb)
    for prep in frame.preps:
        frame.particles.add(prep)
    for noun in frame.obj:
        if noun.head == verb and noun.dep_ == "dobj":
            _add_preps(frame, noun)
    if not frame.obj:
        # "A truce between X and Y began": the subject's phrases are the verb's.
        for noun in frame.subj:
            _add_preps(frame, noun)
    for preps in frame.preps.values():
        frame.comp += [t for t in preps if t.dep_ == "pcomp" and t.pos_ in _VERBAL and t not in frame.comp]
    return frame


def _noun_frame(noun: Token) -> Frame:
    frame = Frame()
    for child in noun.children:
        if child.dep_ == "poss":
            frame.poss.append(child)
        elif child.dep_ in {"amod", "compound", "nmod", "nummod", "npadvmod"}:
            frame.mods.append(child)
            frame.mods += [c for c in child.children if c.dep_ in {"amod", "compound", "nmod", "conj"}]
        elif child.dep_ in {"acl", "relcl"}:
            frame.comp.append(child)
            if child.tag_ == "VBN" and any(c.dep_ == "agent" for c in child.children):
                frame.preps.setdefault("by", []).extend(subjects(child))
        elif child.dep_ == "prep" and child.lower_ in {"of", "in", "to", "about", "for", "on"}:
            frame.comp += [c for c in child.children if c.dep_ == "pcomp"]
    _add_preps(frame, noun)
    frame.of = list(frame.preps.get("of", ()))
    for outer, preps in [(p, frame.preps.get(p, [])) for p in ("by", "of")]:
        # "a protest by students against the law": the parser hangs the last phrase on the students.
        for inner in preps:
            for child in inner.children:
                hangs = child.lower_ in _TOWARDS or (outer == "of" and child.lower_ in {"by", "from"})
                if child.dep_ in {"prep", "agent"} and hangs and child.lower_ not in frame.preps:
                    frame.preps[child.lower_] = [c for c in child.children if c.dep_ == "pobj"]
    head = noun
    while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    verb = head.head
    if head.dep_ == "pobj" and verb.dep_ == "prep" and verb.head.pos_ in _VERBAL:
        verb = verb.head
    if verb.pos_ in _VERBAL and head.dep_ in {"dobj", "pobj", "nsubjpass", "attr"}:
        if verb.lemma_.lower() in word_classes()["light"]:
            frame.gov = subjects(verb)
            frame.govobj = [c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"]
            if head.dep_ == "pobj":
                frame.govobj += objects(verb)
        _add_preps(frame, verb, behind=noun.i)
        if "to" in frame.preps:
            frame.govobj += frame.preps["to"]
    return frame


def _adjective_frame(adjective: Token) -> Frame:
    frame = Frame()
    head = adjective.head
    if adjective.dep_ == "amod":
        frame.of = [head]
    elif adjective.dep_ in {"acomp", "attr", "oprd", "conj"} and head.pos_ in _VERBAL:
        frame.of = subjects(head) or objects(head)
        if adjective.dep_ == "oprd":
            frame.of = objects(head)
        frame.subj = subjects(head)
    frame.particles = {c.lower_ for c in adjective.children if c.dep_ == "advmod"}
    frame.comp = [c for c in adjective.children if c.dep_ in {"ccomp", "xcomp"}]
    _add_preps(frame, adjective)
    return frame
