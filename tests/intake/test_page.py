from __future__ import annotations

import socket

import pytest

from melian.errors import BadReport
from melian.intake import IntakeOptions
from melian.intake.page import is_page, read_page

HEAD = """<title>Kenya leaves port town - Example Post</title>
<meta property="og:site_name" content="Example Post"><meta property="og:title" content="Kenya leaves port town">
<meta property="article:published_time" content="2015-05-06T12:00:00Z">
<link rel="canonical" href="https://www.example.org/world/kenya-leaves">"""
FIRST = (
    "NAIROBI, May 6 (Reuters) – Kenya’s foreign minister denied on Tuesday that his country’s troops had shelled "
    "Kismayo, after residents said at least three people were killed."
)
SECOND = (
    "The two governments will meet on Friday in Addis Ababa, officials said, to speak about the border and about the "
    "port that both of them claim."
)
BODY = f"""<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>Kenya leaves port town</h1><p>{FIRST}</p><p>{SECOND}</p></article></main>
<aside><h3>Most read</h3><ul><li><a href="/a">A cat in a tree</a></li></ul></aside>
<footer><p>© 2019 Example Post. All rights reserved.</p></footer>"""


def page(head: str = HEAD, body: str = BODY) -> str:
    return f"<!DOCTYPE html>\n<html lang='en'><head>{head}</head><body>{body}</body></html>"


def test_article_is_taken_out_of_its_page() -> None:
    report = read_page(page().encode(), IntakeOptions())
    assert FIRST in report.text
    assert SECOND in report.text
    assert "Home" not in report.text
    assert "cat in a tree" not in report.text
    assert "rights reserved" not in report.text
    assert (report.title, report.outlet, report.published) == ("Kenya leaves port town", "Example Post", "2015-05-06")
    assert report.dateline.place == "NAIROBI"


def test_options_win_over_the_page() -> None:
    report = read_page(page().encode(), IntakeOptions(published="2015-05-09", outlet="Other Post"))
    assert (report.outlet, report.published) == ("Other Post", "2015-05-09")


def test_year_of_a_footer_is_no_date() -> None:
    text = page(head="<title>Kenya leaves port town</title>", body=BODY.replace("NAIROBI, May 6 (Reuters) – ", ""))
    assert read_page(text.encode(), IntakeOptions()).published is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_encoding_of_a_page(encoding: str) -> None:
    text = page(head=f'<meta charset="{encoding}">' + HEAD)
    assert FIRST in read_page(text.encode(encoding), IntakeOptions()).text


def test_xml_declaration() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + page().replace("’", "'").replace("–", "-")
    assert "denied on Tuesday" in read_page(text.encode("latin-1"), IntakeOptions()).text


@pytest.mark.parametrize(
    "body", ["<p>Sign in</p>", "", "<script>var a = 'b';</script>",
             "<ul>" + "<li><a href='/a'>World</a></li>" * 30 + "</ul>", "<div>" * 3_000]
)  # fmt: skip
def test_page_without_an_article(body: str) -> None:
    with pytest.raises(BadReport) as caught:
        read_page(page(head="<title>x</title>", body=body).encode(), IntakeOptions())
    assert caught.value.reason == "no-article"


def test_binary_that_claims_to_be_a_page() -> None:
    with pytest.raises(BadReport) as caught:
        read_page(b"%PDF-1.4 <html>", IntakeOptions())
    assert caught.value.reason == "binary"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    body = BODY + '<img src="http://images.example.org/a.png"><iframe src="http://example.org/b"></iframe>'
    assert FIRST in read_page(page(body=body).encode(), IntakeOptions(), url="http://example.org/story").text


@pytest.mark.parametrize(
    ("head", "expected"),
    [(b"<!DOCTYPE html>", True), (b"\xef\xbb\xbf\n<html lang='en'>", True), (b"<!-- saved --> <html>", True),
     (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC", True), (b"The <html> tag", False), (b"<rss>", False)],
)  # fmt: skip
def test_pages_are_told_by_their_heads(head: bytes, expected: bool) -> None:
    assert is_page(head) is expected
