"""A name says one thing: no two rooms call different things alike."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from graph_schema.registry import SCHEMA

ROOT = Path(__file__).parents[2]
ROOMS = ("graph_schema", "crm", "importers", "ui")

MOST = 9
"""In so many modules at most does one name stand for a function; it may only fall."""
PROTOCOLS = {
    "show": ("ui/screens/*/__init__.py", "a screen draws itself by it: what its ``SCREEN`` gives"),
    "add": ("crm/demo/*.py", "a part of the demonstration adds itself by it to the network that is being made"),
}
"""Where a name is what every module of a kind must call the same thing, and why."""


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


def test_a_function_says_what_it_does_not_only_that_it_does() -> None:
    places = {
        name: {where for where in found if not _asked(name, where)} for name, found in public(ast.FunctionDef).items()
    }
    assert {name: sorted(where) for name, where in places.items() if len(where) > MOST} == {}, "say what it is done to"


@pytest.mark.parametrize("name", PROTOCOLS)
def test_an_exception_is_needed(name: str) -> None:
    found = public(ast.FunctionDef)[name]
    assert len(found) > MOST
    assert any(_asked(name, where) for where in found)


def _asked(name: str, where: str) -> bool:
    return name in PROTOCOLS and fnmatch(where, PROTOCOLS[name][0])
