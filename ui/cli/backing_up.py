"""A backup as commands write it, what they say it lacks, and what is altered of what was backed up or copied."""

from collections.abc import Iterator
from pathlib import Path

from crm.faults import Fault, bounded, how_many
from crm.ledger import verdicts
from crm.network import Network
from crm.upkeep import backup as backups
from graph_schema.wording import count
from ui.cli.output import progress

_NAMED = 20
"""So many faults of what was copied are printed; the JSON document holds those beyond."""


def lacking(kept: backups.BackedUp) -> Iterator[str]:
    """What of the vault is not in a backup."""
    if kept.lacking:
        named = ", ".join(f"{digest[:12]}…" for digest in kept.lacking)
        yield f"Il y manque {count(len(kept.lacking), 'fichier')} de preuve : {named}. Lancez « reseau28 verify »."


def back_up(network: Network, file: Path, *, any_version: bool = False) -> backups.BackedUp:
    """Write a backup of a network into a new file, with its progress."""
    with progress("Sauvegarde") as report:
        return backups.backup(network, file, report, any_version=any_version)


def altered(network: Network, doing: str) -> list[Fault]:
    """What of a network is altered, the files of its proofs set apart; ``doing`` names this in the progress."""
    with progress(doing) as report:
        return verdicts.of_journal(network, report)


def of_altered(faults: list[Fault], what: str) -> Iterator[str]:
    """That ``what`` was copied is altered: how many faults, and the first ones; nothing where there is none."""
    if faults:
        told = f"{what} altéré, et l'est comme lui : {count(how_many(faults), 'défaut')}"
        yield f"{told}. Gardez les sauvegardes d'avant ; « reseau28 verify » les nomme tous."
        yield from (fault.message for fault in bounded(faults, _NAMED))
