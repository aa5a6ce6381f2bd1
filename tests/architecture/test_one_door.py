"""Whatever leaves as a file passes ``crm/documents/gate.py``: nothing else gives one out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GIVING = {"download_button", "write_bytes", "write_text", "to_csv", "to_excel", "savefig", "writelines", "send_file"}
"""What gives a file to people, by the name under which it is called."""

DOORS = {
    "ui/taking.py": "the buttons, each of which gives what passed the gate",
    "ui/screens/imports/outcomes.py": "the faults of files that somebody has just brought, told to them",
    "ui/screens/imports/draft.py": "what a browser sent, kept while it is read",
    "ui/settings.py": "the key of this machine",
}
"""Modules of ``ui`` that give or keep a file otherwise than by ``places.keep``, each with why."""

KEEPING = {f"ui/cli/commands/{name}.py" for name in ("export", "calls", "partners", "register", "import_")}
"""Commands that write what passed the gate, or a form without anything of a network."""


def called(text: str) -> Iterator[str]:
    """The names under which a module calls something that gives a file."""
    for each in ast.walk(ast.parse(text)):
        if isinstance(each, ast.Call):
            name = each.func.attr if isinstance(each.func, ast.Attribute) else getattr(each.func, "id", "")
            if name in GIVING:
                yield name


def names(text: str) -> set[str]:
    """What a module imports from the documents."""
    found = (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.ImportFrom))
    return {alias.name for each in found if (each.module or "").startswith("crm.documents") for alias in each.names}


def test_no_screen_and_no_command_gives_a_file_by_another_door() -> None:
    paths = sorted((ROOT / "ui").rglob("*.py"))
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    assert {module for module, text in texts.items() if [*called(text)]} == DOORS.keys()
    assert {module for module, text in texts.items() if "keep" in names(text)} == KEEPING
    assert all({"leave", "blank"} & names(texts[module]) for module in KEEPING)
    assert "leave" in names(texts["ui/taking.py"])


def test_what_is_written_to_a_file_of_peoples_choice_has_passed_the_gate() -> None:
    """By its type: nothing else makes a ``Cleared``."""
    made = {
        path.relative_to(ROOT).as_posix()
        for package in ("crm", "importers", "ui")
        for path in sorted((ROOT / package).rglob("*.py"))
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "Cleared"
    }
    assert made == {"crm/documents/gate.py"}


@pytest.mark.parametrize("text", ["st.download_button('x', b'')", "path.write_bytes(b'')", "download_button()"])
def test_each_way_of_giving_a_file_is_seen(text: str) -> None:
    assert [*called(text)]
