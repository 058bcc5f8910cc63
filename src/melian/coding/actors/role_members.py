"""Role phrases to members of the cast: "Turkish jets", "its warplanes", "the minister", "police in Lyon"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from melian.coding.actors.cast import Member
from melian.coding.actors.coreference import BODY_NOUNS
from melian.coding.actors.earlier_mentions import first_called, same_before, speaking_before
from melian.coding.actors.homes import country_behind
from melian.coding.actors.introductions import introduced_body, introducing_role
from melian.coding.actors.memberships import is_body, member_state, owning_body
from melian.coding.actors.owners import ABROAD, HOSTED, is_abroad
from melian.coding.actors.people import PersonName
from melian.coding.actors.persons_offices import find_counterpart, person_with_office
from melian.coding.actors.phrases import RolePhrase, is_hyphened
from melian.coding.actors.roles import COUNT_WORDS, PLATFORMS, RELATIONAL, find_title, gender_of, read_role
from melian.coding.actors.scene import LOCATIVE, STATE_SECTORS, Scene
from melian.coding.actors.struck import is_struck_by
from melian.coding.actors.tabled import known_person

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COUNTING = frozenset({"det", "predet", "poss", "case", "nummod", "quantmod", "advmod"})
_APPOSED = 10
_CLOSE = 2
_TOLD_OF = 200
"""Mentions back to which it is looked whether a report tells of soldiers."""
_SIDES = frozenset({"supporter", "critic", "opponent", "predecessor", "successor"})
_OF_PLACES = frozenset({"in", "of", "from", "at", "near", "around", "outside"})
_KIN = "widow"
"""The role of all kin: a cousin is no husband, though their row is one."""
_MEETINGS = frozenset("talk meeting summit conference negotiation forum congress dialogue consultation".split())
_CLOSING = frozenset({"VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"})
_LED, _LEADERS = frozenset({"loyal", "led", "headed", "commanded"}), frozenset({"to", "by"})
_FOLLOWERS = frozenset({"man", "member", "follower", "people"})
_BESIDE = frozenset({"UAF", "PRM", "SOC", "JRN", "BUS", "NGO"})
"""Sectors of those who are of a place only where they are said to be in it, right behind the word."""
_HOME_KINDS = frozenset("AGR GOV MIL COP LEG JUD CVL SPY OPP LAB EDU REB CRM PTY MED REL REF".split())


def member_of(scene: Scene, phrase: RolePhrase, token: Token, number: int) -> Member | None:
    """Lead a role phrase to its actor: a person in apposition, one met before, or a new one; None for a mere word."""
    doc = scene.doc
    person = _apposed_person(scene, phrase, token)
    if person is not None:
        return scene.cast.add(Member(f"person:{person.full}", person.full, "person", rule="name of a person"))
    body = introduced_body(scene.names, doc, token) if phrase.reading.kind in {"organisation", "group"} else None
    if body is not None:
        return scene.cast.state(body)
    if phrase.owner and phrase.owner.form == "organisation" and phrase.reading.name in BODY_NOUNS:
        return scene.cast.state(phrase.owner)
    state = member_state(scene, phrase, token, number)
    if state is not None:
        return state
    owner = _owner_member(scene, phrase, token) or owning_body(scene, phrase, token, number)
    if is_thing(token, phrase, owner, scene):
        return None
    country, sector = phrase.country, phrase.sector
    noun = token.lemma_.lower() if phrase.reading.name == _KIN else phrase.reading.name
    is_relational = phrase.reading.name in RELATIONAL
    if is_relational and phrase.owner is not None and phrase.owner.form != "adjective" and phrase.owner_token is None:
        # "Turkey's allies" are of other countries; "his counterpart from Turkey" is Turkish.
        country = None
    if country is None and owner is not None and (not is_relational or _is_of_side(phrase, owner)):
        country = owner.country
    if phrase.reading.name == "officer" and owner is None and phrase.owner is None and _knows_only_police(scene):
        sector = "COP"
    is_theirs = phrase.is_plural and (sector is None or phrase.reading.name in _FOLLOWERS) and not is_relational
    is_named = phrase.owner is not None and phrase.owner.form == "organisation"  # "the EU's Isis fighters" are Isis's.
    if (
        owner is not None
        and not (is_named or phrase.reading.is_force)
        and (owner.kind in {"organisation", "group"} or is_theirs)
    ):
        # "its members" are of its sector, and a commander's "men" of his.
        sector = (None if is_relational else owner.sector) or sector
    if phrase.reading.kind == "organisation" and phrase.reading.sector is None and not (phrase.owner or owner):
        return None
    if country is None and phrase.is_definite and phrase.is_bare and phrase.owner_token is None:
        is_title = token.text[:1].isupper() and phrase.reading.kind == "organisation"
        same = (first_called(scene, noun) if is_title else None) or same_before(scene, noun, number)
        if same is not None:
            return _called_so(scene, phrase, token, number, same) or same
    if country is not None and phrase.is_definite:
        known = next(
            (t.member for t in reversed(scene.traces[-40:]) if _is_again(t.member, phrase, noun, country)), None
        )
        if known is not None:
            return known
    is_titled = phrase.reading.office or phrase.reading.kind == "office"
    # "Prime Minister also sent letters": a title in capitals without an article is as good as a name.
    is_called = phrase.is_definite or (token.text[:1].isupper() and not phrase.is_indefinite)
    if is_titled and not phrase.is_plural and is_called | (country is not None):
        holder = person_with_office(scene, phrase, country, number, token.lemma_.lower() if phrase.is_bare else "")
        if holder is not None:
            return holder
    if country is None and phrase.is_definite and not phrase.is_plural and phrase.owner_token is None:
        spoke = speaking_before(scene, phrase, token, number)
        if spoke is not None:
            return spoke
    if country is None and not is_relational and phrase.owner_token is None:
        country = _context_country(scene, phrase, token, number)
    owner_name = phrase.owner.name if phrase.owner and phrase.owner.form in {"organisation", "seat"} else ""
    over = owner if owner is not None and phrase.owner is None and is_body(owner) else None
    body_name = over.name if over is not None else ""
    number_word = "plural" if phrase.is_plural else "former" if phrase.is_former else ""
    key = f"role:{country or ''}:{sector or ''}:{owner_name or body_name}:{noun}:{number_word}"
    first = _behind_counts(doc, phrase.start, token.i)
    marks = _marks(scene, first, token)
    if marks and country is None and not owner_name:
        key += f":{marks}"
    if phrase.is_indefinite and phrase.reading.kind == "office":
        # Two officials without a name are two: "a Turkish official" here is not the one there.
        key += f":{sum(k.startswith(key) for k in scene.cast.members)}"
    office = phrase.reading.office
    if phrase.reading.name == "counterpart" and not phrase.is_plural:
        met = find_counterpart(scene.traces, country, number)
        office, sector = (met.office, met.sector) if met else (None, sector)
    rows = [phrase.reading.row, *([phrase.owner.row] if phrase.owner else []), *(over.rows if over else [])]
    name = f"{body_name} {_full_name(token, first, phrase)}".strip()
    return scene.cast.add(
        Member(
            key, name, phrase.reading.kind, country, "ELI" if phrase.is_former else sector,
            office, unnamed=True, is_plural=phrase.is_plural, lemma=noun, rule="role",
            rows=rows, gender=gender_of(token), is_foreign=phrase.is_foreign, is_force=phrase.reading.is_force,
        )
    )  # fmt: skip


def _knows_only_police(scene: Scene) -> bool:
    """Tell whether the report has told of police and of no soldiers of late: its officers are police."""
    sectors = {trace.member.sector for trace in scene.traces[-_TOLD_OF:]}
    return "COP" in sectors and "MIL" not in sectors


def _is_of_side(phrase: RolePhrase, owner: Member) -> bool:
    """Tell whether those for or against somebody are of his country: a politician's supporters, and not his allies."""
    return owner.kind == "person" and phrase.reading.name in _SIDES


def _called_so(scene: Scene, phrase: RolePhrase, token: Token, number: int, other: Member) -> Member | None:
    """Find the person called by a word that another of the same office is not: "the secretary of state"."""
    word = token.lemma_.lower()
    if phrase.is_plural or phrase.reading.office is None or word in other.name.lower():
        return None
    holder = person_with_office(scene, phrase, None, number)
    return holder if holder is not None and word in holder.called else None


def _apposed_person(scene: Scene, phrase: RolePhrase, token: Token) -> PersonName | None:
    """Find the person whom a role phrase introduces: "a spokesman for the army, Colonel A B, said"."""
    if phrase.reading.kind in {"organisation", "group"} or phrase.is_plural:
        return None
    if _is_served(token):
        return None
    over = token.head
    while over.dep_ == "appos" and over.i not in scene.people:
        over = over.head  # "A B, Senior Minister, Minister of Trade,"
    for near in (*token.children, over):
        if (near.dep_ == "appos" or token.dep_ == "appos") and near.i in scene.people:
            return scene.people[near.i]
    doc = token.doc
    behind = (scene.people[i] for i in range(token.i + 2, min(token.i + _APPOSED + 1, len(doc))) if i in scene.people)
    first = next(behind, None)
    if first is not None and introducing_role(doc, first) == token:
        return first
    comma = token.i + 1
    while comma < min(token.i + _APPOSED, len(doc)) and doc[comma].pos_ not in _CLOSING:
        comma += 1
    if comma + 1 >= len(doc) or doc[comma].text != ",":
        return None
    person = next((scene.people[i] for i in range(comma + 1, min(comma + 5, len(doc))) if i in scene.people), None)
    if person is None or not (person.end >= len(doc) or doc[person.end].text in {",", ".", ")"}):
        return None
    title = find_title(doc, person.start)
    return person if (title[0] if title else person.start) == comma + 1 else None


def _is_served(token: Token) -> bool:
    """Tell whether an office is but whom another serves, who is named behind: "the aide to the president, A B,"."""
    if token.dep_ != "pobj" or token.head.lower_ not in {"to", "of", "for"}:
        return False
    over = token.head.head
    read = read_role([over.lower_], over.lemma_.lower()) if over.pos_ in {"NOUN", "PROPN"} else None
    return read is not None and read[0].kind == "office" and read[0].name not in RELATIONAL


def is_thing(token: Token, phrase: RolePhrase, owner: Member | None, scene: Scene) -> bool:
    """Tell whether a role word means no actor here: "in court", "the side of the road", "a party to the treaty"."""
    doc = token.doc
    reading = phrase.reading
    behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if behind is not None and behind.text == "-" and not token.whitespace_ and not is_hyphened(token):
        return True
    if token.i and doc[token.i - 1].text == "-" and not doc[token.i - 1].whitespace_ and token.i - 1 < phrase.start:
        return True
    if reading.not_before and behind is not None and behind.lower_ in reading.not_before and phrase.owner is None:
        return True
    if reading.office == "speaker of parliament" and phrase.owner is None:
        # Who speaks at a meeting is no speaker of parliament.
        return phrase.end - phrase.start < 3 and not phrase.is_definite
    if reading.needs is None:
        return False
    if reading.needs == "name":
        return phrase.owner is None and (owner is None or owner.kind == "person")
    if reading.needs == "owner":
        has_of = behind is not None and behind.lower_ in {"of", "for"} and behind.head.i == token.i
        has_noun = any(c.dep_ in {"compound", "nmod"} for c in token.lefts)
        return not (phrase.owner or has_of or has_noun or (owner is not None and owner.kind != "person"))
    is_bare = phrase.start == token.i and not phrase.is_plural
    return is_bare and token.dep_ not in {"nsubj", "nsubjpass", "ROOT"}


def _behind_counts(doc: Doc, first: int, head: int) -> int:
    """Go over determiners, owners and numbers to where the words of a phrase's name begin."""
    while first < head and (
        doc[first].dep_ in _COUNTING
        or doc[first].head.dep_ in {"nummod", "quantmod"}
        or doc[first].lower_ in COUNT_WORDS
        or doc[first].is_punct
    ):
        first += 1
    while first < head and first and not doc[first - 1].whitespace_ and doc[first - 1].text in {"-", "–"}:
        # "a 300-strong force": the rest of a compound goes with its beginning.
        first += 1
    return first


def _marks(scene: Scene, first: int, token: Token) -> str:
    """Give the words that tell one group from another: "foreign" of "foreign fighters"."""
    doc = scene.doc
    return " ".join(
        doc[i].lower_ for i in range(first, token.i) if doc[i].pos_ in {"ADJ", "NOUN", "PROPN"} and i not in scene.names
    )


def _is_again(member: Member, phrase: RolePhrase, noun: str, country: str) -> bool:
    """Tell whether "the Russian pilot" is a Russian pilot met before."""
    same = member.lemma == noun and member.country == country
    return same and member.is_plural == phrase.is_plural


def _full_name(token: Token, first: int, phrase: RolePhrase) -> str:
    """Give a role phrase with a short of-phrase behind it: "Ministry of National Defence"."""
    end = token.i + 1
    of = token.i + 1 < len(token.doc) and token.nbor(1)
    if of and of.lower_ in {"of", "for"} and of.head.i == token.i and of.right_edge.i - token.i <= 6:
        end = of.right_edge.i + 1
    name = token.doc[first:end].text.strip(" \n,;\"“”‘’'-–")
    return name.split(" (")[0] if name.count("(") != name.count(")") else name


def _owner_member(scene: Scene, phrase: RolePhrase, token: Token) -> Member | None:
    """Give the member that a phrase belongs to: "its jets", "the Assad regime", "the government of Nuri al-Maliki"."""
    if phrase.owner_token is not None:
        entry = scene.namings.get(phrase.owner_token)
        return entry[1] if entry else None
    if phrase.owner is not None or (phrase.reading.kind == "population" and phrase.reading.name != _KIN):
        return None
    persons = [scene.people.get(i) for i in range(phrase.start, token.i)]
    for person in (*persons, *map(scene.people.get, _over(token))):
        if person is not None:
            met = scene.cast.members.get(f"person:{person.full}")
            return met if met is not None and met.country else known_person(person.full, scene.on, scene.own) or met
    return None


def _over(token: Token) -> Iterator[int]:
    """Yield the nouns that say over a phrase who leads it: "the government of X", "troops loyal to X", "led by X"."""
    for child in token.rights:
        is_led = child.lower_ in _LED and child.dep_ in {"amod", "acl"}
        for link in child.rights if is_led else (child,):
            if link.dep_ in {"prep", "agent", "dative"} and link.lower_ in (_LEADERS if is_led else {"of"}):
                yield from (noun.i for noun in link.children if noun.dep_ == "pobj")


def _context_country(scene: Scene, phrase: RolePhrase, token: Token, number: int) -> str | None:
    """Attach "police" or "protesters" to the country of the place they are said to be in, or of the report's home."""
    sector = phrase.sector
    if phrase.owner is not None and phrase.owner.country is None and sector in {"IGO", "NGO"}:
        return None  # Who is in Sudan for a body of no country is of none.
    is_local = any(word.lower_ == "local" for word in scene.doc[phrase.start : token.i])
    is_elsewhere = not is_local and not ABROAD.isdisjoint({phrase.reading.name, phrase.reading.office})
    if sector not in _HOME_KINDS | _BESIDE or is_elsewhere:
        return None
    places = scene.places_in(number)
    before = {country for i, country in places if phrase.start <= i < token.i}
    if len(before) == 1 and not phrase.is_compounded:
        # "The Los Angeles police", "Karachi residents".
        return next(iter(before))
    is_hosted = phrase.is_ethnic or (phrase.is_compounded and sector in HOSTED)
    if phrase.reading.name in PLATFORMS or (phrase.is_foreign and not is_hosted):
        return None
    own_places = {country for i, country in places if _is_of_phrase(scene.doc[i], token)}
    own_places = own_places or {c for c in map(country_behind, _prepositions(token)) if c}
    if len(own_places) == 1:
        return next(iter(own_places))
    if phrase.is_foreign:
        return None
    of_state = sector in STATE_SECTORS
    reach = _is_beside if of_state or sector in _BESIDE else is_in_clause
    beside = {country for i, country in places if reach(scene.doc[i], token) and not is_venue(scene.doc[i], token)}
    if len(beside) == 1:
        return next(iter(beside))
    if (
        beside
        or sector in _BESIDE
        or scene.home is None
        or not (of_state or sector in {"OPP", "REB"} or scene.is_datelined)
    ):
        return None
    is_public = phrase.is_definite or phrase.is_plural or phrase.reading.kind == "organisation"
    if not is_public:
        return None
    if scene.is_datelined and of_state:
        return scene.home
    if not scene.is_datelined and phrase.reading.kind == "office" and not phrase.is_definite:
        return None
    matches = scene.names_in(number)
    if any(is_struck_by(token, scene.doc[m.end - 1]) for m in matches):
        return None  # A convoy shelled by Turkish forces need not be Turkey's.
    own = (m.readings[0].country for m in matches if not is_abroad(scene.doc, m))
    named = {*own, *(country for _, country in places)} - {None}
    return scene.home if named <= {scene.home} else None


def _prepositions(token: Token) -> Iterator[Token]:
    """Yield the prepositions behind which stands where somebody is of or from: "imam", "imam of a mosque in"."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in _OF_PLACES and child.i - token.i <= _CLOSE:
            yield child
            for noun in child.children:
                if child.lower_ == "of" and noun.dep_ == "pobj":
                    yield from (c for c in noun.rights if c.dep_ == "prep" and c.lower_ in _OF_PLACES)
    behind = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if behind.lower_ == "from" and behind.head.i != token.i:
        yield behind  # The parser hangs "from Tamil Nadu" on the verb.


def _is_of_phrase(place: Token, token: Token) -> bool:
    """Tell whether a place hangs on the word itself: "fishermen from Tamil Nadu"."""
    while place.dep_ in {"compound", "nmod", "conj"} and place.head.i != place.i:
        place = place.head
    return place.dep_ == "pobj" and place.head in _prepositions(token)


def is_venue(place: Token, token: Token) -> bool:
    """Tell whether a place is but where somebody meets: "talks between the regime and the opposition in Vienna"."""
    meeting = token
    while meeting.lemma_.lower() not in _MEETINGS and meeting.dep_ in {"pobj", "prep", "conj"}:
        meeting = meeting.head
    over = place.head.head if place.head.dep_ == "prep" else place
    return meeting.lemma_.lower() in _MEETINGS or over.lemma_.lower() in _MEETINGS


def _is_beside(place: Token, token: Token) -> bool:
    """Tell whether a place hangs on a phrase or on its verb: "In Tokyo, the government said"."""
    while place.dep_ in {"compound", "nmod"} and place.head.i != place.i:
        place = place.head
    preposition = place.head
    if preposition.lower_ in {"of", "from"} and place.dep_ == "pobj":
        return preposition.head.i == token.i
    if place.dep_ != "pobj" or preposition.lower_ not in LOCATIVE:
        return False
    return preposition.head.i == token.i or (
        preposition.head.i == token.head.i and token.dep_ in {"nsubj", "nsubjpass"}
    )


def is_in_clause(place: Token, token: Token) -> bool:
    """Tell whether a place is where a phrase's verb happens: "a blast in Aleppo killed ten people"."""
    if _is_beside(place, token):
        return True
    verb = _verb_over(token)
    preposition = place
    while preposition.dep_ in {"compound", "nmod", "appos", "conj", "amod"} and preposition.head.i != preposition.i:
        preposition = preposition.head
    if preposition.dep_ != "pobj" or preposition.head.lower_ not in LOCATIVE:
        return False
    return _verb_over(preposition.head).i == verb.i


def _verb_over(token: Token) -> Token:
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        token = token.head
    return token
