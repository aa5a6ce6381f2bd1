"""The small demonstration network, made once for the tests that read it."""

from collections.abc import Iterator
from datetime import date

import pytest

from crm.analytics.graph import Relations, build
from crm.demo import fill
from crm.measures import snapshots
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store

ON = date(2026, 11, 20)
ADMIN = Actor("Essai", Role.ADMIN)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """Size S, on a day of November 2026."""
    store = open_store(str(tmp_path_factory.mktemp("demo") / "demo.db"))
    network = Network(store, ADMIN)
    fill(network, on=ON)
    yield network
    store.close()


@pytest.fixture(scope="session")
def relations(demo: Network) -> Relations:
    """The same network as analytics see it on that day."""
    return build(demo.read(lambda tx: snapshots.whole(tx, ON)))
