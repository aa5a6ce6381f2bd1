"""The generated pages: each file of this folder that is written from the code, and what writes it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from docs import limits, roles, rooms, schema, where
from ui.cli import reference

FOLDER = Path(__file__).parent

GENERATED: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "schema.md": schema.markdown,
        "commands.md": reference.markdown,
        "architecture.md": rooms.architecture,
        "guide/limites.md": limits.markdown,
        "where.md": where.markdown,
        "guide/roles.md": roles.markdown,
    }
)
"""Name of the file → what it holds."""


def write() -> list[Path]:
    """Write every generated page; returns those whose content changed."""
    changed = []
    for name, markdown in GENERATED.items():
        path, text = FOLDER / name, markdown()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed
