"""A trained run to a model folder: two ONNX graphs (int8, and float under float/), vocabulary, labels, manifest.

The weights of `reader.onnx` are a file of their own, `reader.onnx_data`, so that a program can use them where they lie.

`reader.onnx` (once a window): `ids` [1, pieces], `shapes` [1, pieces], `first` [words] (all int64) ->
`words` [words, scores], `row` and `column` [words, hidden], `row_narrow` and `column_narrow` [words, narrow].

`linker.onnx` (once a document): rows `row` [K, hidden], `row_kind` [K], `row_narrow` [K, narrow]; columns `column`
[M, hidden], `column_narrow` [M, narrow]; `distance` [K, M] (int64 steps) -> `links` [K, M, roles].

All outputs are logits.
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from .evaluate import load
from .labels import EVENT_ROLES, ROLE_SPAN, ROLES, SOFTMAX, WORD_HEADS
from .labels import (ACTOR_KINDS, DATE_MODES, EVENT_TYPES, ITEMS, OUTCOMES, REALIS, SCOPES, SIDES, SPANS, STANCES, STATEMENTS)
from .model import N_DISTANCES, STEPS, Reader
from .pieces import vocabulary


class WindowGraph(nn.Module):
    """The encoder with every projection that needs no pair."""

    def __init__(self, model: Reader):
        super().__init__()
        self.model = model

    def forward(self, ids, shapes, first):
        encoder, linker = self.model.encoder, self.model.linker
        at = torch.arange(ids.shape[1])
        x = encoder.norm(encoder.word(ids) + encoder.place(at) + encoder.shape(shapes))
        bias = encoder.distances(at) if encoder.relative else None
        for layer in encoder.layers:
            x = self._layer(layer, x, bias)
        states = x[0].index_select(0, first)
        return self.model.words(states), linker.row(states), linker.column(states), linker.row_narrow(states), linker.column_narrow(states)

    @staticmethod
    def _layer(layer, x, bias):
        length, wide = x.shape[1], x.shape[2]
        size = wide // layer.heads
        split = lambda y: y.view(1, length, layer.heads, size).transpose(1, 2)
        q, k, v = split(layer.query(x)), split(layer.key(x)), split(layer.value(x))
        scores = torch.matmul(q, k.transpose(2, 3)) * size ** -0.5
        mixed = torch.matmul(torch.softmax(scores if bias is None else scores + bias, -1), v)
        x = layer.norm_attention(x + layer.out(mixed.transpose(1, 2).reshape(1, length, wide)))
        return layer.norm_out(x + layer.down(F.gelu(layer.up(x))))


class LinkGraph(nn.Module):
    """The linker after its projections."""

    def __init__(self, model: Reader):
        super().__init__()
        self.linker = model.linker

    def forward(self, row, row_kind, row_narrow, column, column_narrow, distance):
        rows = row + self.linker.kind(row_kind)
        added = F.relu(rows[:, None] + column[None] + self.linker.distance(distance))
        return self.linker.score(torch.cat([added, row_narrow[:, None] * column_narrow[None]], -1))


def export(model: Reader, out: Path) -> None:
    """Writes float/reader.onnx and linker.onnx."""
    (out / "float").mkdir(parents=True, exist_ok=True)
    hidden, narrow = model.linker.row.out_features, model.linker.row_narrow.out_features
    ids = torch.randint(1000, 2000, (1, 20))
    torch.onnx.export(
        WindowGraph(model).eval(), (ids, torch.zeros_like(ids), torch.arange(1, 19)), out / "float" / "reader.onnx", dynamo=False, opset_version=17,
        input_names=["ids", "shapes", "first"], output_names=["words", "row", "column", "row_narrow", "column_narrow"],
        dynamic_axes={"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {0: "words"},
                      **{n: {0: "words"} for n in ("words", "row", "column", "row_narrow", "column_narrow")}})
    k, m = 3, 5
    torch.onnx.export(
        LinkGraph(model).eval(),
        (torch.randn(k, hidden), torch.zeros(k, dtype=torch.long), torch.randn(k, narrow), torch.randn(m, hidden), torch.randn(m, narrow),
         torch.zeros(k, m, dtype=torch.long)),
        out / "linker.onnx", dynamo=False, opset_version=17,
        input_names=["row", "row_kind", "row_narrow", "column", "column_narrow", "distance"], output_names=["links"],
        dynamic_axes={"row": {0: "rows"}, "row_kind": {0: "rows"}, "row_narrow": {0: "rows"}, "column": {0: "columns"},
                      "column_narrow": {0: "columns"}, "distance": {0: "rows", 1: "columns"}, "links": {0: "rows", 1: "columns"}})


def quantise(folder: Path, float_downs: tuple[int, ...] = ()) -> None:
    """int8 weights a column, dynamic activations: reader.onnx from float/reader.onnx.

    The heads stay float (they are small); so does the second feed-forward matrix (`down`) of the layers named, whose
    input has outliers.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    graph = onnx.load(folder / "float" / "reader.onnx").graph
    keep = [n.name for n in graph.node if n.op_type == "Gemm"]
    # The quantiser parts a Gemm into a MatMul and an Add before it looks at the names to leave out.
    keep += [f"{name}_MatMul" for name in keep]
    keep += [f"/down_{i}/MatMul" if i else "/down/MatMul" for i in float_downs]
    quantize_dynamic(folder / "float" / "reader.onnx", folder / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True,
                     op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=keep)


def set_apart(folder: Path, smallest: int = 256) -> None:
    """Moves the weights of reader.onnx, but for the smallest (bytes), to reader.onnx_data; each begins at a multiple of 64."""
    import onnx
    from onnx.external_data_helper import set_external_data
    model = onnx.load(folder / "reader.onnx")
    weights = bytearray()
    for tensor in model.graph.initializer:
        raw = tensor.raw_data
        if len(raw) < smallest:
            continue
        weights.extend(bytes(-len(weights) % 64))
        set_external_data(tensor, "reader.onnx_data", offset=len(weights), length=len(raw))
        tensor.ClearField("raw_data")
        weights.extend(raw)
    (folder / "reader.onnx_data").write_bytes(weights)
    (folder / "reader.onnx").write_bytes(model.SerializeToString())


def labels() -> dict:
    """Everything that gives the outputs their meaning."""
    return {
        "word_heads": [{"name": n, "size": s, "softmax": n in SOFTMAX} for n, s in WORD_HEADS.items()],
        "roles": ROLES, "event_roles": EVENT_ROLES, "role_span": ROLE_SPAN, "spans": SPANS, "event_types": EVENT_TYPES, "scopes": SCOPES,
        "realis": REALIS, "date_modes": DATE_MODES, "outcomes": OUTCOMES, "sides": SIDES, "items": ITEMS, "stances": STANCES,
        "actor_kinds": ACTOR_KINDS, "statements": STATEMENTS, "distance_steps": STEPS, "distances": N_DISTANCES,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float-downs", type=int, nargs="*", default=[], help="layers whose second feed-forward matrix stays float")
    parser.add_argument("--version", default="0.1.0")
    args = parser.parse_args()
    model, _ = load(args.run, args.base)
    export(model, args.out)
    quantise(args.out, tuple(args.float_downs))
    set_apart(args.out)
    (args.out / "vocab.txt").write_text("".join(f"{piece}\n" for piece in vocabulary(args.base / "tokenizer.json")), "utf-8")
    (args.out / "labels.json").write_text(json.dumps(labels(), indent=1))
    (args.out / "manifest.toml").write_text(manifest(args.out, args.run, args.version))
    for file in sorted(args.out.rglob("*.*")):
        print(f"{file.stat().st_size / 1e6:8.1f} MB  {file.relative_to(args.out)}")


def manifest(out: Path, run: Path, version: str) -> str:
    """What the model is and where it comes from, with the sums of its files (form 1)."""
    config = json.loads((run / "config.json").read_text())
    data = f"folds {config['folds']} of the shared gold of real reports" + (" and the reports written for the project" if config.get("written", True) else "")
    data += f", after the run {config['start_from']}" if config.get("start_from") else ""
    lines = [
        "# The learned reader for English: a 6-layer transformer, 384 wide, with scores for words and links. int8 weights.",
        "form = 1", 'name = "reader-en"', f'version = "{version}"', 'license = "Apache-2.0"',
        "# Languages that it was trained for; those of which it saw a little: their reports are read and marked.",
        'languages = ["en"]', 'little = ["fr"]', 'encoder = "all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), fine-tuned whole"',
        f'training_data = "{data}"',
        f'command = "python -m annals_training.run --config configs/{run.name}.toml (training/README.md), then python -m annals_training.export"',
        'scores = "docs/QUALITY.md"', "", "[sha256]",
    ]
    lines += [f'"{name}" = "{hashlib.sha256((out / name).read_bytes()).hexdigest()}"'
              for name in ("labels.json", "linker.onnx", "reader.onnx", "reader.onnx_data", "vocab.txt")]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
