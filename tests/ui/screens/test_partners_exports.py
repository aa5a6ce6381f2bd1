"""The list of partners opens in a spreadsheet with what it shows: the columns chosen, dates as dates."""

import io
from datetime import datetime

from openpyxl import load_workbook

from crm.measures.measuring import measures
from crm.measures.partners import Filters, Order, listing
from crm.network import Network
from graph_schema.vocabularies import Tier
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import ago, partner
from ui import partners_sheet


def sheet(network: Network, columns: tuple[Order, ...], wanted: Filters) -> list[dict[str, object]]:
    found = listing(measures(network, network.today()), wanted).partners
    content = partners_sheet.outgoing(found, columns, network.today(), ".xlsx").content
    head, *rows = ([cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows())
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_it_has_the_columns_chosen_in_the_order_of_the_list_for_those_that_the_filters_keep(network: Network) -> None:
    garage = partner(network, "Garage Exemple", last=3, owner="J. Fictif", tier="A")
    partner(network, "Hôtel Imaginaire", tier="C")
    (row,) = sheet(network, (Order.TIER, Order.RECENT), Filters(tier=frozenset({Tier.A})))
    assert list(row) == ["Nom", "Type", "Dernier échange", "Rang", "Identifiant"]
    assert row["Dernier échange"] == datetime.combine(ago(3), datetime.min.time())
    assert (row["Nom"], row["Rang"], row["Identifiant"]) == ("Garage Exemple", "A", garage)


def test_every_column_of_the_list_has_its_place(network: Network) -> None:
    partner(network, "Garage Exemple", last=3, owner="J. Fictif")
    (row,) = sheet(network, tuple(Order), Filters())
    assert (row["Fraîcheur"], row["Jours"], row["Suivi par"]) == ("Frais", 3, "J. Fictif")
    assert {"Fonctions", "Commune", "Convention jusqu'au"} <= row.keys()


def test_the_screen_offers_it_as_a_workbook_and_as_text(network: Network) -> None:
    partner(network, "Garage Exemple")
    app = opened("partenaires")
    app.session_state["partners-exports"] = True
    app.run()
    assert errors(app) == []
    assert {str(each.proto.label) for each in app.get("download_button")} >= {"Tableur", "Fichier CSV"}
    assert "1 partenaire" in words(app)
