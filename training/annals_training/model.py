"""The reader's network: a BERT encoder, scores for every word, and links from a row word to every word.

`Encoder` has MiniLM's layout (6 layers, 384 wide) but takes any BERT weights, and MPNet's (`mpnet.py`). Plain
operations only, so that the ONNX export runs anywhere.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from .labels import ROLES, STATEMENTS, WORD_HEADS, word_columns
from .pieces import N_SHAPES

# Signed word distances fall into these steps.
STEPS = [0, 1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 70, 110, 180, 300]
N_DISTANCES = 2 * len(STEPS)
START = {"trigger": -3.0, "span": -3.0, "what": -4.5, "part": -1.5, "subject": -5.5}
ROW_KINDS = 1 + len(STATEMENTS)


class Layer(nn.Module):
    """One transformer layer with the normalisation after each part, as BERT has it."""

    def __init__(self, wide: int, heads: int, inner: int, eps: float, dropout: float):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(wide, wide) for _ in range(4))
        self.up, self.down = nn.Linear(wide, inner), nn.Linear(inner, wide)
        self.norm_attention, self.norm_out = nn.LayerNorm(wide, eps), nn.LayerNorm(wide, eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, bias):
        batch, length, wide = x.shape
        q, k, v = (f(x).view(batch, length, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        # Written out: a step is 15 to 20 % shorter on a CPU than with the fused operation.
        scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5
        mixed = (scores + bias.to(scores.dtype)).softmax(-1).to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, wide)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        return self.norm_out(x + self.dropout(self.down(F.gelu(self.up(x)))))


def relative_buckets(at, buckets: int, farthest: int = 128):
    """MPNet's step of every two positions' distance, [pieces] -> [pieces, pieces]: exact when near, by its logarithm when far."""
    delta = at[None, :] - at[:, None]
    half, exact, size = buckets // 2, buckets // 4, delta.abs()
    far = exact + (torch.log(size.clamp(min=1) / exact) / math.log(farthest / exact) * (half - exact)).long()
    return torch.where(size < exact, size, far.clamp(max=half - 1)) + half * (delta > 0)


class Encoder(nn.Module):
    """Piece ids and shapes to states [batch, pieces, wide]."""

    def __init__(self, config: dict, dropout: float):
        super().__init__()
        wide, eps = config["hidden_size"], config["layer_norm_eps"]
        self.word = nn.Embedding(config["vocab_size"], wide)
        self.place = nn.Embedding(config["max_position_embeddings"], wide)
        self.shape = nn.Embedding(N_SHAPES, wide)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(wide, eps)
        self.dropout = nn.Dropout(dropout)
        buckets = config.get("relative_attention_num_buckets")
        self.relative = nn.Embedding(buckets, config["num_attention_heads"]) if buckets else None
        self.layers = nn.ModuleList(
            Layer(wide, config["num_attention_heads"], config["intermediate_size"], eps, dropout)
            for _ in range(config["num_hidden_layers"]))

    def forward(self, ids, shapes, mask):
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.word(ids) + self.place(at) + self.shape(shapes)))
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        if self.relative:
            bias = bias + self.distances(at)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def distances(self, at):
        """What the distance of two positions adds to each head's attention, [pieces] -> [heads, pieces, pieces]."""
        return self.relative(relative_buckets(at, self.relative.num_embeddings)).permute(2, 0, 1)

    @classmethod
    def from_folder(cls, folder: Path, dropout: float) -> "Encoder":
        """Loads a BERT folder (config.json, model.safetensors in the usual naming)."""
        encoder = cls(json.loads((folder / "config.json").read_text()), dropout)
        weights = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
        state = {
            "word.weight": weights["embeddings.word_embeddings.weight"],
            "place.weight": weights["embeddings.position_embeddings.weight"],
            "shape.weight": torch.zeros_like(encoder.shape.weight),
        }
        # BERT adds the embedding of segment 0 everywhere: it can live in the positions.
        state["place.weight"] = state["place.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        if encoder.relative:
            state["relative.weight"] = weights["encoder.relative_attention_bias.weight"]
        names = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "out": "attention.output.dense", "norm_attention": "attention.output.LayerNorm",
                 "up": "intermediate.dense", "down": "output.dense", "norm_out": "output.LayerNorm"}
        for part in ("weight", "bias"):
            state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
            for i in range(len(encoder.layers)):
                for ours, theirs in names.items():
                    state[f"layers.{i}.{ours}.{part}"] = weights[f"encoder.layer.{i}.{theirs}.{part}"]
        encoder.load_state_dict(state)
        return encoder


def distance_bucket(rows, columns):
    """The step of `columns - rows` (words), [K] x [M] -> [K, M]."""
    delta = columns[None, :] - rows[:, None]
    steps = torch.tensor(STEPS)
    size = torch.bucketize(delta.abs(), steps, right=True) - 1
    return size + len(STEPS) * (delta < 0)


class Linker(nn.Module):
    """Scores the links of rows to columns: [K, wide], [M, wide] -> [K, M, roles].

    A link's features are relu(row + column + distance) and the products of two narrow projections.
    """

    def __init__(self, wide: int, hidden: int, narrow: int, dropout: float):
        super().__init__()
        self.row, self.column = nn.Linear(wide, hidden), nn.Linear(wide, hidden)
        self.kind = nn.Embedding(ROW_KINDS, hidden)
        self.row_narrow, self.column_narrow = nn.Linear(wide, narrow), nn.Linear(wide, narrow)
        self.distance = nn.Embedding(N_DISTANCES, hidden)
        nn.init.normal_(self.distance.weight, std=0.05)
        nn.init.normal_(self.kind.weight, std=0.05)
        self.score = nn.Linear(hidden + narrow, len(ROLES))
        nn.init.constant_(self.score.bias, -4.5)
        self.dropout = nn.Dropout(dropout)

    def forward(self, row_states, row_kinds, column_states, buckets):
        row_states, column_states = self.dropout(row_states), self.dropout(column_states)
        rows = self.row(row_states) + self.kind(row_kinds)
        added = F.relu(rows[:, None] + self.column(column_states)[None] + self.distance(buckets))
        product = self.row_narrow(row_states)[:, None] * self.column_narrow(column_states)[None]
        return self.score(torch.cat([added, product], -1))


class Reader(nn.Module):
    """Encoder, word scores and linker."""

    def __init__(self, encoder: Encoder, wide: int, dropout: float, hidden: int = 192, narrow: int = 64):
        super().__init__()
        self.encoder = encoder
        self.word_in = nn.Linear(wide, wide)
        self.word_out = nn.Linear(wide, sum(WORD_HEADS.values()))
        self.linker = Linker(wide, hidden, narrow, dropout)
        self.dropout = nn.Dropout(dropout)
        # In training by a teacher: maps states to its width.
        self.guide = None
        # Positives are rare: start from that.
        for name, columns in word_columns().items():
            self.word_out.bias.data[columns] = START.get(name, 0.0)

    def words(self, states):
        """Word scores (logits) [W, sum of heads] of word states [W, wide]."""
        return self.word_out(self.dropout(F.gelu(self.word_in(states))))

    def links(self, states, rows, kinds):
        """Link scores (logits) [K, W, roles] of some of a window's words, `rows` [K], to all of them, [W, wide]."""
        return self.linker(states[rows], kinds, states, distance_bucket(rows, torch.arange(len(states))))
