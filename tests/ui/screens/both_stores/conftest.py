"""One filling of both stores for all the journeys."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from crm.demo import fill
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.upkeep.copying import copy
from tests.neo4j_server.fixtures import emptied, reachable
from tests.ui.screens.both_stores.stores import Place, Stores
from tests.ui.screens.conftest import TODAY
from ui import session

ADMIN = Actor("C. Exemple", Role.ADMIN)


@pytest.fixture(scope="package")
def stores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """The demonstration network on SQLite, and its copy on Neo4j."""
    server = emptied(reachable(request))
    home = tmp_path_factory.mktemp("both")
    file = str(home / "reseau28.db")
    here = Place(file, "", home, Network(open_store(file), ADMIN))
    fill(here.network, on=TODAY)
    there = Place(
        server.written, server.password, home, Network(open_store(server.written, password=server.password), ADMIN)
    )
    copy(here.network, there.network)
    # A network of its own, or what this process keeps of the one would answer for the other.
    there.network.store.write(lambda tx: tx.set_dataset(uuid4().hex))
    yield Stores(here, there)
    session.close()
    for place in (here, there):
        place.network.store.close()
