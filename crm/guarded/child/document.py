"""Shows one document: ``document.py TYPE``, its content on the standard input, its length in eight bytes before it.

``p`` and a number in four bytes: that page. ``t``: the text of all pages, a form feed between two of them. ``TYPE`` is
the name of the module beside this one that knows the format: ``pages`` opens a content and returns its pages.
"""

import struct
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import IO, Any, Protocol

from crm.guarded.child.answering import UnreadableDocument, serve

MOST_TEXT = 1_000_000
"""Characters of text that are told of one document."""


class Pages(Protocol):
    """A document that was opened."""

    def __len__(self) -> int: ...

    def show(self, index: int) -> dict[str, Any]:
        """What a page shows, as ``crm.guarded.documents.DocumentPage`` has it."""

    def text(self, index: int) -> str:
        """The text of a page."""


def answers(reader: str, requests: IO[bytes]) -> Iterator[Any]:
    """What is answered to each request. Raises ``UnreadableDocument``, and whatever the reader raises."""
    (length,) = struct.unpack(">Q", _read(requests, 8))
    pages: Pages = import_module(f"crm.guarded.child.{reader}").pages(_read(requests, length))
    if not len(pages):
        raise UnreadableDocument("empty")
    while request := requests.read(1):
        if request == b"t":
            yield _text(pages)
        else:
            (number,) = struct.unpack(">I", _read(requests, 4))
            index = min(max(number, 1), len(pages)) - 1
            yield {**pages.show(index), "number": index + 1, "of": len(pages)}


def _text(pages: Pages) -> str:
    found, left = [], MOST_TEXT
    for index in range(len(pages)):
        text = pages.text(index).replace("\f", " ")[:left]
        found.append(text)
        left -= len(text) + 1
        if left <= 0:
            break
    return "\f".join(found)


def _read(requests: IO[bytes], length: int) -> bytes:
    """So many bytes: a pipe gives them as they come."""
    found = bytearray()
    while len(found) < length:
        block = requests.read(length - len(found))
        if not block:
            raise EOFError
        found += block
    return bytes(found)


if __name__ == "__main__":
    serve(partial(answers, sys.argv[1]))
