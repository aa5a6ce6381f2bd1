"""The files of proofs, asked of a real server: given whole or not at all, under a policy that lets nothing act."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.vault import deposits, readings
from crm.vault.deposits import Description
from crm.vault.place import beside
from graph_schema.evidence import EvidenceKind
from tests.crm.guarded import made
from tests.ui.served import Served, serving
from tests.ui.test_login_page import PASSWORD, log_in
from ui import accounts, logins

CONTENTS = {
    "Deux pages.pdf": made.pdf("Convention", "Signatures"),
    "Page d'exemple.html": b"<!doctype html><p>Bonjour</p>",
    "Convention.pdf": b"%PDF-1.7\n% exemple\n",
    "Note ancienne.txt": "Été à Noël".encode("cp1252"),
    "Photo.gif": b"GIF89a exemple",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the network is."""
    return tmp_path_factory.mktemp("documents") / "reseau28.db"


@pytest.fixture(scope="module")
def network(file: Path) -> Iterator[Network]:
    """A network with a partner."""
    with closing(open_store(str(file))) as store:
        network = Network(store, Actor("C. Exemple", Role.ADMIN))
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
        yield network


@pytest.fixture(scope="module")
def proofs(network: Network) -> dict[str, str]:
    """The ids of the proofs that hold these contents, by name."""
    said = Description(("org-1",), EvidenceKind.OTHER, date(2026, 1, 5))
    return {
        name: deposits.deposit(network, BytesIO(content), name, said).value.id for name, content in CONTENTS.items()
    }


@pytest.fixture(scope="module")
def served(file: Path, proofs: dict[str, str]) -> Iterator[Served]:
    """The application, without login."""
    with serving(file, file.parent / "home") as running:
        yield running


@pytest.mark.parametrize(
    ("name", "type", "disposition"),
    [
        ("Page d'exemple.html", "text/plain; charset=utf-8", "inline"),
        ("Photo.gif", "image/gif", "inline"),
        ("Convention.pdf", "application/octet-stream", "attachment"),
    ],
)
def test_a_file_is_given_under_a_policy_of_its_own(
    served: Served, network: Network, proofs: dict[str, str], name: str, type: str, disposition: str
) -> None:
    answer = served.ask(f"/preuves/{proofs[name]}", Sec_Fetch_Site="same-origin")
    assert (answer.status, answer.text.encode()) == (200, CONTENTS[name])
    headers = answer.headers
    assert (headers["content-type"], headers["content-disposition"].split(";")[0]) == (type, disposition)
    assert headers["content-security-policy"].split("; ")[:2] == ["sandbox", "default-src 'none'"]
    assert "script" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert headers["cross-origin-resource-policy"] == "same-origin"
    last = readings.journal(network, proofs[name]).value[1]
    assert (last.act, last.about) == ("read", proofs[name])
    assert headers["content-disposition"].endswith(".html.txt") == name.endswith(".html"), "none opens as a page"


def test_each_reading_leaves_one_line_that_this_machine_remembers(
    served: Served, network: Network, proofs: dict[str, str], file: Path
) -> None:
    id = proofs["Photo.gif"]
    before = len(readings.journal(network, id).value)
    assert served.ask(f"/preuves/{id}", "HEAD").status == 405
    assert served.ask(f"/preuves/{id}").status == 200
    lines = readings.journal(network, id).value
    assert len(lines) == before + 2, "the reading, and this look at the journal"
    (seen,) = (file.parent / "home" / "access").iterdir()
    assert lines[1].digest in seen.read_text("utf-8").splitlines()[-1]


def test_a_text_declares_with_what_it_is_written(served: Served, proofs: dict[str, str]) -> None:
    answer = served.ask(f"/preuves/{proofs['Note ancienne.txt']}")
    assert (answer.headers["content-type"], answer.text) == ("text/plain; charset=windows-1252", "Été à Noël")


def test_a_former_revision_is_given_as_it_was(served: Served, network: Network) -> None:
    said = Description(("org-1",), EvidenceKind.OTHER, date(2026, 1, 5))
    id = deposits.deposit(network, BytesIO(CONTENTS["Photo.gif"]), "Avant.gif", said).value.id
    former = str(network.read(lambda tx: tx.get([id]))[id].values["sha256"])
    deposits.revise(network, id, BytesIO(b"%PDF-1.7\n% plus long que la photo\n"), "Apres.pdf")
    answer = served.ask(f"/preuves/{id}?empreinte={former}")
    assert (answer.status, answer.text.encode(), answer.headers["content-type"]) == (
        200,
        CONTENTS["Photo.gif"],
        "image/gif",
    )
    assert answer.headers["content-disposition"].endswith("Avant.gif")
    for other in ("ab" * 32, "../vault.json"):
        assert served.ask(f"/preuves/{id}?empreinte={other}").status == 404


def test_a_page_is_shown_under_a_policy_of_its_own(served: Served, network: Network, proofs: dict[str, str]) -> None:
    id = proofs["Deux pages.pdf"]
    answer = served.ask(f"/preuves/{id}/apercu?page=2", Sec_Fetch_Site="same-origin")
    assert (answer.status, "Signatures" in answer.text, "Convention" in answer.text) == (200, True, False)
    headers = answer.headers
    assert (headers["x-page"], headers["x-pages"], headers["content-type"]) == ("2", "2", "text/html; charset=utf-8")
    assert headers["content-security-policy"].split("; ") == [
        "sandbox", "default-src 'none'", "img-src data:", "style-src 'unsafe-inline'", "frame-ancestors 'none'",
    ]  # fmt: skip
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:' in answer.text
    acts = [(each.act, each.about) for each in readings.journal(network, id).value[1:3]]
    assert acts == [("read", id), ("deposit", id)]


def test_what_cannot_be_shown_is_told_in_one_sentence(served: Served, proofs: dict[str, str]) -> None:
    answer = served.ask(f"/preuves/{proofs['Convention.pdf']}/apercu")
    assert (answer.status, answer.headers["content-type"]) == (422, "text/plain; charset=utf-8")
    assert answer.text.startswith("«\u00a0Convention.pdf\u00a0» ne peut pas être montré ici\u00a0: il est abîmé")


@pytest.mark.parametrize("page", ["", "0", "x", "99", "-1", "9" * 30])
def test_a_page_that_is_not_there_is_the_first_or_the_last(served: Served, proofs: dict[str, str], page: str) -> None:
    answer = served.ask(f"/preuves/{proofs['Deux pages.pdf']}/apercu?page={page}")
    assert (answer.status, answer.headers["x-page"]) == (200, "2" if page == "99" else "1")


@pytest.mark.parametrize("what", ["", "/apercu"])
def test_another_site_is_given_nothing(served: Served, proofs: dict[str, str], what: str) -> None:
    answer = served.ask(f"/preuves/{proofs['Photo.gif']}{what}", Sec_Fetch_Site="cross-site")
    assert (answer.status, "GIF" in answer.text, "<img" in answer.text) == (403, False, False)


def test_what_is_not_there_is_told(served: Served) -> None:
    for id in ("org-1", "absente", "vault.json", "org-1/apercu", "absente/apercu"):
        assert served.ask(f"/preuves/{id}").status == 404


def test_an_altered_file_is_not_given(served: Served, network: Network, file: Path) -> None:
    said = Description(("org-1",), EvidenceKind.OTHER, date(2026, 1, 5))
    done = deposits.deposit(network, BytesIO(b"Bonjour"), "note.txt", said).value
    assert done.content is not None
    (path,) = beside(file).glob(f"files/*/{done.content.sha256}")
    path.write_bytes(b"Bonsoir")
    answer = served.ask(f"/preuves/{done.id}")
    assert (answer.status, "Bonsoir" in answer.text) == (503, False)


def test_with_accounts_nobody_reads_without_a_session(file: Path, proofs: dict[str, str], tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEAU28_HOME", str(tmp_path))
        accounts.add("C. Exemple", Role.ADMIN, "un mot de passe assez long")
    with serving(file, tmp_path, "--login") as running:
        for what in ("", "/apercu"):
            answer = running.ask(f"/preuves/{proofs['Photo.gif']}{what}")
            assert (answer.status in (303, 307, 401, 403), "GIF" in answer.text) == (True, False)


def test_who_opens_a_confidential_document_without_the_right_is_told_on_a_page(
    file: Path, network: Network, tmp_path: Path
) -> None:
    said = Description(("org-1",), EvidenceKind.INTERVIEW, date(2026, 1, 5))
    id = deposits.deposit(network, BytesIO(b"%PDF-1.7\n% entretien\n"), "Entretien Zorglub.pdf", said).value.id
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEAU28_HOME", str(tmp_path))
        accounts.add("L. Fictif", Role.READER, PASSWORD)
    with serving(file, tmp_path, "--login") as running:
        cookie = f"{logins.COOKIE}={log_in(running, 'L. Fictif').cookies[logins.COOKIE]}"
        for what in ("", "/apercu"):
            page = running.ask(f"/preuves/{id}{what}", Cookie=cookie, Accept="text/html,*/*;q=0.8")
            bare = running.ask(f"/preuves/{id}{what}", Cookie=cookie, Accept="*/*")
            assert (page.status, bare.status) == (403, 403)
            assert page.headers["content-type"] == "text/html; charset=utf-8"
            assert page.text.startswith('<!doctype html><html lang="fr"><head><meta charset="utf-8">')
            assert "<title>Ce document ne s’ouvre pas · Réseau" in page.text
            assert "Preuve confidentielle" in page.text
            assert bare.text.startswith("Preuve confidentielle")
            for answer in (page, bare):
                assert "Zorglub" not in answer.text + str(answer.headers)
                assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
                assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == (
                    "no-store",
                    "nosniff",
                )
