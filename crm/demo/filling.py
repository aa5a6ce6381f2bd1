"""Filling an empty store with the demonstration network."""

from collections.abc import Callable, Iterable
from datetime import date

from crm.copying import require_empty
from crm.demo import acts, crowd, small
from crm.demo.size import Size
from crm.network import Network

Progress = Callable[[int, int], None]


def fill(
    network: Network,
    size: Size = Size.S,
    seed: int = 28,
    on: date | None = None,
    progress: Progress = lambda done, total: None,
) -> None:
    """Fill the empty store of ``network`` with invented partners; the same size, seed and day give the same records.

    Every date is relative to the day ``on`` (today unless given). ``progress(done, total)`` counts records (estimated
    for M and L). Raises ``InputError`` when the store already holds a network.
    """
    require_empty(network)
    day = on or network.today()
    if size is Size.S:
        story = small.acts(day, seed)
        _write(network, story, sum(len(act.entries) for act in story), progress)
    else:
        _write(network, crowd.acts(size, day, seed), size.organisations * crowd.RECORDS_EACH, progress)


def _write(network: Network, story: Iterable[acts.Act], total: int, progress: Progress) -> None:
    done = 0
    for written in acts.write(network, story):
        done += written
        progress(min(done, total), total)
    progress(total, total)
