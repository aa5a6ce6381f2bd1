"""Where measures are taken: files, a Neo4j server of our own on loopback, and the networks generated once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from neo4j import GraphDatabase

from crm.demo import Size, fill
from crm.network import Network
from crm.rights import Actor, Role
from crm.store import open_store
from tests.neo4j_server.database import delete_data
from tests.neo4j_server.server import Neo4jServer

HEAP_MB = 2048
KEPT = timedelta(days=60)
"""A generated network is measured again until it is that old: its exchanges would all be stale."""


class Place(NamedTuple):
    """The address of a store; for a server its password and its process too."""

    kind: str
    address: str
    password: str | None = None
    server: int | None = None

    @contextmanager
    def network(self) -> Iterator[Network]:
        """The network kept there, for someone who may do everything."""
        store = open_store(self.address, password=self.password)
        try:
            yield Network(store, Actor("Mesure", Role.ADMIN))
        finally:
            store.close()


class Filled(NamedTuple):
    """A place that holds the demonstration network as of a day."""

    place: Place
    on: date


def address_of(server: Neo4jServer) -> Place:
    """The server as a store."""
    return Place("neo4j", server.uri.replace("://", f"://{server.user}@"), server.password, server.pid)


@contextmanager
def new_server(folder: Path) -> Iterator[Neo4jServer]:
    """A server whose data go with it."""
    server = Neo4jServer(folder / "neo4j-new", heap_mb=HEAP_MB)
    shutil.rmtree(server.folder, ignore_errors=True)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(server.folder, ignore_errors=True)


def empty(server: Neo4jServer) -> None:
    """Delete all data; constraints and indexes stay."""
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        delete_data(driver)


@contextmanager
def filled(kind: str, size: Size, folder: Path) -> Iterator[Filled]:
    """The demonstration network of a size, generated on first use and kept in ``folder``."""
    on, path = _dated(f"{kind}-{size}", folder)
    if kind == "sqlite":
        place = Place(kind, str(path))
        _fill(place, size, on, path)
        yield Filled(place, on)
        return
    with Neo4jServer(path, heap_mb=HEAP_MB) as server:
        _fill(address_of(server), size, on, path)
        yield Filled(address_of(server), on)


def _dated(name: str, folder: Path) -> tuple[date, Path]:
    """The day of the network kept under ``name``, and where it is; today's place when there is none of use."""
    for done in folder.glob(f"{name}-*.done"):
        day = date.fromisoformat(done.stem.removeprefix(f"{name}-"))
        if date.today() - day <= KEPT:
            return day, done.with_suffix("")
    today = date.today()
    return today, folder / f"{name}-{today}"


def _fill(place: Place, size: Size, on: date, path: Path) -> None:
    """Generate the network unless it is whole already."""
    done = path.with_name(f"{path.name}.done")
    if done.exists():
        return
    if place.kind == "sqlite":
        path.unlink(missing_ok=True)
    with place.network() as network:
        fill(network, size, on=on)
    done.touch()
