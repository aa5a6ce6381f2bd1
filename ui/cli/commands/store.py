"""What a store holds, and copies of it, on the command line."""

from collections.abc import Iterator
from typing import Any

import click

from crm.errors import InputError
from crm.network.rights import Right
from crm.store.protocol import StoreInfo, Strangers
from crm.upkeep import copying
from crm.upkeep.doctor import told
from crm.vault import checking
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.wording import count
from ui.cli.backing_up import altered, of_altered
from ui.cli.command import CommandGroup, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.output import progress

_KINDS = {"sqlite": "fichier SQLite", "neo4j": "serveur Neo4j"}


@click.group(cls=CommandGroup, rank=280)
def store() -> None:
    """Voir où sont les données, et les copier ailleurs."""


@store.command("info")
@pass_session
def info(session: Session) -> None:
    """Dire où est le réseau et combien il contient."""
    found, strangers = session.network(any_version=True).read(lambda tx: (tx.info(), tx.strangers()), Right.READ)
    session.give(_info(found, strangers), lambda: _info_text(found, strangers))


def _info(found: StoreInfo, strangers: Strangers) -> dict[str, Any]:
    return {
        "kind": found.kind, "address": found.address, "dataset": found.dataset, "schema_version": found.schema_version,
        "nodes": found.nodes, "links": found.links, "commits": found.head.number, "digest": found.head.digest,
        "strangers": strangers._asdict(),
    }  # fmt: skip


def _info_text(found: StoreInfo, strangers: Strangers) -> Iterator[str]:
    yield f"{_KINDS.get(found.kind, found.kind)} : {found.address}"
    yield f"  {count(found.nodes, 'fiche')}, {count(found.links, 'lien')}, {count(found.head.number, 'acte')}"
    yield f"  schéma {found.schema_version} (ce logiciel : {SCHEMA_VERSION}) · réseau {found.dataset}"
    if any(strangers):
        yield f"  à côté : {told(strangers)}"


@store.command("copy")
@click.argument("source", metavar="DE")
@click.argument("target", metavar="VERS")
@pass_session
@click.pass_context
def copy(ctx: click.Context, session: Session, source: str, target: str) -> None:
    """Copier un réseau, son journal et les fichiers de ses preuves ; une copie interrompue continue.

    Le journal et les fiches copiés sont vérifiés : leurs défauts sont dits, comme un fichier qui n'a pas pu suivre, et
    la commande finit alors par le code 1.
    """
    places = session.place(source), session.place(target)
    if places[0].same_as(places[1]):
        raise InputError("La source et la destination sont les mêmes données.", field="target")
    origin = session.network_at(places[0], create=False)
    if file := places[1].file:
        copying.require_place(origin, file)
    with progress("Copie") as report:
        there = session.network_at(places[1], create=True)
        copied = copying.copy_whole(origin, there, report)
    of_journal, lacking = altered(there, "Vérification de la copie"), checking.faults(there, contents=False)
    faults = [*of_journal, *lacking]
    sentences = [*of_altered(of_journal, "La copie est celle d'un journal"), *(fault.message for fault in lacking)]
    session.give(
        {"copied": copied, "from": source, "to": target, "faults": [fault._asdict() for fault in faults]},
        lambda: [f"{count(copied, 'acte')} : copie terminée.", *sentences],
    )
    if faults:
        ctx.exit(FAULTS_FOUND)
