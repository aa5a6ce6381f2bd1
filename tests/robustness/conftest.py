"""Networks that several processes share."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.neo4j_server.fixtures import Neo4jAddress

ADMIN = Actor("C. Exemple", Role.ADMIN)


class Shared(NamedTuple):
    """Where a network is, for other processes, and the network itself, for this one."""

    address: str
    environment: dict[str, str]
    network: Network


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shared]:
    """An empty network on each store."""
    if request.param == "sqlite":
        opened = share(str(tmp_path / "reseau28.db"))
    else:
        server: Neo4jAddress = request.getfixturevalue("empty_neo4j")
        opened = share(server.written, server.password)
    yield opened
    opened.network.store.close()


def share(address: str, password: str = "") -> Shared:
    """The network at ``address``, and what another process needs to open it too."""
    environment = {**os.environ, "RESEAU28_NEO4J_PASSWORD": password}
    return Shared(address, environment, Network(open_store(address, password=password or None), ADMIN))
