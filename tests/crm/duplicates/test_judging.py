"""For certain, two contents are one organisation only where an identifier or a whole name in one place says so."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.duplicates.addresses import elsewhere
from crm.duplicates.judging import judge
from crm.duplicates.names import name_key, tells

WORDS = ["Crèche", "Garage", "École Fictive", "Lycée", "Atelier Exemple"]
LETTERS = ["A", "D", "L", "B", "2", "12", "Nord"]
TOWNS = [("62498", "Lens"), ("62119", "Béthune"), (None, "")]
STREETS = ["rue Fictive", "avenue de l'Exemple", "place Vraie"]


def _spelled(word: str, letter: str, town: str, how: int) -> str:
    """One name as people spell it: case, accents, legal form, its town."""
    name = f"{word} {letter}"
    return [name, name.upper(), f"SARL {name}", f"{name} - {town}" if town else name, f"  {name.lower()} "][how]


ORGANISATIONS = st.builds(
    lambda word, letter, town, how, street, number: {
        "told": (word, letter, town[0], street, number),
        "values": {
            "name": _spelled(word, letter, town[1], how),
            "address": f"{number} {street}" if street else None,
            "commune": town[0],
            "city": town[1],
        },
    },
    st.sampled_from(WORDS),
    st.sampled_from(LETTERS),
    st.sampled_from(TOWNS),
    st.integers(0, 4),
    st.sampled_from([None, *STREETS]),
    st.integers(1, 3),
)


@given(one=ORGANISATIONS, other=ORGANISATIONS)
def test_without_an_identifier_certain_is_one_name_in_one_place_at_no_other_address(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    (*name, place, street, number), (*other_name, other_place, other_street, other_number) = one["told"], other["told"]
    one_address = None in (street, other_street) or (street, number) == (other_street, other_number)
    judgement = judge(one["values"], other["values"])
    assert bool(judgement and judgement.certain) == (name == other_name and place == other_place and one_address)
    assert judgement == judge(other["values"], one["values"])


@given(one=ORGANISATIONS, other=ORGANISATIONS, field=st.sampled_from(["siret", "siren"]))
def test_another_identifier_makes_two_whatever_else_they_share(
    one: dict[str, Any], other: dict[str, Any], field: str
) -> None:
    assert judge({**one["values"], field: "1"}, {**other["values"], field: "2"}) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 rue du Gal Fictif", "12, Rue du Général Fictif", True),
        ("12-14 rue Fictive", "14 rue Fictive 62300 Lens", True),
        ("12 bis rue Fictive, BP 40", "12 RUE FICTIVE CEDEX 9", True),
        ("", "12 rue Fictive", True),
        ("rue Fictive", "12 rue Fictive", True),
        ("12 rue Fictive", "21 rue Fictive", False),
        ("rue Fictive", "rue Vraie", False),
        ("ZA Nord", "12 rue Vraie", False),
    ],
)
def test_addresses_contradict_by_number_or_by_street(one: str, other: str, same: bool) -> None:
    assert elsewhere(one, other, "Lens") is not same
    assert elsewhere(other, one, "Lens") is not same


@pytest.mark.parametrize("name", ["Mairie", "Accueil", "GRETA", "L'accueil", "SARL Garage"])
def test_one_generic_word_is_no_name(name: str) -> None:
    assert not tells(name)
    assert tells(f"{name} Exemple")


def test_what_is_grammar_is_left_out_of_a_name_and_what_is_a_letter_stays() -> None:
    assert name_key("Crèche d'Arras") == name_key("CRECHE D ARRAS") == name_key("Crèche Arras")
    assert len({name_key(f"Crèche {letter}", "L'Isle-d'Abeau") for letter in "ADL"}) == 3
    assert name_key("Garage Martin", "Saint-Martin-Boulogne") != name_key("Garage Boulogne", "Saint-Martin-Boulogne")
