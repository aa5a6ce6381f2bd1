"""Locks between processes, on a file of their own: given back by the system when their holder ends, however it ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.files import private

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.005


@contextmanager
def held(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock of the file ``path``, made if needed. Raises ``TimeoutError`` when others hold it for too long.

    A link in its place is not followed: ``OSError``.
    """
    handle = private.opener(str(path), os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0))
    try:
        _take(handle, patience)
        yield
    finally:
        os.close(handle)


def _take(handle: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not _try(handle):
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(_PAUSE)


def _try(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
