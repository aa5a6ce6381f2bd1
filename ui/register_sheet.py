"""A list of the register as a table for spreadsheets: every field that people may fill, one row for each record."""

from datetime import date

from crm.documents.gate import Outgoing
from crm.documents.spreadsheets import Table, Value, csv_bytes, workbook_bytes
from crm.records.register import Leaving
from graph_schema.people import Person
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, Shape
from ui import fields, forms


def outgoing(type: str, leaving: Leaving, ending: str) -> Outgoing:
    """The list as a file of that ending; a list of people tells of them."""
    made = table(type, leaving)
    content = workbook_bytes([made]) if ending == ".xlsx" else csv_bytes(*made[1:])
    return Outgoing(content, frozenset(each.id for each in leaving.records if each.type == Person.TYPE))


def table(type: str, leaving: Leaving) -> Table:
    """The name of the sheet, the heads, the rows."""
    node = SCHEMA.nodes[type]
    shown = forms.editable(node)
    heads = ("Nom", *(field.about.label for field in shown), "Partenaire", "Identifiant")
    rows = [_row(record, shown, leaving.partners.get(record.id)) for record in leaving.records]
    return node.about.plural, heads, rows


def _row(record: NodeRecord, shown: list[Field], partner: NodeRecord | None) -> tuple[Value, ...]:
    values = (_value(field, record.values.get(field.name)) for field in shown)
    return (_caption(record), *values, _caption(partner) if partner else None, record.id)


def _caption(record: NodeRecord) -> str:
    return SCHEMA.nodes[record.type].caption(record.values)


def _value(field: Field, value: object) -> Value:
    """Dates and numbers as what they are; the rest in words, nothing where there is nothing."""
    if value is None or value == []:
        return None
    if field.shape is Shape.DATE:
        return date.fromisoformat(str(value))
    if isinstance(value, int | float):
        return value
    return fields.said(field, value)
