"""The first screen of an empty network: bring a file, add a first partner, say who we are."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from crm.errors import InputError
from crm.network import provider
from crm.network.validation import InvalidRecord
from crm.records import organisations
from graph_schema.providers import Provider
from graph_schema.registry import SCHEMA
from graph_schema.territory import departements, resolve_commune, territory_id
from graph_schema.territory.places import Level
from ui import address, forms, frame, kinds, notices, session, typography
from ui.markup import door, element, join

_ASKED = ("name", "siret", "category", "mail_domains", "last_audit_on", "next_audit_on")
"""What is asked of us from the start; « Réglages » has all the rest."""


def show_first_steps() -> None:
    """Draw the three ways to begin."""
    st.html(
        join(
            element("p", "Bienvenue. Votre réseau est vide : trois façons de commencer.", class_="sentence"),
            element("p", "Tout se modifie ensuite, et tout import s'annule.", class_="muted"),
        )
    )
    if not session.may_edit():
        notices.info("Votre rôle permet de consulter : demandez à un gestionnaire d'ajouter les premiers partenaires.")
        return
    file, partner, ourselves = st.columns(3, gap="medium")
    with file, st.container(border=True, height="stretch"):
        _import()
    with partner, st.container(border=True, height="stretch"), frame.guard():
        _first_partner()
    with ourselves, st.container(border=True, height="stretch"), frame.guard():
        _who_we_are()


def _import() -> None:
    st.markdown("##### :material/upload_file: Importer un fichier")
    st.markdown(
        "Votre tableur de partenaires (CSV, XLSX, XLS ou ODS) ou un export de l'Annuaire des Entreprises. Rien n'est "
        "écrit avant que vous ayez relu ce qui sera créé."
    )
    if st.button("Importer", key="first-import", type="primary", icon=":material/upload_file:"):
        address.go(address.IMPORT)
    st.caption("Ou dans un terminal, sur cette machine :")
    st.code("reseau28 import partenaires.xlsx", language=None)


def _first_partner() -> None:
    st.markdown("##### :material/person_add: Ajouter un premier partenaire")
    with st.form("first-partner", border=False):
        name = st.text_input("Nom", key="first-name", placeholder="Garage Exemple")
        kind = kinds.draw_kind("first")
        town = st.text_input("Ville", key="first-town", placeholder="Lens, ou 62300 Lens")
        if st.form_submit_button("Ajouter", key="first-add", type="primary"):
            with frame.guard():
                id = _add(name, kind, town)
                frame.open_record(id)


def _add(name: str, kind: str | None, town: str) -> str:
    if not name.strip():
        raise InputError("Donnez un nom à ce partenaire : il suffit pour commencer.", field="name")
    done = organisations.create(session.network(), {"name": name, **_where(town), **({"kind": kind} if kind else {})})
    frame.saved(f"{name.strip()} est le premier partenaire de votre réseau.", done.commit)
    return done.value


def _where(town: str) -> dict[str, str]:
    """The town and postal code that were typed in one field, in either order."""
    words = town.split()
    code = next((word for word in words if word.isdigit() and len(word) == 5), None)
    city = " ".join(word for word in words if word != code)
    if code and not city:
        found = resolve_commune(postal_code=code).commune
        city = found.name if found else ""
    return {key: value for key, value in (("city", city), ("postal_code", code)) if value}


def _who_we_are() -> None:
    st.markdown("##### :material/apartment: Dire qui vous êtes")
    record, known = session.network().read(lambda tx: (provider.record(tx), provider.load(tx)))
    kind = SCHEMA.nodes[Provider.TYPE]
    values = {name: value for name, value in kind.dump(known).items() if record or name != "name"}
    with st.form("who-we-are", border=False):
        typed = forms.draw(kind, values, "our", _ASKED)
        zone = _departements(known.zone)
        if st.form_submit_button("Enregistrer", key="our-save"):
            with frame.guard():
                _say(forms.filled(typed), zone)
    st.html(element("p", door("Sites, coordonnées, seuils, audits…", address.link(address.SETTINGS)), class_="small"))


def _departements(known: Sequence[str]) -> list[str]:
    names = {territory_id(Level.DEPARTEMENT, code): f"{each.name} ({code})" for code, each in departements().items()}
    return st.multiselect(
        "Vos départements", list(names), default=[each for each in known if each in names], key="our-zone",
        format_func=typography.shown(names.__getitem__), placeholder="Où cherchez-vous des partenaires ?",
    )  # fmt: skip


def _say(given: dict[str, Any], zone: Sequence[str]) -> None:
    try:
        done = provider.save(session.network(), {**given, "zone": zone})
    except InvalidRecord as error:
        forms.tell(error)
        return
    frame.saved("Votre organisme et sa zone sont enregistrés.", done.commit)
    st.rerun()
