"""A network on each store, as an administrator works on it: a canvas is the same on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.network import Network
from crm.store import open_store
from tests.crm.conftest import ADMIN
from tests.neo4j_server.fixtures import Neo4jAddress


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def network(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Network]:
    """An empty network."""
    if request.param == "sqlite":
        store = open_store(str(tmp_path / "reseau28.db"))
    else:
        server: Neo4jAddress = request.getfixturevalue("blank_neo4j")
        store = open_store(server.written, password=server.password)
    yield Network(store, ADMIN)
    store.close()
