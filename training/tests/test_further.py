"""Annotations survive as offsets; all texts here are invented."""

from annals_training.further import _offsets, _quotes

TEXT = "Shells hit Arda\nGunmen of the Brin Front shelled Arda, the mayor Hamid Orsa said."


def test_quotes_come_back_from_offsets():
    event = {"trigger": "shelled", "mentions": ["Shells hit"], "agents": [{"quote": "Brin Front", "name": "Brin Front", "kind": "militia"}],
             "date": {"quote": None, "start": "2024-03-01"}, "outcomes": [{"quote": "Arda", "source": "mayor Hamid Orsa", "low": 2}]}
    packed = _offsets(event, TEXT)
    assert packed["trigger"] == [TEXT.index("shelled"), TEXT.index("shelled") + 7]
    assert "Arda" not in str(packed)
    assert _quotes(packed, TEXT) == event


def test_persons_lose_their_names_and_stay_the_same_person():
    named = lambda name: _offsets({"quote": "Hamid Orsa", "name": name, "kind": "individual"}, TEXT)["name"]
    assert named("Hamid Orsa") == named("Hamid Orsa") != named("Other One")
    assert "Orsa" not in named("Hamid Orsa")
