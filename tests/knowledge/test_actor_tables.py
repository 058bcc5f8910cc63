"""The actor tables keep their contracts: every row is whole, names lead to one row, terms do not overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import get_args

import msgspec
import pycountry
import pytest

from melian.errors import BadKnowledge
from melian.knowledge.countries import Country, countries, peoples, seats, territories
from melian.knowledge.offices import figures, given_names, holders, offices, titles
from melian.knowledge.organisations import Organisation, organisations
from melian.knowledge.roles import roles
from melian.knowledge.table import parse_rows
from melian.records import Sector

# Names that lead to two rows of one table, on purpose: the reader of the table has to choose by date or context.
SHARED_COUNTRY_NAMES = {
    "Aden", "Belgrade", "Beograd", "Congolese", "Dominican", "Dominicans", "Hanoi", "Moscow", "Prague", "Praha",
}  # fmt: skip
SHARED_ORGANISATION_NAMES = {"RSF", "PTI", "MIT"}
SMALL_NAMES = {
    "dpa", "15min", "14ymedio", "24.kg", "444.hu", "7sur7", "bdnews24", "eldiario.es", "flydubai", "flynas",
    "anti-balaka", "colectivo", "colectivos", "contras", "interahamwe", "janjaweed", "kadyrovtsy", "red shirts",
    "red-shirts", "yakuza", "yellow shirts", "yellow-shirts",
}  # fmt: skip
"""Names that their bearers or reports write with small letters."""

COUNTS: list[tuple[Callable[[], tuple[msgspec.Struct, ...]], int]] = [
    (countries, 200),
    (territories, 80),
    (peoples, 150),
    (seats, 600),
    (offices, 70),
    (holders, 2200),
    (figures, 800),
    (titles, 50),
    (given_names, 500),
    (organisations, 6500),
    (roles, 220),
]


def shared(rows: Iterable[tuple[str, Iterable[str]]]) -> set[str]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for key, names in rows:
        for name in names:
            owners[name].add(key)
    return {name for name, keys in owners.items() if len(keys) > 1}


def names_of(row: msgspec.Struct) -> list[str]:
    fields = ("id", "name", "person", "names", "aliases", "words", "variants", "adjectives", "people")
    found: list[str] = []
    for field in fields:
        value = getattr(row, field, ())
        found.extend((value,) if isinstance(value, str) else value)
    return found


@pytest.mark.parametrize(("load", "least"), COUNTS, ids=lambda value: getattr(value, "__name__", None))
def test_table_is_large_enough_and_names_its_sources(load, least):
    rows = load()
    assert len(rows) >= least
    assert all(row.provenance for row in rows)


@pytest.mark.parametrize(
    "load", [countries, territories, peoples, seats, offices, holders, figures, titles, organisations, roles]
)
def test_example_contains_a_name_of_its_row(load):
    for row in load():
        names = names_of(row)[0 if load in (roles, titles) else 1 :]
        example = row.example.lower() if load is roles else row.example
        assert any(name in example for name in names), row.id
        assert row.example.endswith("."), row.id


@pytest.mark.parametrize("load", [territories, seats, offices, figures, organisations, roles])
def test_sectors_are_those_of_the_records(load):
    for row in load():
        for sector in (row.sector, *getattr(row, "other_sectors", ())):
            assert sector is None or sector in get_args(Sector), row.id


def test_every_country_has_names_adjectives_people_and_capital():
    for row in countries():
        assert row.name in row.names
        assert row.adjectives, row.id
        assert row.people or row.id == "VAT", row.id
        assert row.capital in row.capital_names, row.id
        assert set(row.ambiguous) <= {*row.names, *row.adjectives, *row.people, *row.capital_names}, row.id
        assert row.until is None or row.from_ is None or row.from_ < row.until


def test_country_codes_are_of_iso_3166():
    living = {country.alpha_3 for country in pycountry.countries}
    former = {country.alpha_3 for country in pycountry.historic_countries if hasattr(country, "alpha_3")}
    for row in countries():
        assert row.id in (living if row.until is None else former) or row.id == "XKX", row.id


def test_country_names_lead_to_one_country():
    rows = [(row.id, {*row.names, *row.adjectives, *row.people, *row.capital_names}) for row in countries()]
    assert shared(rows) == SHARED_COUNTRY_NAMES


def test_peoples_are_no_people_of_a_state_or_land():
    assert not shared((row.id, {*row.adjectives, *row.people}) for row in peoples())
    others = {
        n for load in (countries, territories) for row in load() for n in (*row.names, *row.adjectives, *row.people)
    }
    assert not [row.id for row in peoples() if others & {*row.adjectives, *row.people}]
    known = {row.id for row in countries()}
    assert not [row.id for row in peoples() if {row.country, row.in_arms} - known - {None}]


def test_territory_and_seat_names_lead_to_one_row():
    assert not shared((row.id, {*row.names, *row.adjectives, *row.people}) for row in territories())
    assert not shared((row.id, row.names) for row in seats())


def test_only_hong_kong_is_both_country_and_territory():
    land = {name: row.id for row in countries() for name in row.names}
    assert {land[name] for row in territories() for name in row.names if name in land} == {"HKG"}


def test_seats_are_no_countries_territories_or_organisations():
    others = {name for load in (countries, territories) for row in load() for name in row.names}
    others |= {name for row in organisations() for name in (row.name, *row.aliases)}
    assert not [name for row in seats() for name in row.names if name in others]


@pytest.mark.parametrize("load", [territories, seats, holders, figures, organisations])
def test_countries_of_rows_are_known(load):
    known = {row.id for row in countries()}
    assert not [row.id for row in load() if row.country is not None and row.country not in known]


def test_breakaway_territories_say_why():
    assert all(row.policy for row in territories() if row.sector == "PRE")


def test_names_begin_with_what_their_table_promises():
    assert all(any(letter.isupper() for letter in name) for row in countries() for name in row.names)
    small = {name for row in organisations() for name in names_of(row)[1:] if name == name.lower()}
    assert small == SMALL_NAMES
    assert all(word == word.lower() for row in roles() for word in names_of(row))
    capitals = {"PM", "FM", "MP", "MEP", "CEO"}
    assert all(word == word.lower() or word in capitals for row in offices() for word in row.words)


def test_organisation_names_lead_to_one_row():
    assert shared((row.id, {row.name, *row.aliases}) for row in organisations()) == SHARED_ORGANISATION_NAMES
    for row in organisations():
        assert set(row.ambiguous) <= {row.name, *row.aliases}, row.id
        assert row.until is None or row.from_ is None or row.from_ < row.until


def test_shared_organisation_names_are_marked():
    for row in organisations():
        assert SHARED_ORGANISATION_NAMES & {row.name, *row.aliases} <= set(row.ambiguous), row.id


def test_office_and_role_words_lead_to_one_row():
    assert not shared((row.id, row.words) for row in offices())
    assert not shared((row.id, {row.id, *row.words}) for row in roles())
    assert not shared((row.id, row.names) for row in titles())
    assert all(row.name in row.words and 1 <= row.rank <= 6 for row in offices())


def test_forces_are_military():
    assert {row.sector for row in roles() if row.is_force} == {"MIL"}


def test_holders_figures_and_titles_point_to_offices_and_bodies():
    known = {row.id for row in offices()}
    assert not [row.id for row in figures() if row.office is not None and row.office not in known]
    bodies = {row.id for row in organisations() if row.sector == "IGO"}
    assert not [row.id for row in holders() if (row.country is None) != (row.organisation in bodies)]
    assert not [row.id for row in holders() if row.office not in known]
    assert not [row.id for row in titles() if row.office is not None and row.office not in known]


def test_terms_of_one_office_do_not_overlap():
    terms = defaultdict(list)
    for row in holders():
        assert row.until is None or row.from_ < row.until, row.id
        terms[row.country, row.organisation, row.office].append(row)
    for rows in terms.values():
        rows.sort(key=lambda row: row.from_)
        for earlier, later in pairwise(rows):
            assert earlier.until is not None, earlier.id
            assert earlier.until <= later.from_, (earlier.id, later.id)


def test_terms_of_figures_end_after_they_begin():
    assert not [row.id for row in figures() if row.from_ and row.until and row.until <= row.from_]


@pytest.mark.parametrize(
    ("held", "least"),
    [
        ({"president", "king", "queen", "emir", "sultan", "supreme_leader", "prime_minister", "chancellor"}, 150),
        ({"foreign_minister"}, 100),
        ({"defence_minister"}, 100),
    ],
    ids=["heads", "foreign ministers", "defence ministers"],
)
def test_offices_are_known_of_many_states(held, least):
    assert len({row.country for row in holders() if row.office in held}) >= least


@pytest.mark.parametrize(("sectors", "least"), [("IGO", 400), ("REB PRM CRM CVL PTY OPP", 600), ("JRN", 300)], ids=str)
def test_organisations_of_a_kind_are_many(sectors, least):
    assert sum(row.sector in sectors.split() for row in organisations()) >= least


def test_given_names_are_single_words():
    assert all(row.id[0].isupper() and " " not in row.id for row in given_names())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("U.S.", "USA"), ("America", "USA"), ("UK", "GBR"), ("Britain", "GBR"), ("UAE", "ARE"), ("DPRK", "PRK"),
        ("DRC", "COD"), ("Ivory Coast", "CIV"), ("Burma", "MMR"), ("Turks", "TUR"), ("Frenchmen", "FRA"),
        ("French", "FRA"), ("Danes", "DNK"), ("Kiev", "UKR"), ("Kyiv", "UKR"), ("Nigerien", "NER"),
        ("Nigerian", "NGA"), ("Zaire", "COD"), ("Filipinos", "PHL"), ("Dutch", "NLD"), ("Poles", "POL"),
        ("Spaniards", "ESP"), ("Swiss", "CHE"), ("Soviet", "SUN"), ("Kosovar", "XKX"), ("Palestinians", "PSE"),
    ],
)  # fmt: skip
def test_name_leads_to_country(name, code):
    found = [c.id for c in countries() if name in {*c.names, *c.adjectives, *c.people, *c.capital_names}]
    assert found == [code]


def test_renamed_columns_are_read_and_unknown_ones_refused():
    header = "id\tname\tnames\tcapital\tfrom\texample\tprovenance\n"
    (row,) = parse_rows(header + "AAA\tA\tA\tB\t1991-12-26\tA.\town\n", "a.tsv", Country)
    assert str(row.from_) == "1991-12-26"
    with pytest.raises(BadKnowledge, match="from_"):
        parse_rows(header.replace("from", "from_") + "AAA\tA\tA\tB\t\tA.\town\n", "a.tsv", Country)


def test_bad_cells_are_refused():
    header = "id\tname\tkind\tsector\texample\tprovenance\n"
    with pytest.raises(BadKnowledge, match="line 2"):
        parse_rows(header + "a\tA\torganisation\tXXX\tA.\town\n", "a.tsv", Organisation)
    with pytest.raises(BadKnowledge, match="twice"):
        parse_rows(header + "a\tA\tgroup\tREB\tA.\town\n" * 2, "a.tsv", Organisation)
