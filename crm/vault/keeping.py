"""Where the file of a proof is, and when it was last seen to be the one that was deposited."""

from typing import NamedTuple

from crm.errors import Forbidden
from crm.network import Network
from crm.network.rights import Right, withheld
from crm.vault.access import Act, Attestation, latest
from crm.vault.attested import proof, require
from crm.vault.medium import Medium

LOOKED_AT = 1_000
"""Lines of the access log among which the last check is looked for."""


class Keeping(NamedTuple):
    """How the file of a proof is kept.

    ``where`` is the address of the vault, empty for who may not administer it; ``present`` whether a file of its name
    is there; ``checked`` the newest check of it, or of the whole vault, None without one or without the right to the
    log.
    """

    where: str
    present: bool
    checked: Attestation | None


def keeping(network: Network, id: str) -> Keeping:
    """How the file of a proof is kept, without reading it: a part of its sheet, of which the opening is attested.

    Raises ``Forbidden``, also for a confidential proof without the right to those, ``NotFound`` for what is no proof,
    ``StoreError`` when the vault cannot be reached.
    """
    vault = require(network, Right.READ)
    record = network.read(lambda tx: proof(tx, id))
    if closed := withheld(record, network.actor):
        raise Forbidden(closed, field="id", code="confidential")
    digest = str(record.values.get("sha256", ""))
    where = vault.medium.address if network.actor.may(Right.ADMIN) else ""
    checked = _checked(vault.medium, id) if network.actor.may(Right.HISTORY) else None
    return Keeping(where, bool(digest) and vault.holds(digest), checked)


def _checked(medium: Medium, id: str) -> Attestation | None:
    checks = (each for each in latest(medium, LOOKED_AT) if each.act == Act.CHECK)
    return next((each for each in checks if each.about in ("", id)), None)
