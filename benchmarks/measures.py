"""Freshness and coverage of the whole network, against merely reading the rows that they need."""

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.places import Filled, filled
from benchmarks.results import Result
from benchmarks.timing import Apart, Time, apart, best, timed
from crm.demo import Size
from crm.measures import snapshots
from crm.measures.measuring import measures
from crm.network.provider import load, window_start
from crm.store.protocol import ReadTransaction
from graph_schema.territory import Level

SLOWEST = 3.0


def measure(kind: str, size: Size, rounds: int, folder: Path) -> Iterator[Result]:
    """The floor and the measures in turn, ``rounds`` times, each time in a new process."""
    with filled(kind, size, folder) as where:
        found = [_round(where) for _ in range(rounds)]
    floors, ours, peaks = zip(*found, strict=True)
    floor, measured = best(floors), best(ours)
    yield Result(f"fraîcheur et couverture ({size})", kind, measured.cpu / floor.cpu, "× la lecture", SLOWEST,
                 f"mesures {measured}, lecture {floor}")  # fmt: skip
    yield Result(
        f"mémoire des mesures ({size})", kind, max(p.peak for p in peaks), "Mo", None, "le plus haut du processus"
    )


def _round(where: Filled) -> tuple[Time, Time, Apart]:
    (floor, measured), peak = apart(_floor_and_measures, where)
    return floor, measured, peak


def _floor_and_measures(where: Filled) -> tuple[Time, Time]:
    with where.place.network() as network:
        floor, _ = timed(lambda: network.read(lambda tx: _read(tx, where)), where.place.server)

        def all_of_it() -> None:
            found = measures(network, where.on)
            if not found.freshness or not found.coverage(Level.DEPARTEMENT):
                raise RuntimeError("nothing was measured")

        return floor, timed(all_of_it, where.place.server)[0]


def _read(tx: ReadTransaction, where: Filled) -> None:
    """Read every row that a snapshot of the whole network is made of, and keep none."""
    for type, fields in snapshots.NODE_FIELDS.items():
        _drain(tx.rows(type, fields))
    for type, fields in snapshots.LINK_FIELDS.items():
        _drain(tx.link_rows(type, fields))
    _drain(tx.contacts(window_start(load(tx), where.on), where.on))


def _drain(rows: Iterable[object]) -> None:
    deque(rows, maxlen=0)
