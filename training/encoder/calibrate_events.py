"""Fit how sure an event is to how often it is right, and what is sure enough.

    python calibrate_events.py EXPORTED --leave-out 4

EXPORTED is a folder that export.py wrote, with heads that were trained without a tenth of the passages
(`train_events.py --leave-out`). First, what the words of a text say of whether it tells events is fitted on the
passages that the heads were trained on, and on the examples of the event lexicon. What each piece of evidence is worth,
and the confidences from which something is told, are fitted on the tenth left out and on the ordinary news without
events (`training/corpus/ordinary`), which no heads have seen. Heads that were trained
longer are surer, and what they tell alone is right more or less often than what a row tells too, so that the sum is
brought to the scale of those that ship by three numbers (a slope, and a shift for either), fitted on the tenth that no
training sees. Every event that is told is looked at, denied and supposed ones too. Right is an event whose type is a
gold event's and one of whose triggers touches that event's trigger. `confidence_page.py` shows what came of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from calibrate import fit
from event_examples import split_corpus
from gold import held_out
from passages import Passage, parts, passages_of, span_of

from melian.coding.coder import Coder
from melian.coding.draft import Draft
from melian.coding.encoder.arrays import read_arrays
from melian.coding.encoder.calibration import Fitted
from melian.coding.encoder.transformer import Transformer
from melian.coding.events.confidence import Weighing, evidence_of
from melian.coding.events.heads import EventHeads
from melian.coding.events.own.fitting import fit as fit_layer
from melian.coding.events.stage import EventsStage
from melian.coding.stages import ORDER
from melian.evaluation.readers import article_of
from melian.knowledge.ontology import NO_EVENT, event_words
from melian.records import overlap

ROOT = Path(__file__).parents[2]
TO = ROOT / "src/melian/knowledge/model/event_confidence.json"
BY_ROW = (1, 2)
"""Evidence that says that a row of the lexicon tells it, alone or together with the heads."""
RIDGE = 1e-3
"""How strongly what words say of relevance is drawn to zero; on the tenth left out 1e-6 to
1e-3 do equally well, and the more the fewer short reports in rare words are taken for other news."""
MOST_EXTRA = 0.2
"""Events that are not right, for each that is told, of which a threshold may let through so many."""
AS_GOOD = 0.015
"""Difference of F1 that is none: a third of the half width of its interval."""
ROUNDS = 4
"""How often the telling of an event that counts, the likeliest by what is fitted so far, is chosen anew."""


class Judged(msgspec.Struct, frozen=True):
    """What may be an event: the evidence of each telling, whether it is right, and its passage's number."""

    evidence: list[tuple[float, ...]]
    is_right: bool
    passage: int


def drafts(passages: Sequence[Passage], exported: Path | None) -> Iterator[Draft]:
    """Yield drafts of passages as they come to the stage of events, with the vectors of an exported encoder."""
    transformer = Transformer(exported) if exported is not None else None
    stages = ORDER[: next(i for i, stage in enumerate(ORDER) if stage.name == "events")]
    for draft in Coder().begin(article_of(passage.text) for passage in passages):
        if transformer is not None:
            draft = msgspec.structs.replace(draft, encoded=tuple(transformer.read(draft.report.text)))
        for stage in stages:
            draft = stage(draft)
        yield draft


def relevance_in(passages: Sequence[Passage], exported: Path | None = None) -> Fitted:
    """Fit what the mean of the words' vectors says of whether a text tells events."""
    transformer = Transformer(exported)
    texts = [(passage.text, bool(passage.events)) for passage in passages]
    texts += [(row.example, row.expects != NO_EVENT) for row in event_words()]
    vectors = [np.concatenate([one.done for one in transformer.read(text)]).mean(axis=0) for text, _ in texts]
    labels = np.array([tells for _, tells in texts], dtype=np.int64)
    layer = fit_layer(np.array(vectors), labels, 2, RIDGE, 0.5 / np.bincount(labels)[labels])
    weights = np.asarray(layer.weight[1] - layer.weight[0], dtype=float)
    return Fitted(round(float(layer.bias[1] - layer.bias[0]), 4), tuple(round(float(w), 4) for w in weights))


def judged(passages: Sequence[Passage], relevance: Fitted, exported: Path | None = None) -> tuple[list[Judged], int]:
    """Judge all that may be an event; and give the number of events that are told."""
    heads = EventHeads(read_arrays((exported / "events.npz").read_bytes())) if exported is not None else None
    stage, found, wanted = EventsStage(heads=heads, relevance=relevance), [], 0
    for number, (passage, draft) in enumerate(zip(passages, drafts(passages, exported), strict=True)):
        open_ = [(one.type, span_of(passage.text, one.trigger, one.nth)) for one in passage.events]
        wanted += len(open_)
        heard = stage.hear(draft)
        for happening in heard.happenings:
            triggers = [(told.trigger.idx, told.trigger.doc[told.end - 1]) for told in happening.tellings]
            spans = [(start, last.idx + len(last)) for start, last in triggers]
            kind = happening.tellings[0].type
            hits = [gold for gold in open_ if gold[0] == kind and any(overlap(span, gold[1]) for span in spans)]
            if hits:
                open_.remove(hits[0])
            found.append(Judged(evidence_of(happening, heard.actors, heard.relevance), bool(hits), number))
    return found, wanted


def fitted_to(cases: Sequence[Judged]) -> np.ndarray:
    """Fit the chance that an event is right; of its tellings the likeliest counts, as it does where events are read."""
    chosen = [max(case.evidence) for case in cases]
    right = np.array([case.is_right for case in cases], float)
    for _ in range(ROUNDS):
        weights = fit(np.c_[np.ones(len(chosen)), np.array(chosen)], right)
        chosen = [likeliest(case, weights) for case in cases]
    return weights


def scores_of(cases: Sequence[Judged], weights: np.ndarray) -> np.ndarray:
    """Give the log odds of each case."""
    return weights[0] + np.array([likeliest(case, weights) for case in cases]) @ weights[1:]


def likeliest(case: Judged, weights: np.ndarray) -> tuple[float, ...]:
    """Give the evidence of the telling that counts."""
    return max(case.evidence, key=lambda e: float(np.dot(weights[1:], e)))


def to_scale(cases: Sequence[Judged], weights: np.ndarray) -> np.ndarray:
    """Give what the three numbers are fitted to: one, the log odds, and whether a row of the lexicon tells it."""
    by_row = [sum(likeliest(case, weights)[k] for k in BY_ROW) for case in cases]
    return np.c_[np.ones(len(cases)), scores_of(cases, weights), by_row]


def by_other_half(cases: Sequence[Judged]) -> np.ndarray:
    """Give for each case its chance by what was fitted on the half of the passages in which it is not."""
    given = np.zeros(len(cases))
    for half in (0, 1):
        own = [i for i, case in enumerate(cases) if case.passage % 2 == half]
        weights = fitted_to([case for case in cases if case.passage % 2 != half])
        given[own] = 1 / (1 + np.exp(-scores_of([cases[i] for i in own], weights)))
    return given


def thresholds_of(cases: Sequence[Judged], given: np.ndarray, right: np.ndarray, wanted: int) -> tuple[float, float]:
    """Give the confidences from which an event is told, by heads alone and where a row tells it.

    Of the pairs that let few enough through and whose F1 is as good as any, the one that asks least of rows: plain
    sentences, which rows tell, are rare in passages written to be hard.
    """
    by_row = is_by_row(cases)
    pairs = []
    for alone in np.arange(0.2, 0.8, 0.01):
        for row in np.arange(0.2, alone + 0.005, 0.01):
            kept = given >= np.where(by_row, row, alone)
            hits = float(right[kept].sum())
            if kept.sum() - hits <= MOST_EXTRA * wanted:
                pairs.append((2 * hits / (float(kept.sum()) + wanted), round(float(alone), 2), round(float(row), 2)))
    best = max(pairs)[0]
    row, _, alone = min((row, -f1, alone) for f1, alone, row in pairs if f1 >= best - AS_GOOD)
    return alone, row


def is_by_row(cases: Sequence[Judged]) -> np.ndarray:
    """Tell for each case whether a row of the lexicon tells it."""
    return np.array([any(one[k] for one in case.evidence for k in BY_ROW) for case in cases])


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exported", type=Path)
    parser.add_argument("--leave-out", type=int, required=True)
    options = parser.parse_args()
    ordinary = [passage for path in parts("ordinary") for passage in passages_of(path)]
    learned, left_out = split_corpus(options.leave_out)
    relevance = relevance_in(learned, options.exported)
    cases, wanted = judged([*left_out, *ordinary], relevance, options.exported)
    right = np.array([case.is_right for case in cases], float)
    given = by_other_half(cases)
    alone, row = thresholds_of(cases, given, right, wanted)
    least = np.where(is_by_row(cases), row, alone)
    print(f"fitted on {len(cases)} cases, {right.mean():.0%} of them right; told from {alone} and {row}; by halves:")
    told = given >= least
    precision, recall = right[told].mean(), right[told].sum() / wanted
    print(f"precision {precision:.0%}, recall {recall:.0%} of {wanted} events")
    false = {case.passage for case, is_told in zip(cases, told, strict=True) if is_told and not case.is_right}
    print(f"false events in {sum(n >= len(left_out) for n in false)} of {len(ordinary)} passages of ordinary news")
    weights = fitted_to(cases)
    relevance = relevance_in(split_corpus()[0])
    cases, wanted = judged(held_out(), relevance)
    right = np.array([case.is_right for case in cases], float)
    scores = to_scale(cases, weights)
    shift, scale, by_row = fit(scores, right)
    scaled = np.array([shift + scale * weights[0], *(scale * weights[1:])])
    scaled[[1 + k for k in BY_ROW]] += by_row
    shipped = [round(float(weight), 4) for weight in scaled]
    weighed = Weighing(Fitted(shipped[0], tuple(shipped[1:])), alone, row, relevance)
    TO.write_text(msgspec.json.encode(weighed).decode() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
