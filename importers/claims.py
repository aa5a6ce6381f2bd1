"""What is read in a file, in our words, before anything is compared with the network: records, links, and where.

A format makes claims; joining, planning, the run, its faults and its undo know nothing else of a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from importers.faults import ImportFault, Severity

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class RecordClaim:
    """A record of which a file says something: canonical values, as a record keeps them, of the fields that it gives.

    ``on_creation`` holds what only a new record takes (a guessed kind, the origin). ``known_by`` names the fields
    by which it is told from others of its type (all that are given, if none). ``keys`` are the names by which the
    file calls it. Without values it is a mere mention, at the end of a link: it is looked for under its first key, and
    never made; ``among`` are the types that it may be of, where there are several.
    """

    type: str
    values: dict[str, Any]
    on_creation: Mapping[str, Any] = field(default_factory=dict)
    known_by: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    among: tuple[str, ...] = ()

    @property
    def mention(self) -> bool:
        """Whether the file only names it."""
        return not self.values


class LinkClaim(NamedTuple):
    """A link of which a file says something, between two records of the same claim; ``column`` is where it does."""

    type: str
    source: RecordClaim
    target: RecordClaim
    values: Mapping[str, Any] = _NOTHING
    column: str = ""

    def joins(self, record: RecordClaim) -> bool:
        """Whether it begins or ends at this record."""
        return record is self.source or record is self.target


class Attendee(NamedTuple):
    """Someone whom an appointment or a message names, by an address or a name: one of ours, or of others.

    ``began``: they called the others or wrote; ``accepted``, ``declined``: what they answered to that, if anything.
    """

    name: str = ""
    email: str = ""
    began: bool = False
    accepted: bool = False
    declined: bool = False

    @property
    def called(self) -> str:
        """What people call them."""
        return self.name or self.email


class UnreadCells(NamedTuple):
    """What a row holds in columns that are not read: a mark, the same for the same cells, and their names (French)."""

    mark: int
    columns: str


@dataclass(slots=True)
class Claim:
    """What one place of a file says: of a partner (or another record), and of other records linked to it.

    ``about`` is that partner or record. ``place`` is the number of the row, page or
    message, as people count them. ``records`` stand in the order in which they are to be joined. ``nameless`` is the
    fault for which the name that is given cannot be kept. ``parties`` are those who took part in the exchange that it
    is about; ``open``: it is one even if none of them is known, who is then to be asked. ``unread`` is what else stands
    there and is not taken up.
    """

    place: int
    about: RecordClaim
    records: Sequence[RecordClaim] = ()
    links: Sequence[LinkClaim] = ()
    faults: list[ImportFault] = field(default_factory=list)
    nameless: ImportFault | None = None
    parties: Sequence[Attendee] = ()
    open: bool = False
    unread: UnreadCells | None = None

    @property
    def refused(self) -> bool:
        """Whether what it says cannot be imported at all."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def weight(self) -> int:
        """How many changes it makes at most."""
        return 1 + len(self.links) + sum(not record.mention for record in self.records) + 2 * len(self.parties)

    def first(self, type: str) -> RecordClaim | None:
        """The first record of a type that it says something of, besides what it is about."""
        return next((record for record in self.records if record.type == type and record.values), None)
