"""« Réglages »: our organisation, its zone, thresholds and audit window; where the reference data come from."""

import streamlit as st

from crm import provider
from crm.store.protocol import ReadTransaction
from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from graph_schema.territory import Level, place, regions, sources
from graph_schema.territory.places import parse_territory_id
from graph_schema.territory.reference import departements, epcis
from graph_schema.wording import short_date
from ui import forms, frame, session
from ui.markup import cell, heading, join, table

ZONE = "zone"
KEY = "our"


def show() -> None:
    """Draw the page."""
    revision, values = session.network().read(_known)
    st.html(heading("Notre organisme"))
    with st.form("settings", border=False):
        kind = SCHEMA.nodes["Provider"]
        fields = [name for name in kind.fields if name != ZONE]
        zone = _zone(values)
        typed = forms.draw(kind, values, KEY, only=fields)
        if st.form_submit_button("Enregistrer", key="settings-save", type="primary", disabled=not session.may_edit()):
            with frame.guard():
                patch = forms.changed(values, {**typed, ZONE: zone})
                done = provider.save(session.network(), patch, revision)
                frame.saved("Réglages enregistrés : les mesures en tiennent compte.", done.commit)
                st.rerun()
    _sources()


def _known(tx: ReadTransaction) -> tuple[int | None, Values]:
    """The provider's revision, and its values with every default said."""
    record = provider.record(tx)
    values = SCHEMA.nodes["Provider"].dump(provider.load(tx))
    return (record.revision if record else None), values


def _zone(values: Values) -> list[str]:
    given = values.get(ZONE)
    known = [str(each) for each in given] if isinstance(given, list) else []
    options = list(
        dict.fromkeys((*known, *(each.id for of in (regions(), departements(), epcis()) for each in of.values())))
    )
    return st.multiselect(
        "Zone desservie",
        options,
        known,
        key=f"{KEY}-{ZONE}",
        format_func=_name,
        placeholder="Région, département ou intercommunalité",
        help="Seuls ces territoires comptent dans la couverture ; vide : toute la France.",
        disabled=not session.may_edit(),
    )


def _name(identifier: str) -> str:
    try:
        level, code = parse_territory_id(identifier)
    except ValueError:
        return identifier
    found = place(level, code)
    if found is None:
        return identifier
    return f"{found.name} ({found.code})" if level is Level.DEPARTEMENT else f"{found.name}"


def _sources() -> None:
    rows = (
        (
            cell(each.name),
            cell(each.vintage, class_="muted small"),
            cell(each.licence, class_="small"),
            cell(short_date(each.retrieved_on), class_="number"),
            cell(each.attribution, class_="muted small"),
        )
        for each in sources()
    )
    heads = ("Donnée", "Millésime", "Licence", "Reprise le", "Mention")
    st.html(join(heading("Données de référence"), table(heads, rows)))
