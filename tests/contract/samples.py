"""Small records and commits for the cases, and one-line ways to write and read them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from crm.store.protocol import ReadTransaction, Store, WriteTransaction
from graph_schema.records import Change, Commit, Head, LinkRecord, NodeRecord, Value

T = TypeVar("T")
TODAY = date(2026, 3, 1)


def organisation(id: str, name: str = "Atelier Exemple", /, *, revision: int = 1, **values: Value) -> NodeRecord:
    """An organisation."""
    return NodeRecord(id, "Organisation", revision, {"name": name, "kind": "entreprise", "tier": "C", **values})


def person(id: str, family_name: str = "Exemple", /, *, revision: int = 1, **values: Value) -> NodeRecord:
    """A person."""
    return NodeRecord(id, "Person", revision, {"family_name": family_name, **values})


def exchange(id: str, on: str, direction: str = "mutuel", /, **values: Value) -> NodeRecord:
    """An exchange of a day."""
    return NodeRecord(id, "Exchange", 1, {"on": on, "channel": "appel", "direction": direction, **values})


def link(id: str, type: str, source: str, target: str, /, *, revision: int = 1, **values: Value) -> LinkRecord:
    """A link."""
    return LinkRecord(id, type, source, target, revision, values)


def commit_after(head: Head, changes: int = 0, /, *, run: str | None = None) -> Commit:
    """The commit that follows ``head``."""
    number = head.number + 1
    return Commit(
        number=number,
        at=f"2026-03-01T08:{number // 60:02}:{number % 60:02}Z",
        author="Mme Exemple",
        reason="Essai d'écriture",
        source="test",
        run=run,
        token=f"token-{number}",
        changes=changes,
        previous=head.digest,
        digest=f"{number:064x}",
        detail={"file": "liste d'été.csv", "rows": 3, "whole": True},
    )


def creation(position: int, record: NodeRecord | LinkRecord) -> Change:
    """The change that creates ``record``."""
    source, target = (record.source, record.target) if isinstance(record, LinkRecord) else (None, None)
    return Change(
        position, "create", record.id, record.type, source, target, record.revision, None, dict(record.values),
        state=f"{position:064x}", salt=f"{position:032x}", digest=f"{position + 1000:064x}",
    )  # fmt: skip


def save(store: Store, *records: NodeRecord | LinkRecord) -> None:
    """Save these records, nodes first."""
    nodes = [r for r in records if isinstance(r, NodeRecord)]
    links = [r for r in records if isinstance(r, LinkRecord)]
    store.write(lambda tx: tx.save(nodes, links))


def remove(store: Store, *, nodes: Sequence[str] = (), links: Sequence[str] = ()) -> None:
    """Remove these records."""
    store.write(lambda tx: tx.remove(nodes, links))


def append(store: Store, *records: NodeRecord | LinkRecord, run: str | None = None) -> Commit:
    """Append one commit that creates these records in the journal."""

    def work(tx: WriteTransaction) -> Commit:
        commit = commit_after(tx.head(), len(records), run=run)
        tx.append(commit, [creation(i, r) for i, r in enumerate(records)])
        return commit

    return store.write(work)


def listed(store: Store, work: Callable[[ReadTransaction], object]) -> list[object]:
    """The whole of what ``work`` streams, sorted."""
    return store.read(lambda tx: sorted(work(tx)))  # type: ignore[call-overload]
