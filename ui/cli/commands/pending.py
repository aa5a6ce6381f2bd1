"""What is to be completed, on the command line: the list of « À compléter »."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import click

from crm.quick_log import completing
from crm.quick_log.completing import SHOWN, Amount, Pending
from graph_schema.wording import count, short_date
from ui.cli.command import Command, Session, pass_session
from ui.cli.values import limit_option

_WIDTH = 200
"""Characters of a sentence or a question that one line of the list shows."""


@click.command(cls=Command, rank=120)
@limit_option
@pass_session
def pending(session: Session, limit: int | None) -> None:
    """Dire ce qui reste à compléter : les échanges et les actions dont un nom, le sens ou l'objet n'est pas certain.

    La liste est celle de « À compléter », sur Aujourd'hui, où chaque question se règle d'un clic.
    """
    network = session.network()
    amount, found = completing.amount(network), completing.pending(network, limit or SHOWN)
    document = {
        "total": sum(amount), "exchanges": amount.exchanges, "actions": amount.actions, "items": [*map(_item, found)],
    }  # fmt: skip
    session.give(document, lambda: _text(found, amount))


def _item(each: Pending) -> dict[str, Any]:
    return {
        "id": each.id, "type": each.type, "on": each.on, "channel": each.channel, "text": each.words,
        "parties": [{"id": id, "name": name} for id, name in each.parties],
        "questions": each.questions,
    }  # fmt: skip


def _text(found: Sequence[Pending], amount: Amount) -> Iterator[str]:
    if not amount:
        yield "Rien à compléter : tout est dit en entier."
        return
    for each in found:
        yield f"{short_date(each.on) if each.on else 'sans échéance'} · {_short(each.words) or 'Échange'} · {each.id}"
        yield from (f"  À préciser : {_short(question)}" for question in each.questions)
    left = sum(amount) - len(found)
    shown = f", {count(len(found), 'montré')}" if left else ""
    yield f"{amount.words} à compléter{shown}."


def _short(text: str) -> str:
    return textwrap.shorten(text, _WIDTH, placeholder=" …") if " " in text[:_WIDTH] else text[:_WIDTH]
