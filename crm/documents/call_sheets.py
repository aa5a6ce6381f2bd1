"""The call list as a table for spreadsheets: one row for each call, the most urgent first."""

from collections.abc import Iterable

from crm.analytics.reach import commune_of
from crm.documents.spreadsheets import Value
from crm.measures.calls import Line

HEADS = (
    "Partenaire", "Fonction", "Commune", "Rang", "Suivi par", "État", "Jours sans échange", "Seuil",
    "Dernier échange", "Qui appeler", "Rôle", "Téléphone", "Courriel", "Pourquoi", "Jour prévu", "Identifiant",
)  # fmt: skip


def table(lines: Iterable[Line]) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """The headers and the rows."""
    return HEADS, [_row(line) for line in lines]


def _row(line: Line) -> tuple[Value, ...]:
    row, measured, person = line.row, line.call.freshness, line.call.person
    seat = commune_of(row.commune) if row.commune else None
    return (
        row.name, ", ".join(each.label for each in row.roles), seat.name if seat else None, row.tier.value, row.owner,
        measured.state.label, measured.days, measured.maximum, measured.last_exchange,
        person.name if person else None, line.call.role, line.phone or None, line.email or None, line.call.reason,
        line.day, row.id,
    )  # fmt: skip
