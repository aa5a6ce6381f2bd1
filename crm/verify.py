"""Verification: the whole chain of the journal recomputed, every record held against it, every file read."""

from collections.abc import Callable, Iterator
from itertools import groupby

from crm.faults import Fault
from crm.journal import change_digest, commit_digest, state_digest
from crm.network import Network
from crm.rights import Right
from crm.store.protocol import ReadTransaction
from crm.vault import checking
from graph_schema.records import GENESIS, Change, Commit
from graph_schema.wording import number

_BATCH = 500
Progress = Callable[[int, int], None]


def verify(network: Network, progress: Progress = lambda done, total: None) -> list[Fault]:
    """Every fault of the journal, of the records and of the vault; none means that nothing was altered outside of them.

    Each change's and commit's digest is recomputed, each commit must follow the one before, each record must be what
    its newest change says, and each file of a proof must be what its digest says.
    """

    def work(tx: ReadTransaction) -> list[Fault]:
        return [*_chain_faults(tx, progress), *_record_faults(tx)]

    return [*network.read(work, Right.HISTORY), *checking.faults(network)]


def _chain_faults(tx: ReadTransaction, progress: Progress) -> Iterator[Fault]:
    head = tx.head()
    previous, expected = GENESIS, 1
    while batch := tx.commits(after=expected - 1, limit=_BATCH):
        changes = _grouped(tx, batch[0].number, batch[-1].number)
        for commit in batch:
            if commit.number != expected:
                yield Fault("commit_missing", str(expected), f"Le commit {expected} manque au journal.")
            if commit.previous != previous:
                yield _commit_fault("chain_broken", commit, "ne suit pas le commit qui le précède")
            yield from _commit_faults(commit, changes.get(commit.number, []))
            previous, expected = commit.digest, commit.number + 1
        progress(expected - 1, head.number)
    if (head.number, head.digest) != (expected - 1, previous):
        yield Fault("head", str(head.number), "La tête du journal n'est pas son dernier commit : des commits manquent.")


def _grouped(tx: ReadTransaction, first: int, last: int) -> dict[int, list[Change]]:
    return {
        number: [change for _, change in rows]
        for number, rows in groupby(tx.changes(first, last), key=lambda pair: pair[0])
    }


def _commit_faults(commit: Commit, changes: list[Change]) -> Iterator[Fault]:
    if len(changes) != commit.changes:
        what = f"annonce {number(commit.changes)} changements et en a {number(len(changes))}"
        yield _commit_fault("changes_missing", commit, what)
    for change in changes:
        redacted = not change.salt
        if not redacted and change_digest(change) != change.digest:
            yield Fault(
                "change_altered",
                change.id,
                f"Le changement {change.position + 1} du commit {commit.number} (fiche {change.id}) a été altéré.",
            )
    if commit_digest(commit, (c.digest for c in changes)) != commit.digest:
        yield _commit_fault("commit_altered", commit, "a été altéré : son empreinte ne correspond plus")


def _commit_fault(code: str, commit: Commit, what: str) -> Fault:
    return Fault(code, str(commit.number), f"Le commit {commit.number} ({commit.at[:10]}, {commit.author}) {what}.")


def _record_faults(tx: ReadTransaction) -> Iterator[Fault]:
    known = {id: (revision, state) for id, action, revision, state in tx.latest_changes() if action != "delete"}
    for record in tx.records():
        expected = known.pop(record.id, None)
        if expected is None:
            yield Fault("unjournalled", record.id, f"La fiche {record.id} existe sans que le journal la connaisse.")
        elif expected != (record.revision, state_digest(record)):
            yield Fault("record_altered", record.id, f"La fiche {record.id} a été modifiée hors du journal.")
    for id in known:
        yield Fault("record_missing", id, f"La fiche {id} a disparu sans que le journal le dise.")
