"""What the SQLite library of this Python can do."""

import sqlite3
from contextlib import closing

OLDEST = (3, 38, 0)
"""From this version on the JSON functions that the embedded store uses are always there."""


def version() -> str:
    """The library's version."""
    return sqlite3.sqlite_version


def is_recent_enough() -> bool:
    """Whether the embedded store can work with it."""
    return sqlite3.sqlite_version_info >= OLDEST


def has_full_text_search() -> bool:
    """Whether FTS5 was compiled in."""
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
        except sqlite3.Error:
            return False
    return True
