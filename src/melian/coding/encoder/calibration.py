"""From what heads are sure of to confidence: the share of records as sure as this one that are right."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt


class Fitted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic regression on log odds and the like, as `training/encoder/calibrate.py` writes it."""

    bias: float
    weights: tuple[float, ...]

    def confidence(self, features: npt.ArrayLike) -> float:
        """Give the share of such records that are right, to two digits."""
        score = self.bias + float(np.dot(features, self.weights))
        return round(float(1 / (1 + np.exp(-score))), 2)


@cache
def fitted(name: str) -> Fitted:
    """Load what was fitted, by the name of its file in the model, once a process."""
    return msgspec.json.decode((files("melian.knowledge") / "model" / name).read_bytes(), type=Fitted)


def log_odds(sureness: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Give likelihoods as log odds, those near 0 and 1 held back."""
    held = np.clip(np.asarray(sureness, dtype=np.float64), 1e-6, 1 - 1e-4)
    return np.asarray(np.log(held / (1 - held)))
