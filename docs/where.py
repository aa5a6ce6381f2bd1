"""The table of ``where.md`` that leads from an address to the package of its screen, written from the screens."""

from pathlib import Path

from ui.screens import screens

_PAGE = Path(__file__).parent / "where.md"
_BEGIN, _END = "<!-- screens: written from the code -->\n", "<!-- screens: end -->"


def markdown() -> str:
    """``where.md`` with its table as the code is now."""
    before, rest = _PAGE.read_text(encoding="utf-8").split(_BEGIN)
    _, after = rest.split(_END)
    rows = []
    for screen in screens():
        package = screen.show.__module__.replace(".", "/")
        rows.append(f"| `/{screen.path}` | « {screen.title} » | [{package}](../{package}) |\n")
    return "".join((before, _BEGIN, "| address | screen | package |\n| --- | --- | --- |\n", *rows, _END, after))
