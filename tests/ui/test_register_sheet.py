"""A list of the register opens in a spreadsheet with all that people fill, dates as dates."""

import io
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from crm.documents import spreadsheets
from crm.network import Network
from crm.records import organisations, register
from crm.records.register import TYPES, FirstTie, Wanted
from crm.store import open_store
from graph_schema.registry import SCHEMA
from tests.crm.conftest import ADMIN
from tests.crm.records.test_register import one
from ui import forms, register_sheet


def test_every_type_leaves_with_a_column_for_each_field_that_people_fill(tmp_path: Path) -> None:
    network = Network(open_store(str(tmp_path / "reseau28.db")), ADMIN)
    for type in TYPES:
        id = (
            register.create(network, type, {"on": "2026-03-12"}, [FirstTie("Involves", _garage(network))]).value
            if type == "Exchange"
            else one(network, type)
        )
        name, heads, rows = register_sheet.table(type, register.leaving(network, Wanted(type)))
        assert name == SCHEMA.nodes[type].about.plural
        labels = [field.about.label for field in forms.editable(SCHEMA.nodes[type])]
        assert list(heads) == ["Nom", *labels, "Partenaire", "Identifiant"]
        assert id in [row[-1] for row in rows]
    network.store.close()


def test_dates_are_dates_terms_are_words_and_the_partner_is_named(tmp_path: Path) -> None:
    network = Network(open_store(str(tmp_path / "reseau28.db")), ADMIN)
    values = {"subject": "=Accueil", "signed_on": "2026-01-05", "kind": "sous_traitance"}
    register.create(network, "Agreement", values, [FirstTie("PartyTo", _garage(network))])
    made = register_sheet.table("Agreement", register.leaving(network, Wanted("Agreement")))
    sheet = load_workbook(io.BytesIO(spreadsheets.workbook_bytes([made]))).worksheets[0]
    head, first = ([cell.value for cell in row] for row in sheet.iter_rows())
    row = dict(zip(head, first, strict=True))
    assert row["Signée le"] == datetime(2026, 1, 5)
    assert (row["Objet"], row["Type"], row["Partenaire"]) == ("=Accueil", "Contrat de sous-traitance", "Garage Fictif")
    assert row["Finit le"] is None
    network.store.close()


def _garage(network: Network) -> str:
    return organisations.create(network, {"name": "Garage Fictif"}).value
