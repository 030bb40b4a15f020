"""Public sets in the shape of our samples; the lines here are invented."""

import gzip
import json

import numpy as np

from annals_training import helpers
from annals_training.labels import ROLES, STATEMENTS


def test_srl_arguments_become_roles(tmp_path):
    value = {"tokens": "the rebels shelled the town of Arda on Monday".split(), "predicates": [{"at": 2, "sense": "shell.01", "args": [
        {"start": 0, "end": 2, "role": "ARG0"}, {"start": 3, "end": 7, "role": "ARG1"}, {"start": 7, "end": 9, "role": "ARGM-TMP"}]}]}
    file = tmp_path / "x.jsonl.gz"
    with gzip.open(file, "wt") as out:
        out.write(json.dumps(value) + "\n")
    [text] = helpers.srl(file)
    [(trigger, roles, kind)] = text.predicates
    words = lambda span: text.text[slice(*span)]
    assert words(trigger) == "shelled" and kind is None
    assert {r: [words(s) for s in spans] for r, spans in roles.items()} == {"agent": ["the rebels"], "target": ["the town"], "date": ["Monday"]}


def test_what_a_set_does_not_tell_stays_open():
    text = helpers.HelperText("Rebels shelled Arda", [((7, 14), {"place": [(15, 19)]}, None)], ["place"])
    item = helpers._labels(text, [(0, 6), (7, 14), (15, 19)])
    row = item["links"][0].numpy()
    assert row[:, ROLES.index("place")].tolist() == [0, 0, 1]
    assert (np.delete(row, ROLES.index("place"), 1) == -1).all()
    assert (item["heads"]["span"].numpy() == -1).all() and (item["heads"]["trigger"].numpy() == -1).all()


def test_texts_of_the_gold_are_dropped():
    told = "One two three four five six seven eight nine ten eleven twelve."
    other = "Quite another story that shares nothing with the first text at all."
    texts = [helpers.HelperText(t, [], []) for t in (told, other)]
    assert [t.text for t in helpers.unseen(texts, [told])] == [other]


def test_statements_of_a_set_teach_only_their_kinds():
    text = helpers.HelperText("Orsa leads Arda Front", [], [], statements=[((0, 4), "leads", (11, 21))], kinds=["leads", "member"])
    item = helpers._labels(text, [(0, 4), (5, 10), (11, 15), (16, 21)])
    subject = item["heads"]["subject"].numpy()
    assert subject[0, STATEMENTS.index("leads")] == 1 and subject[1, STATEMENTS.index("leads")] == 0
    assert (subject[:, STATEMENTS.index("control")] == -1).all()
    assert item["row_kinds"].tolist() == [1 + STATEMENTS.index("leads")]
    assert item["links"][0].numpy()[:, ROLES.index("object")].tolist() == [0, 0, 1, 1]
