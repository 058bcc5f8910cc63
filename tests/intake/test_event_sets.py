"""Small files made by hand, each with a quirk that released files have."""

import gzip
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from melian.exports.export import layout_of
from melian.intake.event_sets import ImportedEvent, read_event_set
from melian.intake.event_sets import lines as event_lines
from melian.intake.rejects import Reject

POLECAT = layout_of("polecat").columns
ICEWS = layout_of("icews").columns
ASSAULT = {
    "Event ID": "1_ASSAULT", "Event Date": "2019-08-01", "Event Type": "ASSAULT", "Event Mode": "firearms",
    "Intensity": "-9.0", "Actor Name": "Kenya Police", "Actor Country": "Kenya", "Primary Actor Sector": "COP",
    "Recipient Name": "None", "Recipient Country": "None", "Placename": "Garissa", "Country": "Kenya",
    "Latitude": "-0.45", "Longitude": "39.65", "Source": "The Coast Post",
}  # fmt: skip
CONSULT = {
    "Event ID": "32889836", "Event Date": "2018-06-01", "Source Name": "Foreign Affairs (Bangladesh)",
    "Source Sectors": "Executive,Foreign Ministry,Government", "Source Country": "Bangladesh",
    "Event Text": "Consult", "CAMEO Code": "040", "Intensity": "1",
    "Target Name": "High Ranking Military Personnel (Russian Federation)", "Target Sectors": "Military,Government",
    "Target Country": "Russian Federation", "Story ID": "47400351", "Sentence Number": "2", "Publisher": "Coast Wire",
    "City": "Hanoi", "District": "NA", "Province": "Thanh Pho Ha Noi", "Country": "Vietnam", "Latitude": "21.0245",
    "Longitude": "105.841",
}  # fmt: skip


def row(columns, cells, **changed):
    cells = cells | {name.replace("_", " "): value for name, value in changed.items()}
    return "\t".join(cells.get(name, "") for name in columns)


def gdelt_row(width=61, **changed):
    cells = [""] * width
    geo = 51 if width == 61 else 49
    lat = geo + (5 if width == 61 else 4)
    fixed = {0: "410412347", 1: "20240101", 6: "KENYA", 7: "KEN", 12: "MIL", 16: "ROMANIA", 17: "ROM", 26: "042"}
    fixed |= {
        30: "1.9",
        geo: "4",
        geo + 1: "Nairobi, Nairobi Area, Kenya",
        geo + 2: "KE",
        lat: "-1.28",
        lat + 1: "36.8",
    }
    fixed |= {width - 1: "https://news.test/a"} if width != 57 else {}
    for at, cell in (fixed | {int(name[1:]): value for name, value in changed.items()}).items():
        cells[at] = cell
    return "\t".join(cells)


@pytest.fixture
def read(tmp_path):
    def call(content, kind, name="events.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_event_set(str(path), kind))

    return call


def table(columns, *rows):
    return "\n".join(["\t".join(columns), *rows]) + "\n"


def test_polecat_by_name(read):
    (event,) = read(table(POLECAT, row(POLECAT, ASSAULT)), "polecat")
    assert event == ImportedEvent(
        data_set="polecat", id="1_ASSAULT", date=date(2019, 8, 1), type="ASSAULT", mode="firearms",
        source_name="Kenya Police", source_country="Kenya", source_iso3="KEN", source_sector="COP", target_name=None,
        target_country=None, target_iso3=None, target_sector=None, place="Garissa", place_country="Kenya",
        place_iso3="KEN", lat=-0.45, lon=39.65, publisher="The Coast Post", intensity=-9.0, line=2,
    )  # fmt: skip


def test_polecat_in_another_order_with_other_names_and_more_columns(read):
    columns = ["Headline", *reversed(POLECAT)]
    columns[columns.index("Intensity")] = "Event Intensity"
    cells = ASSAULT | {"Event Intensity": "-8.5", "Headline": "Shots in Garissa"}
    (event,) = read("\ufeff" + table(columns, row(columns, cells)), "polecat")
    assert (event.id, event.intensity, event.source_name) == ("1_ASSAULT", -8.5, "Kenya Police")


def test_polecat_without_the_column_of_intensity(read):
    columns = [name for name in POLECAT if name != "Intensity"]
    (event,) = read(table(columns, row(columns, ASSAULT)), "polecat")
    assert event.intensity is None


def test_letters_of_iso_8859_1(read):
    content = table(POLECAT, row(POLECAT, ASSAULT, Actor_Name="José"), row(POLECAT, ASSAULT, Actor_Name="Zoë"))
    events = read(content.encode("latin-1"), "polecat")
    assert [event.source_name for event in events] == ["José", "Zoë"]


FULL = ASSAULT | {
    "Quad Code": "MATERIAL CONFLICT", "Actor COW": "501", "Actor Title": "chief", "Actor Name Raw": "police",
    "Recipient Name": "herders", "Recipient Country": "Somalia", "Recipient COW": "520",
    "Primary Recipient Sector": "CVL", "Recipient Name Raw": "men", "Publication Date": "2019-08-02",
}  # fmt: skip


@pytest.mark.parametrize("name", ["Story People", "Actor Title", "Recipient Name Raw", "Version"])
def test_a_stray_tab_is_mended_where_it_can_be_told(read, name):
    whole, broken = row(POLECAT, FULL), row(POLECAT, FULL | {name: "one\ttwo"})
    first, second = read(table(POLECAT, whole, broken), "polecat")
    assert replace(second, line=2) == first


def test_a_stray_tab_that_cannot_be_told_is_named(read):
    bare = {name: "" for name in FULL if name.startswith(("Actor", "Primary", "Recipient"))}
    (found,) = read(table(POLECAT, row(POLECAT, FULL | bare | {"Actor Name": "one\ttwo"})), "polecat")
    assert (found.reason, found.number) == ("cells", 2)


def test_stray_tabs_at_the_end_are_dropped(read):
    (event,) = read(table(POLECAT, row(POLECAT, FULL) + "\t\t"), "polecat")
    assert event.id == "1_ASSAULT"


def test_several_countries(read):
    (event,) = read(table(POLECAT, row(POLECAT, ASSAULT, Actor_Country="Kenya;Atlantis;Somalia")), "polecat")
    assert (event.source_country, event.source_iso3) == ("Kenya;Atlantis;Somalia", "KEN;SOM")


def test_icews_and_both_forms_of_date(read):
    rows = [row(ICEWS, CONSULT), row(ICEWS, CONSULT, Event_Date="6/1/2018")]
    first, second = read(table(ICEWS, *rows), "icews")
    assert first.date == second.date == date(2018, 6, 1)
    assert (first.type, first.code, first.source_iso3, first.target_iso3) == ("CONSULT", "040", "BGD", "RUS")
    assert (first.place, first.place_iso3, first.source_sector) == (
        "Hanoi", "VNM", "Executive,Foreign Ministry,Government",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "mended", "kind"),
    [
        ("40", "040", "CONSULT"), ("311", "0311", "AGREE"), ("111", "111", "ACCUSE"), ("1712", "1712", "ASSAULT"),
        ("010", "010", None), ("842", "0842", "RETREAT"), ("173.0", "173", "COERCE"),
    ],
)  # fmt: skip
def test_codes_that_were_read_as_numbers(read, code, mended, kind):
    (event,) = read(table(ICEWS, row(ICEWS, CONSULT, CAMEO_Code=code)), "icews")
    assert (event.code, event.type) == (mended, kind)


@pytest.mark.parametrize("width", [61, 58, 57])
def test_gdelt_by_position(read, width):
    (event,) = read(gdelt_row(width) + "\n", "gdelt")
    assert (event.id, event.date, event.code, event.type) == ("410412347", date(2024, 1, 1), "042", "CONSULT")
    assert (event.source_iso3, event.source_sector, event.target_iso3) == ("KEN", "MIL", "ROU")
    assert (event.place, event.place_iso3, event.lat, event.lon) == (
        "Nairobi, Nairobi Area, Kenya", "KEN", -1.28, 36.8,
    )  # fmt: skip
    assert event.publisher == (None if width == 57 else "news.test")


def test_zip_and_gzip(tmp_path):
    zipped, gzipped = tmp_path / "a.export.CSV.zip", tmp_path / "b.gz"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.export.CSV", gdelt_row() + "\n")
        archive.writestr("../../b.export.CSV", gdelt_row() + "\nbroken\n")
    gzipped.write_bytes(gzip.compress(gdelt_row().encode()))
    first, second, broken = read_event_set(str(zipped), "gdelt")
    assert first == second
    assert "b.export.CSV" in broken.source
    assert broken.number == 2
    assert list(read_event_set(str(gzipped), "gdelt")) == [first]


@pytest.mark.parametrize(
    ("changed", "reason", "word"),
    [
        ({"Event_Date": "yesterday"}, "date", "yesterday"),
        ({"Event_Date": "2019-02-30"}, "date", "no day"),
        ({"Event_Date": "None"}, "missing", "Event Date"),
        ({"Event_ID": ""}, "missing", "Event ID"),
        ({"Event_Type": "FIGHT"}, "type", "FIGHT"),
        ({"Latitude": "north"}, "number", "Latitude"),
        ({"Latitude": "91"}, "number", "out of range"),
        ({"Longitude": "nan(1)"}, "number", "Longitude"),
        ({"Intensity": "1e999"}, "number", "Intensity"),
    ],
)
def test_bad_rows_are_named_and_the_others_read(read, changed, reason, word):
    found = read(
        table(POLECAT, row(POLECAT, ASSAULT), row(POLECAT, ASSAULT, **changed), row(POLECAT, ASSAULT)), "polecat"
    )
    assert [type(one) for one in found] == [ImportedEvent, Reject, ImportedEvent]
    assert (found[1].number, found[1].reason) == (3, reason)
    assert word in found[1].message


@pytest.mark.parametrize("code", ["", "ab", "2199", "9", "00", "12345", "٠٤٠"])
def test_what_is_no_code(read, code):
    (found,) = read(table(ICEWS, row(ICEWS, CONSULT, CAMEO_Code=code)), "icews")
    assert isinstance(found, Reject)


def test_short_rows_and_long_rows(read):
    found = read(table(POLECAT, "1\t2\t3", "\t".join("x" * 60)), "polecat")
    assert [one.reason for one in found] == ["cells", "cells"]


def test_long_lines_are_passed_over(read, monkeypatch):
    monkeypatch.setattr(event_lines, "LONGEST_LINE", 2_000)
    found = read(table(POLECAT, "x" * 5_000, row(POLECAT, ASSAULT)), "polecat")
    assert [one.reason if isinstance(one, Reject) else one.id for one in found] == ["too-long", "1_ASSAULT"]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04broken", b"\x1f\x8bbroken", gzip.compress(b"x\n" * 50_000, mtime=0)[:-20]]
)
def test_broken_archives(read, content):
    found = read(content, "gdelt")
    assert found[-1].reason == "unreadable"


def test_a_table_without_the_columns(read):
    (found,) = read("a\tb\n1\t2\n", "icews")
    assert found.reason == "header"
    assert "'event id'" in found.message


def test_no_such_file(tmp_path):
    (found,) = read_event_set(str(tmp_path / "none.txt"), "icews")
    assert found.reason == "missing"


@settings(max_examples=150)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))))
@pytest.mark.parametrize("kind", ["polecat", "icews", "gdelt"])
def test_no_bytes_raise(tmp_path_factory, kind, content):
    path = tmp_path_factory.getbasetemp() / f"any.{kind}"
    head = {"polecat": "\t".join(POLECAT), "icews": "\t".join(ICEWS), "gdelt": ""}[kind].encode()
    path.write_bytes(head + b"\n" + content)
    assert all(isinstance(one, ImportedEvent | Reject) for one in read_event_set(str(path), kind))
