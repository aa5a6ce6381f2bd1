"""« À relancer cette semaine »: whom to call, why, and the exchange logged on the spot."""

from collections.abc import Mapping, Sequence

import streamlit as st

from crm.analytics.calls import Call
from graph_schema.records import NodeRecord
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import Level, place
from graph_schema.wording import NBSP, count, short_date
from ui import address, exchange_form, frame, session
from ui.exchange_form import Party
from ui.look import family_icon, freshness_mark, icon
from ui.markup import Markup, cell, door, element, heading, join, plain, table

SHOWN = 10
LOG = "consigner"
_CALL, _MAIL = icon(":material/call:"), icon(":material/mail:")


def show(calls: Sequence[Call], everything: bool) -> None:
    """Draw the most urgent calls; with ``everything``, the rest of them as a table underneath."""
    more = Markup("")
    if len(calls) > SHOWN:
        words = f"les {SHOWN} premiers" if everything else f"voir les {len(calls)}"
        more = door(words, address.here(voir=None if everything else "relances"), "small")
    st.html(heading("À relancer cette semaine", more))
    if not calls:
        st.html(element("p", "Personne à relancer : toutes vos relations sont à jour.", class_="empty"))
    first = calls[:SHOWN]
    people = session.network().read(lambda tx: tx.get(call.person.id for call in first if call.person))
    for call in first:
        with st.container(key=f"call-{call.freshness.id}", gap="xsmall"):
            _draw(call, people)
    if everything and calls[SHOWN:]:
        st.html(_table(calls[SHOWN:]))


def _draw(call: Call, people: Mapping[str, NodeRecord]) -> None:
    id = call.freshness.id
    row = session.measures().relations.snapshot.organisations[id]
    said = _row(call, row, people.get(call.person.id) if call.person else None)
    if not session.may_edit():
        st.html(said)
        return
    logging = address.text(LOG) == id
    words, actions = st.columns([4.6, 1], vertical_alignment="center", gap="small")
    words.html(said)
    actions.button(
        "Fermer" if logging else "Consigner",
        key=f"log-{id}",
        width="stretch",
        on_click=address.put,
        kwargs={LOG: None if logging else id},
    )
    if logging:
        _form(call)


def _row(call: Call, row: OrganisationRow, person: NodeRecord | None) -> Markup:
    measured = call.freshness
    late = "jamais" if measured.days is None else f"{measured.days}{NBSP}j"
    limit = f" / seuil {measured.maximum}{NBSP}j" if measured.days else ""
    exact = f"Dernier échange le {short_date(measured.last_exchange)}" if measured.last_exchange else "Aucun échange"
    return element(
        "div",
        freshness_mark(measured.state).shape(),
        element("span", _name(row), element("span", f" · {_about(row)}", class_="muted")),
        element("span", late, element("span", limit, class_="muted small"), class_="late figure", title=exact),
        element("div", call.reason, class_="why muted"),
        element("div", _whom(call, person), class_="whom"),
        class_="call",
    )


def _name(row: OrganisationRow) -> Markup:
    family = element("span", icon(family_icon(row.family)), class_=f"family-{row.family}", title=row.family.label)
    return join(family, " ", door(row.name, address.record(row.id), "name"))


def _about(row: OrganisationRow) -> str:
    seat = place(Level.COMMUNE, row.commune) if row.commune else None
    functions = ", ".join(function.label for function in row.roles[:2]) or row.kind.label
    return f"{functions} · {seat.name}" if seat else functions


def _whom(call: Call, person: NodeRecord | None) -> Markup:
    """How to reach the person to call; the reason has their name already."""
    if call.person is None or person is None:
        return door("Ajouter quelqu'un à appeler", address.record(call.freshness.id))
    phone = str(person.values.get("mobile") or person.values.get("phone") or "")
    mail = str(person.values.get("email", ""))
    ways = [door("Ouvrir sa fiche", address.record(call.person.id))] if not phone and not mail else []
    if phone:
        ways.append(element("a", _CALL, " ", phone, class_="figure", href=f"tel:{phone.replace(' ', '')}"))
    if mail:
        ways.append(element("a", _MAIL, " ", mail, href=f"mailto:{mail}", title=mail))
    return join(*ways)


def _form(call: Call) -> None:
    id = call.freshness.id
    people = [person for _, person in session.measures().relations.staff(id)]
    people.sort(key=lambda person: (call.person is None or person.id != call.person.id, person.name))
    parties = [Party(person.name, (id,), (person.id,)) for person in people]
    done = exchange_form.draw(id, [*parties, Party("le partenaire, sans préciser", (id,))])
    if done:
        measured = session.measures().freshness[id]
        mark = freshness_mark(measured.state)
        frame.saved(f"Échange consigné avec {plain(measured.name)} : {mark.word.lower()}.", done.commit)
        address.put(**{LOG: None})
        st.rerun()


def _table(calls: Sequence[Call]) -> Markup:
    rows = []
    for call in calls:
        measured = call.freshness
        late = "jamais" if measured.days is None else count(measured.days, "jour")
        exact = short_date(measured.last_exchange) if measured.last_exchange else None
        partner = door(measured.name, address.record(measured.id))
        who = call.person.name if call.person else ""
        mark = freshness_mark(measured.state).shape()
        rows.append((cell(mark, " ", partner), cell(who, class_="muted"), cell(late, class_="number", title=exact)))
    return table(("Partenaire", "Qui appeler", "Sans échange"), rows)
