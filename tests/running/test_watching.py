"""Feeds into an archive: what is new once, politely, and nothing lost when a host or a round fails."""

import time
from ipaddress import ip_address

import pytest

import melian
from feed_server import Answer, FakeTime, page, resolve, rss, served
from melian.archive import Writer
from melian.errors import ArchiveInUse, BadArchive, BadSetting
from melian.intake import IntakeOptions, fetching
from melian.running.feeds import Feed, Feeds, read_feeds
from melian.running.politeness import Clock
from melian.running.watch_state import read_state
from melian.running.watching import Watch, add_round, next_due
from stub_readers import StubRecipe

MINUTE, DAY = 60, 86_400


@pytest.fixture
def site():
    with served() as site:
        for n in range(9):
            site.answers[f"/{n}"] = page(n)
        yield site


@pytest.fixture
def clock():
    return FakeTime()


@pytest.fixture
def watch(site, clock):
    return watching(site, clock)


def watching(site, clock, *feeds, **more):
    feeds = feeds or (Feed(url=site.url("/feed"), outlet="News"),)
    listed = Feeds(feed=feeds, permit=("127.0.0.0/8",), **more)
    return Watch(listed, IntakeOptions(resolve=resolve), Clock(clock.now, clock.sleep))


def run(watch, folder):
    last, rejects = None, []
    for last in add_round(watch, folder, StubRecipe()):
        rejects += [reject.reason for reject in last.fresh]
    return last, rejects


def held(folder):
    rows = (
        melian.Archive(folder).sql("SELECT report, title, outlet, url, published FROM reports ORDER BY url").to_pylist()
    )
    return [(row["url"].rpartition("/")[2], row["outlet"], str(row["published"])) for row in rows]


def test_pages_are_read_once_and_only_what_is_new(tmp_path, site, watch, clock):
    site.answers["/feed"] = rss(site, 0, 1)
    assert run(watch, tmp_path / "a")[0].read == 2
    assert held(tmp_path / "a") == [("0", "News", "2026-01-01"), ("1", "News", "2026-01-02")]
    assert site.asked == ["/feed", "/0", "/1"]
    assert clock.slept == [5.0, 5.0]
    # Not due yet: nobody is asked.
    assert run(watch, tmp_path / "a")[0].met == 0
    clock.time += 15 * MINUTE
    site.answers["/feed"] = rss(site, 2, 1)
    assert run(watch, tmp_path / "a")[0].read == 1
    assert site.asked == ["/feed", "/0", "/1", "/feed", "/2"]
    assert next_due(watch, tmp_path / "a") == pytest.approx(clock.now() + 15 * MINUTE, abs=10)


def test_the_feeds_own_words(tmp_path, site, clock):
    site.answers["/feed"] = rss(site, 0, 1)
    watch = watching(site, clock, Feed(url=site.url("/feed"), outlet="News", take="words"))
    run(watch, tmp_path / "a")
    assert site.asked == ["/feed"]
    (row, _) = melian.Archive(tmp_path / "a").sql("SELECT * FROM reports ORDER BY url").to_pylist()
    assert (row["title"], row["text"].count("Kismayo"), "\n\n" in row["text"]) == ("Day 0 & after", 2, True)


def test_only_what_has_changed_is_sent(tmp_path, site, watch, clock):
    marks = {"ETag": '"one"', "Last-Modified": "Tue, 06 Jan 2026 10:00:00 GMT"}
    seen = []

    def feed(headers):
        seen.append((headers["If-None-Match"], headers["If-Modified-Since"]))
        return Answer(status=304) if headers["If-None-Match"] else rss(site, 0, headers=marks)

    site.answers["/feed"] = feed
    for _ in range(3):
        _, rejects = run(watch, tmp_path / "a")
        assert rejects == []
        clock.time += 15 * MINUTE
    assert seen == [(None, None)] + [tuple(marks.values())] * 2
    assert len(held(tmp_path / "a")) == 1


def test_a_feed_that_fails_is_asked_less_often(tmp_path, site, watch, clock):
    site.answers["/feed"] = Answer(status=500)
    dues = []
    for _ in range(9):
        _, rejects = run(watch, tmp_path / "a")
        assert rejects == ["fetch"]
        dues.append(round((next_due(watch, tmp_path / "a") - clock.now()) / MINUTE))
        clock.time = next_due(watch, tmp_path / "a")
    assert dues == [30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    site.answers["/feed"] = rss(site, 0)
    assert run(watch, tmp_path / "a")[0].read == 1
    assert read_state(tmp_path / "a").feeds[site.url("/feed")].failures == 0


@pytest.mark.parametrize(("wish", "seconds"), [("7200", 7200), ("99999999", 7 * DAY), ("nonsense", 30 * MINUTE)])
def test_a_host_that_wants_to_be_left_alone_is(tmp_path, site, watch, clock, wish, seconds):
    site.answers["/feed"] = Answer(status=429, headers={"Retry-After": wish})
    run(watch, tmp_path / "a")
    assert next_due(watch, tmp_path / "a") - clock.now() == pytest.approx(seconds)


def test_a_feed_that_is_gone_is_asked_no_more(tmp_path, site, watch, clock):
    site.answers["/feed"] = Answer(status=410)
    for _ in range(3):
        run(watch, tmp_path / "a")
        clock.time += 9 * DAY
    assert site.asked == ["/feed"]


def test_robots_are_heeded_also_behind_a_redirect(tmp_path, site, clock):
    site.answers["/robots.txt"] = Answer(b"User-agent: Melian\nDisallow: /1\nCrawl-delay: 20\n", kind="text/plain")
    site.answers["/0"] = Answer(status=302, headers={"Location": "/1"})
    site.answers["/feed"] = rss(site, 0, 1, 2)
    last, rejects = run(watching(site, clock), tmp_path / "a")
    assert (last.read, rejects) == (1, ["robots", "robots"])
    assert site.asked == ["/feed", "/0", "/2"]
    assert clock.slept == [20.0, 20.0]


def test_a_host_that_does_not_tell_its_robots_is_not_asked(tmp_path, site, watch, clock):
    site.answers["/robots.txt"] = Answer(status=503)
    site.answers["/feed"] = rss(site, 0)
    assert run(watch, tmp_path / "a")[1] == ["fetch"]
    assert site.asked == []
    site.answers["/robots.txt"] = Answer(status=404)
    clock.time += 2 * 3_600
    assert run(watch, tmp_path / "a")[0].read == 1


def test_a_page_that_fails_is_tried_again_and_then_told(tmp_path, site, watch, clock):
    site.answers["/feed"], site.answers["/0"] = rss(site, 0, 1), Answer(status=500)
    counts = []
    for _ in range(4):
        last, rejects = run(watch, tmp_path / "a")
        counts.append((last.read, rejects))
        clock.time += 3 * 3_600
    assert counts == [(1, []), (0, []), (0, ["fetch"]), (0, [])]
    assert site.asked.count("/0") == 3


def test_private_addresses_are_refused_wherever_they_stand(tmp_path, site, clock):
    site.answers["/feed"] = rss(site, 0, host="private.test")
    site.answers["/1"] = Answer(status=302, headers={"Location": "http://private.test/x"})
    site.answers["/more"] = rss(site, 1)
    feeds = (Feed(url=site.url("/feed")), Feed(url=site.url("/more")), Feed(url="http://private.test/feed"))
    last, rejects = run(watching(site, clock, *feeds), tmp_path / "a")
    assert (last.read, rejects) == (0, ["address"] * 3)
    listed = Feeds(feed=feeds)
    assert not listed.may_be_asked(ip_address("127.0.0.1"))
    assert not Feeds(feed=feeds, permit=("127.0.0.0/8",)).may_be_asked(ip_address("10.0.0.1"))


def endless(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<item><title>more</title></item>" * 1_000)
    except OSError:
        return


def dripping_head(handler):
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            handler.wfile.write(b"a")
            time.sleep(0.05)
    except OSError:
        return


def dripping_body(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        return


@pytest.mark.parametrize(
    ("write", "reason"), [(endless, "too-large"), (dripping_head, "fetch"), (dripping_body, "fetch")]
)
def test_a_feed_that_never_ends(tmp_path, site, watch, monkeypatch, write, reason):
    site.answers["/feed"] = Answer(write=write)
    site.answers["/other"] = rss(site, 0)
    real = fetching.Deadline
    monkeypatch.setattr(fetching, "Deadline", lambda seconds: real(1.0 if seconds == 60 else seconds))
    watch.feeds = Feeds(feed=(*watch.feeds.feed, Feed(url=site.url("/other"))), permit=watch.feeds.permit)
    start = time.monotonic()
    last, rejects = run(watch, tmp_path / "a")
    assert (last.read, rejects) == (1, [reason])
    assert time.monotonic() - start < 8


@pytest.mark.parametrize(
    "body",
    [b"", b"no feed", b"\x00\xff" * 1_000, b"<html><body>x</body></html>", b"<a>" * 20_000, b"/etc/passwd",
     b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
     b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;">]><r>&d;</r>'],
)  # fmt: skip
def test_what_is_no_feed_is_a_reject(tmp_path, site, watch, body):
    site.answers["/feed"] = Answer(body, kind="application/rss+xml")
    assert run(watch, tmp_path / "a")[1] == ["no-feed"]


def test_an_outer_entity_reads_no_file(tmp_path, site, watch, clock):
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET " * 20)
    item = f"<item><title>&x;</title><link>{site.url('/0')}</link><description>&x;</description></item>"
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    body = f'{head}<rss version="2.0"><channel>{item}</channel></rss>'.encode()
    site.answers["/feed"] = Answer(body, kind="application/rss+xml")
    run(watching(site, clock, Feed(url=site.url("/feed"), take="words")), tmp_path / "a")
    assert not any(b"TOP SECRET" in path.read_bytes() for path in (tmp_path / "a").rglob("*") if path.is_file())


def test_atom_and_entries_without_an_address(tmp_path, site, clock):
    words = "Kenya recalled its ambassador from Somalia, the foreign ministry said in Nairobi on Tuesday evening."
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>tag:1</id><title>One</title>
      <updated>2026-01-06T10:00:00Z</updated><content type="text">{words}</content></entry></feed>"""
    site.answers["/feed"] = Answer(body.encode(), kind="application/atom+xml")
    _, rejects = run(watching(site, clock), tmp_path / "a")
    assert rejects == ["address"]
    run(watching(site, clock, Feed(url=site.url("/feed"), take="words")), tmp_path / "b")
    (row,) = melian.Archive(tmp_path / "b").sql("SELECT text, published FROM reports").to_pylist()
    assert (row["text"], str(row["published"])) == (words, "2026-01-06")


def test_a_round_takes_so_many_pages_of_a_feed_and_the_next_the_rest(tmp_path, site, clock):
    site.answers["/feed"] = rss(site, *range(5))
    watch = watching(site, clock, most=2)
    assert [run(watch, tmp_path / "a")[0].read for _ in range(4)] == [2, 2, 1, 0]
    assert site.asked.count("/feed") == 1


def test_two_hosts_are_asked_in_turn(tmp_path, site, clock):
    site.answers["/feed"], site.answers["/more"] = rss(site, 0, 1), rss(site, 2, 3, host="other.test")
    watch = watching(site, clock, Feed(url=site.url("/feed")), Feed(url=site.url("/more", "other.test")))
    run(watch, tmp_path / "a")
    assert site.asked[2:] == ["/0", "/2", "/1", "/3"]
    assert clock.slept == [5.0, 5.0]


def test_a_round_that_is_broken_off_is_begun_anew(tmp_path, site, watch, monkeypatch):
    site.answers["/feed"] = rss(site, 0, 1)
    with monkeypatch.context() as patch:
        patch.setattr("melian.running.watching.write_state", lambda *_: (_ for _ in ()).throw(BadArchive("full")))
        with pytest.raises(BadArchive):
            run(watch, tmp_path / "a")
    site.answers["/0"] = page(7)  # The page has changed meanwhile.
    last, _ = run(watch, tmp_path / "a")
    assert (last.read, last.changed, last.known) == (1, 1, 1)
    assert len(held(tmp_path / "a")) == 2


def test_nobody_is_asked_while_another_writes(tmp_path, site, watch):
    site.answers["/feed"] = rss(site, 0)
    with Writer(tmp_path / "a", is_new_allowed=True), pytest.raises(ArchiveInUse):
        run(watch, tmp_path / "a")
    assert site.asked == []


def test_what_is_remembered_and_broken_says_what_to_do(tmp_path, site, watch):
    site.answers["/feed"] = rss(site, 0)
    run(watch, tmp_path / "a")
    (tmp_path / "a" / "watch.json").write_text("{")
    with pytest.raises(BadArchive, match="Delete it"):
        run(watch, tmp_path / "a")


@pytest.mark.parametrize(
    ("text", "words"),
    [("feed = []", "length"), ("", "feed"), ("[[feed]]\nurl = 'file:///etc/passwd'", "cannot be asked"),
     ("[[feed]]\nurl = 'https://a.example'\ncolour = 1", "colour"), ("x = ", "cannot be used"),
     ("permit = ['x']\n[[feed]]\nurl = 'https://a.example'", "'x'"),
     ("delay = -1\n[[feed]]\nurl = 'https://a.example'", "delay"),
     ("[[feed]]\nurl = 'https://a.example'\n[[feed]]\nurl = 'https://a.example'", "twice")],
)  # fmt: skip
def test_a_list_of_feeds_is_checked_before_work_begins(tmp_path, text, words):
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(BadSetting, match=words):
        read_feeds(path)
    with pytest.raises(BadSetting, match="cannot be read"):
        read_feeds(tmp_path / "none.toml")
