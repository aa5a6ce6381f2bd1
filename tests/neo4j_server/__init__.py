"""A real Neo4j Community server for the tests and the benchmarks, run from its jars by any JDK."""

from tests.neo4j_server.jars import LATEST, LTS, Unavailable
from tests.neo4j_server.server import Neo4jServer

__all__ = ["LATEST", "LTS", "Neo4jServer", "Unavailable"]
