"""The menu that the page carries: every page, who works here, nothing that is not escaped."""

from html import escape

import pytest

from crm.errors import Forbidden
from crm.network.rights import Actor, Role
from graph_schema.typography import typeset
from ui import logins, menu
from ui.screens import screens


def test_each_page_is_a_door() -> None:
    written = menu.html(None)
    for path, title, *_ in screens():
        assert f'href="/{path}"' in written
        assert f"{escape(typeset(title))}</a>" in written


def test_who_works_here_is_said_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "actor_of", lambda cookie: Actor("<b>C. Exemple</b>", Role.READER))
    written = menu.html("biscuit")
    assert f"&lt;b&gt;C. Exemple&lt;/b&gt; · {Role.READER.label.lower()}" in written
    assert "Quitter" not in written


def test_whoever_logged_in_can_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "actor_of", lambda cookie: Actor("C. Exemple", Role.MANAGER))
    monkeypatch.setattr(logins, "required", lambda: True)
    assert '<a href="/deconnexion">Quitter</a>' in menu.html("biscuit")


def test_nobody_is_named_where_the_session_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(cookie: str | None) -> Actor:
        raise Forbidden("Votre session est terminée.", code="login")

    monkeypatch.setattr(logins, "actor_of", ended)
    assert 'class="actor"' not in menu.html("vieux")
