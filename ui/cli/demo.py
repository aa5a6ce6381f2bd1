"""The demonstration network on the command line."""

from datetime import date

import click

from crm.demo import Size, fill
from crm.rights import Right
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.cli.output import progress
from ui.cli.values import Choice, Whole, on_option


@click.command(cls=Command)
@click.option(
    "--size",
    type=Choice(Size),
    default=Size.S,
    metavar="TAILLE",
    help="S (sinon), M (10 000 organisations) ou L (100 000).",
)
@click.option("--seed", type=Whole(0), default=28, metavar="N", help="Une autre graine donne un autre réseau (28).")
@on_option
@pass_session
def demo(session: Session, size: Size, seed: int, on: date) -> None:
    """Remplir un réseau vide avec des partenaires et des personnes inventés."""
    network = session.network(create=True)
    with progress("Réseau de démonstration") as report:
        fill(network, size=size, seed=seed, on=on, progress=report)
    info = network.read(lambda tx: tx.info(), Right.READ)
    counts = network.read(lambda tx: {type: tx.count(type) for type in ("Organisation", "Person", "Exchange")})
    session.give(
        {"size": size, "seed": seed, "on": on, "address": info.address, "nodes": info.nodes, "links": info.links,
         "organisations": counts["Organisation"], "people": counts["Person"], "exchanges": counts["Exchange"]},
        lambda: [
            f"Réseau de démonstration prêt dans {info.address} : {count(counts['Organisation'], 'organisation')},"
            f" {count(counts['Person'], 'personne')}, {count(counts['Exchange'], 'échange')}."
        ],
    )  # fmt: skip
