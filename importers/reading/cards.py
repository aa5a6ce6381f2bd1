"""Contact cards, versions 2.1 to 4.0, as real programs write them: properties with their words decoded.

Every line is read by its own charset, from bytes; a card that is cut off ends the file. What is put into another card
(an agent) is not of the outer one.
"""

import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

_FOLD = re.compile(rb"\r?\n[ \t]")
_QUOTED_PRINTABLE = re.compile(rb"(?i)^[^:\r\n]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]")
_FIELD = re.compile(r"(?<!\\);")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "7BIT", "8BIT"})
_BEGIN, _END = b"BEGIN:VCARD", b"END:VCARD"


class CardLine(NamedTuple):
    """A property: the group that ties it to others, its name and parameters in capitals, its words."""

    group: str
    name: str
    params: dict[str, list[str]]
    value: str

    @property
    def kinds(self) -> frozenset[str]:
        """What the property says that it is: WORK, HOME, CELL…"""
        return frozenset(kind.upper() for each in self.params.get("TYPE", ()) for kind in each.split(","))

    @property
    def fields(self) -> list[str]:
        """The parts of a value that has several, each plain."""
        return [plain(part) for part in _FIELD.split(self.value)]

    @property
    def text(self) -> str:
        """The value, plain."""
        return plain(self.value)


def plain(text: str) -> str:
    r"""Words without the marks of cards, on one line.

    >>> plain(r"https\://cfa.example"), plain(r"Pôle\; santé")
    ('https://cfa.example', 'Pôle; santé')
    """
    return " ".join(_ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], text).split())


def cards(content: bytes) -> Iterator[list[CardLine]]:
    """The whole cards of a file, each by its properties."""
    depth, found = 0, list[CardLine]()
    for line in _lines(content):
        mark = line.strip().upper()
        if mark == _BEGIN:
            depth += 1
            found = found if depth > 1 else []
        elif mark == _END:
            depth = max(0, depth - 1)
            if not depth:
                yield found
        elif depth == 1 and (read := _property(line)) is not None:
            found.append(read)


def _lines(content: bytes) -> Iterator[bytes]:
    """The lines of a file, unfolded: a line may be folded inside a letter."""
    pending = b""
    for line in _FOLD.sub(b"", content.removeprefix(b"\xef\xbb\xbf")).splitlines():
        if pending:
            pending += line
        elif _QUOTED_PRINTABLE.match(line):
            pending = line
        else:
            yield line
            continue
        if pending.endswith(b"="):
            pending = pending[:-1]
        else:
            yield pending
            pending = b""


def _property(line: bytes) -> CardLine | None:
    # Latin-1 keeps every byte: names and parameters are plain letters, the value is decoded once its charset is known.
    whole = line.decode("latin-1")
    head, *rest = _parts(whole, ":", 1)
    if not rest:
        return None
    name, *given = _parts(head, ";")
    params: dict[str, list[str]] = {}
    for each in given:
        key, sign, value = each.partition("=")
        if not sign:
            key, value = ("ENCODING" if key.upper() in _CODINGS else "TYPE"), key
        params.setdefault(key.strip().upper(), []).extend(part.strip('" ') for part in _parts(value, ","))
    coded = [each.upper() for each in params.get("ENCODING", ())]
    if "BASE64" in coded or "B" in coded:
        return None
    content = rest[0].encode("latin-1")
    if "QUOTED-PRINTABLE" in coded:
        content = quopri.decodestring(content)
    group, dot, bare = name.rpartition(".")
    return CardLine(
        group if dot else "", bare.strip().upper(), params, _decoded(content, params.get("CHARSET", [""])[0])
    )


def _decoded(value: bytes, charset: str) -> str:
    for name in (charset, "utf-8", "cp1252"):
        try:
            return value.decode(name or "utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    return value.decode("latin-1")


def _parts(text: str, sign: str, most: int = 1_000) -> list[str]:
    """A text cut at each ``sign`` that no quotes hold, at most so many times."""
    found: list[str] = []
    start, quoted = 0, False
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == sign and not quoted:
            found.append(text[start:at])
            start = at + 1
            if len(found) == most:
                break
    return [*found, text[start:]]
