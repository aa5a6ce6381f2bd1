"""Receipts and verdicts from the command line: what is said, in words and as data, and how the command ends."""

import shutil
from contextlib import closing
from pathlib import Path

import click
import pytest

from crm.ledger import verifier
from crm.store import open_store
from tests.crm.places import Place
from tests.crm.sealed import judged
from tests.ui.cli.invocation import Reseau28
from tests.ui.cli.test_private_views import WALK
from ui.cli.values import Out


def test_a_receipt_is_printed_written_and_held_against_the_journal(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "reçu.json"
    written = reseau28("--store", partners_file, "receipt", "--out", file)
    assert written.status == 0
    info = reseau28("--store", partners_file, "store", "info", "--json").json
    assert info["digest"] in written.out
    assert f"Écrit dans {file}" in written.out
    shown = reseau28("--store", partners_file, "receipt", "--json").json
    known = {"dataset": info["dataset"], "number": 7, "digest": info["digest"], "nodes": info["nodes"]}
    assert {name: shown[name] for name in known} == known
    assert shown["at"].endswith("Z")
    held = reseau28("--store", partners_file, "verify", "--receipt", file)
    assert held.status == 0
    first, second, third = held.out.splitlines()
    assert first == "Journal intact, fiches conformes au journal."
    assert second.startswith("Journal complet jusqu'au reçu du ")
    assert third == "Rien n'est sans ancrage : aucun acte depuis ce reçu."
    again = reseau28("--store", partners_file, "receipt", "--out", file)
    assert (again.status, "existe déjà" in again.err) == (3, True)


def test_a_chain_and_its_verifier_are_written_for_an_auditor(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path
) -> None:
    file, chain, program = tmp_path / "reçu.json", tmp_path / "chaîne.jsonl", tmp_path / "verificateur.py"
    written = reseau28("--store", partners_file, "receipt", "--out", file, "--chain", chain, "--verifier", program)
    assert written.status == 0
    assert f"Chaîne écrite dans {chain} : des empreintes, sans contenu, motif ni nom." in written.out
    assert (judged(chain, file).status, program.read_bytes()) == (0, Path(verifier.__file__).read_bytes())
    again = reseau28("--store", partners_file, "receipt", "--chain", chain)
    assert (again.status, "existe déjà" in again.err) == (3, True)


def test_a_fact_is_handed_with_its_links_and_proven(reseau28: Reseau28, partners_file: Path, tmp_path: Path) -> None:
    fact, chain = tmp_path / "fait.json", tmp_path / "chaîne.jsonl"
    (hit,) = reseau28("--store", partners_file, "search", "Garage Fictif", "--json").json["items"]
    written = reseau28("--store", partners_file, "fact", hit["id"], "--links", "--out", fact)
    assert written.status == 0
    assert f"Écrit dans {fact} : 3 changements, 3 fiches (liens compris)." in written.out
    assert "Ce fichier porte leurs contenus" in written.out
    alone = reseau28("--store", partners_file, "fact", hit["id"], "--out", tmp_path / "seule.json")
    assert f"Écrit dans {tmp_path / 'seule.json'} : 1 changement, 1 fiche." in alone.out
    assert reseau28("--store", partners_file, "receipt", "--chain", chain).status == 0
    said = judged(chain, None, [fact])
    assert (said.status, said.out.count("prouvé")) == (0, 3)
    absent = reseau28("--store", partners_file, "fact", "absente", "--out", tmp_path / "autre.json", "--json")
    assert (absent.status, absent.json["error"]["field"]) == (3, "id")


def test_the_verifier_is_written_where_there_is_no_network(reseau28: Reseau28, home: Path, tmp_path: Path) -> None:
    program = tmp_path / "verificateur.py"
    assert reseau28("receipt", "--verifier", program, "--json").json == {"verifier": str(program)}
    assert program.exists()
    assert not home.exists()


def test_without_a_receipt_it_is_said_that_nothing_attests(reseau28: Reseau28, partners_file: Path) -> None:
    lines = reseau28("--store", partners_file, "verify").out.splitlines()
    assert lines[0] == "Journal intact, fiches conformes au journal."
    assert lines[1].startswith("Sans ancrage depuis le ")
    assert "7 actes qu'aucun reçu donné ici n'atteste. Ce n'est pas un défaut" in lines[1]
    verdicts = reseau28("--store", partners_file, "verify", "--json").json["verdicts"]
    assert (verdicts["intact"], verdicts["complete"], verdicts["receipt"]) == (True, None, None)
    assert verdicts["unanchored_commits"] == 7


def test_a_cut_end_is_told_by_a_receipt_elsewhere_and_by_this_machine(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "reçu.json"
    reseau28("--store", partners_file, "log", "Appel avec le Garage Fictif hier")
    assert reseau28("--store", partners_file, "receipt", "--out", file).status == 0
    older = tmp_path / "autre.db"
    shutil.copy(partners_file, older)
    Place(str(older), tmp_path / "nulle part").cut_last()
    result = reseau28("--store", older, "verify", "--receipt", file, "--json")
    assert result.status == 1
    assert [fault["code"] for fault in result.json["faults"]] == ["receipt_cut"]
    assert (result.json["verdicts"]["intact"], result.json["verdicts"]["complete"]) == (True, False)
    assert [remark["code"] for remark in result.json["remarks"]] == ["seen_elsewhere"]


def test_this_machine_says_it_until_someone_accepts(reseau28: Reseau28, partners_file: Path, tmp_path: Path) -> None:
    before = tmp_path / "avant.db"
    shutil.copy(partners_file, before)
    reseau28("--store", partners_file, "log", "Appel avec le Garage Fictif hier")
    assert reseau28("--store", partners_file, "doctor").status == 0
    partners_file.unlink()
    shutil.copy(before, partners_file)
    found = reseau28("--store", partners_file, "verify", "--json")
    assert (found.status, [fault["code"] for fault in found.json["faults"]]) == (1, ["seen_cut"])
    assert "À VOIR  Suite du journal" in reseau28("--store", partners_file, "doctor").out
    assert reseau28("--store", partners_file, "verify", "--accept").status == 0
    assert reseau28("--store", partners_file, "verify").status == 0
    assert reseau28("--store", partners_file, "doctor").status == 0


@pytest.mark.parametrize("replace", [True, False])
def test_a_restore_is_no_alarm(reseau28: Reseau28, partners_file: Path, tmp_path: Path, replace: bool) -> None:
    kept = tmp_path / "sauvegarde.db"
    saved = reseau28("--store", partners_file, "backup", kept, "--json").json
    assert Path(saved["receipt"]).exists()
    reseau28("--store", partners_file, "log", "Appel avec le Garage Fictif hier")
    if not replace:
        for each in tmp_path.glob("partners.db*"):
            each.unlink()
    options = ["--replace"] if replace else []
    assert reseau28("--store", partners_file, "restore", kept, *options).status == 0
    result = reseau28("--store", partners_file, "verify", "--receipt", saved["receipt"])
    assert (result.status, result.err) == (0, "")


@pytest.mark.parametrize("content", ["", "Bonjour", "{}"])
def test_a_file_that_is_no_receipt_is_one_sentence(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "reçu.json"
    file.write_text(content, "utf-8")
    result = reseau28("--store", partners_file, "verify", "--receipt", file)
    assert (result.status, result.out, len(result.err.splitlines())) == (3, "", 1)
    assert "n'est pas un reçu" in result.err


def test_an_empty_name_of_a_receipt_is_no_verification_without_one(reseau28: Reseau28, partners_file: Path) -> None:
    result = reseau28("--store", partners_file, "verify", "--receipt", "")
    assert (result.status, result.out, result.err.count("\n")) == (3, "", 1)


def test_a_receipt_of_another_network_is_one_sentence(reseau28: Reseau28, partners_file: Path, tmp_path: Path) -> None:
    other, file = tmp_path / "autre.db", tmp_path / "reçu.json"
    with closing(open_store(str(other))):
        pass
    assert reseau28("--store", other, "receipt", "--out", file).status == 0
    result = reseau28("--store", partners_file, "verify", "--receipt", file, "--json")
    assert (result.status, result.json["error"]["code"]) == (3, "other_network")


def test_what_is_entered_long_after_the_fact_says_so(reseau28: Reseau28, partners_file: Path) -> None:
    reseau28("--store", partners_file, "log", "Appel avec la mission locale le 12/01/2026")
    with closing(open_store(str(partners_file))) as store:
        (newest,) = store.read(lambda tx: tx.commits(newest_first=True, limit=1))
        (id,) = {c.id for _, c in store.read(lambda tx: list(tx.changes(newest.number, newest.number))) if not c.source}
    shown = reseau28("--store", partners_file, "show", id, "--json").json
    (told,) = reseau28("--store", partners_file, "history", id, "--json").json["items"]
    assert shown["late"] == told["late"] > 200
    assert f"{told['late']} jours après les faits" in reseau28("--store", partners_file, "show", id).out
    assert f"{told['late']} jours après les faits" in reseau28("--store", partners_file, "history", id).out


@pytest.mark.parametrize("taken", ["there", "twice", "no folder", "standard output"])
def test_nothing_is_written_unless_every_file_can_be(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path, taken: str
) -> None:
    out, chain = tmp_path / "reçu.json", tmp_path / "chaîne.jsonl"
    if taken == "there":
        chain.write_text("la mienne", "utf-8")
    other = {"twice": tmp_path / "." / out.name, "no folder": tmp_path / "absent" / "c", "standard output": "-"}
    words = ("--out", out, "--verifier", tmp_path / "v.py", "--chain", other.get(taken, chain))
    before = sorted(tmp_path.iterdir())
    refused = reseau28("--store", partners_file, "receipt", *words)
    assert (refused.status, refused.out) == (3, "")
    assert "écrit" in refused.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_a_dash_names_no_file(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    """Every option and argument by which a command writes a file: found by their type, so that a new one is here."""
    monkeypatch.chdir(tmp_path)
    given = {"ID": "x", "ID…": "x", "FICHIER…": "liste.csv"}
    asked = []
    for path, command in WALK:
        before = [
            given[str(each.metavar)]
            for each in command.params
            if isinstance(each, click.Argument) and not isinstance(each.type, Out) and each.metavar in given
        ]
        for each in command.params:
            if isinstance(each.type, Out):
                name = [] if isinstance(each, click.Argument) else [each.opts[0]]
                asked.append((*path, *before, *name, "-", *(["--json"] if as_json else [])))
    assert {words[:2] for words in asked} >= {
        ("receipt", "--out"),
        ("evidence", "check"),
        ("evidence", "get"),
        ("fact", "x"),
    }
    assert len(asked) >= 8
    for words in asked:
        refused = reseau28("--store", partners_file, *words)
        assert (refused.status, "pas un nom de fichier" in refused.out + refused.err) == (3, True), words
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("command", ["receipt --out", "evidence get x", "backup", "calls --out"])
def test_the_home_of_nobody_is_a_folder_that_is_not_there(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = reseau28("--store", partners_file, *command.split(), "~personne-d-ici/relances.csv")
    assert (refused.status in (3, 5), "ne peut pas être écrit" in refused.err) == (True, True), refused.err
