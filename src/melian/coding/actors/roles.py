"""Offices and roles: common nouns that name actors, alone or as titles before a name."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from melian.knowledge.offices import offices, titles
from melian.knowledge.ontology import word_classes
from melian.knowledge.roles import roles
from melian.records import ActorKind, Sector

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FEMALE = frozenset(
    "queen princess mother girl widow wife daughter fiancee fiancée sister aunt niece grandmother".split()
)
_MALE = frozenset(
    "king prince emir sultan pope imam husband father boy son widower fiancé brother uncle nephew grandfather".split()
)
COUNT_WORDS = frozenset(
    (
        "one some many most several dozen hundred thousand million member number group part majority couple handful "
        "all both none each score series wave"
    ).split()
)
"""Words of number and part, which lead to what is counted."""


class RoleReading(msgspec.Struct, frozen=True):
    """What a common noun says of the actor it names.

    Attributes:
        row: The knowledge row, as `table:id`.
        name: The role's name.
        kind: Kind of the actor.
        sector: None where the organisation or the country decides.
        office: The office's name, None for a mere role.
        is_force: A weapons platform or unit that acts for a state.
        rank: Rank of the office, 9 for roles.
        needs: Without what the word means something else: "owner", "name" or "article"; None for nothing.
        not_before: Prepositions before which it means something else.
        country: ISO 3166-1 alpha-3 of the one state that has such an office.
    """

    row: str
    name: str
    kind: ActorKind
    sector: Sector | None
    office: str | None
    is_force: bool
    rank: int = 9
    needs: str | None = None
    not_before: tuple[str, ...] = ()
    country: str | None = None


@cache
def role_words() -> dict[str, RoleReading]:
    """Index offices and roles by their lower-case words, singular forms."""
    found: dict[str, RoleReading] = {}
    for r in roles():
        reading = RoleReading(f"roles:{r.id}", r.id, r.kind, r.sector, None, r.is_force, 9, r.needs, r.not_before)
        for word in (r.id, *r.words):
            found.setdefault(word, reading)
    for word in word_classes()["people"] - COUNT_WORDS:
        found.setdefault(word, RoleReading("word_classes:people", word, "population", "CVL", None, False))
    for o in offices():
        reading = RoleReading(f"offices:{o.id}", o.name, "office", o.sector, o.name, False, o.rank, country=o.country)
        for word in (o.name, *o.words):
            found[word] = reading
    return found


@cache
def role_heads() -> frozenset[str]:
    """Give the last words of all roles, those before "of" and "in", and plurals as a tagger may leave them."""
    plain = [word.replace("-", " ").split() for word in role_words()]
    lasts = {words[-1] for words in plain} | set(role_words())
    firsts = {before for words in plain for before, behind in pairwise(words) if behind in {"of", "in"}}
    return frozenset(lasts | firsts | {f"{word}s" for word in lasts})


@cache
def role_parts() -> frozenset[str]:
    """Give every word that stands in a role: "coast" of "coast guard"."""
    return frozenset(part for word in role_words() for part in word.replace("-", " ").split())


@cache
def longest_role() -> int:
    """Count the words of the longest role."""
    return max(word.count(" ") + word.count("-") + 1 for word in role_words())


@cache
def title_offices() -> dict[str, str | None]:
    """Index titles before names, lower case, by the name of the office they stand for."""
    names = {o.id: o.name for o in offices()}
    return {word.lower(): names.get(t.office) if t.office else None for t in titles() for word in (t.id, *t.names)}


@cache
def title_genders() -> dict[str, str | None]:
    """Index titles before names, lower case, by the gender they tell."""
    return {word.lower(): t.gender for t in titles() for word in (t.id, *t.names)}


RELATIONAL = frozenset(
    (
        "ally partner rival enemy opponent critic counterpart sponsor donor predecessor successor neighbour neighbor "
        "foe adversary supporter guarantor foreigner backer proxy"
    ).split()
)
"""Words for those who stand over against their owner, so that his country is not theirs: "Turkey's allies"."""


PLATFORMS = frozenset(
    (
        "jet warplane bomber warship destroyer frigate corvette submarine gunboat drone missile rocket tank helicopter "
        "artillery squadron fleet"
    ).split()
) | {"fighter jet", "military aircraft", "military plane", "aircraft carrier", "armoured vehicle", "carrier group"}
"""What is of its owner wherever it is, and no human: "the bomber A B" flies none."""


def find_title(doc: Doc, end: int) -> tuple[int, str | None, str | None] | None:
    """Find the title that ends right before a token, with courtesies before it: "Mr", "Lt. Gen.", "H.E. Dr.".

    Args:
        doc: The parse.
        end: The token behind the title.

    Returns:
        First token of the title, the office it stands for and the gender it tells; None where there is none.
    """
    title = _one_title(doc, end)
    while title is not None and (courtesy := _one_title(doc, title[0])) is not None and courtesy[1] is None:
        title = (courtesy[0], title[1], title[2] or courtesy[2])
    return title


def _one_title(doc: Doc, end: int) -> tuple[int, str | None, str | None] | None:
    known = title_offices()
    for size in (4, 3, 2, 1):
        start = end - size
        if start < 0 or not doc[start].text[:1].isupper():
            continue
        if size == 1:
            words = doc[start].lower_
        else:
            parts = [doc[i].lower_ + " " * bool(doc[i].whitespace_) for i in range(start, end)]
            words = "".join(parts).strip()
        if words in known:
            return start, known[words], title_genders()[words]
    return None


def read_role(words: list[str], lemma: str) -> tuple[RoleReading, int] | None:
    """Read the longest role that ends with a noun.

    Args:
        words: Lower-case words of the phrase up to and with the noun, as they stand.
        lemma: The noun's lemma, lower case.

    Returns:
        The reading and how many words it takes; None where the noun names no actor.
    """
    index = role_words()
    for size in range(min(longest_role(), len(words)), 0, -1):
        head = words[-size:]
        # A noun that the tagger takes for a name keeps its plural as its lemma.
        for last in (lemma, head[-1], head[-1].removesuffix("s")):
            key = " ".join([*head[:-1], last]).replace(" 's ", "'s ").replace(" ’s ", "'s ").replace("s ' ", "s' ")
            reading = index.get(key) or index.get(key.replace(" - ", "-")) or index.get(key.replace(" - ", " "))
            if reading:
                return reading, size
    return None


def gender_of(token: Token) -> str | None:
    """Give the gender that a word for a person tells: "spokeswoman", "chairman", "king", "sister"."""
    word = token.lemma_.lower()
    if word.endswith("woman") or word in _FEMALE:
        return "f"
    return "m" if (word.endswith("man") and word != "human") or word in _MALE else None
