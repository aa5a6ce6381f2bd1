"""Turns among the processes that write in one file: first come, first served.

SQLite lets those who wait try again ever more rarely, so one who comes back at once would win for ever. Here each
writer draws a number from a small file beside the store and waits for all who drew before. A number is a locked byte:
the system takes it back when its holder ends, however it ends. Whether a write may happen is SQLite's own to say:
without this file, or on a system without such locks, all stays right, only less fair.

Whose turn it is may write a few times more while its slice lasts: a writer who goes on finds the file's pages in its
own memory, and nobody has to be woken for each write. Slices are all alike, so that each is served as often.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crm.files import private

if os.name == "posix":
    import fcntl

_WRITING, _NUMBERS = 8, 16
"""The byte locked by whoever writes, and where those of the numbers begin, after the next one to be drawn."""

_SLICE, _WRITES = 0.010, 8
"""How long (seconds) and how often who has the turn may write before the next one has it."""

_NEXT, _LATER = 0.0003, 0.002
"""How often who is next, and who is further behind, looks whether it is their turn (seconds)."""


class Turns:
    """The turns on one file, for the writers of one process, who ask one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}-turn")
        self._handle: int | None = None
        self._kept: int | None = None
        self._last, self._left, self._until = -1, 0, 0.0

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Wait for one's turn and hold it. Raises ``TimeoutError`` after ``patience`` seconds.

        Whoever could not write (another was faster) keeps its number for the next time, so that it comes before all
        who have been served since.
        """
        handle = self._opened()
        if handle is None:
            yield
            return
        try:
            if not (self._left > 0 and time.monotonic() < self._until and _may_write(handle)):
                number = self._kept = _draw(handle, self._kept)
                _wait(handle, number, patience, alone=number == self._last + 1)
                self._last, self._left, self._until = number, _WRITES, time.monotonic() + _SLICE
            self._left -= 1
            yield
            self._kept = None
        except BaseException:
            self._left = 0
            raise
        finally:
            with suppress(OSError):
                fcntl.lockf(handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Give back the file; it goes away, and whoever still waits with it finds that out at the next turn."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                self._path.unlink()
            os.close(handle)

    def _opened(self) -> int | None:
        if os.name != "posix":
            return None
        try:
            if self._handle is not None and os.fstat(self._handle).st_nlink == 0:
                os.close(self._handle)
                self._handle = None
            if self._handle is None:
                self._last, self._left, self._until = -1, 0, 0.0
                self._handle = private.opener(str(self._path), os.O_RDWR | os.O_CREAT)
            fcntl.lockf(self._handle, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, _NUMBERS - 1)  # whether there are locks at all
        except OSError:
            return None
        return self._handle


def _draw(handle: int, kept: int | None) -> int:
    """The next number, or the one that was kept; held from the moment at which it is drawn."""
    fcntl.lockf(handle, fcntl.LOCK_EX, 8)
    following = int.from_bytes(os.pread(handle, 8, 0), "big")
    number = following if kept is None or kept > following else kept
    if number == following:
        os.pwrite(handle, (number + 1).to_bytes(8, "big"), 0)
    fcntl.lockf(handle, fcntl.LOCK_EX, 1, _NUMBERS + number)
    fcntl.lockf(handle, fcntl.LOCK_UN, 8)
    return number


def _wait(handle: int, number: int, patience: float, *, alone: bool) -> None:
    """Wait until all who drew a smaller number have given it back and nobody goes on writing, then have the turn.

    Between two writes of a slice nobody writes for a moment: unless we are ``alone``, whose turn it was before, only a
    pause of some length says that it is over.
    """
    deadline = time.monotonic() + patience
    paused = alone
    while True:
        first = _is_free(handle, number)
        free = first and _may_write(handle)
        if free and paused:
            return
        if free:
            fcntl.lockf(handle, fcntl.LOCK_UN, 1, _WRITING)
        paused = free
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(_NEXT if first or _is_free(handle, number - 1) else _LATER)


def _is_free(handle: int, numbers: int) -> bool:
    """Whether nobody holds one of the first ``numbers``."""
    return numbers <= 0 or _locked(handle, fcntl.LOCK_SH, numbers, _NUMBERS)


def _may_write(handle: int) -> bool:
    """Take the right to write, unless somebody has it."""
    return _locked(handle, fcntl.LOCK_EX, 1, _WRITING)


def _locked(handle: int, how: int, many: int, first: int) -> bool:
    try:
        fcntl.lockf(handle, how | fcntl.LOCK_NB, many, first)
    except OSError:
        return False
    return True
