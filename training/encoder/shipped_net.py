"""The encoder and the body for events as they ship: the same sums as in training, written for speed and for 8 bits.

Queries, keys and values are one product; no mask is there, because a window is never padded. What few channels hold
far larger activations than the rest are made smaller before a product, and their weights larger: one scale serves all
activations of a product in 8 bits, and would else lose the others.

Reference: Xiao et al., "SmoothQuant", ICML 2023, which scales all channels; scaling only those that stand out lost less
here, see docs/decisions/encoder.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import torch
from event_net import NUMBER_OF_HEADS, Block, EventBody, read_of
from tagger import Tagger
from tokenizers import Tokenizer
from torch import Tensor, nn

from melian.coding.encoder.windows import Window, windows_of

STANDS_OUT = 4.0
"""How many times the median channel's largest activation a channel may hold before it is made smaller."""
CORPUS = Path(__file__).parent.parent / "corpus" / "passages"
_EVERY = 40


class Capped(nn.Module):
    """A product whose outstanding channels are made smaller in what comes in and larger in the weights."""

    def __init__(self, product: nn.Linear, largest: Tensor) -> None:
        super().__init__()
        by = (largest / (largest.median() * STANDS_OUT)).clamp_min(1)
        self.smaller = nn.Parameter(1 / by)
        self.product = nn.Linear(product.in_features, product.out_features)
        self.product.weight.data, self.product.bias.data = product.weight.data * by, product.bias.data

    def forward(self, values: Tensor) -> Tensor:
        """Give the product of values of shape (…, in)."""
        return self.product(values * self.smaller)


class RoundedTable(nn.Module):
    """A table of vectors in 8 bits, each row with a scale of its own: rare words' vectors are longer than others."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        rows = table.weight.detach()
        scale = rows.abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
        self.register_buffer("rows", (rows / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, numbers: Tensor) -> Tensor:
        """Give the rows of some numbers."""
        return self.rows[numbers].float() * self.scale[numbers]


class ShippedLayer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, layer: nn.Module, heads: int) -> None:
        super().__init__()
        own, output = layer.attention.self, layer.attention.output
        self.heads = heads
        self.mix = _joined(
            *(torch.cat([getattr(m, k) for m in (own.query, own.key, own.value)]) for k in ("weight", "bias")), heads
        )
        self.out, self.between = output.dense, output.LayerNorm
        self.up, self.down, self.behind = layer.intermediate.dense, layer.output.dense, layer.output.LayerNorm

    def forward(self, words: Tensor) -> Tensor:
        """Give the next layer's vectors."""
        words = self.between(self.out(_attended(self.mix(words), self.heads)) + words)
        return self.behind(self.down(nn.functional.gelu(self.up(words))) + words)


class ShippedBlock(nn.Module):
    """One block of the body for events."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block
        self.mix = _joined(block.mix.weight, block.mix.bias, NUMBER_OF_HEADS)

    def forward(self, words: Tensor) -> Tensor:
        """Give the next vectors."""
        block = self.block
        words = words + block.out(_attended(self.mix(block.before(words)), NUMBER_OF_HEADS))
        return words + block.down(nn.functional.gelu(block.up(block.between(words))))


class ShippedNet(nn.Module):
    """The encoder and the body for events, with the inputs that the package gives them."""

    def __init__(self, tagger: Tagger, body: EventBody) -> None:
        super().__init__()
        first = tagger.encoder.embeddings
        self.word, self.kind = first.word_embeddings, first.token_type_embeddings
        self.place, self.norm = first.position_embeddings, first.LayerNorm
        heads = tagger.encoder.config.num_attention_heads
        self.layers = nn.ModuleList(ShippedLayer(layer, heads) for layer in tagger.encoder.encoder.layer)
        self.body = body
        self.blocks = nn.ModuleList(ShippedBlock(block) for block in body.blocks)

    def forward(self, pieces: Tensor, kinds: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give the vectors of the words of one window: for statements, for events, and of the words by themselves."""
        places = torch.arange(pieces.shape[1])
        states = [self.norm(self.word(pieces) + self.kind(kinds) + self.place(places)[None])]
        for layer in self.layers:
            states.append(layer(states[-1]))
        read = [norm(state[:, firsts]) for norm, state in zip(self.body.norms, read_of(states), strict=True)]
        words = self.body.join(torch.cat(read, -1))
        for block in self.blocks:
            words = block(words)
        return states[-1][:, firsts], self.body.last(words), states[0][:, firsts]

    def cap(self, windows: Iterable[Window]) -> None:
        """Make the channels smaller that stand out in windows of text."""
        largest: dict[tuple[int, str], Tensor] = {}
        hooks = []
        for number, layer in enumerate(self.layers):
            for name in ("mix", "up", "down"):
                key = (number, name)
                hooks.append(getattr(layer, name).register_forward_pre_hook(_watching(largest, key)))
        with torch.no_grad():
            for window in windows:
                self(*given(window))
        for hook in hooks:
            hook.remove()
        for (number, name), values in largest.items():
            layer = self.layers[number]
            setattr(layer, name, Capped(getattr(layer, name), values))

    def round_tables(self) -> None:
        """Round the tables of words and places to 8 bits."""
        self.word, self.place = RoundedTable(self.word), RoundedTable(self.place)


def given(window: Window) -> tuple[Tensor, Tensor, Tensor]:
    """Give the network's inputs for a window."""
    return torch.tensor([window.pieces]), torch.tensor([window.kinds]), torch.tensor(window.firsts)


def corpus_windows(tokenizer: Tokenizer) -> tuple[Window, ...]:
    """Give windows of some of the corpus's passages, to see which channels stand out."""
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return windows_of("\n\n".join(json.loads(line)["text"] for line in lines[::_EVERY]), tokenizer)


def _watching(largest: dict[tuple[int, str], Tensor], key: tuple[int, str]):
    def watch(_: nn.Module, values: tuple[Tensor]) -> None:
        seen = values[0].abs().amax((0, 1))
        largest[key] = torch.maximum(largest[key], seen) if key in largest else seen

    return watch


def _joined(weight: Tensor, bias: Tensor, heads: int) -> nn.Linear:
    """Give one product for queries, keys and values, the queries divided as attention wants it."""
    size = weight.shape[0] // 3
    share = torch.ones(3 * size)
    share[:size] = (size // heads) ** -0.5
    joined = nn.Linear(weight.shape[1], 3 * size)
    joined.weight.data, joined.bias.data = weight.detach() * share[:, None], bias.detach() * share
    return joined


def _attended(mixed: Tensor, heads: int) -> Tensor:
    """Give what each word sees of the others, from queries, keys and values of shape (1, words, 3 * size)."""
    size = mixed.shape[-1] // 3
    queries, keys, values = (part.view(1, -1, heads, size // heads).transpose(1, 2) for part in mixed.split(size, -1))
    seen = (queries @ keys.transpose(-1, -2)).softmax(-1) @ values
    return seen.transpose(1, 2).reshape(1, -1, size)


def check_same(net: ShippedNet, tagger: Tagger, body: EventBody, window: Window) -> None:
    """Stop where the network as it ships does not give what the trained one gives.

    Raises:
        SystemExit: It does not.
    """
    inputs = given(window)
    with torch.no_grad():
        states = tagger.layers(inputs[0], inputs[1], torch.ones_like(inputs[0]))
        read = [state[:, inputs[2]] for state in (*read_of(states), states[0], states[-1])]
        trained = read[-1], body(torch.stack(read[:-2])), read[-2]
        for one, other in zip(net(*inputs), trained, strict=True):
            if not torch.allclose(one, other, atol=1e-3):
                raise SystemExit(f"the shipped network is off by {float((one - other).abs().max())}")
