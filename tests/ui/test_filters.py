"""Filters whose choice lives in the address: a link sets them like a click, a click writes them there."""

from collections.abc import Mapping

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from ui import address, filters

    st.html(filters.chips("etat", [("frais", "Frais", 3), ("jamais", "Jamais", 1)]))
    filters.text("Chercher", "texte")
    filters.several("Famille", "famille", ["company", "branch"], str.upper, "Toutes")
    places = {"r:32": "Hauts-de-France", "d:62": "Pas-de-Calais"}
    filters.one("Territoire", "territoire", places, lambda typed: None, "Où ?")
    st.session_state["chosen"] = (address.texts("etat"), address.texts("famille"), address.text("territoire") or None)


def opened(parameters: Mapping[str, list[str] | str]) -> AppTest:
    """A page with filters, at this address."""
    app = AppTest.from_function(_page, default_timeout=60)
    app.query_params.update(parameters)
    return app.run()


def test_the_address_sets_every_filter() -> None:
    app = opened({"famille": ["branch"], "territoire": "d:62", "texte": "garage", "etat": ["jamais"]})
    assert app.session_state["chosen"] == (["jamais"], ["branch"], "d:62")
    assert app.text_input[0].value == "garage"


def test_a_choice_is_written_in_the_address_and_starts_the_list_again() -> None:
    app = opened({"lignes": "600"})
    app.multiselect[0].select("company").run()
    assert app.query_params["famille"] == "company"
    assert "lignes" not in app.query_params
    app.multiselect[0].unselect("company").run()
    assert "famille" not in app.query_params


def test_going_back_sets_the_filter_again() -> None:
    app = opened({"famille": ["branch"]})
    app.multiselect[0].select("company").run()
    app.query_params["famille"] = "branch"
    app.run()
    assert app.session_state["chosen"][1] == ["branch"]
    assert app.multiselect[0].value == ["branch"]


def test_a_chip_is_a_link_that_turns_it_on_or_off() -> None:
    app = opened({"etat": ["jamais"], "lignes": "400"})
    chips = app.html[0].value
    assert 'href="?etat=jamais&amp;etat=frais"' in chips
    assert '<a class="door" href="?" aria-current="true">Jamais' in chips


def test_a_term_that_nothing_bears_any_more_can_still_be_taken_off() -> None:
    app = opened({"famille": ["disparue"]})
    assert app.multiselect[0].value == ["disparue"]
    app.multiselect[0].unselect("disparue").run()
    assert "famille" not in app.query_params


def test_a_choice_is_in_the_address_before_the_page_is_run() -> None:
    app = opened({})
    app.multiselect[0].select("company")
    app.selectbox[0].select("d:62")
    app.text_input[0].input("garage ").run()
    assert app.session_state["chosen"] == ([], ["company"], "d:62")
    assert app.query_params["texte"] == "garage"
    assert app.text_input[0].value == "garage "


def test_a_territory_that_is_not_one_filters_nothing() -> None:
    app = opened({"territoire": "d:0"})
    assert app.selectbox[0].value is None
