"""Proving the journal on the command line: receipts, and the verification against them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from crm import receipts, timestamps, verdicts
from crm.days import moment
from crm.faults import bounded
from crm.receipts import Receipt
from crm.timestamps import Stamp
from crm.verdicts import Verdicts
from graph_schema.wording import count
from ui import settings
from ui.cli.command import Command, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.output import progress, say

_SHOWN = 200
"""So many faults are printed; the JSON document holds those beyond."""


@click.command(cls=Command)
@click.option("--out", metavar="FICHIER", help="L'écrire dans un nouveau fichier, que « verify --receipt » relit.")
@pass_session
def receipt(session: Session, out: str | None) -> None:
    """Donner un reçu du journal, à garder ailleurs : il prouvera que rien n'en a été retiré ni réécrit."""
    issued = receipts.issue(session.network(any_version=True))
    server, certificates = settings.time_stamps()
    if server:
        issued = timestamps.stamped(issued, server, certificates)
    stamp = timestamps.check(issued, certificates) if server and certificates else None
    if out:
        receipts.write(issued, Path(out).expanduser())
    session.give({**receipts.document(issued), "file": out}, lambda: _receipt_text(issued, stamp, out))


def _receipt_text(issued: Receipt, stamp: Stamp | None, out: str | None) -> Iterator[str]:
    yield f"Reçu du {moment(issued.at)}"
    yield f"  réseau {issued.dataset}"
    yield f"  {count(issued.number, 'commit')}, {count(issued.nodes, 'fiche')}, {count(issued.links, 'lien')}"
    yield f"  empreinte du commit {issued.number} : {issued.digest}"
    if issued.token:
        yield f"  {stamp.words}" if stamp else "  horodaté, sans que RESEAU28_TSA_CERTIFICATES dise par qui"
    if out:
        yield f"Écrit dans {out} : gardez-le ailleurs que les données."


@click.command(cls=Command)
@click.option("--receipt", "file", metavar="FICHIER", help="Un reçu : rien avant lui n'a été retiré ni réécrit.")
@click.option("--accept", is_flag=True, help="Admettre le réseau tel qu'il est ici, malgré ce que cette machine a vu.")
@pass_session
@click.pass_context
def verify(ctx: click.Context, session: Session, file: str | None, accept: bool) -> None:
    """Recalculer toute la chaîne du journal, comparer chaque fiche, et dire ce qui est attesté."""
    held = receipts.read(Path(file).expanduser()) if file else None
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
        },
        "faults": [fault._asdict() for fault in found.faults],
        "remarks": [remark._asdict() for remark in found.remarks],
    }
