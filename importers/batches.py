"""The rows of all files in the batches that commits are made of."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from crm.errors import InputError
from graph_schema.exchanges import Direction
from importers.claims import Entry
from importers.faults import Fault
from importers.joining.outcomes import ColumnRead, Tally
from importers.opening import Sheet, header_only, open_sheets
from importers.reading.mapping import Mapping
from importers.reading.sources import Source


@dataclass(frozen=True, slots=True)
class Rows:
    """A batch of one sheet's rows; ``position`` of ``total`` is how far its file is read."""

    source: Source
    sheet: str
    entries: list[Entry]
    position: int
    total: int


def digest_of(sources: Sequence[Source]) -> str:
    """One digest for the content of all files, in whatever order they were named."""
    return hashlib.sha256("".join(sorted(source.digest for source in sources)).encode()).hexdigest()


def batches(sources: Sequence[Source], mapping: Mapping | None, today: date, tally: Tally) -> Iterator[Rows]:
    """The rows of all files, streamed; what is wrong with whole sheets goes to ``tally``."""
    check(sources, mapping, today)
    for source in sources:
        for sheet in open_sheets(source, mapping, today):
            if isinstance(sheet, Fault):
                tally.add_faults([sheet])
                continue
            tally.columns += [
                ColumnRead(source.name, sheet.table.sheet, each.header, each.target, each.reason)
                for each in sheet.columns
            ]
            entries, unsaid = sheet.entries(), False
            while batch := list(islice(entries, sheet.rows_per_commit)):
                unsaid = unsaid or any(e.exchange and e.exchange["direction"] == Direction.UNKNOWN for e in batch)
                yield Rows(source, sheet.table.sheet, batch, sheet.table.position(), sheet.table.total)
            if unsaid:
                tally.add_faults([sheet.unsaid()])


def check(sources: Sequence[Source], mapping: Mapping | None, today: date) -> None:
    """Refuse all files together before anything of the first is written. Raises ``InputError``."""
    seen: dict[str, str] = {}
    for source in sources:
        if source.digest in seen:
            raise InputError(
                f"« {source.name} » et « {seen[source.digest]} » ont le même contenu : indiquez-le une seule fois.",
                field="file",
            )
        seen[source.digest] = source.name
        rows = 0
        for sheet in open_sheets(source, mapping, today):
            if isinstance(sheet, Sheet):
                rows += any(True for _ in sheet.table.rows)
        if not rows:
            raise header_only(source.name)
