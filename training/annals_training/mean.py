"""`python -m annals_training.mean --runs WORK/grown WORK/again --out WORK/mean`: one model whose weights are the mean of several runs'.

The runs must have grown from one another or from one model, else their weights do not stand for the same things.
"""

import argparse
import shutil
from pathlib import Path

import torch


def mean(runs: list[Path], out: Path) -> None:
    """Writes model.pt with the mean weights, beside the configuration of the last run."""
    out.mkdir(parents=True, exist_ok=True)
    states = [torch.load(run / "model.pt") for run in runs]
    torch.save({name: sum(state[name] for state in states) / len(states) for name in states[0]}, out / "model.pt")
    shutil.copy(runs[-1] / "config.json", out / "config.json")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    mean(args.runs, args.out)


if __name__ == "__main__":
    main()
