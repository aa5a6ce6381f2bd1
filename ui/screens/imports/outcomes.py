"""What becomes of the rows, one line per outcome that opens on its first rows, and the faults to download."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import streamlit as st

from graph_schema.organisations import Organisation
from graph_schema.records import Value
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, number, plural
from importers import CellChange, ImportFault, Outcome, Related, RowOutcome
from importers.joining.outcomes import Tally
from ui import address
from ui.fields import said
from ui.markup import Markup, cell, door, element, join, table

_PLANNED = {
    Outcome.CREATED: "à créer", Outcome.UPDATED: "à mettre à jour", Outcome.UNCHANGED: "inchangée",
    Outcome.CONFLICT: "à regarder", Outcome.REFUSED: "refusée",
}  # fmt: skip
_DONE = {**_PLANNED, Outcome.CREATED: "créée", Outcome.UPDATED: "mise à jour"}
_MANY = {"à créer": "à créer", "à mettre à jour": "à mettre à jour", "à regarder": "à regarder",
         "mise à jour": "mises à jour"}  # fmt: skip
_RELATED = {
    Related.PEOPLE: "personne", Related.ROLES: "rôle", Related.EXCHANGES: "échange",
    Related.SUBJECTS: "sujet d'échange", Related.AGREEMENTS: "convention", Related.OTHERS: "autre fiche",
}  # fmt: skip
_FIELDS = SCHEMA.nodes[Organisation.TYPE].fields
_FAULTS_SHOWN = 50


def show_outcomes(tally: Tally, faults: Path, *, done: bool) -> None:
    """Draw a plan's counts and rows, or those of an import that is ``done``."""
    words = _DONE if done else _PLANNED
    st.html(join(element("p", sentence(tally, done=done), class_="sentence"), _with_them(tally)))
    for outcome in Outcome:
        amount, shown = tally.rows[outcome], tally.details[outcome]
        if amount:
            with st.expander(f"**{number(amount)}** {_agreed(amount, words[outcome])}"):
                st.html(element("div", _rows(shown, link=done or outcome is not Outcome.CREATED), class_="tall"))
                if amount > len(shown):
                    st.caption(f"Les {number(len(shown))} premières sur {number(amount)}.")
    _faults(tally, faults)


def sentence(tally: Tally, *, done: bool) -> str:
    """The counts in one sentence, without those that are zero."""
    words = _DONE if done else _PLANNED
    parts = [f"{number(tally.rows[o])} {_agreed(tally.rows[o], word)}" for o, word in words.items() if tally.rows[o]]
    return f"{count(tally.rows.total(), 'ligne')} : {', '.join(parts)}." if parts else "Aucune ligne à importer."


def _agreed(amount: int, word: str) -> str:
    return plural(amount, word, _MANY.get(word))


def _with_them(tally: Tally) -> Markup:
    related = [count(tally.related[kind], noun) for kind, noun in _RELATED.items() if tally.related[kind]]
    return element("p", f"Avec elles : {', '.join(related)}.", class_="muted") if related else join()


def _rows(rows: Sequence[RowOutcome], link: bool) -> Markup:
    several = len({(row.file, row.sheet) for row in rows}) > 1
    cells = (
        (
            *([cell(" · ".join(filter(None, (row.file, row.sheet))), class_="small")] if several else []),
            cell(number(row.row), class_="number"),
            cell(door(row.name or "sans nom", address.record(row.id)) if link and row.id else row.name or "sans nom"),
            cell(row.reason, class_="small"),
            cell(*chain(_changes(row.changes), _kept(row.kept)), class_="small"),
        )
        for row in rows
    )
    return table((*(["Fichier"] if several else []), "Ligne", "Partenaire", "Pourquoi", "Ce qui change"), cells)


def _changes(changes: Sequence[CellChange]) -> Iterator[Markup]:
    for field, before, after in changes:
        old = join(element("span", _said(field, before), class_="muted"), " → ") if before is not None else join()
        yield element("div", f"{_label(field)}\u00a0: ", old, element("b", _said(field, after)))


def _kept(kept: Sequence[CellChange]) -> Iterator[Markup]:
    for field, before, after in kept:
        other = element("span", f" gardé ; le fichier dit « {_said(field, after)} »", class_="muted")
        yield element("div", f"{_label(field)}\u00a0: ", element("b", _said(field, before)), other)


def _label(field: str) -> str:
    return _FIELDS[field].about.label if field in _FIELDS else field


def _said(field: str, value: Value | None) -> str:
    return said(_FIELDS[field], value) if field in _FIELDS else str(value)


def _faults(tally: Tally, path: Path) -> None:
    total = tally.codes.total()
    if not total:
        return
    with st.expander(f"**{number(total)}** {plural(total, 'anomalie')} dans les fichiers"):
        st.html(element("div", _faults_table(tally.faults[:_FAULTS_SHOWN]), class_="tall"))
        if path.exists():
            st.download_button(
                "Télécharger toutes les anomalies (CSV)", path.read_bytes(), "anomalies.csv", "text/csv",
                key="import-faults", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def _faults_table(faults: Sequence[ImportFault]) -> Markup:
    cells = (
        (
            cell(" · ".join(filter(None, (fault.file, fault.sheet))), class_="small"),
            cell(number(fault.row) if fault.row else "", class_="number"),
            cell(fault.column),
            cell(fault.value, class_="small"),
            cell(fault.message, element("div", fault.hint, class_="muted small") if fault.hint else ""),
        )
        for fault in faults
    )
    return table(("Fichier", "Ligne", "Colonne", "Valeur", "Ce qui ne va pas"), cells)
