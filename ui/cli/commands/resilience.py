"""What is lost if a person leaves, on the command line."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from crm.analytics.resilience import OwnerShare, Resilience, owners
from crm.analytics.resilience import resilience as find_weak_points
from crm.measures.measuring import Measures
from graph_schema.wording import number, plural
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.values import on_option


@click.command(cls=Command, rank=160)
@on_option
@pass_session
def resilience(session: Session, on: date) -> None:
    """Dire ce qui tient à une seule personne ou à un seul lien."""
    measured = measures_on(session.network(), on)
    found, shares = find_weak_points(measured.relations), owners(measured.relations)
    session.give(_resilience(found, shares, on), lambda: _resilience_text(measured, found, shares))


def _resilience(found: Resilience, shares: Sequence[OwnerShare], on: date) -> dict[str, Any]:
    return {
        "on": on,
        "dependences": [
            {
                "id": d.id,
                "name": d.name,
                "type": d.node_type,
                "lost": d.lost,
                "backup": d.backup,
                "sentence": d.sentence,
            }
            for d in found.dependences
        ],
        "bridges": [
            {"source": b.source, "target": b.target, "lost": b.lost, "sentence": b.sentence} for b in found.bridges
        ],
        "single": [{"organisation": organisation, "person": person} for organisation, person in found.single],
        "owners": [
            {"owner": s.owner, "partners": s.partners, "share": s.share, "sentence": s.sentence} for s in shares
        ],
    }


def _resilience_text(measured: Measures, found: Resilience, shares: Sequence[OwnerShare]) -> Iterator[str]:
    yield from (each.sentence for each in found.dependences)
    yield from (each.sentence for each in found.bridges)
    yield from (each.sentence for each in shares)
    if found.single:
        where = plural(len(found.single), "partenaire")
        yield f"{number(len(found.single))} {where} où une seule personne vous connaît :"
        yield from (f"  – {measured.relations.row(o).name} : {measured.relations.row(p).name}" for o, p in found.single)
    if not (found.dependences or found.bridges or found.single):
        yield "Rien ne tient à une seule personne ni à un seul lien."
