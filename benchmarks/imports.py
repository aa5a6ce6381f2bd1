"""Importing an export of the Annuaire des Entreprises, against a bare loop that writes the same rows."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import annuaire, bare
from benchmarks.places import Place, address_of, empty, new_server
from benchmarks.results import Result
from benchmarks.timing import Apart, Time, apart, best, timed
from importers.run import run
from tests.neo4j_server.server import Neo4jServer

SLOWEST = {"sqlite": 3.0, "neo4j": 2.0}
MEMORY_MB = 500.0


def measure(kind: str, lines: int, rounds: int, folder: Path) -> Iterator[Result]:
    """Floor, first and second import in turn, ``rounds`` times, each in a process of its own and on a new store."""
    file = annuaire.write(folder / "annuaire.csv", lines)
    if kind == "sqlite":
        found = [_round_on_sqlite(file, lines, folder) for _ in range(rounds)]
    else:
        with new_server(folder) as server:
            found = [_round_on_neo4j(file, lines, server) for _ in range(rounds)]
    file.unlink()
    floors, firsts, seconds, peaks = zip(*found, strict=True)
    floor, first, second = best(floors), best(firsts), best(seconds)
    yield Result(
        f"import de {lines:,} lignes".replace(",", " "), kind, first.cpu / floor.cpu, "× plancher", SLOWEST[kind],
        f"import {first}, plancher {floor}",
    )  # fmt: skip
    yield Result("second import du même fichier", kind, second.cpu / first.cpu, "× le premier", 1.0, f"{second}")
    yield Result("mémoire d'un import", kind, max(p.peak for p in peaks), "Mo", MEMORY_MB, "le plus haut du processus")


_Round = tuple[Time, Time, Time, Apart]


def _round_on_sqlite(file: Path, lines: int, folder: Path) -> _Round:
    floor = Place("sqlite", str(folder / "floor.db"))
    ours = Place("sqlite", str(folder / "import.db"))
    for place in (floor, ours):
        for end in ("", "-wal", "-shm"):
            Path(place.address + end).unlink(missing_ok=True)
        with place.network():
            pass  # opening it makes the tables
    floor_time, _ = apart(_floor_on_sqlite, file, Path(floor.address))
    first, second, peak = _twice(file, ours, lines)
    _same_rows(floor, ours)
    return floor_time, first, second, peak


def _round_on_neo4j(file: Path, lines: int, server: Neo4jServer) -> _Round:
    place = address_of(server)
    with place.network():
        pass  # opening it makes constraints and indexes
    empty(server)
    floor_time, _ = apart(_floor_on_neo4j, file, server.uri, server.user, place)
    empty(server)
    first, second, peak = _twice(file, place, lines)
    return floor_time, first, second, peak


def _twice(file: Path, place: Place, lines: int) -> tuple[Time, Time, Apart]:
    (first, made), peak = apart(_import, file, place)
    (second, again), peak_again = apart(_import, file, place)
    if made != lines or again != 0:
        raise RuntimeError(f"the imports made {made} and {again} organisations instead of {lines} and 0")
    return first, second, max(peak, peak_again)


def _import(file: Path, place: Place) -> tuple[Time, int]:
    with place.network() as network:
        before = network.read(lambda tx: tx.head().number)
        time, report = timed(lambda: run(network, [file]), place.server)
        after = network.read(lambda tx: tx.head().number)
    if not report.created and after != before:
        raise RuntimeError("an import that changes nothing wrote a commit")
    return time, report.created


def _floor_on_sqlite(file: Path, store: Path) -> Time:
    return timed(lambda: bare.to_sqlite(file, store))[0]


def _floor_on_neo4j(file: Path, uri: str, user: str, place: Place) -> Time:
    return timed(lambda: bare.to_neo4j(file, uri, user, place.password or ""), place.server)[0]


def _same_rows(floor: Place, ours: Place) -> None:
    """Make sure that the floor is no lower than it should be: as many rows, in about as many bytes."""
    sizes = [Path(place.address).stat().st_size for place in (floor, ours)]
    counts = []
    for place in (floor, ours):
        with place.network() as network:
            counts.append(network.read(lambda tx: tx.info().nodes))
    if counts[0] != counts[1] or sizes[0] < 0.85 * sizes[1]:
        raise RuntimeError(
            f"the floor wrote {counts[0]} rows in {sizes[0]} bytes, the import {counts[1]} in {sizes[1]}"
        )
