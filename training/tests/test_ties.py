"""What speaks for two triggers naming one event; all values are invented."""

import numpy as np

from annals_training.ties import conflict, f1, fit, stems


def test_words_without_their_endings():
    assert stems("Shelling") == stems("shells")
    assert stems("car bombs") == {"car", "bomb"}
    assert stems("led") == {"led"}


def test_only_known_fillers_without_a_shared_word_conflict():
    monday, friday = ({"monday"}, 0.9), ({"on", "friday"}, 0.8)
    assert conflict([monday], []) == 0.0
    assert conflict([monday], [monday]) == 0.0
    assert conflict([monday], [friday]) == 0.8
    assert conflict([monday, friday], [friday]) == 0.0


def test_a_sign_that_tells_apart_gets_weight():
    rng = np.random.default_rng(1)
    same = rng.random(400) < 0.5
    values = np.stack([same + rng.normal(0, 0.3, 400), rng.normal(0, 1, 400)], 1)
    weights, base = fit(values, same)
    assert weights[0] > 2 and abs(weights[1]) < 0.5
    assert f1(values, same, weights, base) > 0.9
