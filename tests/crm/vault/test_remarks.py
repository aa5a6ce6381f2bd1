"""What a deposit says besides: a page that is not there, a proof of the same; and what a proof says of its place."""

from dataclasses import replace
from io import BytesIO

import pytest

from crm.network import Network
from crm.vault import deposits, readings
from graph_schema.evidence import unmoving
from tests.crm.guarded import made
from tests.crm.vault.conftest import PDF, said


@pytest.mark.parametrize(
    ("page", "absent"),
    [("3", False), ("2 à 3", False), ("4", True), ("3 à 5", True), ("1, 4", True), ("annexe 9", False), ("", False)],
)
def test_a_page_that_the_document_has_not_is_said_and_kept(in_folder: Network, page: str, absent: bool) -> None:
    three = BytesIO(made.pdf("Accueil", "Référent", "Signatures"))
    done = deposits.deposit(in_folder, three, "Convention.pdf", replace(said(), page=page)).value
    expected = f"« Convention.pdf » a 3 pages : « {page} » n'y est pas, corrigez la page sur le lien « atteste »."
    assert done.remark == (expected if absent else "")
    shorter = deposits.revise(in_folder, done.id, BytesIO(made.pdf("Accueil")), "Courte.pdf").value.remark
    assert ("« Courte.pdf » a 1 page" in shorter) == (page not in ("", "annexe 9"))


def test_a_proof_says_where_it_says_it_and_outlives_what_it_concerned(in_folder: Network) -> None:
    described = replace(said("org-1", "org-2"), page="3", passage="Article 2")
    id = deposits.deposit(in_folder, BytesIO(PDF), "Convention.pdf", described).value.id
    found = readings.metadata(in_folder, id).value
    assert found.places == {"org-1": "page 3, Article 2", "org-2": "page 3, Article 2"}
    assert unmoving([each.type for each in found.about]) == ""
    in_folder.commit("Supprimées", lambda unit: unit.delete(["org-1", "org-2"]))
    left = readings.metadata(in_folder, id).value
    assert (left.about, left.mobilises) == ([], False)
    assert "reliée à aucune fiche" in unmoving([])
    assert "de la communication" in unmoving(["Provider", "Site"])


def test_what_proves_the_same_already_is_said(in_folder: Network) -> None:
    first = deposits.deposit(in_folder, BytesIO(PDF), "Convention.pdf", said()).value
    other = deposits.deposit(in_folder, BytesIO(PDF), "Copie.pdf", said("org-2")).value
    again = deposits.deposit(in_folder, BytesIO(PDF), "Encore.pdf", said("org-1")).value
    assert (first.remark, other.remark) == ("", "")
    assert (
        again.remark
        == "« Encore.pdf » est déjà le document de la preuve « Convention » : supprimez ce qui est de trop."
    )
    more = deposits.deposit(in_folder, BytesIO(PDF), "Enfin.pdf", said("org-1")).value.remark
    assert ("et de 1 autre : supprimez" in more, more.count("Enfin.pdf")) == (True, 1)
