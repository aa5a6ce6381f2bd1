"""Learners are no contacts: nothing of them is read, their employers come in, and it is said."""

from pathlib import Path

import pytest

from crm.errors import InputError
from crm.network import Network
from importers import run
from importers.opening import preview
from importers.reading.learners import learner_columns
from tests.importers.files import nodes, organisation, write_csv, write_xlsx


@pytest.mark.parametrize(
    "header",
    ["INE", "N° INE", "NIR", "Numéro de sécurité sociale", "Date de naissance", "Né(e) le", "Lieu de naissance",
     "Nationalité", "Sexe", "RQTH", "Date de début de la formation", "Code formation diplôme",
     "Formation suivie", "Diplôme préparé", "Apprenti", "Apprenti(e)", "Stagiaire", "Nom de l'apprenti",
     "Nom et prénom du stagiaire", "Élève", "Étudiant(e)", "Alternant", "Mail de l'apprenant",
     "Date d'entrée en formation"],
)  # fmt: skip
def test_a_header_of_learners_is_known(header: str) -> None:
    assert learner_columns(["Entreprise", header]) == [header]


@pytest.mark.parametrize(
    "header",
    ["Nombre d'apprentis", "Accueille des stagiaires", "Référence de l'apprenant", "Accueil concerné", "Tuteur",
     "Maître d'apprentissage", "Taxe d'apprentissage", "Formation concernée", "Nom", "Prénom", "Stagiaires accueillis"],
)  # fmt: skip
def test_a_list_of_partners_may_speak_of_learners(header: str) -> None:
    assert learner_columns(["Entreprise", header]) == []


def test_only_the_employers_of_a_table_of_learners_come_in(network: Network, tmp_path: Path) -> None:
    text = (
        "Nom;Prénom;Date de naissance;Email;Téléphone;Ville;Observations;Entreprise;Ville de l'entreprise\n"
        "FICTIF;Anne;12/03/2008;anne@exemple.fr;0639981234;Arras;Sérieuse;Garage Exemple;Lens\n"
    )
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert report.created == 1
    assert [(fault.code, fault.row) for fault in report.faults] == [("learners", 0)]
    assert "« Date de naissance »" in report.faults[0].message
    assert nodes(network, "Person") == []
    values = organisation(network, "Garage Exemple")
    assert values["city"] == "Lens"
    assert not {"email", "phone", "note"} & values.keys()
    kept = [column.header for column in report.tally.columns if column.target]
    assert kept == ["Entreprise", "Ville de l'entreprise"]
    told = repr(report.faults) + repr(report.tally.details)
    assert not any(secret in told for secret in ("FICTIF", "anne@exemple.fr", "12/03/2008", "Sérieuse"))


def test_a_tutor_comes_in_where_people_choose_it(network: Network, tmp_path: Path) -> None:
    text = "Nom;Prénom;INE;Entreprise;Tuteur\nFICTIF;Anne;0123456789A;Garage Exemple;Paul Modèle\n"
    file = write_csv(tmp_path / "a.csv", text)
    guessed = preview(file)[0].mapping
    assert guessed is not None
    run(network, [file], guessed.changed(4, "Person.family_name"))
    assert [each.values["family_name"] for each in nodes(network, "Person")] == ["Modèle"]


def test_who_answers_for_a_learner_is_no_contact_of_an_employer(network: Network, tmp_path: Path) -> None:
    header = "nom_apprenant *;ine_apprenant;responsable_apprenant_mail1;email_contact;Entreprise;Email de l'entreprise"
    row = "FICTIF;0123456789A;parent@exemple.fr;anne@exemple.fr;Garage Exemple;garage@exemple.fr"
    run(network, [write_csv(tmp_path / "a.csv", f"{header}\n{row}\n")])
    assert organisation(network, "Garage Exemple")["email"] == "garage@exemple.fr"
    assert nodes(network, "Person") == []


@pytest.mark.parametrize("header", ["Nom;Prénom;INE;Email", "Nom;Date de naissance", "Apprenti;Formation suivie;Ville"])
def test_a_table_of_learners_without_organisations_is_refused(network: Network, tmp_path: Path, header: str) -> None:
    row = ";".join("FICTIF" for _ in header.split(";"))
    with pytest.raises(InputError, match=r"apprenants|aucun"):
        run(network, [write_csv(tmp_path / "a.csv", f"{header}\n{row}\n")])
    assert nodes(network, "Organisation") == nodes(network, "Person") == []


def test_a_sheet_of_learners_takes_nothing_from_the_others(network: Network, tmp_path: Path) -> None:
    sheets = {
        "Partenaires": [["Structure", "Nom du contact"], ["Exemple", "Anne Fictif"]],
        "Apprentis": [["Nom", "Prénom", "INE"], ["FICTIF", "Bruno", "0123456789A"]],
    }
    report = run(network, [write_xlsx(tmp_path / "a.xlsx", sheets)])
    assert (report.created, len(nodes(network, "Person"))) == (1, 1)
    (fault,) = report.faults
    assert (fault.sheet, fault.code) == ("Apprentis", "sheet_unread")
    assert "apprenant" in fault.message
