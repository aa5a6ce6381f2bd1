"""Bringing data of an older schema to this one, in one journalled pass."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from crm.ledger import reached
from crm.ledger.reached import MIGRATION
from crm.network import Network
from crm.network.rights import Right
from crm.network.work import UnitOfWork
from crm.store.journal import VERSION
from crm.store.protocol import ReadTransaction, WriteTransaction
from crm.store.refreshing import refresh
from graph_schema.migrations import MIGRATIONS, Migration, Wiring
from graph_schema.records import LinkRecord, NodeRecord, Record

T = TypeVar("T")

_BATCH = 5_000
_SOURCES = 500
"""Nodes whose links are mended in one commit: each has a few."""
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

    Each step rewrites records, then mends links, by commits of at most 5,000 changes, and then records its version (the
    last one in the journal too), so an interrupted migration is taken up again (a step must give the same values when
    applied to values that it has already given; links that are right already are left alone).
    """
    version = network.read(lambda tx: tx.info().schema_version, Right.ADMIN)
    steps = pending(version, migrations)
    if steps:
        _begin_version(network, steps[-1])
    for index, step in enumerate(steps):
        _apply(network, step)
        if step is steps[-1]:
            refresh(network.store)  # before the data say that they are of this version, and are checked as such
            reached.record(network, step.version, _reason(step))
        else:
            network.store.write(partial(_record_version, step.version))
        progress(index + 1, len(steps))
    return len(steps)


def _begin_version(network: Network, step: Migration) -> None:
    """Keep the journal as this build does, and have its first commit of this version say of which network it is.

    This comes before all steps, whose commits are of this version too; done already, nothing is left to do.
    """
    network.actor.require(Right.ADMIN)

    def work(unit: UnitOfWork) -> None:
        newest = unit.tx.commits(limit=1, newest_first=True)
        while unit.tx.modernise():
            pass  # what an instance of an older build wrote meanwhile
        if newest and newest[0].version < VERSION:
            unit.anchor()

    while network.store.write(lambda tx: tx.modernise()):
        pass
    network.commit(_reason(step), work, source=MIGRATION, right=Right.ADMIN)


def _record_version(version: int, tx: WriteTransaction) -> None:
    tx.set_schema_version(version)


def _reason(step: Migration) -> str:
    return f"Migration {step.version} : {step.title}"


def _apply(network: Network, step: Migration) -> None:
    changed = network.read(lambda tx: [r.id for r in tx.records() if _transformed(step, r) != r.values], Right.ADMIN)
    for batch in _batches(changed):
        network.commit(
            _reason(step),
            partial(_rewrite, step, batch),
            source=MIGRATION,
            right=Right.ADMIN,
        )
    for wiring in step.wirings:
        for sources in _batches(network.read(partial(_miswired, wiring), Right.ADMIN), _SOURCES):
            network.commit(
                _reason(step),
                partial(_rewire, wiring, sources),
                source=MIGRATION,
                right=Right.ADMIN,
            )


def _rewrite(step: Migration, ids: Sequence[str], unit: UnitOfWork) -> None:
    unit.preload(nodes=ids)
    unit.preload(links=[i for i in ids if unit.node(i) is None])
    for id in ids:
        record: NodeRecord | LinkRecord | None = unit.node(id) or unit.link(id)
        if record is not None:
            after = _transformed(step, record)
            unit.update(id, {**dict.fromkeys(record.values.keys() - after.keys()), **after}, vouched=True)


def _transformed(step: Migration, record: Record) -> dict[str, object]:
    return dict(step.transform(record.type, dict(record.values)))


def _miswired(wiring: Wiring, tx: ReadTransaction) -> list[str]:
    """The nodes whose links are not those that they must have, by id."""
    known = {str(row[0]) for row in tx.rows(wiring.node, ())}
    ties: dict[str, set[str]] = {id: set() for id in known}
    for _, source, target, *_ in tx.link_rows(wiring.link):
        ties.setdefault(str(source), set()).add(str(target))
    return sorted(id for id in ties if (wanted := wiring.targets(id)) is not None and ties[id] != known & set(wanted))


def _rewire(wiring: Wiring, sources: Sequence[str], unit: UnitOfWork) -> None:
    """Mend what is still wrong now: another process may have done so since it was looked for."""
    links: dict[str, dict[str, str]] = {id: {} for id in sources}
    for link in unit.tx.links_of(sources, [wiring.link]):
        if link.source in links:
            links[link.source][link.id] = link.target
    wanted = {id: wiring.targets(id) or () for id in sources}
    unit.preload(nodes={*sources, *(target for targets in wanted.values() for target in targets)})
    wrong = [link for id, held in links.items() for link, target in held.items() if target not in wanted[id]]
    if wrong:
        unit.delete(wrong)
    for id in sources:
        for target in wanted[id]:
            if target not in links[id].values() and unit.node(id) and unit.node(target):
                unit.connect(wiring.link, id, target)


def _batches(rest: Iterable[T], size: int = _BATCH) -> Iterator[list[T]]:
    items = iter(rest)
    while batch := list(islice(items, size)):
        yield batch
