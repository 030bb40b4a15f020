"""Quotes are found where the annotator meant them; all texts here are invented."""

from annals_training.corpus import annotate, occurrences, read_report


def gold(**event):
    base = {"id": "e1", "type": "shelling", "trigger": "shelled", "mentions": [], "agents": [], "targets": [], "places": [], "outcomes": []}
    return {"doc": "x", "events": [base | event], "statements": []}


def report(text, title=""):
    return read_report({"doc": "x", "title": title, "text": text, "published": "2024-03-14"})


def words(report, spans):
    return [report.text[s:e] for s, e in spans]


def test_whole_words_win_over_parts():
    assert occurrences("Ardasan and Arda", "Arda") == [(12, 16)]
    assert occurrences("Ardasan", "Arda") == [(0, 4)]


def test_trigger_is_where_its_fields_stand():
    r = report("Fighters shelled Arda on Monday. Earlier, soldiers shelled Brin.")
    a = annotate(r, gold(places=[{"quote": "Brin"}], agents=[{"quote": "soldiers"}]))
    assert a.events[0].triggers[0][0] == r.text.rindex("shelled")
    assert words(r, a.events[0].also) == ["shelled"]


def test_field_takes_the_nearest_occurrence():
    r = report("Arda mourns. Arda was quiet until gunmen shelled Arda again.")
    place = annotate(r, gold(places=[{"quote": "Arda"}])).events[0].roles["place"][0]
    assert place.span[0] == r.text.rindex("Arda")
    assert len(place.also) == 2


def test_two_events_do_not_share_a_trigger_that_stands_twice():
    r = report("They shelled Arda. They shelled Brin.")
    value = gold(places=[{"quote": "Arda"}])
    value["events"].append(value["events"][0] | {"id": "e2", "places": []})
    starts = {e.triggers[0][0] for e in annotate(r, value).events}
    assert len(starts) == 2


def test_statement_without_its_clause_is_lost_not_guessed():
    r = report("The Arda Front holds Brin.")
    value = {"doc": "x", "events": [], "statements": [{"kind": "control", "subject": {"quote": "Arda Front"}, "object": None, "quote": "rules Brin"}]}
    a = annotate(r, value)
    assert a.statements == [] and a.lost == 1


def test_sources_may_be_bare_strings():
    r = report("The Arda Front holds Brin, the mayor said.")
    value = {"doc": "x", "events": [], "statements": [
        {"kind": "control", "subject": {"quote": "Arda Front"}, "object": {"quote": "Brin"}, "quote": "holds Brin", "sources": ["mayor"]}]}
    assert words(r, [annotate(r, value).statements[0].sources[0].span]) == ["mayor"]
