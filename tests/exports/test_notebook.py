"""What a notebook shows, charts and frames."""

import html
import json
import re
import sys

import pytest
from msgspec.structs import replace

import melian
from invented import HOSTILE, invent_reading
from melian import records as r
from melian.errors import BadQuestion, MissingExtra
from melian.exports.charts import chart_dyads, chart_events, chart_places, chart_standing
from melian.exports.land import land_polygons
from reviewed_archive import store

FRAME = re.compile(r'<iframe sandbox="" srcdoc="[^"]*" title="[^"<]*" style="[^"]*"></iframe>')


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook") / "news"
    store(folder, invent_reading())
    return melian.Archive(folder)


def test_a_reading_shows_its_page_in_a_frame_of_its_own():
    shown = invent_reading()._repr_html_()
    assert re.fullmatch(r'<iframe sandbox="" srcdoc="[^"]*" title="[^"<]*" style="[^"]*"></iframe>', shown)
    page = html.unescape(re.search(r'srcdoc="([^"]*)"', shown)[1])
    assert page.startswith("<!DOCTYPE html>")
    assert "Kenya denies bombing Kismayo" in page


def test_a_reading_is_still_its_record():
    reading = invent_reading()
    assert r.from_json(r.to_json(reading)) == reading
    assert "_repr_html_" not in reading.__struct_fields__


def test_an_archive_says_what_it_holds(archive, tmp_path):
    shown = archive._repr_html_()
    assert "1 reports · 3 events · 4 statements · 5 claims · 1 disputes" in shown
    assert "published 2026-05-06 to 2026-05-06" in shown
    assert "<td>Coast Wire</td><td>1</td>" in shown
    bare = replace(invent_reading().report, published=None, outlet=None)
    store(tmp_path / "a", replace(invent_reading(), report=bare, events=()))
    assert "no day of publication known" in melian.Archive(tmp_path / "a")._repr_html_()


@pytest.mark.parametrize("words", [*HOSTILE, "\"'><iframe srcdoc=x>", "</iframe><script>alert(1)</script>"])
def test_hostile_words_stay_words(tmp_path, words):
    whole = invent_reading()
    reading = replace(whole, report=replace(whole.report, id=words or "r", title=words, outlet=words, text=words * 9))
    shown = reading._repr_html_()
    assert re.fullmatch(r'<iframe sandbox="" srcdoc="[^"]*" title="[^"<]*" style="[^"]*"></iframe>', shown)
    store(tmp_path / "a", reading)
    shown = melian.Archive(tmp_path / "a")._repr_html_()
    tags = set(re.findall(r"<(\w+)", shown))
    assert tags <= {"div", "p", "b", "table", "caption", "thead", "tbody", "tr", "th", "td", "code"}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    events = melian.Archive(tmp_path / "a").sql("SELECT * FROM events")
    assert "\x1b" not in json.dumps(chart_places(events).to_dict())


def test_frames(archive):
    pandas, polars = archive.events(frame="pandas", type="ASSAULT"), archive.events(frame="polars", type="ASSAULT")
    assert (type(pandas).__module__.split(".")[0], pandas.shape[0]) == ("pandas", 1)
    assert (type(polars).__module__.split(".")[0], polars.height) == ("polars", 1)
    assert archive.events(type="ASSAULT").num_rows == 1
    for question in (archive.statements, archive.disputes, archive.dyads):
        assert len(question(frame="pandas")) == question().num_rows
    with pytest.raises(BadQuestion, match="no frame 'excel'"):
        archive.events(frame="excel")


def test_charts_are_altair_objects(archive):
    import altair as alt

    events, dyads = archive.events(), archive.dyads("week")
    for by in ("day", "week", "month", "year"):
        assert isinstance(chart_events(events, by), alt.Chart)
    assert len(chart_events(events).to_dict()["data"]["values"]) == 2
    assert len(chart_standing(events).to_dict()["data"]["values"]) == 3
    values = chart_dyads(dyads, "week").to_dict()["data"]["values"]
    assert sorted((row["pair"], row["from"], row["to"], row["high"]) for row in values) == [
        ("KEN → SOM", "2026-04-27", "2026-05-04", 1),
        ("KEN → SOM", "2026-05-04", "2026-05-11", -1),
        ("SOM → KEN", "2026-04-27", "2026-05-04", 1),
    ]
    chart = chart_places(archive.sql("SELECT * FROM events"))
    assert [row["known"] for row in chart.to_dict()["layer"][1]["data"]["values"]] == ["place"]
    with pytest.raises(BadQuestion, match="no column 'lat'"):
        chart_places(events)


def test_the_land_is_in_the_world_and_closed():
    rings = land_polygons()
    assert len(rings) > 100
    assert all(ring[0] == ring[-1] for ring in rings)
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for ring in rings for lon, lat in ring)


def test_what_is_missing_is_named(archive, monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtra, match=r"melian\[notebook\]"):
        chart_events(archive.events())
    with pytest.raises(MissingExtra, match=r"melian\[notebook\]"):
        archive.events(frame="polars")
