"""Measure places side by side with what a user would pick instead, and what the lookups cost.

Usage: python benchmarks/places.py FOLDER [LIMIT]
FOLDER holds the research data. The environment must hold benchmarks/requirements.txt besides the package.
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from geotext import GeoText
from spacy.tokens import Doc

from melian.coding.language import load_language
from melian.coding.places import find_places, resolve_names
from melian.evaluation.bootstrap import Figure
from melian.evaluation.gold import read_lines
from melian.evaluation.places import GoldPlaces, judge_places, predict_places, resolve_given
from melian.evaluation.tools import ReaderTools
from melian.knowledge.gazetteer import entries_named, fold_name
from melian.reader import Reader
from melian.records import Report, Span, Where

SETS = ("geo_gwn.jsonl", "geo_lgl.jsonl")
SHOWN = ("relaxed recognition: F1", "within 161 km", "exact GeoNames id", "right country",
         "end to end, within 161 km: F1")  # fmt: skip
LABELS = frozenset({"GPE", "LOC", "FAC"})


def led(text: str, span: Span) -> Where:
    """Lead some words to the entry with the most people that the same gazetteer has under that name."""
    words = re.sub(r"^the\s+|['’]s$", "", text[slice(*span)], flags=re.IGNORECASE)
    found = max(entries_named(fold_name(words)), key=lambda entry: entry.population, default=None)
    if found is None:
        return Where(name=words, country=None, span=span)
    return Where(
        name=found.name,
        country=found.country,
        geonameid=found.geonameid,
        lat=found.lat,
        lon=found.lon,
        precision=found.precision,
        span=span,
    )


def spans_of_geotext(text: str) -> Iterator[Span]:
    """Give where the names stand that geotext finds; it gives names without places in the text."""
    found = GeoText(text)
    for name in sorted({*found.cities, *found.countries, *found.nationalities}, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield match.span()


def without_overlap(spans: Sequence[Span]) -> list[Span]:
    """Keep the longest of spans that overlap."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if not any(span[0] < other[1] and other[0] < span[1] for other in kept):
            kept.append(span)
    return sorted(kept)


def compare(gold: Sequence[GoldPlaces], docs: dict[str, Doc]) -> None:
    """Print the figures of every way over the same texts; the parse is shared."""
    tools = ReaderTools(Reader())  # type: ignore[arg-type]
    found: dict[str, Callable[[str], Sequence[Where]]] = {
        "melian": lambda text: find_places(docs[text], literal_only=False, with_adjectives=True),
        "spaCy and population": lambda text: [
            led(text, (e.start_char, e.end_char)) for e in docs[text].ents if e.label_ in LABELS
        ],
        "geotext and population": lambda text: [led(text, s) for s in without_overlap(list(spans_of_geotext(text)))],
    }
    for name, way in found.items():
        start = time.process_time()
        predictions = list(predict_places(way, gold))
        seconds = time.process_time() - start
        print(f"  {name}, nothing given ({seconds:.1f} s besides the parse)")
        _print(judge_places(gold, predictions, tools.country_of).figures)
    given: dict[str, Callable[[str, Sequence[Span]], Sequence[Where]]] = {
        "melian": lambda text, spans: resolve_names(docs[text], spans),
        "population": lambda text, spans: [led(text, span) for span in spans],
    }
    for name, resolve in given.items():
        print(f"  {name}, names given")
        _print(judge_places(gold, list(resolve_given(resolve, gold)), tools.country_of, is_given=True).figures)


def _print(figures: Sequence[Figure]) -> None:
    for figure in figures:
        if figure.name in SHOWN:
            print(f"    {figure.name:<32} {figure.value:6.1f}   {figure.low:5.1f} – {figure.high:5.1f}   {figure.of:,}")


def cost(gold: Sequence[GoldPlaces], docs: dict[str, Doc]) -> None:
    """Print what places add to reading."""
    texts = [record.text for record in gold if record.text in docs]
    start = time.process_time()
    for text in texts:
        find_places(docs[text])
    lookups = time.process_time() - start
    reader = Reader()
    start = time.process_time()
    for _ in reader.read_many(Report(id=str(n), text=text) for n, text in enumerate(texts)):
        pass
    whole = time.process_time() - start
    print(f"  places take {lookups:.1f} of {whole:.1f} s of reading {len(texts):,} texts: {lookups / whole:.1%}")


def main() -> None:
    """Run the comparison on each set that the folder holds."""
    folder, limit = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None
    language = load_language(Reader().settings.pipeline)
    for name in SETS:
        if not (folder / name).exists():
            print(f"{name} is not in {folder}")
            continue
        gold = read_lines(folder / name, GoldPlaces, limit)
        reports = [Report(id=str(n), text=record.text) for n, record in enumerate(gold)]
        docs = {one.report.text: one.doc for one in language.parse(reports, Reader().settings.batch_characters)}
        print(f"{name}: {len(gold)} texts")
        compare(gold, docs)
        cost(gold[:100], docs)
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
