"""What a canvas answers by lighting up a part of it: a path, who can introduce us, what is lost without someone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from crm.analytics.introductions import introduce
from crm.canvas.state import CanvasState
from crm.canvas.web import Web, other_end
from crm.measures.measuring import Measures
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import LinkRow
from graph_schema.wording import NBSP, count

PATH, LOST = "path", "lost"

Follow: TypeAlias = Callable[[str], Iterable[LinkRow]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The roles of the nodes and links that answer, by id, and the answer in words."""

    nodes: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    sentence: str = ""


def answer(measures: Measures, web: Web, state: CanvasState, say: Callable[[str], str]) -> Answer:
    """The answer to the question that ``state`` asks, an empty one when it asks none.

    ``say`` gives the name of a node.
    """
    if state.loss:
        return _loss(measures, web, state.loss, say)
    if state.introduce:
        return _introduction(measures, web, state.introduce, say)
    return _path(web, *state.path, say) if state.path else Answer()


def shortest(source: str, target: str, follow: Follow) -> list[LinkRow] | None:
    """The links of a path of fewest links between two nodes, in order; None when nothing joins them.

    Both ends are widened in turn, the smaller border first (bidirectional breadth-first search): a hub in the middle
    costs its links once.
    """
    if source == target:
        return []
    reached: tuple[dict[str, LinkRow | None], dict[str, LinkRow | None]] = ({source: None}, {target: None})
    borders = [[source], [target]]
    while borders[0] and borders[1]:
        side = 0 if len(borders[0]) <= len(borders[1]) else 1
        own, other = reached[side], reached[1 - side]
        border: list[str] = []
        for node in borders[side]:
            for link in follow(node):
                end = other_end(link, node)
                if end in own:
                    continue
                own[end] = link
                if end in other:
                    return [*reversed(list(_back(end, reached[0]))), *_back(end, reached[1])]
                border.append(end)
        borders[side] = border
    return None


def _back(node: str, reached: dict[str, LinkRow | None]) -> Iterator[LinkRow]:
    """The links from a node back to where the search began."""
    while link := reached[node]:
        yield link
        node = other_end(link, node)


def _path(web: Web, source: str, target: str, say: Callable[[str], str]) -> Answer:
    """Through those who meet if that can be, else through a training action or a territory that they share."""
    if web.type(source) is None or web.type(target) is None:
        return Answer(sentence="L'un des deux bouts du chemin demandé n'existe plus.")
    found = shortest(source, target, web.personal) or shortest(source, target, web.links)
    if not found:
        return Answer({source: PATH, target: PATH}, {}, f"Aucun chemin ne relie {say(source)} à {say(target)}.")
    nodes = [source]
    for link in found:
        nodes.append(other_end(link, nodes[-1]))
    steps = " → ".join(say(id) for id in nodes)
    words = f"{say(source)} et {say(target)} sont à {count(len(found), 'lien')}{NBSP}: {steps}."
    return Answer(dict.fromkeys(nodes, PATH), {link.id: PATH for link in found}, words)


def _introduction(measures: Measures, web: Web, target: str, say: Callable[[str], str]) -> Answer:
    if web.type(target) not in SCHEMA.partners:
        return Answer(sentence="On n'est présenté qu'à une personne ou à une structure.")
    ways = introduce(measures.relations, target, limit=1)
    if not ways:
        return Answer({target: PATH}, {}, f"Personne de notre réseau ne peut encore vous présenter {say(target)}.")
    way = ways[0]
    nodes = {step.target: PATH for step in way.steps}
    return Answer(nodes, {step.link.id: PATH for step in way.steps if step.link}, way.sentence)


def _loss(measures: Measures, web: Web, id: str, say: Callable[[str], str]) -> Answer:
    if web.type(id) is None:
        return Answer(sentence="La fiche dont on demande la perte n'existe plus.")
    lost = next((each for each in measures.strength.resilience.dependences if each.id == id), None)
    if lost is None:
        return Answer({id: LOST}, {}, f"Sans {say(id)}, aucune structure n'est perdue{NBSP}: d'autres liens y mènent.")
    nodes = dict.fromkeys((id, *lost.lost), LOST)
    links = {link.id: LOST for node in nodes for link in web.links(node)}
    return Answer(nodes, links, lost.sentence)
