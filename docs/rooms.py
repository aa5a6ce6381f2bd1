"""The pictures of the rooms in ``architecture.md``, drawn from what imports what."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import grimp
import networkx

FOLDER = Path(__file__).parent
FLOORS = ("crm", "importers")
"""The packages whose rooms are drawn."""

_BEGIN, _END = "<!-- rooms of {}: drawn from the code -->\n", "<!-- rooms: end -->"


class Room(NamedTuple):
    """A package or module at one floor: its name and the first line of what it says of itself."""

    name: str
    purpose: str


def rooms(floor: str) -> list[Room]:
    """What stands right in the package ``floor``, by name."""
    folder = FOLDER.parent / floor
    found = {path.stem: path for path in folder.glob("*.py") if path.stem != "__init__"}
    found |= {path.parent.name: path for path in folder.glob("*/__init__.py")}
    return [Room(name, _purpose(path)) for name, path in sorted(found.items())]


def imports(floor: str) -> list[tuple[str, str]]:
    """Which room of ``floor`` imports which, without what follows from the others."""
    graph = grimp.build_graph(floor, cache_dir=None)
    drawn: networkx.DiGraph[str] = networkx.DiGraph()
    for room in rooms(floor):
        module = f"{floor}.{room.name}"
        graph.squash_module(module)
        drawn.add_node(module)
    for importer in list(drawn):
        others = graph.find_modules_directly_imported_by(importer) - {floor, importer}
        drawn.add_edges_from((importer, imported) for imported in others)
    return [
        (one[len(floor) + 1 :], other[len(floor) + 1 :]) for one, other in networkx.transitive_reduction(drawn).edges
    ]


def architecture() -> str:
    """``architecture.md`` with its pictures of the rooms as the code is now."""
    text = (FOLDER / "architecture.md").read_text(encoding="utf-8")
    for floor in FLOORS:
        begin = _BEGIN.format(floor)
        before, rest = text.split(begin)
        _, after = rest.split(_END, 1)
        text = "".join((before, begin, *_picture(floor), _END, after))
    return text


def _picture(floor: str) -> Iterator[str]:
    yield "```mermaid\nflowchart TD\n"
    for importer, imported in sorted(imports(floor)):
        yield f"    {importer} --> {imported}\n"
    yield "```\n\n| room | what it holds |\n| --- | --- |\n"
    for room in rooms(floor):
        yield f"| `{floor}/{room.name}` | {room.purpose} |\n"


def _purpose(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(said.split("\n\n")[0].split())
