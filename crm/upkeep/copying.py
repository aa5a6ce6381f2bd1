"""Moving a whole network: copies to another store, backups and restores, always with the history."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path

from crm.errors import ConflictError, InputError, Reseau28Error
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction, Store, WriteTransaction
from crm.vault import transfer
from crm.vault.place import existing
from graph_schema.records import Change, Commit, LinkRecord, NodeRecord, Record, Values

_BATCH_CHANGES = 5_000
_BATCH_COMMITS = 200
Progress = Callable[[int, int], None]


def copy(source: Network, target: Network, progress: Progress = lambda done, total: None) -> int:
    """Copy the network of ``source`` into ``target``, commit by commit; returns how many were copied.

    The copy is the same chain, digest for digest. Interrupted, it goes on where it stopped; later it brings only what
    is new. Raises ``ConflictError`` when ``target`` holds anything else than the beginning of ``source``.
    """
    source.actor.require(Right.ADMIN)
    target.actor.require(Right.ADMIN)
    done = _check_same_beginning(source.store, target.store)
    end = source.store.read(lambda tx: tx.head().number)
    start = done
    while done < end:
        batch = source.store.read(partial(_read_batch, done))
        done = target.store.write(partial(_replay, batch))
        progress(done, end)
    if target.heads and done > start:
        target.heads.mark(target.store, "restored", target.actor.name)
    return done - start


def copy_whole(source: Network, target: Network, progress: Progress = lambda done, total: None) -> int:
    """Copy the network of ``source`` with the files of its proofs, which come before the commits that name them.

    What could not be brought is for ``crm.vault.checking`` to say of ``target``. Raises as ``copy``, and
    ``ConflictError`` when the vault there is another network's.
    """
    source.actor.require(Right.ADMIN)
    target.actor.require(Right.ADMIN)
    _check_same_beginning(source.store, target.store)
    transfer.bring(source, target)
    return copy(source, target, progress)


def require_place(source: Network, file: Path) -> None:
    """Raise as ``copy_whole`` where the vault of ``source`` cannot lie beside ``file``, before anything is there."""
    try:
        brings = existing(source) is not None
    except Reseau28Error:  # lost, or another's: the network is copied all the same
        return
    if brings:
        transfer.require_place(source.read(lambda tx: tx.dataset(), Right.ADMIN), file)


def require_empty(target: Network) -> None:
    """Raise ``InputError`` unless nothing was ever written in ``target``."""
    info = target.read(lambda tx: tx.info(), Right.ADMIN)
    if info.head.number or info.nodes:
        raise InputError(
            f"{info.address} contient déjà un réseau : choisissez un emplacement vide, rien n'a été changé.",
            code="not_empty",
        )


def _check_same_beginning(source: Store, target: Store) -> int:
    dataset = source.read(lambda tx: tx.dataset())
    head = target.read(lambda tx: tx.head())
    if head.number == 0:
        target.write(lambda tx: tx.set_dataset(dataset))
        return 0
    same = target.read(lambda tx: tx.dataset()) == dataset
    there = source.read(lambda tx: tx.commits(after=head.number - 1, limit=1))
    if not same or not there or there[0].digest != head.digest:
        raise ConflictError(
            "La destination contient un autre réseau, ou une autre suite de celui-ci : choisissez-en une vide.",
            code="other_network",
        )
    return head.number


def _read_batch(after: int, tx: ReadTransaction) -> list[tuple[Commit, list[Change]]]:
    commits: list[Commit] = []
    total = 0
    for commit in tx.commits(after=after, limit=_BATCH_COMMITS):
        if commits and total + commit.changes > _BATCH_CHANGES:
            break
        commits.append(commit)
        total += commit.changes
    grouped = {
        number: [change for _, change in rows]
        for number, rows in groupby(tx.changes(commits[0].number, commits[-1].number), key=lambda pair: pair[0])
    }
    return [(commit, grouped.get(commit.number, [])) for commit in commits]


def _replay(batch: list[tuple[Commit, list[Change]]], tx: WriteTransaction) -> int:
    for commit, changes in batch:
        if commit.number <= tx.head().number:
            continue  # the store ran this work again after having kept it
        nodes = [c for c in changes if c.source is None]
        links = [c for c in changes if c.source is not None and c.action != "redact"]
        tx.remove(links=[c.id for c in links if c.action == "delete"])
        tx.remove(nodes=[c.id for c in nodes if c.action == "delete"])
        current_nodes = tx.get(c.id for c in nodes if c.action == "update")
        current_links = tx.get_links(c.id for c in links if c.action == "update")
        tx.save(
            nodes=[_node_after(c, current_nodes.get(c.id)) for c in nodes if c.action != "delete"],
            links=[_link_after(c, current_links.get(c.id)) for c in links if c.action != "delete"],
        )
        tx.append(commit, changes)
        for change in changes:
            if change.action == "redact":
                _redact(change, tx)
    return batch[-1][0].number


def _redact(change: Change, tx: WriteTransaction) -> None:
    """Empty here too what a redaction names, and give the record the values with which it tells it anew."""
    number, _, position = str(change.source).partition(":")
    tx.redact(int(number), int(position) if position else None)
    node, link = tx.get([change.id]).get(change.id), tx.get_links([change.id]).get(change.id)
    if change.after is None:
        return
    if node is not None:
        tx.save(nodes=[node._replace(values=change.after)])
    elif link is not None:
        tx.save(links=[link._replace(values=change.after)])


def _node_after(change: Change, current: NodeRecord | None) -> NodeRecord:
    return NodeRecord(change.id, change.type, change.revision, _values_after(change, current))


def _link_after(change: Change, current: LinkRecord | None) -> LinkRecord:
    assert change.source is not None
    assert change.target is not None
    values = _values_after(change, current)
    return LinkRecord(change.id, change.type, change.source, change.target, change.revision, values)


def _values_after(change: Change, current: Record | None) -> Values:
    """The values that ``change`` leaves; after a redacted one nothing is known until a later redaction tells it."""
    if change.redacted:
        return {}
    kept = {k: v for k, v in current.values.items() if k not in (change.before or {})} if current else {}
    return {**kept, **(change.after or {})}
