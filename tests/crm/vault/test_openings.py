"""The opening of a proof's sheet leaves one line in the access log: for each person and session, and no more."""

from dataclasses import replace

import pytest

from crm.errors import NotFound, StoreError
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.vault import openings, readings
from crm.vault.access import AccessLog
from crm.vault.openings import Openings
from crm.vault.place import existing, vault_of
from tests.crm.vault.conftest import put


def lines(network: Network) -> list[tuple[str, str, str]]:
    """Who read the metadata of what, in order."""
    log = AccessLog(vault_of(network).medium)
    return [(each.actor, each.act, each.about) for each in log.entries() if each and each.act == "read_metadata"]


def test_a_sheet_is_attested_once_a_person_and_a_session(kept: Network) -> None:
    one, other, reader = put(kept), put(kept, b"Note", "note.txt"), Actor("L. Fictif", Role.READER)
    session, again = Openings(), Openings()
    head = kept.read(lambda tx: tx.head())
    said = [
        session.open(network, id) for network in (kept, kept, replace(kept, actor=reader)) for id in (one, one, other)
    ]
    said.append(again.open(kept, one))
    assert said == [""] * 10
    mine, theirs = ((kept.actor.name, "read_metadata"), (reader.name, "read_metadata"))
    assert lines(kept) == [(*mine, one), (*mine, other), (*theirs, one), (*theirs, other), (*mine, one)]
    assert kept.read(lambda tx: tx.head()) == head  # it is no commit: no cache is emptied


def test_without_a_vault_nothing_is_attested_nor_made(kept: Network) -> None:
    made = kept.commit("Essai", lambda unit: unit.create("Evidence", {"title": "Affiche", "kind": "affiche"}))
    assert Openings().open(kept, made.value) == ""
    assert existing(kept) is None
    with pytest.raises(NotFound):
        Openings().open(kept, "org-1")


@pytest.mark.parametrize(("role", "place"), [(Role.ADMIN, True), (Role.READER, False)])
def test_a_log_that_cannot_be_written_is_said_and_tried_again_later(
    kept: Network, monkeypatch: pytest.MonkeyPatch, role: Role, place: bool
) -> None:
    id, mine, tried = put(kept), replace(kept, actor=Actor("L. Fictif", role)), []
    address = vault_of(kept).medium.address

    def refused(self: AccessLog, *args: object, **kwargs: object) -> None:
        tried.append(args)
        raise StoreError(f"Le journal des accès de « {address} » ne peut pas être écrit (disque plein).")

    with monkeypatch.context() as patch:
        patch.setattr(AccessLog, "attest", refused)
        session = Openings()
        said = {session.open(mine, id) for _ in range(5)}
        (words,) = said
        assert words.startswith("Cette ouverture n'a pas pu être notée au journal des accès : ")
        assert ((address in words), len(tried)) == (place, 1)
    assert session.open(mine, id) == words  # not at each rerun
    monkeypatch.setattr(openings, "AGAIN", -1.0)
    assert session.open(mine, id) == session.open(mine, id) == ""
    assert [each.act for each in readings.journal(kept, id).value][:2] == ["read_journal", "read_metadata"]
