"""A backup as commands write it, and what they say it lacks."""

from collections.abc import Iterator
from pathlib import Path

from crm.network import Network
from crm.upkeep import backup as backups
from graph_schema.wording import count
from ui.cli.output import progress


def lacking(kept: backups.BackedUp) -> Iterator[str]:
    """What of the vault is not in a backup."""
    if kept.lacking:
        named = ", ".join(f"{digest[:12]}…" for digest in kept.lacking)
        yield f"Il y manque {count(len(kept.lacking), 'fichier')} de preuve : {named}. Lancez « reseau28 verify »."


def back_up(network: Network, file: Path, *, any_version: bool = False) -> backups.BackedUp:
    """Write a backup of a network into a new file, with its progress."""
    with progress("Sauvegarde") as report:
        return backups.backup(network, file, report, any_version=any_version)
