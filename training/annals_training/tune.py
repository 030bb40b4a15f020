"""Thresholds by coordinate search on a fold that is not reported, with the shared scorer as the judge."""

import importlib.util
import json
import sys
import tempfile
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

from .decode import Decoder, Thresholds

GRID = [0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.8]
# In the order of their effect; the others hardly move the score.
ORDER = ["event", "same", "main", "agent", "target", "place", "date", "date_low", "source", "subject", "outcome", "more", "event"]


class Scorer:
    """The shared scorer, loaded from its file and called in this process."""

    def __init__(self, script: Path, gold: Path):
        argv, sys.argv = sys.argv, [str(script), "/nonexistent", "/nonexistent", "/nonexistent"]
        spec = importlib.util.spec_from_file_location("shared_scorer", script)
        self.module = importlib.util.module_from_spec(spec)
        try:
            # The script runs its main on import; with no such folder it stops after its definitions.
            spec.loader.exec_module(self.module)
        except (FileNotFoundError, SystemExit):
            pass
        finally:
            sys.argv = argv
        self.gold = gold
        self.cache: dict[str, dict] = {}

    def _gold(self, doc: str) -> dict:
        if doc not in self.cache:
            self.cache[doc] = json.loads((self.gold / "gold" / f"{doc}.json").read_text("utf-8"))
        return self.cache[doc]

    def _run(self, coded: list[dict], flags: list[str]) -> str:
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "gold").mkdir()
            for c in coded:
                (folder / "gold" / f"{c['doc']}.json").write_text(json.dumps(self._gold(c["doc"])))
            (folder / "coded.jsonl").write_text("".join(json.dumps(c) + "\n" for c in coded))
            text = StringIO()
            with redirect_stdout(text):
                self.module.main([str(folder / "gold"), str(folder), str(folder / "coded.jsonl"), *flags])
        return text.getvalue()

    def figures(self, coded: list[dict]) -> dict:
        return json.loads(self._run(coded, ["--json"]))

    def table(self, coded: list[dict]) -> str:
        return self._run(coded, [])


def tune(decoders: list[Decoder], scorer: Scorer, start: Thresholds) -> Thresholds:
    """Coordinate search: each threshold in turn takes the value with the best `overall`."""
    best, best_score = start, scorer.figures([d.decode(start) for d in decoders])["overall"]
    print("start", best_score, flush=True)
    for name in ORDER:
        for value in GRID:
            trial = replace(best, **{name: value})
            found = scorer.figures([d.decode(trial) for d in decoders])["overall"]
            if found > best_score:
                best, best_score = trial, found
        print(name, getattr(best, name), best_score, flush=True)
    return best
