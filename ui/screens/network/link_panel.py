"""The link that is selected: its particulars, its end, its evidence, its removal if it was an error."""

from datetime import date

import streamlit as st

from crm.records import links
from graph_schema.records import LinkRecord
from graph_schema.registry import SCHEMA
from ui import address, frame, session
from ui.markup import door, element
from ui.screens.network import proofs, where
from ui.screens.partners import edit
from ui.screens.partners import where as acts

PROVE, END, DELETE = "preuves", "clore", "supprimer"


def show_link(id: str) -> None:
    """Draw what can be done with the link, and the form of what is being done."""
    found = session.network().read(lambda tx: tx.get_links([id])).get(id)
    if found is None:
        gone("Ce lien n'existe plus : quelqu'un l'a supprimé.")
        return
    words = _words(found)
    offered = {acts.CHANGE: "Modifier", END: "Clore", PROVE: "Preuves", DELETE: "Supprimer"}
    doing = acts.act()
    doors = [
        element("a", label, class_="door button", href=acts.to("" if act == doing else act),
                aria_current="true" if act == doing else None)
        for act, label in offered.items()
    ]  # fmt: skip
    st.html(element("div", *doors, class_="actions", role="group", aria_label=f"Modifier le lien : {words}"))
    if doing in offered:
        with st.container(key="network-act", border=True, gap="small"):
            st.html(element("h2", words))
            _do(doing, found, words)


def gone(words: str) -> None:
    """Say that what was selected cannot be changed any more, and offer to leave it there."""
    leave = door("Fermer", address.here(**where.choosing()))
    st.html(element("p", words, " ", leave, class_="empty", role="status"))


def _do(doing: str, link: LinkRecord, words: str) -> None:
    if doing == acts.CHANGE or (doing == END and edit.opened(link).conflict):
        edit.draw_edit(link, words, links.edit)
    else:
        {END: _ending, PROVE: _proving, DELETE: _removing}[doing](link, words)


def _ending(link: LinkRecord, words: str) -> None:
    key, start = f"end-{link.id}", link.values.get("valid_from")
    with st.form(key, border=False):
        first = date.fromisoformat(str(start)) if start else date(1900, 1, 1)
        today = max(session.today(), first)
        st.date_input("Clore au", today, min_value=first, key=f"{key}-on", format="DD/MM/YYYY")
        st.caption("Le lien reste parmi les liens passés ; après ce jour il n'est plus en cours.")
        st.form_submit_button(
            "Clore le lien", key="network-link-end", type="primary", on_click=_end, args=(link, words, f"{key}-on")
        )


def _end(link: LinkRecord, words: str, key: str) -> None:
    on = st.session_state[key] or session.today()
    edit.end(edit.opened(link), words, on, f"Lien clos : {words}.")


def _proving(link: LinkRecord, words: str) -> None:
    key, cited = f"proofs-{link.id}", link.values.get("evidence")
    with st.form(key, border=False):
        proofs.choose([link.source, link.target], cited if isinstance(cited, list) else [], f"{key}-chosen")
        st.form_submit_button(
            "Enregistrer les preuves", key="network-link-prove", type="primary", on_click=_prove,
            args=(link, words, f"{key}-chosen"),
        )  # fmt: skip


def _prove(link: LinkRecord, words: str, key: str) -> None:
    with frame.guard():
        chosen = st.session_state.get(key, link.values.get("evidence"))  # nothing to choose from changes nothing
        done = links.edit(session.network(), link.id, {"evidence": chosen}, link.revision)
        frame.saved(f"Preuves enregistrées : {words}.", done.commit)
        acts.done()


def _removing(link: LinkRecord, words: str) -> None:
    st.markdown(
        "Supprimer ce lien, parce que c'était une erreur ? S'il a été vrai, mieux vaut le **clore**. "
        "Le journal garde tout : cette suppression s'annule."
    )
    with st.container(horizontal=True):
        st.button(
            "Supprimer", key="network-link-delete", type="primary", icon=":material/delete:", on_click=_delete,
            args=(link, words),
        )  # fmt: skip
        st.button("Garder", key="network-link-keep", type="tertiary", on_click=acts.done)


def _delete(link: LinkRecord, words: str) -> None:
    with frame.guard():
        done = links.delete(session.network(), link.id, link.revision)
        frame.saved(f"Lien supprimé : {words}.", done.commit)
        where.select([])
        acts.done()


def _words(link: LinkRecord) -> str:
    """The link as a sentence."""
    ends = session.network().read(lambda tx: tx.get([link.source, link.target]))
    first, second = (session.caption(ends[id]) if id in ends else "?" for id in (link.source, link.target))
    target = ends[link.target].values if link.target in ends else {}
    return f"{first} {SCHEMA.links[link.type].words(link.values, target, session.day())[0]} {second}"
