"""Who can introduce us, on the command line."""

from datetime import date
from typing import Any

import click

from crm.analytics.introductions import Introduction
from crm.measures.introductions import introductions
from ui.cli.command import Command, Session, pass_session
from ui.cli.values import Whole, on_option


@click.command(cls=Command, rank=200)
@click.argument("id", metavar="ID")
@on_option
@click.option("--limit", type=Whole(1), default=3, metavar="N", help="Les N meilleurs chemins (3).")
@pass_session
def introduce(session: Session, id: str, on: date, limit: int) -> None:
    """Dire qui peut vous introduire auprès d'une organisation ou d'une personne."""
    name, ways = introductions(session.network(), id, on, limit)
    nobody = f"Personne, dans votre réseau, ne mène à {name}."
    session.give(
        {"id": id, "name": name, "on": on, "paths": [_way(way) for way in ways]},
        lambda: [way.sentence for way in ways] or [nobody],
    )


def _way(way: Introduction) -> dict[str, Any]:
    return {
        "first": way.first, "state": way.state, "cost": way.cost, "sentence": way.sentence,
        "steps": [{"source": s.source, "target": s.target, "link": s.link.type if s.link else None} for s in way.steps],
    }  # fmt: skip
