"""Backups: a whole network, history included, in one file that this software opens like any other store."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from crm import copying
from crm.errors import ConflictError, InputError, StoreError
from crm.network import Network
from crm.rights import Right
from crm.store import open_store
from crm.store.protocol import ReadTransaction
from crm.store.sqlite.backup import copy_file
from crm.store.sqlite.store import SqliteStore
from crm.system_errors import reason

Progress = Callable[[int, int], None]


def backup(network: Network, file: Path, progress: Progress = lambda done, total: None) -> int:
    """Keep the network as it is now in the new file ``file``; returns how many commits it holds.

    Others may go on writing: the backup holds whole commits up to one of them. It appears under its name once it is
    complete. Raises ``InputError`` for a file that exists, ``StoreError`` when it cannot be written.
    """
    network.actor.require(Right.ADMIN)
    if file.exists():
        raise InputError(
            f"« {file} » existe déjà : donnez un autre nom, rien n'a été écrit.", field="file", code="exists"
        )
    if isinstance(network.store, SqliteStore):
        copy_file(network.store, file, progress)
    else:
        _copy_commits(network, file, progress)
    with closing(open_store(str(file), create=False, any_version=True)) as store:
        return store.read(_length)


def restore(file: Path, network: Network, progress: Progress = lambda done, total: None) -> int:
    """Put the network kept in ``file`` into the empty ``network``; returns how many commits.

    A restore that was interrupted goes on where it stopped. Raises ``InputError`` when the destination holds anything
    else (nothing is changed then), ``StoreError`` when ``file`` is not a whole backup.
    """
    network.actor.require(Right.ADMIN)
    with closing(open_store(str(file), create=False)) as store:
        source = Network(store, network.actor)
        if 0 < network.store.read(_length) < store.read(_length):
            with suppress(ConflictError):  # something else that happens to be shorter
                return copying.copy(source, network, progress)
        copying.require_empty(network)
        return copying.copy(source, network, progress)


def _length(tx: ReadTransaction) -> int:
    """How many commits there are."""
    return tx.head().number


def _copy_commits(network: Network, file: Path, progress: Progress) -> None:
    """Copy commit by commit into a file that takes its name once it is whole."""
    part = file.with_name(f"{file.name}.part")
    _discard(part)
    try:
        version = network.store.read(lambda tx: tx.info().schema_version)
        with closing(open_store(str(part))) as store:
            copying.copy(network, Network(store, network.actor), progress)
            store.write(lambda tx: tx.set_schema_version(version))
        part.replace(file)
    except OSError as error:
        raise StoreError(
            f"« {file} » ne peut pas être écrit ({reason(error)}) : choisissez un autre endroit."
        ) from None
    finally:
        _discard(part)


def _discard(part: Path) -> None:
    """Remove what an interrupted backup leaves behind."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            part.with_name(f"{part.name}{suffix}").unlink()
