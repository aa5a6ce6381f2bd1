"""The store under contract: the same cases on each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.store import open_store
from crm.store.protocol import Store
from tests.neo4j_server.fixtures import Neo4jAddress


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new, empty store of each kind."""
    if request.param == "sqlite":
        opened = open_store(str(tmp_path / "essai.db"))
    else:
        server: Neo4jAddress = request.getfixturevalue("blank_neo4j")
        opened = open_store(server.written, password=server.password)
    yield opened
    opened.close()
