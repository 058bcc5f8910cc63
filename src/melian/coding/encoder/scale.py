"""A confidence scale of the user's own: what reviewers found right, in place of what the shipped scale expects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from math import exp, isfinite
from pathlib import Path
from typing import Literal

import msgspec

from melian.coding.encoder.calibration import log_odds
from melian.errors import BadSetting

LARGEST = 1_000_000
"""Bytes of a file; more is nothing that `melian train` wrote."""


class Scale(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a record's log odds are moved by.

    Attributes:
        bias: For all records.
        slope: Times the log odds that the shipped scale gives.
        types: What is added for records of a type; types that are not in it are moved like all.
    """

    bias: float = 0.0
    slope: float = 1.0
    types: Mapping[str, float] = {}

    def confidence(self, shipped: float, kind: str) -> float:
        """Give the share of records as sure as this one that are right, to two digits.

        Args:
            shipped: What the shipped scale gives.
            kind: The record's type.
        """
        if self == SHIPPED:
            return shipped
        score = self.bias + self.slope * float(log_odds(shipped)) + self.types.get(kind, 0.0)
        return round(1 / (1 + exp(-max(-30.0, min(30.0, score)))), 2)


SHIPPED = Scale()


class Scales(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file that `melian train` writes.

    Attributes:
        event: The scale of events; None where the shipped one is not to be bettered.
        statement: The same of statements.
        format: Of the file.
    """

    event: Scale | None = None
    statement: Scale | None = None
    format: Literal["melian.confidence/1"] = "melian.confidence/1"


def load_scales(path: str) -> Scales:
    """Read the file of a scale.

    Raises:
        BadSetting: It cannot be read, or is no such file.
    """
    packed = _bytes_of(path)
    try:
        scales = msgspec.json.decode(packed, type=Scales)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadSetting(
            f"{path} is no confidence scale: {error}",
            "the file confidence.json that melian train wrote",
            "Train it again",
        ) from error
    known = [one for one in (scales.event, scales.statement) if one is not None]
    if not all(isfinite(number) for one in known for number in (one.bias, one.slope, *one.types.values())):
        raise BadSetting(f"{path} is no confidence scale: it holds no finite numbers", "a whole file", "Train it again")
    return scales


def version_of(path: str) -> str:
    """Give the hash of a scale, which readings made with it name."""
    return blake2b(_bytes_of(path), digest_size=8).hexdigest()


@cache
def _bytes_of(path: str) -> bytes:
    try:
        with Path(path).open("rb") as opened:
            packed = opened.read(LARGEST + 1)
    except OSError as error:
        raise BadSetting(
            f"{path} cannot be read: {error.strerror}", "a confidence scale that melian train wrote", "Check the path"
        ) from error
    if len(packed) > LARGEST:
        raise BadSetting(f"{path} is larger than {LARGEST:,} bytes", "a confidence scale", "Check the path")
    return packed
