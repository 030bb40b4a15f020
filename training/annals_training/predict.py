"""A document's scores: one pass over its windows, each word's states from the window that shows most around it."""

from dataclasses import dataclass

import numpy as np
import torch

from .corpus import Report
from .labels import word_columns
from .model import Reader, distance_bucket
from .pieces import Cutter, home_window


@dataclass
class Scores:
    """`words` character spans; `heads` [W, all heads] logits; `states` [W, wide] for the linker."""

    report: Report
    words: list[tuple[int, int]]
    heads: np.ndarray
    states: np.ndarray

    def head(self, name: str) -> np.ndarray:
        return self.heads[:, word_columns()[name]]


@torch.no_grad()
def score(model: Reader, cutter: Cutter, report: Report) -> Scores:
    model.eval()
    cut = cutter.cut(report.text, report.title_end)
    if not cut.words:
        return Scores(report, [], np.zeros((0, model.word_out.out_features), np.float32), np.zeros((0, 1), np.float32))
    states = []
    with torch.autocast("cpu", dtype=torch.bfloat16):
        for window in cut.windows:
            ids = torch.tensor([window.ids])
            out = model.encoder(ids, torch.tensor([window.shapes]), torch.ones_like(ids))
            states.append(out[0, torch.tensor(window.first)].float())
        words = torch.stack([states[index][i] for index, i in home_window(cut.windows)])
        heads = model.words(words).float()
    return Scores(report, cut.words, heads.numpy(), words.numpy())


@torch.no_grad()
def links(model: Reader, scores: Scores, rows: list[int], kinds: list[int], columns: list[int]) -> np.ndarray:
    """Link logits [K, M, roles] of row words to column words of one document."""
    if not rows or not columns:
        return np.zeros((len(rows), len(columns), model.linker.score.out_features), np.float32)
    states = torch.from_numpy(scores.states)
    r, c = torch.tensor(rows), torch.tensor(columns)
    out = model.linker(states[r], torch.tensor(kinds), states[c], distance_bucket(r, c))
    return out.numpy()
