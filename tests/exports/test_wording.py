import pytest
from msgspec.structs import replace

from invented import invent_reading
from melian.exports import wording
from melian.records import Actor, Claim, Count, Dispute, Event, ProducedBy, Reading, Report, Side, When, Where


def read(**records):
    by = ProducedBy(melian="0", model="0", knowledge="0", settings="0")
    return wording.Lookup(Reading(report=Report(id="r", text="x"), produced_by=by, **records))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(start="2026-05-05", end="2026-05-05", precision="day", basis="stated"), "Tuesday 5 May 2026"),
        (When(start="2026-05-01", end="2026-05-31", precision="month", basis="stated"), "May 2026"),
        (When(start="2026-05-01", end=None, precision="open", basis="relative"), "since 1 May 2026"),
        (When(start=None, end="2026-05-01", precision="open", basis="relative"), "until 1 May 2026"),
        (
            When(start=None, end=None, precision="day", basis="unknown", value="XXXX-11-24"),
            "24 November, year unknown",
        ),
        (
            When(start=None, end=None, precision="day", basis="unknown", value="XXXX-WXX-2"),
            "a Tuesday, nothing says which",
        ),
        (When(start=None, end=None, precision="day", basis="unknown"), "at a time not said"),
        (
            When(start="2026-05-06", end="2026-05-06", precision="day", basis="published"),
            "Wednesday 6 May 2026 (date of publication)",
        ),
        (When(start="x", end=None, precision="day", basis="unknown"), "x"),
    ],
)
def test_dates(when, words):
    assert wording.describe_when(when) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(3, 3, "3 dead"), (3, None, "at least 3 dead"), (None, 3, "at most 3 dead"), (3, 5, "3 to 5 dead"),
     (None, None, "an unknown number dead")],
)  # fmt: skip
def test_counts(low, high, words):
    assert wording.describe_count(Count(low=low, high=high, span=(0, 1)), "dead") == words


@pytest.mark.parametrize(
    ("name", "admin1", "country", "words"),
    [
        ("Kismayo", "Lower Juba", "SOM", "Kismayo, Lower Juba, Somalia"),
        ("Kenya", None, "KEN", "Kenya"),
        ("N'Djamena", "N’Djaména", "TCD", "N'Djamena, Chad"),
        ("the strait", None, None, "the strait"),
        ("somewhere", None, "QQQ", "somewhere, QQQ"),
    ],
)
def test_places(name, admin1, country, words):
    assert wording.describe_where(Where(name=name, admin1=admin1, country=country)) == words


@pytest.mark.parametrize(
    ("sources", "targets", "words"),
    [
        (("min",), ("ken",), "foreign ministry (Sudan) → Kenya"),
        (("jets", "ken"), (), "Kenyan jets and Kenya"),
        ((), ("ken",), "someone → Kenya"),
        ((), (), "someone"),
        (("lost",), ("lost",), "someone → someone"),
    ],
)
def test_parties(sources, targets, words):
    actors = (
        Actor(id="min", name="foreign ministry", kind="organisation", country="SDN"),
        Actor(id="jets", name="Kenyan jets", kind="group", country="KEN"),
        Actor(id="ken", name="Kenya", kind="state", country="KEN"),
    )
    event = Event(id="e", type="ACCUSE", quad=3, intensity=-3, sources=sources, targets=targets, mentions=())
    assert wording.describe_parties(event, read(actors=actors)) == words


@pytest.mark.parametrize(
    ("judgements", "marks", "words"),
    [
        ([("author", "positive", "certain", "past")], [], "stated by the report"),
        ([("author", "positive", "certain", "future")], ["planned"], "announced by the report"),
        ([("author", "positive", "certain", "hypothetical")], ["hypothetical"],
         "spoken of as a possibility by the report"),
        ([("author", "negative", "certain", "past")], ["denied"], "denied by the report"),
        ([("author", "negative", "certain", "future")], ["denied"],
         "said not to be coming by the report"),
        ([("author", "positive", "uncommitted", "past")], ["only according to others"],
         "passed on, not judged, by the report"),
        ([("author", "positive", "uncommitted", "past"), ("s9", "positive", "possible", "past")],
         ["only according to others"], "stated as possible by statement s9"),
        ([], [], ""),
    ],
)  # fmt: skip
def test_claims(judgements, marks, words):
    event = Event(id="e", type="ASSAULT", quad=4, intensity=-9, sources=(), targets=(), mentions=())
    claims = tuple(
        Claim(id=f"c{n}", event="e", holder=holder, polarity=polarity, certainty=certainty, tense=tense, span=(0, 1))
        for n, (holder, polarity, certainty, tense) in enumerate(judgements)
    )
    lookup = read(events=(event,), claims=claims)
    assert wording.marks_of(event, lookup) == marks
    assert wording.describe_claims(event, lookup) == words


def test_who_accuses_each_other_is_named_as_the_report_does():
    reading = invent_reading()
    holder = reading.statements[0].id
    sides = (Side(stance="assert", holders=(holder,), claims=()), Side(stance="deny", holders=(holder,), claims=()))
    both = replace(reading, disputes=(Dispute(id="d", about=None, kind="blame", proposition="x", sides=sides),))
    assert wording.Lookup(reading).holder_of(holder, sides[0]) == "Amina Odhiambo"
    assert wording.Lookup(both).holder_of(holder, sides[1]) == "Kenya's foreign minister, Amina Odhiambo"


@pytest.mark.parametrize(
    ("names", "words"), [((), ""), (("Iraq",), "Iraq"), (("Iraq", "Oman", "Qatar"), "Iraq, Oman and Qatar")]
)
def test_names_are_said_one_after_the_other(names, words):
    assert wording.name_all(names) == words
