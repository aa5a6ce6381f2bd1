"""The documentation as a reader has it: its pages, their headings, links and commands."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
WRITTEN = [page for page in PAGES if page.name not in ("schema.md", "commands.md", "roles.md", "limites.md")]
"""Those that people write."""

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^reseau28 .+$", re.MULTILINE)


def name(page: Path) -> str:
    """Its path in the repository."""
    return page.relative_to(ROOT).as_posix()


def links(page: Path) -> list[str]:
    """What it links to or shows."""
    return [link or address for link, address in _LINK.findall(_prose(page))]


def anchors(page: Path) -> list[str]:
    """The anchors of its headings, as forges make them."""
    return [_slug(heading) for heading in _HEADING.findall(_prose(page))]


def commands(page: Path) -> Iterator[str]:
    """The lines of its examples that call ``reseau28``."""
    for block in _FENCE.findall(page.read_text(encoding="utf-8")):
        yield from _COMMAND.findall(block)


def _prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
