"""The part of « Réglages » that lists our sites, each a door to its sheet."""

import streamlit as st

from crm.records import register
from crm.records.register import Wanted
from graph_schema.providers import Site
from graph_schema.registry import SCHEMA
from graph_schema.territory import Level, place
from ui import address, session
from ui.look import icon
from ui.markup import cell, door, element, heading, join, table
from ui.screens.partners import where as around
from ui.screens.register import where

_SHOWN = 50
"""So many sites are listed here; the register lists all."""


def draw_sites() -> None:
    """Draw our sites, with the door that adds one for who may."""
    found = register.listing(session.network(), Wanted(Site.TYPE, limit=_SHOWN))
    add = element(
        "a", join(icon(":material/add:"), "Ajouter un site"), class_="door button",
        href=where.to(Site.TYPE, **{around.ACT: around.ADD}),
    )  # fmt: skip
    beside = [add] if session.may_edit() else []
    if not found.total:
        kind = SCHEMA.nodes[Site.TYPE]
        st.html(join(heading("Sites", *beside), element("p", kind.about.help, " Aucun pour l'instant.",
                                                        class_="empty")))  # fmt: skip
        return
    rows = [
        (
            cell(door(session.caption(record), address.record(record.id), "name")),
            cell(str(record.values.get("siret", ""))),
            cell(_commune(record.values.get("commune"))),
        )
        for record in found.records
    ]
    left = found.total - len(rows)
    more = element("p", door("Voir tous les sites", where.to(Site.TYPE)), class_="more") if left else ""
    st.html(join(heading("Sites", *beside), table(("Nom", "SIRET", "Commune"), rows), more))


def _commune(code: object) -> str:
    found = place(Level.COMMUNE, str(code)) if code else None
    return found.name if found else str(code or "")
