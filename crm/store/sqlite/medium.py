"""What may be done with a file where it lies, and how SQLite is told."""

import os
from enum import Enum
from pathlib import Path

from crm.store.sqlite.stamp import log_of


class FileMode(Enum):
    """How a file is opened; the value is what the address of the file ends with."""

    WRITABLE = "mode=rw"
    READABLE = "mode=ro"
    """Others may write: their write-ahead log is read too."""

    FIXED = "mode=ro&immutable=1"
    """Nothing can be made beside it and there is no log: SQLite asks for no locks and reads it as it is."""


def medium_of(path: Path, read_only: bool = False) -> FileMode:
    """How the file at ``path`` can be opened: where nothing can be written it can still be read.

    SQLite needs files of its own beside one with a write-ahead log, even to read; where it cannot make them the file
    is taken as it is, unless a log holds a part of it.
    """
    room = os.access(path.parent, os.W_OK)
    if room and os.access(path, os.W_OK) and not read_only:
        return FileMode.WRITABLE
    log = log_of(path)
    if room or (log.exists() and log.stat().st_size):
        return FileMode.READABLE
    return FileMode.FIXED
