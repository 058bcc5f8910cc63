"""From phrases to actors: one pass over the sentences, each phrase led to a member of the cast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from melian.coding.actors.acting import acts_behind, is_acting, with_owner_before
from melian.coding.actors.cast import Member
from melian.coding.actors.coreference import (
    BODY_NOUNS,
    COUNTRY_NOUNS,
    PERSON_PRONOUNS,
    PLURAL_PRONOUNS,
    SEVERAL_NOUNS,
    SPEAKER_PRONOUNS,
    THING_PRONOUNS,
    is_expletive,
    resolve_pronoun,
)
from melian.coding.actors.earlier_mentions import latest_of, latest_several
from melian.coding.actors.halves import halves_named
from melian.coding.actors.homes import country_at_head
from melian.coding.actors.named_bodies import named_bodies
from melian.coding.actors.names import KnownName, NameMatch, find_names, main_country, state_of
from melian.coding.actors.organisations import add_organisation, cast_unknown, learn_alias, longer_organisation
from melian.coding.actors.own_voice import issuing_country, speaks_of_own_country
from melian.coding.actors.pairs import cast_pair, cast_whose, is_the_two, pair_noun
from melian.coding.actors.people import PersonName, find_people, stands_alone
from melian.coding.actors.peoples import home_of_people, settled_people
from melian.coding.actors.persons_offices import enrich_person
from melian.coding.actors.phrases import RolePhrase, joined_owners, left_edge, name_tokens, read_phrase
from melian.coding.actors.prevailing import settle_by_prevailing
from melian.coding.actors.role_members import member_of
from melian.coding.actors.roles import COUNT_WORDS, role_words
from melian.coding.actors.scene import LOCATIVE, STATE_SECTORS, Scene
from melian.coding.actors.settling import settle_countries
from melian.coding.actors.shared_names import phrase_at_home, shared_member
from melian.coding.actors.short_names import learn_short_names, spelled_out
from melian.coding.actors.tongues import is_language
from melian.coding.draft import Quotation
from melian.knowledge.own_actors import NONE, OwnActors
from melian.records import Where

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OTHER_ENTITIES = frozenset({"PERSON", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT", "ORG"})
_CREEDS = frozenset({"christian", "social", "liberal", "free"})
_OF_ONE_COUNTRY = STATE_SECTORS | {"PTY", "LAB", "REL", "JRN"}
"""Sectors of bodies whose names bodies of other countries bear too: "Argentina's CGT"."""
_OF_TOWNS = frozenset({"REB", "PRM", "CRM"})
"""Sectors of armed people who are called by their town: "the Donetsk separatists"."""
_PRONOUNS = frozenset(PERSON_PRONOUNS) | THING_PRONOUNS | PLURAL_PRONOUNS


def cast_actors(
    doc: Doc,
    coded: Sequence[bool],
    quotations: Sequence[Quotation],
    places: Sequence[Where],
    on: date | None,
    home: str | None,
    own: OwnActors = NONE,
) -> Scene:
    """Lead every actor phrase outside furniture to a member of the cast.

    Args:
        doc: The parse.
        coded: For each sentence whether it is coded.
        quotations: Pronouns inside them are left to the stage that knows the speakers.
        places: Places with their countries, for "police in Lyon".
        on: The report's day.
        home: Country of the dateline, where known.
        own: The user's table of actors.
    """
    matches = find_names(doc, on, own)
    matches = [match for match in matches if not (_begins_role(doc, match) or is_language(doc, match))]
    matches = sorted([*matches, *halves_named(doc, matches)], key=lambda m: m.start)
    matches = [_in_context(match, matches) for match in matches]
    spelled = spelled_out(doc, matches)
    matches = [m for m in matches if not (m.end == m.start + 1 and doc[m.start].text in spelled)]
    matches = sorted([*matches, *named_bodies(doc, matches)], key=lambda m: m.start)
    countries_at = {place.span[0]: place.country for place in places if place.span and place.country}
    places_at = frozenset(place.span[0] for place in places if place.span)
    people = {
        i: person for person in find_people(doc, matches, places_at, own) for i in range(person.start, person.end)
    }
    matches = [match for match in matches if people.keys().isdisjoint(range(match.start, match.end))]
    main = home or main_country(matches, 2.0)
    scene = Scene(doc, name_tokens(doc, matches), people, countries_at, places_at, main, home is not None, on, own)
    scene.countries_named = frozenset(
        r.country for m in matches for r in m.readings[:1] if r.country and not r.is_shared
    )
    quoted = _quoted_tokens(doc, quotations)
    scene.issuer = issuing_country(doc, matches, home)
    scene.is_partial = scene.issuer is not None or speaks_of_own_country(doc, quoted)
    scene.sentences.extend((sentence.start, sentence.end) for sentence in doc.sents)
    for number, ((start, end), is_coded) in enumerate(zip(scene.sentences, coded, strict=True)):
        if is_coded:
            _cast_sentence(scene, start, end, number, quoted)
            learn_short_names(scene, spelled, end)
    settle_countries(scene, matches)
    settle_by_prevailing(scene.cast.members.values())
    return scene


def _in_context(match: NameMatch, matches: Sequence[NameMatch]) -> NameMatch:
    """Put those readings first whose country the report names for certain: "the Congolese army" by "Brazzaville"."""
    if len({r.country for r in match.readings}) < 2 or match.readings[0].until is not None:
        return match
    sure = {m.readings[0].country for m in matches if len({r.country for r in m.readings}) == 1}
    return replace(match, readings=tuple(sorted(match.readings, key=lambda r: r.country not in sure)))


def _begins_role(doc: Doc, match: NameMatch) -> bool:
    """Tell whether the word of a party but begins a role, or ends another name: "the Republican Guard"."""
    if match.end - match.start > 1 or match.end >= len(doc) or not match.readings[0].is_ambiguous:
        return False
    if match.start and match.readings[0].sector == "PTY" and doc[match.start - 1].lower_ in _CREEDS:
        return True  # A Christian or Liberal Democrat is none of the Democrats.
    return f"{doc[match.start].lower_} {doc[match.end].lower_}" in role_words()


def _cast_sentence(scene: Scene, start: int, end: int, number: int, quoted: Sequence[bool]) -> None:
    doc = scene.doc
    for i in range(start, end):
        token = doc[i]
        person = scene.people.get(i)
        if person is not None:
            if i == person.end - 1:
                _cast_person(scene, person, number, quoted[i])
            continue
        match = scene.names.get(i)
        if match is not None:
            if i == match.end - 1:
                _cast_name(scene, match, number, quoted[i])
                learn_alias(scene, match.end, number, quoted[i])
            if match.first("organisation", "seat") or doc[i].pos_ != "NOUN":
                continue
        if token.pos_ == "PRON" or token.tag_ in {"PRP$", "WP$"}:
            issuer = state_of(scene.issuer) if scene.issuer and token.lower_ in SPEAKER_PRONOUNS else None
            if issuer is not None and not quoted[i]:
                scene.note(i, i + 1, i, scene.cast.state(issuer), number, is_quoted=False, pronoun=True)
            elif token.lower_ in _PRONOUNS and not quoted[i] and not is_expletive(token):
                member = resolve_pronoun(token, number, scene.traces)
                if member is not None:
                    scene.note(i, i + 1, i, member, number, is_quoted=False, pronoun=True)
            elif token.lower_ == "both" and token.dep_ in {"nsubj", "nsubjpass"} and not token.n_rights:
                cast_pair(scene, token, i, number, quoted[i])
            elif token.tag_ == "WP$":
                cast_whose(scene, token, number, quoted[i])
        elif is_the_two(token):
            cast_pair(scene, token, i - 1, number, quoted[i], "man")
        elif token.text in scene.aliases and i not in scene.namings:
            scene.note(i, i + 1, i, scene.aliases[token.text], number, is_quoted=quoted[i])
        elif token.ent_type_ == "ORG" and _is_inside_name(token):
            continue
        elif (
            (token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "nmod"})
            or token.dep_ in {"nsubj", "poss"}
            or is_acting(token)
        ) and (
            not (
                token.pos_ in {"NOUN", "PROPN", "ADJ"}
                and not _is_proper(scene, token)
                and _cast_role(scene, token, number, quoted[i])
            )
            and token.ent_type_ == "ORG"
        ):
            cast_unknown(scene, token, number, quoted[i])
    for person in dict.fromkeys(scene.people[i] for i in range(start, end) if i in scene.people):
        # What stands behind a name is known only now: "A B, its spokesman".
        enrich_person(scene, scene.cast.members[f"person:{person.full}"], person, number)


def _is_proper(scene: Scene, token: Token) -> bool:
    """Tell whether a role word is but part of a name: "Union of Tile Makers", not "the Ministry of Defence"."""
    if token.ent_type_ != "ORG" or token.pos_ != "PROPN":
        return False
    phrase = read_phrase(token, scene.names)
    if phrase is None or phrase.owner is not None or phrase.sector in STATE_SECTORS or phrase.reading.kind == "office":
        return False
    others = [t for t in (*token.lefts, *token.rights) if t.ent_type_ == "ORG" and t.text[:1].isalpha()]
    return any(t.text[:1].isupper() or t.dep_ == "prep" for t in others)


def _is_inside_name(token: Token) -> bool:
    """Tell whether a token is part of an organisation's name and not its head."""
    head = token.head
    return (
        head.ent_type_ == "ORG" and head.i > token.i and all(t.ent_type_ == "ORG" for t in token.doc[token.i : head.i])
    )


def _cast_person(scene: Scene, person: PersonName, number: int, is_quoted: bool) -> None:
    key = f"person:{person.full}"
    member = scene.cast.add(Member(key, person.full, "person", rule="name of a person"))
    enrich_person(scene, member, person, number)
    head = scene.doc[person.end - 1]
    while head.head.i != head.i and person.start <= head.head.i < person.end:
        head = head.head
    scene.note(person.start, person.end, head.i, member, number, is_quoted=is_quoted)


def _cast_name(scene: Scene, match: NameMatch, number: int, is_quoted: bool) -> None:
    doc = scene.doc
    last = doc[match.end - 1]
    head = last
    while head.head.i != head.i and match.start <= head.head.i < match.end:
        head = head.head
    home = home_of_people(scene, match)
    known = _reading_here(match, head) if home is None else match.first("people")
    if known is None or head.i in scene.namings:
        return
    if known.row.startswith("peoples:") and known.form == "adjective":
        return
    is_alone = stands_alone(doc, match) or _is_behind_country(scene, match, known) or home is not None
    if known.is_ambiguous and not is_alone and head.ent_type_ in _OTHER_ENTITIES:
        return
    if known.form == "capital" and _is_in_other_name(doc, match, scene):
        return
    is_located = head.dep_ == "pobj" and head.head.lower_ in LOCATIVE
    if is_located and (known.form == "capital" or known.row.startswith("territories:")):
        return
    if known.states:
        members = [scene.cast.state(state) for country in known.states if (state := state_of(country))]
        scene.note(match.start, match.end, head.i, members[0], number, is_quoted=is_quoted, others=tuple(members[1:]))
        return
    longer = longer_organisation(match, doc) if home is None else None
    if longer is not None and _is_list(scene, *longer):
        longer = None
    if longer is not None:
        if match.end - 1 == longer[1] - 1 or doc[longer[1] - 1].i == match.end - 1:
            add_organisation(scene, *longer, _owner_within(scene, *longer) or known, number, is_quoted)
        return
    modifies = head.dep_ in {"amod", "compound", "nmod"} and head.head.i >= match.end
    is_cast = head.head.pos_ in {"NOUN", "PROPN"} and head.head.dep_ not in {"compound", "nmod"}
    if modifies and is_cast and read_phrase(head.head, scene.names):
        return
    if modifies and acts_behind(doc, match.end):
        return
    if modifies and scene.people.get(head.head.i) is not None:
        return
    may_be_of_others = known.is_shared or (known.form in {"organisation", "seat"} and known.sector in _OF_ONE_COUNTRY)
    member = (
        shared_member(scene, match, known)
        if may_be_of_others
        else scene.cast.state(settled_people(scene, match, known, home))
    )
    words = doc[match.start if home is None else home.start : match.end].text
    if (known.form == "organisation" and len(words) > len(member.name)) or (
        known.kind == "population" and not member.mentions
    ):
        member.name = words
    scene.note(
        match.start if home is None else home.start,
        match.end,
        head.i,
        member,
        number,
        is_quoted=is_quoted,
        trace=not is_located and (not modifies or known.form != "adjective"),
    )


def _is_list(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the tagger took states one behind the other for one body: "Angola, Mozambique"."""
    states = [i for i in range(start, end) if i in scene.names and scene.names[i].first("name", "capital")]
    return len(states) > 1 and all(scene.doc[i].is_punct for i in range(states[0] + 1, states[1]))


def _owner_within(scene: Scene, start: int, end: int) -> KnownName | None:
    """Give the country that a name itself tells: "the Peruvian Labour Front" is of Peru, whatever Labour is."""
    within = (scene.names[i].first("adjective", "name") for i in range(start, end) if i in scene.names)
    return next((known for known in within if known is not None), None)


def _is_behind_country(scene: Scene, match: NameMatch, known: KnownName) -> bool:
    """Tell whether a body's name stands right behind its country's: "the South African Democratic Alliance"."""
    before = scene.names.get(match.start - 1)
    owner = before.first("adjective", "name") if before is not None and known.form == "organisation" else None
    behind = scene.doc[match.end] if match.end < len(scene.doc) else None
    goes_on = behind is not None and behind.pos_ == "PROPN" and behind.text[:1].isupper()
    return owner is not None and owner.country == known.country and not goes_on


def _is_in_other_name(doc: Doc, match: NameMatch, scene: Scene) -> bool:
    """Tell whether a capital is part of the name of something else: "Denzel Washington"."""
    before = doc[match.start - 1] if match.start else None
    if before is None or before.pos_ != "PROPN" or before.dep_ != "compound" or before.i in scene.names:
        return False
    return before.text.isalpha() and before.text[:1].isupper() and read_phrase(before, scene.names) is None


def _reading_here(match: NameMatch, head: Token) -> KnownName | None:
    """Choose the reading that the grammar allows: "French" before a noun is an adjective, "the French" a people."""
    if head.dep_ in {"amod", "compound", "nmod"} and head.head.i >= match.end:
        return match.first("organisation", "seat", "adjective", "name", "capital", "people")
    if match.first("people") and (
        head.tag_ in {"NNS", "NNPS"} or (head.i and head.doc[match.start - 1].lower_ in {"the", "many", "some"})
    ):
        return match.first("name", "organisation") or match.first("people")
    return match.first("name", "organisation", "seat", "capital", "people", "adjective")


def _cast_role(scene: Scene, token: Token, number: int, is_quoted: bool) -> bool:
    """Lead a role phrase to its actor; tell whether it is one."""
    doc = scene.doc
    lemma = token.lemma_.lower()
    start = left_edge(token)
    words = {doc[i].lower_ for i in range(start, token.i)}
    pair = pair_noun(scene, token)
    definite = bool(words & {"the", "this"})
    if pair is not None and (cast_pair(scene, token, start, number, is_quoted, pair) or definite or "both" in words):
        return token.i in scene.namings
    if definite and lemma in SEVERAL_NOUNS and _is_before_name(scene, token):
        several = latest_several(scene, number)
        if several is not None:
            scene.note(start, token.i + 1, token.i, several, number, is_quoted=is_quoted)
            return True
    if definite and token.i - start == 1 and lemma in COUNTRY_NOUNS | BODY_NOUNS:
        member = latest_of(scene, number, lemma)
        if member is not None:
            scene.note(start, token.i + 1, token.i, member, number, is_quoted=is_quoted)
            return True
    phrase = read_phrase(token, scene.names)
    if phrase is not None:
        phrase = phrase_at_home(scene, _of_town(scene, with_owner_before(phrase, token, scene.names)))
    member = member_of(scene, phrase, token, number) if phrase is not None else None
    if phrase is None or member is None:
        return False
    more = [replace(phrase, owner=known) for known in joined_owners(token, phrase, scene.names)]
    owning = scene.namings.get(phrase.owner_token) if phrase.owner_token is not None and phrase.is_plural else None
    states = [m.country for m in (owning[2] if owning else ()) if m.kind == "state"]
    more += [replace(phrase, owner_token=None, nation=country) for country in states]
    others = tuple(m for p in more if (m := member_of(scene, p, token, number)) is not None and m is not member)
    start = phrase.start
    while start < token.i and doc[start].dep_ in {"det", "predet"}:
        start += 1
    scene.note(start, token.i + 1, token.i, member, number, is_quoted=is_quoted, others=others)
    learn_alias(scene, token.i + 1, number, is_quoted)
    return True


def _is_before_name(scene: Scene, token: Token) -> bool:
    """Tell whether names stand behind a noun and a comma: "the pair, A B and C D,"."""
    doc = token.doc
    return token.i + 2 < len(doc) and doc[token.i + 1].text in {",", ":", "("} and token.i + 2 in scene.people


def _quoted_tokens(doc: Doc, quotations: Sequence[Quotation]) -> list[bool]:
    quoted = [False] * len(doc)
    spans = [q.inner for q in quotations if q.depth == 0]
    k = 0
    for token in doc:
        while k < len(spans) and spans[k][1] <= token.idx:
            k += 1
        if k < len(spans) and spans[k][0] <= token.idx < spans[k][1]:
            quoted[token.i] = True
    return quoted


def _of_town(scene: Scene, phrase: RolePhrase | None) -> RolePhrase | None:
    """Give a phrase that a town owns or begins the town's country: "Karachi's mayor", "the Osaka District Court"."""
    if phrase is None or phrase.owner is not None or phrase.nation is not None:
        return phrase
    if phrase.owner_token is None:
        words = [t.text for t in scene.doc[phrase.start : phrase.end] if t.dep_ not in {"det", "predet"}]
        is_body = phrase.reading.kind == "organisation" and phrase.sector in STATE_SECTORS
        is_named = (
            (is_body or phrase.sector in _OF_TOWNS)
            and len(words) > 1
            and words[0][:1].isupper()
            and not phrase.is_compounded
        )
        is_named = is_named and words[0].lower() not in COUNT_WORDS  # "Most governments" are not of Most.
        return replace(phrase, nation=country_at_head(" ".join(words))) if is_named else phrase
    owner = scene.doc[phrase.owner_token]
    countries = {scene.countries_at[t.idx] for t in owner.subtree if t.idx in scene.countries_at}
    is_name = owner.pos_ == "PROPN" and owner.i not in scene.namings
    return replace(phrase, nation=countries.pop()) if is_name and len(countries) == 1 else phrase
