"""On its own sheet, a proof says how its file is kept, and has it checked now."""

from datetime import date
from io import BytesIO

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.vault import deposits, readings
from crm.vault.deposits import Description
from crm.vault.place import beside
from graph_schema.evidence import EvidenceKind
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import partner
from ui import documents, session

PDF = b"%PDF-1.7\n% convention d'exemple\n"


def proof(network: Network) -> str:
    said = Description((partner(network, "Garage Exemple"),), EvidenceKind.MINUTES, date(2026, 1, 5))
    return deposits.deposit(network, BytesIO(PDF), "Visite.pdf", said).value.id


def test_how_a_file_is_kept_is_told_and_a_check_is_attested(network: Network) -> None:
    id = proof(network)
    app = opened("partenaires", fiche=id, partie="fichier")
    assert errors(app) == []
    told = words(app)
    sha256 = str(network.read(lambda tx: tx.get([id]))[id].values["sha256"])
    for expected in ("Visite.pdf", "PDF", sha256, ".vault", "Aucun, récemment"):
        assert expected in told
    app.button(key="proof-check").click().run()
    assert "Chaque fichier est celui qui a été déposé." in words(app)
    assert "0 défaut" in words(app)
    assert [each.act for each in readings.journal(network, id).value] == [
        "read_journal",
        "check",
        "read_metadata",
        "deposit",
    ]


def test_a_file_that_was_altered_is_told_under_the_button(network: Network) -> None:
    id = proof(network)
    (file,) = beside(network.store.path).glob("files/*/*")  # type: ignore[attr-defined]
    file.write_bytes(PDF.replace(b"7", b"6"))
    app = opened("partenaires", fiche=id, partie="fichier")
    app.button(key="proof-check").click().run()
    (told,) = errors(app)
    assert "n'est plus celui qui a été déposé" in told


def test_a_draft_says_what_it_is_worth_and_who_validates_it(network: Network) -> None:
    id = proof(network)
    said = "Brouillon : elle compte déjà. Qui peut la modifier la dit « Validée » une fois relue."
    assert said in words(opened("partenaires", fiche=id))
    network.commit("Essai", lambda unit: unit.update(id, {"status": "valide"}))
    assert said not in words(opened("partenaires", fiche=id))


def test_a_confidential_file_is_no_link_for_who_may_not_open_it(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Description((partner(network, "Garage Exemple"),), EvidenceKind.INTERVIEW, date(2026, 1, 5))
    id = deposits.deposit(network, BytesIO(PDF), "Entretien.pdf", said).value.id
    door = f'href="{documents.address(id)}"'
    assert door in words(opened("partenaires", fiche=id))
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Exemple", Role.READER))
    told = words(opened("partenaires", fiche=id))
    assert ("Entretien" in told, "Entretien.pdf" in told, door in told) == (True, False, False)
    assert "Preuve confidentielle : son document n&#x27;est ouvert qu&#x27;aux administrateurs" in told
