"""A network on files copied to a Neo4j server in bulk: its records as the store keeps them, without its journal."""

from collections import defaultdict
from typing import Any

from neo4j import Driver

from crm.store.neo4j import codec
from crm.store.protocol import ReadTransaction
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA

ROWS = 5_000
"""Rows given to one UNWIND: all that is kept in memory, for each kind of record."""


class Filling:
    """Writes records into an empty database, whose constraints and indexes the product has made."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def copy(self, tx: ReadTransaction) -> None:
        """Write every node, then every link."""
        links_begun = False
        for record in tx.records():
            if isinstance(record, NodeRecord):
                labels = ":".join((codec.RECORD, *codec.node_labels(record)))
                self._add(f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", codec.node_properties(record))
                continue
            if not links_begun:
                self._flush()
                links_begun = True
            self._link(record)
        self._flush()

    def _link(self, record: LinkRecord) -> None:
        self._add(
            "UNWIND $rows AS row MATCH (a:Record {id: row.source}) MATCH (b:Record {id: row.target}) "
            f"CREATE (a)-[r:{SCHEMA.links[record.type].relation}]->(b) SET r = row.properties",
            {"source": record.source, "target": record.target, "properties": codec.link_properties(record)},
        )

    def _add(self, text: str, row: dict[str, Any]) -> None:
        rows = self._waiting[text]
        rows.append(row)
        if len(rows) == ROWS:
            self._send(text)

    def _flush(self) -> None:
        for text in list(self._waiting):
            self._send(text)

    def _send(self, text: str) -> None:
        self._driver.execute_query(text, rows=self._waiting.pop(text), database_="neo4j")
