"""Click in French: help pages, and one sentence for each way of typing a command wrong."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from gettext import gettext
from typing import Any

import click

from graph_schema.typography import typeset

_HEADINGS = {
    gettext("Options"): "Options",
    gettext("Commands"): "Commandes",
    gettext("Positional arguments"): "Arguments",
}

_NO_COMMAND = "Il manque le nom d'une commande."


class _Formatter(click.HelpFormatter):
    """A help page with French headings."""

    def getvalue(self) -> str:
        return typeset(super().getvalue())

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Utilisation : ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(f"{_HEADINGS.get(heading, heading)} ")

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        required = f"[{gettext('required')}]"
        super().write_dl([(term, words.replace(required, "[obligatoire]")) for term, words in rows], *args, **kwargs)


class _Context(click.Context):
    formatter_class = _Formatter

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_content_width": 110, **kwargs})


class FrenchCommand(click.Command):
    """A command whose help and faults are in French; arguments in excess are named."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allow_extra_args = True  # refused below, in French

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; what no argument of the command takes is a fault."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(f"« {' '.join(rest)} » est en trop.", ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained in French."""
        return _in_french(super().get_help_option(ctx))


class FrenchGroup(click.Group):
    """A group whose help is in French."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "COMMANDE …", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained in French."""
        return _in_french(super().get_help_option(ctx))


def _in_french(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Montrer cette aide."
    return option


def sentence(error: click.ClickException) -> str:
    """What was typed wrong and where help is, in French."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "reseau28"
    return f"{_fault(error)} Voir « {command} --help »."


def field(error: click.ClickException) -> str | None:
    """The option or argument at fault, as it is typed."""
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _name(error.param)
    return getattr(error, "option_name", None)


def _fault(error: click.ClickException) -> str:
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return _NO_COMMAND
        case click.UsageError(message=message) if message == gettext("Missing command."):
            return _NO_COMMAND
        case click.MissingParameter() if error.param is not None:
            return f"Il manque {_name(error.param)}."
        case click.BadParameter():
            return error.message
        case click.NoSuchOption():
            return f"L'option {error.option_name} n'existe pas.{_suggest(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"La commande « {error.command_name} » n'existe pas.{_suggest(_close_commands(error))}"
        case click.BadOptionUsage():
            name = error.option_name
            takes_none = isinstance(_option(error, name), click.Option) and _option(error, name).is_flag  # type: ignore[union-attr]
            return f"L'option {name} ne prend pas de valeur." if takes_none else f"L'option {name} attend une valeur."
    return error.message


def _option(error: click.BadOptionUsage, name: str) -> click.Parameter | None:
    params: Sequence[click.Parameter] = error.ctx.command.get_params(error.ctx) if error.ctx else ()
    return next((p for p in params if name in p.opts), None)


def _close_commands(error: click.exceptions.NoSuchCommand) -> list[str]:
    group = error.ctx.command if error.ctx else None
    known = group.list_commands(error.ctx) if isinstance(group, click.Group) and error.ctx else []
    return get_close_matches(error.command_name, known)


def _suggest(possibilities: Sequence[str] | None) -> str:
    return f" Vouliez-vous dire {' ou '.join(possibilities)} ?" if possibilities else ""


def _name(param: click.Parameter) -> str:
    return (
        param.make_metavar(click.get_current_context(silent=True) or click.Context(click.Command("")))
        if isinstance(param, click.Argument)
        else param.opts[0]
    )
