"""The doctor on the command line."""

import click

from crm.upkeep import doctor as doctors
from ui import settings
from ui.cli.command import Command, Session, pass_session
from ui.cli.failures import FAULTS_FOUND


@click.command(cls=Command, rank=320)
@pass_session
@click.pass_context
def doctor(ctx: click.Context, session: Session) -> None:
    """Vérifier que tout est en place ici, et dire quoi faire sinon."""
    place = session.place()
    checks = doctors.examine(place.store, place.password, settings.home(), place.heads(), place.vault)
    faults = doctors.faults(checks)
    session.give(
        {"ok": not faults, "faults": [fault._asdict() for fault in faults]},
        lambda: [
            f"{'À VOIR' if c.fault else 'bon   '}  {c.fault.message if c.fault else f'{c.name} : {c.seen}'}"
            for c in checks
        ],
    )
    if faults:
        ctx.exit(FAULTS_FOUND)
