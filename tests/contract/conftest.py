"""The store under contract: the same cases on each kind."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from neo4j import GraphDatabase

from crm.store import open_store
from crm.store.protocol import Store
from tests.neo4j_server.database import delete_data


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new, empty store of each kind."""
    if request.param == "sqlite":
        opened = open_store(str(tmp_path / "essai.db"))
    else:
        server = request.getfixturevalue("neo4j_server")
        with GraphDatabase.driver(server.uri, auth=server[1:]) as driver:
            delete_data(driver)
        scheme, _, host = server.uri.partition("://")
        opened = open_store(f"{scheme}://{quote(server.user)}@{host}", password=server.password)
    yield opened
    opened.close()
