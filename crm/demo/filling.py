"""Filling an empty store with the demonstration network, or the rest of one that was cut short."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from crm.demo import acts, crowd, small
from crm.demo.size import Size
from crm.errors import InputError
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction
from crm.upkeep.copying import require_empty
from graph_schema.records import Scalar

Progress = Callable[[int, int], None]


class Filled(NamedTuple):
    """Which network it is: the same three give the same records. ``written`` commits of it were there already."""

    size: Size
    seed: int
    on: date
    written: int = 0


def fill(
    network: Network,
    size: Size | None = None,
    seed: int | None = None,
    on: date | None = None,
    progress: Progress = lambda done, total: None,
) -> Filled:
    """Fill the empty store of ``network`` with invented partners; the same size, seed and day give the same records.

    Unless given they are S, 28 and today, to which every date is relative. Cut short, it goes on with those with which
    it began. ``progress(done, total)`` counts records (estimated for M and L). Raises ``InputError`` when the store
    already holds a network, or the beginning of another demonstration.
    """
    begun = network.read(_begun, Right.ADMIN)
    if begun is None:
        require_empty(network)
        begun = Filled(size or Size.S, 28 if seed is None else seed, on or network.today())
    elif any(said not in (None, was) for said, was in zip((size, seed, on), begun[:3], strict=True)):
        raise InputError(
            f"Ici a commencé la démonstration {begun.size.value}, graine {begun.seed}, au {begun.on:%d/%m/%Y} :"
            " relancez sans rien préciser pour le terminer, ou choisissez un emplacement vide.",
            code="not_empty",
        )
    if begun.size is Size.S:
        story = small.acts(begun.on, begun.seed)
        _write(network, begun, story, sum(len(act.entries) for act in story), progress)
    else:
        total = begun.size.organisations * crowd.RECORDS_EACH
        _write(network, begun, crowd.acts(begun.size, begun.on, begun.seed), total, progress)
    return begun


def _begun(tx: ReadTransaction) -> Filled | None:
    """The demonstration that was begun here and not finished, if nothing else was written since."""
    newest = tx.commits(limit=1, newest_first=True)
    if not newest or newest[0].source != acts.SOURCE or newest[0].detail.get("finished") is not False:
        return None
    said = newest[0].detail
    return Filled(Size(str(said["size"])), int(said["seed"]), date.fromisoformat(str(said["on"])), int(said["step"]))


def _write(network: Network, begun: Filled, story: Iterable[acts.CommitDraft], total: int, progress: Progress) -> None:
    detail: dict[str, Scalar] = {"size": begun.size.value, "seed": begun.seed, "on": begun.on.isoformat()}
    done = 0
    for written in acts.write(network, story, detail, begun.written):
        done += written
        progress(min(done, total), total)
    progress(total, total)
