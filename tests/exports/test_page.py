import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from invented import HOSTILE, TEXT, invent_reading, readings
from melian.exports.page import render_page
from melian.exports.single_page import template_part
from melian.exports.visible import show_controls

VOID = {"meta", "input", "img", "br", "link"}
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "fieldset", "legend", "label", "input", "span", "nav", "ol", "li",
    "a", "article", "header", "main", "h1", "h2", "p", "div", "section", "i", "aside", "ul", "b", "bdi", "em", "code",
    "footer", "script",
}  # fmt: skip


class Page(HTMLParser):
    """Collects tags, ids, links and the text of every report."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.links, self.records, self.texts, self.stack = [], [], [], [], [], []
        self.attributes = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if "href" in attrs else []
        self.records += attrs.get("data-records", "").split()
        if tag not in VOID:
            self.stack.append((tag, attrs.get("class")))
        if tag == "section":
            self.texts.append("")

    def handle_endtag(self, tag):
        assert self.stack.pop()[0] == tag

    def handle_data(self, data):
        if any(tag == "section" for tag, _ in self.stack):
            self.texts[-1] += data


def check(page, expected):
    read = Page(page)
    assert set(read.tags) <= ALLOWED
    assert read.tags.count("script") == 1
    assert read.tags.count("style") == 1
    assert not any(name.startswith("on") or name in {"src", "style"} for name in read.attributes)
    assert len(read.ids) == len(set(read.ids))
    assert all(link[0] == "#" and link[1:] in read.ids for link in read.links)
    assert set(read.records) <= set(read.ids)
    assert not re.search(r"<a [^>]*>\s*</a>", page)
    assert not read.stack
    assert read.texts == [show_controls(text) for text in expected]


def test_the_page_holds_the_whole_text_and_every_link_leads_somewhere():
    page = render_page([invent_reading()])
    check(page, [TEXT])
    assert "content=\"default-src 'none'; style-src 'sha256-" in page
    for words in ("Kenyan jets → Somalia", "denied by Amina Odhiambo", "e4f1c09ab", "Kismayo, Somalia"):
        assert words in page


def test_several_reports_share_one_page_with_contents():
    page = render_page([invent_reading(), invent_reading()])
    check(page, [TEXT, TEXT])
    assert '<a href="#r2">Kenya denies bombing Kismayo</a>' in page
    assert "<title>2 reports</title>" in page


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    reading = invent_reading()
    report = type(reading.report)(id=words, text=words * 3, title=words, outlet=words, url="javascript:alert(1)")
    page = render_page([type(reading)(report=report, produced_by=reading.produced_by)])
    check(page, [words * 3])


@settings(max_examples=60)
@given(readings())
def test_any_reading_makes_a_sound_page(reading):
    check(render_page([reading]), [reading.report.text])


def test_paragraphs_without_blank_lines_are_set_apart():
    reading = invent_reading()
    long, short = "\n".join(["word " * 40] * 3), "\n".join(["a wrapped line"] * 3)
    for text, gaps in ((long, 2), (short, 0), (long.replace("\n", "\n\n"), 0)):
        page = render_page(
            [type(reading)(report=type(reading.report)(id="r", text=text), produced_by=reading.produced_by)]
        )
        check(page, [text])
        assert page.count('class="gap"') == gaps


def test_the_page_loads_nothing():
    assert not re.search(r"https?://|url\(|@import", template_part("page.css") + template_part("page.js"))
    assert not re.search(r"(src|href)=\"(?!#)", render_page([invent_reading()]))


def _luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(a, b):
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", ["paper", "content", "lit"])
def test_colours_keep_their_contrast(paper):
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", template_part("page.css")))
    for name in ("ink", "quiet"):
        assert _contrast(colours[name], colours[paper]) >= 4.5
    for name in ("speaker", "cue", "event", "actor", "place", "date", "rule"):
        assert _contrast(colours[name], colours[paper]) >= 3
