"""Training samples: one window each, batched by their length."""

import random

import torch

from .corpus import Annotated
from .labels import WORD_HEADS
from .pieces import Cutter
from .targets import build

# BERT's special pieces.
CLS, SEP, MASK = 101, 102, 103


def samples(corpus: list[Annotated], cutter: Cutter) -> list[dict]:
    """Windows with their labels, as tensors."""
    out = []
    for gold in corpus:
        cut = cutter.cut(gold.report.text, gold.report.title_end)
        for window in cut.windows:
            t = build(gold, cut, window)
            out.append({
                "ids": torch.tensor(window.ids), "shapes": torch.tensor(window.shapes), "first": torch.tensor(window.first),
                "heads": {k: torch.from_numpy(v) for k, v in t.heads.items()},
                "rows": torch.from_numpy(t.rows), "row_kinds": torch.from_numpy(t.row_kinds), "links": torch.from_numpy(t.links),
            })
    return out


def batches(items: list[dict], max_pieces: int, rng: random.Random) -> list[list[dict]]:
    """Batches of windows of like length, in random order; at most `max_pieces` with padding."""
    order = sorted(items, key=lambda s: len(s["ids"]) * rng.uniform(0.9, 1.1))
    out, now = [], []
    for item in order:
        longest = max(len(item["ids"]), max((len(s["ids"]) for s in now), default=0))
        if now and longest * (len(now) + 1) > max_pieces:
            out.append(now)
            now = []
        now.append(item)
    if now:
        out.append(now)
    rng.shuffle(out)
    return out


def collate(items: list[dict], rng: random.Random | None = None, mask_share: float = 0.0) -> dict:
    """Pads a batch; with `rng`, now and then hides the case of the letters (wires in capitals, lost case), and puts
    `[MASK]` in place of a share of the pieces, so that the context must carry the answer."""
    longest = max(len(s["ids"]) for s in items)
    ids = torch.zeros(len(items), longest, dtype=torch.long)
    shapes = torch.full((len(items), longest), 4)
    mask = torch.zeros(len(items), longest, dtype=torch.long)
    for i, s in enumerate(items):
        n = len(s["ids"])
        ids[i, :n], mask[i, :n] = s["ids"], 1
        shapes[i, :n] = _hide_case(s["shapes"], rng) if rng and rng.random() < 0.15 else s["shapes"]
    if rng and mask_share:
        hidden = torch.rand(ids.shape) < mask_share
        ids[hidden & (ids != 0) & (ids != CLS) & (ids != SEP)] = MASK
    out = {"ids": ids, "shapes": shapes, "mask": mask}
    for key in ("first", "rows", "row_kinds", "links"):
        out[key] = [s[key] for s in items]
    if "soft_words" in items[0]:
        out["soft_links"] = [s["soft_links"] for s in items]
        out["soft_words"] = torch.cat([s["soft_words"] for s in items])
        out["soft_states"] = torch.cat([s["soft_states"] for s in items])
    out["heads"] = {name: torch.cat([s["heads"][name] for s in items]) for name in WORD_HEADS}
    return out


def _hide_case(shapes, rng):
    to = rng.choice([0, 2])
    kind, title = shapes % 5, shapes // 5
    return torch.where(kind <= 2, torch.tensor(to), kind) + 5 * title
