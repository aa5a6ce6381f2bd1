"""A server of a test's own: killed, restarted, without passwords, in the way of another."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from tests.neo4j_server.database import is_empty
from tests.neo4j_server.fixtures import make_answer, require, runnable_versions
from tests.neo4j_server.jars import LTS
from tests.neo4j_server.server import Neo4jServer


@pytest.mark.timeout(600)  # two starts, perhaps on a busy machine
@pytest.mark.parametrize("version", runnable_versions())
def test_a_killed_server_keeps_every_acknowledged_write(version: str, own_neo4j: Callable[..., Neo4jServer]) -> None:
    server = own_neo4j(version)
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query("UNWIND range(1, 500) AS id CREATE (:Organisation {id: id})")
        server.kill()
    assert server.pid is None
    server.start()
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        counted = driver.execute_query("MATCH (o:Organisation) RETURN count(o) AS kept").records
    assert counted[0]["kept"] == 500


def test_without_passwords_anyone_is_let_in_and_a_stopped_server_is_gone(own_neo4j: Callable[..., Neo4jServer]) -> None:
    server = own_neo4j(auth=False)
    with GraphDatabase.driver(server.uri) as driver:
        driver.verify_connectivity()
    server.stop()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


@pytest.mark.timeout(600)
def test_a_server_that_hangs_is_replaced_by_an_empty_one_at_its_address(own_neo4j: Callable[..., Neo4jServer]) -> None:
    server = own_neo4j()
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        driver.execute_query("CREATE (:Store)")
        before = server.pid
        make_answer(server)
        assert server.pid == before
        with driver.session() as session:
            session.begin_transaction().run("MATCH (s:Store) SET s.turn = 1").consume()
            make_answer(server, seconds=1)
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        assert server.pid != before
        assert is_empty(driver)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    require(LTS)
    with socket.socket() as rival:
        rival.bind(("127.0.0.1", 0))
        rival.listen()
        port = int(rival.getsockname()[1])
        server = Neo4jServer(tmp_path / "neo4j", port, auth=False)
        with pytest.raises(RuntimeError, match=f"did not start on port {port}:\n(.|\n)*already in use"):
            server.start()
    assert server.pid is None
