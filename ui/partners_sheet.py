"""The list of partners as a table for spreadsheets: the columns that the list shows, one row for each partner."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from crm.analytics.activity import Mobilisation
from crm.documents.gate import Outgoing
from crm.documents.spreadsheets import Table, Value, csv_bytes, workbook_bytes
from crm.measures.partners import ListedPartner, Order


class _Given(NamedTuple):
    """What a column of the list gives in a file: its heads, and its cells of a partner on a day."""

    heads: tuple[str, ...]
    cells: Callable[[ListedPartner, date], tuple[Value, ...]]


def _fresh(partner: ListedPartner, on: date) -> tuple[Value, ...]:
    measured = partner.freshness
    return (Mobilisation.CLOSED.label, None) if measured.closed else (measured.state.label, measured.days)


def _agreement(partner: ListedPartner, on: date) -> tuple[Value, ...]:
    activity = partner.activity
    if activity.until is not None or activity.term is None:
        return (activity.until,)
    return ("reconduite" if activity.term.renewed(on) else "sans terme",)


_GIVEN: Mapping[Order, _Given] = MappingProxyType({
    Order.NAME: _Given(("Nom", "Type"), lambda partner, on: (partner.row.name, partner.row.kind.label)),
    Order.FUNCTION: _Given(("Fonctions",), lambda partner, on: (", ".join(each.label for each in partner.row.roles),)),
    Order.TOWN: _Given(("Commune",), lambda partner, on: (partner.town,)),
    Order.LATE: _Given(("Fraîcheur", "Jours"), _fresh),
    Order.RECENT: _Given(("Dernier échange",), lambda partner, on: (partner.freshness.last_exchange,)),
    Order.AGREEMENT: _Given(("Convention jusqu'au",), _agreement),
    Order.OWNER: _Given(("Suivi par",), lambda partner, on: (partner.row.owner,)),
    Order.TIER: _Given(("Rang",), lambda partner, on: (partner.row.tier.value,)),
})  # fmt: skip

ENDINGS = (".xlsx", ".csv")
"""The endings of the files that it may be."""


def outgoing(found: Sequence[ListedPartner], columns: Sequence[Order], on: date, ending: str) -> Outgoing:
    """These partners as a file of that ending; it tells of organisations, and of no contact."""
    made = table(found, columns, on)
    return Outgoing(workbook_bytes([made]) if ending == ".xlsx" else csv_bytes(*made[1:]))


def table(found: Sequence[ListedPartner], columns: Sequence[Order], on: date) -> Table:
    """The name of the sheet, the heads, the rows; the name comes first and the identifier last, whatever is chosen."""
    given = [_GIVEN[column] for column in Order if column is Order.NAME or column in columns]
    heads = [head for each in given for head in each.heads]
    rows = [[*(cell for each in given for cell in each.cells(one, on)), one.row.id] for one in found]
    return "Partenaires", (*heads, "Identifiant"), rows
