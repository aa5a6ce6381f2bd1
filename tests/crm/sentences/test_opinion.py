"""A second opinion, learned from notes: where it finds a reading most unlikely, that is asked instead of stated."""

from datetime import date

import pytest

from crm.network import Network
from crm.sentences.doubts import WHETHER
from crm.sentences.opinion import BIAS, SIDES, UNLIKELY, Opinion, learned, signs
from crm.sentences.reading import BOTH, THEM, UNSAID, US
from crm.sentences.story import story
from crm.sentences.telling import Story
from crm.sentences.tokens import Token, tokens
from tests.crm.conftest import SAID_ON
from tests.crm.sentences.learning import Lesson, judged, learn, seen
from tests.crm.sentences.test_sentences_of_others import DATA, notes

TODAY = date(2026, 11, 28)  # a Saturday


def told(text: str) -> Story:
    """A text in which X is a name."""
    return story(text, [(at, at + 1) for at, sign in enumerate(text) if sign == "X"], TODAY)


def read(text: str, name: str = "X") -> list[Token]:
    at = text.index(name)
    return tokens(text, [(at, at + len(name))], TODAY)


def test_a_side_that_is_most_unlikely_is_left_to_be_said() -> None:
    found = told("Sollicité X pour qu'il nous adresse du public")
    assert found.on == TODAY
    assert found.direction is UNSAID


def test_what_is_read_as_only_to_be_done_and_tells_of_an_exchange_is_asked() -> None:
    found = told("X me demande par mail les dates de la prochaine session")
    assert found.on is None
    assert WHETHER in found.questions


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Appelé X ce matin, pas de réponse", US),
        ("Mail de X hier", THEM),
        ("Réunion hier avec X sur l'alternance", BOTH),
        ("Rappeler X lundi", None),
    ],
)
def test_what_people_write_every_day_is_stated(text: str, side: str | None) -> None:
    found = told(text)
    assert (found.direction if found.on else None) == side
    assert found.questions == []
    assert learned().shares(read(text))[side] > UNLIKELY  # type: ignore[index]


def test_the_shares_of_all_sides_add_up() -> None:
    shares = learned().shares(read("Appelé X"))
    assert set(shares) == set(SIDES)
    assert sum(shares.values()) == pytest.approx(1)


def test_a_note_of_which_nothing_is_known_is_what_most_notes_are() -> None:
    assert not Opinion({BIAS: (0, 0, 0, 0)}).doubts(read("Appelé X"), US)
    assert Opinion({BIAS: (0, 500, 0, 0)}).doubts(read("Appelé X"), US)


def test_what_stays_to_be_said_is_not_doubted() -> None:
    assert not Opinion({BIAS: (0, 500, 0, 0)}).doubts(read("Appelé X"), UNSAID)


def test_whose_name_it_is_and_which_day_do_not_count() -> None:
    assert signs(read("Appelé Songe le 3 novembre", "Songe")) == signs(read("Appelé Mirage le 12 mars", "Mirage"))


def test_it_learns_from_some_notes_what_holds_for_others(demonstration: Network) -> None:
    keys = notes(DATA / "sentences_staff.jsonl")
    sides = [{side for side in SIDES if side in each["direction"]} for each in keys]
    every = [
        Lesson("staff", seen(demonstration, key["text"], SAID_ON), one)
        for key, one in zip(keys, sides, strict=True)
        if one
    ]
    taught = learn(every[::2])
    assert taught == learn(every[::2])
    right, doubted = judged(every[1::2], taught)
    assert right > max(sum(side in each.sides for each in every) for side in SIDES) / len(every)
    assert doubted < 0.25
