"""The transformer itself: one window in, vectors for each of its words out."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from melian.coding.encoder.windows import Window, windows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Vectors = npt.NDArray[np.float32]
_FOLDER = "model"
_SLOWER = ["SkipLayerNormFusion"]  # an addition fused with the norm behind it takes four times as long as the two apart


class Encoded(msgspec.Struct, frozen=True):
    """A window with what the encoder gives for its words.

    Attributes:
        window: The window.
        said: Vectors of shape (words, 384), for the heads of statements.
        done: Vectors of shape (words, 256), for the heads of events and acts.
        meant: Vectors of shape (words, 384) of the words by themselves, before any layer has mixed them: what a text is
            about, for ontologies of the user's own.
    """

    window: Window
    said: Vectors
    done: Vectors
    meant: Vectors


class Transformer:
    """The shipped encoder, run on one core.

    Windows are run one by one and never padded: the encoder's whole numbers are scaled by what stands in a batch, so
    that in a larger one a window's vectors would depend on its neighbours.

    Args:
        exported: A folder that `training/encoder/export.py` wrote, in place of what ships.
    """

    def __init__(self, exported: Path | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with as_file(exported or files("melian.knowledge") / _FOLDER) as folder:
            self._session = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=_SLOWER,
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def read(self, text: str) -> Iterator[Encoded]:
        """Yield the windows of a text, each with the vectors of its words."""
        for window in windows_of(text, self._tokenizer):
            yield self._encoded(window)

    def _encoded(self, window: Window) -> Encoded:
        pieces, kinds = (np.array([numbers], dtype=np.int64) for numbers in (window.pieces, window.kinds))
        given = {"pieces": pieces, "kinds": kinds, "firsts": np.array(window.firsts, dtype=np.int64)}
        vectors = self._session.run(["said", "done", "meant"], given)
        return Encoded(window, *(np.asarray(each[0], dtype=np.float32) for each in vectors))
