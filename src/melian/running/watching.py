"""Feeds into an archive: one round asks the feeds that are due, and reads what they list that is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from melian.errors import BadReport
from melian.intake import IntakeOptions, Reject
from melian.intake.feed import Entry, asking_for_feed, read_feed, report_of_words
from melian.intake.fetching import Asking, Declined, fetch
from melian.intake.page import read_page
from melian.intake.rejects import reject_of
from melian.records import Report
from melian.running.adding import Progress, add
from melian.running.feeds import Feed, Feeds
from melian.running.politeness import Clock, NotYet, Politeness
from melian.running.recipes import Recipe
from melian.running.watch_state import FeedState, Waiting, WatchState, read_state, write_state

_MOST_ATTEMPTS = 3
_DAY = 86_400.0
_LONGEST_RETRY = 7 * _DAY
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(slots=True)
class Watch:
    """Feeds, and what is known of their hosts while the program runs.

    Attributes:
        feeds: What is watched.
        options: How pages are read.
        clock: The time.
        politeness: Keeps requests apart.
    """

    feeds: Feeds
    options: IntakeOptions = field(default_factory=IntakeOptions)
    clock: Clock = field(default_factory=Clock)
    politeness: Politeness = field(init=False)

    def __post_init__(self) -> None:
        self.options = replace(self.options, permit=self.options.permit or self.feeds.may_be_asked)
        self.politeness = Politeness(self.options, self.feeds.delay, self.clock)


def add_round(watch: Watch, folder: str | Path, recipe: Recipe, *, count: int = 1) -> Iterator[Progress]:
    """Ask the feeds that are due and read what is new into the archive.

    What the feeds said is remembered when all of it is in the archive: a round that is broken off is begun anew, and
    its reports, whose ids come from their addresses, are not doubled.

    Args:
        watch: What is watched.
        folder: The archive, which is made where there is none.
        recipe: How each worker comes by its reader.
        count: How many workers read.

    Yields:
        How far the round is.

    Raises:
        ArchiveInUse: Another run is writing to the archive; nothing was asked.
        BadArchive: The archive, or what was remembered, cannot be read or written.
    """
    held: list[WatchState] = []

    def found() -> Iterator[Report | Reject]:
        held.append(read_state(Path(folder)))  # The archive is held by now, and with it what is remembered.
        yield from round_of(watch, held[0])

    yield from add(found(), folder, recipe, count=count)
    write_state(Path(folder), held[0])


def next_due(watch: Watch, folder: str | Path) -> float:
    """Tell when there is something to do again, in seconds since 1970."""
    state = read_state(Path(folder))
    feeds = [state.feeds.get(feed.url, FeedState()) for feed in watch.feeds.feed]
    watched = {feed.url for feed in watch.feeds.feed}
    dues = [one.due for one in feeds if not one.is_gone]
    dues += [one.due for one in state.waiting if one.feed in watched]
    return min(dues, default=watch.clock.now() + 60 * watch.feeds.minutes)


def round_of(watch: Watch, state: WatchState) -> Iterator[Report | Reject]:
    """Yield what one round finds, and note in the state what the feeds said and what was taken."""
    now = watch.clock.now()
    for feed in watch.feeds.feed:
        known = state.feeds.setdefault(feed.url, FeedState())
        if known.due <= now and not known.is_gone:
            yield from _ask_feed(watch, feed, known, state)
    yield from _take_waiting(watch, state)
    state.forget_old(int(watch.clock.now() // _DAY))


def _ask_feed(watch: Watch, feed: Feed, known: FeedState, state: WatchState) -> Iterator[Reject]:
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    asking = asking_for_feed({name: value for name, value in headers.items() if value})
    period = 60 * (feed.minutes or watch.feeds.minutes)
    try:
        fetched = fetch(feed.url, watch.options, replace(asking, before=watch.politeness.before))
        entries, more = ([], 0) if fetched.is_unchanged else read_feed(fetched, is_with_words=feed.take == "words")
    except NotYet as later:
        known.due = later.until
        return
    except BadReport as error:
        known.failures += 1
        wish = _wish_of(error)
        known.due = watch.clock.now() + max(min(period * 2**known.failures, max(period, _DAY)), wish)
        known.is_gone = isinstance(error, Declined) and error.status == 410
        if wish:
            watch.politeness.leave_alone(feed.url, wish)
        yield reject_of(error, feed.url)
        return
    known.failures, known.due = 0, watch.clock.now() + period
    known.etag, known.modified = fetched.etag or known.etag, fetched.modified or known.modified
    _note(entries, feed, state, int(watch.clock.now() // _DAY))
    if more:
        found = f"{more:,} entries more were not looked at"
        yield reject_of(BadReport("too-many", found, "a feed of the latest reports"), feed.url)


def _note(entries: list[Entry], feed: Feed, state: WatchState, today: int) -> None:
    waiting = {one.entry.ident for one in state.waiting}
    for entry in entries:
        if entry.ident in state.taken:
            state.taken[entry.ident] = today
        elif entry.ident not in waiting:
            state.waiting.append(Waiting(feed=feed.url, entry=entry))


def _take_waiting(watch: Watch, state: WatchState) -> Iterator[Report | Reject]:
    """Take what waits, from whichever host is free first, at most so many of each feed."""
    feeds = {feed.url: feed for feed in watch.feeds.feed}
    now, today = watch.clock.now(), int(watch.clock.now() // _DAY)
    left = dict.fromkeys(feeds, watch.feeds.most)
    chosen: list[Waiting] = []
    later: list[Waiting] = []
    for one in state.waiting:
        # What belongs to a feed that is no longer watched waits until it is again.
        is_chosen = one.due <= now and left.get(one.feed, 0) > 0
        (chosen if is_chosen else later).append(one)
        left[one.feed] = left.get(one.feed, 0) - is_chosen
    while chosen:
        one = min(chosen, key=lambda item: watch.politeness.free_at(item.entry.url) if item.entry.url else 0.0)
        chosen.remove(one)
        result = _attempt(watch, feeds[one.feed], one)
        if isinstance(result, Waiting):
            later.append(result)
        else:
            state.taken[one.entry.ident] = today
            yield result
    state.waiting = later


def _attempt(watch: Watch, feed: Feed, one: Waiting) -> Report | Reject | Waiting:
    try:
        return _report_of(watch, feed, one.entry)
    except NotYet as later:
        return msgspec.structs.replace(one, due=later.until)
    except BadReport as error:
        url = one.entry.url or feed.url
        wish = _wish_of(error)
        if wish and one.entry.url:
            watch.politeness.leave_alone(one.entry.url, wish)
        if error.reason == "fetch" and one.attempts + 1 < _MOST_ATTEMPTS:
            pause = max(wish, 60 * watch.feeds.minutes * 2**one.attempts)
            return msgspec.structs.replace(one, attempts=one.attempts + 1, due=watch.clock.now() + pause)
        return reject_of(error, url)


def _report_of(watch: Watch, feed: Feed, entry: Entry) -> Report:
    options = replace(watch.options, outlet=feed.outlet, published=entry.published)
    if feed.take == "words":
        return report_of_words(entry, options)
    if entry.url is None:
        raise BadReport("address", "This entry has no address", "the report's page", 'Set take = "words" for its feed')
    asking = Asking(kinds=_PAGES, accept=", ".join(_PAGES), before=watch.politeness.before)
    fetched = fetch(entry.url, options, asking)
    report = read_page(fetched.content, options, fetched.url, fetched.charset)
    return msgspec.structs.replace(report, id=entry.ident)


def _wish_of(error: BadReport) -> float:
    """Give the seconds for which a host wants to be left alone."""
    wish = error.retry_after if isinstance(error, Declined) else None
    return min(wish or 0.0, _LONGEST_RETRY)
