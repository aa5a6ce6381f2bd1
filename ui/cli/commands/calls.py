"""Whom to call, on the command line and as files for spreadsheets and calendars."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from crm.documents.calls import FORMATS, draft, told
from crm.documents.gate import leave
from crm.documents.places import keep
from crm.errors import InputError
from crm.measures import calls as call_lists
from crm.measures.calls import Line
from graph_schema.snapshot import Engagement
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.output import say, table
from ui.cli.values import Out, limit_option, on_option


@click.command(cls=Command, rank=130)
@on_option
@click.option("--owner", metavar="NOM", help="Les partenaires que suit cette personne.")
@click.option(
    "--out", type=Out(), metavar="FICHIER",
    help="Écrire la liste dans un fichier .xlsx, .csv ou .ics (l'agenda : cette semaine et la suivante).",
)  # fmt: skip
@limit_option
@pass_session
def calls(session: Session, on: date, owner: str | None, out: Path | None, limit: int | None) -> None:
    """Dire qui appeler, dans quel ordre et pourquoi."""
    ending = _format(out) if out else ""
    network = session.network()
    measured = measures_on(network, on)
    plan = call_lists.plan(network, measured, owner)
    _, days = call_lists.planned(plan.days)
    found = call_lists.call_list(measured)
    due = found.of(owner)
    lines = call_lists.lines(network, measured, due[:limit], days)
    if out:
        document = leave(network, out.name, lambda opposed: draft(network, measured, lines, ending))
        keep(out, document, field="out")
        say(f"{count(len(told(lines, ending)), 'relance')} dans {out}.")
    session.give(
        {
            "on": on,
            "owner": owner,
            "total": len(due),
            "states": found.states(owner),
            "items": [_item(line) for line in lines],
            "ending": _ending(found.ending),
        },
        lambda: () if out else _text(lines, len(due)),
    )


def _format(out: Path) -> str:
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise InputError(f"« {out.name} » : le nom du fichier doit finir par {', '.join(FORMATS)}.", field="out")
    return ending


def _ending(ending: Sequence[Engagement]) -> list[dict[str, Any]]:
    """The agreements that end soon, whoever follows their parties, the first to end first."""
    parties: dict[str, list[str]] = {}
    for each in ending:
        parties.setdefault(each.subject, []).append(each.organisation)
    ends = {each.subject: each.ends for each in ending}
    return [{"agreement": id, "ends": ends[id], "partners": some} for id, some in parties.items()]


def _item(line: Line) -> dict[str, Any]:
    measured, person, due = line.call.freshness, line.call.person, line.call.due
    return {
        "id": line.row.id, "name": line.row.name, "tier": line.row.tier, "owner": line.row.owner,
        "commune": line.row.commune, "state": measured.state, "days": measured.days, "maximum": measured.maximum,
        "last_exchange": measured.last_exchange, "value": due.value, "lateness": due.lateness, "score": due.score,
        "reason": line.call.reason, "person": person.id if person else None,
        "person_name": person.name if person else None, "role": line.call.role,
        "phone": line.phone or None, "email": line.email or None, "planned_on": line.day,
    }  # fmt: skip


def _text(lines: Sequence[Line], found: int) -> Iterator[str]:
    if not lines:
        yield "Personne à contacter : rien n'est à relancer ici."
        return
    yield from table(
        ("PARTENAIRE", "JOURS", "QUI APPELER", "TÉLÉPHONE", "RESPONSABLE", "POURQUOI"),
        (
            (
                line.row.name, line.call.freshness.days, line.call.person.name if line.call.person else None,
                line.phone, line.row.owner, line.call.reason,
            )
            for line in lines
        ),
        widest=60,
    )  # fmt: skip
    shown = "" if len(lines) == found else f", {count(len(lines), 'montré')}"
    yield f"{count(found, 'partenaire')} à contacter{shown}."
