"""Receipts on the command line: the few lines, kept away, that prove the journal."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from crm.days import moment
from crm.files import private
from crm.ledger import chain as chains
from crm.ledger import receipts, timestamps
from crm.ledger.receipts import Receipt
from crm.ledger.timestamps import TimeStamp
from graph_schema.wording import count
from ui import settings
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import progress
from ui.cli.values import Out

_VERIFIER = "Vérificateur écrit dans {0} : « python {0} {1} », sur n'importe quelle machine."


@click.command(cls=Command, rank=260)
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


def _receipt_text(issued: Receipt, stamp: TimeStamp | None, written: Mapping[str, str | None]) -> Iterator[str]:
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
