"""A verification of everything, against a bare loop: each row read once through ``sqlite3``, its text hashed.

Both run in one process, in turn, once all modules are there; the memory is that of another, which does nothing else
(``python -m benchmarks.verify FILE`` prints it).
"""

import hashlib
import re
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.places import Filled, filled
from benchmarks.results import Result
from benchmarks.timing import Time, apart, best, timed
from crm.demo import Size
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store

PROCESSOR, CLOCK, MEMORY = 3.0, 1.8, 300.0
"""At most so many times the loop's processor time and its time on the clock (two cores), and so many MB."""

_STORED = {
    "node": "id, type, revision, caption, body",
    "link": "id, type, source, target, revision, body, day, direction",
    "change": "*",
    "commits": "*",
}
"""What is kept of each row; not what SQLite computes of a link as it is read."""


def measure(kind: str, size: Size, rounds: int, folder: Path) -> Iterator[Result]:
    """The loop and the verification in turn, ``rounds`` times."""
    with filled(kind, size, folder) as where:
        found, _ = apart(_rounds, where, rounds)
        peak = _peak(where)
    floor, ours = best([each[0] for each in found]), best([each[1] for each in found])
    detail = f"vérification {ours}, boucle {floor}"
    yield Result(f"vérification, processeur ({size})", kind, ours.cpu / floor.cpu, "× la boucle", PROCESSOR, detail)
    yield Result(f"vérification, horloge ({size})", kind, ours.wall / floor.wall, "× la boucle", CLOCK, detail)
    yield Result(f"mémoire d'une vérification ({size})", kind, peak, "Mo", MEMORY, "le plus haut du processus")


def _rounds(where: Filled, rounds: int) -> list[tuple[Time, Time]]:
    return [(timed(lambda: bare_loop(where.place.address))[0], _verified(where)) for _ in range(rounds)]


def _peak(where: Filled) -> float:
    """The peak in MB of a process that verifies and has loaded nothing else: this one's modules would count."""
    command = [sys.executable, "-m", "benchmarks.verify", where.place.address]
    return float(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)


def _tell_peak(address: str) -> None:
    with closing(open_store(address)) as store:
        verify(Network(store, Actor("Mesure", Role.ADMIN)))
    status = Path("/proc/self/status")  # of this process alone; what getrusage tells begins with its parent's
    told = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    print(int(told[1]) * 1024 / 1e6 if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)


def bare_loop(file: str) -> int:
    """Read each row once and hash its text; how many rows there were."""
    rows = 0
    with closing(sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)) as db:
        db.execute("PRAGMA cache_size = -32000")
        for table, columns in _STORED.items():
            for row in db.execute(f"SELECT {columns} FROM {table}"):
                hashlib.sha256("".join([cell for cell in row if cell.__class__ is str]).encode()).hexdigest()
                rows += 1
    return rows


def _verified(where: Filled) -> Time:
    with where.place.network() as network:
        time, faults = timed(lambda: verify(network))
    if faults:
        raise RuntimeError(f"the network that is measured has faults: {faults[0].message}")
    return time


if __name__ == "__main__":
    _tell_peak(sys.argv[1])
