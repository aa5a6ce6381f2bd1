"""Documents deposited from a sheet, several at once; a refused one is told and the others are kept."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store.protocol import Query
from crm.vault import deposits, readings
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import TODAY, ago, partner, serve
from ui import session
from ui.screens.partners import deposit

PDF = b"%PDF-1.7\n% convention d'exemple\n"


def given(id: str, *files: tuple[str, bytes, str]) -> AppTest:
    """The deposit of the sheet of a record, with these files in it."""
    app = opened("partenaires", fiche=id, faire="deposer")
    app.file_uploader[0].set_value(files)
    return app.run()


def sent(id: str, *files: tuple[str, bytes, str], on: date | None) -> AppTest:
    """Deposit files from the sheet of a record, as facts of that day."""
    app = given(id, *files)
    for kind, day in zip(field(app, "Type *"), field(app, "Date du fait *"), strict=True):
        kind.select("compte_rendu")
        day.set_value(on)
    return app.button(key="deposit-send").click().run()


def field(app: AppTest, label: str) -> list[Any]:
    """The fields of that label, one a document."""
    return [each for each in (*app.selectbox, *app.date_input) if each.label == label]


def proofs(network: Network, id: str) -> list[NodeRecord]:
    return readings.listing(network, id).value


def test_several_documents_are_deposited_at_once(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = sent(id, ("Visite.pdf", PDF, ""), ("Note.txt", b"Bonjour", "text/plain"), on=ago(3))
    assert errors(app) == []
    assert "2 preuves de Garage Exemple." in words(app)
    assert {(each.values["file_name"], each.values["fact_on"]) for each in proofs(network, id)} == {
        ("Visite.pdf", ago(3).isoformat()),
        ("Note.txt", ago(3).isoformat()),
    }
    assert verify(network) == []
    shown = words(opened("partenaires", fiche=id, partie="preuves"))
    assert all(f'href="/preuves/{each.id}"' in shown for each in proofs(network, id))


def test_a_page_is_said_to_be_kept_as_a_text(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = sent(id, ("Page.html", b"<p>Bonjour</p>", "text/html"), ("Plan.svg", b"<svg/>", "image/svg+xml"), on=ago(3))
    assert words(app).count("Gardé comme un texte") == 1


def test_a_name_that_says_a_day_to_come_is_told_why_no_day_is_proposed(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = given(id, (f"CR {ago(-40).isoformat()}.pdf", PDF, ""), (f"CR {ago(3).isoformat()}.pdf", PDF, ""))
    assert [each.value for each in field(app, "Date du fait *")] == [None, ago(3)]
    assert words(app).count("qui n&#x27;est pas encore venu : donnez la date du fait.") == 1


def test_what_is_refused_is_told_and_the_rest_is_kept(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = sent(id, ("Visite.pdf", b"\x89PNG\r\n\x1a\n", ""), ("Bilan.pdf", PDF, ""), on=ago(3))
    (told,) = errors(app)
    assert "Visite.pdf » est en fait une image PNG" in told
    assert [each.values["file_name"] for each in proofs(network, id)] == ["Bilan.pdf"]


def test_what_is_refused_stays_with_what_was_typed_and_is_sent_again_alone(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = given(id, ("Visite.pdf", PDF, ""), ("Bilan.pdf", PDF, ""))
    kinds, days = field(app, "Type *"), field(app, "Date du fait *")
    kinds[1].select("rapport_activites")
    days[0].set_value(ago(3))
    app.button(key="deposit-send").click().run()
    assert errors(app) == ["Donnez la date du fait de « Bilan.pdf »."]
    assert [each.values["file_name"] for each in proofs(network, id)] == ["Visite.pdf"]
    (kind,), (day,) = field(app, "Type *"), field(app, "Date du fait *")
    assert kind.value == "rapport_activites"
    day.set_value(ago(2))
    app.button(key="deposit-send").click().run()
    assert errors(app) == []
    assert {(each.values["file_name"], each.values["kind"]) for each in proofs(network, id)} == {
        ("Visite.pdf", "visite_entreprise"), ("Bilan.pdf", "rapport_activites"),
    }  # fmt: skip


def test_each_document_has_a_kind_and_a_day_proposed_from_its_name(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = given(id, ("Invitation 2026-01-05.pdf", PDF, ""), ("scan.pdf", PDF, ""))
    assert [each.value for each in field(app, "Type *")] == ["invitation", "autre"]
    assert [each.value for each in field(app, "Date du fait *")] == [date(2026, 1, 5), None]


@pytest.mark.parametrize("more", [0, 1])
def test_so_many_documents_are_deposited_at_once(network: Network, more: int) -> None:
    id = partner(network, "Garage Exemple")
    app = given(id, *((f"{n}.pdf", PDF, "") for n in range(deposit.MOST + more)))
    assert len(field(app, "Type *")) == deposit.MOST
    assert ("les autres suivront" in words(app)) is bool(more)


def test_nothing_chosen_is_told(network: Network) -> None:
    app = opened("partenaires", fiche=partner(network, "Garage Exemple"), faire="deposer")
    app.button(key="deposit-send").click().run()
    assert errors(app) == ["Choisissez un document."]


ABOUT: dict[str, dict[str, object]] = {
    "Programme": {"title": "CAP Exemple"},
    "Placement": {"kind": "stage", "starts_on": "2026-01-05"},
    "Agreement": {"subject": "Accueil"},
    "Committee": {"name": "Comité Exemple", "kind": "autre"},
    "Meeting": {"title": "Comité", "held_on": "2026-01-05"},
    "Minutes": {"title": "Compte rendu"},
    "Decision": {"text": "Ouvrir un atelier"},
    "Action": {"title": "Salon Exemple"},
    "Exchange": {"subject": "Visite", "on": "2026-01-05"},
    "Feedback": {"on": "2026-01-05"},
    "Person": {"family_name": "Exemple"},
    "Organisation": {"name": "Garage Exemple"},
    "Provider": {"name": "CFA Exemple"},
    "Site": {"name": "Site Exemple"},
}


def test_every_type_that_a_proof_may_attest_is_tried_here() -> None:
    assert ABOUT.keys() == set(SCHEMA.links["Proves"].about.targets)


@pytest.mark.parametrize("type", ABOUT)
def test_documents_are_deposited_on_every_sheet_that_a_proof_may_attest(network: Network, type: str) -> None:
    id = network.commit("Essai", lambda unit: unit.create(type, ABOUT[type])).value
    app = sent(id, ("Note.pdf", PDF, ""), on=ago(3))
    assert errors(app) == []
    assert len(proofs(network, id)) == 1
    assert "Déposer une preuve" in words(app)


@pytest.mark.parametrize(("on", "message"), [(None, "Donnez la date du fait"), (ago(-2), "suit celle du dépôt")])
def test_a_date_that_does_not_fit_is_told(network: Network, on: date | None, message: str) -> None:
    id = partner(network, "Garage Exemple")
    app = sent(id, ("Bilan.pdf", PDF, ""), on=on)
    assert any(message in each for each in errors(app))
    assert proofs(network, id) == []


def test_the_three_dates_are_given_at_the_deposit(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = given(id, ("Rapport.pdf", PDF, ""))
    days = (
        ("Date du fait *", 9),
        ("Reçue le", 8),
        ("Couvre la période depuis le", 30),
        ("Couvre la période jusqu\u2019au", 10),
    )
    for label, before in days:
        (found,) = field(app, label)
        found.set_value(ago(before))
    app.button(key="deposit-send").click().run()
    assert errors(app) == []
    (proof,) = proofs(network, id)
    names = ("fact_on", "received_on", "covers_from", "covers_to")
    assert [proof.values[name] for name in names] == [ago(before).isoformat() for _, before in days]


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
    app = sent(ours, ("Plaquette.pdf", PDF, ""), on=ago(3))
    assert errors(app) == []
    (proof,) = proofs(network, ours)
    assert not readings.metadata(network, proof.id).value.mobilises
    assert "Plaquette" in words(opened("partenaires", fiche=ours, partie="preuves"))
    assert "de la communication" in words(opened("partenaires", fiche=proof.id))


def test_a_reader_deposits_nothing(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    id = partner(network, "Garage Exemple")
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Fictif", Role.READER))
    assert len(opened("partenaires", fiche=id, faire="deposer").file_uploader) == 0
