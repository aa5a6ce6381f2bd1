"""The command line: ``reseau28 [--store STORE] [--json] COMMAND``. Exit statuses are in ``ui.cli.failures``."""

import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from itertools import takewhile
from pkgutil import iter_modules
from typing import Any, NoReturn

import click

from ui.cli import commands, failures, output
from ui.cli.command import CommandGroup

EPILOG = (
    "Codes de sortie : 0 fait · 1 une vérification a trouvé des défauts · 2 commande mal écrite · 3 saisie ou fichier à"
    " corriger · 4 conflit · 5 données inaccessibles, ou panne · 130 interrompu."
)


def _show_version(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        output.lines([f"reseau28 {version('reseau28')}"])
        ctx.exit()


@cache
def command_names() -> tuple[str, ...]:
    """Every command, in the order of the help page: all are loaded for that."""
    modules = _modules()
    return tuple(sorted(modules, key=lambda name: getattr(_loaded(modules[name]), "rank", 0)))


@cache
def _modules() -> dict[str, str]:
    """The module of each command, by what people type."""
    return {module.name.rstrip("_"): module.name for module in iter_modules(commands.__path__)}


def _loaded(module: str) -> click.Command:
    found: click.Command = getattr(import_module(f"{commands.__name__}.{module}"), module)
    return found


class _Root(CommandGroup):
    """The commands, each loaded when it is named: none waits for what another one needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help page."""
        return list(command_names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        module = _modules().get(cmd_name)
        return _loaded(module) if module else None


@click.group("reseau28", cls=_Root, epilog=EPILOG)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Dire la version."
)
def cli() -> None:
    """Le réseau de partenaires d'un organisme de formation, et la preuve qu'il est mobilisé."""


def main() -> NoReturn:
    """Run the command that was typed, and exit with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit status. Nothing is ever raised: what goes wrong is told."""
    output.use_utf8()
    as_json = "--json" in takewhile(lambda argument: argument != "--", arguments)
    try:
        status = cli.main(args=list(arguments), prog_name="reseau28", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except (Exception, KeyboardInterrupt) as error:
        return failures.tell(error, as_json)
