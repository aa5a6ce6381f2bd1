"""A consistent copy of the file while others go on reading and writing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crm import private
from crm.errors import StoreError
from crm.store.sqlite import stamp
from crm.store.sqlite.errors import translated, unreachable
from crm.store.sqlite.store import SqliteStore

STEP = 1024
"""Pages between two calls of ``progress``: 8 MB."""


def copy_file(
    store: SqliteStore, target: Path, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Copy the store as it is at this moment into the new file ``target``.

    ``progress(done, total)`` counts pages. ``target`` appears under its name once it is whole; a copy that fails or is
    interrupted leaves nothing. Raises ``StoreError`` when ``target`` exists or cannot be written.
    """
    if target.exists():
        raise StoreError(f"« {target} » existe déjà : indiquez un autre fichier.", code="exists")
    if not target.parent.is_dir():
        raise StoreError(f"Le dossier « {target.parent} » n'existe pas : créez-le.", code="absent")
    try:
        with private.part(target.parent) as part:
            with store.connection() as source, translated(str(target)):
                _copy(source, part, progress)
            part.replace(target)
    except OSError:
        raise unreachable(str(target)) from None


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
