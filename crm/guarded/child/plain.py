"""Plain text, whatever it was written with."""

from typing import Any

from crm.files.charsets import decoded

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


pages = Text
