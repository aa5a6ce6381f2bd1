"""What is wrong with the file of a backup is said of it, and nothing altered comes back."""

import hashlib
import io
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crm.errors import StoreError, StoreVersion
from crm.faults import Fault
from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from crm.upkeep import backup as backups
from crm.vault import packed, readings
from graph_schema.migrations import SCHEMA_VERSION
from tests.crm.conftest import ADMIN
from tests.crm.upkeep.test_backup import head
from tests.crm.vault.conftest import PDF, TODAY, name_of, put, raw


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Network]:
    """Another, empty place."""
    with closing(open_store(str(tmp_path / "ailleurs.db"))) as store:
        yield Network(store, ADMIN, lambda: TODAY)


def restored(file: Path, network: Network) -> list[Fault]:
    """What is said of a backup that is restored."""
    backups.restore(file, network)
    return packed.told(file, network, verify(network))


def test_a_proof_altered_in_a_backup_and_one_missing_there_are_named_as_such(
    in_folder: Network, empty: Network, tmp_path: Path
) -> None:
    good, altered, missing = (put(in_folder, PDF + bytes([n]) * 3, f"Pièce {chr(n)}.pdf") for n in (65, 66, 67))
    del raw(in_folder)[name_of(in_folder, missing)]
    file = tmp_path / "sauvegarde.r28"
    backups.backup(in_folder, file)
    file.write_bytes(file.read_bytes().replace(PDF + b"BBB", PDF + b"BZB"))
    found = {fault.where: fault for fault in restored(file, empty)}
    assert {id: fault.code for id, fault in found.items()} == {
        altered: "backup_file_altered", missing: "backup_file_missing",
    }  # fmt: skip
    assert "« Pièce B" in found[altered].message
    assert "est altéré dans cette sauvegarde" in found[altered].message
    assert "manque à cette sauvegarde" in found[missing].message
    assert "remettez-le" not in " ".join(fault.message for fault in found.values())
    assert PDF + b"BZB" not in {content for name, content in raw(empty).items() if name.startswith("files/")}
    with readings.read(empty, good) as (_, stream, _):
        assert stream.read() == PDF + b"AAA"


def longer(content: bytes) -> bytes:
    return content + b"n'importe quoi"


def with_zeros(content: bytes) -> bytes:
    return content + bytes(3)


def in_padding(content: bytes) -> bytes:
    return content[:-600]


@pytest.mark.parametrize(
    ("alter", "files"),
    [(longer, True), (longer, False), (with_zeros, True), (with_zeros, False), (in_padding, True)],
)
def test_a_backup_that_does_not_end_as_it_was_written_is_told(
    in_folder: Network, empty: Network, tmp_path: Path, alter: Callable[[bytes], bytes], files: bool
) -> None:
    if files:
        put(in_folder)
    file = tmp_path / "sauvegarde.r28"
    backups.backup(in_folder, file)
    assert packed.look(file).ends
    file.write_bytes(alter(file.read_bytes()))
    (fault,) = restored(file, empty)
    assert (fault.code, "ne finit pas comme elle a été écrite" in fault.message) == ("backup_end", True)


def test_what_others_put_into_a_backup_is_named_and_not_restored(
    in_folder: Network, empty: Network, tmp_path: Path
) -> None:
    put(in_folder)
    file = tmp_path / "sauvegarde.r28"
    backups.backup(in_folder, file)
    with tarfile.open(file, "a:") as tar:
        member = tarfile.TarInfo("vault/note.txt")
        member.size = 4
        tar.addfile(member, io.BytesIO(b"note"))
    (fault,) = restored(file, empty)
    assert (fault.code, "1 élément étranger" in fault.message) == ("backup_strangers", True)
    assert "« vault/note.txt »" in fault.message
    assert not any("note" in name for name in raw(empty))


def added(file: Path, name: str, content: bytes) -> None:
    """Add a member to the end of a backup, under any name."""
    with tarfile.open(file, "a:") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))


def test_what_comes_twice_in_a_backup_counts_once_and_is_named(
    in_folder: Network, empty: Network, tmp_path: Path
) -> None:
    id, file, other = put(in_folder), tmp_path / "sauvegarde.r28", tmp_path / "autre.db"
    with closing(open_store(str(other))):
        pass
    backups.backup(in_folder, file)
    digest = hashlib.sha256(PDF).hexdigest()
    twice = ["network.db", "vault/access.jsonl", f"vault/files/{digest[:2]}/{digest}"]
    for name, content in zip(twice, (other.read_bytes(), b"{}\n", b"menteur"), strict=True):
        added(file, name, content)
    (fault,) = restored(file, empty)
    assert (fault.code, all(name in fault.message for name in twice)) == ("backup_strangers", True)
    assert head(empty) == head(in_folder)
    with readings.read(empty, id) as (_, stream, _):
        assert stream.read() == PDF


def test_a_file_of_no_proof_in_a_backup_is_named_and_not_restored(
    in_folder: Network, empty: Network, tmp_path: Path
) -> None:
    put(in_folder)
    file, content = tmp_path / "sauvegarde.r28", b"de trop"
    backups.backup(in_folder, file)
    digest = hashlib.sha256(content).hexdigest()
    added(file, f"vault/files/{digest[:2]}/{digest}", content)
    (fault,) = restored(file, empty)
    assert (fault.code, digest in fault.message) == ("backup_strangers", True)
    assert content not in raw(empty).values()


def test_a_backup_of_an_empty_network_file_is_refused_by_its_own_name(
    in_folder: Network, empty: Network, tmp_path: Path
) -> None:
    put(in_folder)
    file, hollow = tmp_path / "sauvegarde.r28", tmp_path / "creuse.r28"
    backups.backup(in_folder, file)
    added(hollow, "network.db", b"")
    with tarfile.open(file) as tar:
        for member in tar.getmembers()[1:]:
            stream = tar.extractfile(member)
            added(hollow, member.name, stream.read() if stream else b"")
    with pytest.raises(StoreError, match=r"La sauvegarde « .*creuse\.r28 » est abîmée"):
        backups.restore(hollow, empty)


def of_version(file: Path, version: int, name: str) -> Path:
    """A copy of a backup, its network passed off as one of that schema."""
    made = file.with_name(name)
    with tarfile.open(file) as tar:
        for member in tar.getmembers():
            stream = tar.extractfile(member)
            content = stream.read() if stream else b""
            if member.name == "network.db":
                inside = file.with_name("dedans.db")
                inside.write_bytes(content)
                with closing(sqlite3.connect(inside)) as db, db:
                    db.execute(f"PRAGMA user_version = {version}")
                content = inside.read_bytes()
            added(made, member.name, content)
    return made


def test_an_older_backup_with_files_is_brought_to_this_schema_as_it_is_restored(
    in_folder: Network, empty: Network, tmp_path: Path
) -> None:
    id, file = put(in_folder), tmp_path / "sauvegarde.r28"
    backups.backup(in_folder, file)
    old = of_version(file, SCHEMA_VERSION - 1, "ancienne.r28")
    before = old.read_bytes()
    backups.check(old)
    assert restored(old, empty) == []
    assert empty.read(lambda tx: tx.info().schema_version) == SCHEMA_VERSION
    assert old.read_bytes() == before
    with readings.read(empty, id) as (_, stream, _):
        assert stream.read() == PDF
    newer = of_version(file, SCHEMA_VERSION + 1, "neuve.r28")
    for refused in (lambda: backups.check(newer), lambda: backups.restore(newer, empty)):
        with pytest.raises(StoreVersion, match=r"neuve\.r28 » a été écrit par une version plus récente"):
            refused()


def test_a_whole_backup_is_said_nothing_of(in_folder: Network, empty: Network, tmp_path: Path) -> None:
    put(in_folder)
    backups.backup(in_folder, tmp_path / "sauvegarde.r28")
    assert restored(tmp_path / "sauvegarde.r28", empty) == []
