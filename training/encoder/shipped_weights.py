"""Make runs of what ships, so that training can go on from it without the checkpoints that it came from.

    python shipped_weights.py --encoder ENCODER_FOLDER --out FOLDER [--model MODEL_FOLDER]

Writes FOLDER/statements and FOLDER/events, each a run as train_statements.py and train_events.py leave one. The weights
are those of the 8-bit file, so each is off by at most half a step of its row's scale.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from event_net import NUMBER_OF_HEADS, EventNet
from onnx import numpy_helper
from tagger import Tagger
from torch import Tensor

MODEL = Path(__file__).parents[2] / "src" / "melian" / "knowledge" / "model"
_PRODUCT = "/MatMul_quant"


def arrays_of(path: Path) -> dict[str, Tensor]:
    """Give the arrays of the ONNX file by the names of the network that ships.

    Products are in whole numbers no more, and as they were before outstanding channels were made smaller.
    """
    graph = onnx.load(str(path)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    named = {name: array for name, array in held.items() if not name.startswith("onnx::")}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.name.endswith(_PRODUCT):
            rows, zero = held[node.input[1]], held[node.input[3]]
            scale = held[node.input[1].replace("_quantized", "_scale")]
            name = node.name.removesuffix(_PRODUCT).strip("/").replace("/", ".")
            named[f"{name}.weight"] = ((rows.astype(np.float32) - zero) * scale).T
    for name in [name for name in named if name.endswith(".smaller")]:
        product = name.removesuffix("smaller")
        named[f"{product}weight"] = named.pop(f"{product}product.weight") * named.pop(name)
        named[f"{product}bias"] = named.pop(f"{product}product.bias")
    for table in ("word", "place"):
        named[f"{table}.weight"] = named.pop(f"{table}.rows").astype(np.float32) * named.pop(f"{table}.scale")
    return {name: torch.from_numpy(np.array(array)) for name, array in named.items()}


def encoder_state(arrays: dict[str, Tensor], layers: int, heads: int) -> dict[str, Tensor]:
    """Give the encoder's weights under the names of the library that trains it."""
    state = {}
    for ours, theirs in (
        ("word", "word_embeddings"), ("kind", "token_type_embeddings"), ("place", "position_embeddings"),
    ):  # fmt: skip
        state[f"embeddings.{theirs}.weight"] = arrays[f"{ours}.weight"]
    names = {
        "out": "attention.output.dense", "between": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "behind": "output.LayerNorm",
    }  # fmt: skip
    for kind in ("weight", "bias"):
        state[f"embeddings.LayerNorm.{kind}"] = arrays[f"norm.{kind}"]
        for number in range(layers):
            at = f"encoder.layer.{number}"
            for ours, theirs in names.items():
                state[f"{at}.{theirs}.{kind}"] = arrays[f"layers.{number}.{ours}.{kind}"]
            parts = parted(arrays[f"layers.{number}.mix.{kind}"], heads)
            for part, name in zip(parts, ("query", "key", "value"), strict=True):
                state[f"{at}.attention.self.{name}.{kind}"] = part
    return state


def parted(joined: Tensor, heads: int) -> tuple[Tensor, Tensor, Tensor]:
    """Give queries, keys and values of one product that joins them, the queries as large as they were."""
    size = joined.shape[0] // 3
    queries, keys, values = joined.split(size)
    return queries * (size // heads) ** 0.5, keys, values


def heads_of(path: Path) -> dict[str, Tensor]:
    """Give the arrays of a file of heads; tables of a link are numbered there without a dot."""
    with np.load(path) as file:
        return {
            name.replace(".table", ".tables.") + (".weight" if ".table" in name else ""): torch.from_numpy(
                file[name].astype(np.float32)
            )
            for name in file.files
        }


def main() -> None:
    """Write both runs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    arrays = arrays_of(options.model / "encoder.onnx")
    tagger = Tagger(options.encoder)
    config = tagger.encoder.config
    encoder = encoder_state(arrays, config.num_hidden_layers, config.num_attention_heads)
    tagger.encoder.load_state_dict(encoder, strict=False)
    unset = {n for n, _ in tagger.encoder.named_parameters()} - set(encoder)
    fresh = tagger.load_state_dict(heads_of(options.model / "statements.npz"), strict=False)
    net = EventNet(config.hidden_size)
    body = {name.removeprefix("body."): value for name, value in arrays.items() if name.startswith("body.")}
    body["join.weight"] = arrays["join.weight"]
    for number in range(len(net.body.blocks)):
        for part in ("out", "up", "down"):
            body[f"blocks.{number}.{part}.weight"] = arrays[f"blocks.{number}.{part}.weight"]
        for kind in ("weight", "bias"):
            parts = parted(arrays[f"blocks.{number}.mix.{kind}"], NUMBER_OF_HEADS)
            body[f"blocks.{number}.mix.{kind}"] = torch.cat(parts)
    net.body.load_state_dict(body)
    net.heads.load_state_dict(heads_of(options.model / "events.npz"))
    unset |= {name for name in fresh.missing_keys if not name.startswith(("encoder.", "bar_"))}
    if unset:
        raise SystemExit(f"not in what ships: {', '.join(sorted(unset))}")
    for name, part in (("statements", tagger), ("events", net)):
        (options.out / name).mkdir(parents=True, exist_ok=True)
        torch.save({"average": part.state_dict()}, options.out / name / "checkpoint.pt")


if __name__ == "__main__":
    main()
