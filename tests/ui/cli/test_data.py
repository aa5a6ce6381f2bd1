"""Looking after data from the command line: the journal, copies, backups, the doctor, the demonstration."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm.ledger import receipts
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import serving
from crm.store import open_store
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.territory import departements
from graph_schema.wording import NARROW
from tests.ui.application import as_typed
from tests.ui.cli.invocation import Reseau28


def test_history_tells_commits_and_the_changes_of_a_record(reseau28: Reseau28, three_partners: Path) -> None:
    commits = reseau28("--store", three_partners, "history", "--json").json["items"]
    assert [commit["number"] for commit in commits] == list(range(len(commits), 0, -1))
    assert reseau28("--store", three_partners, "history", "--limit", 2, "--json").json["items"] == commits[:2]
    id = reseau28("--store", three_partners, "search", "garage", "--json").json["items"][0]["id"]
    (change,) = reseau28("--store", three_partners, "history", id, "--json").json["items"]
    assert (change["action"], change["before"], change["after"]["name"]) == ("create", None, "Garage Fictif")
    assert "Nom : — → Garage Fictif" in reseau28("--store", three_partners, "history", id).out


def test_verify_finds_what_was_altered_outside_of_the_journal(reseau28: Reseau28, partners_file: Path) -> None:
    document = reseau28("--store", partners_file, "verify", "--json").json
    assert (document["ok"], document["faults"], document["remarks"]) == (True, [], [])
    with closing(sqlite3.connect(partners_file)) as db, db:
        db.execute("UPDATE node SET body = replace(body, 'Garage Fictif', 'Garage Truqué')")
    result = reseau28("--store", partners_file, "verify", "--json")
    assert (result.status, result.json["ok"]) == (1, False)
    assert [fault["code"] for fault in result.json["faults"]] == ["record_altered", "caption", "search"]
    assert "hors du journal" in reseau28("--store", partners_file, "verify").out


def test_a_copy_and_a_restored_backup_are_the_same_network(
    reseau28: Reseau28, three_partners: Path, tmp_path: Path
) -> None:
    copied, kept, restored = (tmp_path / name for name in ("copie.db", "sauvegarde.db", "restauré.db"))
    assert reseau28("store", "copy", three_partners, copied, "--json").json["copied"] == 7
    assert reseau28("store", "copy", three_partners, copied, "--json").json["copied"] == 0
    assert reseau28("--store", three_partners, "backup", kept).status == 0
    assert reseau28("--store", restored, "restore", kept).status == 0
    known = ("dataset", "digest", "nodes", "links", "commits")
    facts = [reseau28("--store", each, "store", "info", "--json").json for each in (three_partners, copied, restored)]
    assert len({tuple(fact[key] for key in known) for fact in facts}) == 1
    assert "7 actes" in reseau28("--store", copied, "store", "info").out


def test_the_doctor_finds_a_healthy_place(reseau28: Reseau28, three_partners: Path) -> None:
    assert reseau28("doctor", "--json").json == {"ok": True, "faults": []}
    assert reseau28("--store", three_partners, "doctor", "--json").json == {"ok": True, "faults": []}
    assert "34 875 communes" in reseau28("doctor").out.replace(" ", " ")


def test_the_doctor_names_a_store_that_is_not_ours(reseau28: Reseau28, tmp_path: Path) -> None:
    file = tmp_path / "texte.db"
    file.write_text("Ceci n'est pas un réseau. " * 400, encoding="utf-8")
    result = reseau28("--store", file, "doctor", "--json")
    codes = [fault["code"] for fault in result.json["faults"]]
    assert (result.status, codes[-1]) == (1, "not_ours")
    assert f"À VOIR  « {file} »" in reseau28("--store", file, "doctor").out


def test_old_data_are_told_apart_saved_and_migrated(reseau28: Reseau28, partners_file: Path) -> None:
    with closing(sqlite3.connect(partners_file)) as db, db:
        db.execute("PRAGMA user_version = 0")
    assert reseau28("--store", partners_file, "partners", "--json").json["error"]["code"] == "version"
    done = reseau28("--store", partners_file, "migrate", "--json").json
    assert (done["from"], done["to"], done["steps"]) == (0, SCHEMA_VERSION, SCHEMA_VERSION)
    assert [(fault["code"], fault["where"]) for fault in done["faults"]] == [("schema_lowered", "0")]
    assert reseau28("--store", done["backup"], "partners", "--json").json["error"]["code"] == "version"
    assert reseau28("--store", partners_file, "verify").status == 0
    assert reseau28("--store", partners_file, "migrate").out == "Les données sont déjà à jour.\n"


def test_newer_data_are_refused_whole(reseau28: Reseau28, partners_file: Path) -> None:
    with closing(sqlite3.connect(partners_file)) as db, db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    for command in ("partners", "migrate", "backup nouveau.db", "serve"):
        result = reseau28("--store", partners_file, "--json", *command.split())
        assert (result.status, result.json["error"]["code"]) == (5, "version")


@pytest.mark.parametrize("day", ["2026-11-20", "20/11/2026"])
def test_the_demonstration_fills_an_empty_store_only(reseau28: Reseau28, tmp_path: Path, day: str) -> None:
    store = tmp_path / "démo.db"
    made = reseau28("--store", store, "demo", "--on", day, "--json").json
    assert (made["size"], made["on"]) == ("S", "2026-11-20")
    assert made["organisations"] >= 250
    again = reseau28("--store", store, "demo", "--json")
    assert (again.status, again.json["error"]["code"]) == (3, "not_empty")


def test_accounts_are_added_listed_and_removed(
    reseau28: Reseau28, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typed = tmp_path / "mot"
    typed.write_text("un mot de passe assez long\n", encoding="utf-8")
    with typed.open(encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert reseau28("account", "add", "C. Exemple", "--role", "gestionnaire").status == 0
    assert "assez long" not in (home / "accounts.json").read_text(encoding="utf-8")
    listed = reseau28("account", "list", "--json").json["items"]
    assert listed == [{"name": "C. Exemple", "role": "gestionnaire"}]
    assert "Gestionnaire" in reseau28("account", "list").out
    assert reseau28("account", "remove", "C. Exemple").status == 0
    assert reseau28("account", "remove", "C. Exemple").status == 3
    assert reseau28("account", "list").out == "0 compte.\n"


def test_a_refused_restore_leaves_nothing_behind(reseau28: Reseau28, tmp_path: Path) -> None:
    text, new = tmp_path / "texte.db", tmp_path / "nouveau.db"
    text.write_text("Ceci n'est pas une sauvegarde.", encoding="utf-8")
    result = reseau28("--store", new, "restore", text)
    assert result.status == 5
    assert "n'est pas un fichier de données Réseau 28" in result.err
    assert not new.exists()


def test_what_a_backup_brings_back_altered_is_said_at_once(
    reseau28: Reseau28, three_partners: Path, tmp_path: Path
) -> None:
    kept, new = tmp_path / "sauvegarde.db", tmp_path / "nouveau.db"
    reseau28("--store", three_partners, "backup", kept)
    with closing(sqlite3.connect(kept, isolation_level=None)) as database:
        database.execute("UPDATE commits SET reason = 'autre' WHERE number = 2")
    result = reseau28("--store", new, "restore", kept)
    assert result.status == 1
    assert "L'acte 2" in result.out


@pytest.mark.parametrize("alteration", [
    "UPDATE commits SET reason = 'autre' WHERE number = 2",
    "UPDATE change SET after = replace(after, 'Garage', 'Garages') WHERE number = 2",
    "UPDATE node SET body = replace(body, 'Garage Fictif', 'Garage Truqué')",
    "DELETE FROM change WHERE number = 7; DELETE FROM commits WHERE number = 7",
])  # fmt: skip
def test_an_altered_network_is_saved_and_said_to_be_altered(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path, alteration: str
) -> None:
    with closing(sqlite3.connect(partners_file)) as db, db:
        db.executescript(alteration)
    named = {fault["code"] for fault in reseau28("--store", partners_file, "verify", "--json").json["faults"]}
    saved = reseau28("--store", partners_file, "backup", tmp_path / "un.db", "--json")
    assert (saved.status, (tmp_path / "un.db").exists()) == (1, True)
    assert {fault["code"] for fault in saved.json["faults"]} == named != set()
    result = reseau28("--store", partners_file, "backup", tmp_path / "deux.db")
    assert result.status == 1
    assert "est celle d'un réseau altéré, et l'est comme lui" in result.out
    assert "« reseau28 verify »" in result.out


def test_a_cut_tail_that_this_machine_saw_is_said_of_a_backup(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path
) -> None:
    older = tmp_path / "hier.db"
    shutil.copy(partners_file, older)
    assert reseau28("--store", partners_file, "log", "appelé Garage Fictif ce matin").status == 0
    shutil.copy(older, partners_file)
    saved = reseau28("--store", partners_file, "backup", tmp_path / "un.db", "--json")
    assert (saved.status, len(saved.json["faults"])) == (1, 1)


def test_a_copy_of_an_altered_journal_is_said_to_be_altered(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(partners_file)) as db, db:
        db.execute("UPDATE commits SET reason = 'autre' WHERE number = 2")
    copied = reseau28("store", "copy", partners_file, tmp_path / "copie.db")
    assert copied.status == 1
    assert "La copie est celle d'un journal altéré, et l'est comme lui : 1 défaut" in copied.out
    assert "L'acte 2" in copied.out


def test_a_backup_is_held_against_the_receipt_beside_it(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path
) -> None:
    kept, later = tmp_path / "sauvegarde.db", tmp_path / "suite.db"
    assert reseau28("--store", partners_file, "backup", kept).status == 0
    assert reseau28("--store", partners_file, "log", "appelé Garage Fictif ce matin").status == 0
    assert reseau28("--store", partners_file, "backup", later).status == 0
    whole = reseau28("--store", tmp_path / "entier.db", "restore", later, "--json")
    assert (whole.status, whole.json["faults"]) == (0, [])
    later.write_bytes(kept.read_bytes())  # an older one in its place
    cut = reseau28("--store", tmp_path / "coupé.db", "restore", later, "--json")
    assert (cut.status, [fault["code"] for fault in cut.json["faults"]]) == (1, ["receipt_cut"])
    other = tmp_path / "autre.db"
    assert reseau28("--store", other, "demo").status == 0
    shutil.copy(other, later)
    swapped = reseau28("--store", tmp_path / "échangé.db", "restore", later)
    assert (swapped.status, "est celui d'un autre réseau que cette sauvegarde" in swapped.out) == (1, True)
    receipts.beside(later).write_text("{}", "utf-8")
    damaged = reseau28("--store", tmp_path / "abîmé.db", "restore", later, "--json")
    assert (damaged.status, [fault["code"] for fault in damaged.json["faults"]]) == (1, ["not_a_receipt"])


def test_no_network_is_copied_onto_itself_by_another_name(
    reseau28: Reseau28, partners_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "lien.db").symlink_to(partners_file)
    for other in (tmp_path / "lien.db", f"{tmp_path}/./{partners_file.name}"):
        refused = reseau28("store", "copy", partners_file, other)
        assert (refused.status, "sont les mêmes données" in refused.err) == (3, True)


def test_an_older_backup_is_refused_with_the_command_to_run(
    reseau28: Reseau28, three_partners: Path, tmp_path: Path
) -> None:
    kept, new = tmp_path / "ancienne.db", tmp_path / "nouveau.db"
    reseau28("--store", three_partners, "backup", kept)
    with closing(sqlite3.connect(kept, isolation_level=None)) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    refused = reseau28("--store", new, "restore", kept)
    assert refused.status == 5
    assert f'reseau28 --store "{kept}" migrate' in as_typed(refused.err)
    assert reseau28("--store", kept, "migrate").status == 0
    assert reseau28("--store", new, "restore", kept).status == 0


def test_numbers_are_written_as_everywhere_and_raw_as_data(reseau28: Reseau28, partners_file: Path) -> None:
    with closing(open_store(str(partners_file))) as store:
        network = Network(store, Actor("C. Exemple", Role.ADMIN))
        mission = reseau28("--store", partners_file, "search", "mission", "--json").json["items"][0]["id"]
        serving.serve(network, mission, departements()["62"])
    place, inhabitants = "departement:62", as_typed(f"1{NARROW}457{NARROW}905")
    assert f"Population : {inhabitants}" in reseau28("--store", partners_file, "show", place).out
    assert f"Population : — → {inhabitants}" in reseau28("--store", partners_file, "history", place).out
    assert reseau28("--store", partners_file, "--json", "show", place).json["values"]["population"] == 1_457_905
