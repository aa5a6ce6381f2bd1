"""Opening a database: reach it, see that it is ours and of our schema, make it ours if it is empty."""

import uuid

from neo4j import ManagedTransaction, unit_of_work

from crm.store.neo4j import schema
from crm.store.neo4j.address import Address, parse_address
from crm.store.neo4j.errors import not_ours, translated
from crm.store.neo4j.journal import STORE
from crm.store.neo4j.query import Runner
from crm.store.neo4j.store import Neo4jStore
from crm.store.versions import check_version
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.records import GENESIS
from graph_schema.registry import SCHEMA


def open_neo4j(address: str, password: str | None, *, any_version: bool = False) -> Neo4jStore:
    """Open the network kept in a Neo4j database, creating it in an empty one.

    Parameters
    ----------
    address
        ``neo4j://user@host:port/database``, see ``parse_address``.
    password
        The user's; None for a server that asks for none.
    any_version
        Open data of another schema too, and the database as it is: constraints and indexes that are not those declared
        are left for a verification to name. For looking and for migrating.

    Raises InputError for the address, StoreUnavailable when nothing answers, StoreError with the code ``auth`` for a
    refused password and ``not_ours`` for a database that holds something else, StoreVersion for another schema.
    """
    store = Neo4jStore(parse_address(address), password, any_version=any_version)
    try:
        with translated(store.address):
            store.check_connection()
            _prepare(store, any_version)
    except BaseException:
        store.close()
        raise
    return store


def _prepare(store: Neo4jStore, any_version: bool) -> None:
    with store.session() as session:
        version = session.execute_read(_version, store.address)
    if version is None:
        schema.apply(store.session, _claim)
        return
    check_version(version, str(store.address), any_version=any_version)
    if not any_version:
        schema.apply(store.session)


@unit_of_work(timeout=schema.SECONDS)
def _version(tx: ManagedTransaction, address: Address) -> object:
    """The version of the schema that the data follow, None in an empty database."""
    runner = Runner(tx)
    if not any(runner.run("MATCH (n) RETURN 1 LIMIT 1")):  # in this order: another process may be creating the store
        return None
    for (version,) in runner.run(f"MATCH {STORE} RETURN s.schema_version"):
        return -1 if version is None else version
    raise not_ours(address)


def _claim(tx: ManagedTransaction) -> None:
    Runner(tx).do(
        f"MERGE {STORE} ON CREATE SET s.dataset = $dataset, s.schema_version = $version, "
        "s.derivation = $derivation, s.number = 0, s.digest = $genesis",
        dataset=uuid.uuid4().hex,
        version=SCHEMA_VERSION,
        derivation=SCHEMA.derivation,
        genesis=GENESIS,
    )
