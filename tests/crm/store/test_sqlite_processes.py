"""Several processes on one file: writers wait for one another, and a killed one leaves whole commits only."""

import multiprocessing
import os
import signal
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from crm.store import open_store
from crm.store.protocol import WriteTransaction
from crm.store.sqlite.backup import is_packed
from crm.store.sqlite.stamp import log_of
from tests.contract.samples import commit_after, creation, organisation

SPAWN = multiprocessing.get_context("spawn")
WAIT = 120.0


def add_one(tx: WriteTransaction) -> int:
    """One more organisation and its commit; returns how many there are."""
    count = tx.head().number + 1
    record = organisation(f"o{count}")
    tx.append(commit_after(tx.head(), 1), [creation(0, record)])
    tx.save([record])
    return count


def write_many(path: str, times: int) -> None:
    """What each process does."""
    with closing(open_store(path)) as store:
        for _ in range(times):
            store.write(add_one)


def write_for_ever(path: str, told: "multiprocessing.connection.Connection") -> None:
    """Write, telling each number once it is acknowledged."""
    with closing(open_store(path)) as store:
        while True:
            told.send(store.write(add_one))


def assert_whole(path: Path, at_least: int) -> None:
    """One unforked chain of whole commits, none of those acknowledged missing."""
    with closing(open_store(str(path), create=False)) as store:
        commits = store.read(lambda tx: tx.commits(limit=100_000))
        kept = store.read(lambda tx: sorted(tx.rows("Organisation", [])))
        changed = store.read(lambda tx: sorted((c.id,) for _, c in tx.changes(1, len(commits))))
    assert [c.number for c in commits] == list(range(1, len(commits) + 1))
    assert all(b.previous == a.digest for a, b in pairwise(commits))
    assert kept == changed
    assert len(commits) >= at_least


def test_processes_that_create_and_write_at_once_make_one_chain(tmp_path: Path) -> None:
    path, processes, times = tmp_path / "essai.db", 4, 15
    running = [SPAWN.Process(target=write_many, args=(str(path), times)) for _ in range(processes)]
    for process in running:
        process.start()
    for process in running:
        process.join(WAIT)
        assert process.exitcode == 0
    assert_whole(path, at_least=processes * times)


def look(path: str) -> None:
    """What a command does: open, read, close."""
    with closing(open_store(path, create=False)) as store:
        store.read(lambda tx: tx.head())


def test_a_file_that_is_opened_several_times_in_one_process_keeps_its_log(tmp_path: Path) -> None:
    """A process that opens a file past SQLite, and closes it, gives back the locks of all that it has open there: the
    next process to leave takes itself for the last one, and takes the log along.
    """
    path = tmp_path / "essai.db"
    with closing(open_store(str(path))) as serving:
        serving.write(add_one)
        look(str(path))
        assert not is_packed(path)
        process = SPAWN.Process(target=look, args=(str(path),))
        process.start()
        process.join(WAIT)
        assert process.exitcode == 0
        assert log_of(path).exists()
        serving.write(add_one)
    assert_whole(path, at_least=2)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL n'existe pas sous Windows")
def test_every_acknowledged_write_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "essai.db"
    acknowledged = 0
    for stop_after in (1, 7, 20):
        here, there = SPAWN.Pipe(duplex=False)
        process = SPAWN.Process(target=write_for_ever, args=(str(path), there))
        process.start()
        there.close()
        for _ in range(stop_after):
            acknowledged = here.recv()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(WAIT)
        while here.poll():
            try:
                acknowledged = here.recv()
            except EOFError:
                break
        assert_whole(path, at_least=acknowledged)
