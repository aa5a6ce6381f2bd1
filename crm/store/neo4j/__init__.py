"""A network kept by a Neo4j server."""

from crm.store.neo4j.opening import open_neo4j
from crm.store.neo4j.store import Neo4jStore

__all__ = ["Neo4jStore", "open_neo4j"]
