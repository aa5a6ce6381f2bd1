"""Writing records: in batches by type, new ones created, known ones replaced."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from crm.errors import ConflictError, DuplicateKey, NotFound
from crm.store.neo4j import codec
from crm.store.neo4j.links import BY_ID
from crm.store.neo4j.query import Runner, batches, relations
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, NodeType

Properties = dict[str, Any]
_LINKED = f"MATCH (n:Record)-[r{relations(None)}]-(:Record) WHERE n.id IN $ids AND r.id IS NOT NULL"
R = TypeVar("R", NodeRecord, LinkRecord)


class RecordWriting(Runner):
    """See ``WriteTransaction``."""

    def save(self, nodes: Sequence[NodeRecord] = (), links: Sequence[LinkRecord] = ()) -> None:
        """Create or replace records, nodes first."""
        for name, records in _by_type(nodes).items():
            type = SCHEMA.nodes[name]
            for field in type.fields_with("unique"):
                self._take(type, field, records)
            for batch in batches(records):
                self._save_nodes(batch)
        for name, found in _by_type(links).items():
            for batch_of_links in batches(found):
                self._save_links(SCHEMA.links[name].relation, batch_of_links)

    def remove(self, nodes: Collection[str] = (), links: Collection[str] = ()) -> None:
        """Remove records, links first."""
        for batch in batches(links):
            self.do(f"UNWIND $ids AS id CALL (id) {{ {BY_ID} }} DELETE r", ids=batch)
        for batch in batches(nodes):
            rows = self.run(f"{_LINKED} RETURN {codec.NODE} LIMIT 1", ids=batch)
            for record in codec.node_records(rows):
                name = codec.caption(record)
                raise ConflictError(f"« {name} » a encore des liens : retirez-les avant de supprimer la fiche.")
            self._let_go(batch)
            self.do("MATCH (n:Record) WHERE n.id IN $ids DELETE n", ids=batch)

    def _let_go(self, ids: list[str]) -> None:
        """Take what is ours from the nodes to which other people tied something: that must not lose its end."""
        tied = codec.node_records(
            self.run(f"MATCH (n:Record)--() WHERE n.id IN $ids RETURN DISTINCT {codec.NODE}", ids=ids)
        )
        for type, records in _by_type(tied).items():
            labels = "".join(f":{label}" for label in (codec.RECORD, *sorted(codec.OUR_LABELS)))
            self.do(
                f"MATCH (n:Record) WHERE n.id IN $ids REMOVE n{labels} SET n += $nothing",
                ids=[r.id for r in records], nothing=codec.no_properties(type),
            )  # fmt: skip

    def _take(self, type: NodeType, field: Field, records: list[NodeRecord]) -> None:
        """Make sure that their values of a unique field are free, or are given up by records saved with them."""
        saved = {r.id for r in records}
        owners: dict[object, NodeRecord] = {}
        given_up = []
        for record in records:
            value = record.values.get(field.name)
            if value is not None and owners.setdefault(value, record) is not record:
                raise _duplicate(field, value, owners[value])
        text = f"MATCH (n:{type.name}:Record) WHERE n.{field.name} IN $values RETURN {codec.NODE}"
        for batch in batches(owners):
            for holder in codec.node_records(self.run(text, values=batch)):
                if holder.id not in saved:
                    raise _duplicate(field, holder.values[field.name], holder)
                if holder.id != owners[holder.values[field.name]].id:
                    given_up.append(holder.id)
        if given_up:
            self.do(f"MATCH (n:Record) WHERE n.id IN $ids REMOVE n.{field.name}", ids=given_up)

    def _save_nodes(self, records: list[NodeRecord]) -> None:
        ids = [r.id for r in records]
        known: dict[str, list[str]] = dict(
            self.run("MATCH (n:Record) WHERE n.id IN $ids RETURN n.id, labels(n)", ids=ids)
        )
        groups: dict[str, list[Properties]] = defaultdict(list)
        for record in records:
            properties = codec.node_properties(record)
            groups[_save_query(codec.node_labels(record), known.get(record.id))].append(
                properties if record.id in known else _present(properties)
            )
        for text, rows in groups.items():
            self.do(text, rows=rows)

    def _save_links(self, relation: str, records: list[LinkRecord]) -> None:
        known = {
            id: (source, target)
            for id, source, target in self.run(
                f"UNWIND $ids AS id MATCH (a)-[r:{relation} {{id: id}}]->(b) RETURN id, a.id, b.id",
                ids=[r.id for r in records],
            )
        }
        moved = {r.id for r in records if r.id in known and known[r.id] != (r.source, r.target)}
        kept = [_link_row(r) for r in records if known.get(r.id) == (r.source, r.target)]
        new = [_link_row(r) for r in records if known.get(r.id) != (r.source, r.target)]
        if moved:  # a relationship's ends are for ever: what others wrote on it goes with it to its new ones
            text = f"UNWIND $ids AS id MATCH ()-[r:{relation} {{id: id}}]->() WITH r, properties(r) AS kept DELETE r"
            theirs = {kept["id"]: kept for (kept,) in self.run(f"{text} RETURN kept", ids=list(moved))}
            for row in new:
                row["properties"] = {**theirs.get(row["id"], {}), **row["properties"]}
        if kept:
            self.do(
                f"UNWIND $rows AS row MATCH ()-[r:{relation} {{id: row.id}}]->() SET r += row.properties", rows=kept
            )
        if new:
            self._connect(relation, [{**row, "properties": _present(row["properties"])} for row in new])

    def _connect(self, relation: str, rows: list[Properties]) -> None:
        (made,) = self.one(
            "UNWIND $rows AS row MATCH (a:Record {id: row.source}) MATCH (b:Record {id: row.target}) "
            f"CREATE (a)-[r:{relation}]->(b) SET r = row.properties RETURN count(r)",
            rows=rows,
        )
        if made != len(rows):
            ends = {row[end] for row in rows for end in ("source", "target")}
            there = {id for (id,) in self.run("MATCH (n:Record) WHERE n.id IN $ids RETURN n.id", ids=list(ends))}
            raise NotFound(
                f"Ce lien mène à une fiche qui n'existe pas ou plus ({min(ends - there)}) : choisissez-en une autre."
            )


def _by_type(records: Iterable[R]) -> dict[str, list[R]]:
    latest = {record.id: record for record in records}
    grouped: dict[str, list[R]] = defaultdict(list)
    for record in latest.values():
        grouped[record.type].append(record)
    return grouped


def _save_query(labels: tuple[str, ...], known: list[str] | None) -> str:
    """The query that saves nodes with ``labels``, new ones or such as bear the labels ``known``."""
    if known is None:
        return f"UNWIND $rows AS row CREATE (n:{':'.join((codec.RECORD, *labels))}) SET n = row"
    stale = codec.our_labels(set(known) - {*labels})
    change = "".join(f"REMOVE n:{label} " for label in stale)
    change += "".join(f"SET n:{label} " for label in labels if label not in known)
    return f"UNWIND $rows AS row MATCH (n:{codec.RECORD} {{id: row.id}}) {change}SET n += row"


def _present(properties: Properties) -> Properties:
    """The properties of something new, which has none to be emptied."""
    return {name: value for name, value in properties.items() if value is not None}


def _link_row(record: LinkRecord) -> Properties:
    properties = codec.link_properties(record)
    return {"id": record.id, "source": record.source, "target": record.target, "properties": properties}


def _duplicate(field: Field, value: object, existing: NodeRecord) -> DuplicateKey:
    name = codec.caption(existing)
    return DuplicateKey(
        f"Le champ « {field.about.label} » vaut « {value} », déjà porté par « {name} » : corrigez-le ou modifiez la "
        "fiche existante.",
        field=field.name,
        existing=existing.id,
    )
