"""The stamp that a file and its write-ahead log have in common, by which a log left beside another file is known.

SQLite lays the pages of a log over whatever file bears the name: a backup copied over a store whose log is still there
would be destroyed as it opens. So each writer renews a stamp, which says the one before it; a copy gets one of its own.
A file and a log go together if the file's stamp is in the log, or is the one from which the log began.
"""

import re
import secrets
import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, NamedTuple

_RENEW = """INSERT INTO meta (key, value) VALUES ('stamp', ?1 || '<')
ON CONFLICT (key) DO UPDATE SET value = ?1 || '<' || substr(value, 1, 16)"""
_WRITTEN = re.compile(rb"stamp([0-9a-f]{16})<((?:[0-9a-f]{16})?)")
_LEAF = 0x0A
_HEADER, _FRAME = 32, 24
_ATTEMPTS, _PAUSE = 5, 0.05


class _Main(NamedTuple):
    """What the file says without its log: its stamp, and the page where stamps are kept (None: there is none yet)."""

    stamp: str
    page: int | None


def renew(db: sqlite3.Connection) -> None:
    """Give what is being written a stamp of its own."""
    db.execute(_RENEW, (secrets.token_hex(8),))


def log_of(path: Path) -> Path:
    """The write-ahead log of a file."""
    return path.with_name(f"{path.name}-wal")


def go_together(path: Path) -> bool:
    """Whether the file at ``path`` may be opened with the log beside it; neither is changed by the question.

    Another process may empty the log between two looks, so a no is looked at again.
    """
    for _ in range(_ATTEMPTS):
        log = log_of(path)
        if not log.exists() or not log.stat().st_size or _agree(path, log):
            return True
        time.sleep(_PAUSE)
    return False


def _agree(path: Path, log: Path) -> bool:
    try:
        main = _main(path)
        stamps = list(_stamps(log, main.page))
    except (OSError, sqlite3.DatabaseError):  # no store of ours, or one being written: opening tells
        return True
    if not stamps:  # nothing is in the log, or what an earlier version left there
        return not main.stamp or not _has_commits(log)
    return main.stamp == stamps[0][1] or main.stamp in {stamp for stamp, _ in stamps}


def _main(path: Path) -> _Main:
    if not path.exists() or not path.stat().st_size:
        return _Main("", None)
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as db:
        found = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").fetchone()
        row = db.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone() if found else None
    return _Main(str(row[0])[:16] if row else "", found[0] if found else None)


def _stamps(log: Path, page: int | None) -> Iterator[tuple[str, str]]:
    """The stamps that were committed in a log, oldest first, each with the one before it."""
    pending: list[tuple[str, str]] = []
    for number, commits, content in _frames(log, page):
        if content and content[0] == _LEAF and page in (None, number):
            pending += _cells(content)
        if commits:
            yield from pending
            pending.clear()


def _has_commits(log: Path) -> bool:
    return any(commits for _, commits, _ in _frames(log, 0))


def _frames(log: Path, wanted: int | None) -> Iterator[tuple[int, bool, bytes]]:
    """The frames of a log (https://sqlite.org/fileformat2.html#walformat): page, whether it commits, content.

    Only the content of the page ``wanted`` is read, or that of every one.
    """
    with log.open("rb") as file:
        header = file.read(_HEADER)
        if len(header) < _HEADER:
            return
        size, salts = struct.unpack(">I", header[8:12])[0], header[16:24]
        while frame := _frame(file, salts):
            number, pages = frame
            content = file.read(size) if wanted in (None, number) else b""
            if content and len(content) < size:  # whoever wrote it was killed, or goes on writing: no frame yet
                return
            if not content:
                file.seek(size, 1)
            yield number, pages != 0, content


def _frame(file: BinaryIO, salts: bytes) -> tuple[int, int] | None:
    """The head of the next frame, None where those of an earlier round begin."""
    head = file.read(_FRAME)
    if len(head) < _FRAME or head[8:16] != salts:
        return None
    number, pages = struct.unpack(">II", head[:8])
    return number, pages


def _cells(page: bytes) -> Iterator[tuple[str, str]]:
    """The stamp in a leaf of the table ``meta``: what its cells hold, not what lies between them.

    A page that another process is writing at this moment may not be there to its end.
    """
    (count,) = struct.unpack(">H", page[3:5])
    for (start,) in struct.iter_unpack(">H", page[8 : 8 + 2 * count]):
        if start < len(page) and (found := _WRITTEN.search(page[start : start + 1 + page[start]])):
            yield found[1].decode(), found[2].decode()
