"""A copy and a backup hold the files of the network, or say which they could not take."""

import io
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from crm.errors import ConflictError, StoreError
from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from crm.upkeep import backup as backups
from crm.upkeep import copying
from crm.vault import checking, deposits, readings, texts
from crm.vault.finding import find
from crm.vault.place import beside, vault_of
from tests.crm.conftest import ADMIN
from tests.crm.upkeep.test_backup import OnServer
from tests.crm.vault.conftest import PDF, TODAY, name_of, put, raw


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Network]:
    """Another, empty place."""
    with closing(open_store(str(tmp_path / "ailleurs.db"))) as store:
        yield Network(store, ADMIN, lambda: TODAY)


def contents(network: Network) -> set[bytes]:
    found = set()
    for record in readings.listing(network).value:
        with readings.read(network, record.id) as (_, stream, _):
            found.add(stream.read())
    return found


def test_a_backup_is_one_file_that_holds_the_files_too(kept: Network, empty: Network, tmp_path: Path) -> None:
    one = put(kept)
    put(kept, PDF + b"2", "Autre.pdf", "org-2")
    deposits.revise(kept, one, io.BytesIO(PDF + b"3"), "Signée.pdf")
    lines = len(readings.journal(kept).value)
    file = tmp_path / "sauvegarde.r28"
    assert backups.backup(kept, file) == (6, [])
    assert sorted(path.name for path in tmp_path.glob("sauvegarde*")) == [file.name, f"{file.name}.recu.json"]
    assert list(tmp_path.glob(".reseau28*")) == []
    backups.check(file)
    assert backups.restore(file, empty) == 6
    assert contents(empty) == {PDF + b"2", PDF + b"3"}
    assert len(vault_of(empty).entries()) == 3
    assert verify(empty) == []
    assert vault_of(empty).id == vault_of(kept).id
    assert len(readings.journal(empty).value) == lines + 4  # a list, two readings, this one
    with pytest.raises(StoreError, match="reseau28 restore"):
        open_store(str(file))


def test_without_files_a_backup_is_a_store_as_it_always_was(kept: Network, empty: Network, tmp_path: Path) -> None:
    kept.commit("Essai", lambda unit: unit.create("Evidence", {"title": "Ancienne", "kind": "echange"}))
    file = tmp_path / "sauvegarde.db"
    backups.backup(kept, file)
    with closing(open_store(str(file), create=False)) as store:
        assert store.read(lambda tx: tx.count("Evidence")) == 1
    assert backups.restore(file, empty) == 4
    assert verify(empty) == []


def test_what_a_backup_cannot_take_is_named(kept: Network, empty: Network, tmp_path: Path) -> None:
    good, altered, missing = (put(kept, PDF + bytes([n]), f"{n}.pdf") for n in (65, 66, 67))
    lost = [name_of(kept, altered), name_of(kept, missing)]
    raw(kept)[lost[0]] = PDF + b"Z"
    del raw(kept)[lost[1]]
    file = tmp_path / "sauvegarde.r28"
    assert backups.backup(kept, file).lacking == sorted(name[-64:] for name in lost)
    backups.restore(file, empty)
    faults = [(fault.code, fault.where) for fault in checking.faults(empty, contents=False)]
    assert sorted(faults) == sorted(("file_missing", id) for id in (altered, missing))
    with readings.read(empty, good) as (_, stream, _):
        assert stream.read() == PDF + b"A"


def test_a_network_whose_vault_is_lost_is_saved_all_the_same(kept: Network, tmp_path: Path) -> None:
    name = name_of(kept, put(kept))[-64:]
    raw(kept).clear()
    assert backups.backup(kept, tmp_path / "sauvegarde.db").lacking == [name]


def test_a_file_of_a_deleted_proof_is_in_the_backup_and_an_orphan_is_not(
    kept: Network, empty: Network, tmp_path: Path
) -> None:
    id = put(kept)
    digest = name_of(kept, id)[-64:]
    put(kept, PDF + b"2", "Autre.pdf", "org-2")
    kept.commit("Essai", lambda unit: unit.delete([id]))
    orphan = vault_of(kept).put(io.BytesIO(PDF + b"9"), "orphelin.pdf").sha256
    backups.backup(kept, tmp_path / "sauvegarde.r28")
    backups.restore(tmp_path / "sauvegarde.r28", empty)
    assert digest in vault_of(empty).entries()
    assert orphan not in vault_of(empty).entries()


@pytest.mark.parametrize("size", [600, 20_000])
def test_a_packed_backup_that_was_cut_is_refused(kept: Network, empty: Network, tmp_path: Path, size: int) -> None:
    put(kept)
    file = tmp_path / "sauvegarde.r28"
    backups.backup(kept, file)
    file.write_bytes(file.read_bytes()[:size])
    for attempt in (lambda: backups.check(file), lambda: backups.restore(file, empty)):
        with pytest.raises(StoreError, match="abîmé"):
            attempt()
    assert empty.store.read(lambda tx: tx.head().number) == 0


def test_only_what_we_pack_is_unpacked(kept: Network, empty: Network, tmp_path: Path) -> None:
    id = put(kept)
    file = tmp_path / "sauvegarde.r28"
    backups.backup(kept, file)
    with tarfile.open(file, "a:") as tar:
        for name in ("ailleurs.txt", "vault/files/ab/note.txt", "vault/autre/note.txt"):
            member = tarfile.TarInfo(name)
            member.size = 4
            tar.addfile(member, io.BytesIO(b"note"))
    content = file.read_bytes()
    file.write_bytes(content.replace(PDF, PDF.replace(b"7", b"8")))  # altered on its way
    backups.restore(file, empty)
    assert [(fault.code, fault.where) for fault in verify(empty)] == [("file_missing", id)]
    assert [each for each in tmp_path.rglob("*.txt") if "texts" not in each.parts] == []


def test_a_restore_that_replaces_moves_the_vault_aside_with_its_network(tmp_path: Path) -> None:
    path, file = tmp_path / "réseau.db", tmp_path / "sauvegarde.r28"
    with closing(open_store(str(path))) as store:
        network = Network(store, ADMIN, lambda: TODAY)
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
        put(network)
        backups.backup(network, file)
        put(network, PDF + b"2")
    brought, aside = backups.replace(file, path, ADMIN)
    assert (brought, aside is not None) == (2, True)
    assert aside is not None
    for each, expected in ((path, {PDF}), (aside, {PDF, PDF + b"2"})):
        with closing(open_store(str(each), create=False)) as store:
            network = Network(store, ADMIN, lambda: TODAY)
            assert contents(network) == expected
            assert verify(network) == []
    assert {beside(path).name, beside(aside).name} == {each.name for each in tmp_path.glob("*.vault")}
    assert list(tmp_path.glob(".reseau28*")) == []


def test_a_copy_brings_the_files_and_later_only_what_is_new(kept: Network, empty: Network) -> None:
    put(kept)
    assert copying.copy_whole(kept, empty) == 4
    assert (contents(empty), verify(empty)) == ({PDF}, [])
    put(kept, PDF + b"2")
    assert copying.copy_whole(kept, empty) == 1
    assert (contents(empty), verify(empty)) == ({PDF, PDF + b"2"}, [])


def test_a_copy_says_what_it_could_not_bring(kept: Network, empty: Network, tmp_path: Path) -> None:
    id = put(kept)
    homeless = Network(OnServer(empty), ADMIN)
    copying.copy_whole(kept, homeless)
    assert [fault.code for fault in checking.faults(homeless)] == ["no_vault"]
    housed = replace(homeless, vault=str(tmp_path / "partagé"))
    assert [fault.code for fault in checking.faults(housed)] == ["vault_missing"]
    assert copying.copy_whole(kept, housed) == 0  # the vault was named since
    assert verify(housed) == []
    del raw(housed)[name_of(housed, id)]
    del raw(kept)[name_of(kept, id)]
    copying.copy_whole(kept, housed)
    assert [(fault.code, fault.where) for fault in checking.faults(housed)] == [("file_missing", id)]


def test_a_copy_never_mixes_two_vaults(kept: Network, empty: Network, tmp_path: Path) -> None:
    put(kept)
    with closing(open_store(str(tmp_path / "voisin.db"))) as store:
        readings.count(Network(store, ADMIN, lambda: TODAY))
    beside(tmp_path / "voisin.db").rename(beside(tmp_path / "ailleurs.db"))
    with pytest.raises(ConflictError, match="autre réseau"):
        copying.copy_whole(kept, empty)
    assert empty.store.read(lambda tx: tx.head().number) == 0


@pytest.mark.parametrize("way", ["backup", "copy"])
def test_the_words_of_documents_are_brought_too_and_those_that_are_none_are_not(
    kept: Network, empty: Network, tmp_path: Path, way: str
) -> None:
    good, bad = put(kept, b"handicap", "a.txt"), put(kept, b"handicap aussi", "b.txt")
    first, second = (f"texts/{name[6:]}.txt" for name in (name_of(kept, good), name_of(kept, bad)))
    raw(kept)[second] = b"rien"
    if way == "backup":
        backups.backup(kept, tmp_path / "sauvegarde.r28")
        backups.restore(tmp_path / "sauvegarde.r28", empty)
    else:
        copying.copy_whole(kept, empty)
    assert raw(empty)[first] == raw(kept)[first]
    assert (second in raw(empty), verify(empty)) == (False, [])
    assert [each.record.id for each in find(empty, "handicap").found] == [good]
    assert texts.remake(empty).value == (1, 0, 0, [])
