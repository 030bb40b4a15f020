"""The forests of judges.bin; all values are invented."""

import struct

import numpy as np

from annals_training.judges import fit, judge, number, read, tree


def test_numbers_take_seven_bits_a_byte():
    assert [number(it) for it in (0, 127, 128, 300)] == [b"\x00", b"\x7f", b"\x80\x01", b"\xac\x02"]


def test_a_fork_stands_before_those_below_it():
    leaf = lambda value: {"leaf_value": value}
    inner = {"split_feature": 1, "threshold": 0.25, "left_child": leaf(-1.0), "right_child": leaf(2.0)}
    root = {"split_feature": 0, "threshold": 0.5, "left_child": inner, "right_child": leaf(3.0)}
    f = lambda value: struct.pack("<f", value)
    forks = b"\x02" + b"\x00" + f(0.5) + b"\x00\x01" + b"\x01\x02" + b"\x01" + f(0.25) + b"\x01\x00" + b"\x01\x01"
    assert tree(root) == forks + b"\x03" + f(-1.0) + f(2.0) + f(3.0)


def test_a_tree_of_one_leaf_has_no_fork():
    assert tree({"leaf_value": 0.5}) == b"\x00\x01" + struct.pack("<f", 0.5)


def test_choices_are_read_by_role(tmp_path):
    lines = ["date\td1\t0\t1\t1\t2015-01-01/2015-01-01\tshare=0.5\tspan=1", "agent\td1\t0\t1\t0\tthe army\tshare=0.25"]
    path = tmp_path / "choices.tsv"
    path.write_text("\n".join(lines) + "\n")
    signs, cases = read(path)
    assert signs == {"date": ["share", "span"], "agent": ["share"]}
    assert cases["date"][0].tolist() == [[0.5, 1.0]] and cases["date"][1].tolist() == [True]
    assert cases["agent"][1].tolist() == [False]


def test_the_same_cases_give_the_same_forest():
    signs = np.random.default_rng(5).random((400, 2), dtype=np.float32)
    cases = signs, signs[:, 0] > 0.5
    forest = fit([cases])
    assert ((forest.predict(signs) > 0.5) == cases[1]).mean() > 0.98
    assert judge(["a", "b"], forest) == judge(["a", "b"], fit([cases]))
