"""The sheet of a record: who or what it is, what can be done, what is being done, and the part chosen."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from crm.errors import NotFound
from crm.rights import Right
from crm.sheet import Sheet, Tie
from crm.sheet import sheet as read
from ui import address, session
from ui.markup import Markup, door, element, join
from ui.remembered import remembered
from ui.screens.partners import (
    add_link,
    add_person,
    change_link,
    edit,
    engagements,
    evidence,
    exchanges,
    feedback,
    follow,
    head,
    log,
    opening,
    overview,
    particulars,
    postpone,
    removal,
    serve,
    tasks,
    versions,
    where,
)  # fmt: skip

Drawing = Callable[[Sheet], None]

ACTS: Mapping[str, Drawing] = {
    where.LOG: log.show,
    where.PERSON: add_person.show,
    where.LINK: add_link.show,
    where.EDIT: edit.show,
    where.CHANGE: change_link.show,
    where.REMOVE: removal.show,
    where.SNOOZE: postpone.show,
    where.FOLLOW: follow.show,
    where.SERVE: serve.show,
}
_ASIDE = frozenset({where.CHANGE, where.REMOVE})
_OF_PARTNERS = frozenset({where.FOLLOW, where.SERVE, where.SNOOZE})
"""What is done from elsewhere than the row of actions."""


def show(id: str) -> None:
    """Draw the sheet of the record ``id``; one that is not there says so and leads back to the list."""
    try:
        shown = remembered(session.measures(), ("sheet", id), lambda: read(session.network(), id, session.day()))
    except NotFound:
        words = "Cette fiche n'existe pas, ou n'existe plus. "
        st.html(element("p", words, door("Revenir à la liste", where.to_list()), class_="empty"))
        return
    acts = head.acts(shown) if session.may_edit() else ()
    st.html(
        join(head.title(shown), head.standing(shown, bool(acts)), head.followed(shown, bool(acts)), head.actions(acts))
    )
    act = where.act()
    if act in _allowed(shown, acts):
        with st.container(key="partners-act", border=True, gap="small"):
            ACTS[act](shown)
    parts = _parts(shown)
    chosen = where.part() if where.part() in parts else next(iter(parts))
    if len(parts) > 1:
        st.html(_tabs(parts, chosen))
    parts[chosen][1](shown)


def _allowed(shown: Sheet, acts: Sequence[head.Act]) -> set[str]:
    if not acts:
        return set()
    return {name for name, _, _ in acts} | _ASIDE | (_OF_PARTNERS if shown.record.type == "Organisation" else set())


def _parts(shown: Sheet) -> dict[str, tuple[str, Drawing]]:
    """The parts of a sheet that hold something: by name, their title and what draws them, once they are chosen."""
    partner = shown.record.type in ("Organisation", "Person")
    held = [
        ("echanges", "Échanges", len(shown.exchanges), _html(exchanges.everything)),
        ("conventions", "Conventions", len(shown.of("PartyTo", "Signed")), _html(engagements.agreements)),
        ("accueils", "Accueils", len(shown.of("HostedBy", "TutoredBy")), _html(engagements.placements)),
        ("preuves", "Preuves", len(_proving(shown)), _html(evidence.everything)),
        ("retours", "Retours", len(shown.of("GivenBy")), _html(feedback.everything)),
    ]
    parts: dict[str, tuple[str, Drawing]] = {"": ("Aperçu", _html(overview.draw))}
    parts |= {name: (f"{title} {many}", draw) for name, title, many, draw in held if many and partner}
    if partner and (shown.of("SitsOn", "Attended") or shown.represented):
        parts["comites"] = ("Comités", _html(engagements.committees))
    if (partner and tasks.of(shown)) or (shown.record.type == "Organisation" and session.may_edit()):
        many = tasks.open_ones(shown)
        parts[tasks.PART] = (f"À faire {many}" if many else "À faire", tasks.show)
    if partner:
        parts[opening.PART] = ("Introduction", _html(opening.draw))
    parts["fiche"] = ("Fiche complète", _html(particulars.draw))
    if session.actor().may(Right.HISTORY):
        parts[versions.PART] = ("Historique", versions.show)
    return parts


def _proving(shown: Sheet) -> list[Tie]:
    return [tie for tie in shown.of("Proves") if tie.other.type == "Evidence"]


def _html(draw: Callable[[Sheet], Markup]) -> Drawing:
    """What writes a part that is nothing but HTML; it is drawn once for what the address says."""

    def write(shown: Sheet) -> None:
        key = ("sheet-part", draw, shown.record.id, address.here(), session.may_edit())
        drawn = remembered(session.measures(), key, lambda: draw(shown))
        st.html(drawn or element("p", "Rien de plus n'est dit ici.", class_="empty"))

    return write


def _tabs(parts: Mapping[str, tuple[str, object]], chosen: str) -> Markup:
    links = [
        element("a", title, class_="door", href=where.to_part(name), aria_current="true" if name == chosen else None)
        for name, (title, _) in parts.items()
    ]
    return element("nav", *links, class_="parts", aria_label="Parties de la fiche")
