"""Two records of one partner made one, on the command line."""

from collections.abc import Iterator

import click

from crm.duplicates.comparing import SideBySide
from crm.duplicates.merging import Merged, beside
from crm.duplicates.merging import merge as merge_records
from graph_schema.registry import SCHEMA
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.fields import said


@click.command(cls=Command, rank=206)
@click.argument("kept", metavar="ID")
@click.argument("other", metavar="AUTRE")
@click.option(
    "--take", multiple=True, metavar="CHAMP", help="Garder pour ce champ la valeur de la seconde fiche (répétable)."
)
@pass_session
def merge(session: Session, kept: str, other: str, take: tuple[str, ...]) -> None:
    """Fusionner la fiche AUTRE dans la fiche ID, qui garde son identifiant ; « reseau28 split » les sépare.

    Liens, rôles, dates et preuves de l'autre passent à la première ; ses valeurs remplissent ce qui y est vide.
    """
    network = session.network()
    comparison = beside(network, kept, other)
    seen = (comparison.kept.revision, comparison.other.revision)
    done = merge_records(network, kept, other, take, seen)
    differing = [pair.field.name for pair in comparison.differing if pair.field.name not in take]
    session.give(
        {**done.value._asdict(), "commit": done.commit.number if done.commit else None, "differing": differing},
        lambda: _text(done.value, comparison, differing),
    )


def _text(done: Merged, comparison: SideBySide, differing: list[str]) -> Iterator[str]:
    caption = SCHEMA.nodes[comparison.kept.type].caption(comparison.kept.values)
    yield f"Fusionnées : « {caption} » garde {done.kept}, où mène désormais {done.other}."
    yield f"  {count(done.moved, 'lien')} de l'autre fiche, {count(done.folded, 'lien')} en double réunis."
    for pair in comparison.differing:
        if pair.field.name in differing:
            kept, other = (said(pair.field, value) for value in (pair.kept, pair.other))
            yield f"  {pair.field.about.label} : « {kept} » gardé, non « {other} » (--take {pair.field.name})"
    yield f"Pour les séparer : reseau28 split {done.other}"
