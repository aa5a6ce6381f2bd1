"""Redaction: values of a change, or the reason of a commit, leave the journal for ever; the chain says that they did.

What the digests are made of stays, so that nothing else can be altered under the cover of a redaction.
"""

import re
from typing import NamedTuple

from crm.errors import InputError, NotFound
from crm.network import Committed, Network
from crm.network.rights import Right
from crm.network.work import UnitOfWork
from crm.store import history
from crm.store.protocol import ReadTransaction
from graph_schema.records import DATASET, SCHEMA_REACHED
from graph_schema.registry import SCHEMA

SOURCE = "redaction"
_NAMED = re.compile(r"(\d{1,18})(?::(\d{1,18}))?", re.ASCII)
"""How a change says what it redacts."""


class Redacted(NamedTuple):
    """What a redaction names: a commit's second part, or (with ``position``) a change's values; ``by`` which commit."""

    number: int
    position: int | None
    by: int

    @property
    def words(self) -> str:
        """What was taken from the journal, and by which commit."""
        what = "le motif" if self.position is None else f"le contenu du changement {self.position + 1}"
        return f"L'acte {self.by} a effacé du journal {what} de l'acte {self.number}."


def redact(
    network: Network, number: int, position: int | None = None, *, keep_current: bool = False
) -> Committed[None]:
    """Empty the values of the change ``position`` of the commit ``number``; without it the commit's reason and detail.

    Nothing brings them back. What still stands in the record stays, and the redaction tells it anew: so it is refused
    (``still_current``), the fields being named, unless with ``keep_current``. Raises ``Forbidden`` for who may not
    erase, ``NotFound`` for what the journal does not hold, ``InputError`` for what is emptied already or
    must stay.
    """
    network.actor.require(Right.ERASE)

    def work(unit: UnitOfWork) -> None:
        _check(unit.tx, number, position)
        if position is not None and not keep_current:
            _refuse_current(unit.tx, number, position)
        unit.redact(number, position)

    what = "Motif effacé du journal" if position is None else "Contenu effacé du journal"
    return network.commit(f"{what} : acte {number}", work, source=SOURCE, right=Right.ADMIN)


def position_of(network: Network, number: int, id: str) -> int:
    """Which change of the commit ``number`` is about the record ``id``. Raises ``NotFound`` when none is."""

    def work(tx: ReadTransaction) -> int:
        mine = [change for _, change in tx.changes(number, number) if change.id == id]
        if not mine:
            raise NotFound(f"L'acte {number} n'a rien changé à une fiche {id}.", field="id")
        return min(mine, key=lambda change: (change.redacted, change.position)).position

    return network.read(work, Right.ADMIN)


def redacted(network: Network) -> list[Redacted]:
    """All that was redacted, in the order in which it was."""
    return network.read(redacted_in, Right.HISTORY)


def redacted_in(tx: ReadTransaction) -> list[Redacted]:
    """All that was redacted, as a transaction sees it (see ``redacted``)."""
    found = []
    for commit in history.commits(tx):
        if commit.version > 1 and commit.changes and commit.source == SOURCE:
            for _, change in tx.changes(commit.number, commit.number):
                if change.action == "redact" and (at := _NAMED.fullmatch(change.source or "")):
                    found.append(Redacted(int(at[1]), int(at[2]) if at[2] else None, commit.number))
    return found


def _check(tx: ReadTransaction, number: int, position: int | None) -> None:
    commit = next(iter(tx.commits(after=number - 1, limit=1)), None)
    if commit is None or commit.number != number:
        raise NotFound(f"Le journal n'a pas d'acte {number}.", field="number")
    if position is None:
        if DATASET in commit.detail:
            raise InputError(f"L'acte {number} dit de quel réseau est ce journal : il reste entier.", field="number")
        if SCHEMA_REACHED in commit.detail:
            raise InputError(f"L'acte {number} dit de quel schéma sont les données : il reste entier.", field="number")
        if not commit.reason and not commit.detail:
            raise InputError(f"Le motif de l'acte {number} est déjà effacé.", field="number")
        return
    change = next((c for _, c in tx.changes(number, number) if c.position == position), None)
    if change is None:
        raise NotFound(f"L'acte {number} n'a pas de changement {position}.", field="position")
    if change.redacted:
        raise InputError(f"Le contenu de ce changement de l'acte {number} est déjà effacé.", field="position")


def _refuse_current(tx: ReadTransaction, number: int, position: int) -> None:
    """Refuse to erase what the record holds now: it would be in the journal again at once."""
    change = next(c for _, c in tx.changes(number, number) if c.position == position)
    record = tx.get([change.id]).get(change.id) or tx.get_links([change.id]).get(change.id)
    if record is None:
        return
    said = [*(change.before or {}).items(), *(change.after or {}).items()]
    fields = SCHEMA.type(record.type).fields
    still = [name for name, value in record.values.items() if (name, value) in said and name in fields]
    if still:
        named = ", ".join(f"« {fields[name].about.label} »" for name in still)
        raise InputError(
            f"La fiche le porte encore ({named}) : corrigez d'abord la fiche, ou gardez ce qu'elle dit par"
            " --keep-current ; rien n'est effacé.",
            field="id", code="still_current",
        )  # fmt: skip
