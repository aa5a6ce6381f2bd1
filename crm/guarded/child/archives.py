"""Office documents are archives: refused by their directory, before anything is unpacked, when they would not fit."""

import io
import zipfile

from crm.guarded.child.answering import UnreadableDocument

MOST_UNPACKED = 150 << 20
MOST_PART = 24 << 20
"""Bytes of one part: readers make a tree of it, many times as large."""


def archive(content: bytes) -> zipfile.ZipFile:
    """The archive in ``content``. Raises ``UnreadableDocument``."""
    try:
        found = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError):
        raise UnreadableDocument("damaged") from None
    sizes = {info.filename: info.file_size for info in found.infolist()}
    if sum(sizes.values()) > MOST_UNPACKED or any(n > MOST_PART for name, n in sizes.items() if name.endswith(".xml")):
        raise UnreadableDocument("unpacked")
    return found
