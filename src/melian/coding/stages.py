"""The Stage protocol, and the order of the stages, checked before the first report is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from melian.coding.actors import ActorsStage
from melian.coding.claims import ClaimsStage
from melian.coding.dates.stage import DatesStage
from melian.coding.draft import Draft
from melian.coding.encoder.scale import SHIPPED, Scales, load_scales
from melian.coding.events import EventsStage
from melian.coding.events.own.trained import load as load_own
from melian.coding.places.stage import PlacesStage
from melian.coding.statements import StatementsStage
from melian.errors import BadSetting
from melian.settings import Settings


class Stage(Protocol):
    """One step from a report to its reading.

    A stage does no input or output, reads no clock, and changes nothing that an earlier stage provided, except that it
    may add to the lists of reasons and absences.
    """

    @property
    def name(self) -> str:
        """The stage's name, as reasons give it."""

    @property
    def requires(self) -> frozenset[str]:
        """Fields of the draft that must be there."""

    @property
    def provides(self) -> frozenset[str]:
        """Fields of the draft that it adds."""

    def __call__(self, draft: Draft) -> Draft:
        """Add what the stage provides to a draft."""
        ...


ORDER: tuple[Stage, ...] = (
    DatesStage(),
    PlacesStage(),
    ActorsStage(),
    StatementsStage(),
    EventsStage(),
    ClaimsStage(),
)
"""The stages behind the parser and the encoder, which give the fields in `GIVEN`."""


def stages_of(settings: Settings) -> tuple[Stage, ...]:
    """Give the stages in order, those for statements and events as the settings want them.

    Raises:
        BadOntology: The settings name an ontology that can't be used.
        BadSetting: They name one, and leave out the encoder that it needs; or a confidence scale that can't be used.
    """
    if settings.ontology is not None and not settings.use_encoder:
        raise BadSetting(
            "An ontology of one's own was asked for by rules alone", "the encoder", "Leave --rules-alone out"
        )
    own = load_own(settings.ontology) if settings.ontology is not None else None
    scales = load_scales(settings.confidence) if settings.confidence is not None else Scales()
    wanted: dict[str, Stage] = {
        "statements": StatementsStage(scales.statement or SHIPPED),
        "events": EventsStage(own, settings.min_confidence, scale=scales.event or SHIPPED),
    }
    return tuple(wanted.get(stage.name, stage) for stage in ORDER)


GIVEN = frozenset({"report", "doc", "coded", "quotations", "encoded", "own"})
_SHARED = frozenset({"reasons", "absences"})


def check_order(stages: Sequence[Stage]) -> None:
    """Check that each stage finds what it requires and provides what no other does.

    Raises:
        BadSetting: It does not; the message names the stage and the field.
    """
    known = set(Draft.__struct_fields__)
    have = set(GIVEN)
    for stage in stages:
        missing = stage.requires - have
        if missing:
            raise BadSetting(
                f"The stage {stage.name!r} requires {', '.join(sorted(missing))}",
                "a stage before it that provides this",
                "Put that stage before it in the order of stages",
            )
        again = (stage.provides - _SHARED) & have
        if again or not stage.provides <= known:
            wrong = again or stage.provides - known
            raise BadSetting(
                f"The stage {stage.name!r} provides {', '.join(sorted(wrong))}", "fields of the draft, once each"
            )
        have |= stage.provides
