"""The canvas as tables: the same nodes and links in words, each act a link that changes the same state."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, NamedTuple, TypeVar

import streamlit as st

from crm.canvas.scene import Scene, SceneLink, SceneNode
from crm.canvas.state import CanvasState
from graph_schema.text import fold
from graph_schema.wording import count, in_order, number, plural
from ui import address, paging
from ui.canvas import Event
from ui.drawing import ROLES
from ui.look import freshness_mark
from ui.markup import Markup, cell, door, element, heading, join
from ui.screens.network import acting, twin_files, where

PAGE = 100
NODES_ORDER, LINKS_ORDER = "tri-fiches", "tri-liens"
_ANY = "0-any-id-0"
"""Stands for an id in a link made once for all rows."""

T = TypeVar("T")
Link = Callable[[str], str]


class _Column(NamedTuple, Generic[T]):
    """A column that sorts: its name in the address, its head, what it sorts by."""

    name: str
    head: str
    key: Callable[[T], Any]


_NODES: Sequence[_Column[SceneNode]] = (
    _Column("nom", "Nom", lambda node: in_order(node.caption)),
    _Column("nature", "Nature", lambda node: fold(node.kind)),
    _Column("precision", "Précision", lambda node: (not node.detail, in_order(node.detail))),
    _Column("fraicheur", "Fraîcheur", lambda node: node.state.rank if node.state else 99),
    _Column("liens", "Liens", lambda node: -node.degree),
    _Column("caches", "Non montrés", lambda node: -node.hidden),
)


def show_tables(scene: Scene) -> None:
    """Draw the tables of what the canvas shows, and the doors to their files."""
    state, names = where.state(), {node.id: node.caption for node in scene.nodes}
    nodes = _sorted(scene.nodes, _NODES, NODES_ORDER)
    links = _sorted(scene.links, _links_columns(names), LINKS_ORDER)
    with st.container(key="network-twin"):
        st.html(join(_counted(scene, state), _nodes_table(nodes, state), _links_table(links, names)))
        twin_files.show_table_files(scene)


def _counted(scene: Scene, state: CanvasState) -> Markup:
    """How much is shown, how much is not, and the way to what was hidden by hand."""
    words = [f"{count(len(scene.nodes), 'fiche')} et {count(len(scene.links), 'lien')}"]
    if scene.near:
        words.append(f"{count(scene.near, 'voisin')} non {plural(scene.near, 'montré')}")
    if scene.left_out:
        words.append(f"{number(scene.left_out)} de plus à portée, au-delà de ce qui se lit")
    said = element("p", f"{' ; '.join(words)}.", class_="figure", aria_live="polite")
    doors = []
    if state.hidden:
        doors.append(door(f"Montrer {_masked(len(state.hidden))}", where.to(replace(state, hidden=frozenset()))))
    if state.path:
        doors.append(door("Oublier ce chemin", where.to(acting.asking(state))))
    return join(said, *(element("p", each) for each in doors))


def _masked(many: int) -> str:
    return f"les {number(many)} fiches masquées" if many > 1 else "la fiche masquée"


def _nodes_table(nodes: Sequence[SceneNode], state: CanvasState) -> Markup:
    acts, chosen, selecting = _Acts(state, nodes), set(where.selected()), _link(**where.choosing(_ANY))
    rows = [_node_row(node, selecting(node.id), node.id in chosen, acts) for node in nodes[: paging.shown(PAGE)]]
    heads = [*_heads(_NODES, NODES_ORDER), element("th", "Sur le réseau", scope="col")]
    return join(_table("Fiches", heads, rows), paging.more(len(nodes), PAGE))


def _node_row(node: SceneNode, href: str, chosen: bool, acts: "_Acts") -> Markup:
    name = element("a", node.caption, class_="door", href=href, aria_current="true" if chosen else None)
    return element(
        "tr",
        element("th", name, scope="row"),
        cell(node.kind),
        cell(" · ".join(filter(None, (node.detail, ROLES.get(node.role)))), class_="muted"),
        cell(freshness_mark(node.state).html() if node.state else ""),
        cell(number(node.degree), class_="number"),
        cell(acts.unfolding(node), class_="number"),
        cell(element("span", *acts.of(node), class_="acts")),
        class_="chosen" if chosen else None,
    )


class _Acts:
    """What can be done with a node from its row: links that change the state as the same act on the canvas does."""

    def __init__(self, state: CanvasState, nodes: Sequence[SceneNode]) -> None:
        self._state = state
        self._special = {e.partition("/")[0] for e in state.expanded} | state.collapsed | state.pinned
        self._usual = {kind: _for_each(self._after(kind, _ANY)) for kind in ("expand", "collapse", "hide", "pin")}
        self._end = next((node for node in nodes if [node.id] == where.selected()), None)
        path = (self._end.id, _ANY) if self._end else None
        self._join = _for_each(where.to(acting.asking(state, path=path)))
        begun = replace(state, starts=(_ANY,), search="", depth=1, path=None, introduce="", loss="")
        self._begin = _for_each(where.to(begun))

    def unfolding(self, node: SceneNode) -> str:
        """The neighbours that are not shown, a door to them."""
        if not node.hidden:
            return ""
        more = f"+{number(node.hidden)}"
        return _act(more, f"{more} : étendre {node.caption}", self._href("expand", node.id))

    def of(self, node: SceneNode) -> list[Markup]:
        """Fold or unfold, hide, pin, begin from here; the path to here from the one that is selected."""
        id, name = node.id, node.caption
        folding = ("Étendre", "expand") if id in self._state.collapsed else ("Réduire", "collapse")
        pinning = "Libérer" if id in self._state.pinned else "Épingler"
        acts = [folding, ("Masquer", "hide"), (pinning, "pin")]
        done = [_act(words, f"{words} {name}", self._href(kind, id)) for words, kind in acts]
        done.append(_act("Partir d'ici", f"Partir d'ici : {name}", self._begin(id)))
        if self._end and self._end.id != id:
            done.append(_act("Chemin", f"Chemin entre {self._end.caption} et {name}", self._join(id)))
        return done

    def _href(self, kind: str, id: str) -> str:
        """The usual link, made once for all rows; where the state already says something of the node, its own."""
        return self._after(kind, id) if id in self._special else self._usual[kind](id)

    def _after(self, kind: str, id: str) -> str:
        return where.to(acting.after(self._state, Event(kind, (id,))))


def _act(words: str, label: str, href: str) -> Markup:
    return element("a", words, class_="door", href=href, aria_label=label, title=label)


def _links_columns(names: Mapping[str, str]) -> Sequence[_Column[SceneLink]]:
    return (
        _Column("de", "De", lambda link: in_order(names.get(link.source, ""))),
        _Column("lien", "Lien", lambda link: fold(link.label)),
        _Column("a", "À", lambda link: in_order(names.get(link.target, ""))),
        _Column("precision", "Précision", lambda link: (not link.detail, in_order(link.detail))),
        _Column("preuves", "Preuves", lambda link: -link.proofs),
    )


def _links_table(links: Sequence[SceneLink], names: Mapping[str, str]) -> Markup:
    """A row reads as a sentence: « Mme Exemple travaille pour → Garage Fictif, tutrice »; its verb opens the link."""
    node, verb = _link(**where.choosing(_ANY)), _link(**where.choosing(link=_ANY))
    chosen = where.selected_link()
    rows = [_link_row(link, names, node, verb, link.id == chosen) for link in links[: paging.shown(PAGE)]]
    table = _table("Liens", _heads(_links_columns(names), LINKS_ORDER), rows)
    return join(table, paging.more(len(links), PAGE))


def _link_row(link: SceneLink, names: Mapping[str, str], node: Link, verb: Link, chosen: bool) -> Markup:
    source, target = names.get(link.source, ""), names.get(link.target, "")
    arrow = element("span", " →", aria_hidden="true")
    said = element(
        "a", link.label, arrow, class_="door", href=verb(link.id), aria_current="true" if chosen else None,
        aria_label=f"Ouvrir le lien : {source} {link.label} {target}",
    )  # fmt: skip
    over = "" if link.current else element("span", " (terminé)", class_="muted")
    return element(
        "tr",
        element("th", door(source, node(link.source)), scope="row"),
        cell(said),
        cell(door(target, node(link.target))),
        cell(link.detail, over),
        cell(number(link.proofs) if link.proofs else "", class_="number"),
        class_="chosen" if chosen else None,
    )


def _table(caption: str, heads: Sequence[Markup], rows: Collection[Markup]) -> Markup:
    body = [
        element("caption", heading(caption)),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
    ]
    table = element("table", *body, class_="rows")
    return element("div", table, class_="wide", tabindex="0", role="region", aria_label=f"Tableau : {caption.lower()}")


def _heads(columns: Sequence[_Column[T]], name: str) -> list[Markup]:
    """Heads that sort: once for one way, again for the other."""
    column, backwards = _order(columns, name)
    heads = []
    for each in columns:
        on = each is column
        after = f"-{each.name}" if on and not backwards else each.name
        sign = element("span", " ▾" if backwards else " ▴", aria_hidden="true") if on else ""
        link = element("a", each.head, sign, class_="door", href=address.here(**{name: after}))
        sort = ("descending" if backwards else "ascending") if on else None
        heads.append(element("th", link, scope="col", aria_sort=sort))
    return heads


def _sorted(rows: Sequence[T], columns: Sequence[_Column[T]], name: str) -> list[T]:
    column, backwards = _order(columns, name)
    return sorted(rows, key=column.key, reverse=backwards)


def _order(columns: Sequence[_Column[T]], name: str) -> tuple[_Column[T], bool]:
    asked = address.text(name)
    found = next((each for each in columns if each.name == asked.removeprefix("-")), columns[0])
    return found, asked.startswith("-") and found.name == asked.removeprefix("-")


def _link(**parameters: address.Given) -> Link:
    return _for_each(address.here(**parameters))


def _for_each(href: str) -> Link:
    return lambda id: href.replace(_ANY, id)
