"""Statements as the heads find them: spans of words for speaker, cue and content, with how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from melian.coding.encoder.activations import Floats
from melian.coding.encoder.transformer import Encoded, Vectors
from melian.coding.encoder.windows import Window
from melian.coding.statements.geometry import features_of
from melian.coding.statements.heads import Heads, Tagged, means_of
from melian.coding.statements.tags import ROLES, Role
from melian.records import Span

_NEARLY = 0.3


class FoundStatement(msgspec.Struct, frozen=True):
    """One statement in code points.

    Attributes:
        cue: The cue.
        speaker: The speaker's words, None where no words name one.
        contents: Pieces of content, in order.
        sureness: Least likelihood of a word's tag in cue, speaker and contents, and of the links: what could be wrong.
    """

    cue: Span
    speaker: Span | None
    contents: tuple[Span, ...]
    sureness: tuple[float, float, float, float, float]


def find_statements(heads: Heads, encoded: Sequence[Encoded]) -> Iterator[FoundStatement]:
    """Yield the statements of the windows of a report, in the order of their cues."""
    for one, tagged in zip(encoded, heads.tag([(one.said, one.window.breaks) for one in encoded]), strict=True):
        yield from _in_window(heads, one.window, one.said, tagged)


def _in_window(heads: Heads, window: Window, vectors: Vectors, tagged: Tagged) -> Iterator[FoundStatement]:
    spans = spans_of(tagged.tags)
    cues, sources, contents = spans["cue"], spans["source"], spans["content"]
    if not cues or not contents:
        return
    means = {role: means_of(vectors, spans[role]) for role in ROLES}
    to_source = heads.to_source.probabilities(
        means["cue"], means["source"], features_of(cues, sources, window.breaks), by_cue=True
    )
    to_content = heads.to_content.probabilities(
        means["cue"], means["content"], features_of(cues, contents, window.breaks), by_cue=False
    )
    owner = owners(to_content)
    for i, cue in enumerate(cues):
        own = [j for j in range(len(contents)) if owner[j] == i]
        if not own:
            continue
        k = int(to_source[i].argmax())
        speaker = sources[k] if k < len(sources) else None
        yield FoundStatement(
            _points(window, cue),
            _points(window, speaker) if speaker else None,
            tuple(_points(window, contents[j]) for j in own),
            (
                _least(tagged, cue),
                _least(tagged, speaker) if speaker else 1.0,
                min(_least(tagged, contents[j]) for j in own),
                float(to_source[i, k]),
                float(min(to_content[i, j] for j in own)),
            ),
        )


def owners(likely: Floats) -> list[int]:
    """Give for each content the number of its cue: the likeliest, or one that else had none and is nearly as likely.

    Args:
        likely: Shape (cues and one for none, contents).
    """
    chosen = [int(i) for i in likely.argmax(axis=0)]
    cues = len(likely) - 1
    for idle in sorted(set(range(cues)) - set(chosen)):
        spare = [j for j, i in enumerate(chosen) if i == cues or chosen.count(i) > 1]
        best = max(spare, key=lambda j: float(likely[idle, j] / likely[chosen[j], j]), default=None)
        if best is not None and likely[idle, best] > _NEARLY * likely[chosen[best], best]:
            chosen[best] = idle
    return chosen


def spans_of(tags: list[int]) -> dict[Role, list[Span]]:
    """Read spans of words off tags."""
    found: dict[Role, list[Span]] = {role: [] for role in ROLES}
    start = 0
    for i, tag in enumerate(tags):
        if tag == 0:
            continue
        place, role = "BIES"[(tag - 1) % 4], ROLES[(tag - 1) // 4]
        if place in "BS":
            start = i
        if place in "ES":
            found[role].append((start, i + 1))
    return found


def _points(window: Window, span: Span) -> Span:
    return window.spans[span[0]][0], window.spans[span[1] - 1][1]


def _least(tagged: Tagged, span: Span) -> float:
    return float(np.min(tagged.sureness[span[0] : span[1]]))
