"""Every field of a record that has a value, by section."""

from crm.sheet import Sheet
from graph_schema.registry import SCHEMA
from ui.fields import said
from ui.markup import Markup, element, heading, join


def draw(sheet: Sheet) -> Markup:
    """The fields, then what tells this record from any other."""
    own = f"Identifiant {sheet.record.id} · version {sheet.record.revision}"
    return join(fields(sheet), element("p", own, class_="muted small"))


def fields(sheet: Sheet) -> Markup:
    """The fields, as a list of terms and values."""
    values = sheet.record.values
    present = [field for name, field in SCHEMA.nodes[sheet.record.type].fields.items() if name in values]
    parts: list[Markup] = []
    for section in dict.fromkeys(field.about.section for field in present):
        terms = [
            join(element("dt", field.about.label), element("dd", said(field, values[field.name])))
            for field in present
            if field.about.section == section
        ]
        parts.append(join(heading(section or "Fiche"), element("dl", *terms)))
    return join(*parts)
