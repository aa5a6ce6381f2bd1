"""Bringing data of an older schema to this one, in one journalled pass."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from crm.network import Network
from crm.rights import Right
from crm.store.protocol import WriteTransaction
from crm.store.refreshing import refresh
from crm.work import UnitOfWork
from graph_schema.migrations import MIGRATIONS, Migration
from graph_schema.records import LinkRecord, NodeRecord, Record

_BATCH = 5_000
Progress = Callable[[int, int], None]


def pending(version: int, migrations: Sequence[Migration] = MIGRATIONS) -> list[Migration]:
    """The steps that data of ``version`` still need, in order."""
    return [m for m in migrations if m.version > version]


def migrate(
    network: Network,
    migrations: Sequence[Migration] = MIGRATIONS,
    progress: Progress = lambda done, total: None,
) -> int:
    """Apply every pending step; returns how many. The caller makes a backup first.

    Each step rewrites records by commits of at most 5,000 changes and then records its version, so an interrupted
    migration is taken up again (a step must give the same values when applied to values that it has already given).
    """
    version = network.read(lambda tx: tx.info().schema_version, Right.ADMIN)
    steps = pending(version, migrations)
    for index, step in enumerate(steps):
        _apply(network, step)
        network.store.write(partial(_record_version, step.version))
        progress(index + 1, len(steps))
    refresh(network.store)
    return len(steps)


def _record_version(version: int, tx: WriteTransaction) -> None:
    tx.set_schema_version(version)


def _apply(network: Network, step: Migration) -> None:
    changed = network.read(lambda tx: [r.id for r in tx.records() if _transformed(step, r) != r.values], Right.ADMIN)
    for batch in _batches(changed):
        network.commit(
            f"Migration {step.version} : {step.title}",
            partial(_rewrite, step, batch),
            source="migration",
            right=Right.ADMIN,
        )


def _rewrite(step: Migration, ids: Sequence[str], unit: UnitOfWork) -> None:
    unit.preload(nodes=ids)
    unit.preload(links=[i for i in ids if unit.node(i) is None])
    for id in ids:
        record: NodeRecord | LinkRecord | None = unit.node(id) or unit.link(id)
        if record is not None:
            after = _transformed(step, record)
            unit.update(id, {**dict.fromkeys(record.values.keys() - after.keys()), **after})


def _transformed(step: Migration, record: Record) -> dict[str, object]:
    return dict(step.transform(record.type, dict(record.values)))


def _batches(ids: list[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield batch
