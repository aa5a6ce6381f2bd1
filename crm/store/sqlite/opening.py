"""Opening a file: what it must be, what it becomes when new, and which versions are let in."""

import os
import sqlite3
import time
from pathlib import Path

from crm.errors import StoreError
from crm.files import private
from crm.store.sqlite import stamp
from crm.store.sqlite.backup import is_packed
from crm.store.sqlite.errors import damaged, not_ours, other_log, translated, unreachable
from crm.store.sqlite.schema import APPLICATION_ID, create_tables
from crm.store.sqlite.store import SqliteStore
from crm.store.versions import check_version
from graph_schema.limits import Wait
from graph_schema.migrations import SCHEMA_VERSION

PATIENCE = Wait(30, "Attente de qui écrit déjà dans le même fichier", "refusé : rien n'est écrit, recommencez")


def open_sqlite(
    path: Path,
    *,
    create: bool = True,
    read_only: bool = False,
    any_version: bool = False,
    patience: float = PATIENCE,
) -> SqliteStore:
    """The store in the file ``path``; with ``create`` a missing or empty file becomes a new store.

    Raises ``StoreVersion`` for another version than this software's (``any_version`` lets older ones in), and
    ``StoreError`` saying how to mend it for anything that is not a whole file of ours.
    """
    path = path.absolute()
    if path.exists() and not path.is_file():  # a pipe would be waited for
        what = "un dossier" if path.is_dir() else "un tube ou un périphérique, pas un fichier"
        raise StoreError(f"« {path} » est {what} : indiquez un fichier.", code="not_ours")
    if path.parent.is_dir() and not stamp.go_together(path):
        raise other_log(str(path))
    new = _look(path, create=create and not read_only)
    with translated(str(path)):
        store = SqliteStore(path, patience=patience, read_only=read_only, any_version=any_version)
        try:
            with store.connection() as db:
                if new:
                    _prepare(db, patience)
                _check(db, path, any_version=any_version)
        except BaseException:
            store.close()
            raise
    return store


def _look(path: Path, *, create: bool) -> bool:
    """Whether ``path`` is to become a new store; refuses what can be seen to be wrong from outside."""
    if not path.parent.is_dir():
        raise StoreError(
            f"Le dossier « {path.parent} » n'existe pas : créez-le ou indiquez un autre fichier.", code="absent"
        )
    if is_packed(path):
        raise StoreError(
            f"« {path} » est une sauvegarde qui contient aussi les preuves : lancez « reseau28 restore ».",
            code="packed",
        )
    missing = not path.exists()
    if not create and (missing or path.stat().st_size == 0):
        state = "n'existe pas" if missing else "est vide"
        raise StoreError(f"Le fichier « {path} » {state} : vérifiez le chemin indiqué.", code="absent")
    if missing:
        try:
            os.close(private.opener(str(path), os.O_CREAT | os.O_EXCL | os.O_RDWR))
        except FileExistsError:  # another process has just made it
            return create
        except OSError:
            raise unreachable(str(path)) from None
    return create


def _prepare(db: sqlite3.Connection, patience: float) -> None:
    """Make a new file a store. Several processes may do so at once: one does it, the others find it done."""
    if not _is_blank(db):
        return
    db.execute("PRAGMA page_size = 8192")
    _use_wal(db, patience)
    db.execute("BEGIN IMMEDIATE")
    try:
        if _is_blank(db):
            create_tables(db, SCHEMA_VERSION)
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _is_blank(db: sqlite3.Connection) -> bool:
    return not db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() and _pragma(db, "application_id") == 0


def _use_wal(db: sqlite3.Connection, patience: float) -> None:
    """Switch to the write-ahead log; SQLite does not wait for others here, so we do."""
    deadline = time.monotonic() + patience
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _check(db: sqlite3.Connection, path: Path, *, any_version: bool) -> None:
    if _pragma(db, "application_id") != APPLICATION_ID:
        raise not_ours(str(path))
    log = stamp.log_of(path)
    whole = _pragma(db, "page_count") * _pragma(db, "page_size")
    if path.stat().st_size < whole and not (log.exists() and log.stat().st_size):
        raise damaged(str(path))
    check_version(_pragma(db, "user_version"), str(path), any_version=any_version)


def _pragma(db: sqlite3.Connection, name: str) -> int:
    value: int = db.execute(f"PRAGMA {name}").fetchone()[0]
    return value
