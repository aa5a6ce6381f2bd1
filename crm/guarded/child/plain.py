"""Plain text, whatever it was written with."""

import codecs
from typing import Any

MOST_SHOWN = 200_000
"""Characters of a text that are shown."""


class Text:
    """A text: one page."""

    def __init__(self, content: bytes) -> None:
        self.words = decoded(content)

    def __len__(self) -> int:
        return 1

    def show(self, index: int) -> dict[str, Any]:
        """Its beginning."""
        return {"text": self.words[:MOST_SHOWN], "cut": len(self.words) > MOST_SHOWN}

    def text(self, index: int) -> str:
        """All of it."""
        return self.words


def decoded(content: bytes) -> str:
    """The characters: Unicode where it says so or is so, else those of Western Windows."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


pages = Text
