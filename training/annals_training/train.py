"""The training loop: AdamW, warm-up and cosine decay, checkpoints after each epoch, resumable.

Two processes of one thread each take in more than one process of two threads, whose operations are too small to share: `torchrun --nproc-per-node 2
-m annals_training.run …` shares the batches out and averages the gradients of every step.
"""

import json
import math
import os
import random
import time
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F

from .data import batches, collate
from .loss import STATES_WEIGHT, link_loss, link_scores, word_loss
from .model import Reader


class Workers:
    """The processes that torchrun started, or this one alone."""

    def __init__(self):
        self.count, self.rank = 1, 0
        if "RANK" in os.environ:
            dist.init_process_group("gloo")
            self.count, self.rank = dist.get_world_size(), dist.get_rank()

    def share(self, items: list) -> list:
        """This process's share: as many for each."""
        return items[self.rank:len(items) - len(items) % self.count:self.count]

    def average(self, parameters) -> None:
        """Puts the mean over all processes in place of each gradient; a part that a batch did not need counts as zero."""
        if self.count == 1:
            return
        learning = [p for p in parameters if p.requires_grad]
        grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in learning]
        flat = torch.cat([g.flatten() for g in grads])
        dist.all_reduce(flat)
        flat /= self.count
        for parameter, mean in zip(learning, flat.split([g.numel() for g in grads])):
            parameter.grad = mean.view_as(parameter)


def train(model: Reader, rounds: list[list[dict]], out: Path, config: dict) -> None:
    """Trains in place on the windows of each round; resumes from `out/last.pt` where it stands."""
    workers = Workers()
    seed, budget = config.get("seed", 1), config.get("batch_pieces", 1200)
    if config.get("freeze_word_embeddings", True):
        model.encoder.word.weight.requires_grad_(False)
    groups = [
        {"params": [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad], "peak": config["lr_encoder"]},
        {"params": [p for n, p in model.named_parameters() if not n.startswith("encoder.")], "peak": config["lr_heads"]},
    ]
    optimizer = torch.optim.AdamW(groups, lr=1e-4, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    start, step = 0, 0
    last = out / "last.pt"
    if last.exists():
        saved = torch.load(last)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        start, step = saved["epoch"], saved["step"]
    orders = [workers.share(batches(items, budget, random.Random(seed * 1000 + epoch))) for epoch, items in enumerate(rounds)]
    total = sum(map(len, orders))
    warm = config.get("warm_up", 0.1) * total
    for epoch, order in list(enumerate(orders))[start:]:
        rng = random.Random(seed * 1000 + epoch + 500 * workers.rank)
        torch.manual_seed(seed * 1000 + epoch + 500 * workers.rank)
        model.train()
        sums, begun, n_pieces = {}, time.time(), 0
        for batch in map(lambda b: collate(b, rng, config.get("mask", 0.0)), order):
            rate = min(step / max(1, warm), 0.5 * (1 + math.cos(math.pi * min(1, max(0, step - warm) / max(1, total - warm)))))
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate
            losses = batch_loss(model, batch, config.get("soft_share", 0.0))
            loss = sum(losses.values())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            workers.average(model.parameters())
            torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
            optimizer.step()
            step += 1
            n_pieces += int(batch["mask"].sum())
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) + value.item() / len(order)
        if workers.rank:
            continue
        seconds = time.time() - begun
        line = {"epoch": epoch + 1, "loss": round(sum(sums.values()), 4), "pieces_per_s": round(n_pieces / seconds),
                "seconds": round(seconds), **{k: round(v, 4) for k, v in sums.items()}}
        with (out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1, "step": step}, last)
    if not workers.rank:
        torch.save({name: value for name, value in model.state_dict().items() if not name.startswith("guide.")}, out / "model.pt")


def batch_loss(model: Reader, batch: dict, soft_share: float = 0.0) -> dict:
    """All losses of a batch by name; `soft_share` of each is against a teacher's answers."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.encoder(batch["ids"], batch["shapes"], batch["mask"])
        words = torch.cat([states[i, first] for i, first in enumerate(batch["first"])])
        scores = model.words(words).float()
        links, targets, soft_links = link_scores(model, states, batch)
    losses = _losses(scores, links, batch["heads"], targets)
    if not soft_share:
        return losses
    soft = _losses(scores, links, batch["heads"], targets, batch["soft_words"], soft_links)
    losses = {name: (1 - soft_share) * loss + soft_share * soft[name] for name, loss in losses.items()}
    return {**losses, "states": STATES_WEIGHT * (1 - F.cosine_similarity(model.guide(words.float()), batch["soft_states"].float()).mean())}


def _losses(scores, links, heads: dict, targets, soft_words=None, soft_links=None) -> dict:
    of_links = {} if links is None else link_loss(links, targets, soft_links)
    return {**word_loss(scores, heads, soft_words), **{f"link_{role}": loss for role, loss in of_links.items()}}
