"""Where a run starts, and what it must not have seen."""

import json

import pytest

from annals_training.run import origin, refuse_seen, shuffled_parts


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


def test_parts_of_the_further_reports_are_mixtures_that_together_are_all(tmp_path):
    (tmp_path / "gold").mkdir()
    names = [f"muc-{n:02}" for n in range(20)] + [f"syr-{n:02}" for n in range(10)]
    for name in names:
        (tmp_path / "gold" / f"{name}.json").touch()
    parts = shuffled_parts(tmp_path, 3, 1)
    assert sorted(sum(parts, [])) == names
    assert [len(part) for part in parts] == [10, 10, 10]
    assert all({doc[:3] for doc in part} == {"muc", "syr"} for part in parts)
    assert parts == shuffled_parts(tmp_path, 3, 1)
