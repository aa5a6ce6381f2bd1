"""A backup, on the command line."""

from pathlib import Path

import click

from crm.ledger import receipts
from crm.vault import checking
from graph_schema.wording import count
from ui.cli.backing_up import altered, back_up, lacking, of_altered
from ui.cli.command import Command, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.values import Out


@click.command(cls=Command, rank=290)
@click.argument("file", type=Out(), metavar="FICHIER")
@pass_session
@click.pass_context
def backup(ctx: click.Context, session: Session, file: Path) -> None:
    """Sauvegarder tout le réseau et ses preuves dans un nouveau fichier, même pendant qu'on y travaille.

    La sauvegarde faite, le réseau est vérifié : un défaut du journal, des fiches ou du journal des accès est dit, comme
    un fichier de preuve absent ou altéré, et la commande finit alors par le code 1.
    """
    network = session.network()
    kept = back_up(network, file)
    faults, of_log = altered(network, "Vérification de ce qui est sauvegardé"), checking.access(network)
    receipt = str(receipts.beside(file))
    session.give(
        {"file": str(file), "commits": kept.commits, "lacking": kept.lacking, "receipt": receipt,
         "faults": [fault._asdict() for fault in (*faults, *of_log)]},
        lambda: [
            f"Sauvegarde faite : {file} ({count(kept.commits, 'acte')}).",
            f"Son reçu, à garder ailleurs : {receipt}",
            *lacking(kept),
            *of_altered(faults, "Cette sauvegarde est celle d'un réseau"),
            *(fault.message for fault in of_log),
        ],
    )  # fmt: skip
    if kept.lacking or faults or of_log:
        ctx.exit(FAULTS_FOUND)
