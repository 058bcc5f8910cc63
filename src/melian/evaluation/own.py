"""An own ontology against its own examples: what heads find in sentences that they have not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from melian.evaluation.bootstrap import f1, macro_f1, measure, precision, recall, share
from melian.evaluation.report import Miss, Outcome

if TYPE_CHECKING:
    from melian.coding.events.own.training import Checked
    from melian.knowledge.ontology.own import OwnOntology


def judge_checked(ontology: OwnOntology, checked: Sequence[Checked]) -> Outcome:
    """Judge what cross-validation found in the examples and counterexamples of an ontology.

    An event is right where it has the example's type and stands on its trigger. What is found besides, in an example or
    in a counterexample, is extra, though it may be a true event that nobody marked.

    Args:
        ontology: The ontology.
        checked: In the order of its types, of each the examples first.
    """
    texts = [
        text
        for one in ontology.types
        for text in (*(example.text for example in one.examples), *one.not_examples)
    ]  # fmt: skip
    names = [one.name for one in ontology.types]
    tallies: list[list[float]] = []
    by_type: list[list[float]] = []
    triggers: list[list[float]] = []
    misses: list[Miss] = []
    for one, text in zip(checked, texts, strict=True):
        is_example = one.label >= 0
        hits = [kind for kind, is_there, _ in one.found if is_there]
        is_right = is_example and one.label in hits[:1]
        tallies.append([is_right, len(one.found) - is_right, is_example and not is_right])
        if is_example:
            triggers.append([bool(hits), 1])
        row = [0.0] * (3 * len(names))
        for place, (label, is_there, _) in enumerate(one.found):
            is_first = is_right and is_there and [found[1] for found in one.found].index(True) == place
            row[3 * label + (0 if is_first else 1)] += 1
        if is_example and not is_right:
            row[3 * one.label + 2] += 1
        by_type.append(row)
        if is_example != is_right or len(one.found) > is_right:
            expected = names[one.label] if is_example else ""
            found = ", ".join(f"{names[kind]} ({sure:.2f})" for kind, _, sure in one.found)
            misses.append(Miss(record=expected or "none", text=text, expected=expected, found=found, weight=1.0))
    of = sum(one.label >= 0 for one in checked)
    figures = [measure(f"events: {name}", tallies, formula, of=of) for name, formula in _FORMULAS]
    figures.append(measure("trigger found", triggers, share, of=of))
    figures.append(measure("types: macro-F1", by_type, macro_f1, of=of))
    for number, kind in enumerate(names):
        own = [row[3 * number : 3 * number + 3] for row in by_type]
        figures.append(measure(f"{kind}: F1", own, f1, of=len(ontology.types[number].examples)))
    return Outcome(figures=tuple(figures), misses=tuple(misses), records=len(checked))


_FORMULAS = (("precision", precision), ("recall", recall), ("F1", f1))
