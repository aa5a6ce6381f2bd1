"""The network month by month, on the command line."""

from datetime import date

import click

from crm.measures.growth import monthly
from graph_schema.wording import short_date
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.output import table
from ui.cli.values import on_option


@click.command(cls=Command, rank=190)
@on_option
@pass_session
def growth(session: Session, on: date) -> None:
    """Dire la croissance du réseau, mois par mois."""
    network = session.network()
    points = monthly(network, measures_on(network, on))
    heads = ("AU", "ACTIFS", "FRAIS", "LIENS", "ÉCHANGES DU MOIS")
    session.give(
        {"on": on, "points": [point._asdict() for point in points]},
        lambda: table(heads, ((short_date(each.on), *each[1:]) for each in points)),
    )
