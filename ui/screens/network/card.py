"""The card of what is selected on the canvas: the essential, what can be asked of it, and the way to its sheet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from crm.analytics.activity import activity_of
from crm.analytics.freshness import freshness_of
from crm.canvas.scene import Scene, SceneLink, SceneNode
from crm.canvas.state import CanvasState
from crm.canvas.web import other_end, web
from crm.records.meetings import attendance
from graph_schema.committees import Attended, Meeting
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.registry import SCHEMA
from graph_schema.wording import count
from ui import address, session
from ui.attendance import groups, written
from ui.look import freshness_mark, icon, standing_mark
from ui.markup import Markup, door, element, heading, join
from ui.screens.network import editing, where
from ui.screens.network.acting import asking

_TIES = 12


def show_card(state: CanvasState, shown: Scene) -> None:
    """Draw the card beside the canvas, over its right edge; nothing when nothing is selected."""
    nodes = {node.id: node for node in shown.nodes}
    chosen = [nodes[id] for id in where.selected() if id in nodes]
    link = next((each for each in shown.links if each.id == where.selected_link()), None)
    if link:
        body = _link(link, nodes)
    elif len(chosen) == 1:
        body = _node(chosen[0], state, shown)
    elif chosen:
        body = _several(chosen, state)
    elif editing.doing():
        body = Markup("")  # of what is not in the picture any more too: what was typed does not go without a word
    else:
        return
    with st.container(key="network-card", gap="small"):
        if body and not editing.doing():
            st.html(body)
        editing.show_editing()


def _node(node: SceneNode, state: CanvasState, shown: Scene) -> Markup:
    return join(
        _head(node.caption, " · ".join(filter(None, (node.kind, node.detail)))),
        _standing(node),
        _doors(node, state),
        _questions(node, state),
        _hidden(node, state, shown),
        _attendance(node, shown),
        _ties(node, shown),
    )


def _head(title: str, about: str) -> Markup:
    nothing = address.here(**where.choosing())
    close = element("a", icon(":material/close:"), class_="door close", href=nothing, aria_label="Fermer la carte")
    return element(
        "header", element("div", element("h2", title), close, class_="top"), element("div", about, class_="muted")
    )


def _standing(node: SceneNode) -> Markup:
    """How fresh the relation is, and why it is active or not."""
    if node.type not in SCHEMA.partners:
        return Markup("")
    relations = session.measures().relations
    measured = freshness_of(relations, node.id)
    mark = freshness_mark(measured.state).html()
    lines = [element("p", mark, " ", element("span", measured.reason, class_="muted small"))]
    if node.type == Organisation.TYPE:
        active = activity_of(relations, node.id)
        lines.append(element("p", standing_mark(active.standing).html(active.reason + "."), class_="small wrap"))
    return element("div", *lines, class_="standing")


def _doors(node: SceneNode, state: CanvasState) -> Markup:
    doors = [
        element("a", icon(":material/open_in_new:"), "Ouvrir la fiche", class_="door button primary",
                href=address.record(node.id)),
    ]  # fmt: skip
    if state.starts != (node.id,):
        centred = where.to(where.opening(node.id, node.type), **where.choosing(node.id))
        glyph = icon(":material/center_focus_strong:")
        doors.append(element("a", glyph, "Partir d'ici", class_="door button", href=centred))
    return element("div", *doors, class_="actions")


def _questions(node: SceneNode, state: CanvasState) -> Markup:
    """What the canvas can answer about it, by lighting up the answer."""
    if node.type not in SCHEMA.partners:
        return Markup("")
    leaves = "part" if node.type == Person.TYPE else "quitte le réseau"
    asked = [
        ("Qui peut m'introduire ?", state.introduce == node.id, asking(state, introduce=node.id)),
        (f"Que perd-on si {node.caption} {leaves} ?", state.loss == node.id, asking(state, loss=node.id)),
    ]
    none = asking(state)
    items = [
        element("li", element("a", words, class_="door", href=where.to(none if on else asking),
                              aria_current="true" if on else None))
        for words, on, asking in asked
    ]  # fmt: skip
    return element("ul", *items, class_="questions")


def _hidden(node: SceneNode, state: CanvasState, shown: Scene) -> Markup:
    """What expanding would bring, by type of link."""
    there = {each.id for each in shown.nodes}
    links = web(session.network(), session.measures()).links(node.id)
    left = Counter(
        (link.type, link.source == node.id)
        for link in links
        if link.type not in state.links_out and other_end(link, node.id) not in there
    )
    if not node.hidden or not left:
        return Markup("")
    chips = []
    for (type, outward), number in left.most_common():
        about, entry = SCHEMA.links[type].about, f"{node.id}/{type}"
        more = replace(state, expanded=state.expanded | {entry}, collapsed=state.collapsed - {node.id})
        words = join(about.label if outward else about.inverse, element("span", f"+{number}", class_="tally"))
        chips.append(element("a", words, class_="door", href=where.to(more)))
    return join(heading(f"{count(node.hidden, 'voisin')} à montrer"), element("div", *chips, class_="chips"))


def _of(node: SceneNode, links: Iterable[SceneLink]) -> Iterable[SceneLink]:
    return (link for link in links if node.id in (link.source, link.target))


def _ties(node: SceneNode, shown: Scene) -> Markup:
    """Its links on the canvas, each a sentence with a door to the other end."""
    captions = {each.id: each.caption for each in shown.nodes}
    links = [link for link in _of(node, shown.links) if not (node.type == Meeting.TYPE and link.type == Attended.TYPE)]
    if not links:
        return Markup("")
    lines = []
    for link in links[:_TIES]:
        outward = link.source == node.id
        other = link.target if outward else link.source
        verb = element("a", link.label if outward else link.inverse, class_="door muted", href=_to_link(link.id))
        beside = element("span", f" · {link.detail}", class_="muted") if link.detail else ""
        lines.append(element("li", verb, " ", door(captions[other], address.here(**where.choosing(other))), beside))
    return join(heading(count(len(links), "lien")), element("ul", *lines, class_="ties"), _others(len(links) - _TIES))


def _attendance(node: SceneNode, shown: Scene) -> Markup:
    """Those called to a meeting, drawn or not, by whether they came, with whom they work for."""
    if node.type != Meeting.TYPE or not (members := attendance(session.network(), node.id)):
        return Markup("")
    there = {each.id for each in shown.nodes}
    held_on = session.network().read(lambda tx: tx.get([node.id]))[node.id].values["held_on"]
    found = groups(members, date.fromisoformat(str(held_on)), shown.on)

    def to(id: str) -> str:
        return address.here(**where.choosing(id)) if id in there else address.record(id)

    return written(found, to, lambda member: Markup(""))


def _others(number: int) -> Markup:
    return element("p", f"et {count(number, 'autre')}", class_="muted small") if number > 0 else Markup("")


def _to_link(id: str) -> str:
    return address.here(**where.choosing(link=id))


def _link(link: SceneLink, nodes: dict[str, SceneNode]) -> Markup:
    source, target = nodes[link.source], nodes[link.target]
    ends = [
        element("p", door(end.caption, address.here(**where.choosing(end.id)), "strong"),
                element("span", f" · {end.kind}", class_="muted"))
        for end in (source, target)
    ]  # fmt: skip
    verb = element("p", icon(":material/arrow_downward:"), link.label, class_="muted")
    said = [
        element("p", words) for words in (link.detail, count(link.proofs, "preuve") if link.proofs else "") if words
    ]
    if not link.proofs:
        said.append(element("p", "Aucune preuve n'appuie encore ce lien.", class_="muted small"))
    return join(_head("Lien", "" if link.current else "N'existe plus à cette date."), ends[0], verb, ends[1], *said)


def _several(chosen: Sequence[SceneNode], state: CanvasState) -> Markup:
    items = [
        element("li", door(node.caption, address.here(**where.choosing(node.id))),
                element("span", f" · {node.kind}", class_="muted"))
        for node in chosen[:_TIES]
    ]  # fmt: skip
    more = _others(len(chosen) - _TIES)
    doors = Markup("")
    if len(chosen) == 2:
        path = asking(state, path=(chosen[0].id, chosen[1].id))
        on = state.path == path.path
        words = "Oublier ce chemin" if on else "Chemin entre les deux"
        href = where.to(asking(state) if on else path)
        doors = element(
            "div",
            element("a", icon(":material/route:"), words, class_="door button primary", href=href),
            class_="actions",
        )
    title = count(len(chosen), "fiche choisie", "fiches choisies")
    return join(_head(title, ""), doors, element("ul", *items, class_="ties"), more)
