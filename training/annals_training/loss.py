"""The training loss: every head's errors, each divided by its number of positives and weighted."""

import torch
import torch.nn.functional as F

from .labels import ROLES, SOFTMAX, word_columns
from .model import Reader, distance_bucket

HEAD_WEIGHTS = {
    "trigger": 1.0, "span": 0.6, "what": 0.4, "part": 0.1, "subject": 0.5, "type": 1.0, "scope": 0.15, "realis": 0.15,
    "date_mode": 0.25, "side": 0.25, "item": 0.1, "stance": 0.15, "actor_kind": 0.15,
}
ROLE_WEIGHTS = {
    "agent": 0.5, "target": 0.5, "place": 0.5, "date": 0.4, "source": 0.5, "weapon": 0.15, "outcome": 0.4,
    "object": 0.2, "clause": 0.1, "told_by": 0.1,
}
SAME_WEIGHT = 0.5


def _sigmoid(logits, targets):
    """Summed binary cross-entropy over the labels that matter, a positive."""
    known = targets >= 0
    loss = F.binary_cross_entropy_with_logits(logits, targets.clamp(min=0).float(), reduction="none")
    return (loss * known).sum() / (targets == 1).sum().clamp(min=4)


def word_loss(scores, heads, weights=HEAD_WEIGHTS):
    """`scores` [W, all heads]; `heads` name -> labels. Returns the loss of each head."""
    columns = word_columns()
    losses = {}
    for name, labels in heads.items():
        logits = scores[:, columns[name]]
        if name in SOFTMAX:
            if (labels >= 0).any():
                losses[name] = weights[name] * F.cross_entropy(logits, labels, ignore_index=-1)
        else:
            losses[name] = weights[name] * _sigmoid(logits, labels)
    return losses


def link_scores(model: Reader, states, batch):
    """Logits, targets and, where there are any, soft targets of the links of every window in the batch, all rows together, [links, roles] each."""
    logits, targets, soft = [], [], []
    for i, links in enumerate(batch["links"]):
        if not len(links):
            continue
        first, rows = batch["first"][i], batch["rows"][i]
        words = states[i, first]
        buckets = distance_bucket(rows, torch.arange(len(first)))
        out = model.linker(words[rows], batch["row_kinds"][i], words, buckets).float()
        logits.append(out.reshape(-1, out.shape[-1]))
        targets.append(links.reshape(-1, out.shape[-1]))
        if "soft_links" in batch:
            soft.append(batch["soft_links"][i].reshape(-1, out.shape[-1]).float())
    return [torch.cat(part) if part else None for part in (logits, targets, soft)]


def link_loss(logits, targets, weights=ROLE_WEIGHTS):
    """Loss of each role's links."""
    losses = {role: w * _sigmoid(logits[:, ROLES.index(role)], targets[:, ROLES.index(role)]) for role, w in weights.items()}
    column = ROLES.index("same")
    known = targets[:, column] >= 0
    if known.any():
        losses["same"] = SAME_WEIGHT * F.binary_cross_entropy_with_logits(logits[known, column], targets[known, column].float())
    return losses
