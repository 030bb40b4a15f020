"""Soft targets: what a trained teacher says of every word and link that its pupil is taught, and the states that it says it from."""

import hashlib
import os
import random
import time
from pathlib import Path

import torch
from torch.nn.utils.rnn import pad_sequence

from .data import batches
from .model import Reader

# Pieces that the teacher reads at a time, with padding, and windows of a file.
BATCH_PIECES = 2000
FILE_WINDOWS = 400


def soften(items: list[dict], teacher: Reader, answers: Path) -> None:
    """Adds to every window `soft_words` [words, scores], `soft_links` [rows, words, roles], logits, and `soft_states` [words, wide].

    The teacher's answers are kept in the folder `answers` for every pupil of it; what is there is not made again.
    Of the processes that torchrun started, the first asks the teacher and the others wait.
    """
    answers.mkdir(parents=True, exist_ok=True)
    wanted = {_key(item): item for item in items}
    known: dict[str, tuple] = {}
    if int(os.environ.get("RANK", 0)) == 0:
        _load(answers, known, set())
        _ask(teacher.eval(), {key: item for key, item in wanted.items() if key not in known}, answers)
    loaded: set[Path] = set()
    known.clear()
    while True:
        _load(answers, known, loaded)
        if wanted.keys() <= known.keys():
            break
        time.sleep(5)
    for item in items:
        item["soft_words"], item["soft_links"], item["soft_states"] = known[_key(item)]


def _key(item: dict) -> str:
    """A window by what the teacher is asked: its pieces, their shapes, and the rows of its links."""
    parts = (item[name].numpy().tobytes() for name in ("ids", "shapes", "rows", "row_kinds"))
    return hashlib.sha1(b"|".join(parts)).hexdigest()


def _load(answers: Path, known: dict[str, tuple], loaded: set[Path]) -> None:
    for file in sorted(set(answers.glob("*.pt")) - loaded):
        known.update(torch.load(file, mmap=True))
        loaded.add(file)


def _ask(teacher: Reader, windows: dict[str, dict], answers: Path) -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(int(os.environ.get("WORLD_SIZE", threads)))
    order = list(windows.items())
    for at in range(0, len(order), FILE_WINDOWS):
        part = [item | {"key": key} for key, item in order[at:at + FILE_WINDOWS]]
        told = {key: answer for batch in batches(part, BATCH_PIECES, random.Random(1)) for key, answer in _scores(teacher, batch)}
        new = answers / f"{order[at][0]}.new"
        torch.save(told, new)
        new.rename(new.with_suffix(".pt"))
    torch.set_num_threads(threads)


@torch.no_grad()
def _scores(teacher: Reader, windows: list[dict]):
    ids, shapes, mask = (pad_sequence(parts, batch_first=True) for parts in (
        [item["ids"] for item in windows], [item["shapes"] for item in windows], [torch.ones_like(item["ids"]) for item in windows]))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = teacher.encoder(ids, shapes, mask)
        for item, pieces in zip(windows, states):
            own = pieces[item["first"]]
            words, links = teacher.words(own), teacher.links(own, item["rows"], item["row_kinds"])
            yield item["key"], (words.half(), links.half(), own.half())
