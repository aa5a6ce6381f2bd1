"""The transactions of a Neo4j store, put together from what each module reads and writes."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from neo4j import ManagedTransaction

from crm.store.neo4j.address import Address
from crm.store.neo4j.contacts import ContactReading
from crm.store.neo4j.inspection import ServerInspection
from crm.store.neo4j.journal import STORE, TAKE_TURN, JournalReading, JournalWriting
from crm.store.neo4j.links import LinkReading
from crm.store.neo4j.query import relations
from crm.store.neo4j.search import SearchReading
from crm.store.neo4j.strangers import StrangerReading
from crm.store.neo4j.surroundings import SurroundingsReading
from crm.store.neo4j.writing import RecordWriting
from crm.store.protocol import LatestChange, ReadTransaction, StoreInfo
from crm.store.telling import side_by_side
from graph_schema.records import Change, Commit, LinkRecord, NodeRecord

T = TypeVar("T")


class Neo4jRead(
    SurroundingsReading, LinkReading, SearchReading, ContactReading, StrangerReading, ServerInspection, JournalReading
):
    """A ``ReadTransaction``."""

    def __init__(self, tx: ManagedTransaction, address: Address) -> None:
        super().__init__(tx)
        self._address = address

    def info(self) -> StoreInfo:
        """What this store is and how much it holds, other people's data apart."""
        dataset, version = self.one(f"MATCH {STORE} RETURN s.dataset, s.schema_version")
        (nodes,) = self.one("MATCH (n:Record) RETURN count(n)")
        (links,) = self.one(f"MATCH (:Record)-[r{relations(None)}]->(:Record) WHERE r.id IS NOT NULL RETURN count(r)")
        known = version if version.__class__ is int else -1  # altered since the database was opened
        return StoreInfo("neo4j", str(self._address), str(dataset), known, nodes, links, self.head())

    def dataset(self) -> str:
        """The identity of the network kept here."""
        return str(self.one(f"MATCH {STORE} RETURN s.dataset")[0])

    def told(self) -> Iterator[LatestChange]:
        """Each record beside the newest change of it."""
        return side_by_side(self.record_texts(), self.latest_changes())

    @contextmanager
    def beside(self, work: Callable[[ReadTransaction], T]) -> Iterator[Callable[[], T]]:
        """Run ``work`` when its answer is asked for: a second transaction would not see what this one has written."""
        yield lambda: work(self)

    def derivation(self) -> str:
        """By which rules what search finds was made."""
        return str(self.one(f"MATCH {STORE} RETURN coalesce(s.derivation, '')")[0])


class Neo4jWrite(Neo4jRead, RecordWriting, JournalWriting):
    """A ``WriteTransaction``. ``failure`` is the first error of one of its writes, which dooms it."""

    failure: BaseException | None = None
    new_schema = False

    def wait_turn(self) -> object:
        """Wait until no other writer is at work, and let none begin before this transaction has ended.

        Returns the version of the schema as it is then.

        Neo4j gives the turn back once the transaction is applied: whoever gets it sees all that was written before.
        """
        return self.one(f"{TAKE_TURN} RETURN s.schema_version")[0]

    def save(self, nodes: Sequence[NodeRecord] = (), links: Sequence[LinkRecord] = ()) -> None:
        """Create or replace these records, search index included."""
        with self._all_or_nothing():
            super().save(nodes, links)

    def remove(self, nodes: Collection[str] = (), links: Collection[str] = ()) -> None:
        """Remove these records, links first; absent ids are ignored."""
        with self._all_or_nothing():
            super().remove(nodes, links)

    def append(self, commit: Commit, changes: Sequence[Change]) -> None:
        """Append to the journal."""
        with self._all_or_nothing():
            super().append(commit, changes)

    def redact(self, number: int, position: int | None) -> None:
        """Empty the values and the salt of a change, or the second part of a commit."""
        with self._all_or_nothing():
            super().redact(number, position)

    def modernise(self) -> bool:
        """Bring how an older schema keeps the journal to how this one does."""
        with self._all_or_nothing():
            return super().modernise()

    def set_schema_version(self, version: int) -> None:
        """Record the version of the schema that the data follow; constraints and indexes follow it after the commit."""
        with self._all_or_nothing():
            self.do(f"MATCH {STORE} SET s.schema_version = $version", version=version)
        self.new_schema = True

    def set_derivation(self, mark: str) -> None:
        """Record by which rules what search finds has been made."""
        with self._all_or_nothing():
            self.do(f"MATCH {STORE} SET s.derivation = $mark", mark=mark)

    def set_dataset(self, dataset: str) -> None:
        """Take over the identity of another store."""
        with self._all_or_nothing():
            self.do(f"MATCH {STORE} SET s.dataset = $dataset", dataset=dataset)

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self.failure = self.failure or error
            raise
