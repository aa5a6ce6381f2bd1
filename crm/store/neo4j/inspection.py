"""What the database keeps besides journal and records, held against what it must be: schema, labels, derived texts."""

import re
from collections.abc import Callable, Iterator

from crm.faults import Fault
from crm.store.neo4j import codec
from crm.store.neo4j.ddl import OURS, statements
from crm.store.neo4j.journal import STORE
from crm.store.neo4j.query import Runner
from graph_schema.registry import SCHEMA

_INDEXES = """SHOW INDEXES YIELD name, state, labelsOrTypes, properties, owningConstraint, type
WHERE name STARTS WITH $ours RETURN name, state, labelsOrTypes, properties, owningConstraint IS NOT NULL, type"""
_NAME = re.compile(r"\(?[nr]?:(\w+)")
_PROPERTY = re.compile(r"\b[nr]\.(\w+)")
_TOLD = 5_000


class ServerInspection(Runner):
    """See ``ReadTransaction``."""

    def inspect(self) -> Iterator[Fault]:
        """What is kept besides journal and records and is not as it must be."""
        yield from self._schema()
        (mark,) = self.one(f"MATCH {STORE} RETURN s.derivation")
        if str(mark).partition(" ")[0] != SCHEMA.derivation:
            yield Fault("meta", "Store", "Ce que la base dit d'elle-même (nœud Store) a été altéré.")

    def _schema(self) -> Iterator[Fault]:
        wanted = {name: _shape(text) for name, text in statements().items()}
        found = {
            name: (tuple(labels), tuple(properties), constraint, type == "FULLTEXT")
            for name, state, labels, properties, constraint, type in self.run(_INDEXES, ours=OURS)
            if state != "FAILED"
        }
        for name in sorted(wanted.keys() | found.keys()):
            if name not in wanted:
                yield Fault("schema", name, f"L'index ou la contrainte {name} n'est pas de Réseau 28.")
            elif name not in found:
                yield Fault("schema", name, f"L'index ou la contrainte {name} manque à la base.")
            elif wanted[name] != found[name]:
                yield Fault("schema", name, f"L'index ou la contrainte {name} n'est pas celui de Réseau 28.")

    def derived(self, looked: Callable[[int], None] = lambda nodes: None) -> Iterator[Fault]:
        """What is not as it would be made today of what is derived from nodes: captions, labels, what search finds."""
        rows = self.run(f"MATCH (n:Record) RETURN {codec.NODE}")
        for at, row in enumerate(rows, 1):
            if at % _TOLD == 0:
                looked(at)
            for record in codec.node_records([row], exact=True):
                wanted, properties = codec.node_properties(record), row[1]
                if properties.get(codec.CAPTION) != wanted[codec.CAPTION]:
                    what = f"Le nom sous lequel la fiche {record.id} est classée a été altéré."
                    yield Fault("caption", record.id, what)
                if properties.get(codec.SEARCH) != wanted[codec.SEARCH]:
                    yield Fault("search", record.id, f"Ce que la recherche sait de la fiche {record.id} a été altéré.")
                if codec.our_labels(row[0]) != sorted(codec.node_labels(record)):
                    yield Fault("labels", record.id, f"Les étiquettes Neo4j de la fiche {record.id} ont été altérées.")


def _shape(text: str) -> tuple[tuple[str, ...], tuple[str, ...], bool, bool]:
    """What a declared statement makes: labels, properties, whether it is a constraint, whether it is full text."""
    return tuple(_NAME.findall(text)), tuple(_PROPERTY.findall(text)), " REQUIRE " in text, " ON EACH " in text
