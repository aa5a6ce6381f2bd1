"""What is wrong with the file of a backup is said of it, and nothing altered comes back."""

import io
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crm.faults import Fault
from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from crm.upkeep import backup as backups
from crm.vault import packed, readings
from tests.crm.conftest import ADMIN
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


def test_a_whole_backup_is_said_nothing_of(in_folder: Network, empty: Network, tmp_path: Path) -> None:
    put(in_folder)
    backups.backup(in_folder, tmp_path / "sauvegarde.r28")
    assert restored(tmp_path / "sauvegarde.r28", empty) == []
