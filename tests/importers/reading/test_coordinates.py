"""Numbers and addresses are read however they stand in a cell; what has no room is told, nothing is lost in silence."""

from pathlib import Path

import pytest

from crm.network import Network
from importers import run
from importers.reading.coordinates import emails_in, phones_in, words_beside
from importers.reading.people import named_in
from tests.importers.files import nodes, organisation, write_csv

FIXED, MOBILE = "03 21 00 00 00", "06 39 98 12 34"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"{FIXED} / {MOBILE}", [FIXED, MOBILE]), ("0321000000 0639981234", [FIXED, MOBILE]),
        (f"{FIXED} ou {MOBILE}", [FIXED, MOBILE]), (f"Tél : {FIXED} Port : {MOBILE}", [FIXED, MOBILE]),
        (f"{FIXED} poste 12 ; {MOBILE}", [f"{FIXED} poste 12", MOBILE]), (f"{FIXED}\n{MOBILE}", [FIXED, MOBILE]),
        (f"+32 2 123 45 67 / {FIXED}", ["+32 2 123 45 67", FIXED]), (f"{FIXED} / {FIXED}", [FIXED]),
        (f"{FIXED} / 12", []), ("0" * 400, []),
    ],
)  # fmt: skip
def test_two_numbers_in_a_cell_are_two(text: str, numbers: list[str]) -> None:
    assert phones_in(text).values == numbers


@pytest.mark.parametrize(
    ("text", "addresses", "words"),
    [
        ("a@exemple.fr; b@exemple.fr", ["a@exemple.fr", "b@exemple.fr"], ""),
        ("A@exemple.fr / b@exemple.fr", ["a@exemple.fr", "b@exemple.fr"], ""),
        ("Anne Fictif <a@exemple.fr>", ["a@exemple.fr"], "Anne Fictif"),
        ("E-mail : a@exemple.fr", ["a@exemple.fr"], ""),
        ("mailto:a@exemple.fr", ["a@exemple.fr"], ""), ("exemple.fr", [], ""),
    ],
)  # fmt: skip
def test_addresses_in_a_cell_and_the_words_beside_them(text: str, addresses: list[str], words: str) -> None:
    assert emails_in(text) == (addresses, words)


def test_labels_are_no_words_worth_telling() -> None:
    assert words_beside(f"Tél. (bureau) : {FIXED} poste 12") == ""
    assert words_beside(f"{FIXED} Anne Fictif") == "Anne Fictif"


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        (f"Anne Fictif (RH) {MOBILE}", {"family_name": "Fictif", "given_name": "Anne", "phone": MOBILE}, "RH"),
        ("Anne <a@exemple.fr>", {"family_name": "Anne", "email": "a@exemple.fr"}, ""),
        (
            f"Anne Fictif {FIXED} poste 12",
            {"family_name": "Fictif", "given_name": "Anne", "phone": f"{FIXED} poste 12"}, "",
        ),
        ("Anne Fictif 33639981234", {"family_name": "Fictif", "given_name": "Anne", "phone": MOBILE}, ""),
        (
            f"Anne Fictif {MOBILE} / {FIXED}",
            {"family_name": "Fictif", "given_name": "Anne", "mobile": MOBILE, "phone": FIXED}, "",
        ),
    ],
)  # fmt: skip
def test_the_contact_of_a_cell_keeps_what_stands_beside_the_name(text: str, person: dict[str, str], role: str) -> None:
    found = named_in(text)
    assert (found.person, found.role, found.nobody, found.several) == (person, role, False, False)


@pytest.mark.parametrize(
    "text", ["Service RH", "Accueil", "Ressources humaines", "DRH", "M. le Directeur", "Le service"]
)
def test_a_department_is_nobody(text: str) -> None:
    assert named_in(text).nobody


def _imported(network: Network, tmp_path: Path, text: str) -> list[tuple[str, str]]:
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert report.created == 1
    return [(fault.code, fault.value) for fault in report.faults]


def test_a_second_number_of_a_contact_has_its_field_and_that_of_a_partner_is_told(
    network: Network, tmp_path: Path
) -> None:
    both = f'"{FIXED} / {MOBILE}"'
    text = f"Structure;Contact;Téléphone du contact;Téléphone standard\nE;Anne Fictif;{both};{both}\n"
    assert _imported(network, tmp_path, text) == [("unplaced", MOBILE)]
    (person,) = nodes(network, "Person")
    assert (person.values["phone"], person.values["mobile"]) == (FIXED, MOBILE)
    assert organisation(network, "E")["phone"] == FIXED


def test_a_second_address_is_told(network: Network, tmp_path: Path) -> None:
    text = 'Structure;Email\nE;"a@exemple.fr; b@exemple.fr"\n'
    assert _imported(network, tmp_path, text) == [("unplaced", "b@exemple.fr")]
    assert organisation(network, "E")["email"] == "a@exemple.fr"


def test_a_name_before_an_address_is_the_contact_where_no_column_names_one(network: Network, tmp_path: Path) -> None:
    assert _imported(network, tmp_path, "Structure;Email\nE;Anne Fictif <a@exemple.fr>\n") == []
    (person,) = nodes(network, "Person")
    assert {k: person.values[k] for k in ("family_name", "given_name", "email")} == {
        "family_name": "Fictif", "given_name": "Anne", "email": "a@exemple.fr",
    }  # fmt: skip


def test_words_beside_a_number_are_told(network: Network, tmp_path: Path) -> None:
    text = f"Structure;Contact;Téléphone du contact\nE;Anne Fictif;{FIXED} demander Bruno\n"
    assert _imported(network, tmp_path, text) == [("unplaced", f"{FIXED} demander Bruno")]


def test_numbers_overseas_follow_the_postal_code(network: Network, tmp_path: Path) -> None:
    text = "Structure;Téléphone standard;Code postal\nE;41 23 45;97500\n"
    assert [code for code, _ in _imported(network, tmp_path, text)] == ["commune"]
    assert organisation(network, "E")["phone"] == "+508 41 23 45"


def test_an_address_alone_places_a_partner(network: Network, tmp_path: Path) -> None:
    assert _imported(network, tmp_path, "Structure;Adresse\nE;12 rue Fictive 62300 LENS CEDEX 9\n") == []
    values = organisation(network, "E")
    assert (values["address"], values["postal_code"], values["city"], values["commune"]) == (
        "12 rue Fictive", "62300", "Lens", "62498",
    )  # fmt: skip
