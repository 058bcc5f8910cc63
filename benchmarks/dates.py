"""Measure expressions of time side by side with what a user would pick instead.

Usage: python benchmarks/dates.py FOLDER
FOLDER holds the research data. The environment must hold benchmarks/requirements.txt besides the package.

Each tool reads the same texts with the same day of publication, in turn. Where a tool leaves a choice between the last
and the next such day, the last one is taken, as fits news.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from dateparser.date import DateDataParser
from dateparser.search import search_dates
from recognizers_date_time import Culture, recognize_datetime

from melian.coding.dates import timex_of
from melian.evaluation.dates import judge_dates, predict_dates
from melian.evaluation.gold import read_lines
from melian.evaluation.readers import timed_report_of
from melian.evaluation.timed import FoundDates, FoundTimex, GoldDates
from melian.reader import Reader

GENRE = "news"
SHOWN = ("strict span: F1", "relaxed span: F1", "value: F1", "DATE: value F1", "TIME: value F1",
         "value right, of spans found")  # fmt: skip
_ZONE = re.compile(r"\s?(?:UTC|GMT)\b")
TYPES = {"date": "DATE", "daterange": "DATE", "time": "TIME", "timerange": "TIME", "datetime": "TIME",
         "datetimerange": "TIME", "duration": "DURATION", "set": "SET"}  # fmt: skip


def by_recognizers(gold: Sequence[GoldDates]) -> Iterator[FoundDates]:
    """Yield what recognizers-text-date-time finds, paragraph by paragraph."""
    for record in gold:
        base = _day_of(record)
        found: list[FoundTimex] = []
        for start, words in _paragraphs(record.text):
            for result in recognize_datetime(words, Culture.English, reference=base):
                kind = result.type_name.partition(".")[2]
                value = _value_of(result.resolution, kind, base) if result.resolution else ""
                span = (start + result.start, start + result.end + 1)
                # It leaves the zone out; gold writes the world's time with a Z.
                value += "Z" * bool(kind in ("time", "datetime") and _ZONE.match(record.text, span[1]))
                found.append(FoundTimex(span=span, type=TYPES.get(kind, "DATE"), value=value))
        yield FoundDates(doc_id=record.doc_id, timexes=tuple(found))


def _value_of(resolution: dict[str, list[dict[str, str]]], kind: str, base: datetime) -> str:
    """Write the first of its readings as TIMEX3; it lists the last such day before the next one."""
    first = resolution["values"][0]
    timex = first.get("timex", "")
    if kind == "date":
        return first.get("value", timex)
    if kind == "datetime":
        return first.get("value", timex).replace(" ", "T")[:16]
    if kind == "time":
        return f"{base:%Y-%m-%d}{timex}" + ":00" * (len(timex) == len("T10"))
    if kind in ("datetimerange", "timerange"):
        day = first.get("start", "")[:10] if kind == "datetimerange" else f"{base:%Y-%m-%d}"
        return f"{day}T{timex.partition('T')[2]}" if day and not timex.startswith("(") else timex
    if kind != "daterange":
        return timex
    start, end = first.get("start"), first.get("end")
    if re.fullmatch(r"XXXX-[0-9]{2}", timex) and start:
        return start[: len("2015-11")]
    if (timex.startswith("(") or "X" in timex) and start and end:
        return f"{start}/{datetime.fromisoformat(end) - timedelta(days=1):%Y-%m-%d}"
    return timex


def by_dateparser(gold: Sequence[GoldDates]) -> Iterator[FoundDates]:
    """Yield what dateparser finds, paragraph by paragraph, its value as fine as the period that it names."""
    shapes = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y", "time": "%Y-%m-%dT%H:%M"}
    for record in gold:
        settings = {"RELATIVE_BASE": _day_of(record), "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": True}
        parser = DateDataParser(languages=["en"], settings=settings)
        found: list[FoundTimex] = []
        for start, paragraph in _paragraphs(record.text):
            at = 0
            for words, moment in search_dates(paragraph, languages=["en"], settings=settings) or ():
                here = paragraph.find(words, at)
                if here < 0:
                    continue
                at = here + len(words)
                period = parser.get_date_data(words).period or "day"
                kind = "TIME" if period == "time" else "DATE"
                value = moment.strftime(shapes.get(period, shapes["day"]))
                is_of_the_world = "UTC" in words or "GMT" in words or _ZONE.match(paragraph, at)
                value += "Z" * bool(kind == "TIME" and is_of_the_world)
                found.append(FoundTimex(span=(start + here, start + at), type=kind, value=value))
        yield FoundDates(doc_id=record.doc_id, timexes=tuple(found))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found.group()) for found in re.finditer(r"[^\n]+", text))


def _day_of(record: GoldDates) -> datetime:
    """Give the day of publication as all three are told it; the tools beside Melian know no day that is unknown."""
    published = timed_report_of(record.text, record.dct or record.date).published
    return datetime.fromisoformat(published or "2000-01-01")


def side_by_side(name: str, gold: Sequence[GoldDates], reader: Reader) -> None:
    """Print accuracy and speed of all three on the same texts, in turn."""
    words = sum(len(record.text.split()) for record in gold)
    ways: dict[str, Callable[[], Iterator[FoundDates]]] = {
        "melian": lambda: predict_dates(reader, gold, timex_of),
        "recognizers-text-date-time": lambda: by_recognizers(gold),
        "dateparser, search_dates": lambda: by_dateparser(gold),
    }
    for tool, way in ways.items():
        start = time.perf_counter()
        found = list(way())
        seconds = time.perf_counter() - start
        print(f"{name}, {tool}: {words / seconds:,.0f} words a second")
        for figure in judge_dates(gold, found).figures:
            if figure.name in SHOWN:
                print(f"    {figure.name:<34} {figure.value:5.1f}  ({figure.low:.1f} to {figure.high:.1f})")


def main(folder: Path) -> None:
    """Measure on MEANTIME, with TIMEX3, and on the news of GUM, with days."""
    reader = Reader()
    side_by_side("MEANTIME", read_lines(folder / "meantime_en.jsonl", GoldDates), reader)
    documents = read_lines(folder / "gum.jsonl", GoldDates)
    news = [msgspec.structs.replace(record, genre=None) for record in documents if record.genre == GENRE]
    side_by_side("GUM, news", news, reader)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
