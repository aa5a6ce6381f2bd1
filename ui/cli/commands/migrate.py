"""Data of an older schema brought to this one, on the command line."""

from pathlib import Path

import click

from crm import days
from crm.ledger import reached
from crm.network.rights import Right
from crm.upkeep import migrate as migrations
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.wording import count, plural
from ui import settings
from ui.cli.backing_up import back_up, lacking
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import progress, say


@click.command(cls=Command, rank=310)
@pass_session
def migrate(session: Session) -> None:
    """Mettre d'anciennes données au schéma de ce logiciel, après une sauvegarde."""
    network = session.network(any_version=True)
    version = network.read(lambda tx: tx.info().schema_version, Right.ADMIN)
    steps = len(migrations.pending(version))
    lowered = reached.lowered(network) if steps else []
    for fault in lowered:
        say(fault.message)
    file = _backup_name(session, version) if steps else None
    if file:
        kept = back_up(network, file, any_version=True)
        say(f"Sauvegarde faite avant la migration : {file}")
        for sentence in lacking(kept):
            say(sentence)
        with progress("Migration") as report:
            migrations.migrate(network, progress=report)
    session.give(
        {"from": version, "to": SCHEMA_VERSION, "steps": steps, "backup": str(file) if file else None,
         "faults": [fault._asdict() for fault in lowered]},
        lambda: [
            f"{count(steps, 'étape')} {plural(steps, 'appliquée')} : schéma {SCHEMA_VERSION}."
            if steps
            else "Les données sont déjà à jour."
        ],
    )  # fmt: skip


def _backup_name(session: Session, version: int) -> Path:
    """Beside the data, or in the data folder when they are on a server."""
    place = session.place()
    name = f"avant-migration-{version}-{days.here(days.now()):%Y%m%d-%H%M%S}.db"
    if place.on_server:
        return settings.make_home() / name
    path = Path(place.store).expanduser()
    return path.with_name(f"{path.stem}-{name}")
