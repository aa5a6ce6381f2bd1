"""What this machine has seen of a network: how far its journal, and the access log of its vault, went.

An older backup put in the place of a network is whole, and so is a journal whose end was cut: nothing in them tells,
but this machine remembers (``memory``), in its data folder.
"""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal

from crm.errors import StoreError
from crm.files.memory import Gap, Memory, Seen
from crm.store.protocol import ReadTransaction, Store
from graph_schema.records import GENESIS, Commit, Head


class Heads:
    """What was seen of the networks kept at ``place``, a path or an address: their journals in files of ``folder``.

    ``access`` remembers the access logs of their vaults, in a folder beside it.
    """

    def __init__(self, folder: Path, place: str) -> None:
        self.place = place
        self._journal = Memory(folder, place)
        self.access = Memory(folder.with_name("access"), place)
        self._dataset = ""

    def gap(self, tx: ReadTransaction) -> Gap | None:
        """Where the journal parts from what this machine has seen here or, of a place never seen, elsewhere.

        So does another network's, whatever its past, in the place of the one that was seen here last.
        """
        dataset = tx.dataset()
        gap = self._journal.gap(dataset, partial(digest_at, tx), tx.head)
        return gap if gap and gap.here else self._journal.other(dataset, tx.head) or gap

    def last(self, tx: ReadTransaction) -> Seen | None:
        """The newest head seen in this place."""
        return self._journal.last(tx.dataset())

    def look(self, store: Store) -> Gap | None:
        """The gap of a store that is about to be worked in; its head is noted when there is none."""

        def work(tx: ReadTransaction) -> tuple[Gap | None, str, Head, Seen | None]:
            return self.gap(tx), tx.dataset(), tx.head(), self.last(tx)

        gap, dataset, head, last = store.read(work)
        self._dataset = dataset
        if gap is None and head.number and (last is None or last.number < head.number):
            self._journal.mark(dataset, head, "seen")
        return gap

    def note(self, commit: Commit, store: Store) -> None:
        """Note a commit that this machine has just written, unless the journal no longer goes through what it saw.

        Nor is that of a network that was put in another's place; one that begins here is seen from its first commit on.
        The commit is written: a store that goes away just then is told at the next act, not of this one.
        """
        with suppress(StoreError):
            if not self._dataset or commit.number == 1:  # it never changes once the network has a commit
                self._dataset = store.read(lambda tx: tx.dataset())

            def at(number: int) -> str | None:
                return store.read(lambda tx: digest_at(tx, number))

            head = Head(commit.number, commit.digest)
            if commit.number == 1 or not self._journal.other(self._dataset, lambda: head):
                self._journal.note(self._dataset, head, commit.previous, at)

    def mark(self, store: Store, what: Literal["restored", "accepted"], by: str) -> None:
        """From here on the store as it is now is what this machine has seen: someone has put it there, knowingly."""
        dataset, head = store.read(lambda tx: (tx.dataset(), tx.head()))
        self._journal.mark(dataset, head, what, by)

    def trouble(self, dataset: str) -> str | None:
        """Why nothing can be noted of a network on this machine, in a few words; None where it can."""
        return self._journal.trouble(dataset)

    def damaged(self, dataset: str) -> Path | None:
        """The file of what this machine has seen of a network, when it cannot be read as we wrote it."""
        return self._journal.damaged(dataset)

    def file(self, dataset: str) -> Path | None:
        """The file in which the heads of a network are kept; None for a name that cannot be one of ours."""
        return self._journal.file(dataset)


def digest_at(tx: ReadTransaction, number: int) -> str | None:
    """The digest that the commit ``number`` bears; None when there is no such commit."""
    if number == 0:
        return GENESIS
    found = tx.commits(after=number - 1, limit=1)
    return found[0].digest if found and found[0].number == number else None
