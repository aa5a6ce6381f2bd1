"""What becomes of the rows, one line per outcome that opens on its first rows, and the faults to download."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import streamlit as st

from graph_schema.registry import SCHEMA
from graph_schema.wording import count, listing, number, plural
from importers import CellChange, ImportFault, Outcome, Related, RowOutcome
from importers.faults import REPAIRED
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
_FAULTS_SHOWN = 50
_LEFT_SHOWN = 20


def show_outcomes(tally: Tally, faults: Path, *, done: bool) -> None:
    """Draw a plan's counts and rows, or those of an import that is ``done``."""
    words = _DONE if done else _PLANNED
    st.html(join(element("p", sentence(tally, done=done), class_="sentence"), _with_them(tally), _left(tally)))
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
    related = [count(tally.related[kind], kind.label) for kind in Related if tally.related[kind]]
    return element("p", f"Avec elles : {', '.join(related)}.", class_="muted") if related else join()


def _left(tally: Tally) -> Markup:
    """The columns that are not read, each with why."""
    left = [
        f"« {column.header or 'sans en-tête'} » ({column.why.removeprefix('non reprise : ')})"
        for column in tally.columns if column.target is None
    ]  # fmt: skip
    many = plural(len(left), "Colonne non reprise", "Colonnes non reprises")
    return element("p", f"{many} : {listing(left, _LEFT_SHOWN)}.", class_="muted") if left else join()


def _rows(rows: Sequence[RowOutcome], link: bool) -> Markup:
    several = len({(row.file, row.sheet) for row in rows}) > 1
    cells = (
        (
            *([cell(" · ".join(filter(None, (row.file, row.sheet))), class_="small")] if several else []),
            cell(number(row.row), class_="number"),
            cell(door(row.name or "sans nom", address.record(row.id)) if link and row.id else row.name or "sans nom"),
            cell(row.reason, class_="small"),
            cell(*chain(_changes(row.type, row.changes), _kept(row.type, row.kept)), class_="small"),
        )
        for row in rows
    )
    return table((*(["Fichier"] if several else []), "Ligne", "Fiche", "Pourquoi", "Ce qui change"), cells)


def _changes(type: str, changes: Sequence[CellChange]) -> Iterator[Markup]:
    for name, before, after in changes:
        field = SCHEMA.nodes[type].fields[name]
        old = join(element("span", said(field, before), class_="muted"), " → ") if before is not None else join()
        yield element("div", f"{field.about.label}\u00a0: ", old, element("b", said(field, after)))


def _kept(type: str, kept: Sequence[CellChange]) -> Iterator[Markup]:
    for name, before, after in kept:
        field = SCHEMA.nodes[type].fields[name]
        other = element("span", f" gardé ; le fichier dit « {said(field, after)} »", class_="muted")
        yield element("div", f"{field.about.label}\u00a0: ", element("b", said(field, before)), other)


def _faults(tally: Tally, path: Path) -> None:
    repaired = tally.codes[REPAIRED]
    wrong = tally.codes.total() - repaired
    if wrong:
        with st.expander(f"**{number(wrong)}** {plural(wrong, 'anomalie')} dans les fichiers"):
            _told([fault for fault in tally.faults if not fault.repair], "Ce qui ne va pas")
    if repaired:
        with st.expander(f"**{number(repaired)}** {plural(repaired, 'réparation')}, rien à faire"):
            _told([fault for fault in tally.faults if fault.repair], "Ce qui est réparé")
    if (wrong or repaired) and path.exists():
        st.download_button(
            "Télécharger toutes les anomalies et réparations (CSV)", path.read_bytes(), "anomalies.csv", "text/csv",
            key="import-faults", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _told(faults: Sequence[ImportFault], what: str) -> None:
    st.html(element("div", _faults_table(faults[:_FAULTS_SHOWN], what), class_="tall"))


def _faults_table(faults: Sequence[ImportFault], what: str) -> Markup:
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
    return table(("Fichier", "Ligne", "Colonne", "Valeur", what), cells)
