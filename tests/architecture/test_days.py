"""Only ``crm.days`` looks at a clock or a time zone: elsewhere it would be yesterday until 2 a.m."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph_schema", "crm", "importers", "ui")
THE_ONE = ROOT / "crm" / "days.py"
CALLS = {"now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp", "astimezone", "localtime", "gmtime", "strftime"}
"""Methods of ``date``, ``datetime`` and ``time`` that ask which moment it is, or where."""
ALLOWED = {"days", "network", "session", "self"}
"""What may be asked for today or now: the module, a network, a screen's session."""


def clocks(source: str) -> Iterator[str]:
    """What a module does that only ``crm.days`` may."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=value, attr=name) if name in CALLS and not _asked_well(value):
                yield f"line {node.lineno}: {name}"
            case ast.Attribute(value=ast.Call(func=ast.Attribute(attr="clock")), attr="date"):
                yield f"line {node.lineno}: a day of the clock's own"
            case ast.ImportFrom(module="zoneinfo") | ast.Import(names=[ast.alias(name="zoneinfo")]):
                yield f"line {node.lineno}: a time zone"


def _asked_well(value: ast.expr) -> bool:
    last = value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else ""
    return last in ALLOWED


@pytest.mark.parametrize("package", PACKAGES)
def test_the_day_is_asked_of_one_place(package: str) -> None:
    modules = [path for path in sorted((ROOT / package).rglob("*.py")) if path != THE_ONE]
    assert modules
    found = {str(path.relative_to(ROOT)): [*clocks(path.read_text(encoding="utf-8"))] for path in modules}
    assert {module: lines for module, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "wrong",
    [
        "date.today()",
        "click.option(default=date.today)",
        "datetime.datetime.now()",
        "datetime.now(UTC).date()",
        "network.clock().date()",
        "self.network.clock().date()",
        "at.astimezone(PARIS)",
        "from zoneinfo import ZoneInfo",
        "import zoneinfo",
        "time.strftime('%d')",
    ],
)
def test_another_way_is_noticed(wrong: str) -> None:
    assert list(clocks(wrong))
