"""Where the files of a network are, and whether what is there is its vault.

Beside a file: the folder ``NAME.vault``. For a network on a server: the folder that ``RESEAU28_VAULT`` names, the same
for every instance. A vault says whose it is (the dataset) and which it is (an id that the proofs in it name too): one
of another network is refused, and so is a second one that another instance would fill beside the first.
"""

import json
import secrets
from pathlib import Path
from typing import Any, NamedTuple

from crm import private
from crm.errors import ConflictError, InputError, StoreError
from crm.locks import held
from crm.network import Network
from crm.store.protocol import Condition, Op, Query, ReadTransaction
from crm.store.sqlite.store import SqliteStore
from crm.system_errors import reason
from crm.vault.files import Vault, make_folder, sync

VARIABLE = "RESEAU28_VAULT"
MARKER, _LOCK = "vault.json", "vault.lock"
_FORMAT = 1
_PATIENCE = 30.0


class Marker(NamedTuple):
    """What a vault says of itself."""

    id: str
    dataset: str


def folder_of(network: Network) -> Path | None:
    """Where the network's vault is or would be; None for one on a server whose vault nobody has named.

    Raises ``InputError`` for an address that is not a folder.
    """
    if isinstance(network.store, SqliteStore):
        return beside(network.store.path)
    if not network.vault:
        return None
    if "://" in network.vault:
        raise InputError(
            f"« {network.vault} » n'est pas un dossier : {VARIABLE} attend celui que partagent toutes les instances.",
            field="vault", code="vault_address",
        )  # fmt: skip
    return Path(network.vault).expanduser().absolute()


def beside(file: Path) -> Path:
    """The vault of the network in ``file``."""
    return file.with_name(f"{file.name}.vault")


def vault_of(network: Network) -> Vault:
    """The network's vault, made on first use.

    Raises ``InputError`` where none is named for a network on a server, ``ConflictError`` for the vault of another
    network or another vault than the one that holds this network's proofs, ``StoreError`` when it cannot be reached.
    """
    folder = _folder(network)
    dataset, known = network.store.read(lambda tx: (tx.dataset(), known_vault(tx)))
    private.sweep(folder)
    if known is None:
        marked(folder, Marker(secrets.token_hex(8), dataset))
    return open_vault(folder, dataset, known)


def existing(network: Network) -> Vault | None:
    """The network's vault to be looked at; None where there is none and none is missed. Raises as ``vault_of``."""
    folder = folder_of(network)
    dataset, known = network.store.read(lambda tx: (tx.dataset(), known_vault(tx)))
    if folder is None or (not known and marker_of(folder) is None):
        return None
    return open_vault(folder, dataset, known)


def accept(network: Network) -> Vault:
    """Take the folder where the network's vault should be as its vault, whatever was lost with the former one.

    Raises ``ConflictError`` when it is the vault of another network, ``InputError`` where none is named.
    """
    folder = _folder(network)
    dataset, known = network.store.read(lambda tx: (tx.dataset(), known_vault(tx)))
    there = marker_of(folder)
    if there is None or there.dataset == dataset:
        marked(folder, Marker(known or secrets.token_hex(8), dataset), again=True)
    return open_vault(folder, dataset, known)


def open_vault(folder: Path, dataset: str, known: str | None) -> Vault:
    """The vault in ``folder`` of the network ``dataset``, whose proofs say that they are in the vault ``known``."""
    marker = marker_of(folder)
    if marker is None:
        raise StoreError(
            f"Le coffre de ce réseau n'est pas dans « {folder} » : remettez-y ses fichiers, ou lancez « reseau28"
            " evidence vault --accept » s'ils sont perdus.",
            code="vault_missing",
        )  # fmt: skip
    _require(folder, marker, dataset)
    if known not in (None, marker.id):
        raise other_vault(folder)
    return Vault(folder, marker.id)


def other_vault(folder: Path) -> ConflictError:
    """The error of an instance that has another vault than the network's proofs."""
    return ConflictError(
        f"Les preuves de ce réseau sont dans un autre coffre que « {folder} » : donnez à toutes les instances le même"
        f" dossier par {VARIABLE}.",
        code="vault_second",
    )


def known_vault(tx: ReadTransaction) -> str | None:
    """The id of the vault in which the network's proofs are; None as long as none has a file."""
    found = tx.find(Query("Evidence", (Condition("vault", Op.PRESENT),), limit=1)).items
    return str(found[0].values["vault"]) if found else None


def marker_of(folder: Path) -> Marker | None:
    """What the vault in ``folder`` says of itself; None where nothing is yet.

    Raises ``StoreError`` for a folder that holds anything else.
    """
    try:
        text = (folder / MARKER).read_text(encoding="utf-8")
    except FileNotFoundError:
        if folder.is_dir() and any(not each.name.startswith((".reseau28-", _LOCK)) for each in folder.iterdir()):
            raise _not_ours(folder) from None
        return None
    except (OSError, ValueError) as error:
        raise _unreadable(folder, error) from None
    try:
        said: dict[str, Any] = json.loads(text)
        marker, format = Marker(str(said["id"]), str(said["dataset"])), int(said["format"])
    except (ValueError, KeyError, TypeError):
        raise _not_ours(folder) from None
    if format > _FORMAT:
        raise _newer(folder)
    if text != _written(marker):
        raise _not_ours(folder)
    return marker


def marked(folder: Path, marker: Marker, *, again: bool = False) -> Marker:
    """Make ``folder`` a vault; returns what it says of itself, as another process may have made it one meanwhile.

    With ``again`` it says ``marker`` whatever it said before.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with held(folder / _LOCK, _PATIENCE):
            there = marker_of(folder)
            if there and not again:
                return there
            make_folder(folder)
            with private.part(folder) as part:
                part.write_text(_written(marker), encoding="utf-8")
                part.replace(folder / MARKER)
            sync(folder)
    except OSError as error:
        raise _unreadable(folder, error) from None
    return marker


def _written(marker: Marker) -> str:
    """The one way in which a vault says what it is: any other was not written by us."""
    return json.dumps({"format": _FORMAT, **marker._asdict()}, indent=2) + "\n"


def _folder(network: Network) -> Path:
    folder = folder_of(network)
    if folder is None:
        raise InputError(
            f"Ce réseau est sur un serveur et n'a pas de coffre : indiquez par {VARIABLE} un dossier que partagent"
            " toutes les instances.",
            field="vault", code="no_vault",
        )  # fmt: skip
    return folder


def _require(folder: Path, marker: Marker, dataset: str) -> None:
    if marker.dataset != dataset:
        raise ConflictError(
            f"« {folder} » est le coffre d'un autre réseau : indiquez celui de ce réseau, rien n'a été changé.",
            code="vault_other",
        )


def _unreadable(folder: Path, error: OSError | ValueError) -> StoreError:
    why = reason(error) if isinstance(error, OSError) else "illisible"
    return StoreError(
        f"Le coffre « {folder} » ne peut pas être lu ou écrit ({why}) : vérifiez sa place et ses droits.", code="vault"
    )


def _not_ours(folder: Path) -> StoreError:
    return StoreError(
        f"« {folder} » n'est pas un coffre de Réseau 28 : indiquez un dossier vide, ou celui du coffre.",
        code="vault_not_ours",
    )


def _newer(folder: Path) -> StoreError:
    return StoreError(
        f"Le coffre « {folder} » est d'une version plus récente de Réseau 28 : mettez le logiciel à jour.",
        code="vault_version",
    )
