"""The opening of a proof's sheet: its metadata are read, and the access log says so once, however often it is drawn."""

import time

from crm.errors import Reseau28Error
from crm.network import Network
from crm.network.rights import Right
from crm.vault.access import Act
from crm.vault.attested import attest, proof
from crm.vault.place import existing

AGAIN = 60.0
"""Seconds after which an opening that could not be attested is tried again."""

_UNTOLD = "Cette ouverture n'a pas pu être notée au journal des accès"


class Openings:
    """The proofs whose sheets were opened in one session: each is attested once for each person.

    What they show is the network's, which needs no vault: without one nothing is attested, and an access log that
    cannot be written closes no sheet, but it is said.
    """

    def __init__(self) -> None:
        self._done: dict[tuple[str, str], str] = {}
        self._tried: dict[tuple[str, str], float] = {}

    def open(self, network: Network, id: str) -> str:
        """Attest that the actor reads what is known of the proof ``id``; returns why that could not be, else nothing.

        Raises ``Forbidden`` for who may not read the network, ``NotFound`` for what is no proof.
        """
        key = network.actor.account, id
        known = self._done.get(key)
        if known is None or (known and time.monotonic() > self._tried[key] + AGAIN):
            network.read(lambda tx: proof(tx, id))
            self._done[key], self._tried[key] = _attested(network, id), time.monotonic()
        return self._done[key]


def _attested(network: Network, id: str) -> str:
    try:
        if vault := existing(network):
            attest(network, vault, Act.METADATA, id)
    except Reseau28Error as error:
        words = str(error)
        if network.actor.may(Right.ADMIN):  # it names the place of the vault
            return f"{_UNTOLD} : {words[:1].lower()}{words[1:]}"
        return f"{_UNTOLD} : dites-le à un administrateur."
    return ""
