"""Zero out of zero is said nowhere: where there is nothing of a sort, it is not spoken of."""

import re
from collections.abc import Callable

import pytest

from crm.network import Network
from crm.records import organisations
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import partner, serve

PAGES = [
    "", "partenaires", "registre", "reseau", "territoire", "solidite", "evolution", "doublons", "importer", "reglages",
]  # fmt: skip
_ZERO_OF_ZERO = re.compile(r"\b0(?:\s|\xa0|<[^>]*>)+sur(?:\s|\xa0|<[^>]*>|les)+0\b")


def empty(network: Network) -> None:
    """Nobody, and a zone."""
    serve(network, "departement:62")


def fresh(network: Network) -> None:
    """Nobody to call: heard from last week."""
    partner(network, "Garage Exemple", last=3)


def closed(network: Network) -> None:
    """Nobody left."""
    organisations.create(network, {"name": "Atelier Fictif", "closed": True})


@pytest.mark.parametrize("state", [empty, fresh, closed])
@pytest.mark.parametrize("page", PAGES)
def test_zero_out_of_zero_is_never_said(network: Network, page: str, state: Callable[[Network], None]) -> None:
    state(network)
    for view in ("urgence", "responsable", "territoire", "semaine") if page == "" else ("",):
        app = opened(page, **({"vue": view} if view else {}))
        assert errors(app) == []
        assert not _ZERO_OF_ZERO.search(words(app))


def test_only_the_states_of_someone_are_counted(network: Network) -> None:
    partner(network, "Garage Exemple", last=90)
    said = words(opened())
    assert "jamais contactés" not in said.split("</nav>")[0].split("À contacter")[-1]
    assert "1 sur " in said
