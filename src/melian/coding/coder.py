"""The flow from a report to its reading. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from melian import __version__
from melian.coding.draft import Draft
from melian.coding.encoder.ahead import EncoderAhead, begin_loading
from melian.coding.encoder.scale import version_of as version_of_scale
from melian.coding.events.own.trained import version_of
from melian.coding.language import load_language
from melian.coding.one_core import on_one_core
from melian.coding.stages import check_order, stages_of
from melian.knowledge.own_actors import NONE, OwnActors
from melian.knowledge.table import knowledge_version, model_version
from melian.records import ProducedBy, Reading, Report
from melian.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from melian.coding.encoder.transformer import Encoded

    Encoding = Callable[[], tuple[Encoded, ...]]


class Coder:
    """Reads reports: one report in, one reading out, whatever other reports stand beside it.

    Args:
        settings: How to read. The defaults need nothing but the installed package.
        own: The user's table of actors, whose rows win over those of the package.

    Raises:
        BadSetting: The pipeline or the confidence scale that the settings name can't be used.
        BadOntology: The ontology that they name can't be.

    Example:
        >>> coder = Coder()
        >>> reading = coder.read_report(Report(id="r1", text="France condemned Russia on Tuesday."))
        >>> [event.type for event in reading.events]
        ['ACCUSE']
    """

    def __init__(self, settings: Settings | None = None, own: OwnActors = NONE) -> None:
        self.settings = settings or Settings()
        self.own = own
        self._stages = stages_of(self.settings)
        check_order(self._stages)
        if self.settings.use_encoder:
            begin_loading()
        with ThreadPoolExecutor(1, thread_name_prefix="melian-versions") as beside:
            model, knowledge = beside.submit(model_version), beside.submit(knowledge_version)
            self._language = load_language(self.settings.pipeline)
        ontology = self.settings.ontology
        own_types = f"ontology {version_of(ontology)}" if ontology is not None else None
        scale = self.settings.confidence
        own_scale = f"confidence {version_of_scale(scale)}" if scale is not None else None
        self.produced_by = ProducedBy(
            melian=__version__,
            model=f"{self._language.model}, encoder {model.result()}",
            knowledge=", ".join(part for part in (knowledge.result(), own.version, own_types, own_scale) if part),
            settings=blake2b(msgspec.json.encode(self.settings), digest_size=8).hexdigest(),
        )

    def read_report(self, report: Report) -> Reading:
        """Read one report."""
        return next(self.read_many([report]))

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Read reports in order, as a stream; a reading does not depend on the reports beside it."""
        for draft, encoding in self._begin(reports):
            with on_one_core():
                for stage in self._stages:
                    if "encoded" in stage.requires and not draft.encoded:
                        draft = replace(draft, encoded=encoding())
                    draft = stage(draft)
            yield self._reading(draft)

    def cast(self, report: Report) -> Draft:
        """Give the draft of a report with its actors, and nothing of what comes behind them."""
        draft = replace(next(self._language.parse([report], self.settings.batch_characters)), own=self.own)
        for stage in self._stages:
            draft = stage(draft)
            if "actors" in stage.provides:
                break
        return draft

    def parse(self, report: Report) -> Doc:
        """Give the parse of a report, with its sentences final."""
        draft = next(self._language.parse([report], self.settings.batch_characters))
        assert draft.doc is not None
        return draft.doc

    def encode(self, report: Report) -> tuple[Encoded, ...]:
        """Give the windows of a report with the vectors of their words; none without the encoder."""
        if not self.settings.use_encoder:
            return ()
        return tuple(begin_loading().result().read(self._language.plain(report.text)))

    def begin(self, reports: Iterable[Report]) -> Iterator[Draft]:
        """Yield the draft of each report before the first stage: parsed and encoded."""
        for draft, encoding in self._begin(reports):
            yield replace(draft, encoded=encoding())

    def _begin(self, reports: Iterable[Report]) -> Iterator[tuple[Draft, Encoding]]:
        """Yield the parse of each report, and what waits until a second thread has encoded it."""
        if not self.settings.use_encoder:
            for draft in self._language.parse(reports, self.settings.batch_characters):
                yield replace(draft, own=self.own), tuple
            return
        with EncoderAhead() as encoder:
            for draft in self._language.parse(
                encoder.begin(reports, self._language.plain), self.settings.batch_characters
            ):
                yield replace(draft, own=self.own), encoder.take()

    def _reading(self, draft: Draft) -> Reading:
        return Reading(
            report=draft.report,
            actors=tuple({actor.id: actor for actor in (*draft.actors, *draft.parties)}.values()),
            statements=draft.statements,
            events=draft.events,
            claims=draft.claims,
            disputes=draft.disputes,
            dates=draft.dates,
            places=draft.places,
            absences=draft.absences,
            reasons=draft.reasons,
            produced_by=self.produced_by,
        )
