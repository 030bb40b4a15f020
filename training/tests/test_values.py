"""Counts and dates as the codebook reads them."""

from datetime import date

import pytest

from annals_training.dates import reference, resolve
from annals_training.numbers import bounds

DAY = date(2024, 3, 14)  # a Thursday


@pytest.mark.parametrize("phrase, before, expected", [
    ("at least 12 civilians", "", (12, None)),
    ("12 civilians", "killing at least ", (12, None)),
    ("about 20 others", "", (20, 20)),
    ("up to 40 fighters", "", (None, 40)),
    ("dozens of people", "", (24, None)),
    ("twenty-two soldiers", "", (22, 22)),
    ("one hundred and five homes", "", (105, 105)),
    ("1,200 families", "", (1200, 1200)),
    ("a dozen men", "", (12, 12)),
    ("two dozen men", "", (24, 24)),
    ("a car", "", (1, 1)),
    ("Hamid Orsa", "", (1, 1)),
    ("a number of vehicles", "", (None, None)),
    ("civilians", "", (None, None)),
])
def test_bounds(phrase, before, expected):
    assert bounds(phrase, before) == expected


@pytest.mark.parametrize("phrase, start, end", [
    ("on the ninth of March", "2024-03-09", "2024-03-09"),
    ("on Monday", "2024-03-11", "2024-03-11"),
    ("Saturday and Sunday", "2024-03-09", "2024-03-10"),
    ("yesterday", "2024-03-13", "2024-03-13"),
    ("in July 2023", "2023-07-01", "2023-07-31"),
    ("March 3-5", "2024-03-03", "2024-03-05"),
    ("28 November", "2023-11-28", "2023-11-28"),
    ("two days ago", "2024-03-12", "2024-03-12"),
    ("this month", "2024-03-01", "2024-03-14"),
])
def test_resolve(phrase, start, end):
    assert tuple(d.isoformat() for d in resolve(phrase, DAY)) == (start, end)


def test_no_year_no_date():
    assert resolve("on 9 March", None) is None


def test_a_dateline_speaks_for_the_report():
    assert reference("ARDA, 3 May 2019 - Gunmen fired.", None) == date(2019, 5, 3)
