"""The doctor sees what is wrong, says what to do, and touches nothing."""

import os
import sqlite3
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest

from crm.network import Network
from crm.records import organisations
from crm.store.sqlite import library
from crm.upkeep import doctor
from crm.vault import checking, deposits, texts
from crm.vault.deposits import Description
from crm.vault.place import beside
from graph_schema.evidence import EvidenceKind
from tests.neo4j_server.fixtures import Neo4jAddress


class Usage(NamedTuple):
    """What ``shutil.disk_usage`` answers."""

    total: int
    used: int
    free: int


def codes(address: object, home: Path, password: str | None = None) -> list[str]:
    return [fault.code for fault in doctor.faults(doctor.examine(str(address), password, home))]


@pytest.fixture
def file(network: Network, tmp_path: Path) -> Path:
    """A network with one partner."""
    organisations.create(network, {"name": "Garage Fictif"})
    return tmp_path / "reseau28.db"


def test_a_healthy_place_has_no_fault(file: Path, tmp_path: Path) -> None:
    checks = doctor.examine(str(file), None, tmp_path)
    assert doctor.faults(checks) == []
    seen = {check.name: check.seen for check in checks}
    assert seen["Données"].endswith("1 fiche, 0 lien")
    assert seen["SQLite"] == sqlite3.sqlite_version


def test_a_place_where_nothing_is_yet_is_healthy_and_stays_so(tmp_path: Path) -> None:
    home = tmp_path / "à" / "créer"
    assert codes(home / "reseau28.db", home) == []
    assert not home.parent.exists()


def test_a_newest_commit_that_was_altered_is_seen(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE commits SET author = 'M. Fictif'")
    assert codes(file, tmp_path) == ["head"]


def test_an_older_schema_is_seen(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("PRAGMA user_version = 0")
    assert codes(file, tmp_path) == ["version"]


def test_a_truncated_file_is_seen(network: Network, file: Path, tmp_path: Path) -> None:
    network.store.close()
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    assert codes(file, tmp_path) == ["damaged"]


def test_missing_rights_are_seen(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert codes(file, tmp_path) == ["folder", "read_only"]


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of Unix files")
def test_a_file_that_everybody_may_read_is_seen(file: Path, tmp_path: Path) -> None:
    file.chmod(0o644)
    assert codes(file, tmp_path) == ["readable_by_all"]
    file.chmod(0o640)
    assert codes(file, tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of Unix files")
def test_a_proof_without_its_file_and_a_vault_open_to_all_are_seen(
    network: Network, file: Path, tmp_path: Path
) -> None:
    (garage,) = network.read(lambda tx: [record.id for record in tx.records()])
    said = Description((garage,), EvidenceKind.OTHER, date(2026, 1, 5))
    id = deposits.deposit(network, BytesIO(b"%PDF-1.7 exemple"), "note.pdf", said).value.id
    assert codes(file, tmp_path) == []
    vault = beside(file)
    vault.chmod(0o755)
    (content,) = vault.glob("files/*/*")
    content.unlink()
    faults = doctor.faults(doctor.examine(str(file), None, tmp_path))
    assert [(fault.code, fault.where) for fault in faults] == [("readable_by_all", str(vault)), ("file_missing", id)]


def test_a_vault_that_cannot_be_written_is_seen_for_nothing_is_read_there(
    network: Network, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (garage,) = network.read(lambda tx: [record.id for record in tx.records()])
    deposits.deposit(
        network, BytesIO(b"%PDF-1.7 exemple"), "note.pdf", Description((garage,), EvidenceKind.OTHER, date(2026, 1, 5))
    )
    closed = beside(file)
    monkeypatch.setattr(os, "access", lambda path, mode: closed not in (Path(path), Path(path).parent))
    (fault,) = doctor.faults(doctor.examine(str(file), None, tmp_path))
    assert (fault.code, fault.where) == ("vault_read_only", str(closed))


def test_a_full_disk_an_old_library_and_missing_search_are_seen(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(1 << 30, 1 << 30, 1 << 20))
    monkeypatch.setattr(library, "OLDEST", (99, 0, 0))
    monkeypatch.setattr(library, "has_full_text_search", lambda: False)
    faults = doctor.faults(doctor.examine(str(file), None, tmp_path))
    assert [fault.code for fault in faults] == ["sqlite", "fts5", "disk"]
    assert all(fault.message.endswith(".") for fault in faults)


def test_a_folder_in_the_place_of_the_data_is_seen(tmp_path: Path) -> None:
    assert codes(tmp_path, tmp_path) == ["not_ours"]


def test_a_server_that_is_down_is_seen(tmp_path: Path) -> None:
    assert codes("bolt://neo4j@127.0.0.1:1", tmp_path, "secret") == ["unavailable"]


@pytest.mark.neo4j
def test_a_real_server_is_looked_at(empty_neo4j: Neo4jAddress, tmp_path: Path) -> None:
    scheme, _, rest = empty_neo4j.uri.partition("://")
    address = f"{scheme}://{empty_neo4j.user}@{rest}"
    checks = doctor.examine(address, empty_neo4j.password, tmp_path)
    assert doctor.faults(checks) == []
    assert {"Neo4j", "Données"} <= {check.name for check in checks}
    assert codes(address, tmp_path, "faux") == ["auth"]


def test_words_of_documents_that_are_missing_left_over_or_unreadable_are_seen_and_mended(
    network: Network, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (garage,) = network.read(lambda tx: [record.id for record in tx.records()])
    said = Description((garage,), EvidenceKind.OTHER, date(2026, 1, 5))
    ids = [deposits.deposit(network, BytesIO(each), "note.txt", said).value.id for each in (b"un", b"deux", b"trois")]
    first, second, third = sorted(beside(file).glob("texts/*/*.txt"))
    left = beside(file) / "texts" / "ab" / f"{'ab' * 32}.txt"
    left.parent.mkdir(exist_ok=True)
    second.replace(left)
    first.write_bytes(first.read_bytes()[:-1])
    assert sorted(codes(file, tmp_path)) == ["text_altered", "text_orphan"]  # a deposit may be under way
    monkeypatch.setattr(checking, "UNDERWAY", -1.0)
    faults = {each.code: each for each in doctor.faults(doctor.examine(str(file), None, tmp_path))}
    assert sorted(faults) == ["text_altered", "text_missing", "text_orphan"]
    assert faults["text_altered"].where in ids
    assert (faults["text_missing"].where, faults["text_orphan"].where) == (second.stem, left.stem)
    assert all("« reseau28 evidence texts »" in each.message for each in faults.values())
    assert texts.remake(network).value == (2, 0, 1, [])
    assert codes(file, tmp_path) == []
    assert third.exists()
    stranger = left.with_name("notes.txt")
    stranger.write_bytes(b"d'un autre")
    texts.remake(network)
    assert (stranger.exists(), codes(file, tmp_path)) == (True, [])
