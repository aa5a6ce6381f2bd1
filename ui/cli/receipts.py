"""Proving the journal on the command line: receipts, and the verification against them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from crm.days import moment
from crm.faults import bounded
from crm.files import private
from crm.ledger import chain as chains
from crm.ledger import facts, receipts, timestamps, verdicts
from crm.ledger.facts import Handed
from crm.ledger.receipts import Receipt
from crm.ledger.timestamps import Stamp
from crm.ledger.verdicts import Verdicts
from graph_schema.wording import count
from ui import settings
from ui.cli.command import Command, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.output import progress, say
from ui.cli.values import Out

_VERIFIER = "Vérificateur écrit dans {0} : « python {0} {1} », sur n'importe quelle machine."
_SHOWN = 200
"""So many faults are printed; the JSON document holds those beyond."""


@click.command(cls=Command)
@click.option(
    "--out", type=Out(), metavar="FICHIER", help="L'écrire dans un nouveau fichier, que « verify --receipt » relit."
)
@click.option(
    "--chain", type=Out(), metavar="FICHIER", help="Écrire la chaîne du journal : ses empreintes, sans aucun contenu."
)
@click.option(
    "--verifier", type=Out(), metavar="FICHIER", help="Écrire le programme, sans Réseau 28, qui vérifie une chaîne."
)
@pass_session
def receipt(session: Session, out: Path | None, chain: Path | None, verifier: Path | None) -> None:
    """Donner un reçu du journal, à garder ailleurs : il prouvera que rien n'en a été retiré ni réécrit."""
    private.check_new(*filter(None, (out, chain, verifier)))
    if verifier and not (out or chain):
        chains.write_verifier(verifier)
        session.give({"verifier": str(verifier)}, lambda: [_VERIFIER.format(verifier, "CHAINE")])
        return
    network = session.network(any_version=True)
    issued = receipts.issue(network)
    server, certificates = settings.time_stamps()
    if server:
        issued = timestamps.stamped(issued, server, certificates)
    stamp = timestamps.check(issued, certificates) if server and certificates else None
    if out:
        receipts.write(issued, out)
    if chain:  # after the receipt, which it must not stop short of
        with progress("Chaîne du journal") as report:
            chains.write(network, chain, report)
    if verifier:
        chains.write_verifier(verifier)
    files = {"file": out, "chain": chain, "verifier": verifier}
    written = {name: str(file) if file else None for name, file in files.items()}
    session.give({**receipts.document(issued), **written}, lambda: _receipt_text(issued, stamp, written))


def _receipt_text(issued: Receipt, stamp: Stamp | None, written: Mapping[str, str | None]) -> Iterator[str]:
    yield f"Reçu du {moment(issued.at)}"
    yield f"  réseau {issued.dataset}"
    yield f"  {count(issued.number, 'acte')}, {count(issued.nodes, 'fiche')}, {count(issued.links, 'lien')}"
    yield f"  empreinte de l'acte {issued.number} : {issued.digest}"
    if issued.access:
        yield f"  journal des accès : {count(issued.access.count, 'ligne')}, empreinte {issued.access.digest}"
    if issued.token:
        yield f"  {stamp.words}" if stamp else "  horodaté, sans que RESEAU28_TSA_CERTIFICATES dise par qui"
    if written["file"]:
        yield f"Écrit dans {written['file']} : gardez-le ailleurs que les données."
    if written["chain"]:
        yield f"Chaîne écrite dans {written['chain']} : des empreintes, sans contenu, motif ni nom."
    if written["verifier"]:
        yield _VERIFIER.format(written["verifier"], written["chain"] or "CHAINE")


@click.command(cls=Command)
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
            "access": {"intact": not found.vault, "lines": found.access.number if found.access else 0},
        },
        "faults": [fault._asdict() for fault in found.faults],
        "remarks": [remark._asdict() for remark in found.remarks],
    }
