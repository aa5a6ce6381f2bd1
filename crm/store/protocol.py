"""The promise that every store keeps: graph in, graph out, whole transactions, one journal.

``tests/contract`` states each promise as cases that run on every store.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeVar

from crm.faults import Fault
from graph_schema.records import Change, Commit, Head, LinkRecord, NodeRecord, Scalar
from graph_schema.snapshot import Contact

T = TypeVar("T")

CAPTION = "caption"
"""Name of the derived order « by folded caption », besides the declared fields."""


class Op(StrEnum):
    """Comparisons of a typed filter. Texts compare by code point, dates as ISO texts; no value meets only MISSING."""

    EQ = "eq"
    IN = "in"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    HAS = "has"
    MISSING = "missing"
    PRESENT = "present"


class Condition(NamedTuple):
    """One filter on a declared field. ``value``: a scalar, a tuple of scalars for IN, unused for MISSING and PRESENT.

    HAS asks whether a list field holds ``value``.
    """

    field: str
    op: Op
    value: Scalar | tuple[Scalar, ...] = ""


@dataclass(frozen=True, slots=True)
class Query:
    """Nodes of one type. All conditions hold; records without a value for ``order`` come last, either way; ties by id,
    ascending either way.

    ``order`` is a declared scalar field or ``CAPTION``; ``after`` is the ``next`` of the page before; ``limit`` ≥ 1.
    """

    type: str
    where: tuple[Condition, ...] = ()
    order: str = CAPTION
    descending: bool = False
    after: str | None = None
    limit: int = 100


class Page(NamedTuple):
    """One page of a find; ``next`` is None on the last one. Pages by key: nothing is skipped or repeated by edits."""

    items: list[NodeRecord]
    next: str | None


class Neighbourhood(NamedTuple):
    """What surrounds some nodes. ``hidden`` counts, by shown node, its distinct neighbours that only the limit left out
    (they are within the depth); a node with none is not in it.
    """

    nodes: list[NodeRecord]
    links: list[LinkRecord]
    hidden: dict[str, int]


class StoreInfo(NamedTuple):
    """Identity of a store. ``dataset`` is a random id given at creation and kept by a copy."""

    kind: str
    address: str
    dataset: str
    schema_version: int
    nodes: int
    links: int
    head: Head


class Latest(NamedTuple):
    """The newest change of a record: the commit that holds it, and what it says of the record (see ``Change``)."""

    id: Any
    number: Any
    action: str
    revision: Any
    state: str
    salt: str


class CommitText(NamedTuple):
    """A commit as it is kept (see ``Commit``): ``detail`` is the text that is digested, every value as it was found."""

    number: Any
    at: Any
    author: Any
    reason: str
    source: str
    run: str | None
    token: str
    changes: int
    previous: str
    digest: str
    detail: str
    version: Any
    salt: str
    private: str


class ChangeText(NamedTuple):
    """A change as it is kept (see ``Change``), with its commit's number and the texts that are digested."""

    number: Any
    position: Any
    action: str
    id: Any
    type: str
    source: str | None
    target: str | None
    revision: Any
    before: str | None
    after: str | None
    state: str
    salt: str
    digest: str
    content: str


class RecordText(NamedTuple):
    """A node or link as it is kept; ``values`` is the text that is digested."""

    id: Any
    type: str
    source: str | None
    target: str | None
    revision: Any
    values: str


class LatestChange(NamedTuple):
    """A record and the newest change of it; None where there is none."""

    record: RecordText | None
    latest: Latest | None


class Strangers(NamedTuple):
    """What other people keep where the network is kept: nodes and links of theirs; labels and properties on ours.

    It is neither read nor checked nor changed; nothing of it is copied or backed up.
    """

    nodes: int = 0
    links: int = 0
    labels: int = 0
    properties: int = 0


class ReadTransaction(Protocol):
    """One consistent view of the store: everything read in a transaction is of the same moment.

    Unknown type and field names raise ``KeyError`` (they come from code, never from people): that check against the
    registry is what keeps foreign text out of queries.
    """

    def get(self, ids: Iterable[str]) -> dict[str, NodeRecord]:
        """The nodes with these ids, by id; absent ids are left out."""

    def get_links(self, ids: Iterable[str]) -> dict[str, LinkRecord]:
        """The links with these ids, by id; absent ids are left out."""

    def lookup(self, type: str, field: str, values: Collection[str]) -> dict[str, list[NodeRecord]]:
        """The nodes of ``type`` whose ``field`` equals one of ``values``, by value. Fast where the field is indexed."""

    def find(self, query: Query) -> Page:
        """One page of the nodes that satisfy ``query``, in its order."""

    def count(self, type: str, where: tuple[Condition, ...] = ()) -> int:
        """How many nodes of ``type`` satisfy all of ``where``."""

    def rows(self, type: str, fields: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """Every node of ``type`` as ``(id, value of each field or None…)``, streamed, in no given order."""

    def link_rows(self, type: str, fields: Sequence[str] = ()) -> Iterator[tuple[object, ...]]:
        """Every link of ``type`` as ``(id, source, target, value of each field or None…)``, streamed."""

    def links_of(
        self, ids: Collection[str], types: Collection[str] | None = None, on: date | None = None
    ) -> list[LinkRecord]:
        """The links at either end of these nodes, each once, by id; with ``on``, only those valid on that day."""

    def neighbourhood(
        self,
        ids: Collection[str],
        depth: int,
        types: Collection[str] | None = None,
        on: date | None = None,
        limit: int = 300,
    ) -> Neighbourhood:
        """What is at most ``depth`` links away, nearest first, at most ``limit`` nodes (the start included).

        Within a distance, nodes are taken and returned by id, so the answer is the same on every store. All the links
        between shown nodes are returned (of ``types``, valid ``on`` the day, when given), by id.
        """

    def search(
        self,
        text: str,
        types: Collection[str] | None = None,
        limit: int = 20,
        each: bool = False,
        misspelt: bool = True,
    ) -> list[NodeRecord]:
        """The nodes whose searched fields hold every word of ``text``, as words or beginnings of words.

        Accents, case, ligatures, punctuation and the spelling of numbers make no difference; no text finds nothing.
        Where nothing is found, one letter wrong in each word is put up with, unless ``misspelt`` is false. Best matches
        first: who bears the text as a name, however many are like it; then by words found whole in the caption, and
        anywhere; what has no date before what has one, the newest first. With ``each``, ``limit`` counts for each type.
        """

    def searches(
        self, texts: Iterable[str], types: Collection[str] | None = None, limit: int = 20, each: bool = False
    ) -> dict[str, list[NodeRecord]]:
        """What ``search`` finds of each of ``texts``, by text, no letter wrong; asked of a server in few messages."""

    def contacts(self, since: date, on: date, ids: Collection[str] | None = None) -> Iterator[tuple[str, Contact]]:
        """Exchanges up to the day ``on`` folded by organisation and person that they involve (those without: no row).

        ``Contact.traces`` counts those from ``since`` to ``on``. With ``ids``, only theirs.
        """

    def info(self) -> StoreInfo:
        """What this store is and how much it holds."""

    def strangers(self) -> Strangers:
        """How much of other people's data stands beside ours."""

    def dataset(self) -> str:
        """The identity of the network kept here (see ``StoreInfo``)."""

    def head(self) -> Head:
        """The newest commit's number and digest."""

    def commits(
        self, after: int = 0, limit: int = 100, run: str | None = None, newest_first: bool = False
    ) -> list[Commit]:
        """Commits numbered above ``after``, in order; with ``newest_first`` those below it (0: all), latest first."""

    def commit_by_token(self, token: str) -> Commit | None:
        """The commit that bears this token, if it was written."""

    def changes(self, first: int, last: int) -> Iterator[tuple[int, Change]]:
        """The changes of the commits ``first`` to ``last``, streamed in order, each with its commit's number."""

    def history(self, id: str, limit: int = 1000) -> list[tuple[Commit, Change]]:
        """The changes of one record (node or link), newest first, each with its commit."""

    def deleted(self, type: str) -> list[NodeRecord]:
        """The nodes of ``type`` that are no more, each as it was last; those whose content was redacted are left out.

        All the journal is gone through.
        """

    def commit_texts(self) -> Iterator[CommitText]:
        """Every commit as it is kept, streamed in order of numbers."""

    def change_texts(self) -> Iterator[ChangeText]:
        """Every change as it is kept, streamed in order of commits and positions."""

    def told(self) -> Iterator[LatestChange]:
        """Each record beside the newest change of it, streamed in no given order.

        Those that no change says to be there are left out where no record is either. A store may leave out what it sees
        to be alike: a record whose only change made it, with the very text, type, ends and revision that it has.
        """

    def derived(self, looked: Callable[[int], None] = lambda nodes: None) -> Iterator[Fault]:
        """What is not as it would be made today of what is derived from nodes: captions, and what search finds.

        ``looked`` is told from time to time how many nodes were looked at so far.
        """

    def inspect(self) -> Iterator[Fault]:
        """What else is kept besides journal and records and is not as it must be.

        The schema is the declared one, nothing more; indexes hold what they index; days of exchanges are those of the
        exchanges.
        """

    def beside(self, work: Callable[["ReadTransaction"], T]) -> AbstractContextManager[Callable[[], T]]:
        """Run ``work`` while the caller goes on, where the store can, on a view of its own, of this moment.

        The function that is given waits for what ``work`` returns, or raises. Whoever leaves without it stops the work.
        """

    def records(self) -> Iterator[NodeRecord | LinkRecord]:
        """Every node and link, streamed, in no given order; a value that is not as we write it shows that it is not."""

    def nodes_after(self, id: str, limit: int) -> list[NodeRecord]:
        """The nodes whose ids come after ``id``, in their order."""

    def derivation(self) -> str:
        """What was last said by ``set_derivation``; empty where nothing was."""


class WriteTransaction(ReadTransaction, Protocol):
    """The only writer at its moment; sees its own writes; all of it is kept, or nothing.

    It begins by reading the version of the schema: data of another one are not written (``StoreVersion``), older ones
    only where the store was opened for ``any_version``.

    Once one of its writes has failed the transaction can only be given up: ``Store.write`` raises that error again
    even if ``work`` has swallowed it.
    """

    def save(self, nodes: Sequence[NodeRecord] = (), links: Sequence[LinkRecord] = ()) -> None:
        """Create or replace these records, search index included.

        Raises ``DuplicateKey`` when a unique value is taken, ``NotFound`` when an end of a link does not exist,
        ``InputError`` for a text that no store can keep (a NUL character, half a surrogate pair).
        """

    def remove(self, nodes: Collection[str] = (), links: Collection[str] = ()) -> None:
        """Remove these records, links first; absent ids are ignored. What other people tied to a node stays, on a node
        that is ours no more.

        Raises ``ConflictError`` if a node would leave a link without its end.
        """

    def append(self, commit: Commit, changes: Sequence[Change]) -> None:
        """Append to the journal. Raises ``ConflictError`` unless ``commit`` follows the head: number and digest."""

    def redact(self, number: int, position: int | None) -> None:
        """Empty the values and the salt of a change, or (without ``position``) the second part of a commit.

        Only what a redaction in the journal names may be emptied (``crm/ledger/redaction.py``).
        """

    def modernise(self) -> bool:
        """Bring how an older schema keeps the journal, and the spelling of all contents, to those of this one.

        Returns whether there may be more to do. Done twice it changes nothing; no digest changes.
        """

    def set_schema_version(self, version: int) -> None:
        """Record that the data now follow this version of the schema."""

    def set_derivation(self, mark: str) -> None:
        """Record by which rules, and how far, what search finds has been made (see ``crm/store/refreshing.py``)."""

    def set_dataset(self, dataset: str) -> None:
        """Take over the identity of the store that this one is a copy of."""


class Store(Protocol):
    """A place where a network is kept. ``work`` is a callable because a store may have to run it again: it must be
    free of other effects, and must not use the store itself (``RuntimeError``) nor let an iterator outlive it.
    Errors of drivers never leave a store: they come out as ``StoreError`` or its kin.
    """

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        """Run ``work`` on one consistent view."""

    def write(self, work: Callable[[WriteTransaction], T]) -> T:
        """Run ``work`` as the only writer, keep everything if it returns, nothing if it raises.

        Writers wait for one another. If the outcome of a commit is unknown (connection lost while committing), ``work``
        runs again: it must recognise what it has already written (``commit_by_token``).
        """

    def as_found(self) -> AbstractContextManager[None]:
        """While it lasts texts that are none (invalid UTF-8) are read too, as they are found; for a verification only.

        Otherwise reading one raises ``StoreError`` with the code ``ALTERED_TEXT``.
        """

    def close(self) -> None:
        """Give back connections and files; a closed store is used no more."""
