"""The calls to make as a document: a spreadsheet of the list, a calendar of the plan."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from crm.documents import calendars, call_sheets, spreadsheets
from crm.documents.gate import Outgoing
from crm.measures.calls import Line
from crm.measures.measuring import Measures
from crm.network import Network

_Writer = Callable[[Sequence[Line], Network, Measures], bytes]

FORMATS: Mapping[str, _Writer] = MappingProxyType(
    {
        ".xlsx": lambda lines, _, __: spreadsheets.xlsx_bytes("Relances", *call_sheets.table(lines)),
        ".csv": lambda lines, _, __: spreadsheets.csv_bytes(*call_sheets.table(lines)),
        ".ics": lambda lines, network, measures: calendars.ics_bytes(lines, network.clock(), measures.commit),
    }
)
"""The ending of a file → how it is written."""


def told(lines: Sequence[Line], ending: str) -> list[Line]:
    """The calls that a file holds: a calendar has those alone that have a day."""
    return [line for line in lines if line.day] if ending == ".ics" else [*lines]


def draft(network: Network, measures: Measures, lines: Sequence[Line], ending: str) -> Outgoing:
    """These calls as a file of that ending; it tells of those to ask for."""
    kept = told(lines, ending)
    people = frozenset(line.call.person.id for line in kept if line.call.person)
    return Outgoing(FORMATS[ending](kept, network, measures), people)
