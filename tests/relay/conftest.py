"""The demonstration network on Neo4j, reached by screens and commands through a relay, on one day."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time
from unittest.mock import patch

import pytest

from crm import days
from crm.demo import fill
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.upkeep.copying import copy
from tests.crm.store.neo4j_addresses import address_of
from tests.neo4j_server.fixtures import Neo4jAddress, emptied, reachable
from tests.relay import Relay
from tests.ui.application import working_at
from tests.ui.figures.reading import DAY
from ui import session


@pytest.fixture(scope="package")
def relayed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """The relay; screens and commands of this process work behind it, and « today » is the day of the network."""
    server = emptied(reachable(request))
    home = tmp_path_factory.mktemp("relayed")
    admin = Actor("C. Exemple", Role.ADMIN)
    with (
        closing(open_store(str(home / "demonstration.db"))) as here,
        closing(open_store(address_of(server), password=server.password)) as there,
    ):
        fill(Network(here, admin), on=DAY)
        copy(Network(here, admin), Network(there, admin))
    noon = datetime.combine(DAY, time(11), UTC)
    with Relay(server.uri) as relay:
        address = address_of(Neo4jAddress(relay.uri, server.user, server.password))
        with working_at(address, home=home, password=server.password), patch.object(days, "now", lambda: noon):
            yield relay
            session.close()
