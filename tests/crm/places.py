"""A place for a network on each kind of store, in which someone may put something else behind our back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from neo4j import GraphDatabase

from crm.network import Network
from crm.network.heads import Heads
from crm.store import open_store
from crm.upkeep import copying
from tests.crm.conftest import ADMIN
from tests.neo4j_server.database import delete_data
from tests.neo4j_server.fixtures import Neo4jAddress


class Place(NamedTuple):
    """A file, or a server's database; what this machine sees there is kept in ``home``."""

    address: str
    home: Path
    server: Neo4jAddress | None = None

    @contextmanager
    def network(self) -> Iterator[Network]:
        """The network as this machine works on it: whoever opens it begins with what the file says."""
        password = self.server.password if self.server else None
        with closing(open_store(self.address, password=password)) as store:
            yield Network(store, ADMIN, heads=Heads(self.home / "heads", self.address))

    def work(self, *names: str) -> None:
        """Add a partner of each name, one commit each."""
        with self.network() as network:
            for name in names:
                network.commit("Saisie", lambda unit, name=name: unit.create("Organisation", {"name": name}))  # type: ignore[misc]

    def put(self, backup: Path) -> None:
        """Put a backup in the place of all that is there, without a word to anyone."""
        self.empty()
        with closing(open_store(str(backup), create=False)) as kept, self.network() as network:
            copying.copy(Network(kept, ADMIN), Network(network.store, ADMIN))

    def empty(self) -> None:
        """Take all that is there away."""
        if self.server:
            with GraphDatabase.driver(self.server.uri, auth=self.server[1:]) as driver:
                delete_data(driver)
        else:
            Path(self.address).unlink()

    def cut_last(self) -> None:
        """Take the newest commit off, with the records that it made: what is left agrees with itself."""
        if self.server:
            with GraphDatabase.driver(self.server.uri, auth=self.server[1:]) as driver:
                driver.execute_query(
                    "MATCH (k:Commit) WITH k ORDER BY k.number DESC LIMIT 1 MATCH (c:Change {commit: k.number}) "
                    "MATCH (n:Record {id: c.id}) MATCH (s:Store) "
                    "SET s.number = k.number - 1, s.digest = k.previous DETACH DELETE n, c, k"
                )
            return
        with closing(sqlite3.connect(self.address)) as db, db:
            (last,) = db.execute("SELECT max(number) FROM commits").fetchone()
            made = "SELECT pk FROM node WHERE id IN (SELECT id FROM change WHERE number = ?)"
            db.execute("DELETE FROM link WHERE id IN (SELECT id FROM change WHERE number = ?)", (last,))
            db.execute(f"DELETE FROM search WHERE rowid IN ({made})", (last,))
            db.execute("DELETE FROM link WHERE id IN (SELECT id FROM change WHERE number = ?)", (last,))
            db.execute(f"DELETE FROM node WHERE pk IN ({made})", (last,))
            db.execute("DELETE FROM change WHERE number = ?", (last,))
            db.execute("DELETE FROM commits WHERE number = ?", (last,))
