"""A backup, on the command line."""

from pathlib import Path

import click

from crm.ledger import receipts
from graph_schema.wording import count
from ui.cli.backing_up import back_up, lacking
from ui.cli.command import Command, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.values import Out


@click.command(cls=Command, rank=290)
@click.argument("file", type=Out(), metavar="FICHIER")
@pass_session
@click.pass_context
def backup(ctx: click.Context, session: Session, file: Path) -> None:
    """Sauvegarder tout le réseau et ses preuves dans un nouveau fichier, même pendant qu'on y travaille.

    Un fichier de preuve absent ou altéré est nommé, et la commande finit par le code 1.
    """
    kept = back_up(session.network(), file)
    receipt = str(receipts.beside(file))
    session.give(
        {"file": str(file), "commits": kept.commits, "lacking": kept.lacking, "receipt": receipt},
        lambda: [
            f"Sauvegarde faite : {file} ({count(kept.commits, 'acte')}).",
            f"Son reçu, à garder ailleurs : {receipt}",
            *lacking(kept),
        ],
    )
    if kept.lacking:
        ctx.exit(FAULTS_FOUND)
