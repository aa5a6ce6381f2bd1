"""Saved views: named states of the network on screen, each its author's, shown to the team once shared.

Who may consult the network may keep views for themselves; showing one to others is editing, and needs that right. A
private view is read by its author only, here and wherever one record is read by its id: ``readable`` decides, in
``crm.network.rights``. The journal keeps them like all else and tells them to their author alone; its reasons do not
name a private one. What is whole by nature (verification, copies, backups) holds them too, and shows none.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from crm.canvas.pruning import mentioned, present, without
from crm.canvas.scene import Camera, Positions
from crm.canvas.state import CanvasState
from crm.canvas.state import read as read_state
from crm.errors import DuplicateKey, Forbidden, InputError, NotFound
from crm.network import Committed, Network
from crm.network.rights import Actor, Right, changeable, readable
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.records import NodeRecord
from graph_schema.text import fold
from graph_schema.views import LARGEST, View
from graph_schema.wording import count

_FARTHEST = 1e6
_FIELDS = ("name", "author", "shared", "shown_on")


class SavedView(NamedTuple):
    """A view as lists show it. ``shown_on`` is None for one that follows the day; ``mine`` says whose it is."""

    id: str
    name: str
    author: str
    shared: bool
    shown_on: date | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A view as it can be shown now: ``notice`` says in French what of it is there no more (empty for nothing)."""

    view: SavedView
    state: CanvasState
    positions: Positions
    notice: str = ""
    camera: Camera | None = None


def saved(network: Network) -> list[SavedView]:
    """The views that the actor may open: their own first, by name, then those that others share."""

    def work(tx: ReadTransaction) -> list[SavedView]:
        return [_saved(str(row[0]), dict(zip(_FIELDS, row[1:], strict=True)), network.actor) for row in _rows(tx)]

    found = (view for view in network.read(work) if view.mine or view.shared)
    return sorted(found, key=lambda view: (not view.mine, fold(view.name), view.id))


def save(
    network: Network, name: str, state: CanvasState, positions: Positions, *, shared: bool = False,
    shown_on: date | None = None, replace: bool = False, camera: Camera | None = None,
) -> Committed[str]:  # fmt: skip
    """Keep what is shown under a name; returns the view's id.

    A name that another view of the actor bears raises ``DuplicateKey`` (``existing`` is that view), unless ``replace``:
    then that view takes this content. Raises ``InputError`` for what cannot be a view: without a name, showing nothing,
    too large, or with positions that are none.
    """
    values = {
        "name": name,
        "shared": shared or None,
        "shown_on": shown_on.isoformat() if shown_on else None,
        "content": _written(state, positions, camera),
    }

    def work(unit: UnitOfWork) -> str:
        same = _namesake(unit.tx, network.actor, name)
        if same is None:
            given = {key: value for key, value in values.items() if value is not None}
            return unit.create(View.TYPE, {"author": network.actor.name, **given})
        if not replace:
            raise _taken(name, same)
        _change(unit, network.actor, same, values)
        return same

    right = Right.EDIT if shared else Right.READ
    return network.commit(f"{_kind(shared)} enregistrée", work, right=right)


def open_view(network: Network, id: str) -> Opened:
    """What a view shows, as far as it is still there. Raises ``NotFound`` for one that is gone or someone else's."""

    def work(tx: ReadTransaction) -> Opened:
        record = _visible(tx.get([id]).get(id), network.actor)
        content = _parsed(str(record.values.get("content", "")))
        asked, notice = read_state(content and content.get("state", {}))
        state, gone = without(asked, present(tx, mentioned(asked)))
        places = _places(content.get("positions") if content else None)
        positions = {node: places[node] for node in sorted(tx.get(places))}
        said = " ".join(filter(None, (notice, _gone(gone))))
        camera = _camera(content.get("camera") if content else None)
        return Opened(_saved(id, record.values, network.actor), state, positions, said, camera)

    return network.read(work)


def rename(network: Network, id: str, name: str) -> Committed[None]:
    """Give a view another name. Raises ``DuplicateKey`` when another view of its author bears it."""
    view = _own(network, id)

    def work(unit: UnitOfWork) -> None:
        same = _namesake(unit.tx, Actor(view.author, network.actor.role), name)
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
    return _saved(id, record.values, network.actor)


def _change(unit: UnitOfWork, actor: Actor, id: str, patch: Mapping[str, Any]) -> None:
    """Change a view; what is shared, or becomes it, is everyone's: it takes the right to edit."""
    record = _changeable(unit.node(id), actor)
    if record.values.get("shared") or patch.get("shared"):
        actor.require(Right.EDIT)
    unit.update(id, patch)


def _right(view: SavedView) -> Right:
    return Right.EDIT if view.shared else Right.READ


def _visible(record: NodeRecord | None, actor: Actor) -> NodeRecord:
    if record is None or record.type != View.TYPE or not readable(record, actor):
        raise NotFound("Cette vue n'existe pas, ou n'existe plus.", field="id")
    return record


def _changeable(record: NodeRecord | None, actor: Actor) -> NodeRecord:
    """The record, for its author and, once it is shared, for administrators."""
    view = _visible(record, actor)
    if not changeable(view, actor):
        raise Forbidden(f"Cette vue est à {view.values.get('author')} : enregistrez la vôtre sous un autre nom.")
    return view


def _rows(tx: ReadTransaction) -> list[tuple[object, ...]]:
    return list(tx.rows(View.TYPE, _FIELDS))


def _namesake(tx: ReadTransaction, author: Actor, name: str) -> str | None:
    rows = (row for row in _rows(tx) if row[2] == author.name and fold(str(row[1])) == fold(name))
    return min((str(row[0]) for row in rows), default=None)


def _taken(name: str, existing: str) -> DuplicateKey:
    words = f"Vous avez déjà une vue « {name.strip()} » : remplacez-la, ou choisissez un autre nom."
    return DuplicateKey(words, field="name", existing=existing)


def _saved(id: str, values: Mapping[str, Any], actor: Actor) -> SavedView:
    day = values.get("shown_on")
    return SavedView(
        id, str(values["name"]), str(values["author"]), bool(values.get("shared")),
        date.fromisoformat(str(day)) if day else None, values["author"] == actor.name,
    )  # fmt: skip


def _kind(shared: bool) -> str:
    return "Vue partagée" if shared else "Vue privée"


def _gone(many: int) -> str:
    if not many:
        return ""
    verb = "n'existent plus : ils sont laissés" if many > 1 else "n'existe plus : il est laissé"
    return f"{count(many, 'élément')} de cette vue {verb} de côté."


def _written(state: CanvasState, positions: Positions, camera: Camera | None) -> str:
    if state.empty:
        raise InputError("Il n'y a rien à enregistrer : ouvrez d'abord un partenaire, un comité ou un territoire.")
    places = _places(dict(positions))
    if len(places) < len(positions):
        raise InputError("Cette vue contient des positions illisibles : rechargez la page, puis recommencez.")
    rounded = {id: [round(x, 1), round(y, 1)] for id, (x, y) in sorted(places.items())}
    content = {"state": state.to_json(), "positions": rounded} | ({"camera": seen} if (seen := _camera(camera)) else {})
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    if len(text) > LARGEST:
        raise InputError("Cette vue est trop grande pour être enregistrée : masquez ou repliez une partie du réseau.")
    return text


def _parsed(content: str) -> Mapping[str, Any] | None:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, Mapping) else None


def _places(positions: object) -> dict[str, tuple[float, float]]:
    """The positions that are places on a canvas, others left out."""
    if not isinstance(positions, Mapping):
        return {}
    pairs = ((id, place) for id, place in positions.items() if isinstance(place, list | tuple) and len(place) == 2)
    return {str(id): (float(x), float(y)) for id, (x, y) in pairs if _coordinate(x) and _coordinate(y)}


def _camera(value: object) -> Camera | None:
    """A camera that is one: a place and a scale above nothing."""
    if not isinstance(value, list | tuple) or len(value) != 3 or not all(map(_coordinate, value)):
        return None
    x, y, scale = map(float, value)
    return (x, y, scale) if scale > 0 else None


def _coordinate(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(float(str(value))) and abs(float(str(value))) <= _FARTHEST
