"""Address books of real programs come in as people, roles and organisations: rows 33 to 48 of the intake table."""

from pathlib import Path
from typing import Any

import pytest

from crm.errors import InputError
from crm.ledger.undo import undo
from crm.network import Network
from crm.records import organisations
from importers import detect, plan, run
from tests.importers.files import nodes


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def book(folder: Path, *cards: str | bytes, name: str = "contacts") -> Path:
    path = folder / name
    path.write_bytes(b"".join(each if isinstance(each, bytes) else each.encode() for each in cards))
    return path


def the(network: Network, type: str) -> dict[str, Any]:
    (found,) = nodes(network, type)
    return {name: value for name, value in found.values.items() if name != "source"}


LEA = ("N:Martin;Léa;;Mme;", "FN:Léa Martin", "ORG:Garage Fictif;Atelier", "TITLE:Responsable formation",
       "ADR;TYPE=WORK:;;1 rue Fictive;Lens;;62300;France", "TEL;TYPE=WORK,VOICE:03 21 00 00 01",
       "TEL;TYPE=CELL:06 00 00 00 01", "EMAIL;TYPE=INTERNET:Lea.Martin@Garage.example", "BDAY:1980-03-12",
       "NOTE:Aime la pêche", "PHOTO;ENCODING=b;TYPE=JPEG:AAAA")  # fmt: skip


def test_a_card_gives_a_person_their_role_and_their_organisation_once(network: Network, tmp_path: Path) -> None:
    file = book(tmp_path, card(*LEA))
    assert detect(file) == "contact_cards"
    planned, done = plan(network, [file]), run(network, [file])
    assert planned.tally.rows == done.tally.rows
    assert done.faults == []
    assert the(network, "Person") == {
        "family_name": "Martin", "given_name": "Léa", "civility": "mme", "phone": "03 21 00 00 01",
        "mobile": "06 00 00 00 01", "email": "lea.martin@garage.example",
    }  # fmt: skip
    garage = the(network, "Organisation")
    assert (garage["name"], garage["commune"], garage["address"]) == ("Garage Fictif", "62498", "1 rue Fictive")
    (role,) = network.read(lambda tx: [each for each in tx.records() if each.type == "WorksFor"])
    assert role.values == {"role": "Responsable formation"}
    assert plan(network, [file]).empty
    assert run(network, [file]).run is None
    assert done.run is not None
    undo(network, done.run)
    assert nodes(network, "Person") + nodes(network, "Organisation") == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (card("N;CHARSET=Windows-1252:Lefèvre;Anaïs", version="2.1").encode("cp1252"), ("Lefèvre", "Anaïs")),
        (card("N:Lefèvre;Anaïs", version="2.1").encode("cp1252"), ("Lefèvre", "Anaïs")),
        (card("N;CHARSET=inconnu:Lefèvre;Anaïs"), ("Lefèvre", "Anaïs")),
        (card("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8=\r\nvre;Ana=C3=AFs", version="2.1"),
         ("Lefèvre", "Anaïs")),
        (card("N:Diot,Martin;Chloé"), ("Diot Martin", "Chloé")),
        (card("FN:Anaïs Lefèvre", version="4.0"), ("Lefèvre", "Anaïs")),
        (card("FN:LEFÈVRE\\, Anaïs", version="4.0"), ("LEFÈVRE", "Anaïs")),
        (card("N:Lefèvre;Anaïs", version="2.1"), ("Lefèvre", "Anaïs")),
        (card("FN;ALTID=1;LANGUAGE=en:Anais Smith", "FN;ALTID=1;LANGUAGE=fr:Anaïs Lefèvre"), ("Lefèvre", "Anaïs")),
        (card("N:Lef\xc3", " \xa8vre;Anaïs").encode("latin-1").replace("Anaïs".encode("latin-1"), "Anaïs".encode()),
         ("Lefèvre", "Anaïs")),
        (b"\xef\xbb\xbf" + card("N:Lefèvre;Anaïs").encode(), ("Lefèvre", "Anaïs")),
        (card("N:Lefèvre;Anaïs", "AGENT:", card("N:Autre;Personne").strip()), ("Lefèvre", "Anaïs")),
    ],
)  # fmt: skip
def test_a_name_is_read_however_it_is_written(
    network: Network, tmp_path: Path, content: str | bytes, expected: tuple[str, str]
) -> None:
    run(network, [book(tmp_path, content)])
    person = the(network, "Person")
    assert (person["family_name"], person["given_name"]) == expected


@pytest.mark.parametrize(
    ("line", "version", "expected"),
    [
        ("TEL;WORK;CELL:06 00 00 00 01", "2.1", {"mobile": "06 00 00 00 01"}),
        ("TEL;TYPE=WORK;TYPE=CELL:0600000001", "3.0", {"mobile": "06 00 00 00 01"}),
        ('TEL;TYPE="work,cell":tel:+33-6-00-00-00-01', "4.0", {"mobile": "06 00 00 00 01"}),
        ("TEL;TYPE=work:tel:+33-3-21-00-00-01;ext=12", "4.0", {"phone": "03 21 00 00 01 poste 12"}),
        ("TEL;TYPE=WORK,FAX:03 21 00 00 02", "3.0", {}),
        ("item1.TEL:06 00 00 00 01\r\nitem1.X-ABLabel:Portable pro", "3.0", {"mobile": "06 00 00 00 01"}),
    ],
)
def test_a_number_is_put_where_its_kind_says(
    network: Network, tmp_path: Path, line: str, version: str, expected: dict[str, str]
) -> None:
    run(network, [book(tmp_path, card("N:Martin;Léa", line, version=version))])
    person = the(network, "Person")
    assert {name: person[name] for name in ("phone", "mobile") if name in person} == expected


def test_the_number_of_a_switchboard_is_the_organisations(network: Network, tmp_path: Path) -> None:
    lines = ("N:Martin;Léa", "ORG:Garage Fictif", "item1.TEL:03 21 00 00 09", "item1.X-ABLabel:Secrétariat")
    run(network, [book(tmp_path, card(*lines))])
    assert "phone" not in the(network, "Person")
    assert the(network, "Organisation")["phone"] == "03 21 00 00 09"


@pytest.mark.parametrize(
    "lines",
    [
        ("N:;;;;", "FN:Mission locale de Lens", "ORG:Mission locale de Lens", "X-ABShowAs:COMPANY"),
        ("KIND:org", "FN:Mission locale de Lens"),
        ("FN:Mission locale de Lens", "ORG:Mission locale de Lens"),
    ],
)
def test_the_card_of_an_organisation_is_no_person(network: Network, tmp_path: Path, lines: tuple[str, ...]) -> None:
    more = ("TEL:03 21 00 00 01", "EMAIL:contact@mission.example", "URL:https\\://mission.example")
    run(network, [book(tmp_path, card(*lines, *more))])
    assert nodes(network, "Person") == []
    found = the(network, "Organisation")
    assert found["website"] == "https://mission.example"
    assert (found["name"], found["kind"], found["phone"], found["email"]) == (
        "Mission locale de Lens", "service_public_emploi", "03 21 00 00 01", "contact@mission.example"
    )  # fmt: skip


def test_a_list_is_nobody_and_said(network: Network, tmp_path: Path) -> None:
    group = card("KIND:group", "FN:Tous les tuteurs", "MEMBER:urn:uuid:1")
    apple = card("N:Tous;;;;", "FN:Tous", "X-ADDRESSBOOKSERVER-KIND:group")
    done = run(network, [book(tmp_path, group, apple, card("N:Martin;Léa"))])
    assert the(network, "Person")["family_name"] == "Martin"
    (said,) = done.faults
    assert said.message == "2 groupes de contacts : rien n'en est repris."


def test_a_unit_is_not_the_organisation(network: Network, tmp_path: Path) -> None:
    run(network, [book(tmp_path, card("N:Martin;Léa", "ORG:CFA du Nord;Pôle\\; santé"))])
    assert the(network, "Organisation")["name"] == "CFA du Nord"


def test_neither_birthday_nor_note_nor_private_address_is_kept(network: Network, tmp_path: Path) -> None:
    private = ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-12", "ADR;TYPE=HOME:;;3 rue Privée;Arras;;62000;", "NOTE:Divorcée")
    run(network, [book(tmp_path, card("N:Martin;Léa", "ORG:Garage Fictif", *private))])
    kept = str(network.read(lambda tx: list(tx.records())))
    assert not [word for word in ("1604", "Privée", "Arras", "Divorcée") if word in kept]


def test_the_cards_before_one_that_is_cut_off_come_in_and_it_is_said(network: Network, tmp_path: Path) -> None:
    done = run(network, [book(tmp_path, card("N:Martin;Léa"), card("N:Caron;Bruno")[:-14])])
    assert the(network, "Person")["family_name"] == "Martin"
    assert [fault.code for fault in done.faults] == ["cut"]


def test_a_card_without_a_name_or_with_wrong_addresses_says_so(network: Network, tmp_path: Path) -> None:
    wrong = card(
        "N:Martin;Léa", "TEL:12", "EMAIL:pas un courriel", "EMAIL:a@exemple.example", "EMAIL:b@exemple.example"
    )
    done = run(network, [book(tmp_path, card("TEL:06 00 00 00 01"), wrong)])
    assert the(network, "Person")["email"] == "a@exemple.example"
    assert sorted(fault.code for fault in done.faults) == ["invalid", "invalid", "no_name", "unplaced"]


def test_people_with_and_without_an_organisation_come_in_from_one_book(network: Network, tmp_path: Path) -> None:
    file = book(tmp_path, card(*LEA), card("N:Caron;Bruno"), card("N:Petit;Paul", "ORG:Mairie d'Exemple"), card(*LEA))
    done = run(network, [file])
    assert (done.created, len(nodes(network, "Person")), len(nodes(network, "Organisation"))) == (3, 3, 2)
    assert run(network, [file]).run is None


def test_an_organisation_that_may_be_another_is_for_a_person_to_say(network: Network, tmp_path: Path) -> None:
    organisations.create(network, {"name": "Garage Fictif", "city": "Lens", "commune": "62498"})
    done = run(network, [book(tmp_path, card("N:Martin;Léa", "ORG:Garage Fictif"))])
    assert (done.conflict, nodes(network, "Person")) == (1, [])


def test_a_book_without_any_card_is_refused_in_one_sentence(network: Network, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="aucune fiche entière avec un nom"):
        run(network, [book(tmp_path, card("N:Martin;Léa")[:-14])])


def test_many_quotes_are_read_in_the_time_of_their_length(network: Network, tmp_path: Path) -> None:
    hostile = card("N:Martin;Léa", "X-A;" + '"' * 200_001 + ":b", f"X-B;{';' * 200_000}:b")
    run(network, [book(tmp_path, hostile)])
    assert the(network, "Person")["family_name"] == "Martin"
