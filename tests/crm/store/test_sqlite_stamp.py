"""A write-ahead log left beside another file is seen before SQLite lays it over that file; nothing is destroyed."""

import multiprocessing
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from crm.errors import InputError, StoreError
from crm.ledger.verify import verify
from crm.network import Network
from crm.records import organisations
from crm.store import open_store
from crm.store.sqlite.stamp import go_together
from crm.upkeep import backup as backups
from tests.crm.conftest import ADMIN

SPAWN = multiprocessing.get_context("spawn")


def names(path: Path) -> list[str]:
    """The partners of the network at ``path``."""
    with closing(open_store(str(path), create=False)) as store:
        assert verify(Network(store, ADMIN)) == []
        return sorted(str(name) for _, name in store.read(lambda tx: list(tx.rows("Organisation", ["name"]))))


def add(path: Path, *partners: str) -> None:
    """Add partners, and close."""
    with closing(open_store(str(path))) as store:
        for name in partners:
            organisations.create(Network(store, ADMIN), {"name": name})


def die_after(path: str, partners: list[str]) -> None:
    """Add partners and end as a killed process does: the log stays."""
    store = open_store(path)
    for name in partners:
        organisations.create(Network(store, ADMIN), {"name": name})
    os._exit(0)


def killed(path: Path, *partners: str) -> None:
    """Leave the store at ``path`` with a log that holds these partners."""
    process = SPAWN.Process(target=die_after, args=(str(path), list(partners)))
    process.start()
    process.join(60)
    assert path.with_name(f"{path.name}-wal").stat().st_size


def kept(path: Path, target: Path) -> None:
    """Back up the network at ``path``."""
    with closing(open_store(str(path))) as store:
        backups.backup(Network(store, ADMIN), target)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A store of which there is a backup, ``sauvegarde.db``, then written by a process that was killed."""
    path = tmp_path / "réseau.db"
    add(path, "Avant")
    kept(path, tmp_path / "sauvegarde.db")
    killed(path, "Après")
    return path


def assert_refused(path: Path) -> None:
    """Opening says what is wrong in one sentence, and leaves every byte as it is."""
    before = {each.name: each.read_bytes() for each in path.parent.glob("*.db*") if "-shm" not in each.name}
    with pytest.raises(StoreError) as refused:
        open_store(str(path))
    assert refused.value.code == "other_log"
    assert "restore --replace" in str(refused.value)
    assert {each.name: each.read_bytes() for each in path.parent.glob("*.db*") if "-shm" not in each.name} == before


def test_a_log_whose_last_frame_was_cut_in_its_middle_opens(live: Path) -> None:
    log = live.with_name(f"{live.name}-wal")
    whole = log.read_bytes()
    page = int.from_bytes(whole[8:12])
    frames = (len(whole) - 32) // (24 + page)
    for frame in range(frames):  # the page of the stamps is one of them
        log.write_bytes(whole[: 32 + frame * (24 + page) + 24 + 100])
        assert go_together(live)
    log.write_bytes(whole[:-100])
    assert names(live) == ["Avant"]


def test_a_log_beside_its_own_file_is_read_as_ever(live: Path) -> None:
    assert go_together(live)
    assert names(live) == ["Après", "Avant"]


@pytest.mark.parametrize("moved", [True, False])
def test_a_backup_over_a_store_whose_log_is_there_is_refused_and_whole(live: Path, tmp_path: Path, moved: bool) -> None:
    backup = tmp_path / "sauvegarde.db"
    (shutil.move if moved else shutil.copyfile)(backup, live)
    assert_refused(live)
    live.with_name(f"{live.name}-wal").rename(tmp_path / "à-côté-wal")
    live.with_name(f"{live.name}-shm").unlink()
    assert names(live) == ["Avant"]


def test_a_plain_copy_made_earlier_is_refused_too(tmp_path: Path) -> None:
    path, copy = tmp_path / "réseau.db", tmp_path / "copie.db"
    add(path, "Avant")
    shutil.copyfile(path, copy)
    add(path, "Entre")
    killed(path, "Après")
    shutil.copyfile(copy, path)
    assert_refused(path)


def test_another_network_over_a_store_is_refused(live: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre" / "autre.db"
    other.parent.mkdir()
    add(other, "Ailleurs")
    shutil.copyfile(other, live)
    assert_refused(live)


def test_a_log_whose_file_is_gone_or_empty_is_left_alone(live: Path) -> None:
    live.unlink()
    assert_refused(live)
    live.touch()
    assert_refused(live)


def test_a_new_store_whose_maker_was_killed_at_once_opens(tmp_path: Path) -> None:
    path = tmp_path / "réseau.db"
    killed(path)
    assert names(path) == []


def test_a_store_is_opened_while_others_write_and_empty_the_log(tmp_path: Path) -> None:
    path = tmp_path / "réseau.db"
    with closing(open_store(str(path))) as store:
        for number in range(40):
            organisations.create(Network(store, ADMIN), {"name": f"Fictif {number}"})
            if number % 5 == 0:
                with store.connection() as db:  # type: ignore[attr-defined]  # a file
                    db.execute("PRAGMA wal_checkpoint(RESTART)")
            assert go_together(path)
        assert go_together(path)


@pytest.mark.parametrize("mixed", [True, False])
def test_replacing_moves_file_log_and_index_aside_together(live: Path, tmp_path: Path, mixed: bool) -> None:
    backup = tmp_path / "sauvegarde.db"
    if mixed:
        shutil.copyfile(backup, live)
    brought, aside = backups.replace(backup, live, ADMIN)
    assert (brought, names(live)) == (1, ["Avant"])
    assert aside is not None
    assert aside.with_name(f"{aside.name}-wal").exists()
    if mixed:
        assert_refused(aside)
    else:
        assert names(aside) == ["Après", "Avant"]
    assert names(backup) == ["Avant"]
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".part")]


def test_what_cannot_be_put_back_moves_nothing(live: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "autre.txt"
    wrong.write_text("rien")
    before = sorted(each.name for each in tmp_path.iterdir())
    with pytest.raises(StoreError):
        backups.replace(wrong, live, ADMIN)
    with pytest.raises((StoreError, InputError)):
        backups.replace(live, live, ADMIN)
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_replacing_where_there_is_nothing_is_a_restore(tmp_path: Path) -> None:
    add(tmp_path / "réseau.db", "Avant")
    assert backups.replace(tmp_path / "réseau.db", tmp_path / "nouveau.db", ADMIN) == (1, None)
    assert names(tmp_path / "nouveau.db") == ["Avant"]
