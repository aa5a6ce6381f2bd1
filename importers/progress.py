"""How far an import is, for those who watch."""

import time
from collections.abc import Callable
from typing import NamedTuple, TypeAlias


class Progress(NamedTuple):
    """Rows read so far over all files; ``position`` of ``total`` in ``file`` (bytes of a text, rows of a sheet)."""

    file: str
    rows: int
    position: int
    total: int
    seconds: float


Watch: TypeAlias = Callable[[Progress], None]


def unwatched(progress: Progress) -> None:
    """Watch nothing."""


class Stopwatch:
    """Counts rows and time, and tells them."""

    def __init__(self, watch: Watch | None) -> None:
        self.watch, self.start, self.rows = watch or unwatched, time.monotonic(), 0

    def tell(self, file: str, rows: int, position: int, total: int) -> None:
        """Tell that ``rows`` more rows are done."""
        self.rows += rows
        self.watch(Progress(file, self.rows, position, total, time.monotonic() - self.start))
