"""`python -m annals_training.run --config configs/x.toml --gold GOLD --work /somewhere`: train one model."""

import argparse
import json
import os
import random
import tomllib
from pathlib import Path

import torch
from torch import nn

from . import helpers
from .corpus import Annotated, read_folds, read_gold
from .data import samples
from .model import Encoder, Reader
from .pieces import Cutter
from .soft import soften
from .swap import read_swapped
from .train import train


def chosen(gold: Path, config: dict) -> list[str]:
    """The training reports of a configuration: folds by number, written ones, a share of all."""
    folds, written = read_folds(gold)
    docs = [d for f in config["folds"] for d in folds[f]]
    keep = int(round(len(docs) * config.get("share", 1.0)))
    step = len(docs) / max(1, keep)
    docs = [docs[int(i * step)] for i in range(keep)]
    return docs + (written if config.get("written", True) else [])


def further(more: Path, config: dict) -> list[Annotated]:
    """The further reports of a configuration: `more` is all (true), none (false) or a share; kinds in `more_whole` (how their ids begin) come whole.

    With `more_swapped` they come under other names.
    """
    share, whole, seed = float(config.get("more", 0)), tuple(config.get("more_whole", ())), config.get("seed", 1)
    if not share:
        return []
    rng = random.Random(seed)
    docs = [doc for doc in sorted(p.stem for p in (more / "gold").glob("*.json")) if rng.random() < share or doc.startswith(whole)]
    return read_swapped(more, docs, 1, seed) if config.get("more_swapped") else read_gold(more, docs)


def rounds(gold: Path, more: Path | None, config: dict, docs: list[str], cutter: Cutter) -> list[list[dict]]:
    """The windows of each round: the gold `gold_times` as it is and `swapped` times under other names, and the further reports.

    They are the same ones every round; with `more_parts`, as many rounds differ, each with names of its own and another part of the further
    reports, and `gold_times` and `swapped` may be lists, of which the rounds take one number after the other.
    """
    epochs, seed, parts = config["epochs"], config.get("seed", 1), config.get("more_parts")
    plain = samples(read_gold(gold, docs), cutter)
    if not parts:
        items = plain * config.get("gold_times", 1)
        items += samples(further(more, config), cutter) if more else []
        items += samples(read_swapped(gold, docs, config.get("swapped", 0), seed), cutter)
        return [items] * epochs

    def in_turn(name: str, k: int) -> int:
        return config[name][k % len(config[name])] if isinstance(config[name], list) else config[name]

    different = [plain * in_turn("gold_times", k) + samples(read_swapped(gold, docs, in_turn("swapped", k), seed + 100 * k), cutter)
                 + samples(read_gold(more, part), cutter) for k, part in enumerate(shuffled_parts(more, parts, seed))]
    return [different[k % parts] for k in range(epochs)]


def shuffled_parts(more: Path, parts: int, seed: int) -> list[list[str]]:
    """The further reports in so many parts of like size, each a mixture of all kinds."""
    docs = sorted(p.stem for p in (more / "gold").glob("*.json"))
    random.Random(seed).shuffle(docs)
    return [docs[k::parts] for k in range(parts)]


def helper_items(gold: Path, data: Path, share: dict, cutter: Cutter) -> list[dict]:
    """Windows of the helper sets; `share` says how much of each, by its name."""
    rng = random.Random(1)
    known = [a.report.text for a in read_gold(gold)]
    items = []
    for name, part in share.items():
        match name:
            case "srl":
                texts = helpers.srl(data / "srl/ewt.jsonl.gz")
            case "event_location":
                texts = helpers.event_location(data / "event_location/labelled.jsonl.gz")
            case "wikievents":
                texts = helpers.wikievents(data / "wikievents")
            case "m2e2":
                texts = helpers.m2e2(data / "m2e2/m2e2_annotations.zip", rng)
            case "re3d":
                texts = helpers.re3d(data / "re3d")
            case "polnear":
                texts = helpers.polnear(data / "polnear/train_dev.tar.gz", rng)
            case _:
                raise ValueError(f"no such helper: {name}")
        texts = helpers.unseen(texts, known)
        texts = rng.sample(texts, round(part * len(texts)))
        print(name, len(texts), flush=True)
        items += helpers.samples(texts, cutter)
    return items


def origin(work: Path, name: str, hold_out: list[int] | None) -> Path:
    """The folder of the run to start from: where one held the same folds out, that one."""
    held_out = work / without(name, hold_out)
    return held_out if (held_out / "model.pt").exists() else work / name


def refuse_seen(start: Path, hold_out: list[int] | None) -> None:
    """Raises where a run has seen what is to be held out."""
    seen = json.loads((start / "config.json").read_text()).get("folds", [])
    if set(seen) & set(hold_out or []):
        raise ValueError(f"{start} has seen what is to be held out: train it without that first")


def without(name: str, hold_out: list[int] | None) -> str:
    """The name of a run that holds folds out."""
    return "-".join([name, "without", *map(str, hold_out)]) if hold_out else name


def new_model(base: Path, config: dict, start: Path | None) -> Reader:
    """The encoder of `base` with new heads, or the weights of the run in `start`."""
    encoder = Encoder.from_folder(base, config.get("dropout", 0.1))
    model = Reader(encoder, encoder.word.embedding_dim, config.get("head_dropout", 0.2),
                   config.get("link_hidden", 192), config.get("link_narrow", 64))
    if start:
        state = torch.load(start / "model.pt")
        own = model.state_dict()
        model.load_state_dict({k: v for k, v in state.items() if k in own and v.shape == own[k].shape}, strict=False)
    return model


def teacher_of(work: Path, config: dict, hold_out: list[int] | None, base: Path | None) -> Reader:
    """The teacher of a configuration, a run that has not seen what is held out."""
    if base is None:
        raise ValueError(f"this configuration has {config['teacher']} as teacher: name the folder of its encoder by --teacher-base")
    folder = origin(work, config["teacher"], hold_out)
    refuse_seen(folder, hold_out)
    return new_model(base, config, folder)


def run(config_file: Path, gold: Path, data: Path | None, base: Path, work: Path, limit: int | None = None,
        hold_out: list[int] | None = None, more: Path | None = None, teacher_base: Path | None = None) -> Path:
    """Trains what a configuration says and gives its folder; first the run that it starts from, if that is not there.

    A run that is done is left as it is; one that was stopped goes on after its last full epoch.
    """
    config = tomllib.loads(config_file.read_text())
    out = work / without(config_file.stem, hold_out)
    if hold_out:
        config["folds"] = [f for f in config["folds"] if f not in hold_out]
    if (out / "model.pt").exists():
        return out
    start = origin(work, config["start_from"], hold_out) if config.get("start_from") else None
    if start and not (start / "model.pt").exists():
        run(config_file.with_name(f"{config['start_from']}.toml"), gold, data, base, work, more=more)
    if start:
        refuse_seen(start, hold_out)
    torch.set_num_threads(1 if "RANK" in os.environ else config.get("threads", 2))
    torch.set_flush_denormal(True)
    torch.manual_seed(config.get("seed", 1))
    out.mkdir(parents=True, exist_ok=True)
    (out / "config.json").write_text(json.dumps(config))
    cutter = Cutter(base / "tokenizer.json")
    if config.get("helpers"):
        told = [helper_items(gold, data, config["helpers"], cutter)] * config["epochs"]
    else:
        told = rounds(gold, more, config, chosen(gold, config)[:limit], cutter)
    model = new_model(base, config, start)
    if config.get("teacher"):
        teacher = teacher_of(work, config, hold_out, teacher_base)
        soften([item for items in told for item in items], teacher, work / f"soft-{config['teacher']}")
        model.guide = nn.Linear(model.word_in.in_features, teacher.word_in.in_features)
        del teacher
    windows = [item for items in told for item in items]
    print(f"{config_file.stem}: {len(windows)} windows, {sum(len(i['ids']) for i in windows)} pieces in {len(told)} rounds", flush=True)
    train(model, told, out, config)
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="folder of the helper sets")
    parser.add_argument("--more", type=Path, help="a folder of further annotated reports in the gold's shape; none may tell of a gold report's happening")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder to start from")
    parser.add_argument("--teacher-base", type=Path, help="folder of the teacher's encoder, where a configuration has a teacher")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and logs")
    parser.add_argument("--limit", type=int, help="use only so many reports (smoke test)")
    parser.add_argument("--hold-out", type=int, nargs="+", help="train without these folds (for cross-validation)")
    args = parser.parse_args()
    run(args.config, args.gold, args.data, args.base, args.work, args.limit, args.hold_out,
        args.more, args.teacher_base)


if __name__ == "__main__":
    main()
