"""What the Neo4j server behind a store is."""

from typing import NamedTuple

from neo4j import ManagedTransaction

from crm.store.neo4j.errors import translated
from crm.store.neo4j.store import Neo4jStore

OLDEST = (5, 26)
"""The long-term support version that this software is tested with."""


class Server(NamedTuple):
    """A server's version and edition."""

    version: str
    edition: str

    @property
    def is_recent_enough(self) -> bool:
        """Whether this software works with it; numbers by year (2026.08) come after 5."""
        parts = [int(part) for part in self.version.split(".")[:2] if part.isdigit()]
        return tuple(parts) >= OLDEST


def server_of(store: Neo4jStore) -> Server:
    """Ask the server what it is. Raises ``StoreError`` or its kin when it does not answer."""
    with translated(store.address), store.session() as session:
        return session.execute_read(_server)


def _server(tx: ManagedTransaction) -> Server:
    kernel = tx.run("CALL dbms.components() YIELD name, versions, edition RETURN versions[0], edition LIMIT 1").single(
        strict=True
    )
    return Server(str(kernel[0]), str(kernel[1]))
