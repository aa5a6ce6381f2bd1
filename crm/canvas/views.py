"""Saved views of the canvas: named states of the network on screen, kept as ``crm.records.views`` keeps all views."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crm.canvas.pruning import mentioned, present, redirected, without
from crm.canvas.scene import Camera, Positions
from crm.canvas.state import CanvasState
from crm.canvas.state import read as read_state
from crm.errors import InputError
from crm.network import Committed, Network
from crm.network.redirects import all_followed
from crm.records import views
from crm.records.views import SavedView as SavedView
from crm.records.views import delete as delete
from crm.records.views import rename as rename
from crm.records.views import share as share
from crm.store.protocol import ReadTransaction
from graph_schema.views import LARGEST
from graph_schema.wording import count

_FARTHEST = 1e6


@dataclass(frozen=True, slots=True)
class Opened:
    """A view as it can be shown now: ``notice`` says in French what of it is there no more (empty for nothing)."""

    view: SavedView
    state: CanvasState
    positions: Positions
    notice: str = ""
    camera: Camera | None = None


def saved(network: Network) -> list[SavedView]:
    """The views of the canvas that the actor may open: their own first, by name, then those that others share."""
    return [view for view, _ in views.listed(network)]


def save(
    network: Network, name: str, state: CanvasState, positions: Positions, *, shared: bool = False,
    shown_on: date | None = None, replace: bool = False, camera: Camera | None = None,
) -> Committed[str]:  # fmt: skip
    """Keep what is shown under a name; returns the view's id.

    A name that another such view of the actor bears raises ``DuplicateKey``, unless ``replace``. Raises ``InputError``
    for what cannot be a view: without a name, showing nothing, too large, or with positions that are none.
    """
    content = _written(state, positions, camera)
    return views.keep(network, name, content, shared=shared, shown_on=shown_on, replace=replace)


def open_view(network: Network, id: str) -> Opened:
    """What a view shows, as far as it is still there. Raises ``NotFound`` for one that is gone or someone else's."""

    def work(tx: ReadTransaction) -> Opened:
        record = views.visible(tx.get([id]).get(id), network.actor)
        content = views.parsed(record.values.get("content", ""))
        asked, notice = read_state(content and content.get("state", {}))
        there = present(tx, mentioned(asked))
        ends = all_followed(tx, mentioned(asked) - there)
        state, gone = without(redirected(asked, ends), there | {*ends.values()})
        given = _places(content.get("positions") if content else None)
        places = {ends.get(node, node): place for node, place in given.items()}
        positions = {node: places[node] for node in sorted(tx.get(places))}
        said = " ".join(filter(None, (notice, _gone(gone))))
        camera = _camera(content.get("camera") if content else None)
        return Opened(views.saved(id, record.values, network.actor), state, positions, said, camera)

    return network.read(work)


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
