"""`python -m annals_training.mpnet MPNET BERT OUT`: an MPNet folder to one that `Encoder.from_folder` reads.

MPNet has BERT's word pieces under other numbers, counts positions from two and adds a score for the distance of two
pieces to every attention. The new folder has BERT's tokeniser, numbers and names of weights, so that windows and
targets are the same for both.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .pieces import vocabulary

# BERT's special pieces and MPNet's.
SPECIAL = {"[CLS]": "<s>", "[PAD]": "<pad>", "[SEP]": "</s>", "[MASK]": "<mask>"}
PARTS = {
    "attention.attn.q": "attention.self.query", "attention.attn.k": "attention.self.key", "attention.attn.v": "attention.self.value",
    "attention.attn.o": "attention.output.dense", "attention.LayerNorm": "attention.output.LayerNorm",
    "intermediate.dense": "intermediate.dense", "output.dense": "output.dense", "output.LayerNorm": "output.LayerNorm",
}


def convert(mpnet: Path, bert: Path, out: Path) -> None:
    """Writes config.json, model.safetensors and tokenizer.json to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    weights = {k.removeprefix("mpnet."): v for k, v in load_file(mpnet / "model.safetensors").items()}
    config = json.loads((mpnet / "config.json").read_text())
    theirs = {piece: i for i, piece in enumerate((mpnet / "vocab.txt").read_text().splitlines())}
    pieces = vocabulary(bert / "tokenizer.json")
    rows = torch.tensor([theirs[SPECIAL.get(p, p)] for p in pieces])
    state = {
        "embeddings.word_embeddings.weight": weights["embeddings.word_embeddings.weight"][rows],
        "embeddings.position_embeddings.weight": weights["embeddings.position_embeddings.weight"][2:].clone(),
        "embeddings.token_type_embeddings.weight": torch.zeros(2, config["hidden_size"]),
        "encoder.relative_attention_bias.weight": weights["encoder.relative_attention_bias.weight"],
    }
    for part in ("weight", "bias"):
        state[f"embeddings.LayerNorm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for i in range(config["num_hidden_layers"]):
            for old, new in PARTS.items():
                state[f"encoder.layer.{i}.{new}.{part}"] = weights[f"encoder.layer.{i}.{old}.{part}"]
    save_file(state, out / "model.safetensors")
    config |= {"vocab_size": len(pieces), "max_position_embeddings": len(state["embeddings.position_embeddings.weight"])}
    (out / "config.json").write_text(json.dumps(config, indent=1))
    shutil.copy(bert / "tokenizer.json", out / "tokenizer.json")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("mpnet", type=Path)
    parser.add_argument("bert", type=Path, help="folder with BERT's tokenizer.json")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    convert(args.mpnet, args.bert, args.out)


if __name__ == "__main__":
    main()
