"""The dry run: what an import would do, counted in full and shown in part, without writing anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from crm.ledger.imports import ImportRun, same_files
from crm.network import Network
from crm.network.rights import Right
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction, WriteTransaction
from importers.batches import batches, digest_of
from importers.faults import ImportFault
from importers.joining.directory import Directory
from importers.joining.outcomes import Outcome, Tally
from importers.joining.planning import Planner
from importers.joining.seen import EarlierRows
from importers.opening import read_sources
from importers.progress import Stopwatch, Watch
from importers.reading.mapping import Mapping
from importers.reading.sources import Source


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. ``before`` is the latest import of the very same files: finished, or cut short."""

    sources: tuple[Source, ...]
    tally: Tally
    before: ImportRun | None

    @property
    def empty(self) -> bool:
        """Whether the network would stay as it is."""
        return not (self.tally.rows[Outcome.CREATED] or self.tally.rows[Outcome.UPDATED] or self.tally.related)


def plan(
    network: Network,
    paths: Sequence[Path | str],
    mapping: Mapping | None = None,
    progress: Watch | None = None,
    on_fault: Callable[[ImportFault], None] | None = None,
) -> Plan:
    """What importing these files would do to the network as it is now; every fault goes to ``on_fault`` too.

    Raises ``InputError`` for files that cannot be imported, ``Forbidden`` without the right to import. Memory grows
    with the rows that would be written, since nothing else holds what earlier rows make (about 2 kB each).
    """
    network.actor.require(Right.IMPORT)
    sources = read_sources(paths)
    today = network.today()

    def work(tx: ReadTransaction) -> Plan:
        tally = Tally(sink=on_fault)
        _dry_run(tx, sources, mapping, today, tally, Stopwatch(progress))
        return Plan(tuple(sources), tally, same_files(tx, digest_of(sources)))

    return network.read(work, Right.IMPORT)


def _dry_run(
    tx: ReadTransaction, sources: Sequence[Source], mapping: Mapping | None, today: date, tally: Tally,
    watch: Stopwatch,
) -> None:  # fmt: skip
    unit = UnitOfWork(cast(WriteTransaction, tx))  # never flushed: it only reads
    directory, seen = Directory(), EarlierRows()
    for one in batches(sources, mapping, today, tally):
        planner = Planner(one.source.name, one.sheet, today, tally)
        tally.merge(planner.plan(unit, tx, one.claims, directory, seen))
        watch.tell(one.source.name, len(one.claims), one.position, one.total)
