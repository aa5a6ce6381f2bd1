"""Whole transactions: everything or nothing, one writer at a time, readers undisturbed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from crm.errors import ConflictError, DuplicateKey, Reseau28Error, StoreVersion
from crm.store.protocol import Query, ReadTransaction, Store, WriteTransaction
from graph_schema.migrations import SCHEMA_VERSION
from tests.contract.samples import append, commit_after, creation, link, organisation, person, remove, save

WAIT = 60.0


class Interrupted(BaseException):
    """Something that is no ``Exception``, as Ctrl-C."""


@pytest.mark.parametrize("error", [ValueError, Interrupted, KeyboardInterrupt])
def test_nothing_is_kept_when_work_raises(store: Store, error: type[BaseException]) -> None:
    save(store, organisation("o1", "Avant"), organisation("o2"))

    def work(tx: WriteTransaction) -> None:
        tx.save([organisation("o1", "Après", revision=2), person("p1")], [link("l1", "WorksFor", "p1", "o1")])
        tx.remove(["o2"])
        tx.append(commit_after(tx.head(), 1), [creation(0, person("p1"))])
        tx.set_dataset("0" * 32)
        tx.set_schema_version(9)
        raise error

    before = store.read(lambda tx: (sorted(tx.records()), tx.info()))
    with pytest.raises(error):
        store.write(work)
    assert store.read(lambda tx: (sorted(tx.records()), tx.info())) == before
    assert store.read(lambda tx: tx.search("apres")) == []


@pytest.mark.parametrize("version", [SCHEMA_VERSION - 1, SCHEMA_VERSION + 1])
def test_an_instance_of_another_version_writes_nothing(store: Store, version: int) -> None:
    store.write(lambda tx: tx.set_schema_version(version))  # as another build does while this one runs
    with pytest.raises(StoreVersion, match="migrate" if version < SCHEMA_VERSION else "mettez le logiciel à jour"):
        save(store, organisation("o1"))
    assert store.read(lambda tx: (list(tx.records()), tx.info().schema_version)) == ([], version)


def test_a_write_after_a_failed_one_works(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        store.write(lambda tx: 1 // 0)
    save(store, organisation("o1"))
    assert store.read(lambda tx: tx.count("Organisation")) == 1


def test_a_swallowed_failure_still_keeps_nothing(store: Store) -> None:
    save(store, organisation("o1", siret="00000000000018"))

    def work(tx: WriteTransaction) -> None:
        tx.save([organisation("o2")])
        try:
            tx.save([organisation("o3", siret="00000000000018")])
        except DuplicateKey:
            return

    with pytest.raises(Reseau28Error):
        store.write(work)
    assert store.read(lambda tx: tx.count("Organisation")) == 1


def test_a_write_sees_its_own_writes(store: Store) -> None:
    def work(tx: WriteTransaction) -> None:
        tx.save([organisation("o1", "Lens", siren="000000001"), person("p1")], [link("l1", "WorksFor", "p1", "o1")])
        tx.append(commit_after(tx.head(), 1), [creation(0, person("p1"))])
        assert set(tx.get(["o1", "p1"])) == {"o1", "p1"}
        assert set(tx.lookup("Organisation", "siren", ["000000001"])) == {"000000001"}
        assert [r.id for r in tx.find(Query("Organisation")).items] == ["o1"]
        assert [r.id for r in tx.links_of(["p1"])] == ["l1"]
        assert tx.head().number == 1
        assert len(tx.history("p1")) == 1
        tx.remove(["o1"], ["l1"])
        assert set(tx.get(["o1", "p1"])) == {"p1"}

    store.write(work)
    assert store.read(lambda tx: [r.id for r in tx.records()]) == ["p1"]


def test_work_gives_back_its_result(store: Store) -> None:
    assert store.read(lambda tx: ("lu", tx.head().number)) == ("lu", 0)
    assert store.write(lambda tx: ("écrit", tx.head().number)) == ("écrit", 0)


def test_work_may_not_use_the_store_itself(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.write(lambda tx: store.write(lambda inner: inner.save([organisation("o1")])))
    with pytest.raises(RuntimeError):
        store.read(lambda tx: store.write(lambda inner: inner.save([organisation("o1")])))
    with pytest.raises(RuntimeError):
        store.write(lambda tx: store.read(lambda inner: inner.head()))
    assert store.read(lambda tx: tx.count("Organisation")) == 0


def test_a_reader_sees_one_moment_while_a_writer_commits(store: Store) -> None:
    save(store, organisation("o1", "Avant"))
    reading, written = threading.Event(), threading.Event()

    def read(tx: ReadTransaction) -> tuple[int, int, str]:
        before = tx.count("Organisation")
        reading.set()
        assert written.wait(WAIT)
        return before, tx.count("Organisation"), str(tx.get(["o1"])["o1"].values["name"])

    def after(tx: WriteTransaction) -> None:
        tx.save([organisation("o1", "Après", revision=2), organisation("o2")])
        tx.append(commit_after(tx.head(), 1), [creation(0, organisation("o2"))])

    with ThreadPoolExecutor() as pool:
        seen = pool.submit(store.read, read)
        assert reading.wait(WAIT)
        store.write(after)
        written.set()
        assert seen.result(WAIT) in {(1, 1, "Avant"), (2, 2, "Après")}
    assert store.read(lambda tx: tx.count("Organisation")) == 2


def test_two_writers_at_once_wait_for_one_another(store: Store) -> None:
    save(store, organisation("counter", "0"))
    rounds, writers = 10, 4

    def add_one(tx: WriteTransaction) -> None:
        record = tx.get(["counter"])["counter"]
        value = int(str(record.values["name"])) + 1
        tx.save([organisation("counter", str(value), revision=record.revision + 1)])
        tx.append(commit_after(tx.head(), 1), [creation(0, record)])

    def write_all() -> None:
        for _ in range(rounds):
            store.write(add_one)

    with ThreadPoolExecutor(writers) as pool:
        for done in [pool.submit(write_all) for _ in range(writers)]:
            done.result(WAIT)
    commits = store.read(lambda tx: tx.commits(limit=1000))
    assert store.read(lambda tx: tx.get(["counter"])["counter"].values["name"]) == str(rounds * writers)
    assert [c.number for c in commits] == list(range(1, rounds * writers + 1))
    assert all(b.previous == a.digest for a, b in pairwise(commits))


def test_a_commit_prepared_on_an_old_head_is_refused(store: Store) -> None:
    head = store.read(lambda tx: tx.head())
    append(store, organisation("o1"))
    with pytest.raises(ConflictError):
        store.write(lambda tx: tx.append(commit_after(head), []))


def test_many_records_are_saved_and_removed_at_once(store: Store) -> None:
    nodes = [organisation(f"o{n:04}", f"Nom {n}") for n in range(2000)]
    links = [link(f"l{n:04}", "WorksWith", "o0000", f"o{n:04}") for n in range(1, 2000)]
    store.write(lambda tx: tx.save(nodes, links))
    assert store.read(lambda tx: (tx.info().nodes, tx.info().links)) == (2000, 1999)
    assert store.read(lambda tx: len(tx.get(r.id for r in nodes))) == 2000
    remove(store, nodes=[r.id for r in nodes], links=[r.id for r in links])
    assert store.read(lambda tx: (tx.info().nodes, tx.info().links)) == (0, 0)
