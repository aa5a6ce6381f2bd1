"""Nothing of the command line is left undocumented, and all of it is French."""

import re
from pathlib import Path

import click
import pytest

from tests.ui.cli.invocation import Reseau28
from ui.cli import cli, command_names, reference
from ui.cli.command import Session


def leaves(group: click.Group, context: click.Context) -> list[tuple[str, click.Command]]:
    """Every command, with what people type to reach it."""
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inside = click.Context(command, info_name=name, parent=context)
        within = leaves(command, inside) if isinstance(command, click.Group) else [(inside.command_path, command)]
        found.extend(within)
    return found


LEAVES = leaves(cli, click.Context(cli, info_name="reseau28", obj=Session()))


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[path for path, _ in LEAVES])
def test_every_command_and_option_is_in_the_reference(path: str, command: click.Command) -> None:
    page = reference.markdown()
    section = page.split(f"## {path}\n")[1].split("\n## ")[0]
    assert (command.help or "").strip() in section
    for option in command.params:
        if isinstance(option, click.Option) and option.opts[0] not in ("--store", "--json"):
            assert f"`{option.opts[0]}" in section
            assert option.help


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[path for path, _ in LEAVES])
def test_every_command_takes_the_global_options_after_its_name(path: str, command: click.Command) -> None:
    assert {"--store", "--json"} <= {opt for param in command.params for opt in param.opts}


@pytest.mark.parametrize("command", ["", *command_names()])
def test_help_is_french(reseau28: Reseau28, command: str) -> None:
    result = reseau28(*command.split(), "--help")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"Utilisation : reseau28{command and ' '}{command}")
    assert not re.search(r"\b(Usage|Commands|Show|Error|default|required)\b", result.out)


def test_the_version_is_that_of_the_distribution(reseau28: Reseau28) -> None:
    declared = Path(__file__).parents[3].joinpath("pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', declared, re.MULTILINE)
    assert version is not None
    assert reseau28("--version").out == f"reseau28 {version[1]}\n"
