"""Neo4j for the tests: one server for the session, emptied before each test, or a server of their own.

``RESEAU28_TEST_NEO4J_URI`` (with ``RESEAU28_TEST_NEO4J_USER`` and ``RESEAU28_TEST_NEO4J_PASSWORD``) puts an external
server in the place of the session's; it is refused when its database is not empty.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from neo4j import GraphDatabase

from tests.neo4j_server.database import is_empty, make_empty
from tests.neo4j_server.jars import LATEST, LTS, Unavailable, jars_for, java_for
from tests.neo4j_server.server import Neo4jServer


class Neo4jAddress(NamedTuple):
    """Where a server is and how to log in."""

    uri: str
    user: str
    password: str


def runnable_versions() -> list[str]:
    """The LTS always; the newest release as well where a JDK new enough for it is installed."""
    try:
        java_for(LATEST)
    except Unavailable:
        return [LTS]
    return [LTS, LATEST]


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jAddress]:
    """The session's server (LTS), started for the first test that needs it."""
    if uri := os.environ.get("RESEAU28_TEST_NEO4J_URI"):
        yield _external(uri)
        return
    require(LTS)
    server = Neo4jServer(tmp_path_factory.mktemp("neo4j")).start()
    yield Neo4jAddress(server.uri, server.user, server.password)
    server.kill()  # its folder goes too, and a shutdown in good order takes ten seconds


@pytest.fixture(scope="session")
def neo4j_uri(neo4j_server: Neo4jAddress) -> str:
    """The bolt:// address of the session's server, without a user."""
    return neo4j_server.uri


@pytest.fixture
def empty_neo4j(neo4j_server: Neo4jAddress, request: pytest.FixtureRequest) -> Neo4jAddress:
    """The session's server with nothing in its database: no data, constraint or index."""
    if request.node.get_closest_marker("neo4j") is None:
        pytest.fail("mark this test with pytest.mark.neo4j: its database is shared within that group", pytrace=False)
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server[1:]) as driver:
        make_empty(driver)
    return neo4j_server


@pytest.fixture
def own_neo4j(tmp_path: Path) -> Iterator[Callable[..., Neo4jServer]]:
    """Starts servers that the test may stop, kill and restart: ``own_neo4j(version=…, auth=…)``; all end with it."""
    with ExitStack() as running:

        def start(version: str = LTS, *, auth: bool = True) -> Neo4jServer:
            require(version)
            server = Neo4jServer(
                tmp_path / f"neo4j-{version}-{len(list(tmp_path.iterdir()))}", version=version, auth=auth
            )
            running.callback(server.kill)
            return server.start()

        yield start


def require(version: str) -> None:
    """Skip where this version cannot run, saying what to install."""
    try:
        java_for(version)
        jars_for(version)
    except Unavailable as missing:
        pytest.skip(str(missing))


def _external(uri: str) -> Neo4jAddress:
    """The server that the environment names, once its database is seen to be empty."""
    user = os.environ.get("RESEAU28_TEST_NEO4J_USER", "neo4j")
    address = Neo4jAddress(uri, user, os.environ.get("RESEAU28_TEST_NEO4J_PASSWORD", ""))
    with GraphDatabase.driver(uri, auth=address[1:]) as driver:
        if not is_empty(driver):
            pytest.exit(f"{uri}: refused, its database is not empty and the tests would erase it", returncode=4)
    return address
