"""What is made of a network is kept in one way (``crm/network/kept.py``): nothing else may remember any of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEEPING = "crm/network/kept.py"
GROWING = {
    "crm/vault/bucket.py": {"_WRITTEN": "what this process wrote last in a bucket, by address"},
    "ui/session.py": {"_stores": "what is open, not what was read of it", "_gaps": "of the journal of what is open"},
    "ui/screens/network/laying.py": {"_kept": "by the digest of the picture itself, whoever looks at it"},
}
"""What modules hold that grows while they run and is nothing of a network's, each with why."""
CONTAINERS = {"dict", "list", "set", "OrderedDict", "defaultdict", "deque", "WeakKeyDictionary", "WeakValueDictionary"}
OF_A_NETWORK = {"Network", "Measures", "ReadTransaction", "Store", "Web", "Relations", "Actor"}


def growing(tree: ast.Module) -> Iterator[str]:
    """The names that a module gives to what is empty when it is imported."""
    for line in tree.body:
        if isinstance(line, ast.Assign | ast.AnnAssign) and line.value is not None and empty(line.value):
            targets = line.targets if isinstance(line, ast.Assign) else [line.target]
            yield from (each.id for each in targets if isinstance(each, ast.Name))


def empty(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.List):
        return not value.elts
    called = value.func if isinstance(value, ast.Call) else None
    called = called.value if isinstance(called, ast.Subscript) else called
    return isinstance(called, ast.Name) and called.id in CONTAINERS and not getattr(value, "args", ())


def weak(tree: ast.Module) -> Iterator[str]:
    """What a module takes from ``weakref``: a way to keep something beside what it was made of."""
    for line in ast.walk(tree):
        if isinstance(line, ast.ImportFrom) and line.module == "weakref":
            yield from (each.name for each in line.names)


def remembering(tree: ast.Module) -> Iterator[str]:
    """The functions that remember what they returned for a part of a network."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and any("cache" in ast.unparse(d) for d in function.decorator_list):
            if any("cached_property" in ast.unparse(d) for d in function.decorator_list):
                continue
            given = (each.annotation for each in (*function.args.args, *function.args.kwonlyargs))
            if {word for each in given if each for word in ast.unparse(each).split(".")} & OF_A_NETWORK:
                yield function.name


def unruly(text: str) -> set[str]:
    """All by which a module could keep something of a network by itself."""
    tree = ast.parse(text)
    return {*growing(tree), *weak(tree), *remembering(tree)}


def test_nothing_else_keeps_what_is_made_of_a_network() -> None:
    found: dict[str, set[str]] = {}
    for package in ("crm", "importers", "ui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if names := unruly(path.read_text(encoding="utf-8")):
                found[path.relative_to(ROOT).as_posix()] = names
    assert found.pop(KEEPING, set()) == set()
    assert found == {module: set(names) for module, names in GROWING.items()}


@pytest.mark.parametrize(
    "text",
    [
        "_made: dict[str, int] = {}", "_made = OrderedDict()", "_made = WeakKeyDictionary[int, int]()",
        "from weakref import WeakValueDictionary",
        "@lru_cache(maxsize=4)\ndef _made(network: Network, id: str) -> str: ...",
    ],
)  # fmt: skip
def test_each_way_of_keeping_is_seen(text: str) -> None:
    assert unruly(text)
