"""A vault whose place was copied, moved or lost: an administrator says that what is there is the vault from now on."""

import secrets

from crm.errors import StoreError
from crm.network import Network
from crm.network.rights import Right
from crm.network.work import UnitOfWork
from crm.store.protocol import Condition, Op
from crm.vault import checking, continuity
from crm.vault.access import Act, Attestation
from crm.vault.attested import Attested, attest
from crm.vault.files import Vault
from crm.vault.medium import Medium
from crm.vault.place import Marker, known_vault, marked, marker_of, medium_named, other_network
from graph_schema.evidence import Evidence

_ACCEPTED = "place acceptée comme coffre"
LIMIT = 5_000
"""So many proofs are told of their new vault by one commit; more of them by a run of commits."""


def accept(network: Network) -> Attested[Vault]:
    """Take the place where the network's vault should be as its vault, whatever was lost, under a new id.

    Every proof that has a file is told so by a commit: instances with another place, or a copy of this one, are refused
    from then on. A marker that cannot be read or names another network is written anew only if files of this network's
    proofs are there. Raises ``ConflictError`` and ``StoreError`` otherwise, ``InputError`` where no place is named,
    ``Forbidden`` for who is no administrator.
    """
    network.actor.require(Right.ADMIN)
    medium = medium_named(network)
    dataset = network.store.read(lambda tx: tx.dataset())
    _require_ours(network, medium, dataset)
    vault, missing = Vault(medium, secrets.token_hex(8)), _missing(network, medium)
    marked(medium, Marker(vault.id, dataset), again=True)  # what is written from now on into the former one is refused
    attestation = _attested(network, vault, missing)
    named = network.store.read(lambda tx: tx.count(Evidence.TYPE, (Condition("vault", Op.PRESENT),)))
    run = f"coffre-{vault.id}" if named > LIMIT else None

    def work(unit: UnitOfWork) -> int:
        rows = unit.tx.rows(Evidence.TYPE, ("vault",))
        ids = [str(id) for id, known in rows if known not in (None, vault.id)][:LIMIT]
        unit.preload(nodes=ids)
        for id in ids:
            unit.update(id, {"vault": vault.id}, vouched=True)
        return len(ids)

    reason, detail = "Coffre des preuves accepté", {"vault": vault.id}
    while network.commit(reason, work, detail=detail, run=run, right=Right.ADMIN, mark=True).value == LIMIT:
        pass
    return Attested(vault, attestation)


def _missing(network: Network, medium: Medium) -> str:
    """What this machine saw of the access log of the vault that is left, and is not in this place."""
    known = network.store.read(known_vault)
    return continuity.lost(network, Vault(medium, known)) if known else ""


def _attested(network: Network, vault: Vault, missing: str) -> Attestation:
    """The line that says that a place was accepted: the first of another log where lines are missing of that there."""
    if missing:
        return continuity.begin(network, vault, _ACCEPTED, missing)
    return attest(network, vault, Act.CHECK, detail=_ACCEPTED)


def _require_ours(network: Network, medium: Medium, dataset: str) -> None:
    """Refuse what says that it is another network's, or nothing that can be read, and holds no file of this one."""
    try:
        there = marker_of(medium)
    except StoreError as error:
        if error.code != "vault_not_ours" or not _holds_some(network, medium):
            raise
        return
    if there and there.dataset != dataset and not _holds_some(network, medium):
        raise other_network(medium)


def _holds_some(network: Network, medium: Medium) -> bool:
    kept = network.store.read(checking.named).kept
    return not kept.keys().isdisjoint(Vault(medium, "").entries())
