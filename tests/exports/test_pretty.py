import io

import msgspec
import pytest
from hypothesis import given, settings
from rich.console import Console

from invented import invent_reading, readings
from melian.exports.pretty import render_pretty


def printed(reading, width=100):
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False).print(render_pretty(reading))
    return out.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "Kenya denies bombing Kismayo",
        "Coast Wire · 2026-05-06 · dateline NAIROBI, 2026-05-06  [r0badcafe]",
        "Kenyan jets → Somalia: assault, from the air (ASSAULT aerial)",
        "disputed",
        "[e4f1c09ab]",
        "Tuesday 5 May 2026 · Kismayo, Somalia · at least 3 dead",
        "denied by Amina Odhiambo; stated by residents",
        "Kenyan jets had «bombed» the Somali port",
        "planned",
        "Somali official (via Hargeisa Radio)",
        "27 April 2026 to 3 May 2026 · Djibouti",
        "Kenya and Somalia: meeting or talks (CONSULT)",
        "Amina Odhiambo (Kenya, foreign minister): “denied”, deny, indirect  [s1deny]",
        "| Our aircraft were on the ground",
        "asserts: residents — “at least three people were killed in the bombing”",
        "denies: Amina Odhiambo — “that Kenyan jets had bombed the Somali port of Kismayo”",
        "Amina Odhiambo: foreign minister, Kenya, government · named 2 times",
        "Kenya: state",
    ],
)
def test_a_person_finds(line):
    assert line in printed(invent_reading(), width=300)


def test_who_is_only_mentioned_stands_in_a_line_of_its_own_and_those_alike_stand_once():
    reading = invent_reading()
    old = reading.actors[0]
    new = [
        msgspec.structs.replace(old, id=f"a9{name[:1]}{k}", name=name, kind=kind, unnamed=kind == "office")
        for k, (name, kind) in enumerate([("reporters", "office"), ("Amal Saad", "person"), ("Amal Saad", "person")])
    ]
    text = printed(msgspec.structs.replace(reading, actors=(*reading.actors, *new)), width=300)
    assert "Only mentioned: reporters" in text
    assert text.count("• Amal Saad") == 1


def test_an_empty_reading_says_so():
    empty = {"actors": (), "statements": (), "events": (), "claims": (), "disputes": ()}
    reading = invent_reading()
    bare = type(reading)(report=reading.report, produced_by=reading.produced_by, **empty)
    assert printed(bare).count("Nothing found.") == 4


@settings(max_examples=60)
@given(readings())
def test_any_reading_prints_and_steers_no_terminal(reading):
    text = printed(reading)
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in text)


def test_markup_in_a_report_stays_text():
    reading = invent_reading()
    report = type(reading.report)(id="r1", text="x", title="[bold red]up[/bold red] [/] :smile: \x1b[31m")
    text = printed(type(reading)(report=report, produced_by=reading.produced_by))
    assert "[bold red]up[/bold red] [/] :smile: ⟨U+001B⟩[31m" in text
