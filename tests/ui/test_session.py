"""What a screen works with: the day of the address, the store of the environment, and links that keep the date."""

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crm.store import open_store
from tests.ui.application import errors, opened, words, working_at
from ui import session
from ui.markup import element, join
from ui.settings import Settings

TODAY = session.today()


def day_shown() -> None:
    """A script that says the day shown."""
    import streamlit as st

    from ui import session

    st.text(f"{session.day()} {session.is_past()}")


def links() -> None:
    """A script that writes links."""
    import streamlit as st

    from ui import address

    st.text(address.link("", voir="relances"))
    st.text(address.link("partenaires", fiche="org 1", etat=["frais", "jamais"]))
    st.text(address.here(fonction=None, territoire="departement:62"))


def said(app: AppTest) -> list[str]:
    """The texts on screen."""
    return [text.value for text in app.text]


def test_without_a_date_in_the_address_today_is_shown() -> None:
    assert said(AppTest.from_function(day_shown).run()) == [f"{TODAY} False"]


def test_an_earlier_day_in_the_address_is_shown_and_is_the_past() -> None:
    app = AppTest.from_function(day_shown)
    app.query_params["date"] = "2026-03-03"
    assert said(app.run()) == ["2026-03-03 True"]


@pytest.mark.parametrize("given", ["hier", "2026-02-30", "0001-01-01", (TODAY + timedelta(days=3)).isoformat()])
def test_a_date_that_is_none_or_not_yet_come_is_as_if_not_given(given: str) -> None:
    app = AppTest.from_function(day_shown)
    app.query_params["date"] = given
    assert said(app.run()) == [f"{TODAY} False"]


def test_links_are_absolute_and_keep_the_date() -> None:
    app = AppTest.from_function(links)
    app.query_params.update({"date": "2026-03-03", "fonction": "handicap"})
    assert said(app.run()) == [
        "/?voir=relances&date=2026-03-03",
        "/partenaires?fiche=org%201&etat=frais&etat=jamais&date=2026-03-03",
        "?date=2026-03-03&territoire=departement:62",
    ]


def test_what_is_not_markup_is_text() -> None:
    written = element("a", "<b>Fer & Fils</b>", element("i", "!"), class_="door", href='?a="b"', title=None)
    assert written == '<a class="door" href="?a=&quot;b&quot;">&lt;b&gt;Fer &amp; Fils&lt;/b&gt;<i>!</i></a>'
    assert join("<", element("br")) == "&lt;<br></br>"


def test_a_store_that_cannot_be_opened_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("ceci n'est pas un réseau", encoding="utf-8")
    with working_at(tmp_path / "notes.db"):
        app = opened()
    assert len(errors(app)) == 1
    assert "notes.db" in errors(app)[0]
    assert "Traceback" not in words(app)


def test_the_past_is_announced_and_left_by_one_button(tmp_path: Path) -> None:
    open_store(str(tmp_path / "reseau28.db")).close()
    with working_at(tmp_path / "reseau28.db"):
        app = opened(date="2026-03-03")
        assert "Réseau tel qu&#x27;il était le <strong>3 mars 2026</strong>" in words(app)
        app.button(key="frame-back").click().run()
        assert "Réseau tel qu&#x27;il était" not in words(app)
        assert "date" not in app.query_params


def test_a_server_is_one_place_whoever_logs_in(tmp_path: Path) -> None:
    addresses = ("neo4j://neo4j@serveur.exemple:7687", "bolt://C.%20Exemple@serveur.exemple:7687")
    assert len({Settings(address).heads().place for address in addresses}) == 1
    (tmp_path / "lien.db").symlink_to(tmp_path / "réseau.db")
    assert len({Settings(str(tmp_path / name)).heads().place for name in ("lien.db", "réseau.db")}) == 1
