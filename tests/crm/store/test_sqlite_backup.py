"""Copies of the file: whole, consistent, or not there under their name."""

from contextlib import closing
from pathlib import Path

import pytest

from crm.errors import InputError
from crm.network import Network
from crm.store.sqlite import open_sqlite
from crm.store.sqlite.backup import copy_into
from crm.store.sqlite.store import SqliteStore
from crm.upkeep.backup import backup
from tests.contract.samples import append, organisation, save
from tests.crm.conftest import ADMIN


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """A store of several megabytes."""
    opened = open_sqlite(tmp_path / "source.db")
    save(opened, *(organisation(f"o{n:04}", note="x" * 8000) for n in range(2500)))
    append(opened, organisation("o0000"))
    return opened


def test_a_copy_holds_what_was_there_when_it_began(store: SqliteStore, tmp_path: Path) -> None:
    target = tmp_path / "copie.db"
    steps: list[tuple[int, int]] = []

    def write_meanwhile(done: int, total: int) -> None:
        steps.append((done, total))
        save(store, organisation(f"plus{len(steps)}"))

    target.touch()
    copy_into(store, target, "copie.db", write_meanwhile)
    with closing(open_sqlite(target, create=False)) as copy:
        assert copy.read(lambda tx: tx.count("Organisation")) == 2500
        assert copy.read(lambda tx: tx.head()) == store.read(lambda tx: tx.head())
        assert copy.read(lambda tx: tx.dataset()) == store.read(lambda tx: tx.dataset())
        assert copy.read(lambda tx: len(tx.search("atelier exemple"))) == 20
    assert len(steps) > 1
    assert steps[-1][0] == steps[-1][1]
    assert store.read(lambda tx: tx.count("Organisation")) == 2500 + len(steps)
    store.close()


def test_an_interrupted_copy_leaves_nothing(store: SqliteStore, tmp_path: Path) -> None:
    folder = tmp_path / "sauvegardes"
    folder.mkdir()

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(Network(store, ADMIN), folder / "copie.db", interrupt)
    assert list(folder.iterdir()) == []
    save(store, organisation("encore"))
    store.close()


def test_a_copy_replaces_no_file_and_needs_its_folder(store: SqliteStore, tmp_path: Path) -> None:
    taken = tmp_path / "pris.db"
    taken.write_text("autre chose")
    with pytest.raises(InputError, match="existe déjà"):
        backup(Network(store, ADMIN), taken)
    with pytest.raises(InputError, match="n'existe pas"):
        backup(Network(store, ADMIN), tmp_path / "absent" / "copie.db")
    assert taken.read_text() == "autre chose"
    store.close()
