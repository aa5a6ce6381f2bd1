"""A Neo4j database for the tests of what is peculiar to that store."""

import pytest
from neo4j import GraphDatabase

from tests.neo4j_server.database import delete_data
from tests.neo4j_server.fixtures import Neo4jAddress


@pytest.fixture
def blank_neo4j(neo4j_server: Neo4jAddress) -> Neo4jAddress:
    """The session's server without data; the constraints and indexes of a test before may be there."""
    with GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        delete_data(driver)
    return neo4j_server
