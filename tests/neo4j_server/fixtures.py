"""Neo4j for the tests: one server for the session, emptied before each test, or a server of their own.

``RESEAU28_TEST_NEO4J_URI`` (with ``RESEAU28_TEST_NEO4J_USER`` and ``RESEAU28_TEST_NEO4J_PASSWORD``) puts an external
server in the place of the session's; it is refused when its database is not empty.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from neo4j import GraphDatabase

from tests.neo4j_server.database import answers, delete_data, is_empty, make_empty
from tests.neo4j_server.jars import LATEST, LTS, Unavailable, jars_for, java_for
from tests.neo4j_server.server import Neo4jServer

ANSWER_SECONDS = 30.0


class Neo4jAddress(NamedTuple):
    """Where a server is and how to log in."""

    uri: str
    user: str
    password: str

    @property
    def written(self) -> str:
        """The address as the product takes it, the user within."""
        scheme, _, host = self.uri.partition("://")
        return f"{scheme}://{quote(self.user)}@{host}"


def runnable_versions() -> list[str]:
    """The LTS always; the newest release as well where a JDK new enough for it is installed."""
    try:
        java_for(LATEST)
    except Unavailable:
        return [LTS]
    return [LTS, LATEST]


@pytest.fixture(scope="session")
def running_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """The session's server (LTS), started for the first test that needs it."""
    require(LTS)
    server = Neo4jServer(tmp_path_factory.mktemp("neo4j")).start()
    yield server
    server.kill()  # its folder goes too, and a shutdown in good order takes ten seconds


@pytest.fixture
def neo4j_server(request: pytest.FixtureRequest) -> Neo4jAddress:
    """The session's server; a new one at the same address when a test before left it hanging."""
    return reachable(request)


def reachable(request: pytest.FixtureRequest) -> Neo4jAddress:
    """The session's server, for a fixture of any scope whose tests are marked ``neo4j``; whatever it holds stays."""
    if uri := os.environ.get("RESEAU28_TEST_NEO4J_URI"):
        return _external(uri)
    server: Neo4jServer = request.getfixturevalue("running_neo4j")
    make_answer(server)
    return Neo4jAddress(server.uri, server.user, server.password)


def emptied(server: Neo4jAddress) -> Neo4jAddress:
    """The server once its data are gone; constraints and indexes stay."""
    with GraphDatabase.driver(server.uri, auth=server[1:]) as driver:
        delete_data(driver)
    return server


@pytest.fixture
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
def blank_neo4j(neo4j_server: Neo4jAddress) -> Neo4jAddress:
    """The session's server without data; the constraints and indexes of a test before may be there."""
    return emptied(neo4j_server)


@pytest.fixture
def own_neo4j(tmp_path: Path) -> Iterator[Callable[..., Neo4jServer]]:
    """Starts servers that the test may stop, kill and restart (``own_neo4j(version, auth=…)``); all end with it."""
    with ExitStack() as running:

        def start(version: str = LTS, **settings: Any) -> Neo4jServer:
            require(version)
            folder = tmp_path / f"neo4j-{version}-{len(list(tmp_path.iterdir()))}"
            server = Neo4jServer(folder, version=version, **settings)
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


def make_answer(server: Neo4jServer, seconds: float = ANSWER_SECONDS) -> None:
    """Replace a server that does not answer within these seconds by a new one, without data, at the same address."""
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        if answers(driver, seconds):
            return
    server.kill()
    shutil.rmtree(server.folder, ignore_errors=True)
    server.start()


@cache
def _external(uri: str) -> Neo4jAddress:
    """The server that the environment names, once its database is seen to be empty."""
    user = os.environ.get("RESEAU28_TEST_NEO4J_USER", "neo4j")
    address = Neo4jAddress(uri, user, os.environ.get("RESEAU28_TEST_NEO4J_PASSWORD", ""))
    with GraphDatabase.driver(uri, auth=address[1:]) as driver:
        if not is_empty(driver):
            pytest.exit(f"{uri}: refused, its database is not empty and the tests would erase it", returncode=4)
    return address
