"""Scores a trained model end to end: predict, decode, and the shared scorer on top.

`python -m annals_training.evaluate --run RUN_DIR --gold GOLD --scorer score_reports.py --fold 0 [--tune 1]`
"""

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import torch

from .corpus import read_folds, read_gold, read_report, usual_names
from .decode import Decoder, Thresholds
from .model import Encoder, Reader
from .pieces import Cutter
from .predict import OnnxReader, TorchReader
from .run import chosen
from .tune import Scorer, tune


def load(run: Path, base: Path) -> tuple[Reader, Cutter]:
    config = json.loads((run / "config.json").read_text())
    encoder = Encoder(json.loads((base / "config.json").read_text()), 0.0)
    model = Reader(encoder, encoder.word.embedding_dim, 0.0, config.get("link_hidden", 192), config.get("link_narrow", 64))
    if (run / "model.pt").exists():
        model.load_state_dict(torch.load(run / "model.pt"))
    else:
        model.load_state_dict(torch.load(run / "last.pt")["model"])
    model.eval()
    return model, Cutter(base / "tokenizer.json")


def decoders(reader: TorchReader | OnnxReader, gold: Path, docs: list[str], names: dict[str, str]) -> list[Decoder]:
    """A decoder for every report; `names` are the usual names of namings in the training reports."""
    reports = (read_report(json.loads((gold / "docs" / f"{d}.json").read_text("utf-8"))) for d in docs)
    out = [Decoder(reader, reader.score(r)) for r in reports]
    for decoder in out:
        decoder.names = names
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--tune", type=int, help="tune the thresholds on this fold first")
    parser.add_argument("--thresholds", type=Path, help="a JSON of thresholds")
    parser.add_argument("--onnx", type=Path, help="read with this exported graph (linker.onnx beside it)")
    parser.add_argument("--out", type=Path, help="write the coded reports there (JSON lines)")
    args = parser.parse_args()
    torch.set_num_threads(2)
    torch.set_flush_denormal(True)
    model, cutter = load(args.run, args.base)
    reader = OnnxReader(args.onnx.parent, cutter, args.onnx.name) if args.onnx else TorchReader(model, cutter)
    folds, _ = read_folds(args.gold)
    config = json.loads((args.run / "config.json").read_text())
    if {args.fold, args.tune} & set(config["folds"]):
        parser.error(f"the run was trained on folds {config['folds']}: neither tune nor report on them")
    names = usual_names(read_gold(args.gold, chosen(args.gold, config)))
    thresholds = Thresholds()
    if args.thresholds:
        thresholds = replace(thresholds, **json.loads(args.thresholds.read_text()))
    scorer = Scorer(args.scorer, args.gold)
    if args.tune is not None:
        thresholds = tune(decoders(reader, args.gold, folds[args.tune], names), scorer, thresholds)
        (args.run / "thresholds.json").write_text(json.dumps(asdict(thresholds), indent=1))
    coded = [d.decode(thresholds) for d in decoders(reader, args.gold, folds[args.fold], names)]
    out = args.out or args.run / f"coded-{args.fold}.jsonl"
    out.write_text("".join(json.dumps(c) + "\n" for c in coded))
    (args.run / f"scores-{args.fold}.json").write_text(json.dumps(scorer.figures(coded)))
    print(scorer.table(coded))


if __name__ == "__main__":
    main()
