"""Documents deposited from a sheet, several at once; a refused one is told and the others are kept."""

from datetime import date
from io import BytesIO

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.rights import Actor, Role
from crm.store.protocol import Query
from crm.vault import deposits, readings
from crm.vault.deposits import Description
from crm.verify import verify
from graph_schema.evidence import EvidenceKind
from graph_schema.records import NodeRecord
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import TODAY, ago, partner, serve
from ui import session

PDF = b"%PDF-1.7\n% convention d'exemple\n"


def sent(network: Network, id: str, *files: tuple[str, bytes, str], on: date | None) -> AppTest:
    """Deposit files from the sheet of a record."""
    app = opened("partenaires", fiche=id, faire="deposer")
    app.file_uploader[0].set_value(files)
    app.selectbox(key="deposit-kind").select("compte_rendu")
    if on:
        app.date_input(key="deposit-fact_on").set_value(on)
    app.button(key="deposit-send").click().run()
    return app


def proofs(network: Network, id: str) -> list[NodeRecord]:
    return readings.listing(network, id).value


def test_several_documents_are_deposited_at_once(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = sent(network, id, ("Visite.pdf", PDF, ""), ("Note.txt", b"Bonjour", "text/plain"), on=ago(3))
    assert errors(app) == []
    assert "2 preuves de Garage Exemple." in words(app)
    assert {(each.values["file_name"], each.values["fact_on"]) for each in proofs(network, id)} == {
        ("Visite.pdf", ago(3).isoformat()),
        ("Note.txt", ago(3).isoformat()),
    }
    assert verify(network) == []
    shown = words(opened("partenaires", fiche=id, partie="preuves"))
    assert all(f'href="/preuves/{each.id}"' in shown for each in proofs(network, id))


def test_what_is_refused_is_told_and_the_rest_is_kept(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = sent(network, id, ("Visite.pdf", b"\x89PNG\r\n\x1a\n", ""), ("Bilan.pdf", PDF, ""), on=ago(3))
    (told,) = errors(app)
    assert "Visite.pdf » est en fait une image PNG" in told
    assert [each.values["file_name"] for each in proofs(network, id)] == ["Bilan.pdf"]


@pytest.mark.parametrize(("on", "message"), [(None, "Donnez la date du fait"), (ago(-2), "suit celle du dépôt")])
def test_a_date_that_does_not_fit_is_told(network: Network, on: date | None, message: str) -> None:
    id = partner(network, "Garage Exemple")
    app = sent(network, id, ("Bilan.pdf", PDF, ""), on=on)
    assert any(message in each for each in errors(app))
    assert proofs(network, id) == []


def test_a_proof_takes_a_new_version_on_its_own_sheet(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    said = Description((id,), EvidenceKind.AGREEMENT, TODAY)
    proof = deposits.deposit(network, BytesIO(PDF), "Convention.pdf", said).value.id
    app = opened("partenaires", fiche=proof, faire="deposer")
    assert "Attestée par un fichier" in words(app)
    app.file_uploader[0].set_value(("Convention signée.pdf", PDF + b"%", ""))
    app.button(key="deposit-send").click().run()
    assert errors(app) == []
    assert [each.file_name for each in readings.metadata(network, proof).value.revisions] == [
        "Convention signée.pdf",
        "Convention.pdf",
    ]


def test_a_proof_shows_its_dates_and_every_file_that_it_had(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    covers = (date(2026, 1, 1), date(2026, 12, 31))
    said = Description((id,), EvidenceKind.AGREEMENT, ago(9), received_on=ago(8), covers=covers)
    proof = deposits.deposit(network, BytesIO(PDF), "Convention.pdf", said).value.id
    assert "Versions du fichier" not in words(opened("partenaires", fiche=proof))
    deposits.revise(network, proof, BytesIO(PDF + b"%"), "Convention signée.pdf")
    shown = words(opened("partenaires", fiche=proof, partie="versions-du-fichier"))
    dates = (
        f"Fait du {ago(9):%d/%m/%Y}",
        f"reçue le {ago(8):%d/%m/%Y}",
        "couvre la période du 01/01/2026 au 31/12/2026",
    )
    assert all(each in shown for each in dates)
    revisions = readings.metadata(network, proof).value.revisions
    assert [each.file_name for each in revisions] == ["Convention signée.pdf", "Convention.pdf"]
    for each in revisions:
        assert f'href="/preuves/{proof}?empreinte={each.sha256}"' in shown
    listed = words(opened("partenaires", fiche=id, partie="preuves"))
    assert all(each in listed for each in (f"{ago(9):%d/%m/%Y}", *dates[1:]))


def test_a_destroyed_file_says_by_whom_and_why(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    proof = deposits.deposit(network, BytesIO(PDF), "Note.pdf", Description((id,), EvidenceKind.OTHER, TODAY)).value.id
    deposits.destroy(network, proof, "Durée dépassée")
    shown = words(opened("partenaires", fiche=proof))
    assert f"par {network.actor.name} : Durée dépassée." in shown
    assert f'href="/preuves/{proof}' not in shown


def test_our_own_sheet_takes_proofs_which_are_communication(network: Network) -> None:
    serve(network)
    (ours,) = network.read(lambda tx: [each.id for each in tx.find(Query("Provider")).items])
    shown = opened("partenaires", fiche=ours, faire="supprimer")
    assert "Supprimer" not in words(shown)
    app = sent(network, ours, ("Plaquette.pdf", PDF, ""), on=ago(3))
    assert errors(app) == []
    (proof,) = proofs(network, ours)
    assert not readings.metadata(network, proof.id).value.mobilises
    assert "Plaquette" in words(opened("partenaires", fiche=ours, partie="preuves"))
    assert "de la communication" in words(opened("partenaires", fiche=proof.id))


def test_a_reader_deposits_nothing(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    id = partner(network, "Garage Exemple")
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Fictif", Role.READER))
    assert len(opened("partenaires", fiche=id, faire="deposer").file_uploader) == 0
