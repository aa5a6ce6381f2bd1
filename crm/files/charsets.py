"""With what a text is written: the one place that decides it, for what is said of a text and for what is shown of it.

Standard library alone: the guarded process that reads documents loads it too.
"""

import codecs
from io import BytesIO
from typing import BinaryIO

BYTE_ORDER = {codecs.BOM_UTF16_LE: "utf-16le", codecs.BOM_UTF16_BE: "utf-16be"}
"""The marks with which UTF-16 says what it is."""

_WESTERN = "windows-1252"
_BLOCK = 1 << 20


def charset(stream: BinaryIO) -> str:
    """With what a text is written, all of it being read; nothing where it is none of what we know.

    UTF-16 says so itself; what is no UTF-8 is of Western Windows, if that has all of its signs.
    """
    return next((each for each in _possible(stream) if _is_written(stream, each)), "")


def decoded(content: bytes) -> str:
    """The characters of a text, without its mark; those that it has no right to are replaced."""
    stream = BytesIO(content)
    found = charset(stream) or _possible(stream)[-1]
    return content.decode(found, "replace").removeprefix("\ufeff")


def _possible(stream: BinaryIO) -> tuple[str, ...]:
    stream.seek(0)
    told = BYTE_ORDER.get(stream.read(2))
    return (told,) if told else ("utf-8", _WESTERN)


def _is_written(stream: BinaryIO, charset: str) -> bool:
    decoder = codecs.getincrementaldecoder(charset)("strict")
    stream.seek(0)
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
