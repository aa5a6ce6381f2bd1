"""A confidential proof whose every withheld value is a word of its own, so that whatever tells one of them is seen."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import NamedTuple

from crm.network import Network
from crm.records import organisations
from crm.vault import deposits
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
from graph_schema.wording import weight
from tests.ui.application import as_typed

TITLE = "Suivi d'un accueil"
_WORDS = b"Le bigorneau parle.\n"
_ROOM = 4_041_739
"""A length that no digest nor date spells by chance."""


class Closed(NamedTuple):
    """The ids of the proof, of what it attests and of the link between them; what nobody but the entitled may read."""

    proof: str
    about: str
    link: str
    values: tuple[str, ...]

    def told(self, text: str) -> list[str]:
        """Which of the values ``text`` tells, however it is typeset."""
        plain = as_typed(text).replace("&#x27;", "'").casefold()
        return [each for each in self.values if each.casefold() in plain]


def deposit(network: Network, *, deleted: bool = False) -> Closed:
    """Deposit it, with two revisions, about a new partner; then delete it if asked."""
    about = organisations.create(network, {"name": "Garage Fictif"}).value
    said = Description(
        (about,), EvidenceKind.OTHER, date(2026, 1, 5), TITLE, confidential=True, page="planche Q", passage="Nacelle"
    )
    first = deposits.deposit(network, BytesIO(_WORDS), "Zorglub.txt", said).value
    last = deposits.revise(network, first.id, BytesIO(_WORDS.ljust(_ROOM)), "Zorglub bis.txt").value
    (link,) = network.read(lambda tx: tx.links_of([first.id], ["Proves"]))
    digests = [each.content.sha256[:12] for each in (first, last) if each.content]
    values = (
        *digests,
        str(_ROOM),
        str(_ROOM + len(_WORDS)),
        as_typed(weight(_ROOM)),
        "Zorglub",
        "planche Q",
        "Nacelle",
        "bigorneau",
    )
    assert len(digests) == 2
    if deleted:
        organisations.delete(network, first.id)
    return Closed(first.id, about, link.id, values)


def open_to_all(network: Network, closed: Closed) -> None:
    """Have the proof be confidential no more."""
    record = network.read(lambda tx: tx.get([closed.proof]))[closed.proof]
    patch = {"confidential": None}
    replace(network).commit("Ouverte", lambda unit: unit.update(record.id, patch, revision=record.revision))
