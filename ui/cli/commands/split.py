"""Two records that were merged made two again, on the command line."""

from collections.abc import Iterator

import click

from crm.duplicates.merging import Split
from crm.duplicates.merging import split as split_records
from ui.cli.command import Command, Session, pass_session


@click.command(cls=Command, rank=207)
@click.argument("merged", metavar="FUSION")
@pass_session
def split(session: Session, merged: str) -> None:
    """Défaire une fusion : les deux fiches redeviennent ce qu'elles étaient.

    FUSION est le numéro de l'acte (« reseau28 history ») ou l'identifiant d'une des deux fiches. Ce qui a changé depuis
    reste, et est dit.
    """
    done = split_records(session.network(), merged)
    since = [{"id": each.id, "name": each.caption, "reason": each.reason} for each in done.since]
    session.give(
        {"kept": done.kept, "other": done.other, "reversed": done.reversed, "since": since}, lambda: _text(done)
    )


def _text(done: Split) -> Iterator[str]:
    yield f"Séparées : {done.kept} et {done.other} ont de nouveau chacune leur fiche."
    for each in done.since:
        yield f"  gardé : {each.caption}, {each.reason} · {each.id}"
