"""Several processes that edit one record at once: what it costs that each has its turn."""

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.places import Place
from benchmarks.results import Result
from crm.network.work import UnitOfWork
from crm.records import organisations
from crm.store.sqlite.turns import Turns

WRITERS = 8
SECONDS = 3.0
SLOWER = 2.0
"""So many times fewer edits than where nobody waits for a turn, at most."""


class Edits(NamedTuple):
    """How many edits each process has made in a second, fewest first."""

    each: tuple[float, ...]

    @property
    def all(self) -> float:
        """Of all processes."""
        return sum(self.each)

    def __str__(self) -> str:
        return f"{self.all:.0f} par seconde, de {self.each[0]:.1f} à {self.each[-1]:.1f} par processus"


def measure(rounds: int, folder: Path, seconds: float = SECONDS) -> Iterator[Result]:
    """With turns and without, in turn, ``rounds`` times; the most edits of each, when nobody else was in the way."""
    found = [(_edits(folder, seconds, turns=True), _edits(folder, seconds, turns=False)) for _ in range(rounds)]
    fair, without = (max(edits, key=lambda each: each.all) for edits in zip(*found, strict=True))
    ratio, detail = without.all / fair.all, f"avec : {fair} ; sans : {without}"
    yield Result(f"{WRITERS} processus qui écrivent", "sqlite", ratio, "× sans tours", SLOWER, detail)


def _edits(folder: Path, seconds: float, *, turns: bool) -> Edits:
    context = get_context("spawn")
    with TemporaryDirectory(dir=folder) as place:
        file = Place("sqlite", str(Path(place) / "writers.db"))
        with file.network() as network:
            id = organisations.create(network, {"name": "Garage Exemple"}).value
        ready, told = context.Barrier(WRITERS), context.Queue()
        writers = [context.Process(target=_write, args=(file, id, ready, told, seconds, turns)) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        counts = [told.get() for _ in writers]
        for writer in writers:
            writer.join()
    return Edits(tuple(sorted(count / seconds for count in counts)))


def _write(file: Place, id: str, ready: Barrier, told: "Queue[int]", seconds: float, turns: bool) -> None:
    if not turns:
        Turns.turn = _at_once  # type: ignore[assignment, method-assign]  # in this process only
    with file.network() as network:
        ready.wait()
        end, count = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            network.commit("Note", partial(_note, id=id, note=f"{os.getpid()} {count}"))
            count += 1
    told.put(count)


def _note(unit: UnitOfWork, id: str, note: str) -> None:
    unit.update(id, {"note": note})


def _at_once(_turns: Turns, _patience: float) -> AbstractContextManager[None]:
    """Nobody waits for a turn: SQLite says who may write."""
    return nullcontext()
