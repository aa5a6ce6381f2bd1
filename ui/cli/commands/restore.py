"""A backup put in place, on the command line."""

from pathlib import Path

import click

from crm.errors import InputError
from crm.ledger import receipts
from crm.ledger.verify import verify
from crm.upkeep import backup as backups
from crm.vault import packed
from graph_schema.wording import count
from ui import settings
from ui.cli.command import Command, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.output import progress, say


@click.command(cls=Command, rank=300)
@click.argument("file", metavar="FICHIER")
@click.option("--replace", is_flag=True, help="À la place du réseau présent, mis de côté (jamais effacé).")
@pass_session
@click.pass_context
def restore(ctx: click.Context, session: Session, file: str, replace: bool) -> None:
    """Remettre une sauvegarde en place, là où il n'y a encore rien ou, avec --replace, à la place de ce qui est là.

    Ce qui est remis est vérifié, et comparé au reçu resté à côté de la sauvegarde : chaque défaut, de la sauvegarde
    aussi, est dit, et la commande finit alors par le code 1.
    """
    kept, aside = Path(file).expanduser(), None
    with progress("Restauration") as report:
        if replace:
            path = _file(session)
            heads = session.place().heads()
            brought, aside = backups.replace(kept, path, settings.local_actor(), report, heads)
        else:
            backups.check(kept, session.place().file)
            brought = backups.restore(kept, session.network(create=True), report)
    if aside:
        say(f"Ce qui était là est maintenant dans « {aside} ».")
    with progress("Vérification du réseau restauré") as report:
        restored = session.network(any_version=True)
        found = packed.told(kept, restored, verify(restored, report))
    faults = [*found, *receipts.of_backup(kept, restored)]
    session.give(
        {"file": file, "commits": brought, "aside": str(aside) if aside else None,
         "faults": [fault._asdict() for fault in faults]},
        lambda: [f"Réseau restauré ({count(brought, 'acte')}).", *(fault.message for fault in faults)],
    )  # fmt: skip
    if faults:
        ctx.exit(FAULTS_FOUND)


def _file(session: Session) -> Path:
    """The file that is to be replaced."""
    place = session.place()
    if place.on_server:
        raise InputError(
            "--replace met de côté un fichier ; sur un serveur Neo4j, restaurez dans une base vide.", field="replace"
        )
    if place.store == str(settings.default_store()):
        settings.make_home()
    return Path(place.store).expanduser().absolute()
