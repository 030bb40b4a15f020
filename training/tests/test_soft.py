import tempfile
import unittest
from pathlib import Path

import torch

from annals_training.labels import ROLES, SOFTMAX, WORD_HEADS
from annals_training.loss import word_loss
from annals_training.model import Encoder, Reader, relative_buckets
from annals_training.soft import soften

TINY = {"hidden_size": 16, "layer_norm_eps": 1e-5, "vocab_size": 50, "max_position_embeddings": 32, "num_attention_heads": 2,
        "intermediate_size": 32, "num_hidden_layers": 1, "relative_attention_num_buckets": 32}


def window(n: int) -> dict:
    return {"ids": torch.arange(n), "shapes": torch.zeros(n, dtype=torch.long), "first": torch.arange(1, n - 1),
            "rows": torch.tensor([0, 1]), "row_kinds": torch.tensor([0, 0])}


class Soft(unittest.TestCase):
    def test_every_window_gets_the_teachers_answers_and_those_made_before_stay(self):
        teacher = Reader(Encoder(TINY, 0.0), 16, 0.0)
        items = [window(6), window(9)]
        with tempfile.TemporaryDirectory() as out:
            soften(items, teacher, Path(out))
            self.assertEqual([tuple(i["soft_words"].shape) for i in items], [(4, sum(WORD_HEADS.values())), (7, sum(WORD_HEADS.values()))])
            self.assertEqual([tuple(i["soft_links"].shape) for i in items], [(2, 4, len(ROLES)), (2, 7, len(ROLES))])
            self.assertEqual([tuple(i["soft_states"].shape) for i in items], [(4, 16), (7, 16)])
            again = [window(6), window(9)]
            soften(again, Reader(Encoder(TINY, 0.0), 16, 0.0), Path(out))
            self.assertTrue(torch.equal(items[1]["soft_words"], again[1]["soft_words"]))

    def test_a_teacher_who_is_sure_teaches_as_the_annotator_does(self):
        torch.manual_seed(1)
        n = 40
        scores = torch.randn(n, sum(WORD_HEADS.values()))
        heads, soft = {}, []
        for name, size in WORD_HEADS.items():
            labels = torch.randint(0, size, (n,)) if name in SOFTMAX else torch.randint(0, 2, (n, size))
            yes = torch.nn.functional.one_hot(labels, size) if name in SOFTMAX else labels
            heads[name] = labels
            soft.append(yes * 60.0 - 30.0)
        hard, told = word_loss(scores, heads), word_loss(scores, heads, torch.cat(soft, 1))
        for name in hard:
            self.assertAlmostEqual(hard[name].item(), told[name].item(), places=4, msg=name)


class Distances(unittest.TestCase):
    def test_near_ones_are_told_apart_and_far_ones_by_their_size(self):
        buckets = relative_buckets(torch.arange(300), 32)
        self.assertEqual(buckets[0, :4].tolist(), [0, 17, 18, 19])
        self.assertEqual(buckets[:4, 0].tolist(), [0, 1, 2, 3])
        self.assertEqual((buckets[0, 299].item(), buckets[299, 0].item()), (31, 15))


if __name__ == "__main__":
    unittest.main()
