"""How likely a choice is right: the forests of judges.bin.

`python -m annals_training.judges --choices FILE… --out judges.bin`: each file is what `annals eval gold … --choices` printed of reports that the reader
was not taught by, or hardly. Printed with what a fit on the other files is worth on each file but the first.
"""

import argparse
import struct
from collections import defaultdict
from pathlib import Path

import lightgbm
import numpy as np

ROLES = ["agent", "target", "place", "source", "date"]
N_TREES = 120
TREES = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 15, "min_data_in_leaf": 30, "lambda_l2": 5.0,
    "bagging_fraction": 0.7, "bagging_freq": 1, "feature_fraction": 0.4,
    "seed": 1, "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}

Cases = tuple[np.ndarray, np.ndarray]


def read(path: Path) -> tuple[dict[str, list[str]], dict[str, Cases]]:
    """By role, the names of the signs, and the cases: signs (cases × signs) and whether each is right."""
    signs, values, right = {}, defaultdict(list), defaultdict(list)
    with path.open() as file:
        for line in file:
            role, _, _, _, is_right, _, *told = line.rstrip("\n").split("\t")
            names, numbers = zip(*(it.split("=") for it in told))
            if signs.setdefault(role, list(names)) != list(names):
                raise ValueError(f"{path}: the signs of {role} change their order")
            values[role].append(np.array(numbers, dtype=np.float32))
            right[role].append(is_right == "1")
    return signs, {role: (np.stack(values[role]), np.array(right[role])) for role in values}


def fit(sets: list[Cases]) -> lightgbm.Booster:
    """A forest for all cases of several sets."""
    x, y = (np.concatenate(it) for it in zip(*sets))
    return lightgbm.train(TREES, lightgbm.Dataset(x, y), N_TREES)


def log_loss(forest: lightgbm.Booster, cases: Cases) -> float:
    share = forest.predict(cases[0]).clip(1e-6, 1 - 1e-6)
    return float(-np.where(cases[1], np.log(share), np.log(1 - share)).mean())


def number(value: int) -> bytes:
    """As postcard writes numbers: seven bits a byte, the lowest first."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def listed(items: list[bytes]) -> bytes:
    return number(len(items)) + b"".join(items)


def tree(root: dict) -> bytes:
    """Forks, each before those below it, and leaves."""
    forks: list[bytes] = []
    leaves: list[bytes] = []

    def branch(node: dict) -> bytes:
        if "leaf_value" in node:
            leaves.append(struct.pack("<f", node["leaf_value"]))
            return number(1) + number(len(leaves) - 1)
        at = len(forks)
        forks.append(b"")
        sign = number(node["split_feature"]) + struct.pack("<f", node["threshold"])
        forks[at] = sign + branch(node["left_child"]) + branch(node["right_child"])
        return number(0) + number(at)

    branch(root)
    return listed(forks) + listed(leaves)


def judge(signs: list[str], forest: lightgbm.Booster) -> bytes:
    """A judge as annals-reader reads it."""
    trees = forest.dump_model()["tree_info"]
    names = [number(len(it.encode())) + it.encode() for it in signs]
    return listed(names) + listed([tree(it["tree_structure"]) for it in trees])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--choices", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    signs: dict[str, list[str]] = {}
    files = {}
    for path in args.choices:
        names, files[path] = read(path)
        if any(signs.setdefault(role, names[role]) != names[role] for role in names):
            parser.error(f"{path} has other signs than the files before it")
    judges = b""
    for role in ROLES:
        told = {path: cases[role] for path, cases in files.items() if role in cases}
        for path in args.choices[1:]:
            others = fit([it for name, it in told.items() if name != path])
            print(f"{role}, {path.name}: log loss {log_loss(others, told[path]):.4f} by a fit on the others")
        judges += judge(signs[role], fit(list(told.values())))
    args.out.write_bytes(judges)


if __name__ == "__main__":
    main()
