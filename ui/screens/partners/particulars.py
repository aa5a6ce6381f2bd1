"""Every field of a record that has a value, by section."""

from crm.records.sheet import Sheet
from graph_schema.registry import SCHEMA
from ui.fields import said
from ui.markup import Markup, element, heading, join


def draw(sheet: Sheet) -> Markup:
    """The fields, then what tells this record from any other."""
    own = f"Identifiant {sheet.record.id} · version {sheet.record.revision}"
    return join(fields(sheet, every=True), element("p", own, class_="muted small"))


def fields(sheet: Sheet, *, every: bool = False) -> Markup:
    """The fields, as a list of terms and values; those that no form shows when ``every`` one is asked for."""
    values = sheet.record.values
    declared = SCHEMA.nodes[sheet.record.type].fields
    present = [field for name, field in declared.items() if name in values and (every or not field.about.hidden)]
    parts: list[Markup] = []
    for section in dict.fromkeys(field.about.section for field in present):
        terms = [
            join(element("dt", field.about.label), element("dd", said(field, values[field.name])))
            for field in present
            if field.about.section == section
        ]
        parts.append(join(heading(section or "Fiche"), element("dl", *terms)))
    return join(*parts)
