"""Where a run starts, and what it must not have seen."""

import json

import pytest

from annals_training.run import origin, refuse_seen


def write(folder, folds):
    folder.mkdir()
    (folder / "model.pt").touch()
    (folder / "config.json").write_text(json.dumps({"folds": folds}))
    return folder


def test_a_run_starts_from_one_that_held_the_same_folds_out(tmp_path):
    whole, held_out = write(tmp_path / "pair", [0, 1, 2]), write(tmp_path / "pair-without-0", [1, 2])
    assert origin(tmp_path, "pair", [0]) == held_out
    assert origin(tmp_path, "pair", [1]) == whole
    assert origin(tmp_path, "pair", None) == whole


def test_what_has_seen_a_fold_does_not_start_a_run_without_it(tmp_path):
    start = write(tmp_path / "pair", [0, 1, 2])
    refuse_seen(start, [3])
    refuse_seen(start, None)
    with pytest.raises(ValueError, match="has seen"):
        refuse_seen(start, [0])
