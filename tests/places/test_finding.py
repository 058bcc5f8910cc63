"""What holds for places whatever the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from melian.coding.draft import Draft
from melian.coding.language import load_language
from melian.coding.places import find_places, resolve_names
from melian.coding.places.stage import PlacesStage
from melian.intake import report_from_text
from melian.records import Dateline, Furniture, Report
from melian.settings import Settings

pytestmark = pytest.mark.model
PIECES = [
    "Rebels left ", "Aleppo", ", ", "Syria", "’s ", "the U.S.", " in ", "San José", "\n\n", "—", "😀", "al-", "\u202e",
    "St.", "PARIS", "District", "New York City", " of ", "“", "(", ".", "\x00", "İstanbul", " Mr ",
]  # fmt: skip


def parse(text):
    return next(iter(load_language(Settings().pipeline).parse([Report(id="r", text=text)], 40_000)))


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40))
def test_no_text_raises_and_spans_slice(text):
    if not text.strip():
        return
    doc = parse(text).doc
    places = find_places(doc, literal_only=False, with_adjectives=True)
    spans = [place.span for place in places]
    assert spans == sorted(spans)
    for place, after in pairwise(spans):
        assert place[1] <= after[0]
    for place in places:
        assert 0 <= place.span[0] < place.span[1] <= len(doc.text)
        assert 0 <= place.confidence <= 1
        assert (place.lat is None) == (place.lon is None) == (place.precision is None)
    assert len(resolve_names(doc, spans)) == len(spans)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_any_given_spans_are_answered(spans):
    doc = parse("The envoys went from Aleppo to Paris, Texas, in May.").doc
    assert [place.span for place in resolve_names(doc, spans)] == spans


def test_given_adjectives_lead_to_their_countries():
    doc = parse("Turkish and Russian officers met.").doc
    assert [place.country for place in resolve_names(doc, [(0, 7), (12, 19)])] == ["TUR", "RUS"]


def test_a_country_keeps_its_own_point_and_identifier():
    (place,) = find_places(parse("Fighting went on in Syria.").doc)
    assert (place.precision, place.geonameid, place.lat, place.lon) == ("country", 163843, 35.0, 38.0)


def test_an_unknown_name_stays_open():
    (place,) = resolve_names(parse("Fighting went on near Qarmuzabat, in Syria.").doc, [(22, 32)])
    assert place.name == "Qarmuzabat"
    assert place.country is None
    assert place.geonameid is None
    assert place.confidence < 0.5


def test_one_name_keeps_one_meaning():
    text = "The mayor of Paris, Texas, spoke. Schools in Paris were closed."
    assert {(p.name, p.country) for p in find_places(parse(text).doc)} == {("Paris", "USA"), ("Texas", "USA")}


def test_context_decides_between_namesakes():
    libya = "Libyan units left Sirte. A second column moved from Benghazi to Tripoli."
    lebanon = "Lebanese units left Sidon. A second column moved from Beirut to Tripoli."
    assert find_places(parse(libya).doc)[-1].country == "LBY"
    assert find_places(parse(lebanon).doc)[-1].country == "LBN"


def test_all_names_count_where_not_only_literal_ones_are_wanted():
    doc = parse("Ankara said that Turkey would wait.").doc
    assert find_places(doc) == ()
    assert [p.country for p in find_places(doc, literal_only=False)] == ["TUR", "TUR"]


def test_the_stage_takes_the_dateline_and_skips_furniture():
    text = "KISMAYO, May 6 (Agency) – Two shells fell in Kenya.\n\nOur office is in London."
    end = text.index("Our")
    report = Report(
        id="r",
        text=text,
        dateline=Dateline(place="KISMAYO", span=(0, 25)),
        furniture=(Furniture(kind="boilerplate", span=(end, len(text))),),
    )
    parsed = next(iter(load_language(Settings().pipeline).parse([report], 40_000)))
    draft = PlacesStage()(Draft(report=report, doc=parsed.doc))
    assert [(p.name, p.country) for p in draft.places] == [("Kismayo", "SOM"), ("Kenya", "KEN")]
    assert PlacesStage()(Draft(report=report)).places == ()


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("HYDERABAD, Pakistan", "PAK"), ("HYDERABAD, India", "IND"), ("TRIPOLI, Lebanon", "LBN"), ("TRIPOLI", "LBY"),
        ("CORDOBA, Spain", "ESP"), ("VALENCIA, Venezuela", "VEN"), ("MERIDA, Mexico", "MEX"), ("MOSCOW, Idaho", "USA"),
        ("PARIS, Texas", "USA"), ("ATHENS, Georgia", "USA"), ("BATUMI, Georgia", "GEO"), ("JENIN, West Bank", "PSE"),
        ("JENIN", "PSE"), ("LOS ANGELES, Chile", "CHL"), ("PERTH, Scotland", "GBR"), ("PANAMA CITY, Fla.", "USA"),
        ("VICTORIA, Seychelles", "SYC"), ("ARMENIA, Colombia", "COL"), ("GEORGETOWN, Penang", "MYS"),
    ],
)  # fmt: skip
def test_the_town_of_a_dateline_lies_in_the_country_behind_it(place: str, country: str):
    report = report_from_text(f"{place} (AP) - Soldiers shot a boy on Thursday near the town, witnesses said.")
    doc = next(iter(load_language(Settings().pipeline).parse([report], 40_000))).doc
    draft = PlacesStage()(Draft(report=report, doc=doc))
    assert report.dateline.place == place.rstrip(".")
    assert draft.places[0].country == country


def test_a_namesake_in_a_country_of_which_a_long_report_says_nothing_is_not_taken():
    text = (
        "Gunmen rode into Solhan before dawn. The army of Burkina Faso sent reinforcements from Dori. "
        "Families fled to Sebba, and some crossed into Niger, near Tera. Mali closed its border at Ansongo. "
        "Burkinabe officials said the dead would be buried in Solhan today."
    )
    found = {where.name: where.country for where in find_places(parse(text).doc)}
    assert found["Solhan"] is None
    assert found["Téra"] == "NER"


def test_a_short_report_may_name_a_town_of_a_country_that_it_does_not_name():
    (where,) = find_places(parse("Russian jets struck depots near Solhan overnight.").doc)
    assert where.country == "TUR"
