"""Where the files of a network are, and whether what is there is its vault.

Beside a file: the folder ``NAME.vault``. For a network on a server: the folder or the bucket that ``RESEAU28_VAULT``
names, the same for every instance. A vault says whose it is (the dataset) and which it is (an id that the proofs in it
name too): one of another network is refused, and so is a second one that another instance would fill beside the first.
"""

import json
import secrets
from pathlib import Path
from typing import Any, NamedTuple

from crm.errors import ConflictError, InputError, StoreError
from crm.network import Network
from crm.network.shared import shared
from crm.store.protocol import ReadTransaction
from crm.store.sqlite.store import SqliteStore
from crm.vault.files import Vault
from crm.vault.folder import Folder
from crm.vault.medium import Medium, told, unreadable
from graph_schema.evidence import Evidence

VARIABLE = "RESEAU28_VAULT"
MARKER = "vault.json"
_ACCEPT = "« reseau28 evidence vault --accept »"
_FORMAT = 1
_LONGEST = 4 << 10


class Marker(NamedTuple):
    """What a vault says of itself."""

    id: str
    dataset: str


def medium_of(network: Network) -> Medium | None:
    """Where the network's vault is or would be; None for one on a server whose vault nobody has named.

    Raises ``InputError`` for an address that is neither a folder nor a bucket.
    """
    if isinstance(network.store, SqliteStore):
        return Folder(beside(network.store.path))
    if not network.vault:
        return None
    if "://" in network.vault:
        from crm.vault.bucket import bucket_at  # loads only where a bucket is used

        return bucket_at(network.vault)
    return Folder(Path(network.vault).expanduser().absolute())


def beside(file: Path) -> Path:
    """The vault of the network in ``file``."""
    return file.with_name(f"{file.name}.vault")


def vault_of(network: Network) -> Vault:
    """The network's vault, made on first use.

    Raises ``InputError`` where none is named for a network on a server, ``ConflictError`` for the vault of another
    network or another vault than the one that holds this network's proofs, ``StoreError`` when it cannot be reached.
    """
    medium = medium_named(network)
    dataset, known = network.store.read(lambda tx: (tx.dataset(), known_vault(tx)))
    medium.sweep()
    if known is None:
        marked(medium, Marker(secrets.token_hex(8), dataset))
    return open_vault(medium, dataset, known)


def existing(network: Network) -> Vault | None:
    """The network's vault to be looked at; None where there is none and none is missed. Raises as ``vault_of``."""
    medium = medium_of(network)
    dataset, known = network.store.read(lambda tx: (tx.dataset(), known_vault(tx)))
    if medium is None or (not known and marker_of(medium) is None):
        return None
    return open_vault(medium, dataset, known)


def open_vault(medium: Medium, dataset: str, known: str | None) -> Vault:
    """The vault in ``medium`` of the network ``dataset``, whose proofs say that they are in the vault ``known``."""
    marker = marker_of(medium)
    if marker is None:
        raise StoreError(
            f"Le coffre de ce réseau n'est pas dans « {medium.address} » : remettez-y ses fichiers, ou lancez {_ACCEPT}"
            " s'ils sont perdus.",
            code="vault_missing",
        )
    _require(medium, marker, dataset)
    if known not in (None, marker.id):
        raise other_vault(medium)
    return Vault(medium, marker.id)


def other_vault(medium: Medium) -> ConflictError:
    """The error of an instance that has another vault than the network's proofs."""
    return ConflictError(
        f"Les preuves de ce réseau sont dans un autre coffre que « {medium.address} » : remettez celui-là ({VARIABLE}"
        f" sur un serveur, le même pour toutes les instances), ou lancez {_ACCEPT} si c'est désormais celui-ci.",
        code="vault_second",
    )


def known_vault(tx: ReadTransaction) -> str | None:
    """The id of the vault in which the network's proofs are; None as long as none has a file."""
    return shared(tx, Evidence.TYPE, "vault")


def marker_of(medium: Medium) -> Marker | None:
    """What the vault in ``medium`` says of itself; None where nothing is yet.

    Raises ``StoreError`` for a place that holds anything else.
    """
    with told(medium):
        content = medium.read(MARKER, _LONGEST)
        if content is None and not medium.is_blank():
            raise _not_ours(medium)
    if content is None:
        return None
    try:
        said: dict[str, Any] = json.loads(content)
        marker, format = Marker(str(said["id"]), str(said["dataset"])), int(said["format"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _not_ours(medium) from None
    if format > _FORMAT:
        raise _newer(medium)
    if content != written(marker):
        raise _not_ours(medium)
    return marker


def marked(medium: Medium, marker: Marker, *, again: bool = False) -> Marker:
    """Make ``medium`` a vault; returns what it says of itself, as another process may have made it one meanwhile.

    With ``again`` it says ``marker`` whatever it said before. Raises ``StoreError`` for a medium on which two
    processes may take one name: they would write over each other's lines of the access log.
    """
    with told(medium):
        medium.make()
        if again:
            medium.write(MARKER, written(marker))
            return marker
        there = marker_of(medium)
        if there is None and medium.create(MARKER, written(marker)):
            there = marker
            if medium.create(MARKER, written(marker)):
                medium.remove(MARKER)
                raise unreadable(medium, "ce serveur ne réserve pas un nom à qui le prend le premier")
        return there or marker_of(medium) or marker


def written(marker: Marker) -> bytes:
    """The one way in which a vault says what it is: any other was not written by us."""
    return json.dumps({"format": _FORMAT, **marker._asdict()}, indent=2).encode() + b"\n"


def medium_named(network: Network) -> Medium:
    """As ``medium_of``; raises ``InputError`` where no place is named."""
    medium = medium_of(network)
    if medium is None:
        raise InputError(
            f"Ce réseau est sur un serveur et n'a pas de coffre : indiquez par {VARIABLE} un dossier que partagent"
            " toutes les instances, ou « s3://… ».",
            field="vault", code="no_vault",
        )  # fmt: skip
    return medium


def _require(medium: Medium, marker: Marker, dataset: str) -> None:
    if marker.dataset != dataset:
        raise other_network(medium)


def other_network(medium: Medium) -> ConflictError:
    """The error of a place that says that it is another network's vault."""
    return ConflictError(
        f"« {medium.address} » est le coffre d'un autre réseau, rien n'a été changé : remettez celui de ce réseau, ou"
        f" lancez {_ACCEPT} si les fichiers y sont pourtant ceux de ce réseau.",
        code="vault_other",
    )


def _not_ours(medium: Medium) -> StoreError:
    return StoreError(
        f"« {medium.address} » n'est pas un coffre de Réseau 28 : indiquez une place vide, ou celle du coffre ; lancez"
        f" {_ACCEPT} si ce sont ses fichiers.",
        code="vault_not_ours",
    )


def _newer(medium: Medium) -> StoreError:
    return StoreError(
        f"Le coffre « {medium.address} » est d'une version plus récente de Réseau 28 : mettez le logiciel à jour.",
        code="vault_version",
    )
