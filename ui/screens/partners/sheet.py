"""The sheet of a record: who or what it is, what can be done, what is being done, and the part chosen."""

from collections.abc import Callable, Mapping

import streamlit as st

from crm.errors import NotFound
from crm.rights import Right
from crm.sheet import Sheet
from crm.sheet import sheet as read
from ui import session
from ui.markup import Markup, door, element, join
from ui.screens.partners import (
    add_link,
    add_person,
    change_link,
    edit,
    engagements,
    exchanges,
    head,
    log,
    overview,
    particulars,
    removal,
    versions,
    where,
)  # fmt: skip

ACTS: Mapping[str, Callable[[Sheet], None]] = {
    where.LOG: log.show,
    where.PERSON: add_person.show,
    where.LINK: add_link.show,
    where.EDIT: edit.show,
    where.CHANGE: change_link.show,
    where.REMOVE: removal.show,
}


def show(id: str) -> None:
    """Draw the sheet of the record ``id``; one that is not there says so and leads back to the list."""
    try:
        shown = read(session.network(), id, session.day())
    except NotFound:
        words = "Cette fiche n'existe pas, ou n'existe plus. "
        st.html(element("p", words, door("Revenir à la liste", where.to_list()), class_="empty"))
        return
    acts = head.acts(shown) if session.may_edit() else ()
    st.html(join(head.title(shown), head.standing(shown), head.actions(acts)))
    act = where.act()
    if act in {name for name, _, _ in acts} | ({where.CHANGE, where.REMOVE} if acts else set()):
        with st.container(key="partners-act", border=True, gap="small"):
            ACTS[act](shown)
    parts = _parts(shown)
    chosen = where.part() if where.part() in parts else next(iter(parts))
    if len(parts) > 1:
        st.html(_tabs(parts, chosen))
    if chosen == versions.PART:
        versions.show(shown)
    else:
        st.html(parts[chosen][1](shown) or element("p", "Rien de plus n'est dit ici.", class_="empty"))


def _parts(shown: Sheet) -> dict[str, tuple[str, Callable[[Sheet], Markup]]]:
    """The parts of a sheet that hold something: by name, their title and what draws them."""
    met, agreed, hosted = shown.exchanges, shown.of("PartyTo", "Signed"), shown.of("HostedBy", "TutoredBy")
    sat = [*shown.of("SitsOn", "Attended"), *shown.represented]
    parts: dict[str, tuple[str, Callable[[Sheet], Markup]]] = {"": ("Aperçu", overview.draw)}
    if met:
        parts["echanges"] = (f"Échanges {len(met)}", exchanges.everything)
    if agreed:
        parts["conventions"] = (f"Conventions {len(agreed)}", engagements.agreements)
    if hosted:
        parts["accueils"] = (f"Accueils {len(hosted)}", engagements.placements)
    if sat:
        parts["comites"] = ("Comités", engagements.committees)
    parts["fiche"] = ("Fiche complète", particulars.draw)
    if session.actor().may(Right.HISTORY):
        parts[versions.PART] = ("Historique", particulars.draw)
    return parts


def _tabs(parts: Mapping[str, tuple[str, object]], chosen: str) -> Markup:
    links = [
        element("a", title, class_="door", href=where.to_part(name), aria_current="true" if name == chosen else None)
        for name, (title, _) in parts.items()
    ]
    return element("nav", *links, class_="parts", aria_label="Parties de la fiche")
