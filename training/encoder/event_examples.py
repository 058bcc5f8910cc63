"""Passages of the corpus as windows with what is to be learned of their events; and statements with their acts.

Examples of the event lexicon's rows are passages too, of which only types and modes are known.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tokenizers import Tokenizer

from melian.coding.encoder.windows import Window, windows_of
from melian.coding.statements.act_head import ACTS
from melian.evaluation.pairs import pair_of
from melian.knowledge.ontology import EventWord, event_words
from melian.records import overlap

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))
from passages import Passage, allowed_modes, parts, passages_of, reviewed, span_of

TYPES = tuple(allowed_modes())
MODES = tuple(sorted(f"{kind}/{mode}" for kind, modes in allowed_modes().items() for mode in modes))
POLARITIES = ("positive", "negative")
TENSES = ("past", "present", "future", "hypothetical")
CERTAINTIES = ("certain", "probable", "possible", "uncommitted")
NONE, SOURCE, TARGET = range(3)


def root_of(kind: str) -> str:
    """Give the root of relation data for a type: CONCEDE and RETREAT are one there."""
    return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind


ROOTS = tuple(sorted({root_of(kind) for kind in TYPES}))


@dataclass
class EventExample:
    """One event of a window.

    Attributes:
        trigger: Words of its trigger.
        type: Number of its type.
        modes: Numbers of its modes; none where unknown.
        status: Numbers of its polarity, tense and certainty; none where unknown.
        parts: For each word of the window its part in it; none where unknown.
    """

    trigger: tuple[int, int]
    type: int
    modes: list[int] | None
    status: tuple[int, int, int] | None
    parts: list[int]


@dataclass
class PassageExample:
    """A window with its events, and the words of what may be one or not, of which nothing is learned."""

    id: str
    window: Window
    events: list[EventExample] = field(default_factory=list)
    open: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class ActExample:
    """A statement in a window: words of cue (none for a quotation alone) and content, and its act."""

    window: Window
    cue: tuple[int, int] | None
    content: tuple[int, int]
    act: int


@dataclass
class RelationExample:
    """A sentence with words marked as source and target, the root of what the one does to the other, and its id."""

    window: Window
    source: list[int]
    target: list[int]
    root: int
    sentence: str


def relations_of(path: Path, tokenizer: Tokenizer) -> list[RelationExample]:
    """Read relation data: a table with `marked_sentence`, `gold_root` and `sentence_id`."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not row["gold_root"]:
                continue
            pair = pair_of(row["marked_sentence"])
            window = windows_of(pair.text, tokenizer)[0]
            source, target = (
                [i for i, word in enumerate(window.spans) if any(overlap(word, span) for span in marked)]
                for marked in (pair.source, pair.target)
            )
            root = ROOTS.index(root_of(row["gold_root"]))
            found.append(RelationExample(window, source, target, root, row["sentence_id"]))
    return found


PLAIN_TIMES = 3
"""How often a passage of plain news is learned from while another is once: there are few, and news is mostly plain."""
HELD_OUT = 9
"""The tenth that is coded twice and never trained on, by the last digit of a passage's place in its part."""


def split_corpus(left_out: int | None = None) -> tuple[list[Passage], list[Passage]]:
    """Give the passages to train on and those to measure on.

    Args:
        left_out: A further tenth that is not trained on; it is then the one to measure on.
    """
    kept: tuple[list[Passage], list[Passage]] = ([], [])
    measured = HELD_OUT if left_out is None else left_out
    for path in parts("passages"):
        for number, passage in enumerate(passages_of(path)):
            if number % 10 == measured or number % 10 != HELD_OUT:
                kept[number % 10 == measured].append(passage)
    for path in [*parts("further", "newsroom"), *reviewed(), *PLAIN_TIMES * parts("plain")]:
        kept[0].extend(passages_of(path))
    return kept


def words_in(window: Window, span: tuple[int, int]) -> tuple[int, int] | None:
    """Give the words of a window that a span of code points touches."""
    inside = [i for i, (a, b) in enumerate(window.spans) if a < span[1] and span[0] < b]
    return (inside[0], inside[-1] + 1) if inside else None


def example_of(passage: Passage, tokenizer: Tokenizer) -> PassageExample:
    """Make an example of a passage; what a too long one tells beyond its first window is left out."""
    window = windows_of(passage.text, tokenizer)[0]
    example = PassageExample(passage.id, window)
    for event in passage.events:
        trigger = words_in(window, span_of(passage.text, event.trigger, event.nth))
        if trigger is None:
            continue
        own = [NONE] * len(window.spans)
        for part, parties in ((SOURCE, event.source), (TARGET, event.target)):
            for party in parties:
                words = words_in(window, span_of(passage.text, party.words, party.nth))
                for i in range(*words) if words else ():
                    own[i] = part
        modes = [MODES.index(f"{event.type}/{mode}") for mode in event.modes]
        status = (
            POLARITIES.index(event.polarity), TENSES.index(event.tense), CERTAINTIES.index(event.certainty)
        )  # fmt: skip
        example.events.append(EventExample(trigger, TYPES.index(event.type), modes, status, own))
    return example


def examples_of_rows(tokenizer: Tokenizer) -> Iterator[PassageExample]:
    """Yield the examples of the event lexicon whose word can be found in them without a lemmatizer."""
    for row in event_words():
        window = windows_of(row.example, tokenizer)[0]
        example = PassageExample(row.id, window)
        if row.type != "NONE":
            trigger = _word_of(row, window)
            if trigger is None:
                continue
            modes = [MODES.index(f"{row.type}/{mode}") for mode in row.modes]
            example.events.append(EventExample((trigger, trigger + 1), TYPES.index(row.type), modes, None, []))
        yield example


def _word_of(row: EventWord, window: Window) -> int | None:
    """Find the only word of an example that begins as the row's lemma does."""
    stem = row.lemma.lower()[: max(3, len(row.lemma) - 2)]
    found = [i for i, (a, b) in enumerate(window.spans) if row.example[a:b].lower().startswith(stem)]
    return found[0] if len(found) == 1 else None


def joined(examples: list[PassageExample]) -> PassageExample:
    """Make one window of several, each a paragraph of it, as whole reports have them."""
    first, *more = examples
    pieces, kinds = list(first.window.pieces), list(first.window.kinds)
    firsts, spans, breaks = list(first.window.firsts), list(first.window.spans), list(first.window.breaks)
    events, unsure = [replace(e) for e in first.events], list(first.open)
    for example in more:
        window = example.window
        words, behind, points = len(spans), len(pieces) - 1, spans[-1][1] + 2
        breaks += [words + b for b in window.breaks]
        firsts += [behind + f for f in window.firsts]
        spans += [(points + a, points + b) for a, b in window.spans]
        pieces += window.pieces[1:]
        kinds += window.kinds[1:]
        events = [replace(e, parts=e.parts + [NONE] * len(window.spans)) for e in events]
        events += [
            replace(e, trigger=(e.trigger[0] + words, e.trigger[1] + words), parts=[NONE] * words + e.parts)
            for e in example.events
        ]
        unsure += [(words + a, words + b) for a, b in example.open]
    window = Window(tuple(pieces), tuple(kinds), tuple(firsts), tuple(spans), tuple(breaks))
    return PassageExample(first.id, window, events, unsure)


def acts_of(folder: Path, tokenizer: Tokenizer) -> list[ActExample]:
    """Read statements with their acts."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                window = windows_of(row["text"], tokenizer)[0]
                cue = None
                if row["cue"]:
                    at = row["text"].index(row["cue"])
                    cue = words_in(window, (at, at + len(row["cue"])))
                at = row["text"].index(row["content"])
                content = words_in(window, (at, at + len(row["content"])))
                if content is not None:
                    found.append(ActExample(window, cue, content, ACTS.index(row["act"])))
    return found
