"""Write what was trained as the package ships it: an int8 ONNX encoder, its tokenizer and the heads.

    python export.py --encoder ENCODER_FOLDER --runs RUN … --shares SHARE … --events RUN … --to MODEL_FOLDER

A RUN is a folder that train_statements.py wrote to, those of --events of train_events.py. Of each the moving average
of the weights is taken, not the last ones; several runs that began from one another are mixed by their shares.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from event_net import EventNet, mean_of
from onnxruntime.quantization import QuantType, quantize_dynamic
from shipped_net import ShippedNet, check_same, corpus_windows
from tagger import Linker, Tagger, mixed, tokenizer_of

from melian.coding.statements.tags import TAG_NUMBERS

BEGINS = [number for (place, _), number in TAG_NUMBERS.items() if place in "BS"]


def linker_arrays(name: str, linker: Linker) -> dict[str, np.ndarray]:
    """Give the arrays of one linking head."""
    layers = {"cue": linker.cue, "span": linker.span, "out": linker.out, "none": linker.none}
    arrays = {
        f"{name}.{k}.{p}": getattr(v, p).detach().numpy().astype(np.float16)
        for k, v in layers.items()
        for p in ("weight", "bias")
    }
    return arrays | {
        f"{name}.table{i}": t.weight.detach().numpy().astype(np.float16) for i, t in enumerate(linker.tables)
    }


def main() -> None:
    """Export and quantize."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--shares", type=float, nargs="+", default=[1.0])
    parser.add_argument("--events", type=Path, nargs="+", required=True)
    parser.add_argument("--event-shares", type=float, nargs="+", default=[], help="By default all the same.")
    parser.add_argument(
        "--begin-bonus", type=float, default=0.0, help="Added to the score of each step that begins a span."
    )
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    tagger = Tagger(options.encoder)
    tagger.load_state_dict(mixed([run / "checkpoint.pt" for run in options.runs], options.shares))
    net = EventNet(tagger.encoder.config.hidden_size)
    net.load_state_dict(mean_of(options.events, options.event_shares))
    for scores in (tagger.steps, tagger.begin):
        scores.data[..., BEGINS] += options.begin_bonus
    tagger.eval(), net.eval()
    windows = corpus_windows(tokenizer_of(options.encoder))
    shipped = ShippedNet(tagger, net.body).eval()
    shipped.cap(windows)
    check_same(shipped, tagger, net.body, windows[0])
    shipped.round_tables()
    full = options.events[-1] / "encoder.onnx"
    pieces = torch.randint(1000, 2000, (1, 20))
    given = (pieces, torch.zeros_like(pieces), torch.arange(1, 15))
    given_axes = {"pieces": {1: "length"}, "kinds": {1: "length"}, "firsts": {0: "words"}}
    names = ["said", "done", "meant"]
    torch.onnx.export(
        shipped, given, str(full), input_names=["pieces", "kinds", "firsts"], output_names=names,
        dynamic_axes=given_axes | {name: {1: "words"} for name in names}, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        str(full), str(options.to / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        op_types_to_quantize=["MatMul"],
    )  # fmt: skip
    onnx.checker.check_model(str(options.to / "encoder.onnx"))
    heads = {
        "inner.weight": tagger.inner.weight, "inner.bias": tagger.inner.bias, "tags.weight": tagger.tags.weight,
        "tags.bias": tagger.tags.bias, "steps": tagger.steps, "begin": tagger.begin, "end": tagger.end,
    }  # fmt: skip
    arrays = {name: value.detach().numpy().astype(np.float16) for name, value in heads.items()}
    arrays |= linker_arrays("to_source", tagger.to_source) | linker_arrays("to_content", tagger.to_content)
    np.savez_compressed(options.to / "statements.npz", **arrays)
    events = {name: value.numpy().astype(np.float16) for name, value in net.heads.state_dict().items()}
    np.savez_compressed(options.to / "events.npz", **events)
    shutil.copy(Path(options.encoder) / "tokenizer.json", options.to / "tokenizer.json")


if __name__ == "__main__":
    main()
