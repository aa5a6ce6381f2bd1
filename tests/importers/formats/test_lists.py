"""Any list of partners: what a row says reaches the network, and what was wrong with it is told."""

from pathlib import Path

import pytest

from crm.network import Network
from graph_schema.records import LinkRecord
from importers import run
from importers.joining.outcomes import Related
from importers.reading.people import named_in, split_name
from tests.importers.files import nodes, organisation, siret, write_csv, write_xlsx

FULL = (
    "Raison sociale;Type;SIRET;Code postal;Ville;Contact;Fonction;Mail;Tel;Dernier contact;Convention signée le;"
    "Fin de convention;Rang\n"
    f"Mission locale Fictive;mission locale;{siret(7)};62300;LENS CEDEX;Mme Claire EXEMPLE;Directrice;"
    "C.Exemple@exemple.fr;0321000000;12/03/2026;01/01/2026;31/12/2026;A\n"
)


def _links(network: Network, type: str) -> list[LinkRecord]:
    return network.read(lambda tx: [r for r in tx.records() if isinstance(r, LinkRecord) and r.type == type])


@pytest.fixture
def imported(network: Network, tmp_path: Path) -> Network:
    report = run(network, [write_csv(tmp_path / "partenaires.csv", FULL)])
    assert [fault.code for fault in report.faults] == ["direction_unsaid"]
    assert report.related == {
        Related.PEOPLE: 1, Related.ROLES: 1, Related.EXCHANGES: 1, Related.AGREEMENTS: 1
    }  # fmt: skip
    return network


def test_a_row_becomes_an_organisation_in_its_commune(imported: Network) -> None:
    values = organisation(imported, "Mission locale Fictive")
    expected = {
        "kind": "service_public_emploi", "siret": siret(7), "siren": siret(7)[:9], "commune": "62498",
        "city": "Lens", "postal_code": "62300", "tier": "A", "source": "Import : partenaires.csv",
    }  # fmt: skip
    assert values == {"name": "Mission locale Fictive", **expected}


def test_the_person_of_the_row_becomes_a_contact_with_a_role(imported: Network) -> None:
    (person,) = nodes(imported, "Person")
    assert person.values == {
        "family_name": "EXEMPLE", "given_name": "Claire", "civility": "mme", "email": "c.exemple@exemple.fr",
        "phone": "03 21 00 00 00", "source": "Import : partenaires.csv",
    }  # fmt: skip
    (link,) = _links(imported, "WorksFor")
    assert (link.source, link.values) == (person.id, {"role": "Directrice"})


def test_the_last_contact_becomes_an_exchange_of_both_whose_direction_is_to_be_said(imported: Network) -> None:
    (exchange,) = nodes(imported, "Exchange")
    assert exchange.values == {
        "on": "2026-03-12", "direction": "a_preciser", "subject": "Repris du fichier partenaires.csv",
    }  # fmt: skip
    assert len(_links(imported, "Involves")) == 2


def test_the_agreement_binds_the_organisation(imported: Network) -> None:
    (agreement,) = nodes(imported, "Agreement")
    assert (agreement.values["signed_on"], agreement.values["ends_on"]) == ("2026-01-01", "2026-12-31")
    assert [link.target for link in _links(imported, "PartyTo")] == [agreement.id]


def test_several_people_of_one_organisation_may_each_have_a_row(network: Network, tmp_path: Path) -> None:
    text = (
        "Structure;Ville;Nom;Prénom;Fonction;Email\nExemple;Lens;Fictif;Paul;Tuteur;p@exemple.fr\n"
        "Exemple;Lens;Modèle;Anne;DRH;a@exemple.fr\nExemple;Lens;Modèle;Anne;DRH;a@exemple.fr\n"
    )
    report = run(network, [write_csv(tmp_path / "contacts.csv", text)])
    assert (report.created, report.unchanged, report.related[Related.PEOPLE]) == (1, 2, 2)
    assert [(fault.row, fault.code) for fault in report.faults] == [(4, "duplicate")]


def test_coordinates_without_a_person_are_the_organisation_s(network: Network, tmp_path: Path) -> None:
    text = "Structure;Ville;Contact;Mail;Tel\nExemple;Lens;;accueil@exemple.fr;03 21 00 00 00\n"
    run(network, [write_csv(tmp_path / "a.csv", text)])
    values = organisation(network, "Exemple")
    assert (values["email"], values["phone"]) == ("accueil@exemple.fr", "03 21 00 00 00")
    assert nodes(network, "Person") == []


def test_repairs_are_done_and_said(network: Network, tmp_path: Path) -> None:
    rows = [
        ["Structure", "SIRET", "Code postal", "Ville", "Téléphone"],
        ["Exemple", float(siret(7)), 1000, "Bourg-en-Bresse", 474000000],
    ]
    report = run(network, [write_xlsx(tmp_path / "a.xlsx", {"A": rows})])
    assert {(fault.column, fault.code) for fault in report.faults} == {
        ("Code postal", "repaired"), ("Téléphone", "repaired"), ("SIRET", "invalid")
    }  # fmt: skip
    values = organisation(network, "Exemple")
    assert (values["postal_code"], values["commune"], values["phone"]) == ("01000", "01053", "04 74 00 00 00")


def test_a_wrong_checksum_is_kept_and_marked(network: Network, tmp_path: Path) -> None:
    wrong = siret(7)[:-1] + str((int(siret(7)[-1]) + 1) % 10)
    report = run(network, [write_csv(tmp_path / "a.csv", f"Structure;SIRET\nExemple;{wrong}\n")])
    assert (report.created, [fault.code for fault in report.faults]) == (1, ["checksum"])
    assert organisation(network, "Exemple")["siret"] == wrong


def test_a_siren_under_siret_is_a_siren_and_a_siret_under_siren_a_siret(network: Network, tmp_path: Path) -> None:
    text = f"Structure;SIRET\nA;{siret(7)[:9]}\nB;{siret(8)}\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert [(fault.row, fault.column, fault.code) for fault in report.faults] == [(2, "SIRET", "repaired")]
    assert organisation(network, "A").get("siret") is None
    assert (organisation(network, "A")["siren"], organisation(network, "B")["siret"]) == (siret(7)[:9], siret(8))
    run(network, [write_csv(tmp_path / "b.csv", f"Structure;SIREN\nC;{siret(9)}\n")])
    assert (organisation(network, "C")["siren"], organisation(network, "C")["siret"]) == (siret(9)[:9], siret(9))


def test_declared_types_that_no_list_holds_are_told_once_and_make_no_company(network: Network, tmp_path: Path) -> None:
    rows = ["A;Restaurant", "B;Restaurant", "C;Auto-école", "D;lycée", "E;", "Mission locale Fictive;Divers"]
    report = run(network, [write_csv(tmp_path / "a.csv", "Structure;Type\n" + "\n".join(rows) + "\n")])
    (fault,) = report.faults
    assert (fault.code, fault.row, fault.column) == ("unknown_kind", 0, "Type")
    assert "« Restaurant » (2), « Auto-école » (1) et « Divers » (1)" in fault.message
    kinds = {str(each.values["name"]): each.values["kind"] for each in nodes(network, "Organisation")}
    assert kinds == {
        "A": "autre", "B": "autre", "C": "autre", "D": "etablissement_formation", "E": "entreprise",
        "Mission locale Fictive": "service_public_emploi",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("SIRET", "1,23E+13", "invalid"), ("Email", "pas une adresse", "invalid"), ("Rang", "Z", "unknown_choice"),
        ("Dernier contact", "12/03/1900", "date"), ("Dernier contact", "01/01/2999", "date"),
        ("Dernier contact", "bientôt", "invalid"), ("Ville", "Ville-qui-n-existe-pas", "commune"),
        ("Latitude", "nord", "invalid"), ("Latitude", "123.5", "less_than_equal"), ("Note", "#REF!", "formula"),
    ],
)  # fmt: skip
def test_a_cell_that_does_not_fit_is_left_out_and_its_row_kept(
    network: Network, tmp_path: Path, header: str, cell: str, code: str
) -> None:
    report = run(network, [write_csv(tmp_path / "a.csv", f'Structure;{header}\nExemple;"{cell}"\n')])
    assert report.created == 1
    (fault,) = report.faults
    assert (fault.row, fault.column, fault.value, fault.code) == (2, header, cell, code)
    assert fault.message
    assert nodes(network, "Exchange") == []


def test_rows_without_any_name_are_refused_and_told(network: Network, tmp_path: Path) -> None:
    text = f"Structure;SIRET;Ville\n;;Lens\nExemple;;Lens\n;{siret(9)};Lens\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert (report.created, report.refused) == (1, 2)
    assert [(fault.row, fault.code, fault.severity) for fault in report.faults] == [
        (2, "no_name", "error"), (4, "no_name", "error")
    ]  # fmt: skip


def test_lists_and_decimal_commas(network: Network, tmp_path: Path) -> None:
    text = 'Structure;Étiquettes;IDCC;Latitude;Effectif\nExemple;"btp, alternance";16/1486;50,43;25\n'
    run(network, [write_csv(tmp_path / "a.csv", text)])
    values = organisation(network, "Exemple")
    assert (values["tags"], values["idcc"]) == (["btp", "alternance"], ["0016", "1486"])
    assert (values["latitude"], values["headcount"]) == (50.43, "12")


def test_an_agreement_that_ends_before_it_starts_is_told(network: Network, tmp_path: Path) -> None:
    text = "Structure;Convention signée le;Fin de convention\nExemple;01/01/2026;01/01/2020\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert report.created == 1
    assert "la date de fin précède" in " ".join(fault.message for fault in report.faults)


def test_cells_beyond_the_header_are_told(network: Network, tmp_path: Path) -> None:
    report = run(network, [write_csv(tmp_path / "a.csv", "Structure;Ville\nExemple;Lens;en trop\n")])
    assert [(fault.code, fault.value) for fault in report.faults] == [("extra_cells", "en trop")]


@pytest.mark.parametrize(
    ("text", "family_first", "expected"),
    [
        ("Mme Claire EXEMPLE", False, ("EXEMPLE", "Claire", "mme")),
        ("EXEMPLE Claire", False, ("EXEMPLE", "Claire", None)),
        ("Fictif Paul", True, ("Fictif", "Paul", None)),
        ("M. Paul de Fictif", False, ("de Fictif", "Paul", "m")),
        ("Fictif", False, ("Fictif", None, None)),
    ],
)
def test_names_in_one_cell_are_split(text: str, family_first: bool, expected: tuple[str | None, ...]) -> None:
    found = split_name(text, family_first)
    assert (found["family_name"], found.get("given_name"), found.get("civility")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fictif Anne (DRH)", ("Anne", "Fictif", "DRH", "")),
        ("Anne Fictif 06 12 34 56 78", ("Fictif", "Anne", "", "06 12 34 56 78")),
        ("Anne Fictif - tél. 06 12 34 56 78", ("Fictif", "Anne", "", "06 12 34 56 78")),
        ("Fictif, Anne", ("Fictif", "Anne", "", "")), ("DE LA TOUR, Anne Marie", ("DE LA TOUR", "Anne Marie", "", "")),
        ("Anne Fictif, responsable formation", ("Fictif", "Anne", "responsable formation", "")),
        ("Anne Fictif - DRH", ("Fictif", "Anne", "DRH", "")), ("M. Maire", ("Maire", None, "", "")),
        ("Jean-Pierre N'Fictif", ("N'Fictif", "Jean-Pierre", "", "")),
        ("DE LA TOUR Anne", ("DE LA TOUR", "Anne", "", "")),
        ("Anne FICTIF née EXEMPLE", ("FICTIF née EXEMPLE", "Anne", "", "")),
    ],
)  # fmt: skip
def test_a_cell_that_names_one_person_gives_what_stands_beside_the_name(
    text: str, expected: tuple[str | None, ...]
) -> None:
    found = named_in(text)
    person = found.person
    assert (person["family_name"], person.get("given_name"), found.role, person.get("phone", "")) == expected


@pytest.mark.parametrize(
    ("contact", "code"),
    [
        ("BETA Jean et DURAND Marie", "several_people"), ("Mme Anne FICTIF / M. Marc EXEMPLE", "several_people"),
        ("Anne Fictif, Marc Exemple", "several_people"), ("M. et Mme Exemple", "several_people"),
        ("Anne & Marc FICTIF", "several_people"), ("BETA Jean DURAND Marie", "several_people"),
        ("Anne Fictif M. Exemple", "several_people"), ("accueil", "no_person"), ("service RH", "no_person"),
        ("À définir", "no_person"), ("Directeur", "no_person"), ("Bureau 12", "no_person"),
    ],
)  # fmt: skip
def test_a_cell_that_names_several_people_or_no_one_makes_nobody_and_is_told(
    network: Network, tmp_path: Path, contact: str, code: str
) -> None:
    text = f"Structure;Interlocuteur;Fonction;Email\nExemple;{contact};Tutrice;a@exemple.fr\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert nodes(network, "Person") == []
    assert [(fault.row, fault.code, fault.value) for fault in report.faults] == [
        (2, code, contact), (2, "unplaced", "Tutrice"),
    ]  # fmt: skip
    assert organisation(network, "Exemple")["email"] == "a@exemple.fr"


def test_two_people_in_two_columns_make_nobody_either(network: Network, tmp_path: Path) -> None:
    text = "Structure;Nom du contact;Prénom du contact\nExemple;BETA et DURAND;Jean et Marie\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert [fault.code for fault in report.faults] == ["several_people"]
    assert nodes(network, "Person") == []


def test_what_is_said_of_a_contact_without_a_name_is_told(network: Network, tmp_path: Path) -> None:
    text = (
        "Structure;Mail de la structure;Nom du contact;Fonction contact;Mail du contact\n"
        "Exemple;a@exemple.fr;;Directrice;b@exemple.fr\n"
    )
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert sorted((fault.code, fault.value) for fault in report.faults) == [
        ("unplaced", "Directrice"), ("unplaced", "b@exemple.fr"),
    ]  # fmt: skip


def test_a_row_shorter_than_the_header_lacks_its_last_cells_and_no_more(network: Network, tmp_path: Path) -> None:
    text = "Structure;Ville;Téléphone;Mail\nExemple;Lens\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert (report.created, report.faults) == (1, [])


def test_a_row_is_no_repeat_when_a_column_that_is_not_read_differs(network: Network, tmp_path: Path) -> None:
    text = (
        "Structure;Ville;Couleur\nExemple;Lens;bleu\nExemple;Lens;bleu\nExemple;Lens;vert\nExemple;Lens;\n"
        "Modèle;Lens;\nModèle;Lens;\n"
    )
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert (report.created, report.unchanged) == (2, 4)
    assert [(fault.row, fault.code) for fault in report.faults] == [
        (3, "duplicate"), (4, "unread_differs"), (5, "unread_differs"), (7, "duplicate"),
    ]  # fmt: skip
    assert "ne diffère de la ligne 2 que par des colonnes non reprises (« Couleur »)" in report.faults[1].message


def test_the_lines_of_an_address_are_one_address(network: Network, tmp_path: Path) -> None:
    header = "Structure;Adresse 1;Adresse 2;CP;Ville\n"
    text = f"{header}Exemple;Bâtiment B;1 rue Fictive;62300;Lens\nModèle;;2 rue Fictive;62300;Lens\n"
    run(network, [write_csv(tmp_path / "a.csv", text)])
    assert organisation(network, "Exemple")["address"] == "Bâtiment B, 1 rue Fictive"
    assert organisation(network, "Modèle")["address"] == "2 rue Fictive"
