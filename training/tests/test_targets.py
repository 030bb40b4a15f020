"""Labels stand on the right words; don't-care stands where another reader could have pointed."""

import numpy as np

from annals_training.corpus import annotate, read_report
from annals_training.labels import EVENT_TYPES, OUTCOMES, ROLES, SPANS, STATEMENTS
from annals_training.pieces import Cut, Window, home_window
from annals_training.targets import build

TEXT = "Rebels shelled Arda, killing 12 civilians. Arda is held by the army. The shelling went on."
GOLD = {"doc": "x", "events": [{
    "id": "e1", "type": "shelling", "trigger": "shelled", "mentions": ["shelling"], "scope": "incident", "realis": "actual",
    "agents": [{"quote": "Rebels", "name": None, "kind": "armed_group"}], "targets": [], "places": [{"quote": "Arda"}],
    "outcomes": [{"quote": "12 civilians", "what": "killed", "low": 12, "high": 12, "side": "civilian"}]}],
    "statements": [{"kind": "control", "subject": {"quote": "army"}, "object": {"quote": "Arda"}, "quote": "Arda is held by the army", "sources": []}]}


def plain_cut(text):
    """Words by spaces and full stops, one piece each: no tokeniser needed."""
    words, at = [], 0
    for token in text.replace(".", " .").replace(",", " ,").split():
        at = text.index(token, at)
        words.append((at, at + len(token)))
        at += len(token)
    return Cut(words, [Window([], [], list(range(len(words))), 0)])


def targets():
    gold = annotate(read_report({"doc": "x", "title": "", "text": TEXT, "published": "2024-03-14"}), GOLD)
    cut = plain_cut(gold.report.text)
    names = [gold.report.text[s:e] for s, e in cut.words]
    return names, build(gold, cut, cut.windows[0])


def test_trigger_words_and_type():
    names, t = targets()
    assert [names[i] for i in np.flatnonzero(t.heads["trigger"][:, 0] == 1)] == ["shelled", "shelling"]
    assert [names[i] for i in np.flatnonzero(t.heads["trigger"][:, 1] == 1)] == ["shelled"]
    assert t.heads["type"][names.index("shelled")] == EVENT_TYPES.index("shelling")


def test_links_of_the_main_trigger():
    names, t = targets()
    row = t.links[list(t.rows).index(names.index("shelled"))]
    place = row[:, ROLES.index("place")]
    assert place[names.index("Arda")] == 1
    assert place[len(names) - 1 - names[::-1].index("Arda")] == -1, "the second Arda is neither right nor wrong"
    assert [names[i] for i in np.flatnonzero(row[:, ROLES.index("agent")] == 1)] == ["Rebels"]
    assert row[names.index("shelling"), ROLES.index("same")] == 1
    assert row[names.index("army"), ROLES.index("same")] == -1


def test_outcome_words():
    names, t = targets()
    assert [names[i] for i in np.flatnonzero(t.heads["what"][:, OUTCOMES.index("killed")] == 1)] == ["12", "civilians"]


def test_statement_row_carries_its_kind():
    names, t = targets()
    kind = STATEMENTS.index("control")
    at = [i for i, k in enumerate(t.row_kinds) if k == 1 + kind]
    assert [names[t.rows[i]] for i in at] == ["army"]
    assert t.links[at[0]][names.index("held"), ROLES.index("clause")] == 1
    assert t.heads["span"][names.index("army"), 2 * SPANS.index("actor")] == 1


def test_word_is_read_where_most_surrounds_it():
    windows = [Window([], [], list(range(10)), 0), Window([], [], list(range(10)), 6)]
    home = home_window(windows)
    assert len(home) == 16
    assert home[0] == (0, 0) and home[7] == (0, 7) and home[8] == (1, 2)
