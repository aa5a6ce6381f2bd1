"""The test server is a real one: what the store's tests rely on, on every version that runs here."""

from collections.abc import Iterator

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ConstraintError

from tests.neo4j_server.database import is_empty, make_empty
from tests.neo4j_server.fixtures import Neo4jAddress, require, runnable_versions
from tests.neo4j_server.server import Neo4jServer

FULL_TEXT = (
    "CREATE FULLTEXT INDEX organisation_text FOR (o:Organisation) ON EACH [o.name] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"
)
SEARCH = "CALL db.index.fulltext.queryNodes('organisation_text', $text) YIELD node RETURN node.name AS name"


@pytest.fixture(scope="module", params=runnable_versions())
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    require(request.param)
    running = Neo4jServer(tmp_path_factory.mktemp("neo4j"), version=request.param).start()
    yield running
    running.kill()


@pytest.fixture
def driver(server: Neo4jServer) -> Iterator[Driver]:
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as opened:
        make_empty(opened)
        yield opened


pytestmark = pytest.mark.neo4j


def test_the_version_asked_for_is_the_one_that_runs(server: Neo4jServer, driver: Driver) -> None:
    versions = driver.execute_query("CALL dbms.components() YIELD versions RETURN versions[0] AS version").records
    assert versions[0]["version"] == server.version


def test_a_uniqueness_constraint_is_held(driver: Driver) -> None:
    driver.execute_query("CREATE CONSTRAINT FOR (o:Organisation) REQUIRE o.id IS UNIQUE")
    driver.execute_query("CREATE (:Organisation {id: 'a'})")
    with pytest.raises(ConstraintError):
        driver.execute_query("CREATE (:Organisation {id: 'a'})")


def test_full_text_search_ignores_accents_and_case_and_matches_prefixes(driver: Driver) -> None:
    driver.execute_query(FULL_TEXT)
    driver.execute_query(
        "CREATE (:Organisation {name: 'Métallurgie Exemple'}), (:Organisation {name: 'Garage Fictif'})"
    )
    driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    assert [row["name"] for row in driver.execute_query(SEARCH, text="METALL*").records] == ["Métallurgie Exemple"]


def test_a_wrong_password_is_refused(server: Neo4jServer) -> None:
    with GraphDatabase.driver(server.uri, auth=(server.user, "pas-le-bon")) as stranger, pytest.raises(AuthError):
        stranger.verify_connectivity()


def test_emptying_leaves_neither_data_nor_schema(driver: Driver) -> None:
    driver.execute_query("CREATE CONSTRAINT FOR (o:Organisation) REQUIRE o.id IS UNIQUE")
    driver.execute_query("CREATE INDEX FOR (o:Organisation) ON (o.name)")
    driver.execute_query("UNWIND range(1, 12000) AS id CREATE (:Organisation {id: id})-[:KNOWS]->(:Person)")
    assert not is_empty(driver)
    make_empty(driver)
    assert is_empty(driver)


def test_routing_addresses_work_on_one_server(server: Neo4jServer) -> None:
    routed = server.uri.replace("bolt://", "neo4j://")
    with GraphDatabase.driver(routed, auth=(server.user, server.password)) as driver:
        assert driver.execute_query("RETURN 28 AS answer", database_="neo4j").records[0]["answer"] == 28


def test_the_session_server_starts_each_test_empty(empty_neo4j: Neo4jAddress) -> None:
    with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j[1:]) as driver:
        assert is_empty(driver)
        driver.execute_query("CREATE (:Organisation {id: 'a'})")


def test_the_session_server_starts_each_test_empty_again(empty_neo4j: Neo4jAddress) -> None:
    with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j[1:]) as driver:
        assert is_empty(driver)
