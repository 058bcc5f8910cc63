"""The members of international bodies by date: every row's example holds, and rows that cannot be right are refused."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
import spacy

from melian.coding.actors.names import find_names
from melian.errors import BadKnowledge
from melian.knowledge.countries import countries
from melian.knowledge.organisations import organisations
from melian.knowledge.organisations.members import Accession, accessions, check_accessions, members_of
from melian.knowledge.table import parse_rows

_SAID = {
    "member": "was a member of", "permanent": "was a permanent member of", "elected": "was an elected member of",
    "associate": "was an associate of", "suspended": "was suspended from", "absent": "took no part in",
}  # fmt: skip
_DAY = re.compile(r"On (\d+ [A-Z][a-z]+ \d{4}) ")
_HEADER = "organisation\tmembers\tstanding\tfrom\tuntil\tsure\tnote\texample\tprovenance\n"


@pytest.mark.parametrize("row", accessions(), ids=lambda row: f"{row.organisation} {row.members[0]} {row.from_}")
def test_the_example_names_a_member_as_it_stood_on_that_day(row):
    on = datetime.strptime(_DAY.match(row.example)[1], "%d %B %Y").date()
    doc = spacy.blank("en")(row.example)
    named = {reading.row.partition(":")[2] for match in find_names(doc, on) for reading in match.readings}
    assert row.organisation in named
    stood = {one.member: one.standing for one in members_of(row.organisation, on)}
    assert {row.standing} == {stood[member] for member in row.members if member in named}
    assert _SAID[row.standing] in row.example


def test_terms_lie_in_the_days_of_the_member_and_of_the_body():
    states = {row.id: row for row in countries()}
    bodies = {row.id: row for row in organisations()}
    for row in accessions():
        for one in (bodies[row.organisation], *(states[m] for m in row.members if m in states)):
            assert one.from_ is None or one.from_ <= row.from_, (row.organisation, row.members, one.id)
            assert one.until is None or (row.until and row.until <= one.until), (row.organisation, row.members, one.id)


@pytest.mark.parametrize(
    ("body", "on", "count"),
    [
        ("NATO", "1949-04-04", 12), ("NATO", "1990-01-01", 16), ("NATO", "2004-03-29", 26),
        ("NATO", "2024-03-07", 32), ("EU", "1995-01-01", 15), ("EU", "2004-05-01", 25),
        ("EU", "2020-01-31", 28), ("EU", "2020-02-01", 27), ("Warsaw Pact", "1960-01-01", 8),
        ("Warsaw Pact", "1990-09-24", 6), ("ASEAN", "2020-01-01", 10), ("Arab League", "2005-01-01", 22),
        ("GCC", "2020-01-01", 6), ("AU", "2020-01-01", 55), ("OAU", "1963-06-01", 32),
        ("OAU", "2002-01-01", 53), ("ECOWAS", "2010-01-01", 15), ("ECOWAS", "2025-02-01", 12),
        ("SADC", "2020-01-01", 16), ("EAC", "2024-06-01", 8), ("OPEC", "2024-06-01", 12),
        ("OPEC+", "2024-06-01", 22), ("G7", "2020-01-01", 7), ("G8", "2010-01-01", 8),
        ("G20", "2010-01-01", 20), ("G20", "2024-01-01", 21), ("OSCE", "2020-01-01", 57),
        ("Council of Europe", "2020-01-01", 47), ("Council of Europe", "2022-03-16", 46), ("OAS", "2010-01-01", 35),
        ("CELAC", "2012-01-01", 33), ("CARICOM", "2010-01-01", 14), ("SAARC", "2010-01-01", 8),
        ("APEC", "2010-01-01", 21), ("BRICS", "2025-06-01", 10), ("SCO", "2024-08-01", 10),
        ("P5+1", "2010-01-01", 6), ("CIS", "1995-01-01", 12),
        ("SEATO", "1960-01-01", 8), ("SEATO", "1975-01-01", 7), ("CENTO", "1958-01-01", 5), ("CENTO", "1965-01-01", 4),
        ("EFTA", "1965-01-01", 7), ("EFTA", "1992-01-01", 7), ("EFTA", "2020-01-01", 4), ("BIMSTEC", "2020-01-01", 7),
        ("Turkic Council", "2020-01-01", 5), ("Bucharest Nine", "2020-01-01", 9), ("G5 Sahel", "2020-01-01", 5),
    ],
)  # fmt: skip
def test_bodies_have_as_many_members_as_they_are_known_to_have(body, on, count):
    assert len([one for one in members_of(body, date.fromisoformat(on)) if one.standing != "associate"]) == count


def test_the_security_council_has_five_permanent_and_ten_elected_members_on_every_day():
    on = date(1991, 1, 1)
    while on < date(2027, 1, 1):
        standings = [one.standing for one in members_of("Security Council", on)]
        assert (standings.count("permanent"), standings.count("elected")) == (5, 10), on
        on += timedelta(days=89)


@pytest.mark.parametrize(
    ("body", "member", "on", "standing"),
    [
        ("Arab League", "SYR", "2015-01-01", "suspended"), ("Arab League", "SYR", "2023-05-07", "member"),
        ("ECOWAS", "NER", "2025-01-29", None),
        ("Council of Europe", "RUS", "2022-03-16", None), ("CSTO", "ARM", "2025-01-01", "absent"),
        ("EU", "GBR", "2020-01-31", "member"),
        ("Quad", "IND", "2012-01-01", None), ("African Union", "SDN", "2022-01-01", "suspended"),
        ("AES", "MLI", "2024-01-01", "member"),
    ],
)  # fmt: skip
def test_who_left_or_was_suspended_stands_so_on_that_day(body, member, on, standing):
    found = {one.member: one.standing for one in members_of(body, date.fromisoformat(on))}
    assert found.get(member) == standing


def test_a_body_that_is_unknown_is_named():
    with pytest.raises(BadKnowledge, match="No organisation is called 'Order of Owls'"):
        members_of("Order of Owls", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["owls\tFRA\tmember\t2000-01-01\t\tday"], "no such organisation"),
        (["nato\tFRA|XYZ\tmember\t2000-01-01\t\tday"], "no such member 'XYZ'"),
        (["nato\tFRA\tmember\t2000-01-01\t1999-01-01\tday"], "ends on 1999-01-01"),
        (["nato\tFRA\tmember\t2000-01-01\t\tday", "nato\tFRA|DEU\tsuspended\t2001-01-01\t\tday"], "two terms of FRA"),
    ],
)
def test_rows_that_cannot_be_right_are_refused(rows, message):
    text = _HEADER + "".join(f"{row}\t\tX.\town\n" for row in rows)
    with pytest.raises(BadKnowledge, match=re.escape(message)):
        check_accessions(parse_rows(text, "members.tsv", Accession), "members.tsv")
