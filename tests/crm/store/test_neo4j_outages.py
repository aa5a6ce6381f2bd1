"""A server that goes away, and processes that write at once: no acknowledged write is lost, and the chain is one."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from neo4j import ManagedTransaction
from neo4j.exceptions import IncompleteCommit

from crm.errors import StoreUnavailable
from crm.store.neo4j import store as settings
from crm.store.protocol import Store, WriteTransaction
from tests.contract.samples import commit_after, creation, organisation
from tests.crm.store.neo4j_addresses import opened
from tests.neo4j_server.fixtures import Neo4jAddress, runnable_versions
from tests.neo4j_server.server import Neo4jServer

SPAWN = multiprocessing.get_context("spawn")
WAIT = 480.0
"""For eight processes on a busy machine."""


def add_one(tx: WriteTransaction) -> int:
    """One more organisation and its commit; returns how many there are."""
    number = tx.head().number + 1
    record = organisation(f"o{number}")
    tx.save([record])
    tx.append(commit_after(tx.head(), 1), [creation(0, record)])
    return number


def write_until_it_fails(store: Store, acknowledged: list[int]) -> None:
    """Write without end, noting each number once it is acknowledged."""
    while True:
        acknowledged.append(store.write(add_one))


def write_many(server: Neo4jAddress, times: int) -> None:
    """What each process does."""
    with opened(server) as store:
        for _ in range(times):
            store.write(add_one)


def assert_whole(store: Store, at_least: int) -> None:
    """One unforked chain of whole commits, none of those acknowledged missing."""
    commits = store.read(lambda tx: tx.commits(limit=100_000))
    kept = store.read(lambda tx: sorted(tx.rows("Organisation", [])))
    changed = store.read(lambda tx: sorted((c.id,) for _, c in tx.changes(1, len(commits))))
    assert [c.number for c in commits] == list(range(1, len(commits) + 1))
    assert all(b.previous == a.digest for a, b in pairwise(commits))
    assert kept == changed
    assert len(commits) >= at_least


@pytest.mark.timeout(2 * WAIT)
def test_eight_processes_that_open_and_write_at_once_make_one_chain(empty_neo4j: Neo4jAddress) -> None:
    processes, times = 8, 5
    running = [SPAWN.Process(target=write_many, args=(empty_neo4j, times)) for _ in range(processes)]
    deadline = time.monotonic() + WAIT
    try:
        for process in running:
            process.start()
        for process in running:
            process.join(max(0.0, deadline - time.monotonic()))
        assert [process.exitcode for process in running] == [0] * processes
    finally:
        for process in running:
            process.kill()
    with opened(empty_neo4j) as store:
        assert_whole(store, at_least=processes * times)


@pytest.mark.timeout(600)  # a start and a restart, perhaps on a busy machine
@pytest.mark.parametrize("version", runnable_versions())
def test_every_acknowledged_write_survives_a_killed_server(
    version: str, own_neo4j: Callable[..., Neo4jServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "RETRY_SECONDS", 1.0)
    server, acknowledged = own_neo4j(version), [0]
    with opened(server) as store:
        killer = threading.Timer(2.0, server.kill)
        killer.start()
        with pytest.raises(StoreUnavailable, match=r"n'est pas enregistré|rien ne dit"):
            write_until_it_fails(store, acknowledged)
        killer.join()
        server.start()
        assert_whole(store, at_least=acknowledged[-1])
        assert store.write(add_one) > acknowledged[-1]


@pytest.mark.timeout(600)
def test_a_writer_waits_for_a_server_that_comes_back(
    own_neo4j: Callable[..., Neo4jServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "RETRY_SECONDS", 300.0)
    server, attempts = own_neo4j(), 0
    with opened(server) as store:

        def work(tx: WriteTransaction) -> int:
            nonlocal attempts
            attempts += 1
            tx.save([organisation(f"essai-{attempts}")])
            if attempts == 1:
                server.kill()
                threading.Thread(target=server.start).start()
            return add_one(tx)

        store.write(work)
        assert attempts > 1
        assert store.read(lambda tx: sorted(tx.rows("Organisation", []))) == [(f"essai-{attempts}",), ("o1",)]


def test_a_write_whose_acknowledgement_is_lost_runs_again_and_can_tell(
    blank_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is cut once the server has committed and before the driver hears of it."""
    commit: Callable[[ManagedTransaction], None] = ManagedTransaction._commit
    cut = threading.Event()

    def commit_and_lose_it(tx: ManagedTransaction) -> None:
        commit(tx)
        if not cut.is_set():
            cut.set()
            raise IncompleteCommit("cut")

    def add_once(tx: WriteTransaction) -> str:
        if tx.commit_by_token("token-1"):
            return "recognised"
        add_one(tx)
        return "written"

    with opened(blank_neo4j) as store:
        monkeypatch.setattr(ManagedTransaction, "_commit", commit_and_lose_it)
        assert store.write(add_once) == "recognised"
        assert_whole(store, at_least=1)
