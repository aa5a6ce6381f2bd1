"""The document of a proof on its sheet: offered to who may read it, opened at the page that is pointed at."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.vault import deposits
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
from tests.crm.guarded import made
from tests.ui.application import opened, sent, words
from tests.ui.screens.conftest import partner
from ui import session


def proof(network: Network, about: str, *, confidential: bool = False) -> str:
    said = Description(
        (about,), EvidenceKind.AGREEMENT, date(2026, 1, 5), confidential=confidential, page="2 à 3", passage="Article 4"
    )
    return deposits.deposit(network, BytesIO(made.pdf("Un", "Deux")), "Convention.pdf", said).value.id


def shown(app: AppTest) -> list[dict[str, Any]]:
    """What the previews on the page were told."""
    return [each for each in sent(app) if "/apercu" in str(each.get("address"))]


def test_the_document_of_a_proof_is_a_part_of_its_sheet(network: Network) -> None:
    id = proof(network, partner(network, "Garage Exemple"))
    assert shown(opened("partenaires", fiche=id)) == []  # nothing is read before it is asked for
    app = opened("partenaires", fiche=id, partie="document", page="2")
    (told,) = shown(app)
    assert (told["address"], told["page"], told["parameter"]) == (f"/preuves/{id}/apercu", 2, "page")
    assert "page 2 à 3, Article 4" in words(app)
    assert "atteste Garage Exemple" in words(app)


def test_what_a_proof_points_at_is_a_door_to_that_page(network: Network) -> None:
    garage = partner(network, "Garage Exemple")
    id = proof(network, garage)
    assert f"fiche={id}&amp;partie=document&amp;page=2" in words(opened("partenaires", fiche=garage, partie="preuves"))


def test_the_overview_of_a_proof_says_where_it_attests_and_leaves_what_is_technical_to_other_parts(
    network: Network,
) -> None:
    id = proof(network, partner(network, "Garage Exemple"))
    overview, complete = (words(opened("partenaires", fiche=id, partie=part)) for part in ("", "fiche"))
    assert '<span class="muted"> · page 2 à 3, Article 4</span>' in overview
    for technical in ("application/pdf", "Taille (octets)", "Identifiant du coffre"):
        assert (technical in overview, technical in complete) == (False, True)


@pytest.mark.parametrize("page", ["x", "-1", "9" * 12])
def test_an_address_that_names_no_page_shows_the_first(network: Network, page: str) -> None:
    id = proof(network, partner(network, "Garage Exemple"))
    (told,) = shown(opened("partenaires", fiche=id, partie="document", page=page))
    assert told["page"] == 1


@pytest.mark.parametrize(("role", "offered"), [(Role.READER, False), (Role.AUDITOR, True)])
def test_a_confidential_document_is_shown_to_who_may_read_it(
    network: Network, monkeypatch: pytest.MonkeyPatch, role: Role, offered: bool
) -> None:
    id = proof(network, partner(network, "Garage Exemple"), confidential=True)
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Fictif", role))
    assert bool(shown(opened("partenaires", fiche=id, partie="document"))) is offered
