"""Each format against its documented columns, and a golden row of a reading made by hand."""

import csv
import io
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from invented import invent_reading
from melian import records as r
from melian.exports.attributed import ATTRIBUTED
from melian.exports.export import EXPORT_FORMATS, UNASSERTED, columns_of, layout_of, write_export

COLUMNS = [
    line.split("\t")
    for line in (Path(__file__).parent / "columns.tsv").read_text().splitlines()
    if not line.startswith(("#", "format"))
]
DELIMITED = ("polecat", "icews", "gdelt", "phoenix")


def export(reading, format, **choices):
    file = io.BytesIO()
    left_out = write_export([reading] if isinstance(reading, r.Reading) else reading, format, file, **choices)
    return file.getvalue().decode(), left_out


def table(text, format):
    """Read a table back: rows as columns' names to cells."""
    if format == "csv":
        return list(csv.DictReader(io.StringIO(text)))
    layout = layout_of(format)
    lines = text.split("\n")[:-1]
    if layout.has_header:
        assert lines[0].split("\t")[: len(layout.columns)] == list(layout.columns)
    extra = lines[0].count("\t") + 1 - len(layout.columns)
    names = [*layout.columns, *ATTRIBUTED][: len(layout.columns) + extra]
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines[layout.has_header :]]


@pytest.mark.parametrize("format", DELIMITED)
def test_columns_are_those_of_the_data_set(format):
    documented = [(int(number), column) for name, number, column in COLUMNS if name == format]
    assert [number for number, _ in documented] == list(range(1, len(documented) + 1))
    assert tuple(column for _, column in documented) == layout_of(format).columns


@pytest.mark.parametrize("format", DELIMITED)
def test_only_gdelt_and_phoenix_have_no_header(format):
    text, _ = export(invent_reading(), format)
    has_header = text.split("\t")[0] == layout_of(format).columns[0]
    assert has_header == (format in ("polecat", "icews"))


GOLDEN = {
    "polecat": {
        "Event ID": "r0badcafe-e4f1c09ab_ASSAULT_aerial", "Event Date": "2026-05-05", "Event Type": "ASSAULT",
        "Event Mode": "aerial", "Intensity": "-9.5", "Quad Code": "MATERIAL CONFLICT", "Contexts": "military",
        "Actor Name": "Kenyan jets", "Actor Country": "Kenya", "Actor COW": "501", "Primary Actor Sector": "MIL",
        "Actor Name Raw": "Kenyan jets", "Recipient Name": "Somalia", "Recipient Country": "Somalia",
        "Recipient COW": "520", "Recipient Name Raw": "Somalia", "Placename": "Kismayo", "City": "Kismayo",
        "Country": "Somalia", "Latitude": "-0.36", "Longitude": "42.55", "GeoNames ID": "55671",
        "Raw Placename": "Kismayo", "Feature Type": "PPL", "Source": "Coast Wire", "Publication Date": "2026-05-06",
        "Story People": "Amina Odhiambo;Somali official", "Story Organizations": "Kenyan jets;Hargeisa Radio",
        "Story Locations": "Kismayo;Djibouti", "Language": "en", "Version": "Melian 0.1.0",
    },
    "icews": {
        "Event Date": "2026-05-05", "Source Name": "Kenyan jets (Kenya)", "Source Sectors": "Military,Government",
        "Source Country": "Kenya", "Event Text": "Employ aerial weapons", "CAMEO Code": "195", "Intensity": "-10",
        "Target Name": "Somalia", "Target Sectors": "NA", "Target Country": "Somalia", "Sentence Number": "1",
        "Publisher": "Coast Wire", "City": "Kismayo", "District": "NA", "Province": "NA", "Country": "Somalia",
        "Latitude": "-0.36", "Longitude": "42.55",
    },
    "gdelt": {
        "SQLDATE": "20260505", "MonthYear": "202605", "Year": "2026", "FractionDate": "2026.4247",
        "Actor1Code": "KENMIL", "Actor1Name": "KENYAN JETS", "Actor1CountryCode": "KEN", "Actor1Type1Code": "MIL",
        "Actor2Code": "SOM", "Actor2Name": "SOMALIA", "Actor2CountryCode": "SOM", "IsRootEvent": "1",
        "EventCode": "195", "EventBaseCode": "195", "EventRootCode": "19", "QuadClass": "4", "GoldsteinScale": "-10",
        "NumMentions": "2", "NumSources": "1", "NumArticles": "1", "AvgTone": "", "Actor1Geo_Type": "0",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Kismayo, Somalia", "ActionGeo_CountryCode": "SO",
        "ActionGeo_ADM1Code": "SO", "ActionGeo_Lat": "-0.36", "ActionGeo_Long": "42.55", "ActionGeo_FeatureID": "",
        "DATEADDED": "20260506000000", "SOURCEURL": "",
    },
    "phoenix": {
        "EventID": "1_0.1.0", "Date": "20260505", "Year": "2026", "Month": "05", "Day": "05",
        "SourceActorFull": "KENMIL", "SourceActorEntity": "KEN", "SourceActorRole": "MIL", "SourceActorAttribute": "",
        "TargetActorFull": "SOM", "TargetActorEntity": "SOM", "TargetActorRole": "", "EventCode": "195",
        "EventRootCode": "19", "PentaClass": "4", "GoldsteinScore": "-10", "Issues": "MILITARY,1", "Lat": "-0.36",
        "Lon": "42.55", "LocationName": "Kismayo", "StateName": "", "CountryCode": "SOM",
        "SentenceID": "r0badcafe_1;r0badcafe_3", "URLs": "", "NewsSources": "Coast Wire",
    },
    "csv": {
        "report": "r0badcafe", "event": "e4f1c09ab", "outlet": "Coast Wire", "type": "ASSAULT", "modes": "aerial",
        "quad": "4", "intensity": "-9.5", "sources": "Kenyan jets", "source_countries": "KEN",
        "source_sectors": "MIL", "targets": "Somalia", "date_start": "2026-05-05", "date_precision": "day",
        "date_basis": "relative", "place": "Kismayo", "place_precision": "city", "dead_low": "3", "dead_high": "",
        "mentions": "2", "confidence": "0.8",
    },
}  # fmt: skip


@pytest.mark.parametrize("format", GOLDEN)
def test_golden_row(format):
    text, _ = export(invent_reading(), format)
    row = table(text, format)[0]
    assert {name: row[name] for name in GOLDEN[format]} == GOLDEN[format]
    if format == "polecat":
        assert {name for name, cell in row.items() if cell} == set(GOLDEN["polecat"])


def test_golden_object_of_plover():
    text, _ = export(invent_reading(), "plover", has_attribution=True)
    first, talks = (json.loads(line) for line in text.splitlines())
    assert {name: first[name] for name in ("id", "date", "event", "mode", "context", "quad_code", "event_scale")} == {
        "id": "r0badcafe-e4f1c09ab",
        "date": "2026-05-05",
        "event": ["ASSAULT"],
        "mode": ["aerial"],
        "context": ["military"],
        "quad_code": 4,
        "event_scale": -9.5,
    }
    assert first["actor"] == [
        {"code": "KEN", "sector": "MIL", "entity_text": "Kenyan jets", "identifier_text": "Kenyan jets"}
    ]
    assert first["size"] == {"dead": "3.."}
    assert first["event_loc"]["resolution"] == 4
    assert first["event_loc"]["country_code"] == "SOM"
    assert first["cite_info"]["publication"] == "Coast Wire"
    assert [claim["speaker"] for claim in first["claims"]] == ["author", "Amina Odhiambo", "residents"]
    assert first["disputed"] is True
    assert (talks["date"], talks["enddate"]) == ("2026-04-27", "2026-05-03")
    assert "recipient" not in talks


def test_parquet_keeps_lists(tmp_path):
    from pyarrow.parquet import read_table

    path = tmp_path / "events.parquet"
    with path.open("wb") as file:
        write_export([invent_reading()], "parquet", file)
    first, talks = read_table(path).to_pylist()
    assert [actor["name"] for actor in talks["sources"]] == ["Kenya", "Somalia"]
    assert first["dead"] == {"low": 3, "high": None}
    assert first["disputed"]
    assert [(claim["holder"], claim["polarity"]) for claim in first["claims"]] == [
        ("author", "positive"),
        ("s1deny", "negative"),
        ("s3resi", "positive"),
    ]


def test_an_event_of_ones_own_ontology_keeps_its_type(tmp_path):
    reading = invent_reading()
    own = replace(reading.events[0], type="air-raid", ontology="raids/1.0", plover="ASSAULT")
    reading = replace(reading, events=(own, *reading.events[1:]))
    (row, *_) = table(export(reading, "csv")[0], "csv")
    assert (row["type"], row["ontology"], row["plover"]) == ("air-raid", "raids/1.0", "ASSAULT")
    found = json.loads(export(reading, "plover")[0].splitlines()[0])
    assert (found["event"], found["ontology"], found["ontology_type"]) == (["ASSAULT"], "raids/1.0", "air-raid")
    plain = json.loads(export(invent_reading(), "plover")[0].splitlines()[0])
    assert "ontology" not in plain


def test_events_between_equals_stand_twice_in_icews():
    rows = [row for row in table(export(invent_reading(), "icews")[0], "icews") if row["CAMEO Code"] == "040"]
    assert [(row["Source Name"], row["Target Name"]) for row in rows] == [("Kenya", "Somalia"), ("Somalia", "Kenya")]
    assert int(rows[1]["Event ID"]) == int(rows[0]["Event ID"]) + 1


def test_a_visit_is_hosted_in_the_mirrored_row():
    reading = invent_reading()
    visit = replace(reading.events[2], modes=("visit",), sources=("a1kenya",), targets=("a7soma",))
    rows = table(export(replace(reading, events=(visit,)), "icews")[0], "icews")
    assert [(row["Source Name"], row["CAMEO Code"], row["Intensity"]) for row in rows] == [
        ("Kenya", "042", "1.9"),
        ("Somalia", "043", "2.8"),
    ]


def test_sources_that_act_side_by_side_are_no_pair():
    reading = invent_reading()
    support = replace(reading.events[2], type="SUPPORT")
    _, left_out = export(replace(reading, events=(support,)), "icews")
    assert left_out.reasons == {"no pair of a source and a target": 1}


def test_claims_do_not_leak_out_as_facts():
    reading = invent_reading()
    text, left_out = export(reading, "polecat")
    assert left_out.reasons == {UNASSERTED: 1}
    assert "e4f200000" not in text
    everything, left_out = export(reading, "polecat", claims="all")
    assert not left_out.reasons
    assert "r0badcafe-e4f200000_SANCTION" in everything


@pytest.mark.parametrize(
    ("polarity", "certainty", "tense", "is_taken"),
    [
        ("positive", "certain", "past", True),
        ("positive", "probable", "present", True),
        ("positive", "possible", "past", False),
        ("positive", "uncommitted", "past", False),
        ("negative", "certain", "past", False),
        ("positive", "certain", "future", False),
        ("positive", "certain", "hypothetical", False),
    ],
)
def test_what_counts_as_asserted(polarity, certainty, tense, is_taken):
    reading = invent_reading()
    claim = replace(reading.claims[4], polarity=polarity, certainty=certainty, tense=tense)
    _, left_out = export(replace(reading, events=reading.events[2:], claims=(claim,)), "csv")
    assert left_out.taken == is_taken


@pytest.mark.parametrize("format", [*DELIMITED, "csv"])
def test_attribution_stands_at_the_end(format):
    plain = table(export(invent_reading(), format)[0], format)[0]
    row = table(export(invent_reading(), format, has_attribution=True)[0], format)[0]
    assert list(row)[: len(plain)] == list(plain)
    assert tuple(row) == columns_of(layout_of(format), has_attribution=True)
    assert row["holder"] == "author;s1deny;s3resi"
    assert row["speaker"] == "author;Amina Odhiambo;residents"
    assert row["polarity"] == "positive;negative;positive"
    assert row["certainty"] == "uncommitted;certain;certain"
    assert row["disputed"] == "true"


def test_phoenix_takes_one_a_day_over_all_reports():
    reading = invent_reading()
    other = replace(reading, report=replace(reading.report, id="r2", outlet="Lamu Post", url="https://lamu.test/1"))
    rows = table(export([reading, other], "phoenix", has_attribution=True)[0], "phoenix")
    assert [row["EventCode"] for row in rows] == ["195", "040", "040"]
    assert rows[0]["NewsSources"] == "Coast Wire;Lamu Post"
    assert rows[0]["SentenceID"] == "r0badcafe_1;r0badcafe_3;r2_1;r2_3"
    assert rows[0]["Issues"] == "MILITARY,2"
    assert rows[0]["speaker"].count("residents") == 2


def test_an_undated_event_has_the_day_of_publication_and_says_so():
    reading = invent_reading()
    bare = replace(reading, events=(replace(reading.events[0], date=None),))
    row = table(export(bare, "polecat", has_attribution=True)[0], "polecat")[0]
    assert (row["Event Date"], row["date_basis"], row["date_precision"]) == ("2026-05-06", "publication", "")
    undated = replace(bare, report=replace(bare.report, published=None))
    text, left_out = export(undated, "polecat")
    assert not table(text, "polecat")
    assert left_out.reasons == {"no date, of the event or of publication": 1}
    assert table(export(undated, "csv")[0], "csv")[0]["date_start"] == ""


def test_a_country_stays_a_country():
    reading = invent_reading()
    country = r.Where(name="Somalia", country="SOM", lat=10.0, lon=49.0, precision="country")
    bare = replace(reading, events=(replace(reading.events[0], place=country),))
    assert table(export(bare, "icews")[0], "icews")[0]["City"] == "NA"
    assert table(export(bare, "gdelt")[0], "gdelt")[0]["ActionGeo_Type"] == "1"
    row = table(export(bare, "polecat")[0], "polecat")[0]
    assert (row["City"], row["Province"], row["Feature Type"]) == ("", "", "PCLI")


def test_a_sea_is_no_province():
    reading = invent_reading()
    sea = r.Where(name="Red Sea", country=None, lat=20.0, lon=38.0, precision="region")
    bare = replace(reading, events=(replace(reading.events[0], place=sea),))
    row = table(export(bare, "icews")[0], "icews")[0]
    assert {row[name] for name in ("City", "Province", "Country", "Latitude")} == {"NA"}
    assert table(export(bare, "gdelt")[0], "gdelt")[0]["ActionGeo_Type"] == "0"
    assert table(export(bare, "polecat")[0], "polecat")[0]["Placename"] == "Red Sea"


def test_gdelt_names_divisions_by_fips():
    reading = invent_reading()
    place = r.Where(name="Homs", country="SYR", admin1="Homs", lat=34.7, lon=36.7, precision="city")
    row = table(export(replace(reading, events=(replace(reading.events[0], place=place),)), "gdelt")[0], "gdelt")[0]
    assert row["ActionGeo_ADM1Code"].startswith("SY")
    assert len(row["ActionGeo_ADM1Code"]) == 4


def test_numbers_of_events_are_the_same_from_run_to_run():
    first, second = (table(export(invent_reading(), "gdelt")[0], "gdelt") for _ in range(2))
    assert first == second
    assert all(int(row["GLOBALEVENTID"]) < 2**53 for row in first)
    assert len({row["GLOBALEVENTID"] for row in first}) == len(first)


def test_json_lines_are_whole_readings(tmp_path):
    from melian.intake.readings import read_readings

    readings = [invent_reading(), replace(invent_reading(), events=())]
    text, left_out = export(readings, "jsonl")
    path = tmp_path / "readings.jsonl"
    path.write_text(text)
    assert list(read_readings(str(path))) == readings
    assert not left_out.reasons


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_no_reading_at_all_is_no_error(format):
    write_export([], format, io.BytesIO())
