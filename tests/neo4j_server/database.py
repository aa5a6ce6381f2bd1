"""What tests do to a whole database, through the raw driver."""

from neo4j import Driver, Query
from neo4j.exceptions import DriverError, Neo4jError

DELETE_ALL = Query("MATCH (node) CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 5000 ROWS")
COUNT = Query("MATCH (node) RETURN count(node) AS nodes")
CONSTRAINTS = Query("SHOW CONSTRAINTS YIELD name")
INDEXES = Query("SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL")


def answers(driver: Driver, seconds: float) -> bool:
    """Whether a writer gets its turn within these seconds: not where another holds the store's locks for ever."""
    try:
        with driver.session(database="neo4j") as session:
            session.run(Query("MATCH (s:Store) SET s.turn = 0", timeout=seconds)).consume()
    except (DriverError, Neo4jError):
        return False
    return True


def is_empty(driver: Driver) -> bool:
    """Whether there is no node, constraint or index but the token lookups of a new database."""
    nodes = driver.execute_query(COUNT, database_="neo4j").records[0]["nodes"]
    return nodes == 0 and not _names(driver, CONSTRAINTS) and not _names(driver, INDEXES)


def delete_data(driver: Driver) -> None:
    """Delete every node and link; constraints and indexes stay, as making a hundred of them anew takes seconds."""
    with driver.session(database="neo4j") as session:
        session.run(DELETE_ALL).consume()


def make_empty(driver: Driver) -> None:
    """Delete every node and link, constraint and index; the token lookups of a new database stay."""
    delete_data(driver)
    for name in _names(driver, CONSTRAINTS):
        driver.execute_query(f"DROP CONSTRAINT `{name}`", database_="neo4j")
    for name in _names(driver, INDEXES):
        driver.execute_query(f"DROP INDEX `{name}`", database_="neo4j")


def _names(driver: Driver, listing: Query) -> list[str]:
    return [str(record["name"]) for record in driver.execute_query(listing, database_="neo4j").records]
