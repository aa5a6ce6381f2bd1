"""Full-text search on the command line, in records and in documents."""

from collections.abc import Iterator
from typing import Any

import click

from crm.records.search import Hit
from crm.records.search import search as find
from crm.vault import finding
from crm.vault.finding import DocumentHit, DocumentSearch
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import table
from ui.cli.summaries import summary
from ui.cli.values import Whole


@click.command(cls=Command, rank=90)
@click.argument("text", metavar="TEXTE…", nargs=-1, required=True)
@click.option("--limit", type=Whole(1), default=20, metavar="N", help="Les N meilleures réponses (20).")
@pass_session
def search(session: Session, text: tuple[str, ...], limit: int) -> None:
    """Chercher dans toutes les fiches et dans les documents que vous pouvez ouvrir, accents et casse indifférents."""
    network, words = session.network(), " ".join(text)
    hits, within = find(network, words, limit=limit), finding.find(network, words, limit)
    document = {
        "items": [_found(hit) for hit in hits], "documents": [_passage(each) for each in within.found],
        "unread": within.unread,
    }  # fmt: skip
    session.give(document, lambda: [*_hits(hits, within), *_passages(within)])


def _found(hit: Hit) -> dict[str, Any]:
    values = hit.record.values
    return {**summary(hit.record), "city": values.get("city"), "siret": values.get("siret")}


def _passage(found: DocumentHit) -> dict[str, Any]:
    return {**summary(found.record), "page": found.page, "excerpt": found.excerpt}


def _passages(within: DocumentSearch) -> Iterator[str]:
    """What documents say, below the records."""
    if within.found:
        yield ""
        rows = ((_name(each.record), str(each.page), each.excerpt, each.record.id) for each in within.found)
        yield from table(("DANS LE DOCUMENT", "PAGE", "EXTRAIT", "IDENTIFIANT"), rows)
    if within.unread:
        yield f"{count(within.unread, 'document plus ancien', 'documents plus anciens')} non lus."


def _name(record: NodeRecord) -> str:
    return SCHEMA.nodes[record.type].caption(record.values)


def _hits(hits: list[Hit], within: DocumentSearch) -> Iterator[str]:
    rows = (
        (hit.caption, SCHEMA.nodes[hit.record.type].about.label, hit.record.values.get("city"), hit.record.id)
        for hit in hits
    )
    yield from table(("NOM", "FICHE", "VILLE", "IDENTIFIANT"), rows)
    if not hits and not within.found:
        yield "Rien ne répond à cette recherche."
