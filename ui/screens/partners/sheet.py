"""The sheet of a record: who or what it is, what can be done, what is being done, and the part chosen."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import streamlit as st

from crm.errors import NotFound
from crm.measures.measuring import Measures
from crm.network.rights import Right
from crm.quick_log import completing
from crm.records.sheet import Sheet, Tie
from crm.records.sheet import sheet as read
from graph_schema.agreements import PartyTo, Signed
from graph_schema.committees import Action, Attended, SitsOn
from graph_schema.evidence import Evidence, Proves
from graph_schema.exchanges import Exchange, GivenBy
from graph_schema.organisations import Organisation
from graph_schema.programmes import HostedBy, TutoredBy
from graph_schema.registry import SCHEMA
from ui import address, notices, session
from ui import completing as pending
from ui.markup import Markup, door, element, join
from ui.remembered import remembered
from ui.screens.partners import (
    add_link,
    add_person,
    change_link,
    deposit,
    document,
    edit,
    engagements,
    evidence,
    exchanges,
    feedback,
    follow,
    head,
    kept,
    opening,
    overview,
    particulars,
    postpone,
    removal,
    revisions,
    serve,
    tasks,
    versions,
    where,
)  # fmt: skip

Drawing = Callable[[Sheet], None]
Writing = Callable[[Sheet], Markup]


class SheetPart(NamedTuple):
    """A part of a sheet: its title, what writes it, and what draws what is more than HTML."""

    title: str
    write: Writing | None = None
    draw: Drawing | None = None


ACTS: Mapping[str, Drawing] = {
    where.PERSON: add_person.show_new_person,
    where.LINK: add_link.show_new_link,
    where.EDIT: edit.show_edit,
    where.CHANGE: change_link.show_link_change,
    where.REMOVE: removal.show_removal,
    where.SNOOZE: postpone.show_postponing,
    where.FOLLOW: follow.show_follow,
    where.SERVE: serve.show_served,
    where.DEPOSIT: deposit.show_deposit,
}
_TOLD = frozenset({Exchange.TYPE, Action.TYPE})
"""What a sentence told, which may have left questions."""

_ASIDE = frozenset({where.CHANGE, where.REMOVE})
_NOTHING = element("p", "Rien de plus n'est dit ici.", class_="empty")
_PLAIN = re.compile(r"[\w-]+", re.ASCII)
"""Ids that may stand in a style."""

_OF_PARTNERS = frozenset({where.FOLLOW, where.SERVE, where.SNOOZE})
"""What is done from elsewhere than the row of actions."""


def show_sheet(id: str, measures: Measures) -> None:
    """Draw the sheet of the record ``id``; one that is not there says so and leads back to the list."""
    try:
        shown = remembered(measures, ("sheet", id), lambda: read(session.network(), id, session.day()))
    except NotFound:
        words = "Cette fiche n'existe pas, ou n'existe plus. "
        st.html(element("p", words, door("Revenir à la liste", where.to_list()), class_="empty"))
        return
    id = shown.record.id  # of the record that it was merged into, where it was
    if shown.record.type == Evidence.TYPE and (unsaid := session.openings().open(session.network(), id)):
        notices.error(unsaid)
    acts = head.acts(shown) if session.may_edit() else ()
    may = bool(acts)
    html = [_marked(id), head.title(shown), head.standing(shown, measures, may), head.followed(shown, may)]
    html.append(evidence.file(shown))
    html.append(head.actions(acts))
    act = where.act()
    if act in _allowed(shown, acts):
        st.html(join(*html))
        html = []
        with st.container(key="partners-act", border=True, gap="small"):
            _do(act, shown)
    elif shown.record.type in _TOLD and acts and (waiting := completing.waiting(session.network(), id)):
        st.html(join(*html))
        html = []
        with st.container(key="partners-pending", border=True, gap="xsmall"):
            pending.draw_pending(waiting)
    parts = _parts(shown, measures)
    chosen = where.part() if where.part() in parts else next(iter(parts))
    part = parts[chosen]
    html.append(_tabs(parts, chosen))
    if part.write:
        html.append(part.write(shown) or (_NOTHING if not part.draw else Markup("")))
    st.html(join(*html))
    if part.draw:
        part.draw(shown)


def _marked(id: str) -> Markup:
    """Marks the record's row in the list."""
    if not _PLAIN.fullmatch(id):
        return Markup("")
    row = f'table.partners tr:has(a.name[href$="{address.RECORD}={id}"])'
    return Markup(f"<style>{row} {{ background: var(--soft); box-shadow: inset 3px 0 0 var(--accent); }}</style>")


def _do(act: str, shown: Sheet) -> None:
    """Draw what is being done: to the sheet's record, or to an engagement of its rows."""
    subject = engagements.chosen(shown) if act in (where.EDIT, where.REMOVE) else shown
    if subject is None:
        st.html(element("p", "Cette fiche n'existe plus : quelqu'un l'a supprimée.", class_="empty"))
        return
    if subject is not shown:
        st.html(engagements.head(subject, act))
    ACTS[act](subject)


def _allowed(shown: Sheet, acts: Sequence[head.Act]) -> set[str]:
    if not acts:
        return set()
    aside = _ASIDE if head.changes(acts) else frozenset()
    return {name for name, _, _ in acts} | aside | (_OF_PARTNERS if shown.record.type == Organisation.TYPE else set())


def _parts(shown: Sheet, measures: Measures) -> dict[str, SheetPart]:
    """The parts of a sheet that hold something, by name."""

    def html(write: Writing) -> Writing:
        return _once(measures, write)

    partner = shown.record.type in SCHEMA.partners
    held = [
        ("conventions", "Conventions", len(shown.of(PartyTo.TYPE, Signed.TYPE)), html(engagements.agreements)),
        ("accueils", "Accueils", len(shown.of(HostedBy.TYPE, TutoredBy.TYPE)), html(engagements.placements)),
        ("preuves", "Preuves", len(_proving(shown)), html(evidence.everything)),
        ("retours", "Retours", len(shown.of(GivenBy.TYPE)), html(feedback.everything)),
    ]
    parts = {"": SheetPart("Aperçu", html(overview.draw_overview))}
    if document.offered(shown):
        parts[document.PART] = SheetPart("Document", html(document.pointers), document.draw_document)
    if kept.offered(shown):
        parts[kept.PART] = SheetPart("Fichier", draw=kept.draw_kept)
    if many := len(shown.exchanges):
        parts["echanges"] = SheetPart(f"Échanges {many}", html(exchanges.everything))
    if shown.record.values.get("former"):
        parts[revisions.PART] = SheetPart("Versions du fichier", html(revisions.everything))
    parts |= {
        name: SheetPart(f"{title} {many}", write)
        for name, title, many, write in held
        if many and (partner or name == "preuves")
    }
    if partner and (shown.of(SitsOn.TYPE, Attended.TYPE) or shown.represented):
        parts["comites"] = SheetPart("Comités", html(engagements.committees))
    if (partner and tasks.of(shown)) or (shown.record.type == Organisation.TYPE and session.may_edit()):
        many = tasks.open_ones(shown)
        parts[tasks.PART] = SheetPart(f"À faire {many}" if many else "À faire", draw=tasks.show_tasks)
    if partner:
        parts[opening.PART] = SheetPart("Introduction", html(opening.draw_openings))
    parts["fiche"] = SheetPart("Fiche complète", html(particulars.draw_particulars))
    if field := particulars.opened(shown):
        parts["fiche"] = SheetPart("Fiche complète", draw=partial(particulars.show_particulars, field=field))
        parts |= {} if partner else {"": SheetPart("Aperçu", draw=partial(overview.with_field, field=field))}
    if session.actor().may(Right.HISTORY):
        parts[versions.PART] = SheetPart("Historique", draw=versions.show_versions)
    return parts


def _proving(shown: Sheet) -> list[Tie]:
    return [tie for tie in shown.of(Proves.TYPE) if tie.other.type == Evidence.TYPE]


def _once(measures: Measures, write: Writing) -> Writing:
    """What writes a part, which is written once for what the address says."""

    def written(shown: Sheet) -> Markup:
        key = ("sheet-part", write, shown.record.id, address.here(), session.may_edit())
        return remembered(measures, key, lambda: write(shown))

    return written


def _tabs(parts: Mapping[str, SheetPart], chosen: str) -> Markup:
    if len(parts) == 1:
        return Markup("")
    links = [
        element(
            "a", each.title, class_="door", href=where.to_part(name), aria_current="true" if name == chosen else None
        )
        for name, each in parts.items()
    ]
    return element("nav", *links, class_="parts", aria_label="Parties de la fiche")
