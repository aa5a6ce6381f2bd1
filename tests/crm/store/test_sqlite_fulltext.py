"""Whether the full-text index is found whole when it is, however it was written, and altered when it is."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise

import pytest

from crm.store.sqlite import fulltext
from crm.store.sqlite.fulltext import is_whole
from crm.store.sqlite.pages import segments_read
from crm.store.sqlite.schema import SEARCH

CHANCE = random.Random(28)
WORDS = ["".join(CHANCE.choices("abcde", k=CHANCE.randrange(1, 12))) for _ in range(3000)]


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute(f"CREATE VIRTUAL TABLE search USING fts5 ({SEARCH})")
        yield db


def write(db: sqlite3.Connection, row: int, *words: str) -> None:
    """A line in the place of another."""
    db.execute("BEGIN")
    db.execute("DELETE FROM search WHERE rowid = ?", (row,))
    if words:
        db.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (row, " ".join(words)))
    db.execute("COMMIT")


def some(chance: random.Random, most: int) -> list[str]:
    return ["_note", *chance.choices(WORDS, k=chance.randrange(most))]


@pytest.mark.parametrize("rows", [1, 3, 40, 1000])
@pytest.mark.parametrize("words", [4, 40, 900])
def test_however_it_was_written_an_index_is_whole(db: sqlite3.Connection, rows: int, words: int) -> None:
    chance, begun = random.Random(rows * words), 0
    assert is_whole(db)
    for turn in range(50):
        write(db, 1 + chance.randrange(rows), *(some(chance, words) if chance.random() < 0.8 else []))
        if turn > 20 and turn % 4 == 0:  # merge a little: segments give up their first pages
            db.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (chance.randrange(1, 6),))
        if turn % 5 == 0:
            assert is_whole(db) == says_fts5_itself(db), turn  # some versions are wrong when they merge a little
        (block,) = db.execute("SELECT block FROM search_data WHERE id = 10").fetchone()
        begun += any(segment.merged for segment in segments_read(block))
    assert begun or words < 900 or rows < 40


def test_a_list_through_the_rows_of_a_word_is_looked_at(db: sqlite3.Connection) -> None:
    db.execute("BEGIN")
    db.executemany("INSERT INTO search (rowid, text) VALUES (?, '_note')", ((2 * n,) for n in range(40_000)))
    db.execute("COMMIT")
    assert is_whole(db)
    assert db.execute("SELECT count(*) FROM search_idx WHERE pgno & 1").fetchone() == (6,)  # whole, and by its letters
    db.execute("UPDATE search_idx SET pgno = pgno - 1 WHERE pgno & 1 AND term <> x''")
    assert not is_whole(db)


def says_fts5_itself(db: sqlite3.Connection) -> bool:
    try:
        db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return False
    return True


def test_a_word_that_is_not_that_of_its_rows_is_found_where_sums_are_alike(db: sqlite3.Connection) -> None:
    for row in (2, 4, 6, 8):
        write(db, row, "exemple", "lillois")
    db.execute("INSERT INTO search (search) VALUES ('optimize')")
    alike = 0
    pages = "SELECT id, block FROM search_data WHERE id > 10"
    for word, other in ((b"lillois", b"lilloir"), (b"exemple", b"exempld"), (b"lillois", b"lilloit")):
        [(id, block)] = db.execute(pages).fetchall()
        at = block.index(word[-3:])
        db.execute("SAVEPOINT altered")
        changed = block[:at] + other[-3:] + block[at + 3 :]
        db.execute("UPDATE search_data SET block = ? WHERE id = ?", (changed, id))
        alike += says_fts5_itself(db)
        assert not is_whole(db), other
        db.execute("ROLLBACK TO altered")
    assert alike
    assert is_whole(db)


def test_a_page_that_is_led_to_by_words_of_the_one_before_is_found(db: sqlite3.Connection) -> None:
    write(db, 1, *WORDS)
    leads = [word for (word,) in db.execute("SELECT term FROM search_idx WHERE segid = 1 ORDER BY term")]
    assert len(leads) > 4
    for before, lead in pairwise(leads[1:]):
        db.execute("SAVEPOINT altered")
        db.execute("UPDATE search_idx SET term = ? WHERE term = ?", (before + b"\0", lead))
        assert says_fts5_itself(db)
        assert not is_whole(db), lead
        db.execute("ROLLBACK TO altered")
    assert is_whole(db)


def test_segments_that_are_merged_by_mistake_are_found(db: sqlite3.Connection) -> None:
    levels: list[int] = []
    while levels != [1, 0]:
        write(db, len(levels), *WORDS[len(levels) :: 5])
        [(block,)] = db.execute("SELECT block FROM search_data WHERE id = 10").fetchall()
        levels = [segment.level for segment in segments_read(block)]
    at = 7 + (block[6] > 127)  # after the levels, the segments, and the pages that were ever written
    assert block[at] == 0
    db.execute("UPDATE search_data SET block = ? WHERE id = 10", (block[:at] + b"\1" + block[at + 1 :],))
    assert says_fts5_itself(db)
    assert not is_whole(db)


def test_a_page_of_no_segment_and_one_that_is_not_there_are_found(db: sqlite3.Connection) -> None:
    write(db, 1, *WORDS)
    for altered in (
        "INSERT INTO search_data SELECT id + (1 << 37), block FROM search_data WHERE id > 10",
        "INSERT INTO search_data SELECT max(id) + 1, x'00000004' FROM search_data",
        "DELETE FROM search_data WHERE id = (SELECT max(id) FROM search_data)",
        "INSERT INTO search_idx VALUES (7, x'30', 2)",
        "UPDATE search_data SET block = block || x'00' WHERE id IN (1, 10)",
        "UPDATE search_data SET block = x'00000001' || substr(block, 5) WHERE id = 10",
    ):
        db.execute("SAVEPOINT altered")
        db.execute(altered)
        assert not is_whole(db), altered
        db.execute("ROLLBACK TO altered")
    assert is_whole(db)


def test_marks_of_what_was_replaced_are_no_fault(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of FTS5 that keeps them makes other pages of the same words."""
    real = fulltext._are_same
    for row in (1, 2, 1):
        write(db, row, "exemple", "lillois")
    monkeypatch.setattr(fulltext, "_are_same", lambda db, *two: two != ("one", "other") and real(db, *two))
    assert is_whole(db)
    db.execute("UPDATE search_content SET c0 = 'exemple' WHERE id = 2")
    assert not is_whole(db)
