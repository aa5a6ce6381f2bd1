"""Nobody is offered what their role refuses: every page × role, each button that stands there is pressed."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from crm.errors import Forbidden
from crm.network import Network
from crm.network.rights import Actor, Right, Role
from tests.ui.application import errors, opened, sent, words
from tests.ui.screens.conftest import contact, partner, serve
from ui import logins
from ui.menu import doors
from ui.screens import screens

PAGES: list[tuple[str, dict[str, str]]] = [(door.path, {}) for door in screens()]
SHEETS = [("partenaires", {"partie": part}) for part in ("", "echanges", "taches", "historique", "preuves")]
REFUSED = "ne permet pas"


@contextmanager
def working_as(role: Role) -> Iterator[None]:
    """Let the screens of this process be those of someone of this role."""
    with patch.object(logins, "actor_of", lambda cookie: Actor("T. Fictif", role)):
        yield


@pytest.fixture
def filled(network: Network) -> str:
    """A network with a late partner and her contact; returns the partner's id."""
    serve(network, "departement:62")
    id = partner(network, "Garage Fictif", last=400, owner="C. Exemple")
    contact(network, id, "Exemple")
    return id


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("page", "said"), [*PAGES, *SHEETS, ("reseau", {"autour": "", "fiche": ""})])
def test_no_offered_button_is_refused(filled: str, role: Role, page: str, said: dict[str, str]) -> None:
    address = {"fiche": filled, **said} if (page, said) in SHEETS else dict.fromkeys(said, filled)
    with working_as(role):
        app = opened(page, **address)
        assert not any(REFUSED in each for each in errors(app))
        for index in range(len(app.button)):
            app = opened(page, **address)
            if index < len(app.button) and not app.button[index].disabled:
                label = app.button[index].label
                app.button[index].click().run()
                assert not any(REFUSED in each for each in errors(app)), label


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR])
def test_who_may_not_edit_finds_no_way_in(filled: str, role: Role) -> None:
    with working_as(role):
        for page, _ in PAGES:
            app = opened(page)
            shown = words(app) + "".join(map(str, sent(app))) + "".join(each.label for each in app.button)
            for door in ("Consigner", "Ajouter un partenaire", "Importer", "Modifier"):
                assert door not in shown, (page, door)
        assert "Importer" not in {door.title for door in doors(role)}
        with pytest.raises(Forbidden):
            Actor("T. Fictif", role).require(Right.IMPORT)
