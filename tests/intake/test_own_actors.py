"""The user's own table of actors: good rows are read, bad rows are named, and nothing else stops."""

from __future__ import annotations

import io
import json

import pytest

from melian.errors import BadKnowledge
from melian.intake.own_actors import BadRow, joined, make_row, read_actors, read_rows, write_rows

HEADER = "name,aliases,kind,country,sector,office,from,until,provenance\n"
GOOD = 'Amina Okoth,A. Okoth|Okoth Amina,person,KEN,GOV,foreign minister,2026-02-01,,"the gazette, page 4"\n'


def test_a_table_is_read_and_written_and_read_again(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + GOOD + "Kisima Front,KF,group,,reb,,,,\n", encoding="utf-8-sig")
    own = read_actors(path)
    okoth, front = own.rows
    assert (okoth.id, okoth.aliases, str(okoth.from_)) == (
        "ken-amina-okoth-2026",
        ("A. Okoth", "Okoth Amina"),
        "2026-02-01",
    )
    assert (front.sector, front.country, front.provenance) == ("REB", None, "mine.csv")
    again = tmp_path / "again.csv"
    with again.open("wb") as file:
        write_rows(own.rows, file)
    assert read_actors(again).rows == own.rows
    assert read_actors(again).version == own.version != ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,person,KEN,GOV,,,,", "no name"),
        ("X Y,,robot,KEN,GOV,,,,", "kind 'robot'. Expected one of person, organisation, group"),
        ("X Y,,person,KEN,BOSS,,,,", "sector 'BOSS'. Expected one of PLOVER's sectors"),
        ("X Y,,person,Kenya,GOV,,,,", "country 'KENYA'. Expected an alpha-3 code"),
        ("X Y,,person,KEN,GOV,,May 2026,,", "Expected days as YYYY-MM-DD"),
        ("X Y,,person,KEN,GOV,,2026-02-01,2026-01-01,", "it ends on 2026-01-01"),
        ("=HYPERLINK(1),,person,KEN,GOV,,,,", "that begin with no sign"),
        ("\x1b[31mX,,person,KEN,GOV,,,,", "on one line"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_the_others_are_read(tmp_path, row, said):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + row + "\n" + GOOD)
    bad, good = read_rows(path)
    assert isinstance(bad, BadRow)
    assert bad.number == 1
    assert said in bad.message
    assert not isinstance(good, BadRow)
    with pytest.raises(BadKnowledge, match="row 1"):
        read_actors(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"name,kind\nX,person\n", "lacks the column 'sector'"),
        ("a.csv", b"name,kind,sector,colour\n", "unknown column 'colour'"),
        ("a.csv", b"\xff\xfe\x00", "it is not UTF-8"),
        ("a.json", b"[1, 2]", "no result of a query"),
        ("none.csv", None, "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadKnowledge, match=said):
        list(read_rows(path))


def test_an_id_that_stands_twice_is_left_out(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + GOOD + GOOD)
    assert [isinstance(row, BadRow) for row in read_rows(path)] == [False, True]


def test_a_new_row_takes_the_place_of_an_old_one():
    old = make_row({"name": "X Y", "kind": "person", "sector": "GOV", "country": "KEN"}, "t")
    new = make_row({"name": "X Y", "kind": "person", "sector": "ELI", "country": "KEN"}, "t")
    assert joined([old], [new]) == (new,)
    file = io.BytesIO()
    write_rows([old], file)
    assert file.getvalue().startswith(b"id,name,")


def _result(**cells: str) -> dict[str, object]:
    return {key: {"type": "literal", "value": value} for key, value in cells.items()}


def test_an_extract_of_wikidata_is_read(tmp_path):
    path = tmp_path / "wikidata.json"
    item = "http://www.wikidata.org/entity/Q4{}"
    results = [
        _result(item=item.format(1), itemLabel="Amina Okoth", itemAltLabel="A. Okoth, Amina O.", countryLabel="Kenya",
                positionLabel="Minister of Foreign Affairs", start="2026-02-01T00:00:00Z", end="2027-03-00T00:00:00Z"),
        _result(item=item.format(2), itemLabel="Kisima Front", instanceLabel="political party", iso3="KEN"),
        _result(item=item.format(3), itemLabel="Q43", countryLabel="Kenya"),
        _result(item=item.format(4), itemLabel="A B", countryLabel="Atlantis", positionLabel="king"),
        _result(item=item.format(5), itemLabel="C D", countryLabel="Kenya", positionLabel="keeper of bees"),
        _result(item=item.format(6), itemLabel="E F", iso3="SWE", positionLabel="member of the Riksdag"),
    ]  # fmt: skip
    path.write_text(json.dumps({"head": {}, "results": {"bindings": results}}))
    okoth, front, unlabelled, atlantis, bees, member = read_rows(path)
    assert (okoth.office, okoth.sector, okoth.country, str(okoth.until)) == (
        "foreign minister",
        "GOV",
        "KEN",
        "2027-03-01",
    )
    assert okoth.aliases == ("A. Okoth", "Amina O.")
    assert okoth.provenance == "Wikidata Q41"
    assert (front.kind, front.sector) == ("organisation", "PTY")
    assert (member.sector, member.country) == ("LEG", "SWE")
    assert "no label" in unlabelled.message
    assert "Atlantis" in atlantis.message
    assert "no sector" in bees.message
    bees_again = list(read_rows(path, "AGR"))[4]
    assert bees_again.sector == "AGR"
