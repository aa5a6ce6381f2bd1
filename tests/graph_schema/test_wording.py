import doctest
from datetime import date

import pytest

from graph_schema import wording
from graph_schema.wording import (
    NARROW,
    NBSP,
    ago,
    count,
    kilometres,
    listing,
    long_date,
    number,
    plural,
    sentence,
    since,
)

ON = date(2026, 11, 20)


def test_its_examples_are_right() -> None:
    tested = doctest.testmod(wording)
    assert tested.attempted > 10
    assert tested.failed == 0


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "aujourd'hui"),
        (date(2026, 11, 19), "hier"),
        (date(2026, 11, 18), "il y a 2 jours"),
        (date(2026, 9, 21), "il y a 60 jours"),
        (date(2026, 9, 20), "il y a 2 mois"),
        (date(2024, 11, 21), "il y a 23 mois"),
        (date(2024, 11, 20), "il y a 2 ans"),
        (date(2026, 11, 21), "demain"),
        (date(2026, 11, 25), "dans 5 jours"),
        (date(2027, 2, 20), "dans 3 mois"),
    ],
)
def test_a_date_is_told_as_people_say_it(day: date, words: str) -> None:
    assert ago(day, ON) == words


def test_the_first_of_a_month_is_ordinal() -> None:
    assert long_date(date(2026, 8, 1)) == "1er août 2026"


def test_a_period_that_starts_within_a_month_gives_its_day() -> None:
    assert since(date(2026, 2, 2)) == "depuis le 02/02/2026"


def test_thousands_are_set_apart_and_decimals_follow_a_comma() -> None:
    assert number(48_000) == f"48{NARROW}000"
    assert number(-1234.56, 1) == f"-1{NARROW}234,6"
    assert number(999) == "999"


def test_a_noun_is_singular_below_two() -> None:
    assert [count(n, "accueil") for n in (0, 1, 2)] == ["0 accueil", "1 accueil", "2 accueils"]
    assert plural(2, "mois") == "mois"
    assert plural(2, "EPCI", "EPCI") == "EPCI"


def test_a_distance_is_never_nothing() -> None:
    assert kilometres(0.2) == f"1{NBSP}km"


def test_an_enumeration_ends_with_and() -> None:
    assert listing([]) == ""
    assert listing(["a"]) == "a"
    assert listing(["a", "b"]) == "a et b"
    assert listing(["a", "b", "c"], limit=2) == "a, b et 1 autre"


def test_a_sentence_is_closed_once() -> None:
    assert sentence("déjà dit !") == "Déjà dit !"
    assert sentence("fini") == "Fini."
