"""Where measures are taken: files, a Neo4j server of our own on loopback, and the networks generated once."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from neo4j import GraphDatabase

from benchmarks.bulk import Filling
from crm.demo import Size, fill
from crm.network import Network
from crm.network.rights import Actor, Role
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
    """The demonstration network of a size, generated on first use and kept in ``folder``.

    It is made on files; a server gets a copy, in bulk, which has no journal.
    """
    on, path = _dated(f"sqlite-{size}", folder)
    file = Place("sqlite", str(path))
    _once(path, lambda: _generate(file, size, on))
    if kind == "sqlite":
        yield Filled(file, on)
        return
    path = folder / f"{kind}-{size}-{on}"
    if not _done(path).exists():
        shutil.rmtree(path, ignore_errors=True)
    with Neo4jServer(path, heap_mb=HEAP_MB) as server:
        _once(path, lambda: _copy(file, server))
        yield Filled(address_of(server), on)


def _dated(name: str, folder: Path) -> tuple[date, Path]:
    """The day of the network kept under ``name``, and where it is; today's place when there is none of use."""
    for done in folder.glob(f"{name}-*.done"):
        day = date.fromisoformat(done.stem.removeprefix(f"{name}-"))
        if date.today() - day <= KEPT:
            return day, done.with_suffix("")
    today = date.today()
    return today, folder / f"{name}-{today}"


def _once(path: Path, make: Callable[[], None]) -> None:
    """Make what is kept at ``path``, unless it is whole already."""
    if not _done(path).exists():
        make()
        _done(path).touch()


def _done(path: Path) -> Path:
    return path.with_name(f"{path.name}.done")


def _generate(file: Place, size: Size, on: date) -> None:
    Path(file.address).unlink(missing_ok=True)
    with file.network() as network:
        fill(network, size, on=on)


def _copy(file: Place, server: Neo4jServer) -> None:
    with address_of(server).network():  # makes constraints and indexes
        pass
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver, file.network() as network:
        network.read(Filling(driver).copy)
