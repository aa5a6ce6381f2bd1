"""A network on a real store, as an administrator works on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.network import Network
from crm.rights import Actor, Role
from crm.store import open_store
from crm.store.protocol import Store
from tests.contract.conftest import store as store

ADMIN = Actor("C. Exemple", Role.ADMIN)


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
