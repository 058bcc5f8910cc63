"""All expressions of time of a parsed report, each with the interval that it leads to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from melian.coding.dates.alphabet import alphabet
from melian.coding.dates.feasts import Named
from melian.coding.dates.leaning import leaning_of
from melian.coding.dates.lexing import pieces_of
from melian.coding.dates.meaning import Meaning
from melian.coding.dates.passage import Passage
from melian.coding.dates.readings import READINGS, Match
from melian.coding.dates.resolved import Resolved
from melian.coding.dates.resolving import Anchors, resolve
from melian.coding.dates.spans_of_days import Days
from melian.records import Span, TimeExpression, When

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORDS_OF_A_NAME = 12
_ENDS = frozenset((".", ",", ";", ":", "\n"))
_LASTING = frozenset(("for", "over", "during", "within"))
_OPENERS = frozenset(("between", "from"))


class Found(msgspec.Struct, frozen=True):
    """One expression before it is resolved: first piece, behind the last piece, and what it means."""

    start: int
    end: int
    meaning: Meaning


def find_times(doc: Doc, anchor: date | None, skip: Sequence[Span] = ()) -> tuple[TimeExpression, ...]:
    """Find the expressions of time of a report and resolve them.

    Args:
        doc: The parse; spans in the result are code points of `doc.text`.
        anchor: The day of publication, or the dateline's day; None leaves relative dates open.
        skip: Spans in which nothing is looked for, such as the dateline.

    Returns:
        Expressions in order of the text; none overlaps another.
    """
    text = doc.text
    pieces, codes = pieces_of(text)
    if not alphabet().hearts.search(codes):
        return ()
    sentences = [sent.start_char for sent in doc.sents] if doc.has_annotation("SENT_START") else []
    passage = Passage(doc, text, pieces, [int(start) for start in doc.to_array("IDX")], sentences)
    passage, codes = _without_wrapping(passage, codes)
    found = _joined(passage, _chosen(passage, codes, skip))
    return _resolved(passage, found, anchor)


def timex_of(expression: TimeExpression) -> tuple[str, str]:
    """Give an expression's TIMEX3 type (DATE, TIME, DURATION or SET) and value."""
    return expression.kind.upper(), expression.when.value or ""


def _without_wrapping(passage: Passage, codes: str) -> tuple[Passage, str]:
    """Drop the line breaks of hard-wrapped text, where lines go on in small letters; other breaks end expressions."""
    single = [piece for piece in passage.pieces if piece.word == "\n" and passage.text.count("\n", *piece[:2]) == 1]
    wrapped = {piece.start for piece in single if passage.text[piece.end : piece.end + 1].islower()}
    if len(wrapped) * 4 < max(len(single), 1):
        return passage, codes
    drop = {piece.start for piece in single}
    kept = [place for place, piece in enumerate(passage.pieces) if piece.start not in drop]
    pieces = [passage.pieces[place] for place in kept]
    return replace(passage, pieces=pieces), "".join(codes[place] for place in kept)


def _chosen(passage: Passage, codes: str, skip: Sequence[Span]) -> list[Found]:
    """Choose among all matches: the longest first; those whose reading says no make room for shorter ones."""
    matches: list[tuple[int, int, int, re.Match[str]]] = []
    rules = alphabet().rules
    present = set(codes)
    for order, rule in enumerate(rules):
        if not rule.needs <= present:
            continue
        for match in rule.pattern.finditer(codes):
            matches.append((match.start() - match.end(), order, match.start(), match))
    matches.sort(key=lambda item: item[:3])
    taken = bytearray(len(codes))
    found: list[Found] = []
    for _, order, start, match in matches:
        end = match.end()
        if start == end or any(taken[start:end]):
            continue
        first, last = passage.pieces[start].start, passage.pieces[end - 1].end
        if any(a < last and first < b for a, b in skip):
            continue
        groups = {name.split("__")[0]: match.span(name) for name, value in match.groupdict().items() if value}
        rule = rules[order]
        meaning = READINGS[rule.reading](Match(passage, rule.id, start, end, groups))
        if meaning is not None:
            taken[start:end] = b"\1" * (end - start)
            found.append(Found(start, end, meaning))
    found.sort(key=lambda item: item.start)
    return found


def _joined(passage: Passage, found: list[Found]) -> list[Found]:
    """Join "between March and May" and "from Monday to Wednesday" to one range."""
    joined: list[Found] = []
    for item in found:
        last = joined[-1] if joined else None
        if last is not None and item.start == last.end and _is_day_of_clock(last, item):
            joined[-1] = Found(last.start, item.end, replace(item.meaning, kind="time", clock=last.meaning.clock))
        elif last is not None and (way := _way_of(passage, last, item)):
            amount = way * (last.meaning.amount or 0)
            joined[-1] = Found(
                last.start, item.end, Meaning("offset", unit=last.meaning.unit, amount=amount, last=item.meaning)
            )
        elif last is not None and item.start == last.end + 1 and _is_range(passage, last, item):
            first = last.meaning
            if first.year is None and item.meaning.year is not None and first.form == "calendar":
                first = replace(first, year=item.meaning.year)
            start = last.start - (passage.word(last.start - 1) in _OPENERS)
            joined[-1] = Found(start, item.end, Meaning("range", first=first, last=item.meaning))
        else:
            if last is not None and _shares_year(passage, last, item):
                joined[-1] = replace(last, meaning=replace(last.meaning, year=item.meaning.year))
            joined.append(item)
    return joined


def _is_day_of_clock(first: Found, last: Found) -> bool:
    """Tell whether a day follows right behind a time of day: "10:30 a.m. Monday"."""
    if first.meaning.form != "clock" or last.meaning.kind != "date" or last.meaning.edge:
        return False
    meaning = last.meaning
    return (
        meaning.form == "weekday"
        or (meaning.form == "calendar" and meaning.day is not None)
        or (meaning.form == "unit" and meaning.unit == "D")
    )


def _way_of(passage: Passage, length: Found, item: Found) -> int:
    """Tell whether a length of time counts forward (1) or back (-1) from the day right behind it; 0 for neither."""
    if length.meaning.kind != "duration" or length.meaning.amount is None or item.start != length.end + 1:
        return 0
    link, meaning = passage.word(length.end), item.meaning
    is_weekday = meaning.form == "weekday"
    is_day = is_weekday or meaning.form == "feast" or (meaning.form == "calendar" and meaning.day is not None)
    if not is_day or passage.word(length.start - 1) in _LASTING:
        return 0
    return {"before": -1, "after": 1, "from": int(is_weekday)}.get(link, 0)


def _shares_year(passage: Passage, first: Found, last: Found) -> bool:
    """Tell whether the year of the second date is the first one's too: "in May and June 2014"."""
    if last.start != first.end + 1 or passage.word(first.end) not in ("and", "or"):
        return False
    one, two = first.meaning, last.meaning
    if one.form != "calendar" or two.form != "calendar" or one.year is not None or two.year is None:
        return False
    return one.year_shift is None and bool(one.month) == bool(two.month) and bool(one.day) == bool(two.day)


def _is_range(passage: Passage, first: Found, last: Found) -> bool:
    opener, link = passage.word(first.start - 1), passage.word(last.start - 1)
    forms = {first.meaning.form, last.meaning.form}
    if not (forms == {"calendar"} or forms == {"weekday"}) or "time" in (first.meaning.kind, last.meaning.kind):
        return False
    if opener == "between":
        return link == "and"
    return link in ("to", "until", "till", "through", "-", "–") and (
        opener == "from" or link in ("-", "–", "through", "to")
    )


def _resolved(passage: Passage, found: list[Found], anchor: date | None) -> tuple[TimeExpression, ...]:
    """Resolve in order of the text; times of day last, since their day may stand behind them."""
    text: Resolved | None = None
    day: Resolved | None = None
    day_sentence = -9
    results: list[Resolved | None] = [None] * len(found)
    days_behind: dict[int, Days] = {}
    late: list[tuple[int, Anchors, int]] = []
    for place, item in enumerate(found):
        sentence = passage.sentence(passage.pieces[item.start].start)
        if item.meaning.form in ("clock", "part"):
            if day is not None and day.start is not None and day_sentence == sentence:
                days_behind.setdefault(place, (day.start, day.start))
            late.append((place, Anchors(anchor, day if sentence - day_sentence <= 2 else None), sentence))
            continue
        token = passage.token(item.start)
        leaning = leaning_of(token) if token is not None and _needs_leaning(item.meaning) else "past"
        is_behind_since = passage.word(item.start - 1) == "since"
        fine = (item.meaning.form == "weekday" and item.meaning.unit != "W") or item.meaning.unit in (
            "D",
            "N",
            "TH",
            "TM",
            "TS",
        )
        base = (day if fine else None) or text
        named = _named(passage, found, place, results, anchor) if item.meaning.form == "anniversary" else None
        made = resolve(item.meaning, Anchors(anchor, base, None, leaning, is_behind_since, named))
        results[place] = made
        if item.meaning.kind in ("date", "time") and made.start and made.end and made.precision != "open":
            text = made
            if made.precision == "day" and made.start == made.end:
                day, day_sentence = made, sentence
                for earlier, _, other in late:
                    if other == sentence:
                        days_behind.setdefault(earlier, (made.start, made.end))
    for place, anchors, _ in late:
        results[place] = resolve(found[place].meaning, replace(anchors, sentence=days_behind.get(place)))
    return tuple(
        TimeExpression(span=span, kind=item.meaning.kind, when=_when(made, span))
        for item, made in zip(found, results, strict=True)
        if made is not None and (span := (passage.pieces[item.start].start, passage.pieces[item.end - 1].end))
    )


def _named(
    passage: Passage, found: list[Found], place: int, results: list[Resolved | None], anchor: date | None
) -> Named | None:
    """Find the date that an anniversary falls on ("on 3 May, the anniversary …"), or of what it is the anniversary."""
    item = found[place]
    before = results[place - 1] if place else None
    if before is not None and before.precision == "day" and before.start is not None:
        last = found[place - 1]
        if item.start == last.end or (item.start == last.end + 1 and passage.word(last.end) == ","):
            return Named(last.meaning, True, before)
    following = found[place + 1] if place + 1 < len(found) else None
    if following is None or following.meaning.form != "calendar" or passage.word(item.end) != "of":
        return None
    between = passage.pieces[item.end : following.start]
    if len(between) > _WORDS_OF_A_NAME or any(piece.word in _ENDS for piece in between):
        return None
    return Named(following.meaning, False, resolve(following.meaning, Anchors(anchor)))


def _needs_leaning(meaning: Meaning) -> bool:
    if meaning.form in ("range", "offset"):
        return meaning.last is not None and _needs_leaning(meaning.last)
    return meaning.form in ("weekday", "feast", "unit", "anniversary", "dayalone") or (
        meaning.form in ("calendar", "fiscal") and meaning.year is None
    )


def _when(made: Resolved, span: Span) -> When:
    return When(
        start=made.start.isoformat() if made.start else None,
        end=made.end.isoformat() if made.end else None,
        precision=made.precision,
        basis=made.basis,
        value=made.value,
        span=span,
    )
