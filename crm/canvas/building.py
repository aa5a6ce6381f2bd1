"""From a state to a scene: the nodes and links of a canvas with all that is said of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from math import log10

import networkx as nx

from crm.analytics.reach import commune_of
from crm.canvas.comparing import Compared
from crm.canvas.questions import answer
from crm.canvas.reach import Walk
from crm.canvas.scene import LIMIT, Scene, SceneLink, SceneNode
from crm.canvas.starts import starts
from crm.canvas.state import CanvasState, Colour, SizeMeaning
from crm.canvas.web import Web, web
from crm.measures import measuring
from crm.measures.measuring import Measures
from crm.network import Network
from crm.network.kept import KeptKind
from crm.network.rights import readable
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import LinkRow
from graph_schema.wording import count, number, short_date

_SCENES = KeptKind[Scene](most=32)
_STAND_OUT = 5
"""Beyond so many starts none stands out any more."""


def scene(network: Network, measures: Measures, state: CanvasState, limit: int = LIMIT) -> Scene:
    """The picture that ``state`` asks for, of ``network`` on the day of ``measures``; the same one as long as both are.

    With another ``limit`` than what can be read, as for a file, it is made anew each time.

    Ids that nothing bears are left out and said in ``Scene.sentence``. Raises ``Forbidden`` without the right to read.
    """
    whole = web(network, measures)

    def made() -> Scene:
        return _Building(network, measures, whole, state, limit).scene()

    return made() if limit != LIMIT else measures.kept.drawn(_SCENES, network.actor, made, state)


class _Building:
    """One scene while it is made."""

    def __init__(self, network: Network, measures: Measures, whole: Web, state: CanvasState, limit: int) -> None:
        self._network, self._measures, self._web, self._state, self._limit = network, measures, whole, state, limit
        self._compared: Compared | None = None
        if state.compare and state.compare < measures.on:
            before = measuring.measures(network, state.compare)
            self._compared = Compared(whole, measures, web(network, before), before)

    def scene(self) -> Scene:
        """The scene, whole."""
        begun = starts(self._network, self._measures, self._web, self._state)
        said = answer(self._measures, self._web, self._state, self._name)
        reached = self._reach.walk(begun.ids, said.nodes, self._limit)
        self._shown = dict.fromkeys(reached.ids)
        rows = self._rows()
        records, links = self._network.read(lambda tx: (tx.get(self._shown), tx.get_links(rows)))
        sizes = self._sizes(rows.values())
        starting = begun.ids if len(begun.ids) <= _STAND_OUT else ()
        roles = {**dict.fromkeys(starting, "start"), **self._changes(), **said.nodes}
        nodes = tuple(self._node(records[id], sizes[id], roles.get(id, "")) for id in reached.ids if id in records)
        known = {node.id for node in nodes}
        drawn = tuple(
            self._link(links[id], records[row.target], said.links.get(id, ""))
            for id, row in sorted(rows.items())
            if id in links and {row.source, row.target} <= known
        )
        words = [said.sentence, *begun.notices, summary(nodes, drawn, reached.left_out)]
        near = {other for id in known for other in self._reach.hidden(id, self._shown)}
        said_of_it = " ".join(filter(None, words))
        return Scene(self._measures.on, nodes, drawn, reached.left_out, said_of_it, near=len(near))

    @cached_property
    def _reach(self) -> Walk:
        return Walk((self._web, *([self._compared.web_before] if self._compared else [])), self._state)

    def _rows(self) -> dict[str, LinkRow]:
        """The links between shown nodes, by id; those that are over too, when days are compared."""
        webs = (self._web, *([self._compared.web_before] if self._compared else []))
        return {
            link.id: link
            for whole in webs
            for id in self._shown
            for link in whole.links(id)
            if link.source == id and link.target in self._shown and link.type not in self._state.links_out
        }

    def _changes(self) -> Mapping[str, str]:
        return {id: role for id in self._shown if (role := self._compared.role(id))} if self._compared else {}

    def _sizes(self, links: Iterable[LinkRow]) -> dict[str, float]:
        if self._state.size is SizeMeaning.NONE:
            return dict.fromkeys(self._shown, 1.2)
        if self._state.size is SizeMeaning.DEGREE:
            return {id: _by_degree(self._web.degree(id)) for id in self._shown}
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self._shown)
        graph.add_edges_from((link.source, link.target) for link in links)
        relay: dict[str, float] = nx.betweenness_centrality(graph)
        most = max(relay.values(), default=0.0) or 1.0
        return {id: 0.7 + 3.0 * (value / most) ** 0.5 for id, value in relay.items()}

    def _node(self, record: NodeRecord, size: float, role: str) -> SceneNode:
        id, whole = record.id, self._web
        organisation = whole.relations.snapshot.organisations.get(id)
        return SceneNode(
            id,
            record.type,
            SCHEMA.nodes[record.type].caption(record.values),
            organisation.kind.label if organisation else SCHEMA.nodes[record.type].about.label,
            self._family(id),
            self._detail(record),
            whole.state(id),
            str(organisation.roles[0]) if organisation and organisation.roles else "",
            self._communities.get(id),
            whole.degree(id),
            round(size, 2),
            len(self._reach.hidden(id, self._shown)),
            role,
        )

    def _family(self, id: str) -> str:
        there = self._web if self._web.type(id) or not self._compared else self._compared.web_before
        return there.family(id)

    def _detail(self, record: NodeRecord) -> str:
        snapshot = self._web.relations.snapshot
        if organisation := snapshot.organisations.get(record.id):
            town = commune_of(organisation.commune) if organisation.commune else None
            return town.name if town else ""
        if record.id in snapshot.people:
            roles = self._web.relations.roles.get(record.id, ())
            held = [(link.role, snapshot.organisations[link.target].name) for link in roles if link.source == record.id]
            return " ; ".join(", ".join(filter(None, each)) for each in held[:3])
        if stands := SCHEMA.nodes[record.type].stands(record.values, self._measures.on):
            return stands
        days = [str(record.values[name]) for name in ("held_on", "starts_on") if record.values.get(name)]
        return short_date(date.fromisoformat(days[0])) if days else ""

    def _link(self, record: LinkRecord, target: NodeRecord, role: str) -> SceneLink:
        words = SCHEMA.links[record.type].words(record.values, target.values, self._measures.on)
        evidence = record.values.get("evidence")
        changed = self._compared.link_role(record.id, record.source) if self._compared else ""
        return SceneLink(
            record.id, record.type, record.source, record.target, *words, _detail(record),
            changed != "gone", len(evidence) if isinstance(evidence, list) else 0, role or changed,
            *(_day(record.values.get(name)) for name in ("valid_from", "valid_to")),
        )  # fmt: skip

    @cached_property
    def _communities(self) -> Mapping[str, int]:
        return self._measures.strength.communities if self._state.colour is Colour.COMMUNITY else {}

    def _name(self, id: str) -> str:
        type = self._web.type(id)
        if type in SCHEMA.partners:
            return self._web.relations.row(id).name
        record = self._network.read(lambda tx: tx.get([id])).get(id)
        told = record is not None and readable(record, self._network.actor)
        return SCHEMA.nodes[record.type].caption(record.values) if record and told else "une fiche disparue"


def _by_degree(degree: int) -> float:
    """0.5 for a lone node, 1.3 with ten links, 2.6 with a thousand: the eye compares orders of magnitude."""
    return 0.5 + 0.7 * log10(degree + 1)


def _detail(record: LinkRecord) -> str:
    values = record.values
    start, end = (_day(values.get(name)) for name in ("valid_from", "valid_to"))
    parts = [
        str(values.get("role") or values.get("subject") or values.get("contribution") or ""),
        f"depuis le {short_date(start)}" if start else "",
        f"jusqu'au {short_date(end)}" if end else "",
    ]
    certainty = SCHEMA.links[record.type].fields["certainty"].vocabulary
    if values.get("certainty") and certainty:
        parts.append(certainty(str(values["certainty"])).label.lower())
    return ", ".join(filter(None, parts))


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def summary(nodes: tuple[SceneNode, ...], links: tuple[SceneLink, ...], left_out: int) -> str:
    """A sentence that counts what is shown, and what a limit left out."""
    words = f"{count(len(nodes), 'fiche')}, {count(len(links), 'lien')}"
    if not left_out:
        return f"{words}."
    return f"{words} ; {number(left_out)} de plus à portée, au-delà des {LIMIT} qui se lisent encore."
