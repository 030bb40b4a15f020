"""Soft targets: what a trained teacher says of every word and link that its pupil is taught."""

import os
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from .labels import ROLES, SOFTMAX, word_columns
from .loss import HEAD_WEIGHTS, ROLE_WEIGHTS, SAME_WEIGHT
from .model import Reader, distance_bucket


def soften(items: list[dict], teacher: Reader, out: Path) -> None:
    """Adds to every window `soft_words` [words, scores] and `soft_links` [rows, words, roles], logits.

    The processes that torchrun started share the windows out and wait for one another's files in `out`; what is there is not made again.
    """
    rank, count = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    files = [out / f"soft-{r}-of-{count}.pt" for r in range(count)]
    if not files[rank].exists():
        new = files[rank].with_suffix(".new")
        torch.save([_scores(teacher.eval(), item) for item in items[rank::count]], new)
        new.rename(files[rank])
    while not all(file.exists() for file in files):
        time.sleep(2)
    for r, file in enumerate(files):
        for item, (words, links) in zip(items[r::count], torch.load(file, mmap=True), strict=True):
            item["soft_words"], item["soft_links"] = words, links


@torch.no_grad()
def _scores(teacher: Reader, item: dict):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        ids = item["ids"][None]
        states = teacher.encoder(ids, item["shapes"][None], torch.ones_like(ids))[0, item["first"]]
        words = teacher.words(states)
        rows = item["rows"]
        links = teacher.linker(states[rows], item["row_kinds"], states, distance_bucket(rows, torch.arange(len(states))))
    return words.half(), links.half()


def soft_word_loss(scores, soft, heads):
    """As `loss.word_loss`, against the teacher's odds; one of several where the annotator chose one, yes or no everywhere."""
    losses = {}
    for name, columns in word_columns().items():
        ours, theirs = scores[:, columns], soft[:, columns].float()
        if name in SOFTMAX:
            known = heads[name] >= 0
            if known.any():
                losses[name] = HEAD_WEIGHTS[name] * F.cross_entropy(ours[known], theirs[known].softmax(-1))
        else:
            losses[name] = HEAD_WEIGHTS[name] * _binary(ours, theirs)
    return losses


def soft_link_loss(logits, targets, soft):
    """As `loss.link_loss`, against the teacher's odds; which namings are the same is asked only where an annotator told."""
    losses = {role: w * _binary(logits[:, ROLES.index(role)], soft[:, ROLES.index(role)]) for role, w in ROLE_WEIGHTS.items()}
    column = ROLES.index("same")
    known = targets[:, column] >= 0
    if known.any():
        losses["same"] = SAME_WEIGHT * F.binary_cross_entropy_with_logits(logits[known, column], soft[known, column].sigmoid())
    return losses


def _binary(ours, theirs):
    odds = theirs.sigmoid()
    return F.binary_cross_entropy_with_logits(ours, odds, reduction="sum") / odds.sum().clamp(min=4)
