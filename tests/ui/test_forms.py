"""Forms drawn from the declarations: one widget a field, and only what was changed comes back."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from ui import forms


def _form(type: str, values: "dict[str, Any]") -> None:
    import streamlit as st

    from graph_schema.registry import SCHEMA
    from ui import forms

    st.session_state["typed"] = forms.draw(SCHEMA.type(type), values, "f", known={"owner": ["C. Exemple", "J. Fictif"]})


def drawn(type: str, values: dict[str, Any]) -> AppTest:
    """The form of a type, filled with ``values``."""
    app = AppTest.from_function(_form, kwargs={"type": type, "values": values}, default_timeout=60).run()
    assert not app.exception
    return app


VALUES: Values = {
    "name": "Garage Exemple", "kind": "iae", "functions": ["employeurs"], "aliases": ["Fictif & Fils"], "closed": True,
    "latitude": 50, "tier": "B", "owner": "C. Exemple", "opco": "AKTO", "note": "Une\nnote",
}  # fmt: skip


@pytest.mark.parametrize("type", [*SCHEMA.nodes, *SCHEMA.links])
def test_every_declared_type_has_a_form(type: str) -> None:
    app = drawn(type, {})
    assert set(app.session_state["typed"]) == {field.name for field in forms.editable(SCHEMA.type(type))}


def test_a_form_left_alone_changes_nothing() -> None:
    assert forms.changed(VALUES, drawn("Organisation", VALUES).session_state["typed"]) == {}


def test_only_the_fields_touched_come_back_and_an_emptied_one_is_none() -> None:
    app = drawn("Organisation", VALUES)
    app.text_input(key="f-name").input("Garage Fictif")
    app.selectbox(key="f-opco").select_index(0)
    app.multiselect(key="f-aliases").unselect("Fictif & Fils").run()
    patch = forms.changed(VALUES, app.session_state["typed"])
    assert patch == {"name": "Garage Fictif", "opco": None, "aliases": None}


def test_a_field_with_a_default_cannot_be_emptied() -> None:
    app = drawn("Organisation", {})
    assert app.session_state["typed"]["kind"] == "entreprise"
    assert "—" not in app.selectbox(key="f-tier").options
    assert app.selectbox(key="f-opco").value is None


def test_words_already_in_use_are_offered() -> None:
    assert drawn("Organisation", VALUES).selectbox(key="f-owner").options == ["C. Exemple", "J. Fictif"]


def test_a_stored_date_outside_the_usual_range_is_shown() -> None:
    app = drawn("WorksFor", {"valid_from": "1871-05-28"})
    assert app.session_state["typed"]["valid_from"] == "1871-05-28"


def test_required_fields_are_marked() -> None:
    assert drawn("Organisation", {}).text_input(key="f-name").label == "Nom *"
