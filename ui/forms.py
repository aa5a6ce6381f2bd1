"""Forms derived from the declarations: one widget a field, by its shape, grouped by section."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from crm import days
from crm.errors import InputError, Reseau28Error
from crm.network.validation import InvalidRecord
from graph_schema.records import Values
from graph_schema.types import Field, LinkType, NodeType, Shape
from ui import notices, typography

_YES_NO = {None: "—", True: "Oui", False: "Non"}


WHICH_LINK = "Choisir le lien"


def sole(options: Collection[object]) -> int | None:
    """The place of what is chosen from the start: the one option where there is no other, else none."""
    return 0 if len(options) == 1 else None


def no_link() -> InputError:
    """What is told where two records are to be tied and nobody said how."""
    return InputError("Choisissez d'abord le lien.", field="type")


def draw(
    kind: NodeType | LinkType,
    values: Values,
    key: str,
    only: Sequence[str] | None = None,
    known: Mapping[str, Sequence[str]] | None = None,
    required: Collection[str] = (),
) -> dict[str, Any]:
    """Draw the fields of ``kind``, by section, filled with ``values``; returns what is typed, None where empty.

    With ``only``, these fields in this order, without the names of sections. ``key`` keeps several forms of one page
    apart. ``known`` offers words already in use for a text field, which may be chosen or typed anew. ``required`` names
    fields that this form asks for although the type does without. Belongs inside ``st.form`` so that nothing is sent
    while typing.
    """
    shown = [kind.fields[n] for n in only] if only is not None else editable(kind)
    shown = [replace(each, required=True) if each.name in required else each for each in shown]
    sections = [""] if only is not None else dict.fromkeys(f.about.section for f in shown)
    typed: dict[str, Any] = {}
    for section in sections:
        if section:
            st.markdown(f"###### {section}")
        fields = [f for f in shown if only is not None or f.about.section == section]
        columns = st.columns(2)
        for index, field in enumerate(f for f in fields if not f.about.long):
            with columns[index % 2]:
                typed[field.name] = _widget(kind, field, values, key, (known or {}).get(field.name))
        for field in (f for f in fields if f.about.long):
            typed[field.name] = _widget(kind, field, values, key, None)
    return typed


def editable(kind: NodeType | LinkType) -> list[Field]:
    """The fields that a form shows; evidence is tied elsewhere."""
    return [field for field in kind.typed if field.name != "evidence"]


def changed(before: Values, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The fields whose typed value is not the one before; None for one that was emptied."""
    patch: dict[str, Any] = {}
    for name, value in typed.items():
        given = None if value in ("", []) else value
        if given != before.get(name):
            patch[name] = given
    return patch


def filled(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without the fields left empty."""
    return {name: value for name, value in typed.items() if value not in (None, "", [])}


def tell(error: Reseau28Error) -> None:
    """Say why nothing was saved: every fault of a record, one line each; what was typed is still there."""
    messages = [fault.message for fault in error.faults] if isinstance(error, InvalidRecord) else [str(error)]
    notices.error(notices.lines(messages) if len(messages) > 1 else messages[0])


def _widget(kind: NodeType | LinkType, field: Field, values: Values, key: str, known: Sequence[str] | None) -> Any:
    value: Any = values.get(field.name)
    label = f"{field.about.label} *" if field.required else field.about.label
    common: dict[str, Any] = {"key": f"{key}-{field.name}", "help": field.about.help or None}
    match field.shape:
        case Shape.TEXT if field.about.long:
            return (st.text_area(label, value or "", **common) or "").strip()
        case Shape.TEXT if known is not None:
            return _one_of(label, value, known, common)
        case Shape.TEXT:
            return (st.text_input(label, value or "", autocomplete="off", **common) or "").strip()
        case Shape.INTEGER:
            return st.number_input(label, value=value, step=1, **common)
        case Shape.NUMBER:
            shown = None if value is None else float(value)
            return st.number_input(label, value=shown, step=None, format="%.5f", **common)
        case Shape.BOOLEAN:
            options = list(_YES_NO) if _may_be_empty(kind, field) else [True, False]
            shown = _default(kind, field) if value is None else value
            return st.selectbox(
                label, options, options.index(shown), format_func=typography.shown(_YES_NO.__getitem__), **common
            )
        case Shape.DATE:
            return _day(label, value, common)
        case Shape.CHOICE:
            return _choice(kind, field, label, value, common)
        case Shape.CHOICES:
            labels = {str(term): term.label for term in field.vocabulary or ()}
            return st.multiselect(
                label,
                [*labels],
                value or [],
                format_func=typography.shown(labels.__getitem__),
                placeholder="Choisir",
                **common,
            )
        case Shape.TEXTS:
            return _several_of(label, value or [], known or (), common)


def _one_of(label: str, value: str | None, known: Sequence[str], common: dict[str, Any]) -> str | None:
    options = list(dict.fromkeys((*([value] if value else []), *known)))
    index = options.index(value) if value else None
    chosen = st.selectbox(
        label, options, index, accept_new_options=True, placeholder="Choisir ou écrire", **common
    )  # fmt: skip
    return chosen.strip() if chosen else None


def _several_of(label: str, value: list[str], known: Sequence[str], common: dict[str, Any]) -> list[str]:
    options = list(dict.fromkeys((*value, *known)))
    chosen = st.multiselect(label, options, value, accept_new_options=True, placeholder="Choisir ou écrire", **common)
    return [each.strip() for each in chosen]


def _day(label: str, value: str | None, common: dict[str, Any]) -> str | None:
    shown = date.fromisoformat(value) if value else None
    first, last = min(shown or days.FIRST, days.FIRST), max(shown or days.LAST, days.LAST)
    day = st.date_input(label, shown, min_value=first, max_value=last, format="DD/MM/YYYY", **common)
    return day.isoformat() if isinstance(day, date) else None


def _choice(
    kind: NodeType | LinkType, field: Field, label: str, value: str | None, common: dict[str, Any]
) -> str | None:
    labels: dict[str | None, str] = {str(term): term.label for term in field.vocabulary or ()}
    default = _default(kind, field)
    options: list[str | None] = [None, *labels] if _may_be_empty(kind, field) else [*labels]
    shown = value if value in options else (str(default) if default in options else options[0])
    labels[None] = "—"
    return st.selectbox(
        label, options, options.index(shown), format_func=typography.shown(labels.__getitem__), **common
    )


def _default(kind: NodeType | LinkType, field: Field) -> Any:
    return None if field.required else kind.model.model_fields[field.name].default


def _may_be_empty(kind: NodeType | LinkType, field: Field) -> bool:
    return not field.required and _default(kind, field) is None
