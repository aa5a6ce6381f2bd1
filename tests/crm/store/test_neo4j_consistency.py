"""One consistent view, on a database that by itself shows whatever is committed at each moment."""

from contextlib import closing

import pytest

from crm.errors import NotFound
from crm.store import open_store
from crm.store.protocol import ReadTransaction, Store
from tests.contract.samples import append, organisation
from tests.crm.store.neo4j_addresses import address_of, opened
from tests.neo4j_server.fixtures import Neo4jAddress


def other(server: Neo4jAddress) -> Store:
    """The same network as another process sees it."""
    return open_store(address_of(server), password=server.password)


def test_a_reading_that_a_commit_crosses_is_done_again(blank_neo4j: Neo4jAddress) -> None:
    seen: list[tuple[int, int]] = []
    with opened(blank_neo4j) as store, closing(other(blank_neo4j)) as elsewhere:

        def work(tx: ReadTransaction) -> tuple[int, int]:
            before = tx.head().number
            if not seen:
                append(elsewhere, organisation("o1"))
            seen.append((before, tx.head().number))
            return seen[-1]

        assert store.read(work) == (1, 1)
    assert seen == [(0, 1), (1, 1)]


def test_what_a_reading_stumbles_over_counts_only_if_it_stands(blank_neo4j: Neo4jAddress) -> None:
    attempts: list[int] = []
    with opened(blank_neo4j) as store, closing(other(blank_neo4j)) as elsewhere:

        def work(tx: ReadTransaction) -> int:
            attempts.append(tx.head().number)
            if len(attempts) == 1:
                append(elsewhere, organisation("o1"))
            if attempts[-1] == 0:
                raise NotFound("pas encore")
            return attempts[-1]

        assert store.read(work) == 1
        with pytest.raises(NotFound, match="toujours pas"):
            store.read(lambda tx: _raise(NotFound(f"toujours pas : {tx.head().number}")))


def test_a_reading_that_is_crossed_each_time_ends_by_holding_writers_back(blank_neo4j: Neo4jAddress) -> None:
    numbers: list[int] = []
    with opened(blank_neo4j) as store, closing(other(blank_neo4j)) as elsewhere:

        def work(tx: ReadTransaction) -> int:
            numbers.append(tx.head().number)
            if len(numbers) < 4:
                append(elsewhere, organisation(f"o{len(numbers)}"))
            return tx.head().number

        assert store.read(work) == 3
    assert numbers == [0, 1, 2, 3]


def _raise(error: Exception) -> None:
    raise error
