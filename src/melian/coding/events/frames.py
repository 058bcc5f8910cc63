"""The grammatical surroundings of a trigger: its deep arguments, its phrases, its complements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from melian.coding.events.arguments import VERBAL, counted_noun, lemma_of, objects, subjects
from melian.knowledge.ontology import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOWARDS = frozenset({"against", "on", "at", "with", "over", "near", "for", "to", "into", "toward", "towards"})
_GIVING = frozenset({"give", "send", "lend", "grant", "hand", "offer", "sell", "pay", "show", "deny"})
_PREPOSITIONS = frozenset({"ADP", "SCONJ", "VERB", "PART"})
_PURPOSES = frozenset({"right", "intention", "readiness", "willingness", "plan"})
_PARTICLES = frozenset({"in", "off", "up", "out", "down"})


class Frame(msgspec.Struct):
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
        held: What may be the object of a verb with a particle that the parser took for a preposition ("called in him").
    """

    subj: list[Token] = msgspec.field(default_factory=list)
    obj: list[Token] = msgspec.field(default_factory=list)
    iobj: list[Token] = msgspec.field(default_factory=list)
    preps: dict[str, list[Token]] = msgspec.field(default_factory=dict)
    comp: list[Token] = msgspec.field(default_factory=list)
    particles: set[str] = msgspec.field(default_factory=set)
    mods: list[Token] = msgspec.field(default_factory=list)
    poss: list[Token] = msgspec.field(default_factory=list)
    of: list[Token] = msgspec.field(default_factory=list)
    gov: list[Token] = msgspec.field(default_factory=list)
    govobj: list[Token] = msgspec.field(default_factory=list)
    held: list[Token] = msgspec.field(default_factory=list)

    def below(self, preposition: str) -> list[Token]:
        """Give the objects of a preposition that hangs on a phrase of the trigger: "agreed to a truce with them"."""
        level = [*self.obj, *(token for found in self.preps.values() for token in found)]
        for _ in range(2):
            phrases = [
                (child.lower_, inner)
                for token in level
                for child in token.children
                if child.dep_ in {"prep", "agent"}
                for inner in child.children
                if inner.dep_ == "pobj"
            ]
            found = [inner for word, inner in phrases if word == preposition]
            if found:
                return found
            level = [inner for _, inner in phrases]
        return []


def frame_of(trigger: Token) -> Frame:
    """Read the surroundings of a trigger, verb, noun or adjective."""
    if trigger.pos_ in VERBAL:
        return _verb_frame(trigger)
    if trigger.pos_ in {"NOUN", "PROPN"}:
        return _noun_frame(trigger)
    return _adjective_frame(trigger)


def _add_preps(frame: Frame, token: Token, *, behind: int = -1) -> None:
    for child in token.children:
        if (
            child.dep_ in {"prep", "agent", "dative"}
            and child.pos_ in {"ADP", "SCONJ", "VERB", "PART"}
            and child.i > behind
        ):
            found = [c for c in child.children if c.dep_ in {"pobj", "pcomp"}]
            nested = [c for c in child.children if c.dep_ == "prep"]
            for inner in nested:
                frame.preps.setdefault(inner.lower_, []).extend(c for c in inner.children if c.dep_ == "pobj")
            frame.preps.setdefault(child.lower_, []).extend(found)


def _verb_frame(verb: Token) -> Frame:
    frame = Frame(subj=[counted_noun(t) for t in subjects(verb)], obj=[counted_noun(t) for t in objects(verb)])
    for child in verb.children:
        match child.dep_:
            case "dative" if child.pos_ != "ADP":
                frame.iobj.append(child)
            case "ccomp" | "xcomp":
                frame.comp.append(child)
            case "advcl" if child.tag_ == "VB" or child.pos_ == "ADJ":
                frame.comp.append(child)
            case "prt":
                frame.particles.add(child.lower_)
            case "advmod" | "intj" | "neg":
                frame.particles.add(child.lower_)
                if child.pos_ == "ADJ" and child.i > verb.i:
                    frame.mods.append(child)
                elif child.dep_ == "advmod" and child.i > verb.i:
                    # "walked away from talks"
                    _add_preps(frame, child)
            case "acomp" | "oprd" | "attr":
                frame.mods.append(child)
    _add_second_objects(frame, verb)
    _add_preps(frame, verb)
    frame.particles.update(frame.preps)
    for child in verb.children:
        if child.dep_ == "prep" and child.i == verb.i + 1 and child.lower_ in _PARTICLES:
            frame.held = [c for c in child.children if c.dep_ == "pobj"]
    for noun in frame.obj:
        if (noun.head == verb and noun.dep_ == "dobj") or verb.head == noun:
            _add_preps(frame, noun)
            if noun.lemma_ in _PURPOSES:
                # "reserved the right to retaliate"
                frame.comp += [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VB"]
            # "found the banker guilty"
            frame.mods += [c for c in noun.children if c.dep_ == "amod" and c.i > noun.i]
    if not frame.obj:
        # "A truce between X and Y began": the subject's phrases are the verb's.
        for noun in frame.subj:
            _add_preps(frame, noun)
    for preps in frame.preps.values():
        frame.comp += [t for t in preps if t.dep_ == "pcomp" and t.pos_ in VERBAL and t not in frame.comp]
    return frame


def _add_second_objects(frame: Frame, verb: Token) -> None:
    """Tell indirect objects and predicates from objects: "gave Chad tents", "called him a liar"."""
    own = [t for t in frame.obj if t.head == verb and t.dep_ == "dobj"]
    if len(own) == 2:
        frame.iobj.append(own[0])
        frame.mods.append(own[1])
    elif len(own) == 1 and verb.lemma_ in _GIVING and not frame.iobj:
        first = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else verb
        if first.dep_ == "compound" and first.head == own[0] and first.ent_type_ in {"GPE", "ORG", "PERSON"}:
            frame.iobj.append(first)


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
            if child.tag_ == "VBN" and any(c.dep_ == "agent" for c in child.children) and not _has_own_subject(child):
                frame.preps.setdefault("by", []).extend(subjects(child))
        elif child.dep_ == "prep" and child.lower_ in {"of", "in", "to", "about", "for", "on"}:
            frame.comp += [c for c in child.children if c.dep_ == "pcomp"]
    _add_preps(frame, noun)
    frame.of = list(frame.preps.get("of", ()))
    if noun.dep_ == "attr" and noun.head.pos_ in VERBAL:
        # "the charges are a lie"
        frame.of += subjects(noun.head)
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
    if head.dep_ == "pobj" and verb.dep_ == "prep" and verb.head.pos_ in VERBAL:
        verb = verb.head
    if verb.pos_ in VERBAL and head.dep_ in {"dobj", "pobj", "nsubjpass", "attr"}:
        if lemma_of(verb) in word_classes()["light"]:
            frame.gov = subjects(verb)
            frame.govobj = [c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"]
            if head.dep_ == "pobj":
                frame.govobj += objects(verb)
        _add_preps(frame, verb, behind=noun.i)
        if "to" in frame.preps:
            frame.govobj += frame.preps["to"]
    return frame


def _has_own_subject(clause: Token) -> bool:
    """Tell whether a clause is of something else than the noun before it: "the board, whose list Chad accepted"."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ not in {"WDT", "WP"} for c in clause.children)


def _adjective_frame(adjective: Token) -> Frame:
    frame = Frame()
    head = adjective.head
    if adjective.dep_ == "amod":
        frame.of = [head]
    elif adjective.dep_ in {"acomp", "attr", "oprd", "conj"} and head.pos_ in VERBAL:
        frame.of = subjects(head) or objects(head)
        if adjective.dep_ == "oprd":
            frame.of = objects(head)
        frame.subj = subjects(head)
    frame.particles = {c.lower_ for c in adjective.children if c.dep_ == "advmod"}
    frame.comp = [c for c in adjective.children if c.dep_ in {"ccomp", "xcomp"}]
    _add_preps(frame, adjective)
    return frame
