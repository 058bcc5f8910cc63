"""Statements against gold attributions: exact spans by role; found; attributed to the right speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from melian.evaluation.bootstrap import Figure, f1, measure, precision, recall, share
from melian.evaluation.readers import ReadsMany, article_of, readings_of
from melian.evaluation.report import Miss, Outcome
from melian.evaluation.spans import Grid, grid_of, one_to_one, overlap_share, token_f1
from melian.records import Reading, Span, words_of

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
ENOUGH = 0.5
"""Token F1 from which two contents, or two sources, count as the same."""

Bag = frozenset[int]
_QUOTE = re.compile(r"[\"“”„«»‘]|''|``")
_END = re.compile(r"\w[\w)\]]*[.!?][\"”’'»)]*\s|\n")


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who (source) said (cue) what (content); each may be split, and source and cue may be empty."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    confidence: float = 1.0


class GoldStatements(msgspec.Struct, frozen=True, kw_only=True):
    """A gold text with every attribution in it; `attributions` is None where only predictions are wanted."""

    doc_id: str | int
    text: str
    attributions: tuple[Attribution, ...] | None = None


class FoundStatements(msgspec.Struct, frozen=True, kw_only=True):
    """The attributions predicted for one text."""

    doc_id: str | int
    attributions: tuple[Attribution, ...]


def predict_statements(reader: ReadsMany, gold: Sequence[GoldStatements]) -> Iterator[FoundStatements]:
    """Yield predictions in gold order; a text that the reader refuses has none."""
    readings = readings_of(reader, (article_of(record.text) for record in gold))
    for record, reading in zip(gold, readings, strict=True):
        yield FoundStatements(doc_id=record.doc_id, attributions=attributions_of(reading) if reading else ())


def attributions_of(reading: Reading) -> tuple[Attribution, ...]:
    """Write the statements of a reading as attributions.

    Statements inside others are left out: corpora of attribution, PolNeAR among them, mark none.
    """
    return tuple(
        Attribution(
            source=(statement.speaker_span,) if statement.speaker_span else (),
            cue=(statement.cue.span,) if statement.cue else (),
            content=statement.content,
            confidence=statement.confidence,
        )
        for statement in reading.statements
        if statement.parent is None
    )


def judge_statements(gold: Sequence[GoldStatements], found: Sequence[FoundStatements]) -> Outcome:
    """Judge predictions, document by document in the same order.

    By role: the pieces of split spans count as spans of their own; exact and begin match as precision, recall and F1,
    and the mean over gold spans of the best overlap, predictions that overlap no gold span counting as 0.
    By attribution: a predicted and a gold attribution are matched one to one by greatest token F1 of content. A pair
    is found if that is at least .5, and attributed if the sources agree too: both empty, or token F1 at least .5.

    Reference: the measures by role are those of Wang et al., "CofeNet: Context and Former-Label Enhanced Net for
        Complicated Quotation Extraction", COLING 2022.
    """
    exact: dict[Role, list[list[float]]] = {role: [] for role in ROLES}
    begin: dict[Role, list[list[float]]] = {role: [] for role in ROLES}
    jaccard: dict[Role, list[list[float]]] = {role: [] for role in ROLES}
    pairs: list[list[float]] = []
    attributed: list[list[float]] = []
    sourced: list[list[float]] = []
    unquoted: list[list[float]] = []
    outside: list[list[float]] = []
    misses: list[Miss] = []
    for record, prediction in zip(gold, found, strict=True):
        wanted, got, grid = record.attributions or (), prediction.attributions, grid_of(record.text)
        for role in ROLES:
            want, have = _ranges(grid, wanted, role), _ranges(grid, got, role)
            exact[role].append(_tally(want, have))
            begin[role].append(_tally({x[0] for x in want}, {x[0] for x in have}))
            jaccard[role].append(_overlaps(want, have))
        want_bags, have_bags = _bags(grid, wanted), _bags(grid, got)
        matched = match_contents([bag for _, bag in want_bags], [bag for _, bag in have_bags])
        right = [i for i, j in matched if token_f1(want_bags[i][0], have_bags[j][0]) >= ENOUGH]
        pairs.append([len(matched), len(got) - len(matched), len(wanted) - len(matched)])
        attributed.append([len(right), len(got) - len(right), len(wanted) - len(right)])
        sourced.append([sum(bool(want_bags[i][0]) for i in right), sum(bool(source) for source, _ in want_bags)])
        plain, plain_got = _unquoted(record.text, wanted), _unquoted(record.text, got)
        both = sum(i in plain for i, _ in matched)
        unquoted.append([both, len(plain_got) - sum(j in plain_got for _, j in matched), len(plain) - both])
        apart = {i for i, attribution in enumerate(wanted) if _is_apart(record.text, attribution)}
        outside.append([len(apart & set(right)), len(apart)])
        misses.extend(_misses(record, wanted, got, matched, set(right)))
    count = sum(len(record.attributions or ()) for record in gold)
    figures: list[Figure] = []
    for role in ROLES:
        spans = int(sum(row[0] + row[2] for row in exact[role]))
        figures += [
            measure(f"{role}: exact span precision", exact[role], precision, of=spans),
            measure(f"{role}: exact span recall", exact[role], recall, of=spans),
            measure(f"{role}: exact span F1", exact[role], f1, of=spans),
            measure(f"{role}: begin F1", begin[role], f1, of=spans),
            measure(f"{role}: overlap", jaccard[role], share, of=spans),
        ]
    for name, rows in (("attribution found", pairs), ("attribution found with its source", attributed)):
        figures += [
            measure(f"{name}: precision", rows, precision, of=count),
            measure(f"{name}: recall", rows, recall, of=count),
            measure(f"{name}: F1", rows, f1, of=count),
        ]
    figures.append(
        measure("source right, of gold with a source", sourced, share, of=int(sum(row[1] for row in sourced)))
    )
    figures += [
        measure("found, of contents without quotation marks: F1", unquoted, f1, of=_total(unquoted, 0, 2)),
        measure(
            "found with its source, of sources outside the content's sentence", outside, share, of=_total(outside, 1)
        ),
    ]
    return Outcome(figures=tuple(figures), misses=tuple(misses), records=len(gold))


def _total(rows: Sequence[Sequence[float]], *columns: int) -> int:
    return int(sum(row[column] for row in rows for column in columns))


def _unquoted(text: str, attributions: Sequence[Attribution]) -> set[int]:
    """Give the positions of attributions whose content has no quotation mark in it."""
    return {
        i
        for i, attribution in enumerate(attributions)
        if not any(_QUOTE.search(text[s:e]) for s, e in attribution.content)
    }


def _is_apart(text: str, attribution: Attribution) -> bool:
    """Tell whether a sentence ends between the source and the piece of content nearest to it."""
    gaps = (
        text[min(x[1], y[1]) : max(x[0], y[0])]
        for x in attribution.source
        for y in attribution.content
        if x[1] <= y[0] or y[1] <= x[0]
    )
    nearest = min(gaps, key=len, default="")
    overlaps = any(x[0] < y[1] and y[0] < x[1] for x in attribution.source for y in attribution.content)
    return not overlaps and bool(_END.search(nearest))


def match_contents(gold: Sequence[Bag], found: Sequence[Bag]) -> list[tuple[int, int]]:
    """Match contents one to one by greatest token F1, none below .5."""
    pairs = ((token_f1(want, have), i, j) for i, want in enumerate(gold) for j, have in enumerate(found) if want & have)
    # Ties go to later positions, as in the project's published scores.
    return one_to_one((i, j) for _, i, j in sorted((pair for pair in pairs if pair[0] >= ENOUGH), reverse=True))


def _ranges(grid: Grid, attributions: Sequence[Attribution], role: Role) -> set[Span]:
    return grid.ranges(span for attribution in attributions for span in getattr(attribution, role))


def _bags(grid: Grid, attributions: Sequence[Attribution]) -> list[tuple[Bag, Bag]]:
    return [(grid.bag(attribution.source), grid.bag(attribution.content)) for attribution in attributions]


def _tally(want: set[Span] | set[int], have: set[Span] | set[int]) -> list[float]:
    both = len(set(want) & set(have))
    return [both, len(have) - both, len(want) - both]


def _overlaps(want: set[Span], have: set[Span]) -> list[float]:
    total = sum(max((overlap_share(x, y) for y in have), default=0.0) for x in want)
    spurious = sum(not any(overlap_share(x, y) > 0 for x in want) for y in have)
    return [total, len(want) + spurious]


def _misses(
    record: GoldStatements,
    wanted: Sequence[Attribution],
    got: Sequence[Attribution],
    matched: list[tuple[int, int]],
    right: set[int],
) -> Iterator[Miss]:
    partner = dict(matched)
    doc = str(record.doc_id)
    for i, attribution in enumerate(wanted):
        content = words_of(record.text, attribution.content)
        if i not in partner:
            yield Miss(record=doc, text=content, expected="a statement", found="", weight=2 + len(content) / 10_000)
        elif i not in right:
            yield Miss(
                record=doc,
                text=content,
                expected=f"source {words_of(record.text, attribution.source) or 'open'}",
                found=f"source {words_of(record.text, got[partner[i]].source) or 'open'}",
                weight=1 + got[partner[i]].confidence,
            )
    for j in set(range(len(got))) - set(partner.values()):
        content = words_of(record.text, got[j].content)
        yield Miss(record=doc, text=content, expected="", found="a statement", weight=1 + got[j].confidence)
