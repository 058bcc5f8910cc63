"""Briefs: everything in one has its place in a report, and nothing in a report gets out of its place."""

import re
import tempfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import melian
from invented import HOSTILE, TEXT, invent_reading, readings
from melian.archive import Writer
from melian.archive.layout import find_archive
from melian.archive.linking.decisions import add_decision, decide
from melian.archive.linking.link import link
from melian.archive.review.queue import Review
from melian.exports.brief import gather
from melian.exports.brief_charts import draw_chart, draw_map
from melian.exports.brief_markdown import markdown_text, render_brief_markdown
from melian.exports.brief_page import is_link, render_brief_page
from melian.exports.dossier import Counted
from melian.exports.visible import show_line
from reviewed_archive import judge, store
from told_reports import tell


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("brief") / "news"
    first = invent_reading()
    later = replace(first, report=replace(first.report, id="r2", published="2026-05-09", url="https://coast.test/2"))
    store(folder, first, later)
    return melian.Archive(folder)


def quotes_of(brief):
    for _, happenings in brief.days:
        for one in happenings:
            yield from one.quotes
    for _, sayings in brief.speakers:
        for one in sayings:
            yield from one.quotes
    for dispute in brief.disputes:
        for position in dispute.positions:
            yield from position.quotes


def test_a_brief_holds_what_the_archive_holds(archive):
    brief = gather(archive, {})
    assert [(day, len(events)) for day, events in brief.days] == [
        ("27 April 2026 to 3 May 2026", 2), ("Tuesday 5 May 2026", 2), ("Day not known", 2),
    ]  # fmt: skip
    assert {name: len(said) for name, said in brief.speakers} == {
        "Amina Odhiambo (Kenya)": 2, "residents (Somalia)": 1, "Somali official": 1,
    }  # fmt: skip
    assert [[(p.stance, p.holder) for p in d.positions] for d in brief.disputes] == [
        [("asserts", "residents"), ("denies", "Amina Odhiambo")]
    ] * 2
    assert [one.report for one in brief.references] == ["r0badcafe", "r2"]


def test_every_quotation_stands_in_its_report_where_it_says(archive):
    brief = gather(archive, {})
    quotes = list(quotes_of(brief))
    assert len(quotes) > 12
    for quote in quotes:
        assert quote.words == show_line(TEXT[slice(*quote.span)])
        assert 1 <= quote.reference <= 2


def test_every_entry_of_the_page_and_of_the_markdown_has_a_reference(archive):
    brief = gather(archive, {})
    page = render_brief_page(brief)
    for entry in re.findall(r'<li class="(?:happening|saying|position)">.*?</li>', page, re.DOTALL):
        assert re.search(r'href="#r[12]"', entry)
        assert "<q " in entry
    assert {"r1", "r2"} <= set(re.findall(r'<li id="(r\d+)"', page))
    entries = re.split(r"\n(?=- |#)", render_brief_markdown(brief))
    assert all(re.search(r"\\\[[12], \d+–\d+\\\]", entry) for entry in entries if entry.startswith("- "))


def test_a_question_narrows_it(archive):
    assert [len(e) for _, e in gather(archive, {"type": "CONSULT"}).days] == [2]
    assert not gather(archive, {"source": "SOM", "target": "KEN", "type": "ASSAULT"}).days
    both = gather(archive, {"source": "SOM", "target": "KEN"}, both_ways=True)
    assert {one.type.split("(")[1] for _, events in both.days for one in events} == {
        "ASSAULT aerial)",
        "SANCTION discontinue)",
    }
    assert (both.title, both.question) == ("Somalia and Kenya", "source: SOM; target: KEN; both ways")
    few = gather(archive, {}, most=2)
    assert (few.left_out, len(few.counted)) == (4, 2)
    assert "4 more events left out" in render_brief_page(few)


def test_a_happening_that_linked_reports_tell_stands_once_with_all_references(tmp_path):
    first = invent_reading()
    later = replace(first, report=replace(first.report, id="r2", published="2026-05-07", outlet="Sahel Press"))
    store(tmp_path / "news", first, later)
    apart = gather(melian.Archive(tmp_path / "news"), {})
    with Writer(tmp_path / "news") as writer:
        link(writer)
    brief = gather(melian.Archive(tmp_path / "news"), {})
    assert len(brief.counted) * 2 == len(apart.counted)
    happenings = [one for _, found in brief.days for one in found]
    assert [one.reports for one in happenings] == [2, 2, 2]
    assert all({quote.reference for quote in one.quotes} == {1, 2} for one in happenings)
    (dispute,) = brief.disputes
    assert [(one.stance, {quote.reference for quote in one.quotes}) for one in dispute.positions] == [
        ("asserts", {1, 2}), ("denies", {1, 2}),
    ]  # fmt: skip
    # Words that both reports quote stand once, under both.
    assert {name: len(said) for name, said in brief.speakers} == {
        "Amina Odhiambo (Kenya)": 2, "residents (Somalia)": 1, "Somali official": 1,
    }  # fmt: skip
    assert "told by 2 reports" in render_brief_page(brief)
    assert "told by 2 reports" in render_brief_markdown(brief)
    assert (
        gather(melian.Archive(tmp_path / "news"), {}, most=2).counts == "2 events in 2 reports; 1 more event left out"
    )


def test_what_one_report_asserts_and_another_denies_is_disputed(tmp_path):
    words = "Kenyan jets shelled the port of Kismayo on Tuesday"
    store(
        tmp_path / "news",
        tell("asserts", f"{words}, residents said.", day="2026-05-05", holder=("residents", "SOM")),
        tell("denies", f"Kenya denied that {words}.", day="2026-05-05", target="KEN", published="2026-05-07",
             outlet="Northern Post", holder=("Kenya", "KEN"), polarity="negative"),
        tell("other", "A convoy was shelled in the hills.", day="2026-04-05", holder=("drivers", "SOM")),
    )  # fmt: skip
    with Writer(tmp_path / "news") as writer:
        link(writer)
    decision = decide("one", "events", ("asserts", "e1"), ("denies", "e1"), by="Ada")
    add_decision(find_archive(tmp_path / "news"), decision)
    brief = gather(melian.Archive(tmp_path / "news"), {"target": "SOM"})
    (dispute,) = brief.disputes
    assert [(one.stance, one.holder) for one in dispute.positions] == [("asserts", "residents"), ("denies", "Kenya")]
    # The denial is quoted though its own event does not fit the question.
    assert "denies" in [one.report for one in brief.references]


def test_numbers_of_dead_on_which_reports_differ_stand_in_the_order_of_publication(tmp_path):
    words = "Kenyan jets shelled the port of Kismayo on Tuesday"
    store(
        tmp_path / "news",
        tell("later", f"{words}, killing 19, a hospital said.", day="2026-05-05", published="2026-05-08",
             outlet="Northern Post", holder=("a hospital", "SOM"), dead=(19, 19)),
        tell("first", f"{words}, killing at least 12, residents said.", day="2026-05-05", published="2026-05-06",
             holder=("residents", "SOM"), dead=(12, None)),
        tell("same", "Ships were shelled off Berbera.", day="2026-04-05", source="YEM", dead=(1, 1)),
    )  # fmt: skip
    with Writer(tmp_path / "news") as writer:
        link(writer)
    decision = decide("one", "events", ("first", "e1"), ("later", "e1"), by="Ada")
    add_decision(find_archive(tmp_path / "news"), decision)
    (dispute,) = gather(melian.Archive(tmp_path / "news"), {}).disputes
    assert dispute.title.endswith("reports differ on the dead")
    assert [(one.holder, one.stance) for one in dispute.positions] == [
        ("residents", "says at least 12 dead, published Wednesday 6 May 2026"),
        ("a hospital", "says 19 dead, published Friday 8 May 2026"),
    ]
    assert all("killing" in quote.words for one in dispute.positions for quote in one.quotes)


def test_an_empty_brief_says_so(archive):
    brief = gather(archive, {"between": "1990"})
    assert "The archive holds no event that fits." in render_brief_page(brief)
    assert "The archive holds no dispute about it." in render_brief_markdown(brief)


def test_what_a_reviewer_said_is_in_it_and_marked(tmp_path):
    store(tmp_path / "news", invent_reading())
    judge(tmp_path / "news", "e9talks", {"type": "COOPERATE"})
    judge(tmp_path / "news", "e4f1c09ab", is_rejected=True)
    brief = gather(melian.Archive(tmp_path / "news"), {})
    assert [one.corrected for _, events in brief.days for one in events] == ["corrected", ""]
    assert "corrected by a reviewer" in render_brief_page(brief)
    assert "ASSAULT" not in render_brief_markdown(brief)
    assert Review(tmp_path / "news").corrections()


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(name, value) for name, value in attrs}


OURS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "h3", "p", "table", "caption",
    "tbody", "tr", "th", "td", "figure", "svg", "line", "text", "rect", "figcaption", "path", "circle", "section", "ul",
    "ol", "li", "b", "bdi", "span", "blockquote", "q", "a", "footer",
}  # fmt: skip


def attack(words):
    whole = invent_reading()
    report = whole.report
    return replace(
        whole,
        report=replace(report, id=words or "r", title=words, outlet=words, url="javascript:alert(1)//" + words,
                       text=(words * 9)[:29].ljust(29) + report.text[29:]),
        actors=tuple(replace(actor, name=words) for actor in whole.actors),
        events=tuple(replace(e, place=replace(e.place, name=words) if e.place else None,
                             mentions=(replace(e.mentions[0], sentence=(0, 60)),)) for e in whole.events),
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [*HOSTILE, "[x](javascript:alert(1))", "![x](http://evil.test/p.png)", "<svg/onload=alert(1)>", "http://evil.test",
     "www.evil.test", "`x` **y** ~~z~~ $w$ | # - 1. <b>", "# head", "--- x"],
)  # fmt: skip
def test_hostile_words_stay_words(tmp_path, words):
    store(tmp_path / "a", attack(words))
    brief = gather(melian.Archive(tmp_path / "a"), {}, title=words)
    page = render_brief_page(brief)
    found = _Tags()
    found.feed(page)
    assert found.tags <= OURS
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert not [value for name, value in found.attributes if name in ("href", "src") and not value.startswith("#")]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    written = render_brief_markdown(brief)
    assert not re.search(r"(?<!\\)[<`\[]|https?://|(?<!\\)\]\(|www\.", written)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)
    heads = [line for line in written.splitlines() if line.startswith("#")]
    assert heads[0].startswith("# ")
    assert not [line for line in written.splitlines() if re.match(r"\s*([-=+*]{3,}|\d+\) )", line)]


def test_markdown_marks():
    assert markdown_text("1. a\n# b") == "1\\. a # b"
    assert markdown_text("# a") == "\\# a"
    assert markdown_text("a_b *c* http://x.y") == "a\\_b \\*c\\* http\\://x.y"


@pytest.mark.parametrize(
    ("url", "is_one"),
    [("https://a.test/x?y=1", True), ("javascript:alert(1)", False), ("data:text/html,x", False), ("//a.test", False),
     ("http://", False), ("https://[", False), ("https://a.test/ x", False), ("file:///etc/passwd", False)],
)  # fmt: skip
def test_links(url, is_one):
    assert is_link(url) is is_one


def counted(first, last=None, lat=None, lon=None, **more):
    day = date.fromisoformat
    values = {"is_conflict": True, "place": "x", "is_country": False, **more}
    return Counted(first=day(first), last=day(last or first), lat=lat, lon=lon, **values)


@pytest.mark.parametrize(
    ("last", "unit", "labels"), [("2026-03-30", "day", 7), ("2026-09-01", "week", 7), ("2031-03-01", "month", 7)]
)
def test_charts_count_by_what_can_be_seen(last, unit, labels):
    chart = draw_chart([counted("2026-03-01"), counted(last), counted("2026-03-01", last, is_conflict=False)])
    assert (chart.unit, len(chart.bars), chart.undated) == (unit, 2, 1)
    assert len(chart.labels) <= 8
    assert len(chart.labels) >= labels - 1
    assert all(0 <= bar.x <= 720 and bar.y >= 0 and bar.y + bar.height <= 180 for bar in chart.bars)
    assert draw_chart([]) is None


@settings(max_examples=80)
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=6))
def test_every_place_is_on_its_map(points):
    found = draw_map([counted("2026-03-01", lat=lat, lon=lon) for lat, lon in points])
    x, y, width, height = found.frame
    assert width == pytest.approx(2 * height, abs=0.1)
    assert x >= 0 and y >= 0 and x + width <= 1440.1 and y + height <= 720.1  # noqa: PT018 - one fact: it is in the world
    assert all(x - 0.1 <= dot.x <= x + width + 0.1 and y - 0.1 <= dot.y <= y + height + 0.1 for dot in found.dots)


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(readings())
def test_any_reading_makes_a_brief(reading):
    with tempfile.TemporaryDirectory() as place:
        try:
            store(Path(place) / "a", reading)
        except (OverflowError, UnicodeEncodeError):
            return
        brief = gather(melian.Archive(Path(place) / "a"), {})
        assert render_brief_page(brief)
        assert render_brief_markdown(brief)
