"""A network on a real store, as an administrator works on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.network import Network
from crm.rights import Actor, Role
from crm.store import open_store
from tests.neo4j_server.fixtures import Neo4jAddress

ADMIN = Actor("C. Exemple", Role.ADMIN)


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    """An empty network."""
    store = open_store(str(tmp_path / "reseau28.db"))
    yield Network(store, ADMIN)
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Network]:
    """An empty network on each kind of store."""
    if request.param == "sqlite":
        store = open_store(str(tmp_path / "reseau28.db"))
    else:
        server: Neo4jAddress = request.getfixturevalue("blank_neo4j")
        store = open_store(server.written, password=server.password)
    yield Network(store, ADMIN)
    store.close()
