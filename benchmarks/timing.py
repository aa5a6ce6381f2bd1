"""Taking times: of calls in this process, and of whole pieces of work in a process of their own.

What is compared is processor time, our process's and the server's together: on a machine where others are at work too,
the clock mostly tells about them.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Time(NamedTuple):
    """Seconds by the clock, and of processor."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s de processeur)"


def timed(work: Callable[[], T], server: int | None = None) -> tuple[Time, T]:
    """How long ``work`` takes, and what it returns; ``server`` is the process that works for it, if any."""
    wall, cpu = time.perf_counter(), time.process_time() + _processor(server)
    value = work()
    return Time(time.perf_counter() - wall, time.process_time() + _processor(server) - cpu), value


def _processor(server: int | None) -> float:
    """Seconds of processor that a process has used so far; 0 where the system does not tell (it is not Linux)."""
    told = Path(f"/proc/{server}/stat")
    if server is None or not told.exists():
        return 0.0
    user, system = told.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def best(times: Sequence[Time]) -> Time:
    """The shortest of each kind: what is left when nobody else was in the way."""
    return Time(min(t.wall for t in times), min(t.cpu for t in times))


class Spread(NamedTuple):
    """The middle and the 95th percentile of many short calls, in milliseconds."""

    median: float
    high: float

    def __str__(self) -> str:
        return f"médiane {self.median:.0f} ms, 95 % sous {self.high:.0f} ms"


def spread(seconds: Sequence[float]) -> Spread:
    """Middle and 95th percentile of at least two times."""
    return Spread(1000 * statistics.median(seconds), 1000 * statistics.quantiles(seconds, n=20, method="inclusive")[-1])


class Apart(NamedTuple):
    """A process's peak of memory in MB, besides what its work returned."""

    peak: float


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, Apart]:
    """Run ``work`` in a new process. This one stays small: a child's peak counts from its parent's size."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        value = pool.submit(work, *args, **kwargs).result()
        return value, pool.submit(_peak).result()


def _peak() -> Apart:
    unit = 1 if sys.platform == "darwin" else 1024
    return Apart(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)
