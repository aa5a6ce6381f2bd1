"""The tasks of ``docs/where.md`` that no other test does, each done in a copy that is then run."""

import re

import pytest

from tests.architecture.copied import COMMAND, ROOT, Copy, promises

GREETING = '''"""A greeting."""

import click

from ui.cli.command import Command, Session, pass_session


@click.command(cls=Command, rank=35)
@click.argument("name", metavar="NOM")
@pass_session
def greet(session: Session, name: str) -> None:
    """Dire bonjour."""
    session.give({"greeted": name}, lambda: [f"Bonjour {name}."])
'''


@pytest.mark.parametrize("heading", promises())
def test_every_task_of_the_page_is_done_by_a_test(heading: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "architecture").glob("test_*.py")]
    assert any(f'task("{heading}")' in text for text in texts)


def test_a_new_command_is_one_file(copied: Copy) -> None:
    with copied.task("A command"):
        copied.write("ui/cli/commands/greet.py", GREETING)
        assert copied.run(COMMAND, "greet", "Claire") == "Bonjour Claire.\n"
        assert '"greeted": "Claire"' in copied.run(COMMAND, "greet", "Claire", "--json")
        listed = re.findall(r"^  (\w+)", copied.run(COMMAND, "--help").split("Commandes")[1], re.MULTILINE)
        assert listed[listed.index("greet") - 1 :][:3] == ["import", "greet", "imports"]
        assert "## reseau28 greet" in copied.run("from ui.cli import reference; print(reference.markdown())")
