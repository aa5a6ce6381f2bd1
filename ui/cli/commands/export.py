"""The network as a file that people keep or send, on the command line."""

from collections.abc import Iterator
from datetime import date

import click

from crm.canvas.layout import layout
from crm.canvas.scene import LIMIT, Scene
from crm.canvas.starts import territory
from crm.canvas.state import DEEPEST
from crm.documents.gate import leave
from crm.documents.pictures import written
from crm.documents.places import keep, place
from crm.documents.whole import around as scene_around
from crm.documents.whole import whole
from crm.network.opposition import withheld
from graph_schema.wording import count, listing, plural
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.values import Whole, on_option
from ui.exports.formats import DRAWN, FORMATS

_EVERYTHING = 2**31
_DEPTH = 2


@click.command(cls=Command, rank=210)
@click.argument("file", metavar="FICHIER")
@click.option("--around", "id", metavar="ID", help="Autour de cette fiche ou de ce territoire (sinon tout le réseau).")
@click.option(
    "--depth",
    type=Whole(1, DEEPEST),
    metavar="N",
    help=f"Avec --around : jusqu'à N liens, de 1 à {DEEPEST} ({_DEPTH}).",
)
@on_option
@pass_session
def export(session: Session, file: str, id: str | None, depth: int | None, on: date) -> None:
    """Écrire le réseau dans un fichier : page (.html), dessin (.svg) ou données (.gexf, .graphml).

    Une page ou un dessin montre au plus 300 fiches, les mieux reliées ; les données n'ont pas cette limite. Un fichier
    du même nom est remplacé. Qui s'est opposé aux exports n'est dans aucun fichier, et n'y est pas compté.
    """
    path, ending = place(file, FORMATS)
    if depth is not None and id is None:
        raise click.UsageError("--depth va avec --around : dites autour de quelle fiche.")
    network = session.network()
    limit = LIMIT if ending in DRAWN else _EVERYTHING
    measured = measures_on(network, on)
    scene = scene_around(network, measured, id, depth or _DEPTH, limit) if id else whole(network, measured, limit)
    positions = layout(scene) if len(scene.nodes) <= LIMIT else {}
    made = written(scene, lambda kept: FORMATS[ending](kept, positions, _title(kept, id)))
    replaced = keep(path, leave(network, path.name, lambda opposed: made))
    session.give(
        {"file": file, "format": ending, "nodes": len(scene.nodes), "links": len(scene.links),
         "left_out": scene.left_out, "withheld": scene.withheld},
        lambda: _text(scene, file, replaced),
    )  # fmt: skip


def _title(scene: Scene, id: str | None) -> str:
    if id is None:
        return "Le réseau de partenaires"
    place = territory(id)
    names = [node.caption for node in scene.nodes if node.id == id] or [place.name if place else id]
    return f"Autour de {names[0]}"


def _text(scene: Scene, file: str, replaced: bool) -> Iterator[str]:
    holds = listing([count(len(scene.nodes), "fiche"), count(len(scene.links), "lien")])
    yield f"{file} {'remplacé' if replaced else 'écrit'} : {holds}."
    if scene.withheld:
        yield withheld(scene.withheld)
    if scene.left_out:
        yield (
            f"{count(scene.left_out, 'fiche')} de plus n'y {plural(scene.left_out, 'est', 'sont')} pas : au-delà de"
            f" {LIMIT}, une image ne se lit plus. Les formats .gexf et .graphml n'ont pas cette limite."
        )
