"""Any wrong value in any property of ours on a server: a verification names what was altered and goes on.

``RESEAU28_WRONG_VALUES`` says how many are tried (0: all of them; a sample else).
"""

import math
import os
import random
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import Neo4jError

from crm.ledger.verdicts import judge
from crm.network import Network
from crm.store import open_store
from tests.crm.alterations import live
from tests.crm.conftest import ADMIN
from tests.neo4j_server.fixtures import Neo4jAddress

MANY = int(os.environ.get("RESEAU28_WRONG_VALUES", "60"))
SEED = int(os.environ.get("RESEAU28_SEED", "28"))
VALUES: tuple[Any, ...] = (
    "", "Secret Dupont", "é", "[", "{}", "[1]", b"Secret", None, -5, 0, 2**63 - 1, 1.5, math.inf, True, [1], ["x"],
    date(2020, 1, 1),
)  # fmt: skip
_NEUTRAL = {("Store", "turn"), ("Store", "application"), ("Store", "schema_version")}
"""What takes turns, and what is judged when the database is opened (``test_reached``)."""


@pytest.mark.neo4j
@pytest.mark.timeout(3600)
def test_any_wrong_value_on_a_server_is_named(empty_neo4j: Neo4jAddress) -> None:
    with closing(open_store(empty_neo4j.written, password=empty_neo4j.password)) as store:
        network = Network(store, ADMIN)
        live(network)
        with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j[1:]) as driver, driver.session() as session:
            tried = [(id, name, value) for id, name in properties(session) for value in VALUES]
            random.Random(SEED).shuffle(tried)
            wrong = [each[1:] for each in tried[: MANY or None] if not is_told(network, session, *each)]
        assert wrong == []
        assert judge(network).faults == []


def properties(session: Any) -> list[tuple[str, str]]:
    """One node of each label, and the names of its properties."""
    found = session.run(
        "MATCH (x) UNWIND [each IN labels(x) WHERE each IN ['Store', 'Commit', 'Change', 'Record']] AS label"
        " WITH label, collect(x)[1..2] + collect(x)[..1] AS some WITH label, some[0] AS x"
        " UNWIND keys(x) AS name RETURN label, elementId(x), name ORDER BY label, name"
    )
    return [(id, name) for label, id, name in found if (label, name) not in _NEUTRAL]


def is_told(network: Network, session: Any, id: str, name: str, value: Any) -> bool:
    """Whether faults are named, and the cell is not shown, when that property has that value; it is put back then."""
    (old,) = session.run("MATCH (x) WHERE elementId(x) = $id RETURN x[$name]", id=id, name=name).single()
    if old == value and old.__class__ is value.__class__:
        return True
    change = "MATCH (x) WHERE elementId(x) = $id SET x[$name] = $value"
    try:
        session.run(change, id=id, name=name, value=value).consume()
    except Neo4jError:  # a constraint does not let it in
        return True
    try:
        found = judge(network)
        return bool(found.altered) and "Secret" not in " ".join(fault.message for fault in found.faults)
    finally:
        session.run(change, id=id, name=name, value=old).consume()
