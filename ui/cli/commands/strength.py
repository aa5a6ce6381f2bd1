"""How strong the network is, on the command line: groups, pivots, isolated partners, on how few it rests."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from crm.analytics.isolation import Lack
from crm.analytics.strength import Strength
from graph_schema.wording import number
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.values import on_option

_SHOWN = 10


@click.command(cls=Command, rank=170)
@on_option
@pass_session
def strength(session: Session, on: date) -> None:
    """Dire les groupes du réseau, qui les relie, qui est isolé, et sur combien vous reposez."""
    found = measures_on(session.network(), on).strength
    session.give(_document(found, on), lambda: _text(found))


def _document(found: Strength, on: date) -> dict[str, Any]:
    return {
        "on": on,
        "groups": [
            {
                "number": g.number, "name": g.name, "function": g.function, "place": g.place, "active": g.active,
                "organisations": g.organisations, "people": g.people, "advice": g.advice,
            }
            for g in found.groups
        ],
        "pivots": [
            {
                "id": p.id, "name": p.name, "type": p.node_type, "groups": p.groups,
                "participation": p.participation, "relay": p.relay, "sentence": p.sentence,
            }
            for p in found.pivots
        ],
        "isolated": [
            {"id": i.id, "name": i.name, "lack": i.lack, "active": i.active, "advice": i.advice}
            for i in found.isolated
        ],
        "concentrations": [
            {
                "subject": c.subject, "total": c.total, "herfindahl": c.herfindahl, "equivalent": c.equivalent,
                "shares": [{"id": s.id, "name": s.name, "number": s.number, "share": s.share} for s in c.shares],
                "sentence": c.sentence,
            }
            for c in found.concentrations
        ],
    }  # fmt: skip


def _text(found: Strength) -> Iterator[str]:
    for group in found.groups[:_SHOWN]:
        where = f" ({group.place})" if group.place else ""
        yield f"{group.name}{where}. {group.advice}"
    yield from _rest(len(found.groups), "groupes")
    yield from (pivot.sentence for pivot in found.pivots[:_SHOWN])
    yield from _rest(len(found.pivots), "pivots")
    for lack in Lack:
        those = [each for each in found.isolated if each.lack is lack]
        if those:
            yield f"{lack.label} ({number(len(those))}) :"
            yield from (f"  – {each.name} : {each.advice}" for each in those[:_SHOWN])
            yield from _rest(len(those), "partenaires")
    yield from (f"{each.subject.label} : {each.sentence}" for each in found.concentrations)
    if not (found.groups or found.pivots or found.isolated or found.concentrations):
        yield "Rien à mesurer : aucun partenaire n'est encore lié à quoi que ce soit."


def _rest(total: int, noun: str) -> Iterator[str]:
    if total > _SHOWN:
        yield f"… {number(total)} {noun} en tout (--json les donne tous)."
