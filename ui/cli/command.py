"""What every command shares: ``--json`` and ``--store`` before or after its name, French usage, one network."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import click

from crm.errors import InputError
from crm.network import Network
from crm.store.protocol import Store
from ui import settings
from ui.cli import french, output
from ui.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Session:
    """One invocation: what its global options say."""

    json: bool = False
    store: str | None = None

    def network(self, *, create: bool = False, any_version: bool = False) -> Network:
        """The network that ``--store`` names, for the local actor; given back when the command ends.

        Only commands that fill a store ``create`` one where they are told; the default store is made on first use.
        """
        found = self.place()
        create = create or found.store == str(settings.default_store())
        return self.network_at(found, create=create, any_version=any_version)

    def network_at(self, place: Settings, *, create: bool, any_version: bool = False) -> Network:
        """The network kept at ``place``."""
        store: Store = place.open(create=create, any_version=any_version)
        click.get_current_context().call_on_close(store.close)
        return Network(store, settings.local_actor(), heads=place.heads(), vault=place.vault)

    def place(self, store: str | None = None) -> Settings:
        """Where ``store`` (else ``--store``) leads; asks for the password of a server at a terminal."""
        found = settings.load(store or self.store)
        if not found.on_server or found.password or not output.on_terminal():
            return found
        return replace(found, password=ask_password("Mot de passe du serveur Neo4j"))

    def give(self, document: Any, text: Callable[[], Any]) -> None:
        """Print the result: ``document`` with ``--json``, else the lines of ``text``."""
        if self.json:
            output.document(document)
        else:
            output.lines(text())


pass_session = click.make_pass_decorator(Session, ensure=True)


def ask_password(question: str) -> str:
    """A password typed unseen at the terminal, else the first line of standard input."""
    if output.on_terminal():
        answer: str = click.prompt(
            question, prompt_suffix=" : ", hide_input=True, err=True, default="", show_default=False
        )
    else:
        answer = sys.stdin.readline().rstrip("\r\n")
    if not answer:
        raise InputError(f"{question} : rien n'a été donné.", field="password")
    return answer


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        setattr(ctx.ensure_object(Session), str(param.name), value)


def _global_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--store"], metavar="STORE", expose_value=False, callback=_remember, is_eager=True,
            help="Fichier de données, ou adresse neo4j:// ou bolt:// avec l'utilisateur (sinon RESEAU28_STORE).",
        ),
        click.Option(
            ["--json"], is_flag=True, expose_value=False, callback=_remember, is_eager=True,
            help="Écrire un document JSON et rien d'autre sur la sortie standard.",
        ),
    ]  # fmt: skip


class Command(french.FrenchCommand):
    """A command that takes the global options after its name too. ``rank`` is its place in the help page."""

    def __init__(self, *args: Any, rank: int = 1_000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rank = rank
        self.params.extend(_global_options())


class CommandGroup(french.FrenchGroup):
    """Commands under one name; its commands take the global options as well. ``rank`` is its place in the help page."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, rank: int = 1_000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rank = rank
        self.params.extend(_global_options())
