"""Soft targets: what a trained teacher says of every word and link that its pupil is taught, and the states that it says it from."""

import os
import time
from pathlib import Path

import torch

from .model import Reader


def soften(items: list[dict], teacher: Reader, out: Path) -> None:
    """Adds to every window `soft_words` [words, scores], `soft_links` [rows, words, roles], logits, and `soft_states` [words, wide].

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
        for item, told in zip(items[r::count], torch.load(file, mmap=True), strict=True):
            item["soft_words"], item["soft_links"], item["soft_states"] = told


@torch.no_grad()
def _scores(teacher: Reader, item: dict):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        ids = item["ids"][None]
        states = teacher.encoder(ids, item["shapes"][None], torch.ones_like(ids))[0, item["first"]]
        words = teacher.words(states)
        links = teacher.links(states, item["rows"], item["row_kinds"])
    return words.half(), links.half(), states.half()
