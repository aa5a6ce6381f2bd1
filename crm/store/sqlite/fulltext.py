"""Whether the full-text index holds the lines that it is made of, all of them and nothing else.

FTS5 checks itself, but only where it may write: the file may be on a medium that is only read, and is never written by
a verification. So its pages are copied into an index beside, in SQLite's own temporary space, whose content is a view
of the lines of the file.
"""

import sqlite3

from crm.store.sqlite.errors import is_interrupted
from crm.store.sqlite.schema import SEARCH

_CHECKED = f"CREATE VIRTUAL TABLE temp.checked USING fts5 ({SEARCH}, content = 'lines', content_rowid = 'id')"
_LINES = "CREATE TEMP VIEW lines AS SELECT id, c0 AS text FROM main.search_content"
_COPIED = ("data", "idx")
_SETTINGS = "SELECT k, v FROM {} ORDER BY k"
_CHECK = "INSERT INTO temp.checked (checked, rank) VALUES ('integrity-check', 1)"
_STRANGE = """SELECT 1 FROM search_data WHERE typeof(block) <> 'blob'
UNION ALL SELECT 1 FROM search_idx
    WHERE (typeof(segid), typeof(term), typeof(pgno)) <> ('integer', 'blob', 'integer') LIMIT 1"""
"""A value of a type that FTS5 never writes: whatever looks at pages may trust the types of all others."""
_FIRST_PAGE = 1 << 37
_PAGE, _KIND = 0x7FFFFFFF, 63
"""A page is numbered segment << 37 + page; the bits between tell pages of words from those that lead to them."""


def is_whole(db: sqlite3.Connection) -> bool:
    """Whether index and lines agree, prefixes included. Belongs inside a transaction; nothing stays behind."""
    db.execute("SAVEPOINT full_text")
    try:
        return not db.execute(_STRANGE).fetchone() and _is_reached(db) and _agrees(db)
    finally:
        db.execute("ROLLBACK TO full_text")
        db.execute("RELEASE full_text")


def _agrees(db: sqlite3.Connection) -> bool:
    db.execute(_LINES)
    db.execute(_CHECKED)
    settings = [db.execute(_SETTINGS.format(each)).fetchall() for each in ("main.search_config", "temp.checked_config")]
    if settings[0] != settings[1]:
        return False
    for shadow in _COPIED:
        db.execute(f"DELETE FROM temp.checked_{shadow}")
        db.execute(f"INSERT INTO temp.checked_{shadow} SELECT * FROM main.search_{shadow}")
    try:
        db.execute(_CHECK)
    except sqlite3.DatabaseError as error:
        if is_interrupted(error):
            raise
        return False
    return True


def _is_reached(db: sqlite3.Connection) -> bool:
    """Whether each page of the full-text index that holds words is among those that a search looks up.

    Words are listed at a page's end, from where its third and fourth byte say. A segment that is being merged has given
    up its first pages, which are still looked up.
    """
    held, first = set(), dict[int, int]()
    pages = "SELECT id, substr(block, 3, 2), length(block) FROM search_data WHERE id > ?"
    for id, end, length in db.execute(pages, (_FIRST_PAGE,)):
        segment, page = id >> 37, id & _PAGE
        if id >> 31 & _KIND:
            continue
        first[segment] = min(first.get(segment, page), page)
        if length > int.from_bytes(end or b"", "big"):
            held.add((segment, page))
    known = {(segment, page >> 1) for segment, page in db.execute("SELECT segid, pgno FROM search_idx")}
    return held <= known and all(page < first.get(segment, 0) for segment, page in known - held)
