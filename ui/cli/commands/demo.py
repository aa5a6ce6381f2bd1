"""The demonstration network on the command line."""

from datetime import date

import click

from crm.demo import Size, fill
from crm.network.rights import Right
from graph_schema.exchanges import Exchange
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import progress
from ui.cli.values import Choice, DayParameter, Whole


@click.command(cls=Command, rank=20)
@click.option(
    "--size",
    type=Choice(Size),
    metavar="TAILLE",
    help="S (sinon), M (10 000 organisations) ou L (100 000).",
)
@click.option("--seed", type=Whole(0), metavar="N", help="Une autre graine donne un autre réseau (28).")
@click.option(
    "--on", type=DayParameter(), metavar="JOUR", help="À la date du (AAAA-MM-JJ ou jj/mm/aaaa ; sinon aujourd'hui)."
)
@pass_session
def demo(session: Session, size: Size | None, seed: int | None, on: date | None) -> None:
    """Remplir un réseau vide avec des partenaires et des personnes inventés ; interrompu, il reprend où il en était."""
    network = session.network(create=True)
    with progress("Réseau de démonstration") as report:
        filled = fill(network, size=size, seed=seed, on=on, progress=report)
    info = network.read(lambda tx: tx.info(), Right.READ)
    counts = network.read(lambda tx: {type: tx.count(type) for type in (Organisation.TYPE, Person.TYPE, Exchange.TYPE)})
    session.give(
        {"size": filled.size, "seed": filled.seed, "on": filled.on, "address": info.address,
         "nodes": info.nodes, "links": info.links,
         "organisations": counts[Organisation.TYPE], "people": counts[Person.TYPE], "exchanges": counts[Exchange.TYPE]},
        lambda: [
            f"Réseau de démonstration prêt dans {info.address} : {count(counts[Organisation.TYPE], 'organisation')},"
            f" {count(counts[Person.TYPE], 'personne')}, {count(counts[Exchange.TYPE], 'échange')}."
        ],
    )  # fmt: skip
