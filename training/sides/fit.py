"""Fit what tells the sides of events by the whole report: `src/melian/knowledge/model/sides.npz`.

    python training/sides/fit.py FOLDER-OF-DATA [--measure]

Learned from are the events of the corpus (`training/corpus/passages` and the like, the held-out tenth left out), of
whole reports (`training/corpus/reports`) and of newspapers (`training/corpus/newspapers`, passages and articles, whose
texts are in the folder of data), as far as the reader finds them: for each country of the text what speaks for it, and
whether a coder has it on either side. Reading takes fifteen minutes, fitting one. With the option nothing is written:
reports and newspapers are told by networks that have not seen them, five parts by turns, and the held-out tenth by what
all others teach.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor, nn

from melian.coding.coder import Coder
from melian.coding.events import EventsStage
from melian.coding.events.side_evidence import NAMES, evidence
from melian.coding.events.sides import countries_of, likely_sides, rows_of
from melian.coding.stages import ORDER
from melian.errors import BadReport
from melian.evaluation.passages import span_of
from melian.evaluation.readers import article_of
from melian.intake import report_from_text
from melian.records import Report, Span, overlap

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "training/corpus"))

from gold import countries, held_out  # noqa: E402
from newspapers import LEAST_SURE, Place, articles, places, text_of  # noqa: E402
from passages import Passage, corpus  # noqa: E402
from reports import PUBLISHED, STATES, CodedReport, reports, spans_of  # noqa: E402

MODEL = ROOT / "src/melian/knowledge/model/sides.npz"
INNER, ROUNDS, BATCH, RATE, DECAY, DROPOUT = 96, 12, 400, 2e-3, 1e-4, 0.3
SEEDS = (1, 2, 3)
HERE = NAMES.index("in the sentence")
PARTS = 5
ALIKE = "CONSULT"
BODIES = frozenset({"IGO", "NGO", "MNC"})


class Gold(msgspec.Struct, frozen=True):
    """One event as a coder has it: its type, where it is told, and the countries on each side."""

    type: str
    spans: tuple[Span, ...]
    sides: tuple[frozenset[str], frozenset[str]]


class Case(msgspec.Struct):
    """An event that the reader finds: for each country what speaks for it, and the sides by rules and by the coder."""

    text: str
    type: str
    countries: list[str]
    rows: np.ndarray
    ruled: tuple[frozenset[str], frozenset[str]]
    right: tuple[frozenset[str], frozenset[str]]


Marked = Iterator[tuple[str, Report, list[Gold]]]


def of_passages(passages: Iterable[Passage]) -> Marked:
    """Yield passages with their events."""
    for passage in passages:
        events = [
            Gold(
                event.type,
                (span_of(passage.text, event.trigger, event.nth),),
                (states(countries(event.source)), states(countries(event.target))),
            )
            for event in passage.events
        ]
        yield passage.id, article_of(passage.text), events


def of_reports(coded: Iterable[CodedReport]) -> Marked:
    """Yield whole reports with their events."""
    for report in coded:
        events = [
            Gold(
                event.type,
                tuple(span for words in event.trigger for span in spans_of(report.text, words)),
                (states(event.source_countries), states(event.target_countries)),
            )
            for event in report.events
        ]
        yield report.id, report_from_text(report.text, published=PUBLISHED), events


def of_newspapers(data: Path) -> Marked:
    """Yield passages of newspapers with their events."""
    for number, place in enumerate(places()):
        yield f"newspaper-{number}", article_of(text_of(data, place)), golds_of(place)


def of_articles(data: Path) -> Marked:
    """Yield newspaper articles, as far as they were read, with their events."""
    for place in articles():
        yield place.article, report_from_text(text_of(data, place), published=PUBLISHED), golds_of(place)


def golds_of(place: Place) -> list[Gold]:
    """Give the events of a passage or an article that another coder would have too."""
    start = place.span[0]
    return [
        Gold(one.type, ((one.trigger[0] - start, one.trigger[1] - start),), (states(one.source), states(one.target)))
        for one in place.events
        if one.sure >= LEAST_SURE
    ]


def states(codes: Iterable[str]) -> frozenset[str]:
    """Give countries as the reader codes them."""
    return frozenset(STATES.get(code, code) for code in codes) - BODIES


def cases(texts: Marked) -> list[Case]:
    """Read texts as far as their events, and give a case for each that a coder has, too."""
    found: list[Case] = []
    coder, stage = Coder(), EventsStage()
    before = ORDER[: next(i for i, one in enumerate(ORDER) if one.name == stage.name)]
    for name, report, coded in texts:
        try:
            draft = next(coder.begin([report]))
        except BadReport:  # A line of names is no English sentence.
            continue
        for one in before:
            draft = one(draft)
        ruled = stage.rule(draft)
        land = stage.land(draft, ruled)
        for event, happening in zip(ruled.events, ruled.happenings, strict=True):
            hit = [gold for gold in coded if any(overlap(m.trigger, s) for m in event.mentions for s in gold.spans)]
            gold = next((one for one in hit if one.type == event.type), hit[0] if hit else None)
            known = evidence(land, event, happening)
            if gold is not None and known:
                sides = (countries_of(event.sources, land), countries_of(event.targets, land))
                found.append(Case(name, event.type, list(known), rows_of(list(known.values())), sides, gold.sides))
    return found


def alike(case: Case, sides: Sequence[frozenset[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the sides of an event, made one where their order is no matter."""
    return (sides[0] | sides[1],) * 2 if case.type == ALIKE else (sides[0], sides[1])


class Net(nn.Module):
    """The network that `sides` runs: two scores for each country."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.last = nn.Linear(len(NAMES), INNER), nn.Linear(INNER, INNER), nn.Linear(INNER, 2)
        self.plain, self.drop = nn.Linear(len(NAMES), 2), nn.Dropout(DROPOUT)

    def forward(self, rows: Tensor) -> Tensor:
        """Give scores of shape (countries, 2)."""
        first = torch.relu(self.first(self.drop(rows)))
        return self.last(self.drop(torch.relu(self.second(self.drop(first))))) + self.plain(rows)


def fitted(given: Sequence[Case], seed: int) -> Net:
    """Train on cases."""
    torch.manual_seed(seed)
    rows = torch.from_numpy(np.concatenate([case.rows for case in given]))
    sides = [[[c in side for side in alike(case, case.right)] for c in case.countries] for case in given]
    truth = torch.tensor([one for case in sides for one in case], dtype=torch.float32)
    net = Net()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = ROUNDS * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for _ in range(ROUNDS):
        for batch in torch.randperm(len(rows)).split(BATCH):
            loss = nn.functional.binary_cross_entropy_with_logits(net(rows[batch]), truth[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net.eval()


@torch.no_grad()
def measured(net: Net, given: Sequence[Case]) -> np.ndarray:
    """Count events whose sources, targets and both are right: by rules, and as the reader makes them with a network."""
    counts = np.zeros((2, 3), int)
    for case in given:
        weighed = torch.sigmoid(net(torch.from_numpy(case.rows))).numpy()
        here = frozenset(c for c, row in zip(case.countries, case.rows, strict=True) if row[HERE])
        chances = dict(zip(case.countries, weighed.tolist(), strict=True))
        told = likely_sides(case.type, case.ruled, here, chances)
        wanted = alike(case, case.right)
        for row, sides in zip(counts, (case.ruled, told), strict=True):
            is_right = [one == other for one, other in zip(alike(case, sides), wanted, strict=True)]
            row += [*is_right, all(is_right)]
    return counts


def show(name: str, counts: np.ndarray, number: int) -> None:
    """Print one measurement."""
    told = ("by rules", "weighed")
    for how, (source, target, both) in zip(told, 100 * counts / number, strict=True):
        print(f"{name} ({number}), {how}: source {source:.1f}, target {target:.1f}, both {both:.1f}", flush=True)


def by_turns(given: Sequence[Case], others: Sequence[Case]) -> np.ndarray:
    """Count as `measured` does, each fifth of the texts by a network that learned from the rest."""
    names = sorted({case.text for case in given})
    counts = np.zeros((2, 3), int)
    for part in range(PARTS):
        out = set(names[part::PARTS])
        net = fitted([*others, *(case for case in given if case.text not in out)], SEEDS[0])
        counts += measured(net, [case for case in given if case.text in out])
    return counts


def main() -> None:
    """Fit, or measure."""
    torch.set_num_threads(1)
    data = Path(sys.argv[1])
    kept = {passage.id for passage in held_out()}
    passages = cases(of_passages(p for p in corpus() if p.id not in kept and p.events))
    whole, news, read = cases(of_reports(reports())), cases(of_newspapers(data)), cases(of_articles(data))
    counts = {"passages": len(passages), "reports": len(whole), "newspapers": len(news), "articles": len(read)}
    print(counts, flush=True)
    if "--measure" not in sys.argv:
        net = fitted([*passages, *whole, *news, *read], SEEDS[0])
        weights = {name: value.numpy().astype(np.float32) for name, value in net.state_dict().items()}
        np.savez_compressed(MODEL, **weights)
        return
    show("reports", by_turns(whole, [*passages, *news, *read]), len(whole))
    show("newspapers", by_turns(news, [*passages, *whole, *read]), len(news))
    tenth = cases(of_passages(held_out()))
    for seed in SEEDS:
        show("the held-out tenth", measured(fitted([*passages, *whole, *news, *read], seed), tenth), len(tenth))


if __name__ == "__main__":
    main()
