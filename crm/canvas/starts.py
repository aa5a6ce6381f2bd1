"""Where a canvas begins: records, whoever counts in a territory, what a search finds."""

from functools import partial
from typing import NamedTuple

from crm.canvas.families import TYPES
from crm.canvas.scene import LIMIT
from crm.canvas.state import CanvasState
from crm.canvas.web import Web
from crm.measures.measuring import Measures
from crm.measures.partners import Filters, Order, listing
from crm.network import Network
from crm.network.redirects import followed
from crm.records.search import search
from graph_schema.territory import Place, parse_territory_id, place
from graph_schema.territory.naming import within
from graph_schema.wording import NBSP, number

FOUND = 40
"""So many finds of a search at most."""


class Starts(NamedTuple):
    """Ids to begin with, each once, and French sentences about what could not be begun with."""

    ids: tuple[str, ...]
    notices: tuple[str, ...]


def territory(id: str) -> Place | None:
    """The territory of that id (``epci:246200364``), None when it is not one."""
    try:
        return place(*parse_territory_id(id))
    except ValueError:
        return None


def starts(network: Network, measures: Measures, web: Web, state: CanvasState) -> Starts:
    """The nodes with which ``state`` begins."""
    ids: dict[str, None] = {}
    notices = []
    gone = 0
    for id in state.starts:
        if web.type(id) is not None:
            ids[id] = None
        if where := territory(id):
            there = listing(measures, Filters(territory=where), Order.LATE, limit=LIMIT // 2)
            ids.update(dict.fromkeys(partner.row.id for partner in there.partners))
            if there.total > LIMIT // 2:
                notices.append(f"{where.name}{NBSP}: {number(LIMIT // 2)} partenaires sur {number(there.total)}.")
            elif not there.total:
                notices.append(f"Aucun partenaire ne compte encore {within(where)}.")
        elif id not in ids:
            end = network.read(partial(followed, id=id))
            ids.update({end: None} if web.type(end) is not None else {})
            gone += web.type(end) is None
    if gone:
        notices.append(_gone(gone))
    if state.search:
        found = [hit.record.id for hit in search(network, state.search, TYPES, FOUND)]
        ids.update(dict.fromkeys(id for id in found if web.type(id) is not None))
        if not found:
            notices.append(f"Rien ne correspond à « {state.search} ».")
    return Starts(tuple(ids), tuple(notices))


def _gone(number_gone: int) -> str:
    if number_gone == 1:
        return "Une fiche de cette vue n'existe plus, ou pas encore ce jour-là."
    return f"{number(number_gone)} fiches de cette vue n'existent plus, ou pas encore ce jour-là."
