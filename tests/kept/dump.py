"""A whole Neo4j database as text, past any store of ours: one JSON document a line, compressed.

First its constraints and indexes, as the statements that create them; then nodes with their labels and properties, and
relationships between nodes by number. Only values that JSON knows may stand in properties.
"""

import json
import lzma
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from neo4j import Driver, Query

_CONSTRAINTS = Query("SHOW CONSTRAINTS YIELD name, createStatement RETURN createStatement ORDER BY name")
_INDEXES = Query(
    "SHOW INDEXES YIELD name, type, owningConstraint, createStatement WHERE type <> 'LOOKUP' AND owningConstraint IS"
    " NULL RETURN createStatement ORDER BY name"
)
_NODES = Query("MATCH (n) RETURN elementId(n), labels(n), properties(n)")
_LINKS = Query("MATCH (a)-[r]->(b) RETURN elementId(a), type(r), elementId(b), properties(r)")
_BATCH = 2_000


def write(driver: Driver, file: Path) -> None:
    """Write all that the database holds."""
    with lzma.open(file, "wt", encoding="utf-8", preset=9 | lzma.PRESET_EXTREME) as out:
        for line in _lines(driver):
            out.write(json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")


def _lines(driver: Driver) -> Iterator[dict[str, Any]]:
    with driver.session(database="neo4j") as session:
        for listing in (_CONSTRAINTS, _INDEXES):
            for (statement,) in session.run(listing):
                yield {"statement": statement}
        numbers: dict[str, int] = {}
        for node, labels, properties in session.run(_NODES):
            number = numbers.setdefault(node, len(numbers))
            yield {"node": number, "labels": sorted(labels), "properties": properties}
        for source, type, target, properties in session.run(_LINKS):
            yield {"source": numbers[source], "type": type, "target": numbers[target], "properties": properties}


def replay(file: Path, driver: Driver) -> None:
    """Put what ``write`` kept into an empty database, by Cypher alone."""
    with lzma.open(file, "rt", encoding="utf-8") as kept, driver.session(database="neo4j") as session:
        lines = [json.loads(line) for line in kept]
        for line in lines:
            if "statement" in line:
                session.run(Query(line["statement"])).consume()
        session.run("CREATE INDEX replay FOR (n:Replayed) ON (n.replayed)").consume()
        session.run("CALL db.awaitIndexes(300)").consume()
        for labels, nodes in _grouped([line for line in lines if "node" in line], "labels"):
            create = f"UNWIND $rows AS row CREATE (n:Replayed:{':'.join(map(_name, labels))})"
            _run(session, f"{create} SET n = row.properties, n.replayed = row.node", nodes)
        for type, links in _grouped([line for line in lines if "source" in line], "type"):
            ends = "MATCH (a:Replayed {replayed: row.source}), (b:Replayed {replayed: row.target})"
            _run(session, f"UNWIND $rows AS row {ends} CREATE (a)-[r:{_name(type)}]->(b) SET r = row.properties", links)
        forget = "MATCH (n:Replayed) CALL (n) { REMOVE n:Replayed, n.replayed } IN TRANSACTIONS OF 5000 ROWS"
        session.run(Query(forget)).consume()
        session.run("DROP INDEX replay").consume()


def _grouped(lines: list[dict[str, Any]], key: str) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    for found, group in groupby(sorted(lines, key=lambda line: line[key]), key=lambda line: line[key]):
        yield found, list(group)


def _run(session: Any, statement: str, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _BATCH):
        session.run(Query(statement), rows=rows[start : start + _BATCH]).consume()


def _name(name: str) -> str:
    return f"`{name}`"
