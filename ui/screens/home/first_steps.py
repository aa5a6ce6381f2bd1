"""The first screen of an empty network: bring a file, add a first partner, say who we are."""

import streamlit as st

from crm.errors import InputError
from crm.network import provider
from crm.records import organisations
from graph_schema.territory import departements, resolve_commune, territory_id
from graph_schema.territory.places import Level
from ui import address, frame, kinds, notices, session, typography
from ui.markup import element, join


def show() -> None:
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
        kind = kinds.draw("first")
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
    names = {territory_id(Level.DEPARTEMENT, code): f"{each.name} ({code})" for code, each in departements().items()}
    with st.form("who-we-are", border=False):
        name = st.text_input("Votre organisme", known.name if record else "", key="our-name", placeholder="CFA Exemple")
        zone = st.multiselect(
            "Vos départements",
            list(names),
            default=[each for each in known.zone if each in names],
            key="our-zone",
            format_func=typography.shown(names.__getitem__),
            placeholder="Où cherchez-vous des partenaires ?",
        )
        if st.form_submit_button("Enregistrer", key="our-save"):
            with frame.guard():
                said = {"name": name.strip()} if name.strip() else {}
                provider.save(session.network(), {**said, "zone": zone})
                frame.saved("Votre organisme et sa zone sont enregistrés.", None)
                st.rerun()
