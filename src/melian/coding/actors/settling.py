"""The country of officials whom no words give one: what the report says around them decides."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from melian.coding.actors.cast import Member
from melian.coding.actors.coreference import BODY_NOUNS, Trace, is_main_subject
from melian.coding.actors.homes import TOWN
from melian.coding.actors.names import NameMatch
from melian.coding.actors.owners import ABROAD, is_abroad, is_compounded
from melian.coding.actors.role_members import is_in_clause, is_venue
from melian.coding.actors.roles import role_parts
from melian.coding.actors.scene import OF_MANY_STATES, STATE_SECTORS, Scene
from melian.coding.actors.struck import is_struck_by
from melian.knowledge.gazetteer import entries_named, fold_name

if TYPE_CHECKING:
    from spacy.tokens import Token

# Votes for a country, by how it stands to the first words for somebody.
_JOINED, _SUBJECT, _PLACE, _BEFORE, _BESIDE = 4.5, 4.0, 3.5, 1.0, 0.5
_HOME, _FIRST, _MOST = 0.75, 0.5, 1.0
_CLEARLY = 1.5
_OWN_SIDE = 2.75
"""For the country of a text that speaks of "our country", or of the state that issues it."""
_BODY = 2.0
"""For the country of all bodies of a sector at home that the report names: a police spokesman is of its police."""
_AT_HOME = frozenset({"COP", "JUD", "LEG"})
_TAKEN = -2.0
_ENOUGH, _LEAD = 1.0, 0.75
_SHARED_OFFICES = frozenset(
    {"spokesman", "spokeswoman", "minister", "official", "diplomat", "ambassador", "envoy", "officer", "lawmaker"}
)
_LOCAL_KINDS = frozenset({"group", "population", "office", "organisation", "person"})
ON_FOOT = frozenset(
    (
        "soldier army troop garrison conscript officer sergeant cadet recruit mutineer guard reservist tank force "
        "gunner barracks commando"
    ).split()
)
"""Of armed forces, who are at home where a report names one country alone: jets over a village in Syria need not be
Syria's."""
_MEETING = frozenset({"meet", "speak", "talk", "confer", "telephone", "phone"})
_AGAINST = frozenset("accuse blame condemn warn threaten urge thank criticise criticize denounce".split())
"""What one does to another state, and not to one's own by its name."""
_CRAFT = frozenset("plane aircraft ship boat tanker freighter ferry airliner balloon".split())
"""What comes from anywhere: two planes over Chad need not be Chad's."""
_ON_STAGE = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "conj", "ROOT"})
_OF_CONGRESS = frozenset({"rep.", "rep", "congressman", "congresswoman"})
"""Titles that mean the Congress of the United States where a report names no country at all."""
_ANYWHERE = frozenset({"JRN", "BUS", "NGO", "MNC"})
_SENTENCES_BACK = 2
_BEFORE_ORIGIN = frozenset({"aged", "who", "is", "was", "comes", "came", "also", "originally"})
_NO_TOWNS = frozenset({"DATE", "TIME", "PERSON", "WORK_OF_ART", "EVENT"})
_PARTISAN = frozenset({"OPP", "PTY"})


def settle_countries(scene: Scene, matches: list[NameMatch]) -> None:
    """Give persons in office, and state bodies, of whom no word tells the country, the one that most speaks for.

    The state that acts in the sentence which names them first, the place where they speak and the state that acted in
    the sentence before vote most; then the dateline, the country named first and the one named most. A country whose
    foreign minister is somebody else has no second one. Where the votes are close, the country stays open. People
    without a name ("the strikers", "two guards") are of the only country that their sentence, or else the one before,
    names, or the report.
    """
    general = _general_votes(scene, matches)
    only = _only_country(scene, matches)
    spoken_of = {m.country for m in scene.cast.members.values() if m.country} | set(scene.countries_at.values())
    traces: dict[int, list[Trace]] = {}
    for trace in scene.traces:
        traces.setdefault(trace.sentence, []).append(trace)
    heads: dict[str, list[int]] = {}
    for head, (naming, _, _) in sorted(scene.namings.items()):
        if naming.actor is not None:
            heads.setdefault(naming.actor, []).append(head)
    for member in scene.cast.members.values():
        if member.key not in heads:
            continue
        head = heads[member.key][0]
        strikers = _strikers(scene, traces, head) if member.unnamed else set()
        is_bare_name = member.kind != "person" and not (member.unnamed or member.rows)
        if member.country is None and member.sector is None and is_bare_name:
            member.country = _country_of_town(member.name, spoken_of)
        if only is not None and _is_at_home(member):
            member.country = only
            continue
        if not _is_open(member):
            if _is_of_the_place(member):
                near = only or _near_country(scene, head, strikers)
                # A firm without a name may have come from anywhere.
                member.country = near or (_of_dateline(scene, head) if member.sector != "BUS" else None)
            continue
        if member.kind == "person" and member.sector is None:
            # Who holds no office is of where he is said to be from, or of where the news comes from.
            member.country = _origin(scene, head) or _of_dateline(scene, head)
            continue
        around = _votes_around(scene, traces, head, member)
        if member.is_plural:
            # Officers without a name are of the place where they act, if it is told.
            ranked = sorted((vote, country) for country, vote in around.items() if vote == _PLACE)
            near = (only or _near_country(scene, head, strikers)) if not ranked and _is_of_the_place(member) else None
            if near is not None:
                ranked = [(_PLACE, near)]
        else:
            bodies = _votes_of_bodies(scene, member)
            addressed = dict.fromkeys(_states_addressed(scene, heads[member.key]), _TAKEN)
            voting = (general, around, bodies, addressed)
            votes = {c: sum(by.get(c, 0.0) for by in voting) for c in set().union(*voting) - strikers}
            ranked = sorted((vote + _TAKEN * _has_another(scene, member, c), c) for c, vote in votes.items())
        ranked = [(0.0, ""), (0.0, ""), *ranked]
        if len(ranked) == 2 and member.called & _OF_CONGRESS:
            ranked.append((_PLACE, "USA"))
        if ranked[-1][0] >= _ENOUGH and ranked[-1][0] - ranked[-2][0] >= _LEAD:
            member.country = ranked[-1][1]
    _settle_by_kind(scene)


def _settle_by_kind(scene: Scene) -> None:
    """Take people without a name for those of the country that all others called so are of: "protesters" again.

    So are those whom a state sends abroad, where only one state's were told of: "60 diplomats" of Russia's.
    """
    called: dict[str, set[str]] = {}
    for member in scene.cast.members.values():
        if member.unnamed and member.country is not None:
            called.setdefault(_last_word(member), set()).add(member.country)
    for member in scene.cast.members.values():
        own = called.get(_last_word(member), set())
        if len(own) == 1 and member.is_plural and (_is_of_the_place(member) or _is_sent(member)):
            member.country = next(iter(own))


def _is_sent(member: Member) -> bool:
    return member.country is None and member.unnamed and not member.is_foreign and _last_word(member) in ABROAD


def _is_open(member: Member) -> bool:
    if member.country is not None or member.is_foreign or member.office in ABROAD or member.lemma in ABROAD:
        return False
    if member.kind == "person":
        return member.sector in STATE_SECTORS | _PARTISAN | {"ELI"} or (member.sector is None and member.office is None)
    is_body = member.kind in {"office", "organisation"} and member.lemma not in BODY_NOUNS
    is_partisan = member.sector in _PARTISAN and not member.unnamed
    return is_body and (member.sector in STATE_SECTORS or is_partisan)


def _origin(scene: Scene, head: int) -> str | None:
    """Give the country of the place that stands behind a name as where its bearer is from: "A B, 35, from Rawa"."""
    doc = scene.doc
    person = scene.people.get(head)
    i = person.end if person is not None else head + 1
    while i < len(doc) and (doc[i].text == "," or doc[i].like_num or doc[i].lower_ in _BEFORE_ORIGIN):
        i += 1
    if i + 1 >= len(doc) or doc[i].lower_ != "from":
        return None
    behind = [doc[k] for k in range(i + 1, min(i + 4, len(doc)))]
    return next((c for t in behind if (c := scene.countries_at.get(t.idx) or _named_at(scene, t))), None)


def _named_at(scene: Scene, token: Token) -> str | None:
    match = scene.names.get(token.i)
    known = match.first("name", "capital") if match else None
    return known.country if known else None


def _is_of_the_place(member: Member) -> bool:
    """Tell whether people without a name can be taken for those of the one country that the report is about."""
    is_known = member.country is not None or member.is_foreign or member.office in ABROAD or member.lemma in ABROAD
    if is_known or member.lemma in BODY_NOUNS or not member.unnamed or member.kind not in _LOCAL_KINDS:
        return False
    return _stays(member)


def _stays(member: Member) -> bool:
    """Tell whether people of a sector are of the country where they act, as rebels are, and pilots need not be."""
    if member.sector in OF_MANY_STATES or _last_word(member) in _CRAFT:
        return False
    return _last_word(member) in ON_FOOT or member.kind == "person" or not (member.sector == "MIL" or member.is_force)


def _last_word(member: Member) -> str:
    return member.lemma.rpartition(" ")[2]


def _country_of_town(name: str, spoken_of: set[str]) -> str | None:
    """Give the country of a town that the tagger took for somebody, where the report speaks of that country."""
    towns = {e.country for e in entries_named(fold_name(name)) if e.population >= TOWN and e.country in spoken_of}
    return next(iter(towns)) if len(towns) == 1 else None


def _is_at_home(member: Member) -> bool:
    """Tell whether somebody is taken to be of the one country that a report names: all but who may come from abroad."""
    is_known = member.country is not None or member.is_foreign
    if is_known or member.office in ABROAD or member.lemma in ABROAD or member.lemma in BODY_NOUNS:
        return False
    if member.kind not in _LOCAL_KINDS or not _stays(member):
        return False
    return member.unnamed or (member.kind == "person" and member.sector is not None)


def _only_country(scene: Scene, matches: list[NameMatch]) -> str | None:
    """Give the country of a report that names no other by name, capital, adjective or place, backers aside.

    A body of which other countries have one of the same name ("Congress") names none; where nothing does, towns do.
    """
    doc = scene.doc
    own = [m for m in matches if not (is_compounded(doc, m) or is_abroad(doc, m) or m.readings[0].is_shared)]
    own = [m for m in own if not _is_anywhere(m)] or own
    named = {c for m in own if (c := m.readings[0].country)} | set(scene.countries_at.values())
    named = named or {c for token in scene.doc if (c := _town_at(scene, token))}
    return next(iter(named)) if len(named) == 1 else None


def _town_at(scene: Scene, token: Token) -> str | None:
    """Give the country of a town that was taken for no place, where all of some size of its name lie in one country."""
    if token.pos_ != "PROPN" or not token.text[:1].isupper():
        return None
    if token.i in scene.people or token.ent_type_ in _NO_TOWNS or token.lower_ in role_parts():
        return None
    if token.ent_type_ == "ORG" and token.ent_iob_ == "I":
        return None  # "Human" in "the Ministry of Human Rights" is no town.
    known = entries_named(fold_name(token.text))
    towns = {e.country for e in known if e.population >= TOWN}
    return next(iter(towns)) if len(towns) == 1 else None


def _strikers(scene: Scene, traces: dict[int, list[Trace]], head: int) -> set[str]:
    """Give the countries of those who strike somebody in his sentence, of which he need not be."""
    token = scene.doc[head]
    number = bisect_right(scene.sentences, (head, len(scene.doc))) - 1
    striking = (t.member.country for t in traces.get(number, ()) if is_struck_by(token, scene.doc[t.token]))
    return {country for country in striking if country is not None}


def _near_country(scene: Scene, head: int, strikers: set[str]) -> str | None:
    """Give the only country that the sentence of some words names, or else the sentence before; None where several.

    Those who strike there do not count.
    """
    named = _named_near(scene, head, strikers)
    return next(iter(named)) if len(named) == 1 else None


def _named_near(scene: Scene, head: int, strikers: set[str]) -> set[str]:
    number = bisect_right(scene.sentences, (head, len(scene.doc))) - 1
    for near in range(number, max(number - _SENTENCES_BACK, -1), -1):
        known = [m for m in scene.names_in(near) if not is_venue(scene.doc[m.end - 1], scene.doc[head])]
        named = {c for m in known if (c := m.readings[0].country) and _places(scene, m)}
        named |= {c for i, c in scene.places_in(near) if not is_venue(scene.doc[i], scene.doc[head])}
        others = named - strikers
        if others:
            return others if near == number or others == named else set()
    return set()


def _of_dateline(scene: Scene, head: int) -> str | None:
    """Give the dateline's country, if the words around somebody name no other."""
    home = scene.home if scene.is_datelined else None
    return home if home is not None and _named_near(scene, head, set()) <= {home} else None


def _is_anywhere(match: NameMatch) -> bool:
    """Tell whether a name is that of an agency or firm, which work everywhere and tell not where a sentence plays."""
    return match.readings[0].sector in _ANYWHERE


def _places(scene: Scene, match: NameMatch) -> bool:
    """Tell whether a name tells where a sentence plays: not "Iran-backed" nor, in news from home, "a Chinese firm"."""
    if is_compounded(scene.doc, match) or _is_anywhere(match):
        return False
    if not scene.is_datelined or match.readings[0].country == scene.home:
        return True
    return scene.doc[match.end - 1].dep_ in _ON_STAGE


def _general_votes(scene: Scene, matches: list[NameMatch]) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    own = scene.issuer or (scene.home if scene.is_datelined else None)
    if own:
        votes[own] += _OWN_SIDE if scene.is_partial else _HOME
    named = [c for m in matches if (c := m.readings[0].country) and not _is_anywhere(m)]
    if named:
        votes[named[0]] += _FIRST
        top = [*Counter(named).most_common(2), ("", 0)]
        votes[top[0][0]] += _MOST if top[0][1] >= _CLEARLY * top[1][1] else _MOST / 4
    return votes


def _votes_around(scene: Scene, traces: dict[int, list[Trace]], head: int, member: Member) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    number = bisect_right(scene.sentences, (head, len(scene.doc))) - 1
    token = scene.doc[head]
    # "Iran backs President A B": whom another state's deed or word is about need not be of that state.
    is_acting = member.kind != "person" or is_main_subject(token)
    for trace in (*traces.get(number - 1, ()), *traces.get(number, ())):
        country = trace.member.country
        if country is None or trace.member is member or trace.is_quoted or trace.member.sector in _ANYWHERE:
            continue
        if trace.member.sector not in STATE_SECTORS and _is_done_to(scene.doc[trace.token]):
            continue
        is_state = trace.member.kind == "state"
        if trace.sentence == number:
            vote = _BESIDE if not (trace.is_subject and is_acting) else _SUBJECT if is_state else _SUBJECT / 2
        else:
            vote = (_BEFORE if is_state else _BEFORE / 2) if trace.is_main else 0.0
        votes[country] = max(votes[country], vote)
    beside = _joined_before(scene, head)
    if beside is not None and beside.kind != "state" and beside.country is not None:
        votes[beside.country] = max(votes[beside.country], _JOINED)
    met = _met_by(token)
    if met is not None and met.i in scene.namings and (host := scene.namings[met.i][1].country) is not None:
        votes[host] = _TAKEN
    for trace in traces.get(number, ()):
        country = trace.member.country
        if country is not None and _stands_against(scene.doc[trace.token], trace.member, token):
            votes[country] = _TAKEN
    for i, country in scene.places_in(number):
        if is_in_clause(scene.doc[i], token) and not is_venue(scene.doc[i], token):
            votes[country] = max(votes[country], _PLACE)
    return votes


def _votes_of_bodies(scene: Scene, member: Member) -> dict[str, float]:
    bodies = (m for m in scene.cast.members.values() if m.sector == member.sector and m.kind == "organisation")
    own = {m.country for m in bodies if m.country is not None}
    return dict.fromkeys(own, _BODY) if len(own) == 1 and member.sector in _AT_HOME else {}


def _joined_before(scene: Scene, head: int) -> Member | None:
    """Give who stands before "and the" and somebody: "the Kenyan opposition and the government" are of one country."""
    i = scene.namings[head][0].start - 1
    while i > 0 and scene.doc[i].dep_ == "det":
        i -= 1
    found = scene.namings.get(i - 1) if i > 0 and scene.doc[i].lower_ == "and" else None
    return found[1] if found is not None else None


def _stands_against(other: Token, member: Member, token: Token) -> bool:
    """Tell whether somebody is of another country: who telephones his Beninese counterpart, or accuses Benin."""
    if member.lemma == "counterpart":
        return is_main_subject(token)
    if member.kind != "state" or other.dep_ != "dobj" or other.head.lemma_ not in _AGAINST:
        return False
    subject = next((child for child in other.head.lefts if child.dep_ == "nsubj"), None)
    if subject is not None and subject.lower_ == "who":
        subject = other.head.head
    return subject is not None and subject.i == token.i


def _states_addressed(scene: Scene, heads: Iterable[int]) -> set[str]:
    """Give the states that somebody thanks, urges or accuses wherever he is spoken of: "she thanked Jakarta"."""
    found = set()
    for head in heads:
        token = scene.doc[head]
        if token.dep_ != "nsubj" or token.head.lemma_ not in _AGAINST:
            continue
        for child in token.head.rights:
            named = scene.namings.get(child.i) if child.dep_ == "dobj" else None
            if named is not None and named[1].kind == "state" and named[1].country is not None:
                found.add(named[1].country)
    return found


def _met_by(token: Token) -> Token | None:
    """Give whom an officer meets: "the Greek premier spoke with President A B", who is then of another country."""
    while token.dep_ == "compound" and token.head.i != token.i:
        token = token.head
    verb = token.head
    if token.dep_ == "pobj" and verb.lower_ == "with":
        verb = verb.head
    elif token.dep_ != "dobj":
        return None
    if verb.lemma_ not in _MEETING:
        return None
    return next((child for child in verb.lefts if child.dep_ == "nsubj"), None)


def _is_done_to(token: Token) -> bool:
    """Tell whether something is done to somebody, which says little of who tells it ("he said both were freed")."""
    while token.dep_ in {"conj", "appos"} and token.head.i != token.i:
        token = token.head
    return token.dep_ == "nsubjpass" and token.head.dep_ != "ROOT"


def _has_another(scene: Scene, member: Member, country: str) -> bool:
    """Tell whether the report knows somebody else in that office of that country."""
    if member.kind != "person" or member.office is None or member.office in _SHARED_OFFICES:
        return False
    return any(
        other is not member and other.kind == "person" and other.office == member.office and other.country == country
        for other in scene.cast.members.values()
    )
