"""PolNeAR articles as windows with tags and links.

Reads the public corpus from a folder outside the project (JSON Lines: doc_id, text, attributions with source, cue and
content as lists of `[start, end)`); nothing of it is kept here.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from tokenizers import Tokenizer

from melian.coding.encoder.windows import Window, windows_of
from melian.coding.statements.tags import ROLES, TAG_NUMBERS


@dataclass
class Example:
    """A window with what is to be learned from it.

    Attributes:
        window: What the encoder reads.
        tags: For each word its tag number.
        spans: For each role the spans as words `[start, end)`.
        cue_of_content: For each content span the number of its cue in this window, or -1.
        source_of_cue: For each cue the number of its source in this window, or -1 for none.
    """

    window: Window
    tags: list[int]
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    cue_of_content: list[int] = field(default_factory=list)
    source_of_cue: list[int] = field(default_factory=list)


def articles_of(path: Path) -> list[dict]:
    """Read the articles of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def examples_of(article: dict, tokenizer: Tokenizer, rng: random.Random | None = None) -> list[Example]:
    """Cut an article to windows.

    With `rng` the first window has a random size, so that each epoch sees other cuts, and some articles get the
    quotation marks of another house style.
    """
    text = article["text"]
    first = None
    if rng is not None:
        first = rng.randint(60, 256)
        text = restyle(text, rng)
    return [_label(w, article["attributions"]) for w in windows_of(text, tokenizer, first=first)]


def restyle(text: str, rng: random.Random) -> str:
    """Give a text the quotation marks of another house; the length stays."""
    style = rng.random()
    if style < 0.7:
        return text
    if style < 0.8:
        return text.translate(str.maketrans("“”‘’", "\"\"''"))
    if style < 0.87:
        return text.translate(str.maketrans("“”‘", "‘’“"))
    out, is_open = [], False
    for at, char in enumerate(text):
        if char == "\n":
            is_open = False
        if char == '"':
            is_open = not is_open and not text[at + 1 : at + 2].isspace()
            out.append(("“" if is_open else "”") if style < 0.94 else ("‘" if is_open else "’"))
        else:
            out.append(char)
    return "".join(out)


def _label(window: Window, attributions: list[dict]) -> Example:
    starts = [a for a, _ in window.spans]
    ends = [b for _, b in window.spans]
    example = Example(window, [0] * len(starts), {r: [] for r in ROLES})
    edges = [*window.breaks[1:], len(starts)]
    known: dict[tuple[str, int, int], int] = {}

    def add(role: str, start: int, end: int) -> int:
        a, b = bisect_right(ends, start), bisect_left(starts, end)
        if a >= b:
            return -1
        b = min(b, edges[bisect_right(edges, a)])  # no span runs over a paragraph
        if (role, a, b) in known:
            return known[role, a, b]
        if any(example.tags[a:b]):
            return -1
        for i in range(a, b):
            place = "S" if b - a == 1 else "B" if i == a else "E" if i == b - 1 else "I"
            example.tags[i] = TAG_NUMBERS[place, role]
        example.spans[role].append((a, b))
        known[role, a, b] = len(example.spans[role]) - 1
        return known[role, a, b]

    for attribution in attributions:
        cues = [n for a, b in attribution["cue"] if (n := add("cue", a, b)) >= 0]
        sources = [n for a, b in attribution["source"] if (n := add("source", a, b)) >= 0]
        contents = [n for a, b in attribution["content"] if (n := add("content", a, b)) >= 0]
        for n in cues[: 1 if cues else 0]:
            while len(example.source_of_cue) <= n:
                example.source_of_cue.append(-1)
            example.source_of_cue[n] = sources[0] if sources else -1
        for n in contents:
            while len(example.cue_of_content) <= n:
                example.cue_of_content.append(-1)
            example.cue_of_content[n] = cues[0] if cues else -1
    return example
