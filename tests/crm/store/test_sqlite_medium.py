"""A store where nothing can be written opens to be read, verified and backed up, and says why it is not written."""

import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import fsspec.implementations.local  # noqa: F401 - before rights are given up: the interpreter's own files may be closed
import pytest

from crm.errors import Reseau28Error
from crm.ledger.verify import verify
from crm.network import Network
from crm.records import organisations
from crm.store import open_store
from crm.upkeep import backup as backups
from tests.crm.conftest import ADMIN
from tests.crm.store.test_sqlite_stamp import die_after

SPAWN = multiprocessing.get_context("spawn")
NOBODY = 65534
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs the rights of Unix files")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that another user may reach."""
    with tempfile.TemporaryDirectory(prefix="reseau28-essai-") as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "sauvegardes").mkdir()
        (Path(folder) / "sauvegardes").chmod(0o777)
        (Path(folder) / "disque").mkdir()
        yield Path(folder)
        (Path(folder) / "disque").chmod(0o755)


def look(path: Path, target: Path, told: "multiprocessing.queues.Queue[object]") -> None:
    """What somebody without the right to write does; the administrator's rights would make all writable."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        with closing(open_store(str(path), create=False)) as store:
            network = Network(store, ADMIN)
            told.put(store.read(lambda tx: tx.count("Organisation")))
            told.put(verify(network))
            told.put(backups.backup(network, target).commits)
            organisations.create(network, {"name": "Refusé"})
    except Reseau28Error as error:
        told.put((error.code, str(error)))


def looked(path: Path, target: Path, answers: int) -> list[Any]:
    """The answers of somebody who looks at the store at ``path``."""
    told = SPAWN.Queue()
    process = SPAWN.Process(target=look, args=(path, target, told))
    process.start()
    found = [told.get(timeout=60) for _ in range(answers)]
    process.join(60)
    return found


def filled(path: Path) -> Path:
    """A closed store with one partner, which everybody may read."""
    with closing(open_store(str(path))) as store:
        organisations.create(Network(store, ADMIN), {"name": "Garage Exemple"})
    path.chmod(0o444)
    return path


@pytest.mark.parametrize("folder", [0o555, 0o777])
def test_it_is_read_verified_and_backed_up(place: Path, folder: int) -> None:
    path = filled(place / "disque" / "réseau.db")
    path.parent.chmod(folder)
    *seen, (code, words) = looked(path, place / "sauvegardes" / "copie.db", 4)
    assert seen == [1, [], 1]
    assert code == "read_only"
    assert "lecture seule" in words
    if folder == 0o555:
        assert [each.name for each in path.parent.iterdir()] == [path.name]
    with closing(open_store(str(place / "sauvegardes" / "copie.db"), create=False)) as copy:
        assert copy.read(lambda tx: tx.count("Organisation")) == 1


def test_a_log_that_cannot_be_read_there_is_said_and_nothing_is_read_without_it(place: Path) -> None:
    path = place / "disque" / "réseau.db"
    filled(path)
    process = SPAWN.Process(target=die_after, args=(str(path), ["Atelier Exemple"]))
    process.start()
    process.join(60)
    for each in path.parent.iterdir():
        each.chmod(0o444)
    path.with_name(f"{path.name}-shm").unlink()
    path.parent.chmod(0o555)
    ((code, words),) = looked(path, place / "sauvegardes" / "copie.db", 1)
    assert code == "unavailable"
    assert "copiez" in words


def test_a_fixed_store_that_someone_writes_after_all_is_not_read_on(place: Path) -> None:
    path = filled(place / "disque" / "réseau.db")
    path.parent.chmod(0o555)
    told, go = SPAWN.Queue(), SPAWN.Event()
    process = SPAWN.Process(target=look_twice, args=(path, go, told))
    process.start()
    assert told.get(timeout=60) == 1
    path.parent.chmod(0o755)
    path.chmod(0o644)
    with closing(open_store(str(path))) as store:
        organisations.create(Network(store, ADMIN), {"name": "Atelier Exemple"})
    go.set()
    code, _ = told.get(timeout=60)
    process.join(60)
    assert code == "unavailable"


def look_twice(
    path: Path, go: "multiprocessing.synchronize.Event", told: "multiprocessing.queues.Queue[object]"
) -> None:
    """Read, then again once told."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    with closing(open_store(str(path), create=False)) as store:
        told.put(store.read(lambda tx: tx.count("Organisation")))
        go.wait(60)
        try:
            told.put(store.read(lambda tx: tx.count("Organisation")))
        except Reseau28Error as error:
            told.put((error.code, str(error)))
