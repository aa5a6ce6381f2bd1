"""Facts of the journal handed to someone, from the command line."""

from collections.abc import Iterator
from pathlib import Path

import click

from crm.ledger import facts
from crm.ledger.facts import Handed
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.cli.values import Out


@click.command(cls=Command, rank=270)
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@click.option("--out", type=Out(), metavar="FICHIER", required=True, help="Le nouveau fichier à remettre.")
@click.option("--links", is_flag=True, help="Remettre aussi les liens de ces fiches.")
@pass_session
def fact(session: Session, ids: tuple[str, ...], out: Path, links: bool) -> None:
    """Remettre ce que le journal dit de quelques fiches, pour le prouver à qui en a la chaîne."""
    handed = facts.write(session.network(any_version=True), ids, out, links)
    session.give({**handed._asdict(), "file": str(out)}, lambda: _fact_text(handed, out, links))


def _fact_text(handed: Handed, out: Path, links: bool) -> Iterator[str]:
    too = " (liens compris)" if links else ""
    yield f"Écrit dans {out} : {count(handed.changes, 'changement')}, {count(handed.records, 'fiche')}{too}."
    if handed.redacted:
        yield f"  dont effacés du journal, l'acte seul se prouve : {count(handed.redacted, 'changement')}"
    if handed.unproven:
        yield f"  dont de version 1, que la chaîne annonce sans les prouver : {count(handed.unproven, 'changement')}"
    yield "Ce fichier porte leurs contenus : ne le remettez qu'à qui doit les lire."
