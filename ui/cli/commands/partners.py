"""The list of partners on the command line, with its filters."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from crm.analytics.freshness import State
from crm.documents.gate import leave
from crm.documents.places import keep
from crm.errors import InputError
from crm.measures.measuring import Measures
from crm.measures.partners import Filters, ListedPartner, Listing, Order, listing
from crm.network import Network
from crm.records.search import partners_found
from graph_schema.records import NodeRecord
from graph_schema.territory import Place, fold
from graph_schema.vocabularies import Family, Function, Kind
from graph_schema.wording import count
from ui import partners_sheet
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.output import say, table
from ui.cli.territories import PlaceParameter
from ui.cli.values import Choice, Out, limit_option, on_option

_FIELDS = ("acronym", "siren", "siret", "naf", "address", "postal_code", "city", "email", "phone", "website")


@click.command(cls=Command, rank=60)
@click.option("--family", type=Choice(Family), metavar="FAMILLE", help="company, branch ou institution.")
@click.option("--kind", type=Choice(Kind), metavar="TYPE", help="Type de partenaire, par exemple entreprise ou iae.")
@click.option("--function", type=Choice(Function), metavar="FONCTION", help="Fonction, par exemple employeurs ou spe.")
@click.option("--state", type=Choice(State), metavar="ÉTAT", help="frais, à surveiller, à relancer ou jamais.")
@click.option("--territory", type=PlaceParameter(), metavar="TERRITOIRE", help="Siège ou action dans ce territoire.")
@click.option("--owner", metavar="NOM", help="Suivis par cette personne.")
@click.option("--text", metavar="TEXTE", help="Dont la fiche contient ces mots.")
@click.option("--out", type=Out(), metavar="FICHIER", help="Écrire la liste dans un fichier .xlsx ou .csv.")
@click.option(
    "--column",
    "columns",
    type=Choice(Order),
    metavar="COLONNE",
    multiple=True,
    help=f"Colonne du fichier de --out, plusieurs fois ; toutes sinon : {', '.join(Order)}.",
)
@on_option
@limit_option
@pass_session
def partners(
    session: Session, /, text: str | None, out: Path | None, columns: tuple[Order, ...], on: date, limit: int | None,
    **filters: Any,
) -> None:  # fmt: skip
    """Énumérer les partenaires, par nom."""
    ending = out.suffix.lower() if out else ""
    if out and ending not in partners_sheet.ENDINGS:
        raise InputError(f"« {out.name} » : le nom du fichier doit finir par .xlsx ou .csv.", field="out")
    network = session.network()
    measured = measures_on(network, on)
    found = listing(measured, _wanted(network, measured, text, **filters), limit=limit)
    if out:
        shown = columns or tuple(Order)
        keep(out, leave(network, out.name, lambda _: partners_sheet.outgoing(found.partners, shown, on, ending)), "out")
        say(f"{count(len(found.partners), 'partenaire')} dans {out}.")
    records = network.read(lambda tx: tx.get(partner.row.id for partner in found.partners))
    session.give(
        {"on": on, "items": [item(each, records.get(each.row.id)) for each in found.partners]},
        lambda: () if out else _text(found, records),
    )


def item(partner: ListedPartner, record: NodeRecord | None) -> dict[str, Any]:
    """A partner as JSON."""
    row, fresh, activity = partner
    values = record.values if record else {}
    return {
        "id": row.id, "name": row.name, "family": row.family, "kind": row.kind, "functions": list(row.roles),
        "tier": row.tier, "owner": row.owner, "commune": row.commune, "closed": row.closed, "tags": list(row.tags),
        **{field: values.get(field) for field in _FIELDS},
        "state": fresh.state, "standing": activity.standing, "last_exchange": fresh.last_exchange, "days": fresh.days,
    }  # fmt: skip


def _wanted(
    network: Network, measured: Measures, text: str | None, territory: Place | None, owner: str | None, **terms: Any
) -> Filters:
    """What the options keep; words that nothing bears, or an owner who follows nobody, keep nobody."""
    chosen: dict[str, Any] = {name: frozenset({term}) for name, term in terms.items() if term is not None}
    if owner is not None:
        owners = listing(measured, limit=1).counts["owner"]
        chosen["owner"] = frozenset(name for name in owners if fold(name) == fold(owner)) or frozenset({owner})
    if text is not None:
        chosen |= {"text": text, "found": partners_found(network, text)}
    return Filters(territory=territory, **chosen)


def _text(found: Listing, records: Mapping[str, NodeRecord]) -> Iterator[str]:
    yield from table(
        ("NOM", "TYPE", "VILLE", "FRAÎCHEUR", "JOURS", "RESPONSABLE", "IDENTIFIANT"),
        (
            (
                row.name,
                row.kind.label,
                records[row.id].values.get("city"),
                fresh.state.label,
                fresh.days,
                row.owner,
                row.id,
            )
            for row, fresh, _ in found.partners
        ),
    )
    if not found.partners:
        yield "Aucun partenaire ne répond à cette demande."
    else:
        shown = "" if len(found.partners) == found.total else f", {count(len(found.partners), 'montré')}"
        yield f"{count(found.total, 'partenaire')}{shown}."
