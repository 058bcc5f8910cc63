"""Each row's example is read, and the row is what its name leads to."""

from datetime import date
from functools import cache

import pytest
import spacy

from melian import Reader
from melian.coding.actors.names import find_names
from melian.coding.actors.roles import read_role
from melian.coding.actors.terms import known_persons, lone_names, terms_alone, terms_named
from melian.knowledge.countries import countries, halves, peoples, seats, several, territories
from melian.knowledge.offices import Figure, Holder, figures, holders, offices, surnames
from melian.knowledge.organisations import organisations
from melian.knowledge.own_actors import NONE
from melian.knowledge.roles import roles


@cache
def _tokens():
    return spacy.blank("en")


NAMED = [
    *((f"countries:{r.id}", r.example, r.from_, r.until) for r in countries()),
    *((f"territories:{r.id}", r.example, None, None) for r in territories()),
    *((f"peoples:{r.id}", r.example, None, None) for r in peoples()),
    *((f"several:{r.id}", r.example, None, None) for r in several()),
    *((f"seats:{r.id}", r.example, r.from_, r.until) for r in seats()),
    *((f"organisations:{r.id}", r.example, r.from_, r.until) for r in organisations()),
]


@pytest.mark.parametrize(("row", "example", "begins", "until"), NAMED, ids=[row for row, *_ in NAMED])
def test_the_example_of_a_named_actor_leads_to_its_row(
    row: str, example: str, begins: date | None, until: date | None
) -> None:
    on = begins or (date(until.year - 1, 1, 1) if until else date(2020, 1, 1))
    matches = find_names(_tokens()(example), on)
    assert row in {reading.row for match in matches for reading in match.readings}


@pytest.mark.parametrize("half", halves(), ids=[half.id for half in halves()])
def test_the_example_of_a_half_names_it_by_the_point_of_the_compass(half) -> None:
    reading = Reader().read(half.example)
    named = {actor.country for actor in reading.actors for s, e in actor.mentions if half.example[s:e] == half.name}
    assert named == {half.country}


PERSONS = [(f"{table}:{r.id}", r) for table, load in (("holders", holders), ("figures", figures)) for r in load()]


@pytest.mark.parametrize(("row", "one"), PERSONS, ids=[row for row, _ in PERSONS])
def test_the_example_of_a_person_leads_to_its_row(row: str, one: Holder | Figure) -> None:
    doc = _tokens()(one.example)
    found = [doc[start:end].text for start, end in known_persons(doc, NONE)] or [one.person]
    assert row in {term.row for name in found for term in terms_named(name, NONE) if term.is_current(one.from_)}


@pytest.mark.parametrize("one", surnames(), ids=[one.id for one in surnames()])
def test_the_example_of_a_surname_leads_to_its_country(one) -> None:
    doc = _tokens()(one.example)
    found = [doc[start:end].text for start, end in lone_names(doc, NONE)]
    assert found == [one.id]
    assert one.country in {term.country for term in terms_alone(one.id, NONE)}


ROLES = [
    *((r.id, (r.id, *r.words), r.example) for r in roles()),
    *((o.id, (o.name, *o.words), o.example) for o in offices()),
]


@pytest.mark.parametrize(("row", "words", "example"), ROLES, ids=[row for row, *_ in ROLES])
def test_the_example_of_a_role_is_read_as_a_role(row: str, words: tuple[str, ...], example: str) -> None:
    tokens = [token.text.lower() for token in _tokens()(example)]
    read = [read_role(tokens[: i + 1], _singular(tokens[i])) for i in range(len(tokens))]
    assert any(found is not None for found in read)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-3] + "man" if word.endswith("men") else word[:-2] if word.endswith("sses") else word.removesuffix("s")
