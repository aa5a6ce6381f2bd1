"""A consistent copy of the file while others go on reading and writing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crm.store.sqlite import stamp
from crm.store.sqlite.errors import translated
from crm.store.sqlite.store import SqliteStore

FIRST_PACKED = "network.db"
"""What a backup that holds files too begins with."""

STEP = 1024
"""Pages between two calls of ``progress``: 8 MB."""


def is_packed(file: Path) -> bool:
    """Whether it is a backup that holds files too (``crm/vault/transfer.py``), not a store by itself.

    SQLite is asked first, and only what is no file of its is read: a process that opens and closes a store past SQLite
    gives back all the locks that it holds there (https://sqlite.org/howtocorrupt.html, 2.2), and the next process to
    leave takes itself for the last one and the write-ahead log along.
    """
    if not file.is_file():  # a pipe would be waited for
        return False
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            db.execute("PRAGMA schema_version")
            return False
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:  # nothing there, or a store that another process writes
            return False
    try:
        with file.open("rb") as stream:
            head = stream.read(512)
    except OSError:
        return False
    return head[257:262] == b"ustar" and head.startswith(FIRST_PACKED.encode() + b"\0")


def copy_into(
    store: SqliteStore, part: Path, name: str, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Copy the store as it is at this moment into ``part``, an empty file of the caller's, to be called ``name``.

    ``progress(done, total)`` counts pages. Raises ``StoreError`` when it cannot be written.
    """
    with store.connection() as source, translated(name):
        _copy(source, part, progress)


def _copy(source: sqlite3.Connection, part: Path, progress: Callable[[int, int], None]) -> None:
    # An open view of the source: what others write meanwhile neither shows in the copy nor makes it begin again.
    source.execute("BEGIN")
    try:
        source.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        with closing(sqlite3.connect(part)) as copy:
            source.backup(copy, pages=STEP, progress=lambda _, left, total: progress(total - left, total), sleep=0)
            with copy:
                stamp.renew(copy)
    finally:
        source.execute("ROLLBACK")
