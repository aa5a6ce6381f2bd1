"""The list of partners on the command line, with its filters."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from crm.analytics.freshness import Freshness, State
from crm.analytics.reach import touched
from crm.measures import Measures, measures
from crm.network import Network
from crm.search import search
from graph_schema.records import NodeRecord
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import Place, ancestors, fold, territory_id
from graph_schema.vocabularies import Family, Function, Kind
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import table
from ui.cli.territories import Territory
from ui.cli.values import Choice, limit_option, on_option

_FIELDS = ("acronym", "siren", "siret", "naf", "address", "postal_code", "city", "email", "phone", "website")


@click.command(cls=Command)
@click.option("--family", type=Choice(Family), metavar="FAMILLE", help="company, branch ou institution.")
@click.option("--kind", type=Choice(Kind), metavar="TYPE", help="Type de partenaire, par exemple entreprise ou iae.")
@click.option("--function", type=Choice(Function), metavar="FONCTION", help="Fonction, par exemple employeurs ou spe.")
@click.option("--state", type=Choice(State), metavar="ÉTAT", help="frais, à surveiller, à relancer ou jamais.")
@click.option("--territory", type=Territory(), metavar="TERRITOIRE", help="Siège ou action dans ce territoire.")
@click.option("--owner", metavar="NOM", help="Suivis par cette personne.")
@click.option("--text", metavar="TEXTE", help="Dont la fiche contient ces mots.")
@on_option
@limit_option
@pass_session
def partners(session: Session, /, text: str | None, on: date, limit: int | None, **filters: Any) -> None:
    """Énumérer les partenaires, par nom."""
    network = session.network()
    measured = measures(network, on)
    named = _named(network, text) if text is not None else None
    kept = [
        row for id, row in measured.relations.snapshot.organisations.items()
        if (named is None or id in named) and _keep(measured, row, **filters)
    ]  # fmt: skip
    rows = sorted(kept, key=lambda row: (fold(row.name), row.id))[:limit]
    records = network.read(lambda tx: tx.get(row.id for row in rows))
    fresh = measured.freshness
    session.give(
        {"on": on, "items": [item(row, fresh[row.id], records.get(row.id)) for row in rows]},
        lambda: _text(rows, fresh, records, len(kept)),
    )


def item(row: OrganisationRow, fresh: Freshness, record: NodeRecord | None) -> dict[str, Any]:
    """A partner as JSON."""
    values = record.values if record else {}
    return {
        "id": row.id, "name": row.name, "family": row.family, "kind": row.kind, "functions": list(row.roles),
        "tier": row.tier, "owner": row.owner, "commune": row.commune, "closed": row.closed, "tags": list(row.tags),
        **{field: values.get(field) for field in _FIELDS},
        "state": fresh.state, "last_exchange": fresh.last_exchange, "days": fresh.days,
    }  # fmt: skip


def _named(network: Network, text: str) -> set[str]:
    return {hit.record.id for hit in search(network, text, types=("Organisation",), limit=100_000)}


def _keep(
    measured: Measures, row: OrganisationRow, family: Family | None, kind: Kind | None, function: Function | None,
    state: State | None, territory: Place | None, owner: str | None,
) -> bool:  # fmt: skip
    return (
        (family is None or row.family is family)
        and (kind is None or row.kind is kind)
        and (function is None or function in row.roles)
        and (owner is None or fold(row.owner or "") == fold(owner))
        and (state is None or measured.freshness[row.id].state is state)
        and (territory is None or _is_in(measured, row, territory))
    )


def _is_in(measured: Measures, row: OrganisationRow, territory: Place) -> bool:
    """Whether it sits there, or serves that territory, a part of it, or a larger one."""
    around = {territory_id(*each) for each in ancestors(territory.level, territory.code)}
    return any(each in around for each in touched(measured.relations, row, territory.level))


def _text(
    rows: list[OrganisationRow], fresh: dict[str, Freshness] | Any, records: dict[str, NodeRecord], found: int
) -> Iterator[str]:
    yield from table(
        ("NOM", "TYPE", "VILLE", "FRAÎCHEUR", "JOURS", "RESPONSABLE", "IDENTIFIANT"),
        (
            (row.name, row.kind.label, records[row.id].values.get("city"), state.label, days, row.owner, row.id)
            for row, state, days in ((row, fresh[row.id].state, fresh[row.id].days) for row in rows)
        ),
    )  # fmt: skip
    if not rows:
        yield "Aucun partenaire ne répond à cette demande."
    else:
        shown = "" if len(rows) == found else f", {count(len(rows), 'montré')}"
        yield f"{count(found, 'partenaire')}{shown}."
