"""What was understood: the first rows of each sheet, and above each column what it feeds."""

import streamlit as st

from graph_schema.wording import listing
from importers import Mapping
from importers.reading.headers import targets
from importers.reading.mapping import label
from ui import frame, notices, typography
from ui.markup import Markup, as_label, cell, element, join, table
from ui.screens.imports.draft import Draft, UnderstoodSheet

_NOT_IMPORTED = "Ne pas importer"


def show_sheets(draft: Draft) -> None:
    """Draw the sheets; a mapping that cannot be imported says why, and stays there to be mended."""
    for place, sheet in enumerate(draft.sheets):
        if len(draft.sheets) > 1:
            name = f"{sheet.file} · {sheet.preview.sheet}" if sheet.preview.sheet else sheet.file
            st.html(element("h4", name))
        mapping = draft.mapping_of(sheet)
        if mapping is None:
            _known_format(sheet)
        else:
            _columns(draft, place, sheet, mapping)


def _known_format(sheet: UnderstoodSheet) -> None:
    known = "ses colonnes sont connues" if sheet.preview.header_row else "son contenu est connu"
    st.caption(f"{sheet.preview.format.label} : {known}, il n'y a rien à choisir.")
    rows = ([cell(each) for each in row] for row in sheet.preview.rows)
    st.html(element("div", table(sheet.preview.header, rows), class_="wide"))


def _columns(draft: Draft, place: int, sheet: UnderstoodSheet, mapping: Mapping) -> None:
    _say_what_is_left(mapping)
    options = [None, *(str(each) for each in targets())]
    with st.container(key=f"import-sheet-{place}", horizontal=True, gap="small"):
        for column in mapping.columns:
            key = f"import-column-{place}-{column.index}"
            st.session_state[key] = column.target
            with st.container(width=216, gap="xxsmall"):
                st.html(element("div", column.header or "Sans en-tête", class_="head", title=column.reason))
                st.selectbox(
                    as_label(f"La colonne « {column.header} » donne"),
                    options,
                    key=key,
                    format_func=typography.shown(_name),
                    label_visibility="collapsed",
                    on_change=_choose,
                    args=(draft, sheet, column.index, key),
                    disabled=draft.applying,
                )
                st.html(join(element("div", column.reason, class_="muted small"), _values(sheet, column.index)))


def _say_what_is_left(mapping: Mapping) -> None:
    left = [column.header or "sans en-tête" for column in mapping.columns if column.target is None]
    known = "Au-dessus de chaque colonne, ce qu'elle donne : changez ce qui ne va pas."
    said = f" Non reprises : {listing([f'« {each} »' for each in left], 6)}." if left else ""
    notices.note(f"{known}{said}")


def _values(sheet: UnderstoodSheet, index: int) -> Markup:
    texts = [row[index] if index < len(row) else "" for row in sheet.preview.rows]
    return join(*(element("div", text or "\u00a0", class_="value", title=text or None) for text in texts))


def _name(target: str | None) -> str:
    return _NOT_IMPORTED if target is None else label(target)


def _choose(draft: Draft, sheet: UnderstoodSheet, index: int, key: str) -> None:
    with frame.guard():
        draft.choose(sheet, index, st.session_state[key])
