"""An exchange told in one sentence, on the command line."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from crm import days, quick_log
from crm.errors import InputError
from crm.quick_log import Told
from graph_schema.registry import SCHEMA
from graph_schema.text import visible
from graph_schema.wording import short_date
from ui.cli.command import Command, Session, pass_session
from ui.cli.values import DayParameter


@click.command(cls=Command, rank=100)
@click.argument("phrase")
@click.option(
    "--on", type=DayParameter(), default=days.today, metavar="JOUR",
    help="Le jour où la phrase est dite : « hier » se compte depuis lui (sinon aujourd'hui).",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Dire ce qui est compris, sans rien enregistrer.")
@pass_session
def log(session: Session, phrase: str, on: date, dry_run: bool) -> None:
    """Consigner un échange en une phrase : qui, quand, comment, et la suite à donner.

    Rien de ce qui est écrit n'empêche d'enregistrer : la phrase est gardée telle quelle, et ce qui n'est pas certain
    devient une question, dans la liste « à compléter ».
    """
    if not visible(phrase).strip():
        raise InputError("Écrivez ce qui s'est passé, en une phrase.", field="phrase")
    network = session.network()
    told = quick_log.tell(network, phrase, on)
    id = None if dry_run else quick_log.save(network, told, said_on=max(on, network.today())).value
    session.give(_document(told, id), lambda: _text(told, id))


def _document(told: Told, id: str | None) -> dict[str, Any]:
    people, organisations = told.people(), told.organisations()
    return {
        "id": id,
        "on": told.on, "channel": told.channel, "direction": told.direction if told.on else None,
        "people": [{"id": each, "name": name} for each, name in people],
        "organisations": [{"id": each, "name": name} for each, name in organisations],
        "concerns": [
            {"id": each.id, "name": SCHEMA.nodes[each.type].caption(each.values), "type": each.type}
            for each in told.concerns
        ],
        "text": told.text,
        "follow_up": {"title": told.follow_up.title, "due_on": told.follow_up.due_on} if told.follow_up else None,
        "questions": list(told.questions),
    }  # fmt: skip


def _text(told: Told, id: str | None) -> Iterator[str]:
    if told.on:
        way = told.channel.label if told.channel else "Canal non précisé"
        yield f"Le {short_date(told.on)} · {way} · {told.direction.label}"
    named = [name for _, name in (*told.people(), *told.organisations())]
    if named:
        yield f"Avec : {', '.join(named)}"
    for each in told.concerns:
        yield f"Porte sur : {SCHEMA.nodes[each.type].caption(each.values)}"
    if told.follow_up:
        due = f" (pour le {short_date(told.follow_up.due_on)})" if told.follow_up.due_on else ""
        yield f"À faire : {told.follow_up.title}{due}"
    for question in told.questions:
        yield f"À préciser : {question}"
    yield f"Enregistré : {id}" if id else "Rien n'est enregistré (essai)."
