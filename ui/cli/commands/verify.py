"""The verification of the journal and all that is kept, on the command line, against a receipt."""

from pathlib import Path
from typing import Any

import click

from crm.faults import bounded
from crm.ledger import receipts, verdicts
from crm.ledger.verdicts import Verdicts
from ui import settings
from ui.cli.command import Command, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.output import progress, say

_SHOWN = 200
"""So many faults are printed; the JSON document holds those beyond."""


@click.command(cls=Command, rank=250)
@click.option("--receipt", "file", metavar="FICHIER", help="Un reçu : rien avant lui n'a été retiré ni réécrit.")
@click.option("--accept", is_flag=True, help="Admettre le réseau tel qu'il est ici, malgré ce que cette machine a vu.")
@pass_session
@click.pass_context
def verify(ctx: click.Context, session: Session, file: str | None, accept: bool) -> None:
    """Recalculer toute la chaîne du journal, comparer chaque fiche, et dire ce qui est attesté."""
    held = receipts.read(Path(file).expanduser()) if file is not None else None
    network = session.network(any_version=True)
    if accept:
        verdicts.accept(network)
    with progress("Vérification du journal") as report:
        found = verdicts.judge(network, held, report, settings.time_stamps()[1])
    for remark in found.remarks:
        say(remark.message)
    session.give(
        _document(found), lambda: [*(fault.message for fault in bounded(found.faults, _SHOWN)), *found.sentences()]
    )
    if found.faults:
        ctx.exit(FAULTS_FOUND)


def _document(found: Verdicts) -> dict[str, Any]:
    return {
        "ok": not found.faults,
        "verdicts": {
            "intact": found.intact,
            "complete": found.complete,
            "receipt": receipts.document(found.receipt) if found.receipt else None,
            "timestamp": found.stamp._asdict() if found.stamp else None,
            "unanchored_since": found.since,
            "unanchored_commits": found.unattested,
            "access": {"intact": not found.vault, "lines": found.access.number if found.access else 0},
        },
        "faults": [fault._asdict() for fault in found.faults],
        "remarks": [remark._asdict() for remark in found.remarks],
    }
