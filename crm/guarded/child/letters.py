"""Reads the messages of one file: ``letters.py FILE SIZE DEPTH`` answers ``r`` with the next ones, none at the end.

The file is one message or a box of them, cut where a line « From … year » follows an empty one. A message is a
dictionary of texts; ``left`` says why it is none: it is « large » (more bytes than ``SIZE``), « deep » (more parts
within parts than ``DEPTH``), « unreadable », or « automatic » (a list, a machine, a report). Its words, its attachments
and the messages in it are not told, only how many there are.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from crm.days import here, universal
from crm.guarded.child.answering import serve

_BATCH = 200
_CHUNK = 1 << 20
_MOST_ADDRESSES = 500
_LONGEST_FIELD, _LONGEST_NAME = 100_000, 200
_CUT = re.compile(rb"From \S.*\b(?:19|20)\d\d\b")
_ESCAPED = re.compile(rb"(?m)^>(>*From )")
_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_FRENCH = re.compile(
    r"(?:[a-zé]+\.?,?\s+)?(?P<day>\d{1,2})\s+(?P<month>[a-zéèû]+)\.?\s+(?P<year>\d{4})(?:\s+(?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?::\d\d)?)?(?:\s+(?P<offset>[+-]\d{4}))?.*",
    re.IGNORECASE | re.DOTALL,
)
_LISTS = ("List-Id", "List-Unsubscribe", "Feedback-ID")
_BULK = frozenset({"bulk", "list", "junk"})
_MACHINES = re.compile(r"(?:mailer-daemon|postmaster|no-?reply|ne-?pas-?repondre|noreply[\w.-]*)@")


def messages(path: Path, most: int) -> Iterator[bytes | None]:
    """The messages of a file, None in the place of one that is too large."""
    with path.open("rb") as stream:
        start = stream.read(3)
        stream.seek(3 if start == b"\xef\xbb\xbf" else 0)
        found, size, empty, box = list[bytes](), 0, True, False
        while line := stream.readline(_CHUNK):
            if empty and _CUT.match(line):
                if box or size:
                    yield _whole(found, size, most, box)
                found, size, box = [], 0, True
            else:
                size += len(line)
                if size <= most:
                    found.append(line)
            empty = not line.strip()
        if size:
            yield _whole(found, size, most, box)


def _whole(lines: list[bytes], size: int, most: int, box: bool) -> bytes | None:
    content = b"".join(lines)
    return None if size > most else _ESCAPED.sub(rb"\1", content) if box else content


def letter(place: int, content: bytes | None, depth: int) -> dict[str, Any]:
    """What one message says of itself."""
    found = {
        "place": place, "left": "", "id": "", "on": "", "at": "", "subject": "", "hidden": 0, "attached": 0,
        "parties": [],
    }  # fmt: skip
    if content is None:
        return {**found, "left": "large"}
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
        if _is_deep(message, depth):
            return {**found, "left": "deep"}
        return {**found, **_said(message)}
    except RecursionError:
        return {**found, "left": "deep"}
    except MemoryError:
        raise
    except Exception:  # a header that the library does not get through is one message less
        return {**found, "left": "unreadable"}


def _is_deep(message: EmailMessage, most: int) -> bool:
    level = [message]
    for _ in range(most):
        level = [cast(EmailMessage, part) for each in level if each.is_multipart() for part in each.iter_parts()]
        if not level:
            return False
    return True


def _said(message: EmailMessage) -> dict[str, Any]:
    parties = [{**each, "began": name == "From"} for name in ("From", "To", "Cc") for each in _addresses(message, name)]
    moment = _moment(_date(message))
    at = here(moment) if moment else None
    return {
        "left": "automatic" if _is_automatic(message, parties) else "", "id": _field(message, "Message-ID").strip(),
        "on": at.date().isoformat() if at else "", "at": f"{at:%H:%M}" if at else "",
        "subject": " ".join(_field(message, "Subject").split())[:1_000], "parties": parties,
        "hidden": len(_addresses(message, "Bcc")), "attached": _attached(message),
    }  # fmt: skip


def _attached(message: EmailMessage) -> int:
    return sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0


def _is_automatic(message: EmailMessage, parties: list[dict[str, Any]]) -> bool:
    """Whether no person wrote it to these: it proves no contact."""
    submitted = _field(message, "Auto-Submitted").strip().lower()
    return (
        any(name in message for name in _LISTS)
        or submitted not in ("", "no")
        or _field(message, "Precedence").strip().lower() in _BULK
        or message.get_content_type() == "multipart/report"
        or any(each["began"] and _MACHINES.match(each["email"]) for each in parties)
    )


def _field(message: EmailMessage, name: str) -> str:
    return _mended(str(message.get(name, "")))[:_LONGEST_FIELD]


def _date(message: EmailMessage) -> str:
    """The date as it was written: the library writes an unknown zone as none."""
    raw = (str(value) for name, value in message.raw_items() if name.lower() == "date")
    return _mended(next(raw, ""))[:_LONGEST_NAME].strip()


def _mended(text: str) -> str:
    """Letters that a header holds as they are: UTF-8, else those of Western Windows."""
    raw = text.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _addresses(message: EmailMessage, name: str) -> list[dict[str, str]]:
    """Those whom a field names; a name that a comma cut in two is put together again."""
    found, before = [], ""
    headers = [each for each in message.get_all(name, []) if len(str(each)) <= _LONGEST_FIELD]
    for each in [address for header in headers for address in header.addresses][:_MOST_ADDRESSES]:
        said = _mended(each.display_name or "")
        if not each.domain:
            before = ", ".join(filter(None, (before, said or _mended(each.username))))
            continue
        whole = ", ".join(filter(None, (before, said)))
        found.append({"name": whole[:_LONGEST_NAME], "email": _mended(each.addr_spec).lower()[:_LONGEST_NAME]})
        before = ""
    return found


def _moment(text: str) -> datetime | None:
    """When a message was sent, as it says; hours of no zone are those of Paris, « -0000 » those of nowhere, UTC."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return _in_french(text)
    if found.tzinfo is None and re.search(r"-0000\b", text):
        return found.replace(tzinfo=UTC)
    return universal(found)


def _in_french(text: str) -> datetime | None:
    said = _FRENCH.fullmatch(text.strip())
    if said is None:
        return None
    word = said["month"].lower().replace("é", "e").replace("û", "u")
    month = next((number for number, each in enumerate(_MONTHS, 1) if word.startswith(each)), 0)
    offset = said["offset"]
    try:
        at = datetime(int(said["year"]), month, int(said["day"]), int(said["hour"] or 12), int(said["minute"] or 0))
        if offset:
            length = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:]))
            at = at.replace(tzinfo=timezone(-length if offset[0] == "-" else length))
    except ValueError:
        return None
    return universal(at)


def answers(path: str, size: str, depth: str, requests: IO[bytes]) -> Iterator[Any]:
    """What is answered to each request."""
    found = (letter(place, each, int(depth)) for place, each in enumerate(messages(Path(path), int(size)), 1))
    while requests.read(1):
        yield list(islice(found, _BATCH))


if __name__ == "__main__":
    serve(partial(answers, sys.argv[1], sys.argv[2], sys.argv[3]))
