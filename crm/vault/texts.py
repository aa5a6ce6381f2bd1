"""The words of documents, kept beside them in the vault so that those who may open them can search them.

``texts/ab/abcd….txt``, under the digest of the content. They are derived: of no journal and no store, so that no search
of the network tells them to others; lost, they are made again from the documents, by ``remake``. Copies and backups
bring them along with the contents. Each is kept as the
document spells it, then as search reads it, so that a search folds nothing; and begins with a digest of both and of the
content's own, so that none is read that was altered, or is of another document.
"""

import hashlib
import re
import time
from collections.abc import Collection, Container, Iterator
from threading import Lock
from typing import BinaryIO, NamedTuple

from crm.errors import InputError, Reseau28Error
from crm.files import media
from crm.guarded import documents
from crm.guarded.child.document import MOST_TEXT
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction
from crm.vault.access import Act
from crm.vault.attested import Attested, attest, require
from crm.vault.files import Vault
from crm.vault.medium import is_of_one_file, told
from graph_schema.evidence import Evidence
from graph_schema.text import fold
from graph_schema.wording import count

PAGE = "\f"
"""Between two pages of a text."""

MOST_REMEMBERED = 120_000_000
"""Characters of folded texts that this process keeps at hand."""

FORGOTTEN = 60.0
"""Seconds after which a text that was not there is looked for again."""

_FOLDER, _THEN = "texts", "\0"
_NAME = re.compile(rf"{_FOLDER}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})\.txt")
_LARGEST = 36 << 20
"""Bytes of the longest text that is read, above what is kept of any document."""
_SEAL = 65
"""Bytes of the digest that a text begins with, and of the end of its line."""
_WORDLESS = ("unread_type", "unread_empty")


class Taken(NamedTuple):
    """Whether a document has words; ``why`` it could not be read, empty where it was, or where it is of no words.

    ``pages`` is how many it has, as people count them: 0 where that is not known.
    """

    words: bool
    why: str = ""
    pages: int = 0


class UnreadDocument(NamedTuple):
    """The id of a proof whose document could not be read, and why."""

    id: str
    why: str


class TextCensus(NamedTuple):
    """How many texts there are; the contents that lack theirs, those that are there no more and have one still."""

    texts: int
    missing: list[str]
    left: list[str]


class Remade(NamedTuple):
    """How many documents had their words taken, how many have none, how many useless texts were dropped; the others."""

    taken: int
    without: int
    dropped: int
    unread: list[UnreadDocument]


def take(vault: Vault, sha256: str, type: str, source: BinaryIO, name: str) -> Taken:
    """Keep the words of the content in ``source``; whether it has some, or why that is not known, ``name`` being that
    of its file.

    Nothing is raised for what cannot be read: a proof is filed whatever its reader says. A content that was destroyed
    meanwhile leaves no text.
    """
    words, why = "", ""
    try:
        words = documents.text(source.read(documents.LARGEST + 1), type, name).replace(_THEN, " ")
    except InputError as error:
        why = "" if error.code in _WORDLESS else str(error)
    folded = PAGE.join(f" {fold(page)}" for page in words.split(PAGE))
    with told(vault.medium):
        vault.medium.write(_name(sha256), _sealed(sha256, f"{words}{_THEN}{folded}".encode("utf-8", "replace")))
    if not vault.holds(sha256):
        drop(vault, sha256)
    paged = type == media.PDF.type and words and len(words) < MOST_TEXT - 1  # else the text may be cut
    return Taken(bool(words.strip()), why, words.count(PAGE) + 1 if paged else 0)


def of(vault: Vault, sha256: str) -> str | None:
    """The words of a content, ``PAGE`` between two pages; None where they were not taken, or are none of ours."""
    kept = _kept(vault, sha256)
    return None if kept is None else kept[0]


def drop(vault: Vault, sha256: str) -> None:
    """Take away the words of a content."""
    with told(vault.medium):
        vault.medium.remove(_name(sha256))


def altered(vault: Vault, kept: Collection[str], *, read: bool = True) -> dict[str, str]:
    """The contents among these whose kept words are not those that were taken of them; none is a fault.

    Each with what stands in the place of the text and is none, in words, empty where it is one. Without ``read`` no
    text is: only those places and emptied ones are seen.
    """
    found = dict[str, str]()
    with told(vault.medium):
        there = {each.name: each.size for each in vault.medium.found(_FOLDER)}
        for sha256, name in ((each, _name(each)) for each in sorted(kept)):
            instead = "" if name in there else vault.medium.instead(name)
            emptied = name in there and (there[name] <= _SEAL or (read and _kept(vault, sha256) is None))
            if instead or emptied:
                found[sha256] = instead
    return found


def standing(network: Network, vault: Vault, here: Container[str]) -> TextCensus:
    """Which texts there are beside those that there should be, the contents ``here`` being there. None is read."""
    wanted, there = network.read(lambda tx: {sha256 for sha256, *_ in _contents(tx)}), _there(vault)
    missing = [each for each in sorted(wanted - there) if each in here]
    return TextCensus(len(there), missing, sorted(each for each in there if each not in here))


def bring(here: Vault, there: Vault) -> None:
    """Bring the texts of the contents of ``there``, which is a copy of ``here``, and has some already."""
    for sha256 in sorted((_there(here) - _there(there)) & there.entries().keys()):
        if text := raw(here, sha256):
            with told(there.medium):
                there.medium.write(_name(sha256), text)


def remake(network: Network, *, all: bool = False) -> Attested[Remade]:
    """Take the words of each document that proofs keep and whose words are not there; of every one with ``all``.

    Words that were altered are taken again; texts of contents that are there no more are dropped, and altered ones of
    those that no proof has as its own any more; what could not be read is told.
    """
    vault = require(network, Right.ADMIN)
    here, there = vault.entries(), _there(vault)
    wanted = network.read(lambda tx: {sha256: rest for sha256, *rest in _contents(tx)})
    bad = set(altered(vault, there | wanted.keys()))
    useless = (there - here.keys()) | (bad & there) - wanted.keys()
    for sha256 in sorted(useless):
        drop(vault, sha256)
    outcomes, unread = list[bool](), list[UnreadDocument]()
    for sha256, (type, id, name) in sorted(wanted.items()):
        if all or sha256 in bad or sha256 not in here or sha256 not in there:
            try:
                with vault.opened(sha256) as stream:
                    found = take(vault, sha256, type, stream, name)
            except Reseau28Error as error:
                found = Taken(False, str(error))
            if found.why:
                unread.append(UnreadDocument(id, found.why))
            else:
                outcomes.append(found.words)
    done = Remade(sum(outcomes), len(outcomes) - sum(outcomes), len(useless), unread)
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
    """The words of a content, as it spells them and as search reads them; None as ``raw``."""
    kept = raw(vault, sha256)
    if kept is None:
        return None
    words, _, folded = kept[_SEAL:].decode("utf-8", "replace").partition(_THEN)
    return words, folded


def raw(vault: Vault, sha256: str) -> bytes | None:
    """The text of a content as it is kept; None for what is absent, refused by this machine, or none of ours."""
    kept = b""
    with told(vault.medium):
        try:
            with vault.medium.opened(_name(sha256)) as stream:
                kept = stream.read(_LARGEST)
        except OSError as error:
            if not (isinstance(error, FileNotFoundError) or is_of_one_file(error)):
                raise
    return kept if kept == _sealed(sha256, kept[_SEAL:]) else None


def _sealed(sha256: str, text: bytes) -> bytes:
    """A text as it is kept: after the digest of itself and of whose it is."""
    return hashlib.sha256(f"{sha256}\n".encode() + text).hexdigest().encode() + b"\n" + text


def _contents(tx: ReadTransaction) -> Iterator[tuple[str, str, str, str]]:
    """The contents that proofs keep, each with its media type, the id of a proof and the name of its file there."""
    fields = ("vault", "destroyed_on", "sha256", "media", "file_name")
    for id, vault, destroyed_on, sha256, type, name in tx.rows(Evidence.TYPE, fields):
        if vault and not destroyed_on:
            yield str(sha256), str(type), str(id), str(name or str(sha256)[:12])


def _there(vault: Vault) -> set[str]:
    """The contents of which there is a text, whatever it says."""
    with told(vault.medium):
        return {found[2] for each in vault.medium.found(_FOLDER) if (found := _NAME.fullmatch(each.name))}


def _name(sha256: str) -> str:
    return f"{_FOLDER}/{sha256[:2]}/{sha256}.txt"
