"""How fresh relations are, on the command line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from crm.analytics.freshness import Freshness, State
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.output import table
from ui.cli.values import Choice, limit_option, on_option


@click.command(cls=Command, rank=140)
@on_option
@click.option("--state", type=Choice(State), metavar="ÉTAT", help="frais, à surveiller, à relancer ou jamais.")
@click.option("--people", is_flag=True, help="Les personnes plutôt que les organisations.")
@limit_option
@pass_session
def freshness(session: Session, on: date, state: State | None, people: bool, limit: int | None) -> None:
    """Dire la fraîcheur de chaque relation, la moins fraîche d'abord."""
    measured = measures_on(session.network(), on)
    wanted = measured.freshness_of_people if people else measured.freshness
    kept = [each for each in wanted.values() if state is None or (each.state is state and not each.closed)]
    items = sorted(kept, key=lambda each: (-each.state.rank, -(each.days or 0), each.name, each.id))[:limit]
    session.give({"on": on, "items": [_freshness(each) for each in items]}, lambda: _freshness_text(items, kept))


def _freshness(each: Freshness) -> dict[str, Any]:
    return {
        "id": each.id, "name": each.name, "tier": each.tier, "state": each.state,
        "last_exchange": each.last_exchange, "days": each.days, "reason": each.reason,
        "ideal": each.ideal, "maximum": each.maximum, "chased_on": each.chased_on, "owner": each.owner,
        "closed": each.closed, "opposed": each.opposed,
    }  # fmt: skip


def _freshness_text(items: Sequence[Freshness], kept: Sequence[Freshness]) -> Iterator[str]:
    yield from table(
        ("NOM", "RANG", "ÉTAT", "JOURS", "POURQUOI"),
        ((each.name, each.tier.value, each.state.label, each.days, each.reason) for each in items),
        widest=70,
    )
    states = Counter(each.state for each in kept if not each.closed)
    yield " · ".join(f"{state.label} : {states[state]}" for state in State)
