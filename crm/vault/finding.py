"""Search in what documents say, among those alone that whoever searches may open."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from crm.network import Network
from crm.network.rights import openable
from crm.store.protocol import ReadTransaction
from crm.vault import texts
from crm.vault.files import Vault
from crm.vault.place import existing
from crm.vault.texts import PAGE, Folded
from graph_schema.evidence import Evidence, Standing, standing
from graph_schema.records import NodeRecord
from graph_schema.text import fold

SHORTEST = 3
"""Letters of the longest word that is looked for: fewer would find everything."""

MOST_READ = 400
"""Texts that one search reads from the vault; it has those of earlier searches at hand."""

AROUND = 70
"""Letters shown before and after what was found."""

_FIELDS = ("sha256", "vault", "destroyed_on", "confidential", "kind", "fact_on")
_WORD = re.compile(r"\w+")
_at_hand = Folded()


class DocumentHit(NamedTuple):
    """A proof whose document holds the words: on that page, in that passage."""

    record: NodeRecord
    page: int
    excerpt: str


class DocumentSearch(NamedTuple):
    """What was found, the newest fact first; ``unread`` older documents were not looked at: asking again goes on."""

    found: list[DocumentHit]
    unread: int


def find(network: Network, text: str, limit: int = 6) -> DocumentSearch:
    """The proofs whose document holds every word of ``text``, or one that begins with it, on one page.

    Accents and case do not matter. Without a vault nothing is found. Raises ``Forbidden`` without the right to read,
    ``StoreError`` when the vault cannot be reached.
    """
    words = fold(text).split()
    digests = network.read(lambda tx: list(_openable(tx, network)))  # the right to read is asked for first
    if max(map(len, words), default=0) < SHORTEST or not digests or (vault := existing(network)) is None:
        return DocumentSearch([], 0)
    places, unread = _places(vault, digests, words, limit)
    records = network.read(lambda tx: tx.get([id for id, _, _ in places]))
    found = [
        DocumentHit(records[id], page + 1, _excerpt(vault, sha256, page, words))
        for id, sha256, page in places
        if id in records
    ]
    return DocumentSearch(found, unread)


def _openable(tx: ReadTransaction, network: Network) -> Iterator[tuple[str, str]]:
    """The proofs that this actor may open, the newest fact first, each with the digest of its content."""
    rows = sorted(tx.rows(Evidence.TYPE, _FIELDS), key=lambda row: str(row[-1] or ""), reverse=True)
    for id, *values in rows:
        known: Any = {name: value for name, value in zip(_FIELDS, values, strict=True) if value is not None}
        record = NodeRecord(str(id), Evidence.TYPE, 0, known)
        if standing(known) is Standing.ATTESTED and openable(record, network.actor):
            yield record.id, str(known["sha256"])


def _places(
    vault: Vault, digests: Sequence[tuple[str, str]], words: Sequence[str], limit: int
) -> tuple[list[tuple[str, str, int]], int]:
    """Where the words are, by proof, digest and page from 0; and how many texts were not read."""
    places: list[tuple[str, str, int]] = []
    read = unread = 0
    for id, sha256 in digests:
        text = _at_hand.known(vault, sha256)
        if text is None and read < MOST_READ:
            text, read = _at_hand.read(vault, sha256), read + 1
        if text is None:
            unread += 1
        elif (page := _page(text, words)) is not None:
            places.append((id, sha256, page))
            if len(places) == limit:
                break
    return places, unread


def _page(text: str, words: Sequence[str]) -> int | None:
    """The first page that holds all the words."""
    if not all(f" {word}" in text for word in words):
        return None
    pages = enumerate(text.split(PAGE))
    return next((number for number, page in pages if all(f" {word}" in page for word in words)), None)


def _excerpt(vault: Vault, sha256: str, page: int, words: Sequence[str]) -> str:
    """What stands around the first of the words, on one line, as the document spells it."""
    pages = (texts.of(vault, sha256) or "").split(PAGE)
    text = " ".join(pages[page].split()) if page < len(pages) else ""
    at = next((found for found in _WORD.finditer(text) if fold(found[0]).startswith(tuple(words))), None)
    if at is None:
        return text[: 2 * AROUND]
    start, end = max(0, at.start() - AROUND), min(len(text), at.end() + AROUND)
    start = text.find(" ", start, at.start()) + 1 if start else 0
    end = text.rfind(" ", at.end(), end) if end < len(text) and " " in text[at.end() : end] else end
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
