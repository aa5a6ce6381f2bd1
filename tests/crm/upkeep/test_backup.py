"""Backups hold everything, appear whole, and are put back only where there is nothing."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TypeVar

import pytest

from crm.errors import Forbidden, InputError, StoreVersion
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations
from crm.store import open_store
from crm.store.protocol import ReadTransaction, WriteTransaction
from crm.upkeep import backup as backups
from crm.upkeep import copying
from graph_schema.records import Head
from tests.crm.conftest import ADMIN

T = TypeVar("T")


class OnServer:
    """The same store as if it were on a server: backups go through the protocol alone."""

    def __init__(self, network: Network) -> None:
        self._store = network.store

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        return self._store.read(work)

    def write(self, work: Callable[[WriteTransaction], T]) -> T:
        return self._store.write(work)

    def as_found(self) -> AbstractContextManager[None]:
        return self._store.as_found()

    def close(self) -> None:
        self._store.close()


@pytest.fixture(params=["file", "server"])
def filled(network: Network, request: pytest.FixtureRequest) -> Network:
    """A network with three partners, in a file and as if on a server."""
    fill(network, 3)
    return network if request.param == "file" else Network(OnServer(network), ADMIN)


def fill(network: Network, partners: int) -> None:
    for number in range(partners):
        organisations.create(network, {"name": f"Partenaire fictif {number}"})


def head(network: Network) -> Head:
    return network.store.read(lambda tx: tx.head())


def test_a_backup_put_back_is_the_same_network(filled: Network, tmp_path: Path) -> None:
    file = tmp_path / "sauvegarde.db"
    assert backups.backup(filled, file) == (3, [])
    with closing(open_store(str(tmp_path / "restauré.db"))) as store:
        restored = Network(store, ADMIN)
        assert backups.restore(file, restored) == 3
        assert head(restored) == head(filled)
        assert store.read(lambda tx: tx.dataset()) == filled.store.read(lambda tx: tx.dataset())
        assert verify(restored) == []
    assert sorted(path.name for path in tmp_path.glob("sauvegarde*")) == ["sauvegarde.db", "sauvegarde.db.recu.json"]


def test_a_backup_keeps_the_version_of_the_schema(filled: Network, tmp_path: Path) -> None:
    filled.store.write(lambda tx: tx.set_schema_version(0))
    with pytest.raises(StoreVersion, match=r"reseau28 --store .* migrate"):
        backups.backup(filled, tmp_path / "refusé.db")
    assert not (tmp_path / "refusé.db").exists()
    backups.backup(filled, tmp_path / "ancien.db", any_version=True)
    with closing(open_store(str(tmp_path / "ancien.db"), any_version=True)) as store:
        assert store.read(lambda tx: tx.info().schema_version) == 0


def test_a_backup_never_replaces_a_file(filled: Network, tmp_path: Path) -> None:
    file = tmp_path / "précieux.db"
    file.write_text("autre chose", encoding="utf-8")
    with pytest.raises(InputError, match="existe déjà"):
        backups.backup(filled, file)
    assert file.read_text(encoding="utf-8") == "autre chose"


def test_a_backup_into_nowhere_says_so_and_leaves_nothing(filled: Network, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"le dossier « .*absent » n'existe pas"):
        backups.backup(filled, tmp_path / "absent" / "sauvegarde.db")


def test_a_backup_that_is_interrupted_leaves_nothing(filled: Network, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backups.backup(filled, tmp_path / "sauvegarde.db", interrupt)
    assert list(tmp_path.glob("sauvegarde*")) == []


def test_a_backup_made_while_others_write_holds_whole_commits(filled: Network, tmp_path: Path) -> None:
    writing = threading.Thread(target=fill, args=(filled, 40))
    writing.start()
    kept = backups.backup(filled, tmp_path / "sauvegarde.db").commits
    writing.join()
    with closing(open_store(str(tmp_path / "sauvegarde.db"))) as store:
        copy = Network(store, ADMIN)
        assert head(copy).number == kept <= head(filled).number
        assert verify(copy) == []


def test_nothing_is_restored_over_a_network(filled: Network, tmp_path: Path) -> None:
    backups.backup(filled, tmp_path / "sauvegarde.db")
    with closing(open_store(str(tmp_path / "autre.db"))) as store:
        other = Network(store, ADMIN)
        fill(other, 1)
        before = head(other)
        with pytest.raises(InputError, match="contient déjà un réseau"):
            backups.restore(tmp_path / "sauvegarde.db", other)
        assert head(other) == before
    with pytest.raises(InputError, match="contient déjà un réseau"):
        backups.restore(tmp_path / "sauvegarde.db", filled)


def test_a_restore_that_stopped_half_way_goes_on(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(copying, "_BATCH_COMMITS", 2)
    fill(network, 5)
    backups.backup(network, tmp_path / "sauvegarde.db")
    with closing(open_store(str(tmp_path / "restauré.db"))) as store:
        restored = Network(store, ADMIN)
        with pytest.raises(KeyboardInterrupt):
            backups.restore(tmp_path / "sauvegarde.db", restored, stop)
        assert head(restored).number == 2
        assert backups.restore(tmp_path / "sauvegarde.db", restored) == 3
        assert head(restored) == head(network)


def test_only_an_administrator_saves_and_restores(network: Network, tmp_path: Path) -> None:
    reader = Network(network.store, Actor("M. Fictif", Role.MANAGER))
    with pytest.raises(Forbidden):
        backups.backup(reader, tmp_path / "sauvegarde.db")
    with pytest.raises(Forbidden):
        backups.restore(tmp_path / "sauvegarde.db", reader)
