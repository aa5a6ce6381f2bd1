"""On a day before anything is known of the network, a page says so, and nothing else of it."""

import pytest

from crm.network import Network
from crm.records import links
from graph_schema.vocabularies import Kind
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import contact, partner

EARLY = "1900-01-01"


@pytest.mark.parametrize("page", ["", "partenaires", "reseau", "territoire", "solidite", "evolution"])
def test_a_page_says_that_there_was_no_partner(network: Network, page: str) -> None:
    garage, club = partner(network, "Garage Exemple", last=10), partner(network, "Club Fictif", kind=Kind.ASSOCIATION)
    links.connect(network, "MemberOf", garage, club)
    contact(network, garage, "Exemple")
    app = opened(page, date=EARLY)
    assert errors(app) == []
    said = words(app)
    assert "Aucun partenaire à cette date." in said
    for false in ("Garage Exemple", "Aucun départ", "relie", "Votre réseau est vide", "Bienvenue"):
        assert false not in said
    assert "Aucun partenaire à cette date." not in words(opened(page))
