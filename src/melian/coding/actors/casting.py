"""From phrases to actors: one pass over the sentences, each phrase led to a member of the cast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from melian.coding.actors.cast import Cast, Member
from melian.coding.actors.coreference import (
    BODY_NOUNS,
    COUNTRY_NOUNS,
    PAIR_NOUNS,
    PERSON_PRONOUNS,
    PLURAL_PRONOUNS,
    THING_PRONOUNS,
    Trace,
    find_country_pair,
    find_persons_pair,
    is_expletive,
    is_subject,
    resolve_pronoun,
)
from melian.coding.actors.names import KnownName, NameMatch, find_names, state_of
from melian.coding.actors.people import PersonName, find_people
from melian.coding.actors.persons_offices import enrich_person, person_with_office
from melian.coding.actors.phrases import RolePhrase, left_edge, name_tokens, read_phrase
from melian.coding.draft import Naming, Quotation
from melian.records import Where

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LOCATIVE = frozenset("in at near around outside inside across throughout within via into".split())
_PRONOUNS = frozenset(PERSON_PRONOUNS) | THING_PRONOUNS | PLURAL_PRONOUNS
_HOME_KINDS = frozenset("GOV MIL COP LEG JUD CVL SPY OPP LAB EDU REB CRM PTY MED REL REF".split())


@dataclass(slots=True)
class Scene:
    """What the pass over one report knows so far."""

    doc: Doc
    names: Mapping[int, NameMatch]
    people: Mapping[int, PersonName]
    countries_at: Mapping[int, str]
    home: str | None
    on: date | None
    cast: Cast = field(default_factory=Cast)
    traces: list[Trace] = field(default_factory=list)
    namings: dict[int, tuple[Naming, Member, tuple[Member, ...]]] = field(default_factory=dict)

    def note(
        self, start: int, end: int, head: int, member: Member, sentence: int, *, is_quoted: bool, pronoun: bool = False,
        others: tuple[Member, ...] = (), trace: bool = True,
    ) -> None:  # fmt: skip
        """Write down that a phrase leads to a member."""
        if head in self.namings:
            return
        naming = Naming(start, end, head, member.key, is_pronoun=pronoun, others=tuple(m.key for m in others))
        self.namings[head] = (naming, member, others)
        first, last = self.doc[start], self.doc[end - 1]
        span = (first.idx, last.idx + len(last))
        for one in (member, *others):
            one.mentions.append(span)
            if trace:
                self.traces.append(Trace(head, sentence, one, is_subject(self.doc[head]), is_quoted))


def cast_actors(
    doc: Doc,
    coded: Sequence[bool],
    quotations: Sequence[Quotation],
    places: Sequence[Where],
    on: date | None,
    home: str | None,
) -> Scene:
    """Lead every actor phrase outside furniture to a member of the cast.

    Args:
        doc: The parse.
        coded: For each sentence whether it is coded.
        quotations: Pronouns inside them are left to the stage that knows the speakers.
        places: Places with their countries, for "police in Lyon".
        on: The report's day.
        home: Country of the dateline, where known.
    """
    matches = find_names(doc, on)
    people = {i: person for person in find_people(doc, matches) for i in range(person.start, person.end)}
    countries_at = {place.span[0]: place.country for place in places if place.span and place.country}
    scene = Scene(doc, name_tokens(doc, matches), people, countries_at, home or _main_country(matches), on)
    quoted = _quoted_tokens(doc, quotations)
    for number, (sentence, is_coded) in enumerate(zip(doc.sents, coded, strict=True)):
        if is_coded:
            _cast_sentence(scene, sentence.start, sentence.end, number, quoted)
    return scene


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
            if match.first("organisation", "seat") or doc[i].pos_ != "NOUN":
                continue
        if token.pos_ == "PRON" or token.tag_ == "PRP$":
            if token.lower_ in _PRONOUNS and not quoted[i] and not is_expletive(token):
                member = resolve_pronoun(token, number, scene.traces)
                if member is not None:
                    scene.note(i, i + 1, i, member, number, is_quoted=False, pronoun=True)
            elif token.lower_ == "both" and token.dep_ in {"nsubj", "nsubjpass"}:
                _cast_pair(scene, token, i, number, quoted[i])
        elif (
            (token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "nmod"})
            or token.dep_
            in {
                "nsubj",
                "poss",
            }
        ) and (
            not (token.pos_ in {"NOUN", "PROPN"} and _cast_role(scene, token, number, quoted[i]))
            and token.ent_type_ == "ORG"
        ):
            _cast_unknown(scene, token, number, quoted[i])


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
    known = _reading_here(match, head)
    if known is None or head.i in scene.namings:
        return
    if known.is_ambiguous and head.ent_type_ in {"PERSON", "FAC", "WORK_OF_ART", "PRODUCT", "EVENT"}:
        return
    if known.form in {"name", "capital"} and head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE:
        return
    longer = _longer_organisation(match, doc)
    if longer is not None:
        if match.end - 1 == longer[1] - 1 or doc[longer[1] - 1].i == match.end - 1:
            _add_organisation(scene, *longer, known, number, is_quoted)
        return
    modifies = head.dep_ in {"amod", "compound", "nmod"} and head.head.i >= match.end
    if modifies and head.head.pos_ in {"NOUN", "PROPN"} and read_phrase(head.head, scene.names):
        return
    if modifies and scene.people.get(head.head.i) is not None:
        return
    member = scene.cast.state(known)
    words = doc[match.start : match.end].text
    if known.form == "organisation" and len(words) > len(member.name):
        member.name = words
    scene.note(
        match.start,
        match.end,
        head.i,
        member,
        number,
        is_quoted=is_quoted,
        trace=not modifies or known.form != "adjective",
    )


def _reading_here(match: NameMatch, head: Token) -> KnownName | None:
    """Choose the reading that the grammar allows: "French" before a noun is an adjective, "the French" a people."""
    if head.dep_ in {"amod", "compound", "nmod"} and head.head.i >= match.end:
        return match.first("organisation", "seat", "adjective", "name", "capital", "people")
    if match.first("people") and (
        head.tag_ in {"NNS", "NNPS"} or (head.i and head.doc[match.start - 1].lower_ in {"the", "many", "some"})
    ):
        return match.first("name", "organisation") or match.first("people")
    return match.first("name", "organisation", "seat", "capital", "people", "adjective")


def _longer_organisation(match: NameMatch, doc: Doc) -> tuple[int, int] | None:
    """Find the organisation's name that a known name is a part of ("Bank of England", "Turkish Airlines")."""
    first = doc[match.start]
    if first.ent_type_ != "ORG" or match.first("organisation", "seat"):
        return None
    start, end = match.start, match.end
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start - 1].ent_type_ == "ORG":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].ent_type_ == "ORG":
        end += 1
    if (start, end) == (match.start, match.end):
        return None
    inner = [doc[i] for i in range(start, end) if not match.start <= i < match.end and not doc[i].is_punct]
    if not any(t.text[:1].isupper() and t.pos_ == "PROPN" and not any(c.isdigit() for c in t.text) for t in inner):
        return None
    return start, end


def _add_organisation(
    scene: Scene, start: int, end: int, known: KnownName | None, number: int, is_quoted: bool
) -> None:
    doc = scene.doc
    while start < end and (doc[start].lower_ == "the" or doc[start].is_punct):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].text in {"'s", "’s"} or doc[end - 1].is_space):
        end -= 1
    if start >= end:
        return
    name = doc[start:end].text
    head = doc[start:end].root
    if head.i in scene.namings:
        return
    key = f"organisation:{name}"
    member = scene.cast.add(Member(key, name, "organisation", rule="name of an organisation"))
    if known is not None:
        member.country = member.country or known.country
        member.rows = member.rows or [known.row]
    if member.sector is None:
        phrase = read_phrase(head, scene.names)
        if phrase is not None and phrase.reading.kind in {"organisation", "group"}:
            member.sector = phrase.reading.sector
            member.rows.append(phrase.reading.row)
    scene.note(start, end, head.i, member, number, is_quoted=is_quoted)


def _cast_unknown(scene: Scene, token: Token, number: int, is_quoted: bool) -> None:
    doc = scene.doc
    start, end = token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I" and doc[start - 1].ent_type_ == "ORG":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].ent_type_ == "ORG":
        end += 1
    if not any(t.pos_ == "PROPN" and t.text[:1].isupper() for t in doc[start:end]):
        return
    known = next((scene.names[i].readings[0] for i in range(start, end) if i in scene.names), None)
    _add_organisation(scene, start, end, known, number, is_quoted)


def _cast_pair(scene: Scene, token: Token, start: int, number: int, is_quoted: bool) -> bool:
    noun = token.lemma_.lower() if token.pos_ == "NOUN" else "side"
    pair = find_persons_pair(noun, scene.traces, number)
    if pair is None:
        countries = find_country_pair(scene.traces)
        states = [known for c in countries or () if (known := state_of(c))]
        if len(states) != 2:
            return False
        pair = (scene.cast.state(states[0]), scene.cast.state(states[1]))
    scene.note(start, token.i + 1, token.i, pair[0], number, is_quoted=is_quoted, others=(pair[1],), trace=False)
    return True


def _cast_role(scene: Scene, token: Token, number: int, is_quoted: bool) -> bool:
    """Lead a role phrase to its actor; tell whether it is one."""
    doc = scene.doc
    lemma = token.lemma_.lower()
    start = left_edge(token)
    words = {doc[i].lower_ for i in range(start, token.i)}
    if token.tag_ == "NNS" and lemma in PAIR_NOUNS and words & {"two", "both"}:
        return _cast_pair(scene, token, start, number, is_quoted)
    definite = bool(words & {"the", "this"})
    if definite and token.i - start == 1 and lemma in COUNTRY_NOUNS | BODY_NOUNS:
        member = _latest(scene, number, {"state"} if lemma in COUNTRY_NOUNS else {"group", "organisation"})
        if member is not None:
            scene.note(start, token.i + 1, token.i, member, number, is_quoted=is_quoted)
            return True
    phrase = read_phrase(token, scene.names)
    if phrase is None:
        return False
    member = _member_of(scene, phrase, token, number)
    if member is None:
        return False
    start = phrase.start
    while start < token.i and doc[start].dep_ in {"det", "predet"}:
        start += 1
    scene.note(start, token.i + 1, token.i, member, number, is_quoted=is_quoted)
    return True


def _member_of(scene: Scene, phrase: RolePhrase, token: Token, number: int) -> Member | None:
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
    if owner is not None and owner.kind in {"organisation", "group"} and not phrase.reading.is_force:
        sector = owner.sector or sector
    if country is None and phrase.is_definite and phrase.is_bare:
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
    if phrase.reading.office and not phrase.is_plural and phrase.is_definite | (country is not None):
        holder = person_with_office(scene, phrase, country, number)
        if holder is not None:
            return holder
    if country is None:
        country = _context_country(scene, phrase, token)
    owner_name = phrase.owner.name if phrase.owner and phrase.owner.form in {"organisation", "seat"} else ""
    key = (
        f"role:{country or ''}:{sector or ''}:{owner_name}:{phrase.reading.name}:{'former' if phrase.is_former else ''}"
    )
    first = phrase.start
    while first < token.i and (doc[first].dep_ in {"det", "predet", "poss", "case", "nummod"}):
        first += 1
    rows = [phrase.reading.row, *([phrase.owner.row] if phrase.owner else [])]
    return scene.cast.add(
        Member(
            key, doc[first : token.i + 1].text, phrase.reading.kind, country, "ELI" if phrase.is_former else sector,
            phrase.reading.office, unnamed=True, is_plural=phrase.is_plural, lemma=phrase.reading.name, rule="role",
            rows=rows,
        )
    )  # fmt: skip


def _owner_member(scene: Scene, phrase: RolePhrase) -> Member | None:
    if phrase.owner_token is None:
        return None
    entry = scene.namings.get(phrase.owner_token)
    return entry[1] if entry else None


def _latest(scene: Scene, number: int, kinds: set[str]) -> Member | None:
    for trace in reversed(scene.traces):
        if number - trace.sentence > 4:
            return None
        if trace.member.kind in kinds and not (trace.is_quoted):
            return trace.member
    return None


def _context_country(scene: Scene, phrase: RolePhrase, token: Token) -> str | None:
    """Attach "police" or "protesters" to the country of the place they are said to be in, or of the report's home."""
    if phrase.sector not in _HOME_KINDS:
        return None
    sentence = token.sent
    here = {scene.countries_at[t.idx] for t in sentence if t.idx in scene.countries_at}
    if len(here) == 1:
        return next(iter(here))
    named = {k.country for t in sentence if (m := scene.names.get(t.i)) for k in m.readings[:1] if k.country}
    return scene.home if named <= {scene.home} else None


def _main_country(matches: Sequence[NameMatch]) -> str | None:
    """Give the country that two of three names in the report lead to."""
    counted = Counter(m.readings[0].country for m in matches if m.readings[0].country)
    if not counted:
        return None
    country, count = counted.most_common(1)[0]
    return country if count * 3 >= sum(counted.values()) * 2 else None


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
