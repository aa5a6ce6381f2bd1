"""« Actions »: all that is still to be done, in one list: mine, late, undated, about a partner, out of a meeting."""

from collections.abc import Iterable, Sequence

import streamlit as st

from crm.records import action_list
from crm.records import actions as duties
from crm.records.action_list import ActionFilter, Answered, OpenAction, OpenActions
from graph_schema.text import fold
from graph_schema.wording import count, number, short_date
from ui import address, filters, frame, paging, session
from ui.markup import Markup, door, element, join

SHOW = "actions"
WHICH, PARTNER, MEETING = "quelles", "partenaire", "reunion"
MINE, LATE, UNDATED = "miennes", "retard", "sans-date"
PAGE = 30
"""So many are shown at once; the address asks for more."""


def sentence(found: OpenActions) -> Markup:
    """How many are to be done, and how many of them late, each a door to its rows."""
    nothing = {PARTNER: None, MEETING: None, filters.ROWS: None}
    everything = door(count(found.total, "action"), address.here(voir=SHOW, **{WHICH: None, **nothing}))
    late = (
        door(f"{number(found.late)} en retard", address.here(voir=SHOW, **{WHICH: LATE, **nothing}))
        if found.late
        else ""
    )
    return element("p", everything, " à faire", *([", dont ", late] if late else []), ".", class_="muted")


def show_actions() -> None:
    """Draw the list as the address says it, the first due first."""
    everything = action_list.open_actions(session.network())
    asked = _asked(everything)
    wanted = [each for each in everything if asked.keeps(each)]
    st.html(join(element("h2", "Actions", id=SHOW), _ways(everything)))
    _narrow(everything)
    st.html(element("p", _amount(wanted), class_="summary"))
    if not wanted:
        st.html(element("p", "Rien à faire ici. ", _back() if everything else "", class_="empty"))
    for each in wanted[: paging.shown(PAGE)]:
        _row(each)
    if more := paging.more(len(wanted), PAGE):
        st.html(more)


def _asked(everything: Sequence[OpenAction]) -> ActionFilter:
    """What the address asks; a partner or a meeting that no action is about any more narrows nothing."""
    which = address.text(WHICH)
    partner, meeting = address.text(PARTNER), address.text(MEETING)
    return ActionFilter(
        session.actor().name if which == MINE else "", which == LATE, which == UNDATED,
        partner if partner in _named(each.partners for each in everything) else "",
        meeting if meeting in _named(each.meetings for each in everything) else "",
    )  # fmt: skip


def _ways(everything: Sequence[OpenAction]) -> Markup:
    """All, mine, late, undated, each with how many there are."""
    kinds = {
        "": ("Toutes", ActionFilter()), MINE: ("Les miennes", ActionFilter(session.actor().name)),
        LATE: ("En retard", ActionFilter(late=True)), UNDATED: ("Sans échéance", ActionFilter(undated=True)),
    }  # fmt: skip
    now = address.text(WHICH) if address.text(WHICH) in kinds else ""
    links = [
        element("a", words, element("span", number(sum(map(asked.keeps, everything))), class_="tally"), class_="door",
                href=address.here(**{WHICH: which, filters.ROWS: None}), aria_current="true" if which == now else None)
        for which, (words, asked) in kinds.items()
    ]  # fmt: skip
    return element("div", *links, class_="chips", role="group", aria_label="Quelles actions")


def _narrow(everything: Sequence[OpenAction]) -> None:
    partners, meetings = _named(each.partners for each in everything), _named(each.meetings for each in everything)
    if not partners and not meetings:
        return
    with st.container(horizontal=True, gap="small", key="actions-bar"):
        if partners:
            filters.one("Partenaire", PARTNER, partners, None, "Tous")
        if meetings:
            filters.one("Réunion", MEETING, meetings, None, "Toutes")


def _named(groups: Iterable[Iterable[Answered]]) -> dict[str, str]:
    """What actions are about, id → name, in the order of names."""
    ends = {each for group in groups for each in group}
    return {each.id: each.caption for each in sorted(ends, key=lambda end: (fold(end.caption), end.id))}


def _amount(wanted: Sequence[OpenAction]) -> str:
    late = sum(each.late for each in wanted)
    return count(len(wanted), "action") + (f", dont {number(late)} en retard" if late else "")


def _back() -> Markup:
    return door("Tout revoir", address.here(**{WHICH: None, PARTNER: None, MEETING: None, filters.ROWS: None}))


def _row(each: OpenAction) -> None:
    title = each.action.title
    with st.container(key=f"action-{each.id}", horizontal=True, gap="small", vertical_alignment="center"):
        if session.may_edit():
            st.button("Fait", key=f"action-done-{each.id}", icon=":material/check:", on_click=_finish,
                      args=(each.id, title))  # fmt: skip
        late = element("span", "en retard", class_="late") if each.late else ""
        due = f"pour le {short_date(each.action.due_on)}" if each.action.due_on else "sans échéance"
        facts = join(*([late, ", "] if late else []), " · ".join([due, each.action.owner or "à personne"]))
        about = [
            part
            for end in (*each.partners, *each.meetings)
            for part in (" · ", door(end.caption, address.record(end.id)))
        ]
        st.html(element("div", door(title, address.record(each.id), "name"),
                        element("div", facts, *about, class_="muted small"), class_="task"))  # fmt: skip


def _finish(id: str, title: str) -> None:
    with frame.guard():
        done = duties.finish(session.network(), id)
        frame.saved(f"Fait : {title}.", done.commit)
