"""What the exported model answers for given reports before its weights are rounded to int8: the yardstick of the reader in Rust.

`python -m annals_training.fixture --model FOLDER --base ENCODER --thresholds RUN/thresholds.json --docs FILE.json … --out fixture.json`; only for reports that may stand
in the project. Numbers are logits, rounded to four places.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from .corpus import read_report
from .decode import Decoder, Thresholds
from .pieces import Cutter
from .predict import OnnxReader


def fixture(reader: OnnxReader, value: dict, thresholds: Thresholds) -> dict:
    """Words, windows, word scores, trigger rows with their links, and the decoded report."""
    report = read_report(value)
    cut = reader.cutter.cut(report.text, report.title_end)
    scores = reader.score(report)
    decoder = Decoder(reader, scores)
    rows = [w for w in decoder.rows if decoder.trigger[w, 0] >= thresholds.row]
    links = reader.links(scores, rows, [0] * len(rows), list(range(len(scores.words))))
    plain = lambda a: np.round(np.asarray(a, np.float64), 4).tolist()
    return {
        "report": value, "words": scores.words,
        "windows": [{"ids": w.ids, "shapes": w.shapes, "first": w.first, "word_start": w.word_start} for w in cut.windows],
        "heads": plain(scores.heads), "rows": rows, "links": plain(links), "coded": decoder.decode(thresholds),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder that the model grew from")
    parser.add_argument("--thresholds", type=Path, required=True, help="thresholds.json of a run")
    parser.add_argument("--docs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    reader = OnnxReader(args.model, Cutter(args.base / "tokenizer.json"), "float/reader.onnx")
    thresholds = Thresholds(**json.loads(args.thresholds.read_text()))
    args.out.write_text(json.dumps([fixture(reader, json.loads(d.read_text("utf-8")), thresholds) for d in args.docs]))


if __name__ == "__main__":
    main()
