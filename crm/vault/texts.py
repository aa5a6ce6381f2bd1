"""The words of documents, kept beside them in the vault so that those who may open them can search them.

``texts/ab/abcd….txt``, under the digest of the content. They are derived: of no journal and no store, so that no search
of the network tells them to others; lost, they are made again from the documents, by ``remake``. Each is kept as the
document spells it, then as search reads it, so that a search folds nothing.
"""

import time
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

MOST_REMEMBERED = 120_000_000
"""Characters of folded texts that this process keeps at hand."""

FORGOTTEN = 60.0
"""Seconds after which a text that was not there is looked for again."""

_FOLDER, _THEN = "texts", "\0"
_LARGEST = 12 << 20


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
    words = words.replace(_THEN, " ")
    folded = PAGE.join(f" {fold(page)}" for page in words.split(PAGE))
    with told(vault.medium):
        vault.medium.write(_name(sha256), f"{words}{_THEN}{folded}".encode("utf-8", "replace"))
    if not vault.holds(sha256):
        drop(vault, sha256)
    return bool(words.strip())


def of(vault: Vault, sha256: str) -> str | None:
    """The words of a content, ``PAGE`` between two pages; None where they were not taken."""
    kept = _kept(vault, sha256)
    return None if kept is None else kept[0]


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
    """Texts as search reads them, at hand in this process: contents never change under their digest.

    Once there is no room for more, others are read each time.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._left, self._lock = most, Lock()
        self._kept: dict[tuple[str, str], str] = {}
        self._absent: dict[tuple[str, str], float] = {}

    def known(self, vault: Vault, sha256: str) -> str | None:
        """The text if it is at hand, empty for one that was not there a moment ago."""
        key = vault.id, sha256
        with self._lock:
            if key in self._absent and time.monotonic() < self._absent[key] + FORGOTTEN:
                return ""
            return self._kept.get(key)

    def read(self, vault: Vault, sha256: str) -> str:
        """The text, read from the vault; empty where it was not taken."""
        key, kept = (vault.id, sha256), _kept(vault, sha256)
        with self._lock:
            if kept is None:
                self._absent[key] = time.monotonic()
                return ""
            self._absent.pop(key, None)
            if key not in self._kept and len(kept[1]) <= self._left:
                self._kept[key] = kept[1]
                self._left -= len(kept[1])
        return kept[1]


def _kept(vault: Vault, sha256: str) -> tuple[str, str] | None:
    """The words of a content, as it spells them and as search reads them."""
    with told(vault.medium):
        kept = vault.medium.read(_name(sha256), _LARGEST)
    if kept is None:
        return None
    words, _, folded = kept.decode("utf-8", "replace").partition(_THEN)
    return words, folded


def _contents(tx: ReadTransaction) -> Iterator[tuple[str, str]]:
    """The contents that proofs keep, each with its media type."""
    for _, sha256, media, vault, destroyed_on in tx.rows("Evidence", ("sha256", "media", "vault", "destroyed_on")):
        if vault and not destroyed_on:
            yield str(sha256), str(media)


def _name(sha256: str) -> str:
    return f"{_FOLDER}/{sha256[:2]}/{sha256}.txt"
