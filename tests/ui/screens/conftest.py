"""Small networks for the screens."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from crm.network import Network, provider
from crm.network.rights import Actor, Role
from crm.records import exchanges, organisations, people
from crm.store import open_store
from graph_schema.exchanges import Direction
from graph_schema.vocabularies import Kind
from tests.ui.application import working_at
from ui import session

TODAY = session.today()


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    """An empty network on SQLite, on which the screens of this process work."""
    path = tmp_path / "reseau28.db"
    store = open_store(str(path))
    with working_at(path):
        yield Network(store, Actor("C. Exemple", Role.ADMIN))
    session.close()
    store.close()


def ago(days: int) -> date:
    """The day so many days before today."""
    return TODAY - timedelta(days=days)


def partner(network: Network, name: str, *, last: int | None = None, kind: Kind = Kind.COMPANY, **values: str) -> str:
    """Add a partner of tier A in Lens, heard from ``last`` days ago; returns its id."""
    given = {"name": name, "kind": kind, "tier": "A", "commune": "62498", **values}
    id = organisations.create(network, given).value
    if last is not None:
        exchanges.log(network, [id], on=ago(last), subject="Point de situation", direction=Direction.MUTUAL)
    return id


def contact(network: Network, organisation: str, name: str) -> str:
    """Add Mme ``name``, tutor there; returns her id."""
    person = {"family_name": name, "civility": "mme", "phone": "03 53 01 00 00"}
    return people.add(network, organisation, person, {"role": "Tutrice"}).value


def serve(network: Network, *zone: str) -> None:
    """Declare our zone."""
    provider.save(network, {"name": "CFA Exemple", "zone": list(zone)})
