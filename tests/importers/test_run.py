"""An import is one run of whole commits, that changes nothing the second time and goes on where it was cut."""

import csv
import json
from pathlib import Path

import pytest

from crm.errors import Forbidden
from crm.ledger.imports import imports
from crm.ledger.undo import undo
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from importers import ImportInterrupted, Progress, plan, run, write_faults
from importers.batches import COMMIT_CHANGES
from importers.joining.outcomes import DETAILS, Outcome, Tally
from tests.importers.files import annuaire_row, nodes, organisation, siret, write_annuaire, write_csv

CONTACTS = (
    "Structure;SIRET;Code postal;Ville;Contact;Fonction;Mail;Dernier contact;Convention signée le\n"
    f"Exemple A;{siret(1)};62300;Lens;Mme Anne FICTIF;DRH;a@exemple.fr;01/02/2026;01/01/2026\n"
    f"Exemple A;{siret(1)};62300;Lens;M. Luc MODÈLE;Tuteur;l@exemple.fr;;\n"
    "Exemple B;;62400;Béthune;;;accueil@exemple-b.fr;03/02/2026;\n"
)


def _annuaire(tmp_path: Path, count: int, name: str = "annuaire.csv") -> Path:
    return write_annuaire(tmp_path / name, [annuaire_row(n) for n in range(count)])


def _head(network: Network) -> int:
    return network.read(lambda tx: tx.head().number)


@pytest.mark.parametrize("text", [CONTACTS, CONTACTS.replace(siret(1), "")])
def test_the_same_file_twice_changes_nothing_and_says_so(network: Network, tmp_path: Path, text: str) -> None:
    file = write_csv(tmp_path / "contacts.csv", text)
    first, head = run(network, [file]), _head(network)
    second = run(network, [file])
    assert (first.created, first.unchanged) == (2, 1)
    assert (second.run, second.unchanged, second.created, second.related) == (None, 3, 0, {})
    assert second.known is not None
    assert second.known.id == first.run
    assert _head(network) == head


def test_a_plan_writes_nothing_and_counts_what_the_run_will_do(network: Network, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "contacts.csv", CONTACTS)
    planned = plan(network, [file])
    assert (_head(network), planned.empty, planned.before) == (0, False, None)
    created = planned.tally.details[Outcome.CREATED]
    assert [(row.row, row.name, row.changes[0].field) for row in created] == [
        (2, "Exemple A", "name"),
        (4, "Exemple B", "name"),
    ]
    done = run(network, [file])
    assert (done.tally.rows, done.tally.related) == (planned.tally.rows, planned.tally.related)
    assert plan(network, [file]).empty


def test_commits_hold_at_most_five_thousand_changes_and_close_with_a_mark(network: Network, tmp_path: Path) -> None:
    report = run(network, [_annuaire(tmp_path, COMMIT_CHANGES + 10)])
    commits = network.read(lambda tx: tx.commits(run=report.run))
    assert [commit.changes for commit in commits] == [COMMIT_CHANGES, 10, 0]
    assert [commit.detail.get("finished", False) for commit in commits] == [False, False, True]
    assert {commit.source for commit in commits} == {"import"}
    assert {commit.detail["file"] for commit in commits} == {"annuaire.csv"}


def test_a_commit_holds_at_most_five_thousand_changes_even_of_the_richest_rows(
    network: Network, tmp_path: Path
) -> None:
    header, *_ = CONTACTS.splitlines()
    rows = [
        f"Exemple {n};;62300;Lens;M. Luc Fictif{n};Tuteur;l{n}@exemple.fr;01/02/2026;01/01/2026" for n in range(1400)
    ]
    report = run(network, [write_csv(tmp_path / "riche.csv", "\n".join([header, *rows]))])
    commits = network.read(lambda tx: tx.commits(run=report.run))
    assert sum(commit.changes for commit in commits) == 1400 * 8
    assert max(commit.changes for commit in commits) <= COMMIT_CHANGES
    assert verify(network) == []


def test_two_files_are_one_run(network: Network, tmp_path: Path) -> None:
    first = write_annuaire(tmp_path / "annuaire.csv", [annuaire_row(n) for n in range(10, 13)])
    second = write_csv(tmp_path / "contacts.csv", CONTACTS)
    report = run(network, [first, second])
    (found,) = imports(network)
    assert (found.id, found.files) == (report.run, ("annuaire.csv", "contacts.csv"))
    assert run(network, [second, first]).run is None


def test_an_empty_cell_never_erases_and_new_values_complete(network: Network, tmp_path: Path) -> None:
    run(network, [write_csv(tmp_path / "a.csv", "Structure;Ville;Tel;Étiquettes\nExemple;Lens;0321000000;btp\n")])
    text = "Structure;Ville;Tel;Étiquettes;Site web\nExemple;Lens;;alternance;exemple.fr\n"
    report = run(network, [write_csv(tmp_path / "b.csv", text)])
    values = organisation(network, "Exemple")
    assert (report.updated, values["phone"], values["website"]) == (1, "03 21 00 00 00", "exemple.fr")
    assert values["tags"] == ["btp", "alternance"]


def test_a_file_corrects_what_a_file_wrote_but_not_what_a_person_typed(network: Network, tmp_path: Path) -> None:
    run(network, [write_csv(tmp_path / "a.csv", f"Structure;SIRET;Tel;Site web\nExemple;{siret(1)};0321000000;a.fr\n")])
    (record,) = nodes(network, "Organisation")
    network.commit("Édition", lambda unit: unit.update(record.id, {"phone": "03 21 11 11 11"}))
    text = f"Structure;SIRET;Tel;Site web\nExemple;{siret(1)};0322000000;b.fr\n"
    report = run(network, [write_csv(tmp_path / "b.csv", text)])
    values = organisation(network, "Exemple")
    assert (report.conflict, values["phone"], values["website"]) == (1, "03 21 11 11 11", "b.fr")
    assert [(fault.code, fault.value) for fault in report.faults] == [("edited", "03 22 00 00 00")]
    (row,) = report.tally.details[Outcome.CONFLICT]
    assert [cell.field for cell in row.kept] == ["phone"]


def test_of_two_rows_that_contradict_each_other_the_first_wins(network: Network, tmp_path: Path) -> None:
    text = f"Structure;SIRET;Tel\nExemple;{siret(1)};0321000000\nExemple;{siret(1)};0322000000\nExemple;{siret(1)};\n"
    file = write_csv(tmp_path / "a.csv", text)
    for created, unchanged in ((1, 1), (0, 2)):
        report = run(network, [file])
        assert (report.created, report.unchanged, report.conflict) == (created, unchanged, 1)
        assert [(fault.row, fault.code) for fault in report.faults] == [(3, "contradiction"), (4, "duplicate")]
    assert organisation(network, "Exemple")["phone"] == "03 21 00 00 00"


def test_an_import_taken_back_can_be_done_again(network: Network, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "contacts.csv", CONTACTS)
    first = run(network, [file])
    assert first.run is not None
    undo(network, first.run)
    assert nodes(network, "Organisation") == []
    again = run(network, [file])
    assert (again.created, again.resumed) == (2, False)
    assert again.run != first.run
    assert [found.undone for found in imports(network)] == [False, True]
    assert verify(network) == []


def test_an_interrupted_import_goes_on_under_its_name(network: Network, tmp_path: Path) -> None:
    file = _annuaire(tmp_path, COMMIT_CHANGES + 10)

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(ImportInterrupted, match="Importez à nouveau le même fichier") as stopped:
        run(network, [file], progress=stop)
    (cut,) = imports(network)
    assert (cut.finished, cut.created, cut.id) == (False, COMMIT_CHANGES, stopped.value.report.run)
    assert plan(network, [file]).before == cut
    report = run(network, [file])
    assert (report.run, report.resumed, report.created) == (cut.id, True, 10)
    (done,) = imports(network)
    assert (done.finished, done.created) == (True, COMMIT_CHANGES + 10)


def test_progress_tells_rows_and_how_far_the_file_is_read(network: Network, tmp_path: Path) -> None:
    file = _annuaire(tmp_path, COMMIT_CHANGES + 1)
    told: list[Progress] = []
    run(network, [file], progress=told.append)
    assert [progress.rows for progress in told] == [COMMIT_CHANGES, COMMIT_CHANGES + 1]
    assert told[-1].position == told[-1].total == file.stat().st_size


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR])
def test_importing_needs_its_right(network: Network, tmp_path: Path, role: Role) -> None:
    other = Network(network.store, Actor("A. Fictif", role))
    for act in (run, plan):
        with pytest.raises(Forbidden):
            act(other, [_annuaire(tmp_path, 1)])


def test_all_faults_reach_the_report_though_memory_keeps_the_first(network: Network, tmp_path: Path) -> None:
    rows = "".join(f"Exemple {n};=1+{n}\n" for n in range(DETAILS + 50))
    file = write_csv(tmp_path / "a.csv", f"Structure;Email\n{rows}")
    as_csv, as_json = tmp_path / "fautes.csv", tmp_path / "fautes.json"
    with write_faults(as_csv) as on_fault:
        planned = plan(network, [file], on_fault=on_fault)
    with write_faults(as_json) as on_fault:
        report = run(network, [file], on_fault=on_fault)
    assert len(planned.tally.faults) == len(report.faults) == DETAILS
    assert report.tally.codes["invalid"] == DETAILS + 50
    assert len(json.loads(as_json.read_text("utf-8"))) == DETAILS + 50
    lines = list(csv.reader(as_csv.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert (len(lines), lines[1][4]) == (DETAILS + 51, "'=1+0")


def test_errors_are_kept_rather_than_warnings() -> None:
    from importers import ImportFault, Severity

    tally = Tally()
    tally.add_faults(ImportFault("a.csv", "", n, "", "", "repaired", "Réparé.") for n in range(DETAILS))
    tally.add_faults([ImportFault("a.csv", "", 999, "", "", "no_name", "Sans nom.", severity=Severity.ERROR)])
    assert (len(tally.faults), tally.faults[-1].row) == (DETAILS, 999)
