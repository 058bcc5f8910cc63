"""The weights of heads, by name, as they ship."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from melian.coding.encoder.activations import Floats


class Arrays:
    """Named weights.

    Args:
        arrays: Weights by name; of a layer `NAME.weight` of shape (out, in) and `NAME.bias`.
    """

    def __init__(self, arrays: dict[str, Floats]) -> None:
        self._arrays = arrays

    def __getitem__(self, name: str) -> Floats:
        return self._arrays[name]

    def layer(self, name: str, values: Floats) -> Floats:
        """Apply a layer to values of shape (…, in)."""
        weight, bias = self._arrays[f"{name}.weight"], self._arrays[f"{name}.bias"]
        return np.asarray(values @ weight.T + bias, dtype=np.float32)


@cache
def arrays_of(name: str) -> Arrays:
    """Load the weights of one file of the model, once a process."""
    return read_arrays((files("melian.knowledge") / "model" / name).read_bytes())


def read_arrays(packed: bytes) -> Arrays:
    """Read the weights of a file of `.npz`."""
    with np.load(BytesIO(packed), allow_pickle=False) as loaded:
        return Arrays({name: loaded[name].astype(np.float32) for name in loaded.files})
