"""A document's scores: one pass over its windows, each word's states from the window that shows most around it.

`TorchReader` and `OnnxReader` give the same `Scores`, from the trained network and from its exported graphs.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .corpus import Report
from .labels import ROLES, WORD_HEADS, word_columns
from .model import Reader, distance_bucket
from .pieces import Cutter, home_window


@dataclass
class Scores:
    """`words` character spans; `heads` [W, all heads] logits; `states` what the reader's `links` needs, [W, …] each."""

    report: Report
    words: list[tuple[int, int]]
    heads: np.ndarray
    states: list[np.ndarray]

    def head(self, name: str) -> np.ndarray:
        return self.heads[:, word_columns()[name]]


class TorchReader:
    """Reads with the network itself."""

    def __init__(self, model: Reader, cutter: Cutter):
        self.model, self.cutter = model.eval(), cutter

    def score(self, report: Report) -> Scores:
        return _score(self, report)

    @torch.no_grad()
    def window(self, window) -> list[np.ndarray]:
        ids = torch.tensor([window.ids])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = self.model.encoder(ids, torch.tensor([window.shapes]), torch.ones_like(ids))
            states = out[0, torch.tensor(window.first)].float()
            return [self.model.words(states).float().numpy(), states.numpy()]

    @torch.no_grad()
    def links(self, scores: Scores, rows: list[int], kinds: list[int], columns: list[int]) -> np.ndarray:
        """Link logits [K, M, roles] of row words to column words of one document."""
        if not rows or not columns:
            return np.zeros((len(rows), len(columns), len(ROLES)), np.float32)
        states = torch.from_numpy(scores.states[0])
        r, c = torch.tensor(rows), torch.tensor(columns)
        return self.model.linker(states[r], torch.tensor(kinds), states[c], distance_bucket(r, c)).numpy()


class OnnxReader:
    """Reads with the exported graphs of a model folder."""

    def __init__(self, folder: Path, cutter: Cutter, reader: str = "reader.onnx"):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.reader = onnxruntime.InferenceSession(str(folder / reader), options)
        self.linker = onnxruntime.InferenceSession(str(folder / "linker.onnx"), options)
        self.cutter = cutter

    def score(self, report: Report) -> Scores:
        return _score(self, report)

    def window(self, window) -> list[np.ndarray]:
        feed = {"ids": [window.ids], "shapes": [window.shapes], "first": window.first}
        return self.reader.run(None, {k: np.array(v, np.int64) for k, v in feed.items()})

    def links(self, scores: Scores, rows: list[int], kinds: list[int], columns: list[int]) -> np.ndarray:
        """As `TorchReader.links`."""
        if not rows or not columns:
            return np.zeros((len(rows), len(columns), len(ROLES)), np.float32)
        row, column, row_narrow, column_narrow = scores.states
        distance = distance_bucket(torch.tensor(rows), torch.tensor(columns)).numpy()
        return self.linker.run(None, {
            "row": row[rows], "row_kind": np.array(kinds, np.int64), "row_narrow": row_narrow[rows],
            "column": column[columns], "column_narrow": column_narrow[columns], "distance": distance})[0]


def _score(reader, report: Report) -> Scores:
    cut = reader.cutter.cut(report.text, report.title_end)
    if not cut.words:
        return Scores(report, [], np.zeros((0, sum(WORD_HEADS.values())), np.float32), [])
    windows = [reader.window(w) for w in cut.windows]
    home = home_window(cut.windows)
    heads, *states = (np.stack([windows[index][k][i] for index, i in home]) for k in range(len(windows[0])))
    return Scores(report, cut.words, heads, states)
