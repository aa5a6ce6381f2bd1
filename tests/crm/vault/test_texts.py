"""What documents say is found by those who may open them, page by page, and by nobody else; and goes with them."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from crm.errors import Forbidden
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records.search import search
from crm.vault import checking, deposits, finding, readings, statements, texts
from crm.vault.files import Vault
from crm.vault.finding import find
from crm.vault.place import vault_of
from crm.vault.texts import Folded
from graph_schema.evidence import EvidenceKind
from tests.crm.guarded import made
from tests.crm.vault.conftest import folder_of, name_of, put, raw, said

READER = Actor("L. Fictif", Role.READER)
PAGES = made.pdf("Accueil de deux apprentis", "Référent handicap : Mme Exemple", "Signatures")


def digest(network: Network, id: str) -> str:
    return str(readings.metadata(network, id).value.record.values["sha256"])


def by(network: Network, actor: Actor) -> Network:
    return replace(network, actor=actor)


def test_what_a_document_says_is_found_with_its_page_and_passage(kept: Network) -> None:
    id = put(kept, PAGES)
    put(kept, b"Rien de tel", "note.txt")
    ((record, page, excerpt),) = find(kept, "REFERENT handi").found
    assert (record.id, page, excerpt) == (id, 2, "Référent handicap : Mme Exemple")
    assert verify(kept) == []
    assert search(kept, "referent handicap") == []  # the network itself knows nothing of it


@pytest.mark.parametrize("words", ["signatures accueil", "tis", "ap", "", "  ", "%", "handicape"])
def test_what_is_on_no_page_together_or_too_short_is_not_found(kept: Network, words: str) -> None:
    put(kept, PAGES)
    assert find(kept, words).found == []


def test_a_confidential_document_is_found_by_who_may_open_it_alone(kept: Network) -> None:
    open_one, closed = BytesIO(made.pdf("Référent handicap")), BytesIO(PAGES)
    deposits.deposit(kept, open_one, "a.pdf", said())
    deposits.deposit(kept, closed, "b.pdf", replace(said(), confidential=True))
    deposits.deposit(kept, BytesIO(PAGES + b"%"), "c.pdf", said(kind=EvidenceKind.INTERVIEW))
    many = {role: len(find(by(kept, Actor("X. Fictif", role)), "référent").found) for role in Role}
    assert many == {Role.ADMIN: 3, Role.MANAGER: 3, Role.AUDITOR: 3, Role.READER: 1}


def test_what_has_no_words_is_deposited_and_what_cannot_be_read_too(kept: Network) -> None:
    for name, content in {"scan.png": made.picture(), "a.pdf": b"%PDF-1.7\n% exemple", "b.zip": b"PK\x03\x04"}.items():
        assert texts.of(vault_of(kept), digest(kept, put(kept, content, name))) == ""


def test_a_new_version_is_found_in_the_place_of_the_one_before(kept: Network) -> None:
    id = put(kept, b"Premier texte", "note.txt")
    deposits.revise(kept, id, BytesIO(b"Second texte"), "note.txt")
    assert find(kept, "premier").found == []
    assert [each.record.id for each in find(kept, "second").found] == [id]


def test_words_go_with_the_document_unless_another_proof_keeps_it(kept: Network) -> None:
    id, other = put(kept, PAGES), put(kept, PAGES)
    sha256 = digest(kept, id)
    deposits.destroy(kept, id, "Essai")
    assert [each.record.id for each in find(kept, "handicap").found] == [other]
    deposits.destroy(kept, other, "Essai")
    assert texts.of(vault_of(kept), sha256) is None
    assert find(kept, "handicap").found == []


def test_who_takes_words_of_what_is_destroyed_meanwhile_leaves_none(kept: Network) -> None:
    sha256 = "0" * 64
    texts.take(vault_of(kept), sha256, "text/plain", BytesIO(b"Bonjour"), "Note.txt")
    assert texts.of(vault_of(kept), sha256) is None


def test_words_that_are_lost_are_taken_again_and_left_ones_dropped(kept: Network) -> None:
    vault = vault_of(kept)
    lost, there = digest(kept, put(kept, PAGES)), digest(kept, put(kept, b"Bonjour", "note.txt"))
    scan = digest(kept, put(kept, made.picture(), "scan.png"))
    texts.drop(vault, lost)
    texts.drop(vault, scan)
    vault.medium.write(f"texts/ff/{'f' * 64}.txt", b"left")
    assert texts.remake(kept).value == (1, 1, 1, [])
    assert texts.remake(kept).value == (0, 0, 0, [])
    assert texts.remake(kept, all=True).value == (2, 1, 0, [])
    assert "handicap" in str(texts.of(vault, lost))
    assert texts.of(vault, there) == "Bonjour"
    newest = readings.journal(kept).value[1]
    assert (newest.act, newest.detail) == ("check", "2 textes tirés des documents")


def _text(sha256: str) -> str:
    return f"texts/{sha256[:2]}/{sha256}.txt"


@pytest.mark.parametrize("alter", [
    lambda text, other: text.replace(b"handicap", b"sinistre"), lambda text, other: b"", lambda text, other: other,
    lambda text, other: text[:-1], lambda text, other: text.partition(b"\n")[2], lambda text, other: text[:65],
])  # fmt: skip
def test_words_that_are_not_those_of_the_document_are_not_searched_but_told_and_taken_again(
    kept: Network, alter: Callable[[bytes, bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    id, other = put(kept, PAGES), put(kept, b"Sinistre au garage", "note.txt")
    name, files = _text(digest(kept, id)), raw(kept)
    files[name] = alter(files[name], files[_text(digest(kept, other))])
    monkeypatch.setattr(finding, "_at_hand", Folded())
    assert [each.record.id for each in find(kept, "sinistre").found] == [other]
    told = [("text_altered", id)]
    assert [(each.code, each.where) for each in verify(kept)] == told
    assert [(each.code, each.where) for each in readings.check(kept, id).value] == told
    assert readings.check(kept, other).value == []
    assert statements.check(kept, id).value.faults == []  # the file itself is the one that was deposited
    assert texts.remake(kept).value == (1, 0, 0, [])
    assert verify(kept) == []
    monkeypatch.setattr(finding, "_at_hand", Folded())
    assert [each.record.id for each in find(kept, "handicap").found] == [id]


@pytest.mark.parametrize("where", ["file", "folder", "all"])
def test_words_behind_a_link_are_not_searched_but_told(
    in_folder: Network, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = put(in_folder, PAGES)
    text = folder_of(in_folder) / _text(digest(in_folder, id))
    moved = {"file": text, "folder": text.parent, "all": text.parent.parent}[where]
    moved.rename(tmp_path / "ailleurs")
    moved.symlink_to(tmp_path / "ailleurs")
    monkeypatch.setattr(finding, "_at_hand", Folded())
    assert find(in_folder, "handicap").found == []
    assert [(each.code, each.where) for each in verify(in_folder)] == [("text_altered", id)]
    assert [each.where for each in checking.survey(in_folder).faults] == [id]
    (unread,) = texts.remake(in_folder).value.unread
    assert (unread.id, "un lien s'y trouve" in unread.why) == (id, True)


def test_an_emptied_text_is_seen_by_who_reads_none(kept: Network) -> None:
    id = put(kept, PAGES)
    raw(kept)[_text(digest(kept, id))] = b""
    assert [(each.code, each.where) for each in checking.survey(kept).faults] == [("text_altered", id)]


def test_what_could_not_be_read_is_told(kept: Network) -> None:
    damaged, lost = put(kept, b"%PDF-1.7\n% exemple", "a.pdf"), put(kept, PAGES)
    whole = put(kept, b"Bonjour", "note.txt")
    del raw(kept)[name_of(kept, lost)]
    done = texts.remake(kept, all=True).value
    assert (done.taken, done.without) == (1, 0), whole
    why = dict(done.unread)
    assert why.keys() == {damaged, lost}
    assert "abîmé" in why[damaged]
    assert "n'est plus dans le coffre" in why[lost]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.READER])
def test_words_are_taken_again_by_an_administrator_alone(kept: Network, role: Role) -> None:
    with pytest.raises(Forbidden):
        texts.remake(by(kept, Actor("X. Fictif", role)))


def test_nobody_searches_who_may_not_read(kept: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    from crm.network import rights

    monkeypatch.setitem(rights._RIGHTS, Role.READER, frozenset())
    with pytest.raises(Forbidden):
        find(by(kept, READER), "handicap")


def test_so_many_texts_are_read_by_one_search_and_the_rest_by_the_next(
    in_folder: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        put(in_folder, f"Texte {number}".encode(), "note.txt")
    monkeypatch.setattr(finding, "_at_hand", Folded())
    monkeypatch.setattr(finding, "MOST_READ", 2)
    first = find(in_folder, "texte")
    assert (len(first.found), first.unread) == (2, 1)
    second = find(in_folder, "texte")
    assert (len(second.found), second.unread) == (3, 0)


def test_so_many_letters_are_kept_at_hand_and_others_read_each_time(in_folder: Network) -> None:
    vault = vault_of(in_folder)
    ids = [digest(in_folder, put(in_folder, f"{number} dix lettres".encode(), "note.txt")) for number in range(3)]
    room = Folded(most=2 * len(" 0 dix lettres"))
    assert [room.read(vault, sha256) for sha256 in ids] == [f" {number} dix lettres" for number in range(3)]
    assert [room.known(vault, each) is not None for each in ids] == [True, True, False]


def test_words_taken_again_are_found_by_who_had_looked_before(
    in_folder: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_at_hand", Folded())
    texts.drop(vault_of(in_folder), digest(in_folder, put(in_folder, PAGES)))
    assert find(in_folder, "handicap") == ([], 0)
    texts.remake(in_folder)
    monkeypatch.setattr(texts, "FORGOTTEN", 0.0)
    assert len(find(in_folder, "handicap").found) == 1


def test_a_long_passage_is_cut_between_words(in_folder: Network) -> None:
    put(in_folder, ("début " * 50 + "Référent handicap " + "suite " * 50).encode(), "note.txt")
    (found,) = find(in_folder, "referent").found
    assert found.excerpt.startswith("…début")
    assert found.excerpt.endswith("suite…")
    assert " Référent handicap " in found.excerpt
    assert len(found.excerpt) < 3 * finding.AROUND


def test_words_are_for_their_owner_alone_on_this_machine(in_folder: Network) -> None:
    put(in_folder, PAGES)
    vault = vault_of(in_folder)
    assert isinstance(vault, Vault)
    (path,) = (in_folder.store.path.with_name(f"{in_folder.store.path.name}.vault") / "texts").glob("*/*.txt")  # type: ignore[attr-defined]
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_an_altered_text_of_a_former_revision_is_taken_away(kept: Network) -> None:
    """Search reads the newest alone, so nothing is lost, and nothing else would end the alarm."""
    id = put(kept, b"Premier", "note.txt")
    former = _text(digest(kept, id))
    deposits.revise(kept, id, BytesIO(b"Second"), "note.txt")
    raw(kept)[former] = b"rien"
    assert [(each.code, each.where) for each in verify(kept)] == [("text_altered", id)]
    assert texts.remake(kept).value == (0, 0, 1, [])
    assert (verify(kept), former in raw(kept)) == ([], False)
