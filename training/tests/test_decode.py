"""Clusters and runs; a whole document through an untrained network keeps its shape."""

import numpy as np

from annals_training.decode import _runs, clusters


def test_average_linkage():
    same = np.array([[0, .9, .2], [.9, 0, .3], [.2, .3, 0]])
    assert clusters(same, 0.5) == [[0, 1], [2]]
    assert clusters(same, 0.2) == [[0, 1, 2]]
    assert clusters(np.zeros((0, 0)), 0.5) == []


def test_one_strong_link_does_not_bridge_two_groups():
    same = np.array([[0, .9, .1, .1], [.9, 0, .6, .1], [.1, .6, 0, .9], [.1, .1, .9, 0]])
    assert clusters(same, 0.5) == [[0, 1], [2, 3]]


def test_runs():
    assert _runs([1, 2, 5]) == [(1, 3), (5, 6)]
    assert _runs([1, 3], gap=1) == [(1, 4)]
