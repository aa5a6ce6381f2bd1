"""Looking after data on the command line: what a store holds, copies, backups, migrations."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from crm import days
from crm.errors import InputError
from crm.ledger import reached, receipts
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import StoreInfo, Strangers
from crm.upkeep import backup as backups
from crm.upkeep import copying
from crm.upkeep import migrate as migrations
from crm.upkeep.doctor import told
from crm.vault import checking, packed
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.wording import count, plural
from ui import settings
from ui.cli.command import Command, Group, Session, pass_session
from ui.cli.failures import FAULTS_FOUND
from ui.cli.output import progress, say
from ui.cli.values import Out

_KINDS = {"sqlite": "fichier SQLite", "neo4j": "serveur Neo4j"}


@click.group(cls=Group)
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

    Un fichier qui n'a pas pu suivre est nommé, et la commande finit par le code 1.
    """
    places = session.place(source), session.place(target)
    if places[0].store == places[1].store:
        raise InputError("La source et la destination sont les mêmes données.", field="target")
    origin = session.network_at(places[0], create=False)
    with progress("Copie") as report:
        there = session.network_at(places[1], create=True)
        copied = copying.copy_whole(origin, there, report)
    faults = checking.faults(there, contents=False)
    session.give(
        {"copied": copied, "from": source, "to": target, "faults": [fault._asdict() for fault in faults]},
        lambda: [f"{count(copied, 'acte')} : copie terminée.", *(fault.message for fault in faults)],
    )
    if faults:
        ctx.exit(FAULTS_FOUND)


@click.command(cls=Command)
@click.argument("file", type=Out(), metavar="FICHIER")
@pass_session
@click.pass_context
def backup(ctx: click.Context, session: Session, file: Path) -> None:
    """Sauvegarder tout le réseau et ses preuves dans un nouveau fichier, même pendant qu'on y travaille.

    Un fichier de preuve absent ou altéré est nommé, et la commande finit par le code 1.
    """
    kept = _backup(session.network(), file)
    receipt = str(receipts.beside(file))
    session.give(
        {"file": str(file), "commits": kept.commits, "lacking": kept.lacking, "receipt": receipt},
        lambda: [
            f"Sauvegarde faite : {file} ({count(kept.commits, 'acte')}).",
            f"Son reçu, à garder ailleurs : {receipt}",
            *_lacking(kept),
        ],
    )
    if kept.lacking:
        ctx.exit(FAULTS_FOUND)


def _lacking(kept: backups.Kept) -> Iterator[str]:
    """What of the vault is not in a backup."""
    if kept.lacking:
        named = ", ".join(f"{digest[:12]}…" for digest in kept.lacking)
        yield f"Il y manque {count(len(kept.lacking), 'fichier')} de preuve : {named}. Lancez « reseau28 verify »."


def _backup(network: Network, file: Path, *, any_version: bool = False) -> backups.Kept:
    with progress("Sauvegarde") as report:
        return backups.backup(network, file, report, any_version=any_version)


@click.command(cls=Command)
@click.argument("file", metavar="FICHIER")
@click.option("--replace", is_flag=True, help="À la place du réseau présent, mis de côté (jamais effacé).")
@pass_session
@click.pass_context
def restore(ctx: click.Context, session: Session, file: str, replace: bool) -> None:
    """Remettre une sauvegarde en place, là où il n'y a encore rien ou, avec --replace, à la place de ce qui est là.

    Ce qui est remis est vérifié : chaque défaut, de la sauvegarde aussi, est dit, et la commande finit alors par le
    code 1.
    """
    kept, aside = Path(file).expanduser(), None
    with progress("Restauration") as report:
        if replace:
            path = _file(session)
            heads = session.place().heads()
            brought, aside = backups.replace(kept, path, settings.local_actor(), report, heads)
        else:
            backups.check(kept)
            brought = backups.restore(kept, session.network(create=True), report)
    if aside:
        say(f"Ce qui était là est maintenant dans « {aside} ».")
    with progress("Vérification du réseau restauré") as report:
        restored = session.network(any_version=True)
        faults = packed.told(kept, restored, verify(restored, report))
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


@click.command(cls=Command)
@pass_session
def migrate(session: Session) -> None:
    """Mettre d'anciennes données au schéma de ce logiciel, après une sauvegarde."""
    network = session.network(any_version=True)
    version = network.read(lambda tx: tx.info().schema_version, Right.ADMIN)
    steps = len(migrations.pending(version))
    for fault in reached.lowered(network) if steps else ():
        say(fault.message)
    file = _backup_name(session, version) if steps else None
    if file:
        kept = _backup(network, file, any_version=True)
        say(f"Sauvegarde faite avant la migration : {file}")
        for sentence in _lacking(kept):
            say(sentence)
        with progress("Migration") as report:
            migrations.migrate(network, progress=report)
    session.give(
        {"from": version, "to": SCHEMA_VERSION, "steps": steps, "backup": str(file) if file else None},
        lambda: [
            f"{count(steps, 'étape')} {plural(steps, 'appliquée')} : schéma {SCHEMA_VERSION}."
            if steps
            else "Les données sont déjà à jour."
        ],
    )


def _backup_name(session: Session, version: int) -> Path:
    """Beside the data, or in the data folder when they are on a server."""
    place = session.place()
    name = f"avant-migration-{version}-{days.here(days.now()):%Y%m%d-%H%M%S}.db"
    if place.on_server:
        return settings.make_home() / name
    path = Path(place.store).expanduser()
    return path.with_name(f"{path.stem}-{name}")
