"""Fit how sure an event is to how often it is right, and what is sure enough.

    python calibrate_events.py --newspapers FOLDER_OF_DATA

First, what the words of a text say of whether it tells events is fitted on the passages that the heads were trained on,
and on the examples of the event lexicon. What each piece of evidence is worth, and the confidences from which
something is told, are fitted on what no heads have seen: passages of newspapers, whose events were coded, the
ordinary news without events (`training/corpus/ordinary`) and the tenth of the corpus that is held out. The figures
that are printed come from fitting on one half of the passages and looking at the other, both ways. Every event that is
told is looked at, denied and supposed ones too. Right is an event whose type is a gold event's and one of whose
triggers touches that event's trigger; what may be an event or none counts neither way. `confidence_page.py` shows
what came of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from calibrate import calibration_error, fit, points_of
from event_examples import split_corpus
from gold import held_out
from newspapers import Newspaper, newspapers
from passages import Passage, parts, passages_of, span_of

from melian.coding.coder import Coder
from melian.coding.draft import Draft
from melian.coding.encoder.calibration import Fitted
from melian.coding.encoder.transformer import Transformer
from melian.coding.events.confidence import Weighing, evidence_of
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
"""Events that are not right, for each that is told, of which the thresholds let through fewer in the held-out tenth."""
AS_GOOD = 0.01
"""Difference of F1 that is none: less than a third of the half width of its interval."""
ROUNDS = 4
"""How often the telling of an event that counts, the likeliest by what is fitted so far, is chosen anew."""


class Judged(msgspec.Struct, frozen=True):
    """What may be an event: the evidence of each telling, whether it is right, and its passage's number."""

    evidence: list[tuple[float, ...]]
    is_right: bool
    passage: int


def drafts(passages: Sequence[Passage]) -> Iterator[Draft]:
    """Yield drafts of passages as they come to the stage of events."""
    stages = ORDER[: next(i for i, stage in enumerate(ORDER) if stage.name == "events")]
    for draft in Coder().begin(article_of(passage.text) for passage in passages):
        for stage in stages:
            draft = stage(draft)
        yield draft


def relevance_in(passages: Sequence[Passage]) -> Fitted:
    """Fit what the mean of the words' vectors says of whether a text tells events."""
    transformer = Transformer()
    texts = [(passage.text, bool(passage.events)) for passage in passages]
    texts += [(row.example, row.expects != NO_EVENT) for row in event_words()]
    vectors = [np.concatenate([one.done for one in transformer.read(text)]).mean(axis=0) for text, _ in texts]
    labels = np.array([tells for _, tells in texts], dtype=np.int64)
    layer = fit_layer(np.array(vectors), labels, 2, RIDGE, 0.5 / np.bincount(labels)[labels])
    weights = np.asarray(layer.weight[1] - layer.weight[0], dtype=float)
    return Fitted(round(float(layer.bias[1] - layer.bias[0]), 4), tuple(round(float(w), 4) for w in weights))


def judged(given: Sequence[Newspaper], relevance: Fitted) -> tuple[list[Judged], int]:
    """Judge all that may be an event; and give the number of events that are told."""
    stage, found, wanted = EventsStage(relevance=relevance), [], 0
    for number, (one, draft) in enumerate(zip(given, drafts([one.passage for one in given]), strict=True)):
        text = one.passage.text
        open_ = [(event.type, span_of(text, event.trigger, event.nth)) for event in one.passage.events]
        wanted += len(open_)
        heard = stage.hear(draft)
        for happening in heard.happenings:
            triggers = [(told.trigger.idx, told.trigger.doc[told.end - 1]) for told in happening.tellings]
            spans = [(start, last.idx + len(last)) for start, last in triggers]
            if any(overlap(span, other) for span in spans for other in one.open):
                continue
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


def by_other_half(cases: Sequence[Judged]) -> np.ndarray:
    """Give for each case its chance by what was fitted on the half of the passages in which it is not."""
    given = np.zeros(len(cases))
    for half in (0, 1):
        own = [i for i, case in enumerate(cases) if case.passage % 2 == half]
        weights = fitted_to([case for case in cases if case.passage % 2 != half])
        given[own] = 1 / (1 + np.exp(-scores_of([cases[i] for i in own], weights)))
    return given


def thresholds_of(
    cases: Sequence[Judged], given: np.ndarray, right: np.ndarray, wanted: int, bounded: np.ndarray, most: float
) -> tuple[float, float]:
    """Give the confidences from which an event is told, by heads alone and where a row tells it.

    Of the pairs whose F1 is as good as any, the one that asks least of rows: plain sentences, which rows tell, are rare
    in newspapers and in passages written to be hard.

    Args:
        cases: All that may be an event.
        given: Their confidences.
        right: Which are right.
        wanted: How many events are told in all.
        bounded: Which of the cases bound the thresholds.
        most: How many of these may be told and not right.
    """
    by_row, pairs = is_by_row(cases), []
    for alone in np.arange(0.2, 0.8, 0.01):
        for row in np.arange(0.15, alone + 0.005, 0.01):
            told = given >= np.where(by_row, row, alone)
            if float((1 - right)[told & bounded].sum()) < most:
                f1 = 2 * float(right[told].sum()) / (float(told.sum()) + wanted)
                pairs.append((f1, round(float(alone), 2), round(float(row), 2)))
    best = max(pairs)[0]
    row, _, alone = min((row, -f1, alone) for f1, alone, row in pairs if f1 >= best - AS_GOOD)
    return alone, row


def is_by_row(cases: Sequence[Judged]) -> np.ndarray:
    """Tell for each case whether a row of the lexicon tells it."""
    return np.array([any(one[k] for one in case.evidence for k in BY_ROW) for case in cases])


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newspapers", type=Path, required=True, help="Folder of research data.")
    options = parser.parse_args()
    relevance = relevance_in(split_corpus()[0])
    kinds = {
        "newspapers": list(newspapers(options.newspapers)),
        "ordinary news": [Newspaper(passage) for path in parts("ordinary") for passage in passages_of(path)],
        "the held-out tenth": [Newspaper(passage) for passage in held_out()],
    }
    cases, wanted = judged([one for kind in kinds.values() for one in kind], relevance)
    right = np.array([case.is_right for case in cases], float)
    given = by_other_half(cases)
    last = len(kinds["the held-out tenth"])
    bounded = np.array([case.passage for case in cases]) >= sum(map(len, kinds.values())) - last
    most = MOST_EXTRA * sum(len(one.passage.events) for one in kinds["the held-out tenth"])
    alone, row = thresholds_of(cases, given, right, wanted, bounded, most)
    told = given >= np.where(is_by_row(cases), row, alone)
    print(f"fitted on {len(cases)} cases, {right.mean():.0%} of them right; told from {alone} and {row}; by halves:")
    first = 0
    for name, kind in kinds.items():
        own = np.array([first <= case.passage < first + len(kind) for case in cases])
        print(
            f"{name}: {figures_of(cases, given, told & own, sum(len(one.passage.events) for one in kind), len(kind))}"
        )
        first += len(kind)
    weights = fitted_to(cases)
    shipped = [round(float(weight), 4) for weight in weights]
    weighed = Weighing(Fitted(shipped[0], tuple(shipped[1:])), alone, row, relevance)
    TO.write_text(msgspec.json.encode(weighed).decode() + "\n", encoding="utf-8")


def figures_of(cases: Sequence[Judged], given: np.ndarray, told: np.ndarray, wanted: int, passages: int) -> str:
    """Say how many of the events of some passages are found and right, and how far confidences are off."""
    right = np.array([case.is_right for case in cases], float)
    hits, count = float(right[told].sum()), int(told.sum())
    false = len({case.passage for case, is_told in zip(cases, told, strict=True) if is_told and not case.is_right})
    error = calibration_error(points_of(given[told], right[told]))
    return (
        f"{count} told of {wanted}, precision {hits / max(count, 1):.1%}, recall {hits / max(wanted, 1):.1%}, "
        f"F1 {2 * hits / max(count + wanted, 1):.1%}; false ones in {false} of {passages} passages; "
        f"expected calibration error {error:.3f}"
    )


if __name__ == "__main__":
    main()
