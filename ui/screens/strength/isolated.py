"""Partners that stand apart: without anyone known there, or tied to nobody but us."""

from collections.abc import Sequence

import streamlit as st

from crm.analytics.isolation import Isolated, Lack
from crm.measures.measuring import Measures
from graph_schema.wording import count, number
from ui import address
from ui.markup import Markup, door, element, heading, join
from ui.screens import strength

_SHOWN = 6
_MOST = 200
_WHY = {
    Lack.PERSON: "Aucune personne n'est connue dans ces structures.",
    Lack.TIES: "Aucun autre partenaire ne les connaît : personne ne pourrait vous y introduire de nouveau.",
}


def show_isolated(measures: Measures) -> None:
    """Draw one list for each lack."""
    parts = [_list(lack, found) for lack, found in measures.strength.lacking.items() if found]
    nothing = element("p", "Aucun : chacun a un interlocuteur et d'autres partenaires.", class_="empty")
    st.html(join(*parts) if parts else join(heading("Partenaires isolés"), nothing))


def _list(lack: Lack, found: Sequence[Isolated]) -> Markup:
    everything = lack in strength.opened()
    shown = found[: _MOST if everything else _SHOWN]
    lines: list[Markup] = []
    for at, each in enumerate(shown):
        if at == 0 or each.advice != shown[at - 1].advice:
            lines.append(element("li", element("span", each.advice, class_="muted small")))
        lines.append(element("li", door(each.name, address.record(each.id)), " · ", strength.around(each.id)))
    if everything and len(found) > _MOST:
        lines.append(element("li", f"… et {count(len(found) - _MOST, 'autre')}.", class_="muted"))
    title = heading(f"{lack.label} ({number(len(found))})", strength.more(lack, _SHOWN, len(found), _MOST))
    return join(title, element("p", _WHY[lack], class_="muted small"), element("ul", *lines, class_="short"))
