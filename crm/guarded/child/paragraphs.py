"""Presentations and OpenDocument texts: their words alone, slide by slide."""

import re
from typing import IO, Any
from xml.etree import ElementTree

from crm.guarded.child.archives import archive

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_PARAGRAPH = re.compile(r"\{[^}]*(?:text:1\.0|drawingml/2006/main)\}[ph]")


class Words:
    """The parts of a document that hold words."""

    def __init__(self, content: bytes) -> None:
        self.archive = archive(content)
        names = self.archive.namelist()
        slides = sorted((int(found[1]), name) for name in names if (found := _SLIDE.fullmatch(name)))
        self.parts = [name for _, name in slides] or [name for name in names if name == "content.xml"]

    def __len__(self) -> int:
        return len(self.parts)

    def show(self, index: int) -> dict[str, Any]:
        """The words of a slide."""
        return {"text": self.text(index)}

    def text(self, index: int) -> str:
        """The words, one paragraph a line."""
        with self.archive.open(self.parts[index]) as part:
            return "\n".join(_paragraphs(part))


def _paragraphs(part: IO[bytes]) -> list[str]:
    found: list[str] = []
    for _, element in ElementTree.iterparse(part):
        if _PARAGRAPH.fullmatch(element.tag):
            found.append("".join(element.itertext()))
            element.clear()
    return found


pages = Words
