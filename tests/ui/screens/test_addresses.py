"""Whatever an address says, it opens a page: every parameter of every page, tampered with in every company."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.network import Network
from tests.ui.application import errors, opened
from tests.ui.screens.conftest import TODAY, ago, contact, partner
from ui import address
from ui.screens import screens
from ui.screens.network import where

UNFORESEEN = "imprévue"
_DAYS = ("1900-01-01", "0026-01-01", "2999-12-31", "9999-12-31", "2026-02-30", "hier", ago(400).isoformat(),
         ago(20).isoformat(), (TODAY + timedelta(days=30)).isoformat())  # fmt: skip
_TEXTS = ("", "x", "-1", "999999999999", "departement:62", "departement:99", "commune:62498", "region:", "\x00", "🙂",
          "'; drop", "<b>", "a" * 5_000)  # fmt: skip
NAMES = (
    *where.NAMES, address.DATE, address.RECORD, where.LINK, where.TABLE, where.DRAWING, "vue", "faire", "cible",
    "partie", "territoire", "niveau", "action", "fonction", "texte", "lignes", "voir", "tri", "famille", "etat",
    "etiquette", "responsable", "qui", "groupe", "activite", "rang", "forme",
)  # fmt: skip


@pytest.mark.parametrize("shown", [1, 20, 400])
@pytest.mark.parametrize("compared", [-30, 0, 1, 20, 400, 20_000])
def test_a_comparison_with_any_day_opens_the_canvas(network: Network, shown: int, compared: int) -> None:
    """With an earlier day shown than the one it is compared with, the page once was an unforeseen error."""
    garage = partner(network, "Garage Fictif", last=30)
    said = {"autour": garage, "depuis": ago(compared).isoformat(), "date": ago(shown).isoformat()}
    app = opened("reseau", **said)
    app.session_state["network-compare"] = True
    for menu in (False, True):
        app.session_state["network-compare"] = menu
        assert not any(UNFORESEEN in each for each in errors(app.run()))


@pytest.mark.parametrize("page", [door.path for door in screens()])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(data=st.data())
def test_an_address_tampered_with_opens_a_page(network: Network, page: str, data: st.DataObject) -> None:
    known = network.read(lambda tx: [record.id for record in tx.records()])
    if not known:
        known = [partner(network, "Garage Fictif", last=30)]
        contact(network, known[0], "Exemple")
    values = st.sampled_from((*_DAYS, *_TEXTS, *known))
    said = data.draw(st.dictionaries(st.sampled_from(NAMES), values | st.lists(values, max_size=3), max_size=6))
    app = opened(page, **said)
    assert not any(UNFORESEEN in each for each in errors(app)), said
