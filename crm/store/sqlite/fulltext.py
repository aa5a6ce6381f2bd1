"""Whether the full-text index holds the lines that it is made of, all of them and nothing else.

FTS5's own check compares sums, which can be alike where words are not, and runs only where it may write: the file may
be on a medium that is only read, and is never written by a verification. So the pages are copied beside, in SQLite's
own temporary space, where FTS5 checks how they are built (``pages`` how they are reached) and makes one segment of all
of them. It must be, byte for byte, what it makes of the lines of the file.

So whatever a search reads is compared, for one that merges reads no more and no less: of a word in a row the newest
segment alone speaks. What older segments say of that word in that row, and the counts by which FTS5 paces its merges,
are read by nothing; they are nobody's fault, and gone with the next merge.
"""

import sqlite3
from itertools import zip_longest
from typing import Any

from crm.store.sqlite.errors import is_interrupted
from crm.store.sqlite.pages import WIDTH, are_reached, segments_read, segments_written
from crm.store.sqlite.schema import SEARCH

_INDEX = f"CREATE VIRTUAL TABLE temp.{{}} USING fts5 ({SEARCH}, content = 'lines', content_rowid = 'id')"
_LINES = "CREATE TEMP VIEW lines AS SELECT id, c0 AS text FROM main.search_content"
_SETTINGS = "SELECT k, v FROM {}_config ORDER BY k"
_TOTALS = "SELECT block FROM {}_data WHERE id = 1"
_SEGMENTS = "SELECT block FROM {}_data WHERE id = 10"
_CHECK = "INSERT INTO temp.held (held, rank) VALUES ('integrity-check', 0)"
_AT_ONCE = (("automerge", 0), ("hashsize", 4 << 20))
"""Settings of the index that is made anew: fewer, larger segments."""
_KEPT_AT_HAND = -16_000
"""kB of what is made beside that stay in memory: with SQLite's usual 2 MB it goes to the disk and back all the time."""
_PAGES = f"SELECT id & {(1 << WIDTH) - 1}, block FROM temp.{{}}_data WHERE id > 10 ORDER BY id"
"""The pages of an index of one segment, whatever the number of the segment."""


def is_whole(db: sqlite3.Connection) -> bool:
    """Whether index and lines agree, prefixes included. Belongs inside a transaction; nothing stays behind."""
    db.execute("SAVEPOINT full_text")
    try:
        return are_reached(db) and _agrees(db)
    finally:
        db.execute("ROLLBACK TO full_text")
        db.execute("RELEASE full_text")


def _agrees(db: sqlite3.Connection) -> bool:
    db.execute(f"PRAGMA temp.cache_size = {_KEPT_AT_HAND}")
    db.execute(_LINES)
    for index in ("held", "made"):
        db.execute(_INDEX.format(index))
    if _rows(db, _SETTINGS, "main.search") != _rows(db, _SETTINGS, "temp.made"):
        return False
    for shadow in ("data", "idx"):
        db.execute(f"DELETE FROM temp.held_{shadow}")
        db.execute(f"INSERT INTO temp.held_{shadow} SELECT * FROM main.search_{shadow}")
    try:
        db.execute(_CHECK)
        for setting in _AT_ONCE:
            db.execute("INSERT INTO temp.made (made, rank) VALUES (?, ?)", setting)
        db.execute("INSERT INTO temp.made (made) VALUES ('rebuild')")
        totals = [_rows(db, _TOTALS, index) for index in ("main.search", "temp.made")]
        if totals[0] != totals[1] and (totals[0], set(totals[1][0][0])) != ([(b"",)], {0}):  # none before any line
            return False
        _merge(db, "one", "held")
        _merge(db, "other", "made")
        return _are_same(db, "one", "other") or _say_the_same(db)
    except sqlite3.DatabaseError as error:
        if is_interrupted(error):
            raise
        return False


def _rows(db: sqlite3.Connection, statement: str, index: str) -> list[Any]:
    return db.execute(statement.format(index)).fetchall()


def _merge(db: sqlite3.Connection, into: str, *indexes: str) -> None:
    """Make a new index of one segment, which a merge wrote of all segments of others, the older index first."""
    db.execute(_INDEX.format(into))
    segments: list[range] = []
    for index in indexes:
        [(block,)] = _rows(db, _SEGMENTS, f"temp.{index}")
        for segment in filter(lambda segment: segment.pages, segments_read(block)):
            segments.append(segment.pages)
            _put(db, into, len(segments), index, segment.number)
    db.execute(f"UPDATE temp.{into}_data SET block = ? WHERE id = 10", (segments_written(segments),))
    for row in (-1, -2):  # lest there be nothing to merge
        db.execute(f"INSERT INTO temp.{into} (rowid, text) VALUES (?, 'x')", (row,))
        db.execute("SAVEPOINT segment")  # FTS5 writes one of what it was given so far
        db.execute("RELEASE segment")
    db.execute(f"INSERT INTO temp.{into} ({into}) VALUES ('optimize')")


def _put(db: sqlite3.Connection, into: str, number: int, index: str, segment: int) -> None:
    """Put a segment of an index into another, under another number."""
    first, moved = segment << WIDTH, number - segment << WIDTH
    db.execute(
        f"INSERT INTO temp.{into}_data SELECT id + ?, block FROM temp.{index}_data WHERE id BETWEEN ? AND ?",
        (moved, first, first + (1 << WIDTH) - 1),
    )
    db.execute(
        f"INSERT INTO temp.{into}_idx SELECT ?, term, pgno FROM temp.{index}_idx WHERE segid = ?", (number, segment)
    )


def _are_same(db: sqlite3.Connection, *indexes: str) -> bool:
    pages = zip_longest(*(db.execute(_PAGES.format(index)) for index in indexes))
    return all(one == other for one, other in pages)


def _say_the_same(db: sqlite3.Connection) -> bool:
    """Whether two indexes of one segment say the same, though marks in one tell what replaced something older.

    A merge may keep such marks, of the older or of the newer segment as the version of FTS5 will have it. What it makes
    of both says all that either does: where it is one of them, the other says no more.
    """
    alike = set()
    for order in (("one", "other"), ("other", "one")):
        _merge(db, "both", *order)
        alike |= {index for index in order if _are_same(db, "both", index)}
        db.execute("DROP TABLE temp.both")
    return len(alike) == 2
