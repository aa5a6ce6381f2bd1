"""The run: files read once, planned and written batch by batch, each batch one commit, all under one name."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from crm.ledger.imports import FILE, SOURCE, ImportRun, same_files
from crm.ledger.undo import stop_if_undone
from crm.network import Network
from crm.network.identity import new_id
from crm.network.rights import Right
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction, WriteTransaction
from graph_schema.organisations import Organisation
from graph_schema.records import Scalar, Values
from importers.batches import Batch, batches, digest_of
from importers.faults import ImportFault
from importers.joining.directory import Directory
from importers.joining.outcomes import Became, Outcome, Related, Tally
from importers.joining.planning import Planner
from importers.joining.seen import EarlierRows
from importers.opening import read_sources
from importers.progress import Stopwatch, Watch
from importers.reading.mapping import Mapping
from importers.reading.sources import Source


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``run`` is None when nothing was written; ``resumed`` when it went on with one cut short.

    The counts are rows, by what became of their organisation; ``related`` counts the other records made or completed.
    """

    run: str | None
    tally: Tally
    resumed: bool = False
    known: ImportRun | None = None
    """The latest earlier import of the very same files, if any."""

    @property
    def created(self) -> int:
        """Rows whose organisation is new."""
        return self.tally.rows[Outcome.CREATED]

    @property
    def updated(self) -> int:
        """Rows that completed or corrected an organisation."""
        return self.tally.rows[Outcome.UPDATED]

    @property
    def unchanged(self) -> int:
        """Rows that say nothing new of their organisation."""
        return self.tally.rows[Outcome.UNCHANGED]

    @property
    def conflict(self) -> int:
        """Rows about which a person must decide."""
        return self.tally.rows[Outcome.CONFLICT]

    @property
    def refused(self) -> int:
        """Rows that could not be imported."""
        return self.tally.rows[Outcome.REFUSED]

    @property
    def related(self) -> dict[Related, int]:
        """People, roles, exchanges and agreements made or completed."""
        return dict(self.tally.related)

    @property
    def faults(self) -> list[ImportFault]:
        """The first faults; all of them went to ``on_fault``."""
        return self.tally.faults


class ImportInterrupted(KeyboardInterrupt):
    """The import was stopped between two commits: what is written is whole. ``report`` tells what was done."""

    def __init__(self, report: ImportReport) -> None:
        done = "rien n'a été écrit" if report.run is None else "ce qui est écrit est complet"
        super().__init__(f"Import interrompu : {done}. Importez à nouveau le même fichier pour continuer.")
        self.report = report


def run(
    network: Network,
    paths: Sequence[Path | str],
    mapping: Mapping | None = None,
    progress: Watch | None = None,
    on_fault: Callable[[ImportFault], None] | None = None,
) -> ImportReport:
    """Import these files into the network, in one pass and flat memory, as one run of whole commits.

    Each batch is held against the network as it is at the moment of its commit. Cut short, it is called again with the
    same files and goes on under the same name. Importing the same files twice writes nothing. Raises ``InputError`` for
    files that cannot be imported (nothing is written then), ``Forbidden``, ``StoreError`` (what is written is whole),
    ``ImportInterrupted`` on Ctrl-C.
    """
    network.actor.require(Right.IMPORT)
    sources = read_sources(paths)
    digest = digest_of(sources)
    known, head = network.read(lambda tx: (same_files(tx, digest), tx.head()), Right.IMPORT)
    work = _Run(network, digest, known, Tally(sink=on_fault), since=head.number)
    try:
        with _few_collections():
            work.read(sources, mapping, Stopwatch(progress))
    except KeyboardInterrupt:
        raise ImportInterrupted(work.report()) from None
    work.close(sources)
    return work.report()


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for cycles less often: an import makes millions of objects and none, for a tenth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(slots=True)
class _Run:
    network: Network
    digest: str
    known: ImportRun | None
    tally: Tally
    directory: Directory = field(default_factory=Directory)
    seen: EarlierRows = field(default_factory=EarlierRows)
    id: str = ""
    since: int = 0
    """The newest commit when the run began, or went on: an undo above it stops the run."""

    written: bool = False
    dense: bool = False
    """Whether the batch before changed something; if so the next one is planned at once where it is written."""

    def __post_init__(self) -> None:
        self.id = self.known.id if self.resumed and self.known else new_id()
        self.dense = self.known is None

    @property
    def resumed(self) -> bool:
        return self.known is not None and not self.known.finished

    def read(self, sources: Sequence[Source], mapping: Mapping | None, watch: Stopwatch) -> None:
        today = self.network.today()
        for batch in batches(sources, mapping, today, self.tally):
            planner = Planner(batch.source.name, batch.sheet, today, self.tally)
            if self.dense or self._changes_something(planner, batch):
                self._write(planner, batch)
            watch.tell(batch.source.name, len(batch.claims), batch.position, batch.total)

    def _changes_something(self, planner: Planner, batch: Batch) -> bool:
        """Plan a batch in a mere reading, so that what changes nothing never holds up those who write."""

        def work(tx: ReadTransaction) -> Became:
            self.seen.restart()
            unit = UnitOfWork(cast(WriteTransaction, tx))
            return planner.plan(unit, tx, batch.claims, self.directory, self.seen)

        became = self.network.read(work, Right.IMPORT)
        if became.made or became.related:
            return True
        self.tally.merge(became)
        self.seen.settle()
        return False

    def _write(self, planner: Planner, batch: Batch) -> None:
        detail: dict[str, Scalar] = {}

        def work(unit: UnitOfWork) -> tuple[Became, list[tuple[str, Values]]]:
            stop_if_undone(unit.tx, self.id, self.since)
            self.seen.restart()
            became = planner.plan(unit, unit.tx, batch.claims, self.directory, self.seen)
            detail.update(self._detail(batch.source, batch.claims[-1].place, became))
            records = [record for id in became.made if (record := unit.node(id)) is not None]
            return became, [(each.id, each.values) for each in records if each.type == Organisation.TYPE]

        committed = self.network.commit(
            "Import d'un fichier", work, source=SOURCE, run=self.id, detail=detail, right=Right.IMPORT
        )
        became, made = committed.value
        if committed.commit is not None:
            self.directory.absorb(committed.commit.number, made)
            self.written = True
        self.dense = committed.commit is not None
        self.tally.merge(became)
        self.seen.settle()

    def _detail(self, source: Source, row: int, became: Became) -> dict[str, Scalar]:
        counts = {outcome.value: became.rows[outcome] for outcome in Outcome}
        return {"digest": self.digest, FILE: source.name, "file_sha256": source.digest, "row": row, **counts}

    def close(self, sources: Sequence[Source]) -> None:
        """Say in the journal that the run is over, so that nobody takes it for one cut short."""
        if not self.written and not self.resumed:
            return
        detail: dict[str, Scalar] = {"digest": self.digest, FILE: sources[-1].name, "finished": True}
        self.network.commit(
            "Fin de l'import",
            lambda unit: stop_if_undone(unit.tx, self.id, self.since),
            source=SOURCE,
            run=self.id,
            detail=detail,
            right=Right.IMPORT,
            mark=True,
        )

    def report(self) -> ImportReport:
        """What was done so far."""
        wrote = self.written or self.resumed
        return ImportReport(self.id if wrote else None, self.tally, self.resumed, self.known)
