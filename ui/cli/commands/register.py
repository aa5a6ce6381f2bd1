"""A list of the register on the command line, and as a file."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from crm.documents.gate import leave
from crm.documents.places import keep
from crm.errors import InputError
from crm.network.opposition import withheld
from crm.records import register as registers
from crm.records.register import Leaving, Register, Wanted
from crm.records.search import EVERYTHING
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import count
from ui import register_sheet
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import say, table
from ui.cli.values import Choice, Out, limit_option
from ui.fields import said

SORTS: Mapping[str, str] = {SCHEMA.nodes[type].about.plural.lower(): type for type in registers.TYPES}
"""The types of the register by what people call them."""


@click.command(cls=Command, rank=70)
@click.argument("sort", metavar="SORTE", type=Choice(SORTS))
@click.option("--text", metavar="TEXTE", default="", help="Dont la fiche contient ces mots.")
@click.option("--out", type=Out(), metavar="FICHIER", help="Écrire la liste dans un fichier .xlsx ou .csv.")
@limit_option
@pass_session
def register(session: Session, sort: str, text: str, out: Path | None, limit: int | None) -> None:
    """Énumérer ce que vous saisissez à côté des partenaires : conventions, réunions, personnes…"""
    ending = out.suffix.lower() if out else ""
    if out and ending not in (".xlsx", ".csv"):
        raise InputError(f"« {out.name} » : le nom du fichier doit finir par .xlsx ou .csv.", field="out")
    type, network = SORTS[sort], session.network()
    if out:
        kept = registers.leaving(network, Wanted(type, text))
        kept = kept._replace(records=kept.records[:limit])
        cleared = leave(network, out.name, lambda opposed: register_sheet.outgoing(type, kept, ending))
        keep(out, cleared, field="out")
        _tell(kept, out)
        session.give({"items": _items(type, kept.records)}, lambda: ())
        return
    found = registers.listing(network, Wanted(type, text, limit=limit or EVERYTHING))
    session.give(
        {"total": found.total, "items": _items(type, found.records)},
        lambda: _text(type, found),
    )


def _tell(kept: Leaving, out: Path) -> None:
    say(f"{count(len(kept.records), 'fiche')} dans {out}.")
    if kept.withheld:
        say(withheld(kept.withheld))


def _items(type: str, records: Sequence[NodeRecord]) -> list[dict[str, Any]]:
    node = SCHEMA.nodes[type]
    names = [field.name for field in node.typed]
    return [
        {"id": each.id, "name": node.caption(each.values), **{name: each.values.get(name) for name in names}}
        for each in records
    ]


def _text(type: str, found: Register) -> Iterator[str]:
    node, columns = SCHEMA.nodes[type], registers.columns(type)
    heads = ("NOM", *(field.about.label.upper() for field in columns), "IDENTIFIANT")
    rows = (
        (node.caption(each.values), *(said(field, each.values.get(field.name)) for field in columns), each.id)
        for each in found.records
    )
    yield from table(heads, rows)
    about = node.about
    least = " au moins" if found.more else ""
    shown = "" if len(found.records) == found.total else f", {count(len(found.records), 'montrée', 'montrées')}"
    yield f"{count(found.total, about.label.lower(), about.plural.lower())}{least}{shown}."
