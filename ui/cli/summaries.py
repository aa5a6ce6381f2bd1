"""How a document of the command line says a record in short."""

from typing import Any

from graph_schema.organisations import Organisation
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.vocabularies import Kind


def summary(record: NodeRecord) -> dict[str, Any]:
    """A record in a few words: id, name, type, and family and kind of an organisation."""
    kind = record.values.get("kind")
    is_organisation = record.type == Organisation.TYPE
    return {
        "id": record.id,
        "name": SCHEMA.nodes[record.type].caption(record.values),
        "type": record.type,
        "family": Kind(str(kind)).family if is_organisation and kind else None,
        "kind": kind if is_organisation else None,
    }
