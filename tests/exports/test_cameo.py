import pytest
from msgspec.structs import replace

from invented import invent_reading
from melian import records as r
from melian.exports.cameo import code_actor, code_event, dyads_of
from melian.exports.gdelt import quad_class
from melian.exports.phoenix import penta_class
from melian.exports.told import tell_events


def actor(name="x", **about):
    return r.Actor(id=name, name=name, kind="organisation", **about)


@pytest.mark.parametrize(
    ("someone", "whole"),
    [
        (actor(country="KEN"), "KEN"),
        (actor(country="ROU", sector="GOV"), "ROMGOV"),
        (actor(country="KEN", sector="JRN"), "KENMED"),
        (actor(country="KEN", sector="MED"), "KENHLH"),
        (actor(country="KEN", sector="NGO"), "KEN"),
        (actor(sector="REB"), "REB"),
        (actor(sector="UNK"), ""),
        (actor(sector="IGO"), "IGO"),
        (actor("United Nations", sector="IGO"), "IGOUNO"),
        (actor("European Union", sector="IGO"), "IGOEUREEC"),
        (actor(country="Atlantis", sector="MIL"), "MIL"),
    ],
)
def test_actor_codes(someone, whole):
    assert code_actor(someone).whole == whole


@pytest.mark.parametrize(
    ("kind", "modes", "contexts", "code"),
    [
        ("ASSAULT", ("aerial",), ("military",), "195"),
        ("ASSAULT", ("unheard-of",), (), "180"),
        ("AID", (), ("military",), "072"),
        ("CONSULT", (), ("military",), "040"),
        ("SANCTION", ("convict", "expel"), (), "116"),
    ],
)
def test_event_codes(kind, modes, contexts, code):
    event = replace(invent_reading().events[0], type=kind, modes=modes, contexts=contexts)
    assert code_event(event).code == code


def pairs(kind, sources, targets=()):
    reading = invent_reading()
    event = replace(reading.events[2], type=kind, sources=tuple(sources), targets=tuple(targets))
    actors = (
        actor("A", country="KEN", sector="MIL"),
        actor("B", country="SOM", sector="MIL"),
        actor("C", country="KEN", sector="MIL"),
    )
    (told,) = tell_events(replace(reading, actors=actors, events=(event,)))
    return ["".join(side.name if side else "-" for side in (dyad.source, dyad.target)) for dyad in dyads_of(told)]


@pytest.mark.parametrize(
    ("kind", "sources", "targets", "expected"),
    [
        ("ACCUSE", "AB", "C", ["AC", "BC"]),
        ("ACCUSE", "A", "A", ["A-"]),
        ("ACCUSE", "AB", "", ["A-", "B-"]),
        ("ACCUSE", "", "B", ["-B"]),
        ("ACCUSE", "", "", []),
        ("CONSULT", "A", "B", ["AB", "BA"]),
        ("CONSULT", "ABC", "", ["AB", "BA", "AC", "CA", "BC", "CB"]),
        ("ASSAULT", "AB", "", ["AB", "BA"]),
        ("ASSAULT", "AC", "", ["A-", "C-"]),
    ],
)
def test_pairs(kind, sources, targets, expected):
    assert pairs(kind, sources, targets) == expected


def test_classes_differ_where_the_data_sets_do():
    roots = [f"{n:02}" for n in range(1, 21)]
    assert "".join(str(quad_class(root)) for root in roots) == "11111222333334444444"
    assert "".join(str(penta_class(root)) for root in roots) == "00111222333334434444"


def test_older_scores():
    event = replace(invent_reading().events[0], type="SANCTION", modes=("expel",))
    assert (code_event(event).goldstein, code_event(event).older_goldstein) == (-7, -8)
