"""A name says one thing: no two rooms call different things alike."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from graph_schema.registry import SCHEMA

ROOT = Path(__file__).parents[2]
ROOMS = ("graph_schema", "crm", "importers", "ui")


@cache
def modules() -> Mapping[str, ast.Module]:
    """What each module of the product says, by its path."""
    found = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in found}


def public(kind: type[ast.ClassDef] | type[ast.FunctionDef]) -> Mapping[str, list[str]]:
    """Where each public name of a class, or of a function, stands on its own in a module."""
    places: dict[str, list[str]] = defaultdict(list)
    for module, tree in modules().items():
        for name in _defined(tree, kind):
            places[name].append(module)
    return places


def _defined(tree: ast.Module, kind: type[ast.ClassDef] | type[ast.FunctionDef]) -> Iterator[str]:
    for each in tree.body:
        if isinstance(each, kind) and not each.name.startswith("_"):
            yield each.name


def test_no_public_class_name_stands_twice() -> None:
    places = public(ast.ClassDef)
    assert len(places) > 300, "the classes are not read"
    assert {name: where for name, where in places.items() if len(where) > 1} == {}, (
        "call each by what it is in its room"
    )


def test_no_type_is_named_by_a_text_outside_of_its_declaration() -> None:
    """Its class has the name (``Organisation.TYPE``): a slip is then told before anything runs."""
    names = {*SCHEMA.nodes, *SCHEMA.links, *(link.relation for link in SCHEMA.links.values())}
    found = [
        f"{module}:{each.lineno} « {each.value} »"
        for module, tree in modules().items()
        if not module.startswith("graph_schema/")
        for each in ast.walk(tree)
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value in names
    ]
    assert found == []
