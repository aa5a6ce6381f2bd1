"""Every command is asked for a colleague's private view: none shows it."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.ui.cli.invocation import Reseau28
from ui.cli import cli

SECRET = "Cible confidentielle"
_NOT_HERE = frozenset({"serve", "account"})
"""What reads no network."""


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands(found, *path, name)
        else:
            yield (*path, name), found


WALK = [each for each in commands(cli) if each[0][0] not in _NOT_HERE]


@pytest.fixture
def hidden(partners_file: Path) -> str:
    """A private view of a colleague; returns its id."""
    store = open_store(str(partners_file))
    network = Network(store, Actor("M. Fictive", Role.MANAGER))
    partner = store.read(lambda tx: next(iter(tx.records())).id)
    id = views.save(network, SECRET, CanvasState(starts=(partner,)), {}).value
    views.rename(network, id, f"{SECRET} bis")
    store.close()
    return id


def test_the_walk_knows_every_command() -> None:
    assert {("show",), ("search",), ("history",), ("export",), ("store", "copy"), ("introduce",)} <= {
        path for path, _ in WALK
    }


@pytest.mark.parametrize(("path", "command"), WALK, ids=[" ".join(path) for path, _ in WALK])
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
def test_no_command_shows_it(
    path: tuple[str, ...], command: click.Command, as_json: bool, hidden: str, partners_file: Path,
    reseau28: Reseau28, tmp_path: Path,
) -> None:  # fmt: skip
    """With nothing, with its id and with its words in place of each argument."""
    takes = [each for each in command.params if isinstance(each, click.Argument)]
    for given in ("", hidden, "confidentielle"):
        values = [given] * len(takes) if given else []
        if path in (("backup",), ("restore",), ("store", "copy"), ("export",)):
            values = [str(partners_file), str(tmp_path / f"copie-{len(given)}.db")][-len(takes) :]
        if path == ("fact",):
            values = [*values, "--out", str(tmp_path / "fait.json")]
        ran = reseau28("--store", partners_file, *path, *(["--json"] if as_json else []), *values)
        assert SECRET not in ran.out + ran.err
        assert ran.status != 5 or path[0] in ("restore", "migrate"), ran.err
