"""The network: encoder, tag scores with a chain of tags, and scores of links."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from melian.coding.encoder.words import KINDS
from melian.coding.statements.geometry import BETWEEN, GAPS, RANKS, STEPS
from melian.coding.statements.tags import TAGS, may_begin, may_end, may_follow

_NEVER = -1e4


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
        kinds = self.encoder.embeddings.token_type_embeddings
        wide = nn.Embedding(KINDS, kinds.embedding_dim)
        wide.weight.data.copy_(kinds.weight.data[:1].expand(KINDS, -1) + 0.01 * torch.randn(KINDS, kinds.embedding_dim))
        self.encoder.embeddings.token_type_embeddings = wide
        self.encoder.config.type_vocab_size = KINDS
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        size = self.encoder.config.hidden_size
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
        with torch.autocast("cpu", torch.bfloat16, enabled=self.is_half):
            return self.encoder(
                input_ids=pieces, token_type_ids=kinds, attention_mask=mask, output_hidden_states=True
            ).hidden_states

    def vectors(self, pieces: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Give a vector for each piece."""
        return self.layers(pieces, kinds, mask)[-1].float()

    def tag_scores(self, vectors: Tensor) -> Tensor:
        """Give the score of each tag for each word."""
        return self.tags(nn.functional.gelu(self.inner(self.dropout(vectors))))

    def chain_loss(self, scores: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Give the summed negative log likelihood of tag chains; scores (paragraphs, words, tags), padded."""
        steps = self.steps + self.bar_steps
        begin, end = self.begin + self.bar_begin, self.end + self.bar_end
        count, most, _ = scores.shape
        mask = torch.arange(most)[None] < lengths[:, None]
        gold = scores.gather(2, tags[..., None]).squeeze(-1)
        gold = (gold * mask).sum(1) + begin[tags[:, 0]]
        gold = gold + (steps[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        gold = gold + end[tags.gather(1, (lengths - 1)[:, None]).squeeze(1)]
        # Products of matrices in place of logarithms of sums: quicker, and safe when the greatest is taken out first.
        weights = steps.exp()
        top = scores.max(2, keepdim=True).values
        local = (scores - top).exp()
        alpha = begin.exp() * local[:, 0]
        total = torch.zeros(count)
        for i in range(1, most):
            live = mask[:, i]
            step = (alpha @ weights) * local[:, i]
            size = step.sum(1, keepdim=True).clamp_min(1e-30)
            alpha = torch.where(live[:, None], step / size, alpha)
            total = total + torch.where(live, size.squeeze(1).log(), torch.zeros(()))
        partition = total + (top.squeeze(-1) * mask).sum(1) + (alpha @ end.exp()).clamp_min(1e-30).log()
        return (partition - gold).sum()


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
