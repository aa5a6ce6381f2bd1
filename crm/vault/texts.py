"""The words of documents, kept beside them in the vault so that those who may open them can search them.

``texts/ab/abcd….txt``, under the digest of the content. They are derived: of no journal and no store, so that no search
of the network tells them to others; lost, they are made again from the documents, by ``remake``.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from threading import Lock
from typing import BinaryIO, NamedTuple

from crm.errors import InputError, Reseau28Error
from crm.guarded import documents
from crm.network import Network
from crm.rights import Right
from crm.store.protocol import ReadTransaction
from crm.vault.access import Act
from crm.vault.attested import Attested, attest, require
from crm.vault.files import Vault
from crm.vault.medium import told
from graph_schema.text import fold
from graph_schema.wording import count

PAGE = "\f"
"""Between two pages of a text."""

MOST_REMEMBERED = 40_000_000
"""Characters of folded texts that this process keeps at hand, those asked for last."""

_FOLDER = "texts"
_LARGEST = 8 << 20


class Remade(NamedTuple):
    """How many documents had their words taken, how many have none that can be, how many texts of none were dropped."""

    taken: int
    without: int
    dropped: int


def take(vault: Vault, sha256: str, media: str, source: BinaryIO) -> bool:
    """Keep the words of the content in ``source``; whether it has some.

    Nothing is raised for what cannot be read: a proof is filed whatever its reader says. A content that was destroyed
    meanwhile leaves no text.
    """
    words = ""
    with suppress(InputError):
        words = documents.text(source.read(documents.LARGEST + 1), media, sha256[:12])
    with told(vault.medium):
        vault.medium.write(_name(sha256), words.encode("utf-8", "replace"))
    if not vault.holds(sha256):
        drop(vault, sha256)
    return bool(words.strip())


def of(vault: Vault, sha256: str) -> str | None:
    """The words of a content, ``PAGE`` between two pages; None where they were not taken."""
    with told(vault.medium):
        kept = vault.medium.read(_name(sha256), _LARGEST)
    return None if kept is None else kept.decode("utf-8", "replace")


def drop(vault: Vault, sha256: str) -> None:
    """Take away the words of a content."""
    with told(vault.medium):
        vault.medium.remove(_name(sha256))


def remake(network: Network, *, all: bool = False) -> Attested[Remade]:
    """Take the words of each document that proofs keep and whose words are not there; of every one with ``all``.

    Texts of contents that are there no more are dropped.
    """
    vault = require(network, Right.ADMIN)
    with told(vault.medium):
        there = {each.name for each in vault.medium.found(_FOLDER)}
    here, wanted = vault.entries(), network.read(lambda tx: dict(_contents(tx)))
    left = {_name(sha256) for sha256 in here}
    with told(vault.medium):
        for name in sorted(there - left):
            vault.medium.remove(name)
    outcomes = []
    for sha256, media in sorted(wanted.items()):
        if sha256 in here and (all or _name(sha256) not in there):
            with suppress(Reseau28Error), vault.opened(sha256) as stream:  # what is altered is told by a check
                outcomes.append(take(vault, sha256, media, stream))
    done = Remade(sum(outcomes), len(outcomes) - sum(outcomes), len(there - left))
    said = count(done.taken, "texte tiré", "textes tirés")
    return Attested(done, attest(network, vault, Act.CHECK, detail=f"{said} des documents"))


class Folded:
    """Texts folded as search folds, at hand in this process: contents never change under their digest."""

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most, self._size, self._lock = most, 0, Lock()
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()

    def known(self, vault: Vault, sha256: str) -> str | None:
        """The folded text if it is at hand."""
        with self._lock:
            key = vault.id, sha256
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def read(self, vault: Vault, sha256: str) -> str:
        """The folded text, read from the vault; without any words it is empty."""
        text = PAGE.join(f" {fold(page)}" for page in (of(vault, sha256) or "").split(PAGE))
        with self._lock:
            if (vault.id, sha256) not in self._kept:
                self._kept[vault.id, sha256] = text
                self._size += len(text)
            while self._size > self._most and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])
        return text


def _contents(tx: ReadTransaction) -> Iterator[tuple[str, str]]:
    """The contents that proofs keep, each with its media type."""
    for _, sha256, media, vault, destroyed_on in tx.rows("Evidence", ("sha256", "media", "vault", "destroyed_on")):
        if vault and not destroyed_on:
            yield str(sha256), str(media)


def _name(sha256: str) -> str:
    return f"{_FOLDER}/{sha256[:2]}/{sha256}.txt"
