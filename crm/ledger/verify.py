"""Verification: the whole chain of the journal recomputed, every record and every file held against it.

One pass, whatever the size: journal and records are streamed as the texts that are kept, which are what is digested.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

import orjson

from crm import days
from crm.errors import ALTERED_TEXT, StoreError
from crm.faults import Fault, Looked, bounded, shown
from crm.ledger import reached
from crm.ledger.reached import detail_of
from crm.ledger.verify_changes import ChangeStream
from crm.network import Network
from crm.network.rights import Right
from crm.store.journal import VERSION, digest_of, emptied_token, header, respelled, rest_of_commit
from crm.store.journal_kept import is_instant
from crm.store.protocol import CommitText, Latest, ReadTransaction, RecordText
from crm.vault import checking
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.records import DATASET, GENESIS
from graph_schema.wording import number as counted
from graph_schema.wording import plural

__all__ = ["Fault", "verify"]

Progress = Callable[[int, int], None]
T = TypeVar("T")

_LONGEST_NAME = 100
_WHOLE = 1000
_CHAIN = 600
"""Parts of a verification as progress tells it, and those of them that the journal takes."""


def verify(network: Network, progress: Progress = lambda done, total: None) -> list[Fault]:
    """Every fault of the journal, of the records and of the vault; none means that nothing was altered outside of them.

    Each change's and commit's digest is recomputed, each commit must follow the one before, what was redacted must be
    named by a redaction, each record must be what its newest change says, what is kept besides (schema, captions,
    search, indexes) what it must be, and each file of a proof what its digest says. Of data of an older schema only
    journal, records and files are held against one another; data whose journal shows a newer schema than they say are
    verified as of that one. Beyond ``LISTED`` faults are counted.
    """

    def work() -> list[Fault]:
        found, vault = look(network, progress)
        return bounded(chain(found, vault.faults))

    return as_found(network, work)


def as_found(network: Network, work: Callable[[], T]) -> T:
    """What ``work`` returns; where it met a text that is none, what it returns once texts are read whatever they are.

    Reading them so takes longer, and is for verifications alone: nobody is shown such a text.
    """
    try:
        return work()
    except StoreError as error:
        if error.code != ALTERED_TEXT:
            raise
    with network.store.as_found():
        return work()


def look(network: Network, progress: Progress = lambda done, total: None) -> tuple[list[Fault], Looked]:
    """As ``verify``: the faults of journal and records, and apart from them what is to be said of the vault."""
    found = network.read(lambda tx: verify_in(tx, progress), Right.HISTORY)
    vault = checking.look(network)
    progress(_WHOLE, _WHOLE)
    return found, vault


def verify_in(tx: ReadTransaction, progress: Progress = lambda done, total: None) -> list[Fault]:
    """Every fault of what a transaction sees (see ``verify``).

    The journal is walked while the store, beside, holds records against it and looks at how the data are kept.
    """
    info = tx.info()
    shown = SCHEMA_VERSION if info.schema_version == SCHEMA_VERSION else reached.reached(tx)
    modern = shown >= SCHEMA_VERSION
    lowered = reached.faults(tx, info.schema_version, shown)

    def looked(nodes: int) -> None:
        progress(_CHAIN + (_WHOLE - _CHAIN) * nodes // (info.nodes + 1), _WHOLE)

    def others(view: ReadTransaction) -> list[Fault]:
        kept = view.inspect() if modern else ()
        return bounded(chain(_readable(_record_faults(view, modern)), _readable(kept)))

    with tx.beside(others) as answer:
        journal = bounded(_readable(_Chain(tx, modern).faults(progress)))
        derived = bounded(_readable(tx.derived(looked) if modern else ()))
        return bounded(chain(lowered, journal, answer(), derived))


def _readable(faults: Iterable[Fault]) -> Iterator[Fault]:
    """These faults; what stops Python from reading on is one more, for whoever altered data may put any value there."""
    try:
        yield from faults
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        message = (
            "Une valeur que Réseau 28 n'écrit jamais empêche de vérifier jusqu'au bout : restaurez une sauvegarde."
        )
        yield Fault("unreadable", "", message)


class _Chain:
    """The journal on its way from the first commit to the last."""

    def __init__(self, tx: ReadTransaction, modern: bool) -> None:
        self.tx, self.modern = tx, modern
        self.first: int | None = None
        self.changes = ChangeStream(tx.change_texts(), modern)
        self.dataset = tx.dataset()

    def faults(self, progress: Progress) -> Iterator[Fault]:
        """The faults of each commit and of its changes; then what is found at the end only."""
        head = self.tx.head()
        last: Any = head.number  # what is kept may be anything
        previous, expected, version = GENESIS, 1, 1
        for commit in self.tx.commit_texts():
            if not isinstance(commit.number, int):
                yield Fault("commit_altered", shown(commit.number), "Un acte du journal n'a pas de numéro.")
                continue
            if commit.number != expected:
                yield Fault("commit_missing", str(expected), f"L'acte {expected} manque au journal.")
            if commit.previous != previous:
                yield _fault("chain_broken", commit, "ne suit pas l'acte qui le précède")
            if not isinstance(commit.version, int) or not version <= commit.version <= VERSION:
                yield _fault("commit_altered", commit, "est d'une version qu'il ne peut pas avoir")
            else:
                version = commit.version
            yield from self._commit(commit)
            previous, expected = commit.digest, commit.number + 1
            if isinstance(last, int) and last >= commit.number > 0:
                progress(_CHAIN * commit.number // last, _WHOLE)
        yield from self.changes.left()
        if self.modern and head.number and self.first is None:
            yield Fault("dataset", str(head.number), "Le journal ne dit pas de quel réseau il est.")
        if (head.number, head.digest) != (expected - 1, previous):
            message = "La tête du journal n'est pas son dernier acte : des actes manquent."
            yield Fault("head", str(head.number), message)

    def _commit(self, commit: CommitText) -> Iterator[Fault]:
        if not self.modern:
            commit = commit._replace(detail=respelled(commit.detail))
        yield from self.changes.of(commit)
        count = len(self.changes.digests)
        if count != commit.changes:
            what = f"a {counted(count)} {plural(count, 'changement')}, ce qu'il n'annonce pas"
            if commit.changes.__class__ is int:
                what = f"annonce {counted(commit.changes)} changements et en a {counted(count)}"
            yield _fault("changes_missing", commit, what)
        good = _digest(commit, self.changes.digests) == commit.digest
        if commit.version == 1:
            if not good and commit.reason == "" and commit.detail == "{}":
                self.changes.emptied[commit.number, None] = _rest(commit)
                good = True
        elif commit.salt == "":
            left = (commit.reason, commit.detail, commit.run, commit.token)
            good = good and left == ("", "{}", None, emptied_token(commit.number))
            self.changes.emptied[commit.number, None] = _rest(commit)
        else:
            good = good and _private(commit) == commit.private
        if not good:
            yield _fault("commit_altered", commit, "a été altéré : son empreinte ne correspond plus")
        elif not is_instant(commit.at):
            yield _fault("commit_altered", commit, "a été refait : il ne dit pas à quel instant il fut écrit")
        if commit.version == VERSION and self.first is None:
            self.first = commit.number
            if detail_of(commit).get(DATASET) != self.dataset:
                yield _fault("dataset", commit, "est d'un autre réseau que celui-ci")


def _kept(text: object) -> orjson.Fragment:
    """A kept content as what it is digested as, the very text; ``TypeError`` for what is no text."""
    if not isinstance(text, str):
        raise TypeError(text)
    return orjson.Fragment(text)


def _header(commit: CommitText) -> list[object]:
    if commit.version == 1:
        return [*commit[:9], _kept(commit.detail)]
    return header(commit)


def _digest(commit: CommitText, changes: list[str]) -> str:
    try:
        digest = hashlib.sha256(orjson.dumps(_header(commit)))
        digest.update("".join(changes).encode())
    except (TypeError, ValueError):  # a value of a type that we never write, or no text
        return ""
    return digest.hexdigest()


def _private(commit: CommitText) -> str:
    try:
        orjson.loads(commit.detail)
        return digest_of([commit.salt, commit.reason, _kept(commit.detail), commit.run, commit.token])
    except (TypeError, ValueError):
        return ""


def _rest(commit: CommitText) -> str:
    try:
        return rest_of_commit(commit)
    except TypeError:
        return ""


def _fault(code: str, commit: CommitText, what: str) -> Fault:
    day = str(commit.at)[:10]
    name = detail_of(commit).get("author", commit.author if commit.version == 1 else None)
    known = [day] if days.read(day) else []
    known += [name] if isinstance(name, str) and name.isprintable() and 0 < len(name) <= _LONGEST_NAME else []
    told = f" ({', '.join(known)})" if known else ""
    return Fault(code, shown(commit.number), f"L'acte {shown(commit.number)}{told} {what}.")


def _record_faults(tx: ReadTransaction, modern: bool) -> Iterator[Fault]:
    """Records and the newest change of each held against one another."""
    numbers = (commit.number for commit in tx.commit_texts() if commit.version == VERSION)
    salted = next((number for number in numbers if isinstance(number, int)), None)
    for record, latest in tx.told():
        if record is None:
            if latest is not None:
                yield Fault(
                    "record_missing",
                    shown(latest.id),
                    f"La fiche {shown(latest.id)} a disparu sans que le journal le dise.",
                )
        elif latest is None or latest.state == "":
            yield _unknown(record)
        elif not _is_told(record, latest, salted, modern):
            yield Fault(
                "record_altered", shown(record.id), f"La fiche {shown(record.id)} a été modifiée hors du journal."
            )


def _unknown(record: RecordText) -> Fault:
    return Fault(
        "unjournalled", shown(record.id), f"La fiche {shown(record.id)} existe sans que le journal la connaisse."
    )


def _is_told(record: RecordText, latest: Latest, first: int | None, modern: bool) -> bool:
    """Whether a record is what its newest change says; one whose salt is gone says nothing.

    States are salted from the commit ``first`` on.
    """
    if record.revision != latest.revision or not isinstance(latest.number, int):
        return False
    salted = first is not None and latest.number >= first
    if salted and not latest.salt:
        return False
    values = record.values if modern else respelled(record.values)
    try:
        content = [record.id, record.type, record.source, record.target, _kept(values)]
        return digest_of([latest.salt, *content] if salted else content) == latest.state
    except TypeError:
        return False
