"""Two days of the network compared on the command line."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from crm import days
from crm.measures.comparison import Changed, Comparison, Movement, compared
from graph_schema.wording import count, long_date
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.output import table
from ui.cli.values import Choice, DayParameter, limit_option


@click.command(cls=Command, rank=180)
@click.argument("before", metavar="JOUR", type=DayParameter())
@click.argument("after", metavar="[JOUR]", type=DayParameter(), required=False)
@click.option(
    "--change",
    type=Choice(Movement),
    metavar="CHANGEMENT",
    help="arrived (devenus actifs), gone (devenus inactifs), cooled (refroidis) ou warmed (réchauffés).",
)
@click.option("--people", is_flag=True, help="Les personnes plutôt que les organisations.")
@limit_option
@pass_session
def compare(
    session: Session, before: date, after: date | None, change: Movement | None, people: bool, limit: int | None
) -> None:
    """Dire qui est devenu ou n'est plus actif, refroidi ou réchauffé, d'un jour à l'autre (sinon, à aujourd'hui)."""
    first, last = sorted((before, after or days.today()))
    network = session.network()
    found = compared(measures_on(network, first), measures_on(network, last))
    items = [each for term in Movement if change in (None, term) for each in found.of(term, people)][:limit]
    session.give(_document(found, items, people), lambda: _text(found, items, people))


def _document(found: Comparison, items: list[Changed], people: bool) -> dict[str, Any]:
    return {
        "before": found.before.on,
        "after": found.after.on,
        "counts": {change: len(found.of(change, people)) for change in Movement},
        "items": [
            {
                "id": each.id, "name": each.name, "change": each.change, "before": each.before, "after": each.after,
                "reason": each.reason,
            }
            for each in items
        ],
    }  # fmt: skip


def _text(found: Comparison, items: list[Changed], people: bool) -> Iterator[str]:
    yield from table(
        ("CHANGEMENT", "NOM", "AVANT", "APRÈS", "POURQUOI"),
        ((each.change.of(people), each.name, each.before.label, each.after.label, each.reason) for each in items),
        widest=70,
    )
    noun = "personne" if people else "partenaire"
    numbers = (f"{change.of(people)} : {count(len(found.of(change, people)), noun)}" for change in Movement)
    yield f"Du {long_date(found.before.on)} au {long_date(found.after.on)}. {' · '.join(numbers)}"
