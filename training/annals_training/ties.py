"""What speaks for two trigger words naming one event: the weights of `[code.ties]` in thresholds.toml.

`python -m annals_training.ties --runs RUN_DIR… --base minilm --gold GOLD`: each run reads the folds that it has not seen, and all pairs of
trigger words that name gold events there are fitted by logistic regression. Printed with what a fit on the other folds is worth on each.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np
import torch

from .corpus import Annotated, read_folds, read_gold
from .decode import Decoder, Thresholds, _words, candidates, quote
from .evaluate import load
from .labels import ROLE_SPAN, ROLES
from .predict import TorchReader

SIGNS = ["reader", "event_type", "scope", "dates", "places", "weapons", "word"]
# Of the sum of squared weights, each times the spread of its sign.
DECAY = 0.003
WEAK = 0.1


def log_odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return float(np.log(share / (1 - share)))


def stems(text: str) -> set[str]:
    """The words of a naming without their endings."""
    cut = lambda word: next((word[:-len(e)] for e in ("ings", "ing", "ed", "es", "s") if word.endswith(e) and len(word) >= len(e) + 3), word)
    return {cut(word) for word in re.findall(r"\w+", text.lower())}


def conflict(a: list[tuple[set[str], float]], b: list[tuple[set[str], float]]) -> float:
    """How surely two triggers have fillers (words, link) and none that share words."""
    known = min(max((score for _, score in a), default=0.0), max((score for _, score in b), default=0.0))
    shared = lambda x, y: min(x[1], y[1]) * len(x[0] & y[0]) / max(1, min(len(x[0]), len(y[0])))
    return max(0.0, known - max((shared(x, y) for x in a for y in b), default=0.0))


def named(annotated: Annotated, span: tuple[int, int]) -> int | None:
    """The gold event whose naming overlaps a span most."""
    overlaps = [(min(span[1], s[1]) - max(span[0], s[0]), n) for n, e in enumerate(annotated.events) for s in e.triggers + e.also]
    most = max(overlaps, default=(0, 0))
    return most[1] if most[0] > 0 else None


def signs(decoder: Decoder, annotated: Annotated) -> tuple[list[list[float]], list[bool]]:
    """The signs of every pair of trigger words that name gold events, and whether it is one event."""
    thresholds, scores = Thresholds(), decoder.scores
    spans = candidates(scores, thresholds)
    rows = [i for i, w in enumerate(decoder.rows) if decoder.trigger[w, 0] >= thresholds.row]
    events = {i: named(annotated, scores.words[decoder.rows[i]]) for i in rows}
    rows = [i for i in rows if events[i] is not None]
    fillers = {}
    for role in ("date", "place", "weapon"):
        told = [(s, _words(quote(scores, s.start, s.end))) for s in spans if s.kind == ROLE_SPAN[role]]
        for i in rows:
            scored = [(words, decoder._span_score(decoder.links[i], role, s)) for s, words in told]
            fillers[role, i] = [it for it in scored if it[1] > WEAK]
    odds = {head: np.exp(decoder.log_softmax[head]) for head in ("type", "scope")}
    values, same = [], []
    for n, i in enumerate(rows):
        for j in rows[n + 1:]:
            a, b = decoder.rows[i], decoder.rows[j]
            tie = (decoder.links[i, b, ROLES.index("same")] + decoder.links[j, a, ROLES.index("same")]) / 2
            values.append([
                log_odds(tie),
                float(np.minimum(odds["type"][a], odds["type"][b]).sum()),
                float(abs(odds["scope"][a, 0] - odds["scope"][b, 0])),
                *(conflict(fillers[role, i], fillers[role, j]) for role in ("date", "place", "weapon")),
                float(bool(stems(quote(scores, a, a + 1)) & stems(quote(scores, b, b + 1)))),
            ])
            same.append(events[i] == events[j])
    return values, same


def fit(values: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and base of a logistic regression."""
    spread = values.std(0) + 1e-6
    x, y = torch.tensor(values / spread, dtype=torch.float32), torch.tensor(same, dtype=torch.float32)
    weights, base = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, base], max_iter=300)

    def loss():
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights + base, y) + DECAY * (weights ** 2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return weights.detach().numpy() / spread, base.item()


def f1(values: np.ndarray, same: np.ndarray, weights: np.ndarray, base: float) -> float:
    taken = values @ weights + base > 0
    return 2 * float((taken & same).sum()) / max(1, int(taken.sum() + same.sum()))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(2)
    folds, _ = read_folds(args.gold)
    pairs = {}
    for run in args.runs:
        seen = json.loads((run / "config.json").read_text())["folds"]
        reader = TorchReader(*load(run, args.base))
        for fold in (it for it in range(len(folds)) if it not in seen):
            told = [signs(Decoder(reader, reader.score(it.report)), it) for it in read_gold(args.gold, folds[fold])]
            pairs[fold] = np.array([v for values, _ in told for v in values]), np.array([s for _, same in told for s in same])
    if not pairs:
        parser.error("the runs have seen all folds")
    for fold in pairs if len(pairs) > 1 else []:
        others = [np.concatenate(it) for it in zip(*(pairs[k] for k in pairs if k != fold))]
        alone = np.eye(len(SIGNS))[0]
        print(f"fold {fold}: F1 of the reader's ties {f1(*pairs[fold], alone, 0.0):.3f}, of a fit on the others {f1(*pairs[fold], *fit(*others)):.3f}")
    weights, base = fit(*(np.concatenate(it) for it in zip(*pairs.values())))
    print(f"base = {base:.2f}", *(f"{name} = {value:.2f}" for name, value in zip(SIGNS, weights)), sep="\n")


if __name__ == "__main__":
    main()
