"""What is deposited is whole in the vault before the network knows of it; what does not fit leaves nothing."""

import hashlib
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest

from crm.errors import ConflictError, Forbidden, InputError, NotFound, StoreError
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.vault import accepting, deposits, files, readings, statements
from crm.vault.checking import faults
from crm.vault.place import vault_of
from crm.vault.statements import Verdict
from graph_schema.evidence import EvidenceKind, Standing
from tests.crm.conftest import ADMIN
from tests.crm.vault.conftest import PDF, folder_of, name_of, put, raw, said

DIGEST = hashlib.sha256(PDF).hexdigest()


def contents(network: Network) -> list[str]:
    return sorted(vault_of(network).entries())


def test_a_proof_has_its_file_its_dates_and_what_it_attests(kept: Network) -> None:
    description = replace(
        said("org-1", "org-2"), received_on=date(2026, 11, 5), covers=(date(2026, 1, 1), date(2026, 12, 31)), page="3"
    )
    done = deposits.deposit(kept, BytesIO(PDF), "C:\\docs\\Convention signée.pdf", description)
    found = readings.metadata(kept, done.value.id).value
    values = found.record.values
    assert (values["title"], values["file_name"]) == ("Convention signée", "Convention signée.pdf")
    assert (values["sha256"], values["size"], values["media"]) == (DIGEST, len(PDF), "application/pdf")
    assert (values["fact_on"], values["received_on"], values["filed_on"]) == ("2026-11-02", "2026-11-05", "2026-11-20")
    assert (values["covers_from"], values["covers_to"]) == ("2026-01-01", "2026-12-31")
    assert (found.standing, {each.id for each in found.about}) == (Standing.ATTESTED, {"org-1", "org-2"})
    links = kept.read(lambda tx: tx.links_of([done.value.id]))
    assert {link.values["page"] for link in links} == {"3"}
    with readings.read(kept, done.value.id) as (_, stream, _):
        assert stream.read() == PDF
    assert verify(kept) == []


def test_one_content_is_kept_once_and_survives_the_loss_of_one_of_its_proofs(kept: Network) -> None:
    one, other = put(kept), put(kept, PDF, "Copie.pdf", "org-2")
    assert contents(kept) == [DIGEST]
    assert deposits.destroy(kept, one, "Demande du partenaire").value == ([], 1)
    with readings.read(kept, other) as (_, stream, _):
        assert stream.read() == PDF
    with pytest.raises(NotFound), readings.read(kept, one):
        pass
    assert verify(kept) == []
    assert deposits.destroy(kept, other, "Durée dépassée").value == ([DIGEST], 0)
    assert contents(kept) == []
    assert verify(kept) == []
    assert readings.metadata(kept, one).value.standing is Standing.DESTROYED


def test_a_destruction_that_was_killed_is_seen_and_done_again(kept: Network) -> None:
    id = put(kept)
    name = name_of(kept, id)
    deposits.destroy(kept, id, "Durée dépassée")
    raw(kept)[name] = PDF
    assert [(fault.code, fault.where) for fault in faults(kept)] == [("file_undestroyed", id)]
    assert deposits.destroy(kept, id, "Durée dépassée").value == ([DIGEST], 0)
    assert faults(kept) == []


def test_what_is_destroyed_already_is_said_and_counted_once(kept: Network) -> None:
    id, other = put(kept), put(kept, PDF + b"%\n")
    deposits.destroy(kept, id, "Durée dépassée")
    before = readings.journal(kept, id).value
    with pytest.raises(InputError, match=r"déjà détruit \(le 20/11/2026 à 10:00 par C\. Exemple\)"):
        deposits.destroy(kept, id, "Encore")
    assert [each.act for each in readings.journal(kept, id).value] == ["read_journal", *(each.act for each in before)]
    del raw(kept)[name_of(kept, other)]
    assert deposits.destroy(kept, other, "Durée dépassée").value == ([], 0)


def test_what_another_proof_keeps_is_attested_as_kept(kept: Network) -> None:
    one, other = put(kept), put(kept, PDF, "Copie.pdf", "org-2")
    deposits.destroy(kept, one, "Durée dépassée")
    assert statements.check(kept, one).value.verdict is Verdict.SHARED
    with pytest.raises(InputError, match="déjà détruit"):
        deposits.destroy(kept, one, "Encore")
    deposits.destroy(kept, other, "Durée dépassée")
    assert statements.check(kept, one).value.verdict is Verdict.DESTROYED


def test_proofs_of_one_record_or_kind_are_counted(kept: Network) -> None:
    put(kept), put(kept, PDF + b"%\n", "Autre.pdf", "org-2")
    deposits.declare(kept, "https://exemple.fr/affiche", said("org-2", kind=EvidenceKind.POSTER))
    assert readings.count(kept).value == (3, 2, 1, 0, 2, 2 * len(PDF) + 2)
    assert readings.count(kept, "org-2").value == (2, 1, 1, 0, 1, len(PDF) + 2)
    assert readings.count(kept, "org-2", EvidenceKind.POSTER).value == (1, 0, 1, 0, 0, 0)
    for ask in (readings.count, readings.listing):
        with pytest.raises(NotFound, match="Aucune fiche ne porte l'identifiant absente"):
            ask(kept, "absente")


def test_a_deleted_proof_may_come_back_so_its_file_stays(kept: Network) -> None:
    id = put(kept)
    kept.commit("Essai", lambda unit: unit.delete([id]))
    assert contents(kept) == [DIGEST]
    with pytest.raises(NotFound):
        deposits.deposit(kept, BytesIO(PDF), "Convention.pdf", said("absente"))
    assert contents(kept) == [DIGEST]
    assert faults(kept) == []


def test_a_new_revision_keeps_those_before(kept: Network) -> None:
    id = put(kept)
    signed = PDF + b"% signature\n"
    deposits.revise(kept, id, BytesIO(signed), "Convention signée.pdf")
    found = readings.metadata(kept, id).value
    assert [(each.number, each.file_name) for each in found.revisions] == [
        (2, "Convention signée.pdf"),
        (1, "Convention.pdf"),
    ]
    assert found.record.values["former"] == [DIGEST]
    with readings.read(kept, id, DIGEST) as (_, stream, _):
        assert stream.read() == PDF
    with pytest.raises(InputError, match="déjà le fichier"):
        deposits.revise(kept, id, BytesIO(signed), "Encore.pdf")
    del raw(kept)[f"files/{DIGEST[:2]}/{DIGEST}"]
    assert [(fault.code, fault.where) for fault in faults(kept)] == [("file_missing", id)]


def test_a_digest_from_before_there_were_vaults_is_of_a_file_nobody_kept(kept: Network) -> None:
    values = {"title": "Ancienne", "kind": "echange", "sha256": "ab" * 32, "size": 12, "file_name": "ancienne.pdf"}
    id = kept.commit("Essai", lambda unit: unit.create("Evidence", values, vouched=True)).value
    assert (verify(kept), readings.metadata(kept, id).value.standing) == ([], Standing.DECLARED)
    assert readings.count(kept).value[:3] == (1, 0, 1)
    with pytest.raises(NotFound), readings.read(kept, id):
        pass
    with pytest.raises(InputError, match="pas de fichier"):
        deposits.destroy(kept, id, "Essai")
    deposits.revise(kept, id, BytesIO(PDF), "Retrouvée.pdf")
    assert (verify(kept), readings.metadata(kept, id).value.standing) == ([], Standing.ATTESTED)


def test_a_link_is_declared_whatever_is_said_of_it(kept: Network) -> None:
    id = deposits.declare(kept, "https://exemple.fr/affiche", said(kind=EvidenceKind.POSTER)).value.id
    found = readings.metadata(kept, id).value
    assert (found.standing, found.record.values.get("sha256")) == (Standing.DECLARED, None)
    with pytest.raises(InputError, match="reste déclaré"):
        kept.commit("Essai", lambda unit: unit.update(id, {"status": "valide"}))
    deposits.revise(kept, id, BytesIO(PDF), "Affiche.pdf")
    kept.commit("Essai", lambda unit: unit.update(id, {"status": "valide"}))
    found = readings.metadata(kept, id).value
    assert (found.standing, found.record.values.get("url")) == (Standing.ATTESTED, None)
    assert [each.url for each in found.revisions] == ["", "https://exemple.fr/affiche"]


def test_an_invitation_is_received_before_what_it_announces(kept: Network) -> None:
    early = date(2026, 10, 2)
    invited = replace(said(kind=EvidenceKind.INVITATION), received_on=early)
    assert deposits.deposit(kept, BytesIO(PDF), "Invitation.pdf", invited).value.content
    with pytest.raises(InputError, match=r"réception \(02/10/2026\) précède celle du fait"):
        deposits.deposit(kept, BytesIO(PDF), "Convention.pdf", replace(said(), received_on=early))


def test_what_is_refused_at_a_deposit_is_refused_of_a_proof_that_is_there(in_folder: Network) -> None:
    id = put(in_folder)
    for change in ({"received_on": "2026-11-01"}, {"url": "https://[::1"}):
        with pytest.raises(InputError, match="corrigez"):
            in_folder.commit("Essai", lambda unit, change=change: unit.update(id, change))  # type: ignore[misc]
    in_folder.commit("Essai", lambda unit: unit.update(id, {"kind": "planning", "received_on": "2026-11-01"}))


def test_a_proof_of_the_provider_alone_is_communication(kept: Network) -> None:
    (ours,) = kept.read(lambda tx: [r.id for r in tx.records() if r.type == "Provider"])
    alone, together = put(kept, PDF, "Affiche.pdf", ours), put(kept, PDF, "Affiche.pdf", ours, "org-1")
    assert [readings.metadata(kept, id).value.mobilises for id in (alone, together)] == [False, True]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "Vide.pdf", "est vide"),
        (b"\x89PNG\r\n\x1a\n....", "Convention.pdf", "en fait une image PNG"),
        (PDF, "Photo.jpg", "en fait un PDF"),
        (b"MZ\x90\0\x03\0\0\0", "Convention.pdf", "un programme"),
        (b"MZ\x90\0\x03\0\0\0%PDF-1.7\n", "Convention.pdf", "un programme"),
        (b"\x7fELF\x02\x01\x01\0", "Convention.pdf", "un programme"),
        (b"#!/bin/sh\necho bonjour\n", "script.txt", "un programme"),
        (b"echo bonjour\n", "Convention.bat", "un programme"),
        (b"echo bonjour\n", "Convention.pdf", "en fait un texte"),
        (b"PK\x03\x04....META-INF/MANIFEST.MF", "Convention.pdf", "en fait une archive ZIP"),
        (b"\0\x01\x02\x03", "Convention.pdf", "pas d'un type"),
    ],
)
def test_a_file_that_does_not_fit_leaves_nothing(kept: Network, content: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        put(kept, content, name)
    assert contents(kept) == []
    assert kept.read(lambda tx: tx.count("Evidence")) == 0
    assert [name for name in raw(kept) if "reseau28" in name] == []


def test_a_file_larger_than_the_limit_leaves_nothing(kept: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files._copied, "__defaults__", (len(PDF),))
    put(kept)
    with pytest.raises(InputError, match="dépasse"):
        put(kept, PDF + b"x")
    assert contents(kept) == [DIGEST]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"fact_on": date(2026, 11, 21)}, "date du fait"),
        ({"received_on": date(2026, 11, 21)}, "réception suit"),
        ({"covers": (date(2026, 2, 1), date(2026, 1, 1))}, "précède son début"),
        ({"about": ()}, "quelle fiche"),
        ({"about": ("absente",)}, "n'existe pas"),
    ],
)
def test_a_description_that_does_not_fit_leaves_nothing(kept: Network, change: dict[str, object], words: str) -> None:
    description = replace(said(), **change)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=words):
        deposits.deposit(kept, BytesIO(PDF), "Convention.pdf", description)
    with pytest.raises(InputError, match=words):
        deposits.declare(kept, "https://exemple.fr", description)
    assert contents(kept) == []


def test_a_deposit_that_the_network_refuses_leaves_nothing(kept: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ConflictError("Essai.")

    monkeypatch.setattr(deposits, "_same_vault", refuse)
    with pytest.raises(ConflictError):
        put(kept)
    assert contents(kept) == []


def test_what_lies_in_the_vault_is_checked_whenever_it_is_read(kept: Network) -> None:
    id, other = put(kept), put(kept, PDF + b"2", "Autre.pdf")
    name, files = name_of(kept, id), raw(kept)
    content = bytearray(files[name])
    content[-3] ^= 1
    files[name] = bytes(content)
    with pytest.raises(StoreError, match="n'est plus celui"), readings.read(kept, id):
        pass
    assert [(fault.code, fault.where) for fault in verify(kept)] == [("file_altered", id)]
    put(kept)  # the same content, deposited again, takes the place of what was altered
    assert verify(kept) == []
    files[name] = files[name_of(kept, other)]  # swapped
    assert {(fault.code, fault.where) for fault in verify(kept)} > {("file_altered", id)}
    del files[name]
    assert ("file_missing", id) in {(fault.code, fault.where) for fault in verify(kept)}


def test_files_are_for_their_owner_alone(in_folder: Network) -> None:
    root = folder_of(in_folder)
    path = root / name_of(in_folder, put(in_folder))
    assert {S_IMODE(each.stat().st_mode) for each in (root, root / "files", path.parent)} == {0o700}
    assert {S_IMODE(each.stat().st_mode) for each in (path, root / "access.jsonl", root / "vault.json")} == {0o600}


def test_what_others_leave_in_the_vault_is_nobodys_fault(kept: Network) -> None:
    folder = name_of(kept, put(kept)).rpartition("/")[0]
    raw(kept)[f"{folder}/.DS_Store"] = b"x"
    assert verify(kept) == []


def test_rights_are_those_of_the_role(kept: Network) -> None:
    id = deposits.deposit(kept, BytesIO(PDF), "Note.pdf", replace(said(), confidential=True)).value.id
    reader, auditor, manager = (
        replace(kept, actor=Actor("M. Fictif", role)) for role in (Role.READER, Role.AUDITOR, Role.MANAGER)
    )
    with pytest.raises(Forbidden):
        put(reader)
    with pytest.raises(Forbidden), readings.read(reader, id):
        pass
    refused = readings.journal(kept, id).value[1]
    assert (refused.act, refused.actor, refused.detail) == ("read", "M. Fictif", "refusée : preuve confidentielle")
    with readings.read(auditor, id) as (_, stream, _):
        assert stream.read() == PDF
    assert [each.id for each in readings.listing(reader, "org-1").value] == [id]
    for act in (lambda: readings.check(reader), lambda: readings.journal(reader)):
        with pytest.raises(Forbidden):
            act()
    with pytest.raises(Forbidden):
        deposits.destroy(manager, id, "Essai")


def test_the_vault_of_another_network_is_refused(kept: Network, tmp_path: Path) -> None:
    put(kept)
    with closing(open_store(str(tmp_path / "voisin.db"))) as store:
        other = Network(store, ADMIN, kept.clock)
        other.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
        files = raw(kept)
        for name in list(files):
            raw(other)[name] = files[name]
        files.clear()
        with pytest.raises(ConflictError, match="autre réseau"):
            put(other)
        with pytest.raises(ConflictError, match="autre réseau"):
            accepting.accept(other)
    with pytest.raises(StoreError, match="n'est pas dans"):
        put(kept)
    assert [fault.code for fault in verify(kept)] == ["vault_missing"]
    with pytest.raises(Forbidden):
        accepting.accept(replace(kept, actor=Actor("M. Fictif", Role.MANAGER)))
    accepting.accept(kept)
    assert [fault.code for fault in verify(kept)] == ["file_missing"]
    put(kept)
    assert verify(kept) == []


def test_a_place_that_holds_something_else_is_left_alone(kept: Network) -> None:
    vault_of(kept)
    files = raw(kept)
    del files["vault.json"]
    files["photo.jpg"] = b"x"
    with pytest.raises(StoreError, match="pas un coffre"):
        put(kept)
    assert files["photo.jpg"] == b"x"


@pytest.mark.parametrize(
    ("where", "field", "words"),
    [({"page": "-1"}, "page", "à partir de 1"), ({"page": "0 à 3"}, "page", "à partir de 1"),
     ({"page": "5 à 3"}, "page", "finit avant de commencer"),
     ({"page": "1" * 61}, "page", "60 au plus"), ({"passage": "a" * 2_001}, "passage", "2000 au plus")],
)  # fmt: skip
def test_where_a_document_says_it_has_limits_and_nothing_is_kept_beyond(
    in_folder: Network, where: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(InputError, match=words) as refused:
        deposits.deposit(in_folder, BytesIO(PDF), "Convention.pdf", replace(said(), **where))
    assert refused.value.field == field
    assert vault_of(in_folder).entries() == {}


@pytest.mark.parametrize("page", ["3", "3 à 5", "3-5", "12, 14", "annexe 2", "iv", "art. L. 6316-1"])
def test_a_page_is_said_in_any_words(in_folder: Network, page: str) -> None:
    deposits.deposit(in_folder, BytesIO(PDF), "Convention.pdf", replace(said(), page=page, passage="a" * 2_000))


def test_dates_that_do_not_follow_say_what_to_do(in_folder: Network) -> None:
    wrong: list[dict[str, Any]] = [{"received_on": date(2027, 1, 1)}, {"covers": (date(2026, 2, 1), date(2026, 1, 1))}]
    for more in wrong:
        with pytest.raises(InputError, match="corrigez"):
            deposits.deposit(in_folder, BytesIO(PDF), "Convention.pdf", replace(said(), **more))


def test_a_document_without_words_is_said_so_once_deposited(in_folder: Network) -> None:
    assert "La recherche" in deposits.deposit(in_folder, BytesIO(PDF), "Convention.pdf", said()).value.wordless
    done = deposits.deposit(in_folder, BytesIO(b"Convention avec la mission locale"), "Note.txt", said())
    assert done.value.wordless == ""
