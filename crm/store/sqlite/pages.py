"""How a search finds its way to the pages of the full-text index: by the list of segments, and by the words in between.

What is on a page FTS5 checks by itself (``fulltext``). It follows a segment from page to page, though, where a search
looks up the page on which a word must be: here is checked that this page is the right one.

A page (``search_data``) is numbered segment << 37 + page; the bits between tell pages of words from lists that lead
through the rows of a word (``doclist``), where these fill several pages. Its third and fourth bytes say where its words
end; then come the distances between them. The first is whole, others lack what they share with the one before.
``search_idx`` names each page that begins words, by as many letters as tell them from all words before, times two, one
more where there is a list.
"""

import sqlite3
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

_STRANGE = """SELECT 1 FROM search_data WHERE typeof(block) <> 'blob'
UNION ALL SELECT 1 FROM search_idx
    WHERE (typeof(segid), typeof(term), typeof(pgno)) <> ('integer', 'blob', 'integer') LIMIT 1"""
"""A value of a type that FTS5 never writes: whatever looks at pages may trust the types of all others."""
_SEGMENTS = "SELECT block FROM search_data WHERE id = 10"
_PAGES = "SELECT id, block FROM search_data WHERE id > 10 ORDER BY id"
_LEADING = "SELECT segid, term, pgno FROM search_idx ORDER BY segid, term"
WIDTH = 37
"""Bits that number the pages of a segment."""
_WIDTH = 31
_PAGE, _KIND = (1 << _WIDTH) - 1, 63
_MORE, _BITS = 0x80, 0x7F


class Segment(NamedTuple):
    """Pages written at once, in order of words; whether they are ``merged`` into the newest of the level above."""

    number: int
    pages: range
    level: int
    merged: bool


class Lead(NamedTuple):
    """What leads to a page, and whether a list does through the rows of its last word."""

    page: int
    word: bytes
    listed: bool


def are_reached(db: sqlite3.Connection) -> bool:
    """Whether a search reaches each page, and by no other word than it begins with; False where one cannot be read."""
    if db.execute(_STRANGE).fetchone():
        return False
    try:
        (block,) = db.execute(_SEGMENTS).fetchone()
        return block[:4] == bytes(4) and _are_led_to(db, segments_read(block))  # these count changes of settings
    except (LookupError, StopIteration, TypeError, ValueError):
        return False


def segments_read(block: bytes) -> list[Segment]:
    """The segments, from the oldest to the newest; raises ``ValueError`` where it is otherwise written.

    One that is being merged has given up its first pages, or all of them.
    """
    numbers = _numbers(block[4:])
    said = iter(numbers)
    levels, many, _ = next(said), next(said), next(said)
    found: list[Segment] = []
    for level in range(levels):
        merged, here = next(said), next(said)
        many -= here
        each = [(next(said), range(next(said), next(said) + 1)) for _ in range(here)]
        found[:0] = [Segment(number, pages, level, at < merged) for at, (number, pages) in enumerate(each)]
    if many or b"".join(map(_written, numbers)) != block[4:] or next(said, None) is not None:
        raise ValueError(block)
    return [segment if segment.pages.stop > 1 else segment._replace(pages=range(0)) for segment in found]


def segments_written(segments: Sequence[range]) -> bytes:
    """The list of these segments, numbered from 1 on from the oldest to the newest, none of which is being merged."""
    numbers = [1, len(segments), 0, 0, len(segments)]
    for segment, pages in enumerate(segments, 1):
        numbers += (segment, pages.start, pages.stop - 1)
    return bytes(4) + b"".join(map(_written, numbers))


def _are_led_to(db: sqlite3.Connection, segments: list[Segment]) -> bool:
    leading, here = defaultdict[int, list[Lead]](list), {segment.number: segment.pages for segment in segments}
    for number, word, page in db.execute(_LEADING):
        leading[number].append(Lead(page >> 1, word, bool(page & 1)))
    ends: dict[int, tuple[bytes, bytes]] = {}
    for number, pages in groupby(db.execute(_PAGES), lambda page: int(page[0] >> WIDTH)):
        if here[number]:
            ends[number] = _ends_of(pages, here[number], leading[number])
    given_up = here.keys() - ends.keys()
    return not any(map(here.get, given_up)) and leading.keys() <= here.keys() and _are_merged(segments, ends)


def _are_merged(segments: list[Segment], ends: dict[int, tuple[bytes, bytes]]) -> bool:
    """Whether each segment that is being merged has left only words after those of the one that is being made."""
    newest = {segment.level: segment.number for segment in segments}
    return all(
        ends[newest[segment.level + 1]][1] < ends[segment.number][0]
        for segment in segments
        if segment.merged and segment.pages
    )


def _ends_of(found: Iterable[tuple[int, bytes]], pages: range, leading: list[Lead]) -> tuple[bytes, bytes]:
    """The first and the last word of a segment; raises ``ValueError`` unless its pages are these, and each led to.

    One that is being merged has given up its first pages, not what led to them.
    """
    leads = [lead for lead in leading if lead.page >= pages.start]
    expected, waiting, listed = iter(pages), iter(leads), set[int]()
    first, last = b"", b""
    for id, block in found:
        page = id & _PAGE
        if id >> _WIDTH & _KIND:
            before = bisect(leads, page, key=lambda lead: lead.page)
            listed.update(lead.page for lead in leads[:before][-1:])
            continue
        _require(page == next(expected))
        if (ends := _ends(block)) is not None:
            _require(_leads(next(waiting), page, last, ends[0], pages.start))
            first, last = first or ends[0], ends[1]
    _require(not [*expected, *waiting] and listed == {lead.page for lead in leads if lead.listed})
    _require(all(one.page < other.page for one, other in pairwise(leading)))
    return first, last


def _require(good: bool) -> None:
    if not good:
        raise ValueError


def _leads(lead: Lead, page: int, last: bytes, first: bytes, start: int) -> bool:
    """Whether a lead goes to the page that begins with the word ``first``, after ``last`` on those before."""
    if page == start:  # whatever comes before these words is looked for here too
        good = lead.word <= first if start > 1 else lead.word == b""
    else:
        good = first.startswith(lead.word) and lead.word > last
    return lead.page == page and good


def _ends(block: bytes) -> tuple[bytes, bytes] | None:
    """The first word of a page, and the last; None where none begins there."""
    at, first, word = 0, None, b""
    for distance in _numbers(block[int.from_bytes(block[2:4]) :]):
        at += distance
        shared, begin = _number(block, at) if first is not None else (0, at)
        length, begin = _number(block, begin)
        word = word[:shared] + block[begin : begin + length]
        first = word if first is None else first
    return None if first is None else (first, word)


def _numbers(block: bytes) -> list[int]:
    """Numbers that follow one another, as SQLite writes them: seven bits a byte, the eighth in all but the last."""
    if not block or max(block) < _MORE:
        return list(block)
    found, at = [], 0
    while at < len(block):
        number, at = _number(block, at)
        found.append(number)
    return found


def _number(block: bytes, at: int) -> tuple[int, int]:
    """The number that begins at a place, and where what follows begins."""
    number = 0
    while (byte := block[at]) >= _MORE:
        number, at = (number | byte & _BITS) << 7, at + 1
    return number | byte, at + 1


def _written(number: int) -> bytes:
    """A number as SQLite writes it."""
    bytes_ = [number & _BITS]
    while number := number >> 7:
        bytes_.append(number & _BITS | _MORE)
    return bytes(reversed(bytes_))
