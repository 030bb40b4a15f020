"""From given scores to events; all texts are invented."""

import re

import numpy as np

from annals_training.corpus import read_report
from annals_training.decode import Decoder, Thresholds, _runs, clusters
from annals_training.labels import DATE_MODES, EVENT_TYPES, ROLES, SPANS, STATEMENTS, WORD_HEADS, word_columns
from annals_training.predict import Scores


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


class Told:
    """A reader that answers what the test tells it: (row word, column word, role) -> sure."""

    def __init__(self, sure):
        self.sure = sure

    def links(self, scores, rows, kinds, columns):
        out = np.full((len(rows), len(columns), len(ROLES)), -6.0, np.float32)
        name = lambda w: scores.report.text[slice(*scores.words[w])]
        for i, r in enumerate(rows):
            for j, c in enumerate(columns):
                for role in self.sure.get((name(r), name(c)), ()):
                    out[i, j, ROLES.index(role)] = 6.0
        return out


def told(text, marks, sure, published="2024-03-14"):
    """Scores with the marked words sure: word -> {head: column or columns}."""
    report = read_report({"doc": "x", "title": "", "text": text, "published": published})
    words = [m.span() for m in re.finditer(r"\w+|[^\w\s]", report.text)]
    heads = np.full((len(words), sum(WORD_HEADS.values())), -6.0, np.float32)
    columns = word_columns()
    for i, (s, e) in enumerate(words):
        for head, picked in marks.get(report.text[s:e], {}).items():
            heads[i, [columns[head].start + p for p in picked]] = 6.0
    reader = Told(sure)
    return Decoder(reader, Scores(report, words, heads, [])).decode(Thresholds())


def span(kind, first=True):
    return [2 * SPANS.index(kind)] + ([2 * SPANS.index(kind) + 1] if first else [])


MARKS = {
    "shelled": {"trigger": [0, 1], "type": [EVENT_TYPES.index("shelling")], "date_mode": [DATE_MODES.index("phrase")]},
    "Shelling": {"trigger": [0], "type": [EVENT_TYPES.index("shelling")]},
    "Rebels": {"span": span("actor")}, "al": {"span": span("place")}, "Arda": {"span": span("place", False)},
    "Monday": {"span": span("time")}, "12": {"span": span("outcome"), "what": [0], "side": [0]},
    "civilians": {"span": span("outcome", False), "what": [0], "side": [0]},
    "army": {"subject": [STATEMENTS.index("control")], "span": span("actor")},
}
SURE = {("shelled", "Rebels"): ["agent"], ("shelled", "al"): ["place"], ("shelled", "Arda"): ["place"], ("shelled", "Monday"): ["date"],
        ("shelled", "12"): ["outcome"], ("shelled", "civilians"): ["outcome"], ("shelled", "Shelling"): ["same"],
        ("Shelling", "shelled"): ["same"], ("army", "Brin"): ["object"]}


def test_one_event_from_two_namings():
    coded = told("Shelling again. Rebels shelled al-Arda on Monday, killing 12 civilians. The army holds Brin.", MARKS, SURE)
    [event] = coded["events"]
    assert (event["type"], event["trigger"], event["mentions"]) == ("shelling", "shelled", ["Shelling"])
    assert [a["quote"] for a in event["agents"]] == ["Rebels"] and event["targets"] == []
    assert [p["quote"] for p in event["places"]] == ["al-Arda"], "a hyphenated name is not parted"
    assert event["date"] == {"quote": "Monday", "start": "2024-03-11", "end": "2024-03-11"}
    assert [(o["what"], o["low"], o["side"]) for o in event["outcomes"]] == [("killed", 12, "civilian")]
    [statement] = coded["statements"]
    assert (statement["kind"], statement["subject"]["quote"], statement["object"]["quote"]) == ("control", "army", "Brin")


def test_unlinked_namings_are_two_events():
    sure = {k: v for k, v in SURE.items() if v != ["same"]}
    coded = told("Shelling again. Rebels shelled Arda.", MARKS | {"Shelling": MARKS["shelled"]}, sure)
    assert [e["trigger"] for e in coded["events"]] == ["Shelling", "shelled"]


def test_no_trigger_no_event():
    assert told("Talks were held in Arda.", {}, {}) == {"doc": "x", "events": [], "statements": []}
