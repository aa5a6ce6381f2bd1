"""Importing from the command line: nothing without consent, everything counted, taken back in one command."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importers.joining.outcomes import Tally
from importers.run import ImportInterrupted, ImportReport
from tests.crm.guarded.test_agenda import calendar, event
from tests.ui.cli.invocation import Reseau28
from ui.cli.commands import import_

KEYS = {"run", "created", "updated", "unchanged", "conflict", "refused", "columns", "faults"}
FAULT = {"file", "sheet", "row", "column", "value", "code", "message", "hint", "severity"}


def test_a_dry_run_counts_and_writes_nothing(reseau28: Reseau28, csv_file: Path) -> None:
    result = reseau28("import", csv_file, "--dry-run", "--json")
    assert result.status == 1  # a row is refused
    assert set(result.json) == KEYS
    assert (result.json["run"], result.json["created"], result.json["refused"]) == (None, 1, 1)
    assert [(f["file"], f["row"], f["code"]) for f in result.json["faults"]] == [("liste.csv", 3, "no_name")]
    assert set(result.json["faults"][0]) == FAULT
    assert reseau28("partners", "--json").json["items"] == []


def test_each_column_tells_what_it_was_read_as_and_why(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(
        "Structure;Adresse mail;Couleur;Téléphone;Portable;;Finalité\nGarage Fictif;a@exemple.fr;bleu;;;;\n",
        encoding="utf-8",
    )
    columns = reseau28("import", file, "--dry-run", "--json").json["columns"]
    assert {(each["file"], each["sheet"]) for each in columns} == {("liste.csv", "")}
    assert [(each["header"], each["target"], each["why"]) for each in columns] == [
        ("Structure", "Organisation.name", "reconnue par son intitulé"),
        ("Adresse mail", "Organisation.email", "reconnue par son intitulé : aucune colonne ne nomme de personne"),
        ("Couleur", None, "non reprise : aucun champ ne porte cet intitulé"),
        ("Téléphone", "Organisation.phone", "reconnue par son intitulé"),
        ("Portable", None, "non reprise : déjà prise par une autre colonne"),
        ("", None, "non reprise : colonne sans intitulé"),
        ("Finalité", None, "non reprise : aucune colonne ne donne la date de l'échange"),
    ]
    said = reseau28("import", file, "--dry-run").out
    assert "Structure → Organisation · Nom (reconnue par son intitulé)" in said
    assert "Couleur → non reprise (aucun champ ne porte cet intitulé)" in said
    assert reseau28("import", file, "--yes", "--json").json["columns"] == columns


LIST = "Ville;Intitulé;Repère;Couleur\nLens;Garage Fictif;G1;bleu\nArras;Atelier Imaginaire;A2;vert\n"


@pytest.mark.parametrize("field", ["Raison sociale", "Organisation · Nom", "organisation nom", "Organisation.name"])
def test_a_column_is_given_a_field_by_its_french_name(reseau28: Reseau28, tmp_path: Path, field: str) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(LIST, encoding="utf-8")
    refused = reseau28("import", file, "--yes")
    assert "--map" in refused.err
    done = reseau28("import", file, "--yes", "--map", f"intitule={field}", "--map", "Repère=Sigle", "--json").json
    assert done["created"] == 2
    assert [(each["header"], each["target"], each["why"]) for each in done["columns"][1:3]] == [
        ("Intitulé", "Organisation.name", "choisie par vous"), ("Repère", "Organisation.acronym", "choisie par vous"),
    ]  # fmt: skip


def test_a_column_is_skipped_and_the_one_that_it_hid_is_read(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Structure;Ville;Commune\nGarage Fictif;Lille;Lens\n", encoding="utf-8")
    columns = reseau28("import", file, "--dry-run", "--skip", "Ville", "--json").json["columns"]
    assert [each["target"] for each in columns] == ["Organisation.name", None, "Organisation.city"]


def test_a_file_of_no_known_header_comes_in_once_its_columns_are_told(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Alpha;Bêta\nGarage Fictif;Lens\n", encoding="utf-8")
    assert reseau28("import", file, "--yes").status != 0
    done = reseau28("import", file, "--yes", "--map", "Alpha=Raison sociale", "--map", "Bêta=Ville", "--json").json
    assert done["created"] == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "Intitule2=Raison sociale"), "ne s'appelle « Intitule2 ». Les plus proches : « Intitulé »"),
        (("--map", "Intitulé=Raison"), "Aucun champ ne s'appelle « Raison ». Les plus proches : "),
        (("--map", "Intitulé=Courriel"), "« Personne · Courriel » : écrivez lequel en entier"),
        (("--map", "Intitulé"), 'écrivez --map "Colonne=champ"'),
        (("--map", "=Ville"), 'écrivez --map "Colonne=champ"'),
        (("--skip", "Rien de tel"), "Aucune colonne ne s'appelle « Rien de tel »"),
        (("--map", "Ville=Sigle", "--skip", "Ville"), "à la fois dans --map et dans --skip"),
        (("--map", "Intitulé=Raison sociale", "--map", "Repère=Raison sociale"), "« Intitulé » et « Repère »"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_one_sentence_and_nothing_is_written(
    reseau28: Reseau28, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(LIST, encoding="utf-8")
    result = reseau28("import", file, "--yes", *options)
    assert result.status != 0
    assert said in result.err
    assert reseau28("partners", "--json").json["items"] == []


def test_what_is_not_read_is_said_once_it_is_imported_too(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Structure;Ville;Commune;Couleur\nGarage Fictif;Lens;Lens;bleu\n", encoding="utf-8")
    said = reseau28("import", file, "--yes").out
    assert "Colonnes : 2 colonnes reprises, 2 non reprises :" in said
    assert "  Commune (« Ville » donne déjà ce champ)" in said
    assert "  Couleur (aucun champ ne porte cet intitulé)" in said
    assert "Le réseau savait déjà tout ce qui est repris : rien n'a changé." in reseau28("import", file, "--yes").out


def test_an_import_is_listed_and_can_be_taken_back(reseau28: Reseau28, csv_file: Path) -> None:
    done = reseau28("import", csv_file, "--yes", "--json").json
    assert (done["created"], done["updated"], done["unchanged"], done["conflict"], done["refused"]) == (1, 0, 0, 0, 1)
    listed = reseau28("imports", "--json").json["items"]
    assert [(run["run"], run["files"], run["undone"]) for run in listed] == [(done["run"], ["liste.csv"], False)]
    undone = reseau28("undo", done["run"], "--json").json
    assert (undone["undoes"], undone["kept"]) == (done["run"], [])
    assert reseau28("partners", "--json").json["items"] == []
    assert reseau28("verify").status == 0
    assert "annulé" in reseau28("imports").out


def test_the_same_file_twice_changes_nothing_and_says_so(reseau28: Reseau28, csv_file: Path) -> None:
    reseau28("import", csv_file, "--yes")
    again = reseau28("import", csv_file, "--yes", "--json").json
    assert (again["run"], again["created"], again["unchanged"]) == (None, 0, 1)
    assert "rien n'a changé" in reseau28("import", csv_file, "--yes").out


def test_a_file_without_fault_gives_status_0(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "propre.csv"
    file.write_text("Nom;Code postal;Ville\nAtelier Imaginaire;62000;Arras\n", encoding="utf-8")
    assert reseau28("import", file, "--yes").status == 0


@pytest.mark.parametrize("name", ["rapport.csv", "rapport.json"])
def test_a_report_holds_every_fault(reseau28: Reseau28, csv_file: Path, tmp_path: Path, name: str) -> None:
    report = tmp_path / name
    reseau28("import", csv_file, "--yes", "--report", report)
    content = report.read_bytes()
    assert "Aucun nom d'organisation" in content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf") is name.endswith(".csv")


@pytest.mark.parametrize(("answer", "created"), [("oui\n", 1), ("o\n", 1), ("non\n", 0), ("\n", 0)])
def test_at_a_terminal_the_plan_is_shown_and_consent_asked(
    reseau28: Reseau28, csv_file: Path, answer: str, created: int
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", "from ui.cli import main; main()", "import", str(csv_file), "--json"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, answer.encode())
        seen = b""
        while b"[o/N]" not in seen:
            seen += os.read(ours, 1024)
        assert process.stdout is not None
        process.stdout.read()
        process.wait()
    os.close(ours)
    assert "Garage Fictif" in seen.decode()
    assert len(reseau28("partners", "--json").json["items"]) == created


def test_without_consent_nothing_is_written(reseau28: Reseau28, csv_file: Path, home: Path) -> None:
    assert reseau28("import", csv_file).status == 2
    assert not home.exists()


def test_an_interrupted_import_says_how_to_go_on(
    reseau28: Reseau28, csv_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise ImportInterrupted(ImportReport(None, Tally()))

    monkeypatch.setattr(import_, "run", interrupted)
    result = reseau28("import", csv_file, "--yes", "--json")
    assert (result.status, result.json["error"]["family"]) == (130, "interrupted")
    assert "même fichier" in result.json["error"]["message"]


def test_a_template_is_written_and_imports_back(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "a-remplir.xlsx"
    written = reseau28("import", "--template", "conventions", "--out", file, "--json").json
    assert written["file"] == str(file)
    book = load_workbook(file)
    assert book.sheetnames == ["Conventions", "Valeurs acceptées"]
    assert [cell.value for cell in book.worksheets[0][1]] == written["columns"]
    row = {"Raison sociale": "Garage Fictif", "Ville": "Lens", "Numéro de convention": "C-12"}
    for column, header in enumerate(written["columns"], start=1):
        book.worksheets[0].cell(2, column).value = row.get(header)
    book.save(file)
    done = reseau28("import", file, "--yes", "--json")
    assert (done.status, done.json["created"], done.json["faults"]) == (0, 1, [])
    assert reseau28("search", "C-12", "--json").json["items"][0]["type"] == "Agreement"


def test_a_fault_of_a_sheet_of_one_sort_says_its_row_and_its_column(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "comites.xlsx"
    reseau28("import", "--template", "comités", "--out", file)
    book = load_workbook(file)
    book.worksheets[0].append(["Comité du bassin", "Sorte inconnue"])
    book.save(file)
    done = reseau28("import", file, "--yes")
    assert "comites.xlsx, feuille Comités, ligne 2, colonne « Type » : « Sorte inconnue » n'est pas" in done.out
    assert reseau28("search", "bassin", "--json").json["items"][0]["type"] == "Committee"


def test_a_template_asked_for_wrongly_is_refused_and_nothing_is_written(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "a-remplir.csv"
    assert "doit finir par .xlsx" in reseau28("import", "--template", "conventions", "--out", file).err
    assert "vont ensemble" in reseau28("import", "--template", "conventions").err
    assert "vont ensemble" in reseau28("import", "--out", tmp_path / "seul.xlsx").err
    unknown = reseau28("import", "--template", "territoires", "--out", tmp_path / "seul.xlsx").err
    assert "choisissez parmi : organisations, personnes, échanges, conventions" in unknown
    assert list(tmp_path.glob("*.csv")) + list(tmp_path.glob("*.xlsx")) == []


def test_a_calendar_is_planned_imported_and_said_by_its_format_alone(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "export"
    file.write_bytes(calendar(*event("DTSTART:20260312T080000Z", "SUMMARY:Point", "ATTENDEE:mailto:a@exemple.example")))
    assert "Agenda (.ics)" in reseau28("import", "--help").out
    said = reseau28("import", file, "--dry-run").out
    assert "1 à regarder" in said
    assert "Indiquez-les dans « Réglages »" in said
    assert reseau28("import", file, "--yes", "--json").json["conflict"] == 1
