"""Which schema the journal shows its data to have reached, whatever the store says: one that says less was lowered.

A store says by one number which schema its data follow, and nothing seals that number: lowered, it would pass data of
today off as older ones, of which less can be verified. The chain of the journal seals what contradicts it.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson

from crm.faults import Fault
from crm.network import Network
from crm.network.rights import Right
from crm.network.work import UnitOfWork
from crm.store.journal import VERSION
from crm.store.protocol import CommitText, ReadTransaction, WriteTransaction
from graph_schema.migrations import SEALED_SINCE
from graph_schema.records import SCHEMA_REACHED

MIGRATION = "migration"
"""The source of the commits of a migration: only they may be of the journal's newest version before its last step."""


def reached(tx: ReadTransaction) -> int:
    """The newest schema that the journal shows: 0 where it shows none. All commits are gone through."""
    return max(map(_shown, tx.commit_texts()), default=0)


def faults(tx: ReadTransaction, version: int, shown: int) -> Iterator[Fault]:
    """The fault of data that say to be of the schema ``version`` where the journal has ``shown`` a newer one."""
    if version < shown:
        message = (
            f"Les données se disent du schéma {version}, alors que leur journal montre le schéma {shown} : leur version"
            " a été abaissée ; « reseau28 migrate » la rétablit."
        )
        yield Fault("schema_lowered", str(version), message)


def lowered(network: Network) -> list[Fault]:
    """The fault of data whose version was lowered, if it was. Raises ``Forbidden`` for who may not migrate."""
    return network.read(lambda tx: list(faults(tx, tx.info().schema_version, reached(tx))), Right.ADMIN)


def record(network: Network, version: int, reason: str) -> None:
    """Record that the data now follow the schema ``version``, in the store and, where it is new, in the journal."""
    if network.read(reached, Right.ADMIN) >= version:
        network.store.write(partial(_set, version))
        return

    def work(unit: UnitOfWork) -> None:
        unit.tx.set_schema_version(version)

    network.commit(
        reason, work, source=MIGRATION, detail={SCHEMA_REACHED: version}, right=Right.ADMIN, mark=True
    )  # fmt: skip


def _set(version: int, tx: WriteTransaction) -> None:
    tx.set_schema_version(version)


def _shown(commit: CommitText) -> int:
    if commit.version != VERSION:
        return 0
    said = detail_of(commit).get(SCHEMA_REACHED)
    return max(said if said.__class__ is int else 0, SEALED_SINCE if commit.source != MIGRATION else 0)


def detail_of(commit: CommitText) -> dict[str, Any]:
    """What the detail of a commit says; nothing where it is not as we write it."""
    try:
        found = orjson.loads(commit.detail)
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
