"""What there is to do about a partner: added in one line, ticked off, kept once done."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from crm.errors import Reseau28Error
from crm.records import actions
from crm.records.sheet import Sheet, Tie
from graph_schema.committees import Action, ActionStatus, AssignedTo, FollowsUp
from graph_schema.organisations import Organisation
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, short_date
from ui import forms, frame, session
from ui.fields import said
from ui.markup import Markup, door, element, join
from ui.screens.partners import edit, where

PART = "taches"
_OVER = frozenset({ActionStatus.DONE, ActionStatus.DROPPED})


def of(sheet: Sheet) -> list[tuple[Tie, Action]]:
    """The actions that answer this record or are in its charge, each once: what is open first, the earliest due."""
    found = {tie.other.id: tie for tie in sheet.of(FollowsUp.TYPE, AssignedTo.TYPE)}
    tasks = [(tie, SCHEMA.nodes[Action.TYPE].load(tie.other.values)) for tie in found.values()]
    known = [(tie, task) for tie, task in tasks if isinstance(task, Action)]
    return sorted(known, key=lambda each: (each[1].status in _OVER, each[1].due_on or date.max, each[0].other.id))


def open_ones(sheet: Sheet) -> int:
    """How many are still to be done."""
    return sum(task.status not in _OVER for _, task in of(sheet))


def show_tasks(sheet: Sheet) -> None:
    """Draw them, with a line to add one."""
    tasks = of(sheet)
    if session.may_edit() and sheet.record.type == Organisation.TYPE:
        _add(sheet)
    live = [each for each in tasks if each[1].status not in _OVER]
    if not live:
        st.html(element("p", "Rien à faire pour l'instant.", class_="empty"))
    for tie, task in live:
        _open(sheet, tie, task)
    if over := [each for each in tasks if each[1].status in _OVER]:
        st.html(_done(over))


def _add(sheet: Sheet) -> None:
    told = st.container()
    with st.form("task", border=False, clear_on_submit=True):
        title = st.text_input("À faire", key="task-title", max_chars=300, placeholder="Envoyer la convention signée…")
        who, when, save = st.columns([1.4, 1.1, 1], vertical_alignment="bottom")
        owners = list(dict.fromkeys((session.actor().name, *edit.known()["owner"])))
        owner = who.selectbox("Qui, chez nous", owners, key="task-owner", accept_new_options=True)
        due = when.date_input("Pour le", None, min_value=session.today(), key="task-due", format="DD/MM/YYYY")
        sent = save.form_submit_button("Ajouter", key="task-add", icon=":material/add_task:", width="stretch")
    if not sent:
        return
    with told:
        try:
            done = actions.create(
                session.network(), title, owner=owner or "", due_on=due, follows=[sheet.record.id]
            )  # fmt: skip
        except Reseau28Error as error:
            forms.tell(error)
            return
    frame.saved(f"À faire : {title.strip()}.", done.commit)
    st.rerun()


def _open(sheet: Sheet, tie: Tie, task: Action) -> None:
    id = tie.other.id
    with st.container(key=f"todo-{id}", horizontal=True, gap="small", vertical_alignment="center"):
        if session.may_edit():
            st.button("Fait", key=f"done-{id}", icon=":material/check:", on_click=_finish, args=(id, task.title))
        name = join(door(task.title, where.to_record(id)), where.tool(id, task.title))
        st.html(element("div", name, _about(task, sheet.on), class_="task"))


def _about(task: Action, on: date) -> Markup:
    late = task.due_on is not None and task.due_on < on
    due = [f"{'en retard, ' if late else ''}pour le {short_date(task.due_on)}"] if task.due_on else []
    words = " · ".join([*due, *([task.owner] if task.owner else []), task.status.label])
    return element("div", words, class_=f"small {'late' if late else 'muted'}")


def _finish(id: str, title: str) -> None:
    with frame.guard():
        done = actions.finish(session.network(), id)
        frame.saved(f"Fait : {title}.", done.commit)


def _done(tasks: Sequence[tuple[Tie, Action]]) -> Markup:
    field = SCHEMA.nodes[Action.TYPE].fields["status"]
    ends = [(tie, short_date(task.done_on) if task.done_on else said(field, task.status)) for tie, task in tasks]
    lines = [
        element(
            "li",
            element("span", door(tie.caption, where.to_record(tie.other.id)), where.tool(tie.other.id, tie.caption)),
            element("span", end, class_="muted small"),
        )
        for tie, end in ends
    ]
    words = count(len(tasks), "action terminée", "actions terminées")
    return element("details", element("summary", words), element("ul", *lines, class_="lines"), class_="past")
