"""Places in bad input: an absence or a name without an entry, never an exception, an invention or quadratic time."""

from __future__ import annotations

import time
from functools import cache
from importlib.resources import files

import pytest

from melian.coding.language import load_language
from melian.coding.places import find_places, resolve_names
from melian.knowledge.gazetteer import entries_named, fold_name
from melian.reader import Reader
from melian.records import Report
from melian.settings import Settings

pytestmark = pytest.mark.model


def parse(text):
    return next(iter(load_language(Settings().pipeline).parse([Report(id="r", text=text)], 10**7))).doc


@cache
def names(count):
    """Give names of cities from all over the list."""
    lines = files("melian.knowledge.gazetteer").joinpath("cities.txt").read_text(encoding="utf-8").split("\n")
    return [line.split("\t")[0].title() for line in lines[1 :: len(lines) // count]][:count]


def seconds(count):
    """Time both ways to resolve a list of names; the parser's own time is not counted."""
    text, spans = "The list: ", []
    for name in names(count):
        spans.append((len(text), len(text) + len(name)))
        text += name + ", "
    doc = parse(text)
    start = time.process_time()
    found = find_places(doc, literal_only=False)
    given = resolve_names(doc, spans)
    assert len(given) == len(spans)
    assert found
    return time.process_time() - start


def test_a_list_of_5000_names_takes_no_quadratic_time():
    seconds(500)  # what is loaded once is loaded here
    few, many = seconds(1_000), seconds(5_000)
    assert many < 12 * max(few, 0.2)


@pytest.mark.parametrize(
    "text",
    [
        "Встреча прошла в городе Харьков.",
        "会议在北京举行。",
        "عقد الاجتماع في دمشق.",
        "Η συνάντηση έγινε στην Αθήνα.",
        "회의는 서울에서 열렸다.",
        "The ministers met in Харьков and then in دمشق.",
        "The ministers met in \u202eeloppe\u202c and in A\u0301\u0301\u0301\u0301leppo.",
        "Guards in Al ep po and Dam-\nas cus were hurt; M0sul and Ba9hdad were quiet.",
        "IN KHARTOUM, IN KHARTOUM, IN KHARTOUM, IN, IN, IN IN IN.",
        "Paris, Paris, Paris, Paris, Texas, Texas, Texas, Paris.",
        "Rebels left =cmd|'/c calc'!A1 near <script>alert(1)</script> in Aleppo\x00\x01.",
        "in " * 300 + "Aleppo",
        "Springfield, " * 200,
        "A" * 9_000 + " near " + "B" * 9_000,
        "Tripoli (Lebanon) (Libya) [Syria] {Iraq}, , , ,, ,",
    ],
)
def test_nothing_is_invented(text):
    doc = parse(text)
    for place in find_places(doc, literal_only=False, with_adjectives=True):
        words = text[slice(*place.span)]
        if place.precision is None:
            assert place.name == words
            assert (place.country, place.lat, place.lon, place.geonameid) == (None, None, None, None)
        else:
            assert words.isascii() or entries_named(fold_name(words))
    spans = [(0, len(text)), (0, 0), (3, 2), (len(text), len(text) + 5), (1, min(8, len(text)))]
    assert [place.span for place in resolve_names(doc, spans)] == spans


@pytest.mark.parametrize("name", ["Харьков", "دمشق", "北京", "West", "the", "Qarmuzabat", "???", "", "12345", "\u200b"])
def test_a_given_name_that_the_gazetteer_lacks_stays_open(name):
    text = f"Envoys met in {name} on Monday."
    (place,) = resolve_names(parse(text), [(14, 14 + len(name))])
    assert (place.country, place.geonameid, place.lat, place.precision) == (None, None, None, None)
    assert place.confidence < 0.5


def test_a_name_broken_over_two_lines_is_found():
    text = "The convoy left Addis\nAbaba on Monday and came to Port\nSudan on Friday."
    assert {place.name for place in find_places(parse(text), literal_only=False)} >= {"Addis Ababa", "Port Sudan"}


def test_one_unknown_name_spoils_nothing():
    text = "Rebels shelled Aleppo. Two men were killed in Zzyzqarm, near Homs. Troops entered Idlib on Monday."
    names = {place.name: place.precision for place in find_places(parse(text))}
    assert names["Aleppo"] == names["Idlib"] == "city"


def test_an_event_without_a_place_says_why():
    reading = Reader().read("Sudanese warplanes bombed rebels on Monday.", published="2024-05-06")
    (event,) = reading.events
    assert event.place is None
    assert [a.reason for a in reading.absences if (a.record, a.field) == (event.id, "place")]


def test_an_event_with_a_place_says_why():
    reading = Reader().read("Sudanese warplanes bombed a market in El Fasher on Monday.", published="2024-05-06")
    (event,) = reading.events
    assert event.place is not None
    assert event.place.name == "El Fasher"
    (reason,) = [r for r in reading.reasons if (r.record, r.stage) == (event.id, "places")]
    assert reason.spans == (event.place.span,)
    assert "only place of the name" in reason.rule
