"""Role phrases to members of the cast: "Turkish jets", "its warplanes", "the minister", "police in Lyon"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.coding.actors.cast import Member
from melian.coding.actors.coreference import BODY_NOUNS, COUNTRY_NOUNS
from melian.coding.actors.persons_offices import person_with_office
from melian.coding.actors.phrases import RolePhrase
from melian.coding.actors.roles import COUNT_WORDS
from melian.coding.actors.scene import LOCATIVE, STATE_SECTORS, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_COUNTING = frozenset({"det", "predet", "poss", "case", "nummod", "quantmod", "advmod"})
_HOME_KINDS = frozenset("GOV MIL COP LEG JUD CVL SPY OPP LAB EDU REB CRM PTY MED REL REF".split())


def member_of(scene: Scene, phrase: RolePhrase, token: Token, number: int) -> Member | None:
    """Lead a role phrase to its actor: a person in apposition, one met before, or a new one; None for a mere word."""
    doc = scene.doc
    for near in (*token.children, token.head):
        if near.dep_ == "appos" or token.dep_ == "appos":
            person = scene.people.get(near.i)
            if person is not None:
                return scene.cast.add(Member(f"person:{person.full}", person.full, "person", rule="name of a person"))
    if phrase.owner and phrase.owner.form == "organisation" and phrase.reading.name in BODY_NOUNS:
        return scene.cast.state(phrase.owner)
    owner = _owner_member(scene, phrase)
    country = phrase.owner.country if phrase.owner else owner.country if owner else None
    sector = phrase.sector
    is_theirs = phrase.is_plural and sector in {None, "CVL"}
    if owner is not None and not phrase.reading.is_force and (owner.kind in {"organisation", "group"} or is_theirs):
        # "its members" are of its sector, and a commander's "men" of his.
        sector = owner.sector or sector
    if phrase.reading.kind == "organisation" and phrase.reading.sector is None and not (phrase.owner or owner):
        return None
    if country is None and phrase.is_definite and phrase.is_bare and phrase.owner_token is None:
        same = next(
            (
                t.member
                for t in reversed(scene.traces)
                if number - t.sentence <= 8 and t.member.lemma == phrase.reading.name and t.member.lemma
            ),
            None,
        )
        if same is not None:
            return same
    if country is not None and phrase.is_definite:
        known = next((t.member for t in reversed(scene.traces[-40:]) if _is_again(t.member, phrase, country)), None)
        if known is not None:
            return known
    if phrase.reading.office and not phrase.is_plural and phrase.is_definite | (country is not None):
        holder = person_with_office(scene, phrase, country, number)
        if holder is not None:
            return holder
    if country is None:
        country = _context_country(scene, phrase, token)
    owner_name = phrase.owner.name if phrase.owner and phrase.owner.form in {"organisation", "seat"} else ""
    number_word = "plural" if phrase.is_plural else "former" if phrase.is_former else ""
    key = f"role:{country or ''}:{sector or ''}:{owner_name}:{phrase.reading.name}:{number_word}"
    if phrase.is_indefinite and phrase.reading.kind == "office":
        # Two officials without a name are two: "a Turkish official" here is not the one there.
        key += f":{sum(k.startswith(key) for k in scene.cast.members)}"
    first = phrase.start
    while first < token.i and (
        doc[first].dep_ in _COUNTING
        or doc[first].head.dep_ in {"nummod", "quantmod"}
        or doc[first].lower_ in COUNT_WORDS
    ):
        first += 1
    rows = [phrase.reading.row, *([phrase.owner.row] if phrase.owner else [])]
    return scene.cast.add(
        Member(
            key, _full_name(token, first, phrase), phrase.reading.kind, country, "ELI" if phrase.is_former else sector,
            phrase.reading.office, unnamed=True, is_plural=phrase.is_plural, lemma=phrase.reading.name, rule="role",
            rows=rows, gender=_gender(token),
        )
    )  # fmt: skip


def _is_again(member: Member, phrase: RolePhrase, country: str) -> bool:
    """Tell whether "the Russian pilot" is a Russian pilot met before."""
    same = member.lemma == phrase.reading.name and member.country == country
    return same and member.is_plural == phrase.is_plural


def _gender(token: Token) -> str | None:
    """Give the gender that a word for a person tells: "spokeswoman", "chairman", "king"."""
    word = token.lemma_.lower()
    if word.endswith("woman") or word in {"queen", "princess", "mother", "girl", "widow", "wife", "daughter"}:
        return "f"
    male = (word.endswith("man") and word != "human") or word in {
        "king",
        "prince",
        "emir",
        "sultan",
        "pope",
        "imam",
        "husband",
    }
    return "m" if male else None


def _full_name(token: Token, first: int, phrase: RolePhrase) -> str:
    """Give a role phrase with a short of-phrase behind it: "Ministry of National Defence"."""
    end = token.i + 1
    of = token.i + 1 < len(token.doc) and token.nbor(1)
    if of and of.lower_ in {"of", "for"} and of.head.i == token.i and of.right_edge.i - token.i <= 6:
        end = of.right_edge.i + 1
    return token.doc[first:end].text.strip(' \n,;"')


def _owner_member(scene: Scene, phrase: RolePhrase) -> Member | None:
    if phrase.owner_token is None:
        return None
    entry = scene.namings.get(phrase.owner_token)
    return entry[1] if entry else None


def latest_of(scene: Scene, number: int, noun: str) -> Member | None:
    """Find what "the country" or "the group" leads to: of the same word, then a named one, then any of the kind."""
    near = [t.member for t in reversed(scene.traces[-60:]) if number - t.sentence <= 6 and not t.is_quoted]
    if noun in COUNTRY_NOUNS:
        return next((m for m in near if m.kind == "state"), None)
    kinds = {"group"} if noun in {"group", "militia", "movement", "network"} else {"organisation", "group"}
    for wanted in (
        [m for m in near if m.lemma == noun],
        [m for m in near if m.kind in kinds and not m.unnamed],
        [m for m in near if m.kind in kinds and not m.lemma and m.sector != "GOV"],
    ):
        if wanted:
            return wanted[0]
    return None


def _context_country(scene: Scene, phrase: RolePhrase, token: Token) -> str | None:
    """Attach "police" or "protesters" to the country of the place they are said to be in, or of the report's home."""
    if phrase.sector not in _HOME_KINDS:
        return None
    sentence = token.sent
    placed = [t for t in sentence if t.idx in scene.countries_at]
    beside = {scene.countries_at[t.idx] for t in placed if _is_beside(t, token)}
    here = beside or {scene.countries_at[t.idx] for t in placed}
    if len(here) == 1:
        return next(iter(here))
    is_public = phrase.is_definite or phrase.is_plural or phrase.reading.kind == "organisation"
    if scene.is_datelined and is_public and phrase.sector in STATE_SECTORS and not beside:
        return scene.home
    named = {k.country for t in sentence if (m := scene.names.get(t.i)) for k in m.readings[:1] if k.country}
    return scene.home if named <= {scene.home} else None


def _is_beside(place: Token, token: Token) -> bool:
    """Tell whether a place hangs on a phrase or on its verb: "In Tokyo, the government said"."""
    preposition = place.head
    if place.dep_ != "pobj" or preposition.lower_ not in LOCATIVE:
        return False
    return preposition.head.i == token.i or (
        preposition.head.i == token.head.i and token.dep_ in {"nsubj", "nsubjpass"}
    )
