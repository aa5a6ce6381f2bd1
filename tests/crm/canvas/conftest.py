"""A network on each store, as an administrator works on it: a canvas is the same on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from crm.network import Network
from crm.store import open_store
from tests.crm.conftest import ADMIN
from tests.neo4j_server.database import delete_data


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def network(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Network]:
    """An empty network."""
    if request.param == "sqlite":
        store = open_store(str(tmp_path / "reseau28.db"))
    else:
        server = request.getfixturevalue("neo4j_server")
        with GraphDatabase.driver(server.uri, auth=server[1:]) as driver:
            delete_data(driver)
        store = open_store(server.written, password=server.password)
    yield Network(store, ADMIN)
    store.close()
