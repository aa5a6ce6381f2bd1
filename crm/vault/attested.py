"""How an act on a vault is attested: every one of them begins with a right and leaves a line in the access log."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from crm.errors import NotFound, Reseau28Error
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction
from crm.vault.access import AccessLog, Act, Attestation
from crm.vault.files import Vault
from crm.vault.place import vault_of
from graph_schema.evidence import Evidence
from graph_schema.records import Head, NodeRecord, Values

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attested(Generic[T]):
    """What an act returned, and the line of the access log that attests it."""

    value: T
    attestation: Attestation


def require(network: Network, right: Right) -> Vault:
    """The network's vault, for someone who has ``right``. Raises as ``vault_of``, and ``Forbidden``."""
    network.actor.require(right)
    return vault_of(network)


def attest(
    network: Network, vault: Vault, act: Act, about: str = "", sha256: str = "", detail: str = ""
) -> Attestation:
    """Attest what the network's actor does. Raises ``StoreError`` where no line can be written, or none is left."""
    log = AccessLog(vault.medium)
    last = network.heads.access.last(vault.id) if network.heads else None
    line = log.attest(
        act, network.actor.name, network.clock(), about=about, sha256=sha256, detail=detail,
        seen=last.number if last else 0,
    )  # fmt: skip
    if network.heads:
        with suppress(Reseau28Error):  # the line is written: what is out of reach now is told at the next act
            network.heads.access.note(vault.id, Head(line.number, line.digest), line.previous, log.digest_at)
    return line


def proof(tx: ReadTransaction, id: str) -> NodeRecord:
    """The proof of that id. Raises ``NotFound``."""
    record = tx.get([id]).get(id)
    if record is None or record.type != Evidence.TYPE:
        raise NotFound(f"Aucune preuve ne porte l'identifiant {id}.", field="id")
    return record


def lasting(tx: ReadTransaction, id: str) -> NodeRecord:
    """As ``proof``; also one that was deleted, as it was last."""
    if id in tx.get([id]):
        return proof(tx, id)
    last = next((change for _, change in tx.history(id) if change.action == "delete" and change.before), None)
    if last is None or last.type != Evidence.TYPE:
        return proof(tx, id)
    return NodeRecord(id, last.type, last.revision, last.before or {})


def former(values: Values) -> list[str]:
    """The digests of a proof's earlier revisions."""
    found = values.get("former")
    return found if isinstance(found, list) else []
