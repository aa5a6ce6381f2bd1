"""Proofs from the command line: deposited, shown, fetched, listed, checked, destroyed."""

import hashlib
import json
import re
import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.vault import checking
from crm.vault.access import Act
from crm.vault.attested import attest
from crm.vault.place import vault_of
from tests.ui.cli.invocation import Reseau28

PDF = b"%PDF-1.7\n% convention d'exemple\n"
DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def garage(reseau28: Reseau28, partners_file: Path) -> str:
    """The id of a partner of the store."""
    found: str = reseau28("--store", partners_file, "search", "garage", "--json").json["items"][0]["id"]
    return found


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A document to deposit."""
    file = tmp_path / "Convention signée.pdf"
    file.write_bytes(PDF)
    return file


@pytest.fixture
def proof(reseau28: Reseau28, partners_file: Path, garage: str, scan: Path) -> str:
    """A proof that was deposited about the partner."""
    words = ("--about", garage, "--kind", "Convention de partenariat", "--fact-on", "02/11/2025", "--page", "3")
    done = reseau28("--store", partners_file, "evidence", "add", scan, *words, "--json")
    assert (done.status, done.json["sha256"], done.json["media"]) == (0, DIGEST, "application/pdf")
    id: str = done.json["id"]
    return id


def test_a_proof_is_shown_fetched_and_listed(
    reseau28: Reseau28, partners_file: Path, garage: str, proof: str, tmp_path: Path
) -> None:
    shown = reseau28("--store", partners_file, "evidence", "show", proof, "--json").json
    assert (shown["name"], shown["standing"], shown["mobilises"]) == ("Convention signée", "attestee", True)
    assert [each["id"] for each in shown["about"]] == [garage]
    assert [each["sha256"] for each in shown["revisions"]] == [DIGEST]
    target = tmp_path / "copie.pdf"
    assert reseau28("--store", partners_file, "evidence", "get", proof, target).status == 0
    assert target.read_bytes() == PDF
    again = reseau28("--store", partners_file, "evidence", "get", proof, target, "--json")
    assert (again.status, again.json["error"]["field"]) == (3, "file")
    listed = reseau28("--store", partners_file, "evidence", "list", "--about", garage, "--json").json["items"]
    assert [(each["id"], each["standing"], each["fact_on"]) for each in listed] == [(proof, "attestee", "2025-11-02")]
    assert reseau28("--store", partners_file, "evidence", "list", "--kind", "affiche", "--json").json["items"] == []
    counted = reseau28("--store", partners_file, "evidence", "list", "--count", "--json").json
    assert (counted["proofs"], counted["files"], counted["bytes"]) == (1, 1, len(PDF))
    acts = [each["act"] for each in reseau28("--store", partners_file, "evidence", "journal", "--json").json["items"]]
    assert acts == ["read_journal", "count", "list", "list", "read", "read_metadata", "deposit"]
    told = reseau28("--store", partners_file, "evidence", "show", proof).out
    assert "atteste Garage Fictif" in told
    assert re.search(r"révision 1, \d\d/\d\d/\d{4} à \d\d:\d\d, ", told)
    assert all(datetime.fromisoformat(each["at"]).tzinfo for each in shown["revisions"])
    nowhere = reseau28("--store", partners_file, "evidence", "get", proof, tmp_path / "absent" / "x.pdf")
    assert (nowhere.status, nowhere.err.count("\n"), "absent » n'existe pas" in nowhere.err) == (3, 1, True)


def test_three_dates_are_told_apart(reseau28: Reseau28, partners_file: Path, garage: str, scan: Path) -> None:
    days = ("--fact-on", "02/11/2025", "--received-on", "05/11/2025", "--covers-from", "01/01/2025")
    words = ("--about", garage, "--kind", "convention_partenariat", *days, "--covers-to", "31/12/2025")
    id = reseau28("--store", partners_file, "evidence", "add", scan, *words, "--json").json["id"]
    told = {
        "fact_on": "2025-11-02",
        "received_on": "2025-11-05",
        "covers_from": "2025-01-01",
        "covers_to": "2025-12-31",
    }
    shown = reseau28("--store", partners_file, "evidence", "show", id, "--json").json
    (listed,) = reseau28("--store", partners_file, "evidence", "list", "--json").json["items"]
    assert told.items() <= shown["values"].items()
    assert told.items() <= listed.items()
    assert shown["revisions"][0]["author"] == shown["values"]["author"]
    out = reseau28("--store", partners_file, "evidence", "list").out
    assert all(each in out for each in ("02/11/2025", "05/11/2025", "du 01/01/2025 au 31/12/2025"))


def test_a_revision_is_fetched_by_its_number(
    reseau28: Reseau28, partners_file: Path, proof: str, scan: Path, tmp_path: Path
) -> None:
    scan.write_bytes(PDF + b"% avenant\n")
    assert reseau28("--store", partners_file, "evidence", "add", scan, "--revises", proof).status == 0
    assert reseau28("--store", partners_file, "evidence", "get", proof, tmp_path / "1.pdf", "--revision", 1).status == 0
    assert (tmp_path / "1.pdf").read_bytes() == PDF
    refused = reseau28("--store", partners_file, "evidence", "get", proof, tmp_path / "9.pdf", "--revision", 9)
    assert (refused.status, (tmp_path / "9.pdf").exists()) == (3, False)
    mixed = reseau28("--store", partners_file, "evidence", "add", scan, "--revises", proof, "--title", "Autre")
    assert mixed.status == 2


def test_an_altered_file_is_named_and_not_given_out(
    reseau28: Reseau28, partners_file: Path, proof: str, tmp_path: Path
) -> None:
    assert reseau28("--store", partners_file, "evidence", "check", proof).status == 0
    (content,) = partners_file.with_name(f"{partners_file.name}.vault").glob("files/*/*")
    content.write_bytes(PDF.replace(b"7", b"8"))
    for command in (["evidence", "check"], ["evidence", "check", proof], ["verify"]):
        checked = reseau28("--store", partners_file, *command, "--json")
        assert (checked.status, [each["code"] for each in checked.json["faults"]]) == (1, ["file_altered"])
    refused = reseau28("--store", partners_file, "evidence", "get", proof, tmp_path / "x.pdf", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (5, "file_altered")
    assert not (tmp_path / "x.pdf").exists()
    content.unlink()
    seen = reseau28("--store", partners_file, "doctor", "--json").json["faults"]
    assert ("file_missing", proof) in [(each["code"], each["where"]) for each in seen]


def test_a_link_is_declared(reseau28: Reseau28, partners_file: Path, garage: str) -> None:
    words = ("--about", garage, "--kind", "affiche", "--fact-on", "2025-11-02")
    done = reseau28("--store", partners_file, "evidence", "add", "https://exemple.fr/affiche", *words, "--json").json
    assert done["sha256"] is None
    assert "Déclarée" in reseau28("--store", partners_file, "evidence", "list").out
    checked = reseau28("--store", partners_file, "evidence", "check", done["id"])
    assert (checked.status, "Sans fichier, rien ne peut être contrôlé" in checked.out) == (0, True)
    assert "celui qui a été déposé" not in checked.out
    count = ("--store", partners_file, "evidence", "list", "--count", "--kind", "convention_partenariat", "--json")
    assert reseau28(*count).json["proofs"] == 0
    assert reseau28("--store", partners_file, "evidence", "list", "--about", "absente").status == 3


def test_a_destruction_is_confirmed_and_keeps_the_proof(reseau28: Reseau28, partners_file: Path, proof: str) -> None:
    words = ("evidence", "destroy", proof, "--why", "Durée dépassée")
    assert reseau28("--store", partners_file, *words).status == 2
    assert reseau28("--store", partners_file, "evidence", "destroy", proof, "--yes").status == 3
    assert reseau28("--store", partners_file, *words, "--yes", "--json").json["removed"] == [DIGEST]
    again = reseau28("--store", partners_file, *words, "--yes")
    assert (again.status, "déjà détruit" in again.err) == (3, True)
    checked = reseau28("--store", partners_file, "evidence", "check", proof)
    assert (checked.status, checked.out.startswith("Les fichiers ont été détruits")) == (0, True)
    assert reseau28("--store", partners_file, "evidence", "show", proof, "--json").json["standing"] == "detruite"
    shown = reseau28("--store", partners_file, "evidence", "show", proof, "--json").json
    assert (shown["destruction"]["why"], shown["destruction"]["author"]) == (
        "Durée dépassée",
        shown["values"]["author"],
    )
    gone = reseau28("--store", partners_file, "evidence", "get", proof, partners_file.parent / "x.pdf", "--json").json
    assert (gone["error"]["code"], "détruit le" in gone["error"]["message"]) == ("file_destroyed", True)
    assert reseau28("--store", partners_file, "verify").status == 0
    assert (
        reseau28("--store", partners_file, "evidence", "destroy", "--orphans", "--yes", "--json").json["removed"] == []
    )


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--kind", "affiche", "--fact-on", "2025-11-02"], 2),
        (["--about", "absente", "--kind", "affiche", "--fact-on", "2025-11-02"], 3),
        (["--about", "absente", "--kind", "inconnu", "--fact-on", "2025-11-02"], 2),
        (["--about", "absente", "--kind", "affiche", "--fact-on", "2099-01-01"], 3),
    ],
)
def test_what_does_not_fit_is_told(
    reseau28: Reseau28, partners_file: Path, scan: Path, words: list[str], status: int
) -> None:
    result = reseau28("--store", partners_file, "evidence", "add", scan, *words)
    assert (result.status, result.out) == (status, "")
    assert result.err


def test_a_lost_vault_is_said_and_another_may_be_begun(
    reseau28: Reseau28, partners_file: Path, proof: str, tmp_path: Path
) -> None:
    folder = partners_file.with_name(f"{partners_file.name}.vault")
    folder.rename(tmp_path / "ailleurs")
    lost = reseau28("--store", partners_file, "evidence", "show", proof)
    assert (lost.status, "evidence vault --accept" in lost.err) == (5, True)
    assert reseau28("--store", partners_file, "evidence", "vault", "--accept", "--json").json["files"] == 0
    checked = reseau28("--store", partners_file, "verify", "--json").json
    assert [(each["code"], each["where"]) for each in checked["faults"]] == [("file_missing", proof)]


def test_the_vault_says_where_it_is_and_how_it_is_found(
    reseau28: Reseau28, partners_file: Path, proof: str, tmp_path: Path
) -> None:
    folder = partners_file.with_name(f"{partners_file.name}.vault")
    (folder / "photo.jpg").write_bytes(b"x")
    told = reseau28("--store", partners_file, "evidence", "vault", "--json")
    assert (told.status, told.json["ok"], told.json["files"], told.json["strangers"]) == (0, True, 1, ["photo.jpg"])
    assert (told.json["folder"], len(told.json["id"])) == (str(folder), 16)
    doctor = reseau28("--store", partners_file, "doctor")
    assert "1 fichier étranger, que rien ne lit ni n'efface : « photo.jpg »" in doctor.out.replace("\u00a0", " ")
    (folder / "vault.json").unlink()
    lost = reseau28("--store", partners_file, "evidence", "vault", "--json")
    assert (lost.status, [each["code"] for each in lost.json["faults"]]) == (1, ["vault_not_ours"])
    accepted = reseau28("--store", partners_file, "evidence", "vault", "--accept", "--json")
    assert (accepted.status, accepted.json["ok"], accepted.json["id"] != told.json["id"]) == (0, True, True)
    assert "Coffre des preuves accepté" in reseau28("--store", partners_file, "history").out
    assert reseau28("--store", partners_file, "verify").status == 0


def test_a_backup_is_restored_with_its_files_and_a_copy_brings_them(
    reseau28: Reseau28, partners_file: Path, proof: str, tmp_path: Path
) -> None:
    file, other, third = tmp_path / "sauvegarde.r28", tmp_path / "autre.db", tmp_path / "tiers.db"
    assert reseau28("--store", partners_file, "backup", file, "--json").json["lacking"] == []
    assert reseau28("--store", file, "partners").status == 5
    restored = reseau28("--store", other, "restore", file, "--json")
    assert (restored.status, restored.json["faults"]) == (0, [])
    copied = reseau28("store", "copy", other, third, "--json")
    assert (copied.status, copied.json["faults"]) == (0, [])
    assert reseau28("--store", third, "evidence", "get", proof, tmp_path / "copie.pdf").status == 0
    (content,) = tmp_path.glob("tiers.db.vault/files/*/*")
    content.unlink()
    kept = reseau28("--store", third, "backup", tmp_path / "partielle.r28")
    assert (kept.status, DIGEST[:12] in kept.out) == (1, True)
    incomplete = reseau28("--store", third, "restore", "--replace", tmp_path / "partielle.r28", "--json")
    assert (incomplete.status, [each["where"] for each in incomplete.json["faults"]]) == (1, [proof])
    assert reseau28("--store", third, "restore", "--replace", file).status == 0
    assert reseau28("--store", third, "verify").status == 0


def test_a_check_is_attested_in_a_file_that_names_both_journals(
    reseau28: Reseau28, partners_file: Path, garage: str, proof: str, tmp_path: Path
) -> None:
    check = ("--store", partners_file, "evidence", "check")
    assert reseau28(*check, proof, "--attestation", tmp_path / "a.txt").status == 0
    assert reseau28(*check, proof, "--attestation", tmp_path / "a.json").status == 0
    text, kept = (tmp_path / "a.txt").read_text("utf-8"), json.loads((tmp_path / "a.json").read_bytes())
    said = kept["attestation"]
    assert (said["id"], said["verdict"], said["faults"], said["fact_on"]) == (proof, "intact", [], "2025-11-02")
    assert [each["id"] for each in said["about"]] == [garage]
    journal = reseau28("--store", partners_file, "receipt", "--json").json
    line = reseau28("--store", partners_file, "evidence", "journal", proof, "--json").json["items"]
    assert said["journal"] == [journal["number"], journal["digest"]]
    assert [(each["number"], each["act"]) for each in line[1:]] == [(3, "check"), (2, "check"), (1, "deposit")]
    assert (said["access"], said["at"]) == ([3, line[1]["digest"]], line[1]["at"])
    again = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert kept["check"] == hashlib.sha256(again).hexdigest()
    for words in (DIGEST, journal["digest"], line[2]["digest"], "Garage Fictif", "celui qui a été déposé"):
        assert words in text
    assert (tmp_path / "a.json").stat().st_mode & 0o77 == 0
    refused = reseau28(*check, proof, "--attestation", tmp_path / "a.txt")
    assert (refused.status, "existe déjà" in refused.err) == (3, True)
    assert reseau28(*check, "--attestation", tmp_path / "b.txt").status == 2


def test_an_attestation_says_the_faults_and_what_a_link_is_worth(
    reseau28: Reseau28, partners_file: Path, garage: str, proof: str
) -> None:
    (content,) = partners_file.with_name(f"{partners_file.name}.vault").glob("files/*/*")
    content.unlink()
    found = reseau28("--store", partners_file, "evidence", "check", proof)
    assert (found.status, "n'est plus dans le coffre" in found.out) == (1, True)
    words = ("--about", garage, "--kind", "affiche", "--fact-on", "2025-11-02")
    link = reseau28("--store", partners_file, "evidence", "add", "https://exemple.fr/affiche", *words, "--json").json
    found = reseau28("--store", partners_file, "evidence", "check", link["id"], "--json")
    assert (found.status, found.json["statement"]["attestation"]["verdict"]) == (0, "declaree")


def test_each_function_is_reached_and_leaves_one_line(
    reseau28: Reseau28, partners_file: Path, proof: str, scan: Path, tmp_path: Path
) -> None:
    scan.write_bytes(PDF + b"% avenant\n")
    acts = (
        (["add", scan, "--revises", proof], "deposit"), (["get", proof, tmp_path / "a.pdf"], "read"),
        (["get", proof, tmp_path / "b.pdf", "--revision", 1], "read"), (["show", proof], "read_metadata"),
        (["check", proof], "check"), (["check"], "check"),
        (["check", proof, "--attestation", tmp_path / "a.txt"], "check"),
        (["journal"], "read_journal"), (["list"], "list"), (["list", "--count"], "count"),
        (["destroy", proof, "--why", "Durée dépassée", "--yes"], "destroy"),
    )  # fmt: skip
    for words, _ in acts:
        assert reseau28("--store", partners_file, "evidence", *words).status == 0, words
    lines = reseau28("--store", partners_file, "evidence", "journal", "--json").json["items"][1:-1]
    assert [each["act"] for each in lines[::-1]] == [act for _, act in acts]
    assert {each["act"] for each in lines} == {*Act} - {Act.EXPORT, Act.RESTART}


def test_an_access_log_that_was_cut_is_told_accepted_or_begun_again(
    reseau28: Reseau28, partners_file: Path, proof: str, tmp_path: Path
) -> None:
    on, log = ("--store", partners_file), partners_file.with_name(f"{partners_file.name}.vault") / "access.jsonl"
    for _ in range(3):
        assert reseau28(*on, "evidence", "list").status == 0
    assert "journal des accès intact (5 lignes)" in reseau28(*on, "evidence", "check").out
    receipt = tmp_path / "reçu.json"
    assert "journal des accès : 5 lignes" in reseau28(*on, "receipt", "--out", receipt).out
    assert "complet jusqu'au reçu" in reseau28(*on, "verify", "--receipt", receipt).out
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:3]))
    for words in (["verify"], ["doctor"], ["evidence", "check"]):
        seen = reseau28(*on, *words, "--json")
        assert (seen.status, "access_seen_cut" in [each["code"] for each in seen.json["faults"]]) == (1, True), words
    assert reseau28(*on, "verify", "--accept").status == 0
    held = reseau28(*on, "verify", "--receipt", receipt, "--json")
    assert (held.status, [each["code"] for each in held.json["faults"]]) == (1, ["access_receipt_cut"])
    log.write_bytes(b"".join([*lines[:2], b"pas une ligne\n"]))
    assert "evidence journal --restart" in reseau28(*on, "evidence", "list").err
    assert reseau28(*on, "evidence", "journal", "--restart").status == 3
    begun = reseau28(*on, "evidence", "journal", "--restart", "--why", "Fichier abîmé", "--json").json
    assert log.with_name(begun["aside"]).read_bytes().endswith(b"pas une ligne\n")
    assert begun["attestation"]["detail"].endswith("Fichier abîmé")
    assert (reseau28(*on, "verify").status, "recommencé" in reseau28(*on, "verify").err) == (0, True)
    assert reseau28(*on, "evidence", "journal", "--restart", "--why", "Encore").status == 3


def test_what_documents_say_is_searched_and_taken_again(
    reseau28: Reseau28, partners_file: Path, garage: str, tmp_path: Path
) -> None:
    file = tmp_path / "Compte rendu.txt"
    file.write_text("Accueil de deux apprentis,\nréférent handicap", encoding="utf-8")
    words = ("--about", garage, "--kind", "compte_rendu", "--fact-on", "02/11/2025")
    id = reseau28("--store", partners_file, "evidence", "add", file, *words, "--json").json["id"]
    found = reseau28("--store", partners_file, "search", "REFERENT", "hand", "--json").json
    assert [(each["id"], each["page"], each["excerpt"]) for each in found["documents"]] == [
        (id, 1, "Accueil de deux apprentis, référent handicap")
    ]
    assert (found["items"], found["unread"]) == ([], 0)
    shown = reseau28("--store", partners_file, "search", "referent")
    assert "DANS LE DOCUMENT" in shown.out
    assert "Accueil de deux apprentis" in shown.out
    assert "Rien ne répond" not in shown.out
    again = reseau28("--store", partners_file, "evidence", "texts", "--all", "--json").json
    assert (again["taken"], again["without"], again["dropped"]) == (1, 0, 0)
    assert "Attestation n°" in reseau28("--store", partners_file, "evidence", "texts").out


def test_a_file_that_was_deposited_and_has_no_proof_is_spared_and_said(
    reseau28: Reseau28, partners_file: Path, garage: str, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "UNDERWAY", -1.0)
    on = ("--store", partners_file)
    saved = tmp_path / "avant.r28"
    assert reseau28(*on, "backup", saved).status == 0
    words = ("--about", garage, "--kind", "affiche", "--fact-on", "02/11/2025")
    assert reseau28(*on, "evidence", "add", scan, *words).status == 0
    former = tmp_path / "avant.db"
    assert reseau28("--store", former, "restore", saved).status == 0
    shutil.copytree(f"{partners_file}.vault", f"{former}.vault")
    assert reseau28("--store", former, "verify", "--accept").status == 1
    spared = reseau28("--store", former, "evidence", "destroy", "--orphans", "--yes")
    assert "1 fichier sans preuve gardé, que le journal des accès dit déposé" in spared.out
    gone = reseau28("--store", former, "evidence", "destroy", "--orphans", "--why", "essai", "--yes", "--json")
    assert gone.json["removed"] == [DIGEST]
    assert reseau28("--store", former, "verify").status == 0


def test_a_deposit_that_no_proof_followed_is_said_so(
    reseau28: Reseau28, partners_file: Path, proof: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a process that was killed between the line and the proof leaves it."""
    monkeypatch.setattr(checking, "UNDERWAY", -60.0)
    on = ("--store", partners_file, "evidence", "journal")
    with closing(open_store(str(partners_file))) as store:
        network = Network(store, Actor("C. Exemple", Role.ADMIN))
        attest(network, vault_of(network), Act.DEPOSIT, "disparue", "ab" * 32)
    found = {each["about"]: each["without_proof"] for each in reseau28(*on, "--json").json["items"]}
    assert found == {"": False, proof: False, "disparue": True}
    (line,) = (each for each in reseau28(*on).out.splitlines() if "disparue" in each)
    assert "aucune preuve n'a suivi dans ce réseau" in line
