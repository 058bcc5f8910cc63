"""Pronouns, "the minister", "both sides": what they lead to, where the report makes it plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from melian.coding.actors.cast import Member
from melian.coding.actors.roles import read_role
from melian.knowledge.cues import cues_by_lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSON_PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER_PRONOUNS = frozenset("i me my mine myself we us our ours ourselves".split())
PAIR_NOUNS = frozenset(
    (
        "side country nation party leader minister president state power neighbour neighbor counterpart diplomat "
        "official government ally rival man capital foe army navy delegation ministry adviser advisor service force "
        "coastguard team negotiator envoy premier authority parliament commander"
    ).split()
)
COUNTRY_NOUNS = frozenset("country nation kingdom republic state regime sultanate emirate".split())
SEVERAL_NOUNS = frozenset("man woman pair two three trio duo couple".split())
"""Nouns for persons of whom the report has told more before."""
BODY_NOUNS = frozenset(
    "group grouping organisation organization movement militia bloc alliance agency body company party network".split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_PERSON_PAIRS = frozenset({"leader", "minister", "president", "counterpart", "diplomat", "official", "man"})
_COLLECTIVES = frozenset(
    (
        "family people population public crowd community electorate household couple pair staff audience diaspora "
        "citizenry nation youth majority minority"
    ).split()
)
_ASKING = frozenset({"demand", "ask", "urge", "request", "require", "order"})
_GRANTED = frozenset({"be", "can", "could", "may", "might"})
"""What stands in a clause of what somebody asks for himself: "they asked that they be heard", "if they could stay"."""
_OF_VERB = frozenset({"advcl", "conj", "xcomp", "pcomp", "prep", "acl"})
_FAR = 3
_REACH = 200
"""Tokens before a pronoun in which a thing is looked for: a sentence may be as long as a report."""
_DEEDS_OF_ACTORS = frozenset("summon launch send withdraw deploy arrest release fire".split())
"""What actors do, and hardly things, beside all that they say."""
_STANDING = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "ROOT", "appos"})
_NO_THINGS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "PERSON", "GPE", "NORP"})
_ADVERBIALS = frozenset("day week month year time way hour morning night evening case fact order part end".split())


class Trace(msgspec.Struct, frozen=True):
    """One earlier mention, as pronouns look back at it.

    Attributes:
        token: Its head.
        sentence: Number of its sentence.
        member: Whom it leads to.
        is_subject: It is the subject of its clause.
        is_quoted: It stands inside a quotation.
        is_main: It is the subject of its sentence's main clause.
    """

    token: int
    sentence: int
    member: Member
    is_subject: bool
    is_quoted: bool
    is_main: bool = False


def is_main_subject(token: Token) -> bool:
    """Tell whether a head is the subject of its sentence's main clause."""
    verb = _first_of(token).head
    return is_subject(token) and (verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT"))


def is_subject(token: Token) -> bool:
    """Tell whether a head, or the phrase it is joined to, is a subject."""
    first = _first_of(token)
    return first.dep_ in _SUBJECTS or _is_taken_for_root(first)


def _is_taken_for_root(token: Token) -> bool:
    """Tell whether the parser hung a sentence on its subject: "Tanzania, which borders both, offered to mediate"."""
    return token.dep_ == "ROOT" and token.pos_ in {"NOUN", "PROPN"} and any(c.dep_ == "acl" for c in token.children)


def _first_of(token: Token) -> Token:
    """Climb to the head of the phrase that a head is joined to, or stands in."""
    while token.dep_ in {"conj", "appos", "compound", "nmod"} and token.head != token:
        token = token.head
    return token


def is_expletive(token: Token) -> bool:
    """Tell whether "it" stands for nothing: "it is important to", "it seems that"."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if token.dep_ == "expl":
        return True
    clausal = any(c.dep_ in {"ccomp", "xcomp", "csubj", "advcl"} for c in verb.children)
    described = any(c.dep_ in {"acomp", "attr"} for c in verb.children)
    return verb.lemma_ in {"be", "seem", "appear", "remain", "become"} and (clausal or described)


def resolve_pronoun(
    token: Token, sentence: int, traces: Sequence[Trace], *, avoid: Iterable[str] = ()
) -> Member | None:
    """Find whom a pronoun of the third person leads to; None where that stays open.

    Args:
        token: The pronoun.
        sentence: Number of its sentence.
        traces: Earlier mentions, in order.
        avoid: Keys of members that it can't be.
    """
    word = token.lower_
    gender = PERSON_PRONOUNS.get(word)
    if word == "it" and _takes_up_thing(token, traces):
        return None
    excluded = {*avoid, *_own_clause(token, traces), *_told_by_relative(token, traces), *_asking(token, traces)}
    best: tuple[float, Member] | None = None
    for back, trace in enumerate(reversed(traces)):
        distance = sentence - trace.sentence
        if distance > _FAR or back > 60:
            break
        member = trace.member
        if member.key in excluded or not _fits(member, word, gender):
            continue
        score = (
            -2.0 * distance
            - 0.15 * back
            + (3.0 if trace.is_subject else 0.0)
            + 1.5 * trace.is_main
            - (2.0 if trace.is_quoted else 0.0)
        )
        if word in THING_PRONOUNS and distance == 0:
            score = (0.0 if trace.is_quoted else 4.0) - 0.3 * back
        if word in PLURAL_PRONOUNS and (member.is_plural or member.kind == "group"):
            score += 0.5
        if best is None or score > best[0]:
            best = (score, member)
    may_be_thing = gender is None and not _is_somebody(token)
    if best is None or (may_be_thing and _rival(token, sentence, traces) > best[0]):
        return None
    return best[1]


def _is_somebody(token: Token) -> bool:
    """Tell whether a pronoun stands for an actor by what it does or has: "it said", "its spokesman"."""
    over = token.head
    if token.dep_ == "poss":
        return read_role([over.lower_], over.lemma_.lower()) is not None
    lemma = over.lemma_.lower()
    return token.dep_ in _SUBJECTS and ((lemma, "v") in cues_by_lemma() or lemma in _DEEDS_OF_ACTORS)


def _rival(token: Token, sentence: int, traces: Sequence[Trace]) -> float:
    """Give the score of the likeliest noun that is no actor: what "it" and "they" stand for most often.

    Args:
        token: The pronoun.
        sentence: Number of its sentence.
        traces: Earlier mentions, in order.
    """
    is_plural = token.lower_ in PLURAL_PRONOUNS
    doc, here, first = token.doc, token.sent, _first_near(token)
    actors = {trace.token for trace in traces[-60:]}
    excluded = {token.head.i, *(t.i for t in token.head.ancestors if t.pos_ in {"NOUN", "PROPN"})}
    best = -99.0
    back = 0
    for i in range(token.i - 1, first - 1, -1):
        noun = doc[i]
        if i in actors:
            back += 1
            continue
        if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ not in _STANDING or i in excluded:
            continue
        if (noun.tag_ in {"NNS", "NNPS"}) != is_plural or noun.ent_type_ in _NO_THINGS or noun.lemma_ in _ADVERBIALS:
            continue
        is_here = i >= here.start
        score = -2.0 * (not is_here) - 0.15 * back + 3.0 * is_subject(noun) + 1.5 * is_main_subject(noun)
        if not is_plural and is_here:
            score = 4.0 - 0.3 * back
        best = max(best, score)
    return best


def _first_near(token: Token) -> int:
    """Give where the sentence before a pronoun's own begins, however long they are."""
    start = token.sent.start
    first = token.doc[start - 1].sent.start if start else 0
    return max(first, token.i - _REACH)


def _takes_up_thing(token: Token, traces: Sequence[Trace]) -> bool:
    """Tell whether an object takes up the last one, which is no actor: "bombed the town. Sudan denied bombing it"."""
    if token.dep_ != "dobj":
        return False
    before = (token.doc[i] for i in range(token.i - 1, _first_near(token) - 1, -1))
    last = next((t for t in before if t.dep_ in {"dobj", "nsubjpass"} and t.pos_ in {"NOUN", "PROPN", "PRON"}), None)
    return last is not None and last.pos_ == "NOUN" and all(trace.token != last.i for trace in traces[-60:])


def _own_clause(token: Token, traces: Sequence[Trace]) -> set[str]:
    """Give the subject of the pronoun's own verb, which an object pronoun can't be."""
    if token.dep_ not in {"dobj", "pobj", "dative", "iobj"} or token.lower_.endswith(("self", "selves")):
        return set()
    verb = token.head
    while verb.pos_ == "ADP" and verb.head != verb:
        verb = verb.head
    own = _subjects_over(verb, traces)
    countries = {member.country for member in own if member.country is not None and member.kind != "person"}
    # "The navy had turned it away": nor is it the navy's state.
    states = (trace.member for trace in traces[-12:] if token.lower_ in THING_PRONOUNS and trace.member.kind == "state")
    return {member.key for member in own} | {member.key for member in states if member.country in countries}


def _told_by_relative(token: Token, traces: Sequence[Trace]) -> set[str]:
    """Give what a subject's clause hangs on, which "which" stands for and "it" can't: "the province, which it said"."""
    if token.dep_ not in _SUBJECTS:
        return set()
    verb = token.head
    while verb.dep_ in {"ccomp", "conj", "parataxis"} and verb.head != verb:
        verb = verb.head
    if verb.dep_ != "relcl" or not any(t.tag_ in {"WDT", "WP"} for t in verb.subtree if t.i < token.i):
        return set()
    return {trace.member.key for trace in traces[-12:] if verb.head.left_edge.i <= trace.token <= verb.head.i}


def _subjects_over(verb: Token, traces: Sequence[Trace]) -> list[Member]:
    """Give the subjects of a verb, or of the one that lends it its own: "wrote to him, pleading with him"."""
    while verb.dep_ in _OF_VERB and verb.head.i != verb.i and not any(c.dep_ in _SUBJECTS for c in verb.children):
        verb = verb.head
    subjects = {child.i for child in verb.children if child.dep_ in _SUBJECTS}
    return [trace.member for trace in traces[-12:] if trace.token in subjects]


def _asking(token: Token, traces: Sequence[Trace]) -> set[str]:
    """Give who asks for what a subject shall do, whom the subject can't be: "Oslo demanded that they withdraw"."""
    verb = token.head
    asked = verb.head
    is_asked = token.dep_ == "nsubj" and verb.dep_ == "ccomp" and asked.lemma_ in _ASKING
    if not is_asked or any(c.dep_ in {"nsubjpass", "auxpass"} or c.lower_ in _GRANTED for c in verb.children):
        return set()
    own = _subjects_over(asked, traces)
    countries = {member.country for member in own if member.country is not None}
    return {m.key for m in (*own, *(t.member for t in traces[-60:])) if m in own or m.country in countries}


def _fits(member: Member, word: str, gender: str | None) -> bool:
    if gender is not None:
        if member.is_plural or not (member.kind in {"person", "office"} or _is_one_human(member)):
            return False
        return member.gender is None or member.gender == gender
    if word in THING_PRONOUNS:
        return member.kind in {"state", "organisation"} or (member.kind == "group" and not member.is_plural)
    return member.kind in {"state", "organisation", "group", "population"} or member.is_plural


def _is_one_human(member: Member) -> bool:
    """Tell whether somebody of the population is one person: "a cousin", "the widow", and not "the family"."""
    return member.kind == "population" and member.unnamed and member.lemma not in _COLLECTIVES


def find_persons_pair(noun: str, traces: Sequence[Trace], sentence: int) -> tuple[Member, Member] | None:
    """Find the two persons that "the two ministers" are.

    Args:
        noun: Lemma of the noun.
        traces: Earlier mentions, in order.
        sentence: Number of the sentence.

    Returns:
        The last two of different countries; None where the noun is not one for persons, or there are no two.
    """
    if noun in _PERSON_PAIRS:
        found: list[Member] = []
        for trace in reversed(traces):
            member = trace.member
            if sentence - trace.sentence > 6:
                break
            has_counterpart = bool(found) and found[0].lemma == "counterpart"  # Whose country may be told later.
            if member.kind not in {"person", "office"} or (member.country is None and not has_counterpart):
                continue
            if all(member.country != other.country for other in found):
                found.append(member)
            if len(found) == 2:
                return found[1], found[0]
    return None


def find_country_pair(
    traces: Sequence[Trace], sentence: int, *, is_near: bool = False, but: str | None = None
) -> tuple[str, str] | None:
    """Find the two countries that "the two countries" and "both sides" are; None where it is not plain.

    They are those of this sentence or the one before, where there are just two, or else the two met most so far.

    Args:
        traces: Earlier mentions, in order.
        sentence: Number of the sentence.
        is_near: Only this sentence and the one before count ("both agreed").
        but: The country that speaks to both, and is neither.
    """
    for back in (0, 1):
        near = list(
            dict.fromkeys(
                t.member.country
                for t in traces[-60:]
                if sentence - back <= t.sentence <= sentence
                and t.member.country not in {None, but}
                and t.member.kind != "population"
            )
        )
        if len(near) == 2:
            return near[0], near[1]
        if len(near) > 2:
            break
    if is_near:
        return None
    counted: Counter[str] = Counter()
    for trace in traces:
        if trace.member.country not in {None, but}:
            counted[trace.member.country] += 2 if trace.is_subject else 1
    top = [country for country, count in counted.most_common(2) if count > 1]
    return (top[0], top[1]) if len(top) == 2 else None
