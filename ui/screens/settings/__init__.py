"""« Réglages »: our organisation, its zone, thresholds and audit window; where the reference data come from."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from crm.errors import ConflictError, StaleRevision
from crm.network import provider
from crm.network.validation import InvalidRecord
from crm.records.identifiers import Trust, check_siret
from crm.store.protocol import ReadTransaction
from graph_schema.providers import Provider
from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from graph_schema.territory import Level, place, regions, sources
from graph_schema.territory.places import parse_territory_id
from graph_schema.territory.reference import departements, epcis
from graph_schema.wording import listing, short_date
from ui import address, forms, frame, notices, session, typography
from ui.fields import said
from ui.markup import Markup, cell, element, heading, join, table
from ui.screen import Screen
from ui.screens.settings import accounts, sites, vault

ZONE = "zone"
_OPENED = "settings-opened"


@dataclass
class _Opened:
    """Our record as it was read when the form opened, and the revision on which the next save will be made.

    ``key`` begins the keys of its fields: another revision has others, so that they show what was read and not what
    was typed before. ``redoable`` is what this session could do again then.
    """

    revision: int | None
    values: Values
    key: str
    redoable: str


def show() -> None:
    """Draw the page; those who may not edit read the same without a form."""
    st.html(heading("Votre organisme"))
    if session.may_edit():
        _form(_opened())
    else:
        _, values = session.network().read(_known)
        st.html(_said(values))
    sites.draw_sites()
    vault.draw_vault()
    with frame.guard():
        accounts.draw_accounts()
    _sources()


def _form(opened: _Opened) -> None:
    kind = SCHEMA.nodes[Provider.TYPE]
    _siret_told(opened.values)
    with st.form("settings", border=False):
        zone = _zone(opened)
        typed: dict[str, Any] = {}
        for section in dict.fromkeys(field.about.section for name, field in kind.fields.items() if name != ZONE):
            names = [name for name, field in kind.fields.items() if field.about.section == section]
            st.html(element("h3", section, class_="section"))
            typed |= forms.draw(kind, opened.values, opened.key, only=names)
        if st.form_submit_button("Enregistrer", key="settings-save", type="primary"):
            with frame.guard():
                _try(opened, forms.changed(opened.values, {**typed, ZONE: zone}))


def _siret_told(values: Values) -> None:
    """What is wrong with our SIRET, if anything: it is kept as it is."""
    siret = values.get("siret")
    if isinstance(siret, str) and siret and (said := check_siret(siret)).state is not Trust.VALID:
        notices.warning(said.message)


def _try(opened: _Opened, patch: dict[str, Any]) -> None:
    try:
        _save(opened, patch)
    except InvalidRecord as error:
        forms.tell(error)


def _save(opened: _Opened, patch: dict[str, Any]) -> None:
    """Save the fields that were changed here; those that someone else changed meanwhile are told before they go."""
    try:
        done = provider.save(session.network(), patch, opened.revision)
    except StaleRevision as error:
        opened.revision = error.current.revision
        before = error.base.values if error.base else opened.values
        moved = [name for name in patch if before.get(name) != error.current.values.get(name)]
        if disputed := [name for name in moved if patch[name] != error.current.values.get(name)]:
            fields = SCHEMA.nodes[Provider.TYPE].fields
            theirs = [f"{fields[n].about.label} : {said(fields[n], error.current.values.get(n))}" for n in disputed]
            raise ConflictError(
                f"Quelqu'un vient d'enregistrer d'autres valeurs ({listing(theirs)}) : enregistrez à nouveau pour y"
                " mettre les vôtres."
            ) from None
        done = provider.save(session.network(), patch, opened.revision)
    del st.session_state[_OPENED]
    frame.saved("Réglages enregistrés : les mesures en tiennent compte.", done.commit)
    st.rerun()


def _opened() -> _Opened:
    """What the form was opened on: not what is kept at this run, which may already be newer.

    It opens again once this session took something back: what was undone is not to be saved a second time.
    """
    opened, redoable = st.session_state.get(_OPENED), session.edits().redoable
    if isinstance(opened, _Opened) and opened.redoable == redoable and _is_drawn(opened):
        return opened
    revision, values = session.network().read(_known)
    made = st.session_state[_OPENED] = _Opened(revision, values, f"our-{revision or 0}", redoable)
    return made


def _is_drawn(opened: _Opened) -> bool:
    return any(str(name).startswith(f"{opened.key}-") for name in st.session_state)


def _known(tx: ReadTransaction) -> tuple[int | None, Values]:
    """The provider's revision, and its values with every default said."""
    record = provider.record(tx)
    values = SCHEMA.nodes[Provider.TYPE].dump(provider.load(tx))
    return (record.revision if record else None), values


def _said(values: Values) -> Markup:
    fields = SCHEMA.nodes[Provider.TYPE].fields
    zone = listing([_name(each) for each in _territories(values)]) or "toute la France"
    words = {name: zone if name == ZONE else said(field, values.get(name)) for name, field in fields.items()}
    return element("dl", *(join(element("dt", fields[n].about.label), element("dd", w)) for n, w in words.items()))


def _territories(values: Values) -> list[str]:
    given = values.get(ZONE)
    return [str(each) for each in given] if isinstance(given, list) else []


def _zone(opened: _Opened) -> list[str]:
    known = _territories(opened.values)
    options = list(
        dict.fromkeys((*known, *(each.id for of in (regions(), departements(), epcis()) for each in of.values())))
    )
    return st.multiselect(
        "Zone desservie",
        options,
        known,
        key=f"{opened.key}-{ZONE}",
        format_func=typography.shown(_name),
        placeholder="Région, département ou intercommunalité",
        help="Seuls ces territoires comptent dans la couverture ; vide : toute la France.",
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


SCREEN = Screen(address.SETTINGS, "Réglages", ":material/tune:", 90, show)
