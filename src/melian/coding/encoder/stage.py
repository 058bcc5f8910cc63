"""The stage that runs the encoder, once over the whole report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from melian.coding.draft import Draft
from melian.coding.encoder.transformer import Transformer


@cache
def _transformer() -> Transformer:
    return Transformer()


class EncoderStage:
    """Gives a vector for each word of the report, for every head that comes behind."""

    name = "encoder"
    requires = frozenset({"report"})
    provides = frozenset({"encoded"})

    def __call__(self, draft: Draft) -> Draft:
        """Add the windows with their vectors to a draft."""
        return replace(draft, encoded=tuple(_transformer().read(draft.report.text)))
