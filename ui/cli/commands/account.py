"""Accounts on the command line: who may work here from another machine."""

from itertools import islice

import click

from crm.network.rights import Role
from graph_schema.wording import count
from ui import accounts, login_log
from ui.cli.command import Command, CommandGroup, Session, ask_password, pass_session
from ui.cli.output import table
from ui.cli.values import Choice, limit_option


@click.group(cls=CommandGroup, rank=330)
def account() -> None:
    """Gérer les comptes de ceux qui se connectent à l'application."""


@account.command("add", cls=Command)
@click.argument("name", metavar="NOM")
@click.option(
    "--role", type=Choice(Role), required=True, metavar="RÔLE", help="admin, gestionnaire, lecteur ou auditeur."
)
@pass_session
def add(session: Session, name: str, role: Role) -> None:
    """Créer un compte, ou changer son rôle et son mot de passe (demandé, ou lu sur l'entrée standard)."""
    accounts.add(name, role, ask_password(f"Mot de passe de {name}"))
    session.give({"name": name, "role": role}, lambda: [f"Compte « {name} » enregistré ({role.label})."])


@account.command("list", cls=Command)
@pass_session
def list_(session: Session) -> None:
    """Énumérer les comptes."""
    known = sorted(accounts.accounts().values(), key=lambda each: each.name)
    session.give(
        {"items": [{"name": each.name, "role": each.role} for each in known]},
        lambda: [*table(("NOM", "RÔLE"), ((a.name, a.role.label) for a in known)), f"{count(len(known), 'compte')}."],
    )


@account.command("remove", cls=Command)
@click.argument("name", metavar="NOM")
@pass_session
def remove(session: Session, name: str) -> None:
    """Supprimer un compte."""
    accounts.remove(name)
    session.give({"name": name}, lambda: [f"Compte « {name} » supprimé."])


@account.command("log", cls=Command)
@limit_option
@pass_session
def log(session: Session, limit: int | None) -> None:
    """Dire qui s'est connecté, a été refusé ou est parti, le plus récent d'abord (gardé un an)."""
    found = list(islice(login_log.entries(), limit))
    rows = ((f"{e.at:%Y-%m-%d %H:%M:%S}", e.event.label, e.account or "(nom inconnu)", e.address) for e in found)
    session.give(
        {"items": [entry._asdict() for entry in found]},
        lambda: [
            *table(("DATE (UTC)", "QUOI", "COMPTE", "ADRESSE"), rows),
            *([] if found else ["Personne ne s'est encore connecté."]),
        ],
    )
