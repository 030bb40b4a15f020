"""Reports with other names in them; all texts are invented."""

import random

from annals_training.swap import in_manner, names, pool, swapped

DOC = {"doc": "x", "title": "Arda shelled", "text": "The Brin Front shelled Arda. Arda burned, said Omar Tesk.", "published": "2024-03-14"}
GOLD = {"doc": "x", "events": [{
    "id": "e1", "type": "shelling", "trigger": "shelled Arda", "mentions": [], "targets": [], "outcomes": [],
    "agents": [{"quote": "Brin Front", "kind": "armed_group"}], "places": [{"quote": "Arda"}], "sources": [{"quote": "Omar Tesk"}],
}], "statements": [{"kind": "control", "quote": "Arda burned", "subject": {"quote": "Ard"}, "sources": []}]}


def test_names_have_sorts():
    assert names(GOLD) == {"Brin Front": "party armed_group", "Arda": "place", "Omar Tesk": "source"}


def test_text_and_quotes_change_together():
    others = {"party armed_group": ["Koro Army"], "place": ["Dilga"], "source": ["Musa Len"]}
    for seed in range(8):
        report = swapped(DOC, GOLD, others, random.Random(seed))
        event = report.events[0]
        read = lambda filler: report.report.text[slice(*filler.span)]
        assert report.lost == 0
        assert read(event.roles["agent"][0]) in ("Brin Front", "Koro Army")
        place = read(event.roles["place"][0])
        assert place in ("Arda", "Dilga")
        assert report.report.text.startswith(f"{place} shelled")
        assert report.report.text[slice(*event.triggers[0])] == f"shelled {place}"


def test_names_keep_to_the_letters_of_the_report():
    assert in_manner("SAN SALVADOR", "Arda") == "ARDA"
    assert in_manner("Arda", "SAN SALVADOR") == "San Salvador"
    assert in_manner("Arda", "JNIM") == "JNIM"


def test_the_pool_holds_each_name_once():
    assert pool([GOLD, GOLD])["place"] == ["Arda"]
