"""What a confidential proof holds is on no screen of who may not open it, wherever it is drawn."""

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.rights import Role
from tests.crm import closed as making
from tests.crm.closed import Closed
from tests.ui.application import errors, opened, sent, words
from tests.ui.screens.conftest import serve
from tests.ui.screens.test_roles import PAGES, working_as

PARTS = ("", "document", "fichier", "versions-du-fichier", "fiche", "historique", "preuves", "reseau")


@pytest.fixture
def closed(network: Network) -> Closed:
    """A confidential proof, of a partner in our zone."""
    serve(network, "departement:62")
    return making.deposit(network)


def everything(app: AppTest) -> str:
    """All that is on screen, whoever draws it."""
    drawn = [each.label for each in (*app.button, *app.selectbox, *app.multiselect, *app.text_input)]
    return "\n".join([words(app), *map(str, sent(app)), *errors(app), *drawn, str(app)])


def told(closed: Closed, role: Role) -> dict[tuple[str, str], list[str]]:
    """What each screen tells of what is withheld, by page and part."""
    found = {}
    with working_as(role):
        for page, _ in PAGES:
            found[page, ""] = closed.told(everything(opened(page)))
        for id in (closed.proof, closed.about):
            for part in PARTS:
                found[id, part] = closed.told(everything(opened("partenaires", fiche=id, partie=part)))
        found["registre", "preuves"] = closed.told(everything(opened("registre", sorte="preuves", fiche=closed.proof)))
        found["reseau", "card"] = closed.told(everything(opened("reseau", autour=closed.about, fiche=closed.about)))
    return {where: values for where, values in found.items() if values}


def test_no_screen_tells_it_to_who_may_not_open_it(closed: Closed) -> None:
    told(closed, Role.ADMIN)  # what is kept for others first
    assert told(closed, Role.READER) == {}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER, Role.AUDITOR])
def test_who_may_open_it_finds_it_on_its_sheet_and_on_that_which_it_concerns(closed: Closed, role: Role) -> None:
    found = told(closed, role)
    for part in ("", "document", "fichier", "versions-du-fichier", "fiche", "historique"):
        assert found.get((closed.proof, part)), part
    assert {"planche Q", "Nacelle", "Zorglub"} <= {*found[closed.about, "preuves"]}


def test_its_sheet_says_that_it_is_confidential_and_who_may_open_it(closed: Closed) -> None:
    with working_as(Role.READER):
        sheet, about = (opened("partenaires", fiche=id, partie="preuves") for id in (closed.proof, closed.about))
    assert "Pour le lire, demandez-le à l&#x27;un d&#x27;eux." in words(sheet)
    assert ("Confidentielle" in words(about), "Suivi d&#x27;un accueil" in words(about)) == (True, True)
    parts = ("Document", "Fichier", "Versions du fichier")
    assert [part for part in parts if f">{part}</a>" in words(sheet)] == []
