"""The network: encoder, tag scores with a chain of tags, and scores of links.

The encoder is the small one that ships, or a larger one of other make (MPNet) as a teacher; both read the same pieces.
"""

from __future__ import annotations

from pathlib import Path

import torch
from chains import Chain
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from melian.coding.encoder.words import KINDS
from melian.coding.statements.geometry import BETWEEN, GAPS, RANKS, STEPS
from melian.coding.statements.tags import TAGS, may_begin, may_end, may_follow

BEGIN, END = 101, 102
_NEVER = -1e4


def tokenizer_of(encoder_folder: str) -> Tokenizer:
    """Load an encoder's tokenizer, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(f"{encoder_folder}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class Linker(nn.Module):
    """Scores of (cue, span) pairs from mean vectors and how the spans stand to each other."""

    def __init__(self, size: int, inner: int = 96) -> None:
        super().__init__()
        self.cue = nn.Linear(size, inner)
        self.span = nn.Linear(size, inner)
        self.tables = nn.ModuleList(nn.Embedding(n, inner) for n in (GAPS, STEPS, BETWEEN, RANKS))
        self.out = nn.Linear(inner, 1)
        self.none = nn.Linear(inner, 1)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, cues: Tensor, spans: Tensor, standing: Tensor) -> Tensor:
        """Give scores of shape (cues, spans)."""
        joint = self.cue(cues)[:, None] + self.span(spans)[None]
        for i, table in enumerate(self.tables):
            joint = joint + table(standing[..., i])
        return self.out(torch.relu(joint)).squeeze(-1)

    def none_scores(self, vectors: Tensor, is_cue: bool) -> Tensor:
        """Give for each vector the score of having no partner."""
        return self.none(torch.relu((self.cue if is_cue else self.span)(vectors))).squeeze(-1)


class Tagger(nn.Module):
    """Everything that is trained together.

    Args:
        encoder_folder: The encoder as it comes.
        dropout: In the encoder.
        is_half: Multiply numbers of 16 bits in the encoder, half as quick again where the processor can (bfloat16).
    """

    def __init__(self, encoder_folder: str, dropout: float = 0.0, *, is_half: bool = False) -> None:
        super().__init__()
        self.is_half = is_half
        self.encoder = AutoModel.from_pretrained(
            encoder_folder, hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout, add_pooling_layer=False
        )
        size = self.encoder.config.hidden_size
        self.is_mpnet = self.encoder.config.model_type == "mpnet"
        kinds = nn.Embedding(KINDS, size)
        nn.init.normal_(kinds.weight, std=0.01)
        if self.is_mpnet:
            self.encoder.kinds = kinds
        else:
            kinds.weight.data += self.encoder.embeddings.token_type_embeddings.weight.data[:1]
            self.encoder.embeddings.token_type_embeddings = kinds
            self.encoder.config.type_vocab_size = KINDS
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.dropout = nn.Dropout(0.1)
        self.inner = nn.Linear(size, 192)
        self.tags = nn.Linear(192, TAGS)
        self.steps = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.begin = nn.Parameter(torch.zeros(TAGS))
        self.end = nn.Parameter(torch.zeros(TAGS))
        self.to_source = Linker(size)
        self.to_content = Linker(size)
        tags = range(TAGS)
        self.register_buffer(
            "bar_steps", torch.tensor([[0.0 if may_follow(a, b) else _NEVER for b in tags] for a in tags])
        )
        self.register_buffer("bar_begin", torch.tensor([0.0 if may_begin(a) else _NEVER for a in tags]))
        self.register_buffer("bar_end", torch.tensor([0.0 if may_end(a) else _NEVER for a in tags]))

    def layers(self, pieces: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Give the vectors of pieces before the first layer and after each."""
        given = {"input_ids": pieces, "token_type_ids": kinds}
        with torch.autocast("cpu", torch.bfloat16, enabled=self.is_half):
            if self.is_mpnet:
                vectors = self.encoder.embeddings.word_embeddings(numbered_for_mpnet(pieces, mask))
                given = {"inputs_embeds": vectors + self.encoder.kinds(kinds)}
            return self.encoder(**given, attention_mask=mask, output_hidden_states=True).hidden_states

    def vectors(self, pieces: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Give a vector for each piece."""
        return self.layers(pieces, kinds, mask)[-1].float()

    def tag_scores(self, vectors: Tensor) -> Tensor:
        """Give the score of each tag for each word."""
        return self.tags(nn.functional.gelu(self.inner(self.dropout(vectors))))

    @property
    def chain(self) -> Chain:
        """The chain of tags, with what may not be barred."""
        return Chain(self.steps + self.bar_steps, self.begin + self.bar_begin, self.end + self.bar_end)


def numbered_for_mpnet(pieces: Tensor, mask: Tensor) -> Tensor:
    """Give the numbers that MPNet has for pieces of BERT: four on, but for beginning, end and padding."""
    own = torch.where(pieces == BEGIN, 0, torch.where(pieces == END, 2, pieces + 4))
    return torch.where(mask == 1, own, 1)


def mixed(checkpoints: list[Path], shares: list[float]) -> dict[str, Tensor]:
    """Give the weighted mean of the weights of several runs.

    Reference: Wortsman et al., "Model soups", ICML 2022.
    """
    if len(checkpoints) != len(shares) or abs(sum(shares) - 1) > 1e-6:
        raise SystemExit(f"{len(checkpoints)} runs and shares {shares}: expected one share a run, together 1")
    states = [torch.load(path, weights_only=True)["average"] for path in checkpoints]
    return {
        name: sum(share * state[name] for share, state in zip(shares, states, strict=True))
        if value.is_floating_point()
        else value
        for name, value in states[-1].items()
    }
