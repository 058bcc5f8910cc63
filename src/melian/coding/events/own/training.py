"""Training an own ontology: from its examples to two small heads, and how well they do by cross-validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from melian.coding.encoder.activations import Floats
from melian.coding.encoder.calibration import log_odds
from melian.coding.events.heads import event_heads
from melian.coding.events.own.fitting import Labels, Layer, fit, folds
from melian.coding.events.own.heads import runs_of
from melian.coding.events.own.seen import MEANT, has_meaning, surroundings, telling, unit
from melian.coding.events.own.trained import About, Trained, joined
from melian.errors import BadOntology
from melian.knowledge.ontology import event_kinds, event_words
from melian.knowledge.table import encoder_version

if TYPE_CHECKING:
    from melian.coding.encoder.transformer import Encoded, Transformer
    from melian.knowledge.ontology.own import OwnOntology
    from melian.records import EventType, Span

FOLDS = 5
BACKGROUND = 400
"""Sentences of the event lexicon that tell nothing of the ontology's kind, as counterexamples. With 100 of them a
sixth of unrelated passages has a false trigger in our trials, with 400 a twelfth; with more, true ones are lost."""
TRIGGER_WEIGHT = 5.0
"""How much a trigger counts against a word that is none, of which there are twenty times as many."""
DEFINITION_WEIGHT = 4.0
"""How many examples a definition counts for. Cross-validation on an ontology of issues: 65 of 100 types right without
definitions, 74 with them."""
TELLS_RIDGE, TYPES_RIDGE, SURE_RIDGE = 1e-3, 3e-3, 1e-3
"""Best by cross-validation on an ontology of issues and on one of deeds, and flat around these."""
BALANCES = ((1.0, 0.0), (1.0, 0.5), (1.0, 1.0), (1.0, 2.0), (0.0, 1.0))
"""How much surroundings and trigger count: types may differ in what is done, in what it is about, or in both."""
NONE = -1


class Case(msgspec.Struct, frozen=True):
    """A sentence as training sees it.

    Attributes:
        label: Number of the type, or `NONE`.
        words: Vectors of its words, for telling triggers.
        trigger: Its words `[first, end)`; None in a counterexample.
        around: For each run of words that is asked for, what stands around it.
        meaning: Numbers of the words that have meaning.
        encoded: The window.
    """

    label: int
    words: Floats
    trigger: tuple[int, int] | None
    meaning: tuple[int, ...]
    encoded: Encoded

    def views(self, first: int, end: int) -> tuple[Floats, Floats]:
        """Give the vectors of the surroundings of a run of words, and of the run itself."""
        return surroundings(self.encoded, self.meaning, first, end), telling(self.encoded, first, end)


class Checked(msgspec.Struct, frozen=True):
    """What cross-validation found in one sentence: the type that is right, those that were found, and how surely."""

    label: int
    found: tuple[tuple[int, bool, float], ...]


def train(ontology: OwnOntology, transformer: Transformer) -> tuple[Trained, tuple[Checked, ...]]:
    """Train the heads of an ontology; the same ontology gives the same heads.

    Args:
        ontology: Its types with their examples.
        transformer: The shipped encoder, which stays as it is.

    Returns:
        The heads, and for each example and counterexample of the ontology's what heads found in it that had not seen
        it: type, whether it stands on the marked trigger, and confidence.

    Raises:
        BadOntology: An example's trigger is no word that the encoder can see.
    """
    cases = list(_cases(ontology, transformer))
    definitions = [_defined(one.definition, transformer) for one in ontology.types]
    plover = _nearest(ontology, cases)
    apart = list(_background(plover, transformer))
    labels = np.array([case.label for case in cases])
    balance = _best_balance(cases, labels, definitions)
    blind: list[tuple[int, list[tuple[int, bool, Floats]]]] = [(NONE, [])] * len(cases)
    for held in folds(labels, FOLDS):
        kept = [case for case, is_held in zip(cases, held, strict=True) if not is_held]
        tells, types = _tells(kept, apart), _types(kept, definitions, balance)
        for i in map(int, np.flatnonzero(held)):
            blind[i] = (cases[i].label, list(_found(cases[i], tells, types, balance)))
    sure = _sure(blind)
    about = About(
        title=ontology.title,
        types=tuple(one.name for one in ontology.types),
        plover=plover,
        balance=balance,
        encoder=encoder_version(),
    )
    trained = Trained(about, _tells(cases, apart), _types(cases, definitions, balance), sure)
    checked = (
        Checked(label, tuple((kind, is_there, float(sure.chances(odds)[1])) for kind, is_there, odds in found))
        for label, found in blind
    )
    return trained, tuple(checked)


def _cases(ontology: OwnOntology, transformer: Transformer) -> Iterator[Case]:
    for number, one in enumerate(ontology.types):
        for example in one.examples:
            case = _case(example.text, transformer, number, example.trigger)
            if case is None:
                raise BadOntology(
                    f"The trigger of {example.text[:60]!r} holds no word", "a word in brackets", "Move the brackets"
                )
            yield case
        for text in one.not_examples:
            case = _case(text, transformer)
            if case is not None:
                yield case


def _case(text: str, transformer: Transformer, label: int = NONE, trigger: Span | None = None) -> Case | None:
    """Make a case of the window of a text in which the trigger stands; of its first where there is none."""
    for encoded in transformer.read(text):
        spans = encoded.window.spans
        marked = [i for i, (a, b) in enumerate(spans) if trigger is not None and a < trigger[1] and trigger[0] < b]
        if marked or trigger is None:
            meaning = tuple(i for i, span in enumerate(spans) if has_meaning(text, span))
            words = (marked[0], marked[-1] + 1) if marked else None
            return Case(label, unit(encoded.done), words, meaning, encoded)
    return None


def _defined(definition: str, transformer: Transformer) -> Floats:
    """Give the vector of what a definition is about."""
    case = _case(definition, transformer)
    return case.views(0, 0)[0] if case is not None else np.zeros(MEANT, dtype=np.float32)


def _nearest(ontology: OwnOntology, cases: Sequence[Case]) -> tuple[EventType, ...]:
    """Give for each type the PLOVER type that the file names, or that the shipped heads see most in its examples."""
    kinds = tuple(kind.id for kind in event_kinds())
    seen = np.zeros((len(ontology.types), len(kinds)))
    for case in cases:
        if case.trigger is not None:
            seen[case.label] += event_heads().chances(case.encoded)[slice(*case.trigger)].max(axis=0)
    found = (one.plover or kinds[int(row.argmax())] for one, row in zip(ontology.types, seen, strict=True))
    return tuple(found)


def _background(plover: Sequence[str], transformer: Transformer) -> Iterator[Case]:
    """Yield counterexamples: sentences of the lexicon, from all of it, that tell nothing of these PLOVER types."""
    rows = [row for row in event_words() if not any(kind in row.expects or kind == row.type for kind in plover)]
    for row in islice(rows, 0, None, max(1, len(rows) // BACKGROUND)):
        case = _case(row.example, transformer)
        if case is not None:
            yield case


def _tells(cases: Sequence[Case], apart: Sequence[Case]) -> Layer:
    """Fit whether a word tells an event: the marked words do, all others of all sentences do not."""
    labels = []
    for case in (*cases, *apart):
        own = np.zeros(len(case.words), dtype=np.int64)
        if case.trigger is not None:
            own[slice(*case.trigger)] = 1
        labels.append(own)
    flat = np.concatenate(labels)
    words = np.concatenate([case.words for case in (*cases, *apart)])
    return fit(words, flat, 2, TELLS_RIDGE, np.where(flat == 1, TRIGGER_WEIGHT, 1.0))


def _types(cases: Sequence[Case], definitions: Sequence[Floats], balance: tuple[float, float]) -> Layer:
    """Fit which type a trigger is of; a definition stands for examples with the mean of the type's triggers."""
    views = [(case.label, *case.views(*case.trigger)) for case in cases if case.trigger is not None]
    labels = np.array([label for label, _, _ in views])
    triggers = np.stack([trigger for _, _, trigger in views])
    features = [joined(around, trigger, balance) for _, around, trigger in views]
    features += [joined(one, triggers[labels == k].mean(axis=0), balance) for k, one in enumerate(definitions)]
    count = len(definitions)
    weights = np.r_[np.ones(len(labels)), np.full(count, DEFINITION_WEIGHT)]
    return fit(np.stack(features), np.r_[labels, np.arange(count)], count, TYPES_RIDGE, weights)


def _best_balance(cases: Sequence[Case], labels: Labels, definitions: Sequence[Floats]) -> tuple[float, float]:
    """Choose how much surroundings and trigger count: as is likeliest to tell the types of examples left out."""

    def loss(balance: tuple[float, float]) -> float:
        total = 0.0
        for held in folds(labels, FOLDS):
            types = _types(
                [case for case, is_held in zip(cases, held, strict=True) if not is_held], definitions, balance
            )
            for case, is_held in zip(cases, held, strict=True):
                if is_held and case.trigger is not None:
                    shares = types.chances(joined(*case.views(*case.trigger), balance))
                    total -= float(np.log(shares[case.label] + 1e-9))
        return total

    return min(BALANCES, key=loss)


def _found(case: Case, tells: Layer, types: Layer, balance: tuple[float, float]) -> Iterator[tuple[int, bool, Floats]]:
    """Yield what heads find in a sentence: type, whether it stands on the trigger, and log odds of both heads."""
    chances = tells.chances(case.words)[:, 1]
    for first, end in runs_of(chances, [0] * len(chances)):
        shares = types.chances(joined(*case.views(first, end), balance))
        best = int(shares.argmax())
        is_there = case.trigger is not None and first < case.trigger[1] and case.trigger[0] < end
        yield best, is_there, log_odds([chances[first:end].max(), shares[best]]).astype(np.float32)


def _sure(blind: Sequence[tuple[int, Sequence[tuple[int, bool, Floats]]]]) -> Layer:
    """Fit how often what is found is right: the type, on the marked trigger."""
    rows = [(odds, is_there and kind == label) for label, found in blind for kind, is_there, odds in found]
    if len({is_right for _, is_right in rows}) < 2:
        # Nothing wrong, or nothing right, was found: the share is all that can be said.
        share = (sum(is_right for _, is_right in rows) + 1) / (len(rows) + 2)
        return Layer(np.zeros((2, 2), np.float32), np.log(np.array([1 - share, share], dtype=np.float32)))
    return fit([odds for odds, _ in rows], np.array([int(is_right) for _, is_right in rows]), 2, SURE_RIDGE)
