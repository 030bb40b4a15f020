"""The training loss: every head's errors, each divided by its number of positives and weighted."""

import torch
import torch.nn.functional as F

from .labels import ROLES, SOFTMAX, word_columns
from .model import Reader

HEAD_WEIGHTS = {
    "trigger": 1.0, "span": 0.6, "what": 0.4, "part": 0.1, "subject": 0.5, "type": 1.0, "scope": 0.15, "realis": 0.15,
    "date_mode": 0.25, "side": 0.25, "item": 0.1, "stance": 0.15, "actor_kind": 0.15,
}
ROLE_WEIGHTS = {
    "agent": 0.5, "target": 0.5, "place": 0.5, "date": 0.4, "source": 0.5, "weapon": 0.15, "outcome": 0.4,
    "object": 0.2, "clause": 0.1, "told_by": 0.1,
}
SAME_WEIGHT = 0.5
# Of the angle between a word's state, mapped to the teacher's width, and the teacher's.
STATES_WEIGHT = 3.0


def _sigmoid(logits, targets, soft=None):
    """Summed binary cross-entropy over the labels that matter, a positive; against a teacher's odds where `soft` (logits) tells them, which all matter."""
    known = targets >= 0 if soft is None else torch.ones_like(targets, dtype=torch.bool)
    odds = targets.clamp(min=0).float() if soft is None else soft.sigmoid()
    loss = F.binary_cross_entropy_with_logits(logits, odds, reduction="none")
    return (loss * known).sum() / (odds * known).sum().clamp(min=4)


def word_loss(scores, heads, soft=None, weights=HEAD_WEIGHTS):
    """`scores` [W, all heads]; `heads` name -> labels; `soft` a teacher's scores. Returns the loss of each head."""
    columns = word_columns()
    losses = {}
    for name, labels in heads.items():
        logits, told = scores[:, columns[name]], None if soft is None else soft[:, columns[name]].float()
        if name not in SOFTMAX:
            losses[name] = weights[name] * _sigmoid(logits, labels, told)
        elif (known := labels >= 0).any():
            losses[name] = weights[name] * F.cross_entropy(logits[known], labels[known] if told is None else told[known].softmax(-1))
    return losses


def link_scores(model: Reader, states, batch):
    """Logits, targets and, where there are any, soft targets of the links of every window in the batch, all rows together, [links, roles] each."""
    logits, targets, soft = [], [], []
    for i, links in enumerate(batch["links"]):
        if not len(links):
            continue
        first, rows = batch["first"][i], batch["rows"][i]
        words = states[i, first]
        out = model.links(words, rows, batch["row_kinds"][i]).float()
        logits.append(out.reshape(-1, out.shape[-1]))
        targets.append(links.reshape(-1, out.shape[-1]))
        if "soft_links" in batch:
            soft.append(batch["soft_links"][i].reshape(-1, out.shape[-1]).float())
    return [torch.cat(part) if part else None for part in (logits, targets, soft)]


def link_loss(logits, targets, soft=None, weights=ROLE_WEIGHTS):
    """Loss of each role's links, against a teacher's odds where `soft` tells them; which namings are the same is asked only where an annotator told."""
    losses = {}
    for role, weight in weights.items():
        column = ROLES.index(role)
        losses[role] = weight * _sigmoid(logits[:, column], targets[:, column], None if soft is None else soft[:, column])
    column = ROLES.index("same")
    known = targets[:, column] >= 0
    if known.any():
        odds = targets[known, column].float() if soft is None else soft[known, column].sigmoid()
        losses["same"] = SAME_WEIGHT * F.binary_cross_entropy_with_logits(logits[known, column], odds)
    return losses
