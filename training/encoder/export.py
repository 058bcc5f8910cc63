"""Write the trained tagger as what the package ships: an int8 ONNX encoder, its tokenizer and the heads.

    python export.py --encoder ENCODER_FOLDER --runs RUN … --shares SHARE … --to src/melian/knowledge/model

A RUN is a folder that train_statements.py or train_joint.py wrote to. Of each the moving average of the weights is
taken, not the last ones; several runs that began from one another are mixed by their shares.
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tagger import Linker, Tagger, mixed
from torch import Tensor, nn

KEPT = re.compile(r"layer\.[01]/output/dense")


class Encoder(nn.Module):
    """The encoder alone, with the inputs that the package gives it."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, pieces: Tensor, kinds: Tensor) -> Tensor:
        """Give a vector for each piece of one window."""
        return self.tagger.vectors(pieces, kinds, torch.ones_like(pieces))


def linker_arrays(name: str, linker: Linker) -> dict[str, np.ndarray]:
    """Give the arrays of one linking head."""
    layers = {"cue": linker.cue, "span": linker.span, "out": linker.out, "none": linker.none}
    arrays = {f"{name}.{k}.{p}": getattr(v, p).detach().numpy() for k, v in layers.items() for p in ("weight", "bias")}
    return arrays | {f"{name}.table{i}": t.weight.detach().numpy() for i, t in enumerate(linker.tables)}


def main() -> None:
    """Export and quantize."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--shares", type=float, nargs="+", default=[1.0])
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    tagger = Tagger(options.encoder)
    state = mixed([run / "checkpoint.pt" for run in options.runs], options.shares)
    # Of a run of train_joint.py the tagger's part.
    tagger.load_state_dict({n.removeprefix("tagger."): v for n, v in state.items() if not n.startswith("events.")})
    tagger.eval()
    full = options.runs[-1] / "encoder.onnx"
    pieces = torch.randint(1000, 2000, (1, 20))
    kinds = torch.zeros_like(pieces)
    torch.onnx.export(
        Encoder(tagger), (pieces, kinds), str(full), input_names=["pieces", "kinds"], output_names=["vectors"],
        dynamic_axes={name: {1: "length"} for name in ("pieces", "kinds", "vectors")}, opset_version=17, dynamo=False,
    )  # fmt: skip
    # One scale for all of a layer's activations loses what matters where a few of them are far larger than the rest:
    # behind the first two feed-forward layers. Those two matrices stay as they are; see docs/decisions/encoder.md.
    kept = [n.name for n in onnx.load(str(full)).graph.node if n.op_type == "MatMul" and KEPT.search(n.name)]
    quantize_dynamic(
        str(full), str(options.to / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=kept,
    )  # fmt: skip
    onnx.checker.check_model(str(options.to / "encoder.onnx"))
    heads = {
        "inner.weight": tagger.inner.weight, "inner.bias": tagger.inner.bias, "tags.weight": tagger.tags.weight,
        "tags.bias": tagger.tags.bias, "steps": tagger.steps, "begin": tagger.begin, "end": tagger.end,
    }  # fmt: skip
    arrays = {name: value.detach().numpy().astype(np.float32) for name, value in heads.items()}
    arrays |= linker_arrays("to_source", tagger.to_source) | linker_arrays("to_content", tagger.to_content)
    np.savez_compressed(options.to / "statements.npz", **arrays)
    shutil.copy(Path(options.encoder) / "tokenizer.json", options.to / "tokenizer.json")


if __name__ == "__main__":
    main()
