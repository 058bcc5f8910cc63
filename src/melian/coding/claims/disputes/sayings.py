"""Statements as disputes compare them: whose voice, what about, and whether they deny."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.claims.disputes.told import OF_STATE, Told
from melian.coding.claims.judging import judge
from melian.coding.claims.scene import inside
from melian.coding.events.lexicon import entries_for
from melian.knowledge.factuality import denial_words
from melian.records import Actor, Event, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOPICAL = frozenset({"NOUN", "VERB", "PROPN", "ADJ"})
NEGATIVE = frozenset({"no", "not", "n't", "n’t", "never", "nobody", "none", "nothing", "neither", "without"})
_POINTING = frozenset({"it", "this", "that", "they", "which", "she", "he", "so"})
_REJECTING = frozenset({"reject", "dismiss", "oppose", "rule out", "refuse"})
_IDEAS = frozenset({"talk", "finding", "idea", "notion", "conclusion"})
_LYING = frozenset({"lie", "mislead", "invent", "fabricate", "tale"})
_TAKING_PART = frozenset({"involve", "responsible", "implicate", "complicit"})
_BLANK = frozenset(
    "be have do say tell make take go come get leave hold keep there first only own other same any man people".split()
)
_OPEN = frozenset({"confirm", "confirmation", "comment", "verify", "verification", "aware", "discuss"})
_CHECKING = frozenset({"look", "investigate", "review", "examine", "check", "study"})
"""Who is still doing so says neither that something was so nor that it was not."""
_DECLINING = frozenset({"decline", "refuse", "nor", "unable", "could"})
NOT_NO = frozenset({"longer", "anymore", "except", "unless", "until"})
"""Words with which "no" denies nothing that was told: "no longer", "no way but"."""
NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "any", "all", "such"})
WORD_DEEDS = frozenset({"ACCUSE", "REJECT", "REQUEST", "CONSULT", "THREATEN", "AGREE"})
"""Types of deeds that are done by words."""
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we"})
WISHING = frozenset({"demand", "question", "promise", "threaten"})
"""What is said to bring something about denies nothing: "urged Congress not to sell fighters"."""
_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "appos", "ROOT"})
_EMPTY = frozenset({"happen", "occur", "do", "be", "have", "exist", "take", "place", "kind", "thing", "say", "deny"})
_TOPS = frozenset({"ROOT", "ccomp"})
_BESIDE = frozenset({"while", "whereas", "although", "though"})
_SINGULAR = ("ss", "as", "is", "us")
_STEM = 5
_MOST = 24
"""Words of a denial; longer ones tell other things besides."""
_FEW = 7


class Saying(msgspec.Struct, frozen=True):
    """One statement that is made.

    Attributes:
        statement: The statement.
        at: Where its content begins.
        sentence: Number of the sentence where its content begins.
        plain: Beginnings of the words that tell what it is about, names left out.
        denied: Beginnings of the words that it denies, names among them.
        kinds: Types of deeds that there were none of, by a noun of the lexicon: "there was no shooting".
        is_pointing: It denies what was said before without saying it again: "that is a lie", "rejected the charge".
    """

    statement: Statement
    at: int
    sentence: int
    plain: frozenset[str]
    denied: frozenset[str]
    kinds: frozenset[str]
    is_pointing: bool


def sayings(told: Told) -> list[Saying]:
    """Give the statements that are made, in order of their contents."""
    ends = [sentence.end_char for sentence in told.scene.doc.sents]
    found = []
    for statement in told.scene.statements.values():
        if not told.scene.is_made(statement):
            continue
        tokens = list(told.tokens(statement))
        at = statement.content[0][0]
        sentence = bisect_right(ends, at)
        if _leaves_open(statement, tokens, told):
            continue
        roots = frozenset(root for t in tokens if (root := root_of(t)))
        denied = _denied(statement, tokens, roots, told)
        pointing = _points(statement, tokens, told)
        plain = frozenset(root for t in tokens if t.pos_ != "PROPN" and not t.ent_type_ and (root := root_of(t)))
        found.append(Saying(statement, at, sentence, plain, denied, _kinds_of(tokens), pointing))
    return sorted(found, key=lambda saying: saying.at)


def root_of(token: Token) -> str:
    """Give the beginning that words of one kin share ("kidnapped", "kidnapping"); nothing for empty words."""
    lemma = token.lemma_.lower()
    if token.pos_ not in _TOPICAL or lemma in _BLANK or not lemma.isalpha():
        return ""
    if lemma.endswith("ing") and len(lemma) > _STEM + 1:
        lemma = lemma[:-3]
    elif token.tag_ == "NNS" or (lemma.endswith("s") and token.pos_ == "NOUN" and not lemma.endswith(_SINGULAR)):
        lemma = lemma.removesuffix("s")
    elif token.pos_ == "ADJ" and lemma.endswith("ed") and len(lemma) > _STEM:
        lemma = lemma[:-2]
    return lemma[:_STEM]


def roots_of(event: Event, told: Told) -> frozenset[str]:
    """Give the roots of an event's triggers."""
    doc = told.scene.doc
    phrases = (doc.char_span(*mention.trigger, alignment_mode="expand") for mention in event.mentions)
    return frozenset(root for phrase in phrases for t in phrase or () if (root := root_of(t)))


def are_opposed(one: Statement, other: Statement, told: Told) -> bool:
    """Tell whether two statements are of two voices: of two actors, and not both of one government."""
    if one.id == other.id or _is_part(one, other, told) or _is_part(other, one, told):
        return False
    a, b = (told.scene.actors.get(s.speaker or "") for s in (one, other))
    if a is None or b is None:
        return _are_of_different_words(one, other, told)
    if a.id == b.id:
        return bool(_relaying(one, told)) and not _relaying(other, told)
    if _is_named_by(a, other, told) or _is_named_by(b, one, told):
        return False
    is_one_land = a.country is not None and a.country == b.country
    is_one_service = a.sector == b.sector and a.sector in OF_STATE
    return not (is_one_land and (is_one_service or (_is_government(a) and _is_government(b))))


def _is_part(inner: Statement, outer: Statement, told: Told) -> bool:
    """Tell whether one statement is a part of what another says, and not only set beside it in its sentence."""
    return inner.parent == outer.id and not set_beside(inner, told)


def set_beside(statement: Statement, told: Told) -> frozenset[int]:
    """Give the words of a statement that a "while" sets beside another: "Chad said it was hit, while Sudan said".

    Returns:
        Positions of the tokens of its clause; nothing where no such word leads to it.
    """
    cue = told.scene.cue_token(statement)
    if cue is None or cue.dep_ != "advcl" or not any(c.lower_ in _BESIDE and c.i < cue.i for c in cue.children):
        return frozenset()
    return frozenset(t.i for t in cue.subtree)


def _is_named_by(person: Actor, statement: Statement, told: Told) -> bool:
    """Tell whether a speaker is called after a person, for whom he speaks: "the Sanders campaign"."""
    span = statement.speaker_span
    last = person.name.rpartition(" ")[2]
    if person.kind != "person" or span is None or len(last) < 3:
        return False
    words = told.scene.report.text[slice(*span)].replace("’", "'").removesuffix("'s").split()
    return any(word.removesuffix("'s") == last for word in words[:-1])


def are_of_two_persons(one: Statement, other: Statement, told: Told) -> bool:
    """Tell whether statements are of two speakers, one a person: he need not be of the country he seems of."""
    a, b = (told.scene.actors.get(s.speaker or "") for s in (one, other))
    if a is None or b is None or _is_named_by(a, other, told) or _is_named_by(b, one, told):
        return False
    return a.id != b.id and "person" in {a.kind, b.kind}


def _are_of_different_words(one: Statement, other: Statement, told: Told) -> bool:
    """Tell whether speakers whose words lead to no actor are two: a pronoun may be anybody."""
    if one.speaker_span is None or other.speaker_span is None or one.speaker_span == other.speaker_span:
        return False
    words = [told.scene.report.text[slice(*span)].lower() for span in (one.speaker_span, other.speaker_span)]
    return words[0] != words[1] and not (one.speaker is None and other.speaker is None and _PRONOUNS & set(words))


def _relaying(statement: Statement, told: Told) -> frozenset[str]:
    """Give who passes on a statement: one may deny what another says that he said."""
    parent = told.scene.statements.get(statement.parent or "")
    others = (*statement.via, *((parent.speaker,) if parent is not None and parent.speaker else ()))
    return frozenset(others) - {statement.speaker or ""}


def _leaves_open(statement: Statement, tokens: Sequence[Token], told: Told) -> bool:
    """Tell whether a statement commits to nothing: "could not confirm the report", "declined to comment"."""
    cue = told.scene.doc.char_span(*statement.cue.span, alignment_mode="expand") if statement.cue else None
    top = next((t for t in tokens if t.pos_ == "VERB" and t.dep_ in _TOPS), None)
    if top is not None and top.tag_ == "VBG" and top.lemma_ in _CHECKING:
        return True
    words = {t.lemma_.lower() for t in (*tokens, *(cue or ()))}
    lows = {t.lower_ for t in (*tokens, *(cue or ()))} | words
    if bool(words & _OPEN) and bool(lows & (NEGATIVE | _DECLINING)):
        return True
    of_cue = {low for t in cue or () for low in (t.lemma_.lower(), t.lower_)}
    return "deny" in words and bool(of_cue & (NEGATIVE | _DECLINING))


def _is_government(actor: Actor) -> bool:
    return actor.kind == "state" or actor.sector == "GOV"


def _denied(statement: Statement, tokens: Sequence[Token], roots: frozenset[str], told: Told) -> frozenset[str]:
    """Give the roots that a statement denies: all under a word of denying, else those that a negative word governs."""
    row = told.scene.row_of(statement)
    if statement.act in WISHING:
        return frozenset()
    test = inside(statement)
    negated = frozenset(root for t in tokens if (root := root_of(t)) and _is_negated(t) and _is_firm(t, test))
    negated |= _disclaimed(tokens)
    part = {root_of(t) for t in tokens if t.dep_ == "pobj" and judge(t, is_inside=test).is_part}
    is_denying = row is not None and row.commitment == "denies" and not _turns_down_a_wish(row.lemma, tokens)
    if is_denying and len(tokens) <= _MOST:
        return roots - part
    return negated - part


def turns_down_a_wish(statement: Statement, told: Told) -> bool:
    """Tell whether what is rejected was asked for or planned, and not said to be so: "rejected the call for talks"."""
    row = told.scene.row_of(statement)
    if row is None or row.commitment != "denies":
        return False
    test = inside(statement)
    tops = (t for t in told.tokens(statement) if not test(t.head) and t.dep_ in {"dobj", "nsubjpass"})
    return any(t.lemma_.lower() in denial_words()["wish"] for t in tops)


def refusing_wishes(told: Told) -> frozenset[str]:
    """Give the ids of the statements that only refuse what was asked for or planned."""
    return frozenset(s.id for s in told.scene.statements.values() if turns_down_a_wish(s, told))


def _turns_down_a_wish(cue: str, tokens: Sequence[Token]) -> bool:
    """Tell whether what is rejected is no claim but a thing wanted: "rejected the goal of starting talks"."""
    if cue not in _REJECTING:
        return False
    top = next((t for t in tokens if t.dep_ in {"dobj", "nsubjpass"}), None)
    return top is not None and top.pos_ == "NOUN" and top.lemma_.lower() not in denial_words()["claim"] | _IDEAS


def is_disclaiming(tokens: Sequence[Token]) -> bool:
    """Tell whether somebody says that he had no part in something: "had nothing to do with", "was not involved in"."""
    part = denial_words()["part"] | {"hand"}
    if _disclaimed(tokens):
        return True
    for token in tokens:
        lemma = token.lemma_.lower()
        is_part = token.pos_ == "NOUN" and lemma in part
        if is_part and any(c.lower_ in {"no", "any"} for c in token.children):
            return True
        is_behind = lemma in _TAKING_PART or (token.lower_ == "behind" and token.head.lemma_ == "be")
        if is_behind and any(c.dep_ == "neg" for t in (token, token.head) for c in t.children):
            return True
    return False


def _disclaimed(tokens: Sequence[Token]) -> frozenset[str]:
    """Give the roots of what somebody says he had nothing to do with."""
    lows = [t.lower_ for t in tokens]
    ends = (i + 4 for i in range(len(lows)) if lows[i : i + 4] == ["nothing", "to", "do", "with"])
    return frozenset(root for end in ends for t in tokens[end:] if (root := root_of(t)))


def _is_firm(token: Token, test: Callable[[Token], bool]) -> bool:
    """Tell whether what a word tells is said to be so or not so: "to ensure that it does not attack" says neither."""
    judged = judge(token, is_inside=test)
    return judged.certainty in {"certain", "probable"} and judged.tense in {"past", "present"}


def _kinds_of(tokens: Sequence[Token]) -> frozenset[str]:
    """Give the types of the deeds that a few words say there were none of."""
    if len(tokens) > _FEW + _STEM:
        return frozenset()
    nouns = (t for t in tokens if t.pos_ == "NOUN" and any(c.lower_ == "no" for c in t.children))
    return frozenset(entry.row.type for noun in nouns for entry in entries_for(noun))


def _is_negated(token: Token) -> bool:
    """Tell whether a word is denied: "was not shot", "no kidnapping", "nobody was beaten", "was not a massacre"."""
    governing = token.head if token.dep_ in {"attr", "dobj", "acomp"} else None
    for word in (token, governing) if governing is not None else (token,):
        if any(c.tag_ == "MD" and c.lower_ != "could" for c in word.children):
            return False
        if any(c.dep_ == "neg" or c.lower_ in {"no", "never"} for c in word.children):
            return True
    parties = (c for c in token.children if c.dep_ in {"nsubj", "nsubjpass", "dobj"})
    return any(c.lower_ in NOBODY or any(g.lower_ == "no" for g in c.children) for c in parties)


def _points(statement: Statement, tokens: Sequence[Token], told: Told) -> bool:
    """Tell whether a denial only points at what was said before."""
    words = [t for t in tokens if t.is_alpha]
    if len(words) > 1 and words[0].pos_ == "SCONJ" and words[1].pos_ == "PRON":
        words = words[1:]
    if not words or len(words) > _FEW + _STEM:
        return False
    named = denial_words()
    false = named["false"] | named["lie"] | _LYING
    is_false = any(t.lemma_.lower() in false or t.lower_ in false for t in words)
    row = told.scene.row_of(statement)
    is_denying = statement.act == "deny" or (row is not None and row.commitment == "denies")
    is_negative = any(t.lower_ in NEGATIVE for t in words)
    about_words = any(t.lemma_.lower() in named["claim"] | {"finding"} and _is_known(t) for t in words)
    is_short = (
        words[0].lower_ in _POINTING and len(words) <= _FEW and not any(_tells_of_its_own(t, false) for t in words)
    )
    if about_words:
        return is_denying or is_false
    return is_short and (is_false or (is_denying and (len(words) == 1 or is_negative)))


def _tells_of_its_own(word: Token, false: frozenset[str]) -> bool:
    """Tell whether a word says more than "that did not happen" and "we did not"."""
    if word.lemma_.lower() in false | _EMPTY:
        return False
    return word.pos_ in {"NOUN", "PROPN"} or (word.pos_ == "VERB" and word.lemma_ not in _EMPTY)


def _is_known(noun: Token) -> bool:
    """Tell whether a noun such as "charge" points at what was said: "these claims", and not "a US statement"."""
    if noun.dep_ not in _HEADS or any(
        c.dep_ in {"acl", "relcl"} or c.ent_type_ in {"GPE", "NORP", "ORG"} for c in noun.children
    ):
        return False
    return any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in noun.children) or noun.tag_ == "NNS"
