"""The versions of a record, as its sheet tells them, and how to bring one back."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from crm.days import moment
from crm.errors import InputError, NotFound
from crm.ledger.backdating import lateness
from crm.network import Committed, Network
from crm.network.rights import Right, readable
from crm.network.work import UnitOfWork
from crm.store.history import at_revision
from crm.store.protocol import ReadTransaction
from graph_schema.records import Action, Change, Commit, Value, Values
from graph_schema.registry import SCHEMA
from graph_schema.views import View


class Difference(NamedTuple):
    """One field of a version: its name, what it was before and what it became; None where it was empty."""

    field: str
    before: Value | None
    after: Value | None


class Version(NamedTuple):
    """One step in the life of a record. ``differences`` is None when its content was redacted, by ``erased``.

    ``late``: how many days after the fact it gave the day of that fact, where it gave one.
    """

    commit: Commit
    action: Action
    revision: int
    differences: tuple[Difference, ...] | None
    late: int | None = None
    erased: Commit | None = None


def versions(network: Network, id: str, limit: int = 200) -> list[Version]:
    """The versions of a node or link, newest first. Raises ``Forbidden`` for who may not read the journal.

    A saved view's are told to its author only.
    """
    found = history(network, id, limit)
    erasing = erasures(found)
    return [_version(commit, change, erased_by(commit, change, erasing)) for commit, change in found]


def history(network: Network, id: str, limit: int) -> list[tuple[Commit, Change]]:
    """What the journal holds of a node or link, newest first; of a saved view, nothing but to its author.

    A view that is shared was private before: its past stays its author's.
    """

    def work(tx: ReadTransaction) -> list[tuple[Commit, Change]]:
        found = tx.history(id, limit)
        if not any(change.type == View.TYPE for _, change in found):
            return found
        current = tx.get([id]).get(id)
        last = next((change.before for _, change in found if change.before), None)
        values = current.values if current else last or {}
        return found if values.get("author") == network.actor.name else []

    return network.read(work, Right.HISTORY)


def erasures(found: Iterable[tuple[Commit, Change]]) -> dict[str, Commit]:
    """The commits that took contents of a record from the journal, by « commit:position » of what they took."""
    return {str(change.source): commit for commit, change in found if change.action == "redact"}


def erased_by(commit: Commit, change: Change, erasing: Mapping[str, Commit]) -> Commit | None:
    """The commit that took the content of ``change`` from the journal; None for one that is there, or unnamed."""
    return erasing.get(f"{commit.number}:{change.position}") if change.redacted else None


def erased_words(by: Commit | None) -> str:
    """That a content was taken from the journal, when and by whom."""
    told = f" le {moment(by.at)}, par {by.by}" if by else ""
    return f"contenu effacé du journal{told}"


def restore(network: Network, id: str, version: int, revision: int) -> Committed[None]:
    """Give the fields of a record back the values of an earlier version, as one more change.

    What the product answers for stays as it is now: a file that was destroyed does not come back with what was said.
    ``revision`` is the one that the caller has seen. Raises ``StaleRevision`` if the record has changed since,
    ``InputError`` when that version can no longer be told (redacted, or before a deletion).
    """

    def work(unit: UnitOfWork) -> None:
        current = unit.node(id) or unit.link(id)
        if current is None:
            raise NotFound("Cette fiche n'existe plus : elle a été supprimée entre-temps.")
        wanted = at_revision(unit.tx, current, version)
        if wanted is None or not readable(wanted, network.actor):
            raise InputError("Le journal ne garde plus le contenu de cette version : elle ne peut pas revenir.")
        patch = patch_to(current.values, wanted.values)
        vouched = SCHEMA.type(current.type).vouched
        unit.update(id, {name: value for name, value in patch.items() if name not in vouched}, revision=revision)

    return network.commit(f"Version {version} restaurée", work)


def patch_to(values: Values, wanted: Values) -> dict[str, Value | None]:
    """What must change for ``values`` to become ``wanted``; None empties a field."""
    return {
        name: wanted.get(name) for name in dict.fromkeys((*wanted, *values)) if values.get(name) != wanted.get(name)
    }


def _version(commit: Commit, change: Change, erased: Commit | None) -> Version:
    if change.action == "redact":  # it tells the record anew, and changes nothing of it
        return Version(commit, change.action, change.revision, ())
    before, after = change.before or {}, change.after or {}
    redacted = change.before is None and change.after is None
    names = () if redacted else _ordered(change.type, {*before, *after})
    differences = tuple(Difference(name, before.get(name), after.get(name)) for name in names)
    late = lateness(commit, change)
    return Version(commit, change.action, change.revision, None if redacted else differences, late, erased)


def _ordered(type: str, names: set[str]) -> list[str]:
    """Fields in the order of their declaration, whatever order a store gives them in; then those of another schema."""
    declared = SCHEMA.nodes.get(type) or SCHEMA.links.get(type)
    order = list(declared.fields) if declared else []
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))
