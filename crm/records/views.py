"""Saved views, whatever they show: named, each its author's, shown to the team once shared.

Who may consult the network may keep views for themselves; showing one to others is editing, and needs that right. A
private view is read by its author only, here and wherever one record is read by its id: ``readable`` decides, in
``crm.network.rights``. The journal keeps them like all else and tells them to their author alone; its reasons do not
name a private one. What is whole by nature (verification, copies, backups) holds them too, and shows none.

The content of a view is JSON. That of a list says which one, under ``LIST``; without, it is a view of the canvas.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from crm.errors import DuplicateKey, Forbidden, NotFound
from crm.network import Committed, Network
from crm.network.rights import Actor, Right, changeable, readable
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.records import NodeRecord
from graph_schema.text import fold
from graph_schema.views import View

LIST = "list"
"""Where the content of a view says of which list it is: the address of its page."""

_FIELDS = ("name", "author", "shared", "shown_on", "content")


class SavedView(NamedTuple):
    """A view as lists show it. ``shown_on`` is None for one that follows the day; ``mine`` says whose it is."""

    id: str
    name: str
    author: str
    shared: bool
    shown_on: date | None
    mine: bool


def listed(network: Network, page: str = "") -> list[tuple[SavedView, Mapping[str, Any]]]:
    """The views of a list (of the canvas, without ``page``) that the actor may open, each with its content.

    Their own come first, by name, then those that others share.
    """

    def work(tx: ReadTransaction) -> list[tuple[SavedView, Mapping[str, Any]]]:
        rows = ((str(row[0]), dict(zip(_FIELDS, row[1:], strict=True))) for row in tx.rows(View.TYPE, _FIELDS))
        every = ((saved(id, values, network.actor), values["content"]) for id, values in rows)
        # A content may be long: only of those that may be opened is it read.
        there = ((view, parsed(content) or {}) for view, content in every if view.mine or view.shared)
        return [each for each in there if _page(each[1]) == page]

    return sorted(network.read(work), key=lambda each: (not each[0].mine, fold(each[0].name), each[0].id))


def keep(
    network: Network, name: str, content: str, *, shared: bool = False, shown_on: date | None = None,
    replace: bool = False,
) -> Committed[str]:  # fmt: skip
    """Keep a content under a name; returns the view's id.

    A name that another view of the actor, of the same list or of the canvas too, bears raises ``DuplicateKey``
    (``existing`` is that view), unless ``replace``: then that view takes this content.
    """
    values = {
        "name": name,
        "shared": shared or None,
        "shown_on": shown_on.isoformat() if shown_on else None,
        "content": content,
    }

    def work(unit: UnitOfWork) -> str:
        same = _namesake(unit.tx, network.actor, name, _page(parsed(content)))
        if same is None:
            given = {key: value for key, value in values.items() if value is not None}
            return unit.create(View.TYPE, {"author": network.actor.name, **given})
        if not replace:
            raise _taken(name, same)
        _change(unit, network.actor, same, values)
        return same

    right = Right.EDIT if shared else Right.READ
    return network.commit(f"{_kind(shared)} enregistrée", work, right=right)


def rename(network: Network, id: str, name: str) -> Committed[None]:
    """Give a view another name. Raises ``DuplicateKey`` when another view of its author bears it."""
    view = _own(network, id)

    def work(unit: UnitOfWork) -> None:
        kept = _changeable(unit.node(id), network.actor)
        author = Actor(view.author, network.actor.role)
        same = _namesake(unit.tx, author, name, _page(parsed(kept.values.get("content"))))
        if same not in (None, id):
            raise _taken(name, str(same))
        _change(unit, network.actor, id, {"name": name})

    return network.commit(f"{_kind(view.shared)} renommée", work, right=_right(view))


def share(network: Network, id: str, shared: bool) -> Committed[None]:
    """Show a view to the team, or keep it for its author. Raises ``Forbidden`` for who may not edit."""
    _own(network, id)
    words = "Vue partagée avec l'équipe" if shared else "Vue rendue privée"
    return network.commit(words, lambda unit: _change(unit, network.actor, id, {"shared": shared or None}))


def delete(network: Network, id: str) -> Committed[None]:
    """Remove a view; the journal keeps it."""
    view = _own(network, id)

    def work(unit: UnitOfWork) -> None:
        _changeable(unit.node(id), network.actor)
        unit.delete([id])

    return network.commit(f"{_kind(view.shared)} supprimée", work, right=_right(view))


def _own(network: Network, id: str) -> SavedView:
    """The view as it is now, if the actor may change it."""
    record = network.read(lambda tx: _changeable(tx.get([id]).get(id), network.actor))
    return saved(id, record.values, network.actor)


def _change(unit: UnitOfWork, actor: Actor, id: str, patch: Mapping[str, Any]) -> None:
    """Change a view; what is shared, or becomes it, is everyone's: it takes the right to edit."""
    record = _changeable(unit.node(id), actor)
    if record.values.get("shared") or patch.get("shared"):
        actor.require(Right.EDIT)
    unit.update(id, patch)


def _right(view: SavedView) -> Right:
    return Right.EDIT if view.shared else Right.READ


def visible(record: NodeRecord | None, actor: Actor) -> NodeRecord:
    """The record of a view that the actor may open. Raises ``NotFound`` where there is none."""
    if record is None or record.type != View.TYPE or not readable(record, actor):
        raise NotFound("Cette vue n'existe pas, ou n'existe plus.", field="id")
    return record


def _changeable(record: NodeRecord | None, actor: Actor) -> NodeRecord:
    """The record, for its author and, once it is shared, for administrators."""
    view = visible(record, actor)
    if not changeable(view, actor):
        raise Forbidden(f"Cette vue est à {view.values.get('author')} : enregistrez la vôtre sous un autre nom.")
    return view


def _namesake(tx: ReadTransaction, author: Actor, name: str, page: str) -> str | None:
    rows = ((str(row[0]), row[1:]) for row in tx.rows(View.TYPE, ("name", "author", "content")))
    same = (
        id
        for id, row in rows
        if row[1] == author.name and fold(str(row[0])) == fold(name) and _page(parsed(row[2])) == page
    )
    return min(same, default=None)


def _page(content: Mapping[str, Any] | None) -> str:
    """The list of which a content is; nothing for one of the canvas."""
    return str(content.get(LIST) or "") if content else ""


def _taken(name: str, existing: str) -> DuplicateKey:
    words = f"Vous avez déjà une vue « {name.strip()} » : remplacez-la, ou choisissez un autre nom."
    return DuplicateKey(words, field="name", existing=existing)


def saved(id: str, values: Mapping[str, Any], actor: Actor) -> SavedView:
    """A view as lists show it to the actor."""
    day = values.get("shown_on")
    return SavedView(
        id, str(values["name"]), str(values["author"]), bool(values.get("shared")),
        date.fromisoformat(str(day)) if day else None, values["author"] == actor.name,
    )  # fmt: skip


def _kind(shared: bool) -> str:
    return "Vue partagée" if shared else "Vue privée"


def parsed(content: object) -> Mapping[str, Any] | None:
    """The content of a view; None for what is none."""
    try:
        found = json.loads(str(content))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, Mapping) else None
