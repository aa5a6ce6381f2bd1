"""A network on a real store, as an administrator works on it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crm import demo
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.store.protocol import Store
from tests.contract.conftest import store as store

ADMIN = Actor("C. Exemple", Role.ADMIN)
SAID_ON = date(2026, 11, 28)
"""The day on which sentences are said, a Saturday."""


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    """An empty network."""
    store = open_store(str(tmp_path / "reseau28.db"))
    yield Network(store, ADMIN)
    store.close()


@pytest.fixture
def either(store: Store) -> Network:
    """An empty network on each kind of store."""
    return Network(store, ADMIN)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The demonstration, size S, of the day on which sentences are said; to be read only."""
    store = open_store(str(tmp_path_factory.mktemp("demonstration") / "reseau28.db"))
    network = Network(store, ADMIN)
    demo.fill(network, on=SAID_ON)
    yield network
    store.close()
