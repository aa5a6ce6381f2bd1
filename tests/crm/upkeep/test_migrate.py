"""Old data are brought forward, killed at any moment or not: links that were wrong are mended by the journal."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records.serving import serve
from crm.store import open_store
from crm.upkeep.migrate import migrate, pending
from graph_schema.migrations import MIGRATIONS, SCHEMA_VERSION
from graph_schema.territory import Level, above, ancestors, epcis, parse_territory_id, place, territory_id
from tests.robustness.conftest import Shared
from tests.robustness.conftest import shared as shared

OLD = 2
TERNOIS = "epci:200069672"
MIGRATION = """
import os, signal, sys
from crm.upkeep import migrate
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
address, commits = sys.argv[1], int(sys.argv[2])
rewire = migrate._rewire
done = 0
def killed(*arguments):
    global done
    rewire(*arguments)
    if done == commits:
        os.kill(os.getpid(), signal.SIGKILL)  # before what this commit holds is kept
    done += 1
migrate._rewire = killed
migrate._SOURCES = 40
store = open_store(address, password=os.environ.get("RESEAU28_NEO4J_PASSWORD"), any_version=True)
migrate.migrate(Network(store, Actor("C. Exemple", Role.ADMIN)))
"""


def spanning() -> list[str]:
    """The EPCI that lie in several départements."""
    found = (each for each in epcis().values() if each.departement is None)
    return [each.id for each in found]


def as_once_written(unit: UnitOfWork) -> None:
    """Territories as builds up to schema 2 made them: one chain through all that a place lies in."""
    for id in [*spanning(), "commune:62498", "commune:80810"]:
        chain = [territory_id(*each) for each in ancestors(*parse_territory_id(id))]
        made = {each for each in chain if unit.node(each) is None}
        for each in made:
            level, code = parse_territory_id(each)
            unit.create("Territory", {"level": level, "code": code, "name": each}, id=each)
        for lower, upper in pairwise(chain):
            if lower in made:
                unit.connect("Within", lower, upper)


def write_old(network: Network) -> None:
    """Fill the network, and say that it is of the old schema."""
    network.commit("Territoires", as_once_written)
    network.store.write(lambda tx: tx.set_schema_version(OLD))


@contextmanager
def reopened(shared: Shared) -> Iterator[Network]:
    """The network as it is kept, whatever its schema."""
    store = open_store(shared.address, password=shared.environment["RESEAU28_NEO4J_PASSWORD"] or None, any_version=True)
    yield Network(store, Actor("C. Exemple", Role.ADMIN))
    store.close()


def within(network: Network) -> set[tuple[str, str]]:
    """Which territory lies directly in which, each link once."""
    rows = network.read(lambda tx: [(str(row[1]), str(row[2])) for row in tx.link_rows("Within")])
    assert len(rows) == len(set(rows))
    return set(rows)


def right(network: Network) -> set[tuple[str, str]]:
    """What ``within`` must be, for the territories that the network holds."""
    known = network.read(lambda tx: {str(row[0]) for row in tx.rows("Territory", ("code",))})
    pairs = ((id, territory_id(*each)) for id in known for each in above(*parse_territory_id(id)))
    return {pair for pair in pairs if pair[1] in known}


def test_there_are_epci_in_several_departements() -> None:
    assert len(spanning()) == 89
    assert TERNOIS in spanning()


def test_territories_once_chained_are_mended_by_the_journal_and_stay_so(shared: Shared) -> None:
    network = shared.network
    write_old(network)
    assert ("departement:62", "departement:80") in within(network)
    before = network.read(lambda tx: tx.head().number)
    with reopened(shared) as old:
        assert migrate(old) == len(pending(OLD))
    assert within(network) == right(network)
    assert {(TERNOIS, "departement:62"), (TERNOIS, "departement:80")} <= within(network)
    commits = network.read(lambda tx: tx.commits(after=before))
    assert [commit.source for commit in commits] == ["migration"]
    assert network.read(lambda tx: tx.info().schema_version) == SCHEMA_VERSION
    network.store.write(lambda tx: tx.set_schema_version(OLD))
    with reopened(shared) as old:
        migrate(old)
    assert network.read(lambda tx: tx.head().number) == commits[-1].number  # nothing was left to mend
    assert verify(network) == []


def test_only_what_is_wrong_is_touched(shared: Shared) -> None:
    network = shared.network
    network.commit("Structure", lambda unit: unit.create("Organisation", {"name": "Exemple"}, id="o1"))
    lens, ternois = place(Level.COMMUNE, "62498"), place(*parse_territory_id(TERNOIS))
    assert lens is not None
    assert ternois is not None
    serve(network, "o1", lens)
    serve(network, "o1", ternois)
    assert within(network) == right(network)
    commits = network.read(lambda tx: tx.head().number)
    network.store.write(lambda tx: tx.set_schema_version(OLD))
    with reopened(shared) as old:
        migrate(old)
    assert network.read(lambda tx: tx.head().number) == commits


@pytest.mark.timeout(300)
def test_a_migration_killed_at_any_commit_ends_as_one_that_was_not(shared: Shared) -> None:
    write_old(shared.network)
    for commits in (0, 1):  # each run comes one commit further, then dies in the next
        command = [sys.executable, "-c", MIGRATION, shared.address, str(commits)]
        killed = subprocess.run(command, env=shared.environment, cwd=Path.cwd(), check=False)
        assert killed.returncode == -signal.SIGKILL
        with reopened(shared) as network:
            assert network.read(lambda tx: tx.info().schema_version) == OLD
            assert within(network) != right(network)
            assert [fault.code for fault in verify(network)] == ["schema_lowered"]  # by ``write_old``
    with reopened(shared) as network:
        migrate(network)
        assert within(network) == right(network)
        assert network.read(lambda tx: tx.info().schema_version) == SCHEMA_VERSION
        assert verify(network) == []


def test_steps_are_numbered_one_after_the_other() -> None:
    assert [step.version for step in MIGRATIONS] == list(range(1, SCHEMA_VERSION + 1))
