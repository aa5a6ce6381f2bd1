"""The actions still to be done, on the command line: the list of « Actions », on Aujourd'hui."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from crm.network import Network
from crm.records import action_list
from crm.records.action_list import ActionFilter, Answered, OpenAction
from graph_schema.wording import count, listing, short_date
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import table
from ui.cli.values import limit_option


@click.command(cls=Command, rank=110)
@click.option("--mine", is_flag=True, help="Les miennes, au nom de qui tape la commande.")
@click.option("--owner", metavar="NOM", help="Celles dont cette personne s'occupe.")
@click.option("--late", is_flag=True, help="Celles dont l'échéance est passée.")
@click.option("--undated", is_flag=True, help="Celles qui n'ont pas d'échéance.")
@click.option("--partner", metavar="ID", help="Celles qui concernent ce partenaire.")
@click.option("--meeting", metavar="ID", help="Celles que cette réunion a décidées.")
@limit_option
@pass_session
def actions(
    session: Session, mine: bool, owner: str | None, late: bool, undated: bool, partner: str | None,
    meeting: str | None, limit: int | None,
) -> None:  # fmt: skip
    """Dire ce qui reste à faire : qui, quoi, pour quand, à la suite de quoi. Les filtres s'ajoutent."""
    network = session.network()
    if mine and owner:
        raise click.UsageError("Choisissez --mine ou --owner, pas les deux.")
    wanted = ActionFilter(_owner(network, mine, owner), late, undated, partner or "", meeting or "")
    found = action_list.open_actions(network, wanted)
    document = {
        "total": len(found), "late": sum(each.late for each in found), "items": [*map(_item, found[:limit])],
    }  # fmt: skip
    session.give(document, lambda: _text(found[:limit], len(found)))


def _owner(network: Network, mine: bool, owner: str | None) -> str:
    return network.actor.name if mine else owner or ""


def _item(each: OpenAction) -> dict[str, Any]:
    return {
        "id": each.id, "title": each.action.title, "status": each.action.status, "owner": each.action.owner,
        "due_on": each.action.due_on, "late": each.late, "partners": [*map(_named, each.partners)],
        "meetings": [*map(_named, each.meetings)],
    }  # fmt: skip


def _named(each: Answered) -> dict[str, str]:
    return {"id": each.id, "name": each.caption}


def _text(shown: Sequence[OpenAction], total: int) -> Iterator[str]:
    if not total:
        yield "Rien à faire ici."
        return
    yield from table(
        ("POUR LE", "QUOI", "QUI", "AVEC", "RÉUNION"),
        (
            (
                f"{short_date(each.action.due_on)}{' (en retard)' if each.late else ''}" if each.action.due_on else "",
                each.action.title, each.action.owner,
                listing([party.caption for party in each.partners], limit=2),
                listing([meeting.caption for meeting in each.meetings], limit=2),
            )
            for each in shown
        ),
        widest=60,
    )  # fmt: skip
    left = "" if len(shown) == total else f", {count(len(shown), 'montrée')}"
    yield f"{count(total, 'action')} à faire{left}."
