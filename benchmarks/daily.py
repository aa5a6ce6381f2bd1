"""What people wait for many times a day: a partner's sheet, a search, the ways to be introduced."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks.places import Filled, filled
from benchmarks.results import Result
from benchmarks.timing import Spread, apart, spread, timed
from crm.demo import HUB, Size
from crm.measures.introductions import introductions
from crm.network import Network
from crm.records.search import search
from crm.records.sheet import sheet
from crm.store.protocol import Query, ReadTransaction

PATIENCE_MS = 100.0
WARMING = 20
"""Calls that do not count: a server that has run for a while has compiled what it does often."""

TEXTS = ("a", "ex", "men", "club exemple", "formation lille", "saint etienne", "mme exemple", "zzz introuvable")
"""What is searched, from one letter to several words."""

Calls = Sequence[Callable[[], object]]


def measure(kind: str, size: Size, rounds: int, folder: Path) -> Iterator[Result]:
    """Each call ``rounds`` times on one open store, once it is warm."""
    with filled(kind, size, folder) as where:
        found, _ = apart(_spreads, where, rounds)
    for name, times in found.items():
        yield Result(f"{name} ({size})", kind, times.high, "ms", PATIENCE_MS, str(times))


def _spreads(where: Filled, rounds: int) -> dict[str, Spread]:
    with where.place.network() as network:
        on_files = where.place.kind == "sqlite"
        return {name: _spread(calls, rounds, on_files) for name, calls in _calls(network, where.on).items()}


def _spread(calls: Calls, rounds: int, on_files: bool) -> Spread:
    """Processor time on files, where this process does all the work; the clock's where a server does most of it."""
    for call in list(calls) * WARMING:
        call()
    times = [timed(call)[0] for _ in range(rounds) for call in calls]
    return spread([time.cpu if on_files else time.wall for time in times])


def _calls(network: Network, on: date) -> dict[str, Calls]:
    partners, members = network.read(_some)
    return {
        "fiche du pivot": [partial(sheet, network, HUB, on)],
        "fiche d'un partenaire": [partial(sheet, network, id, on) for id in partners],
        **{f"recherche « {text} »": [partial(search, network, text)] for text in TEXTS},
        "introductions au pivot": [partial(introductions, network, HUB, on)],
        "introductions autour du pivot": [partial(introductions, network, id, on) for id in members],
    }


def _some(tx: ReadTransaction) -> tuple[list[str], list[str]]:
    """Twenty partners, and ten of those tied to the hub."""
    page = tx.find(Query("Organisation", limit=20))
    members = (link.source for link in tx.links_of([HUB], ["MemberOf"]))
    return [record.id for record in page.items], list(islice(members, 10))
