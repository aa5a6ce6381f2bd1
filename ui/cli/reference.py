"""The reference page of the command line, in Markdown, generated from the commands themselves."""

from collections.abc import Iterator

import click

from ui.cli import EPILOG, cli
from ui.cli.command import Session

_SHARED = {"--store", "--json", "--help"}


def markdown() -> str:
    """Every command with its usage and its options, in French."""
    root = click.Context(cli, info_name="reseau28", obj=Session())
    intro = (
        "# Les commandes",
        "Chaque commande accepte `--store` et `--json`, avant ou après son nom. Avec `--json`, la sortie standard"
        " contient un seul document JSON ; les messages vont sur la sortie d'erreur. Une erreur y est"
        ' `{"error": {"family", "code", "message", "field"}}`.',
        "Un fichier à écrire (`--out`, `--attestation`, `--chain`, `--verifier`, `--report`, FICHIER) a un nom : « - »"
        " est refusé, la sortie standard dit déjà le résultat. Ce qui prouve ou se remet (reçu, chaîne, fait,"
        " attestation, fichier d'une preuve, sauvegarde) ne remplace jamais un fichier ; une liste, un rapport ou un"
        " export remplace le sien.",
        EPILOG,
    )
    return "\n\n".join((*intro, *_commands(cli, root))) + "\n"


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inside = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _commands(command, inside)
        else:
            yield from _command(command, inside)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}"
    yield command.help or ""
    pieces = " ".join(piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]")
    yield f"```\n{context.command_path} {pieces}".rstrip() + "\n```"
    options = (param for param in command.get_params(context) if isinstance(param, click.Option))
    if own := [_option(option) for option in options if not _SHARED & {*option.opts}]:
        yield "\n".join(own)
    if command.epilog:
        yield command.epilog.removeprefix("\b\n").replace("\n", "\n\n", 1)


def _option(option: click.Option) -> str:
    typed = option.opts[0] if option.is_flag else f"{option.opts[0]} {option.metavar}"
    return f"- `{typed}` : {option.help}"
