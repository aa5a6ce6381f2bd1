"""What is redacted leaves the journal, and only so: the chain says it, the record stays, copies do the same."""

from contextlib import closing
from pathlib import Path

import pytest

from crm.errors import Forbidden, InputError, NotFound
from crm.ledger import versions
from crm.ledger.redaction import Redacted, position_of, redact, redacted
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from crm.upkeep import copying
from graph_schema.records import LinkRecord, NodeRecord
from tests.crm.conftest import ADMIN


@pytest.fixture
def lived(either: Network) -> Network:
    """People with a past: one of a name that was corrected, one deleted, and a link between two."""
    either.commit("Saisie de Zoé Fictif", lambda unit: unit.create("Person", {"family_name": "Fictif"}, id="p1"))
    either.commit(
        "Saisie", lambda unit: unit.create("Person", {"family_name": "Exemple", "given_name": "Noé"}, id="p2")
    )
    either.commit("Lien", lambda unit: unit.connect("Knows", "p1", "p2", {"valid_from": "2024-01-01"}, id="k1"))
    either.commit("Retouche", lambda unit: unit.update("p1", {"family_name": "Modèle", "given_name": "Zoé"}))
    either.commit("Suppression", lambda unit: unit.delete(["p2"]))
    return either


def records(network: Network) -> list[NodeRecord | LinkRecord]:
    return sorted(network.read(lambda tx: list(tx.records())))


def test_values_leave_the_journal_and_nothing_else_changes(lived: Network) -> None:
    before = records(lived)
    redact(lived, 1, 0, keep_current=True)
    redact(lived, 4, 0, keep_current=True)
    assert records(lived) == before
    assert verify(lived) == []
    changes = lived.read(lambda tx: [c for n, c in tx.changes(1, 4) if n in (1, 4)])
    assert [(c.before, c.after, c.salt) for c in changes] == [(None, None, "")] * 2
    assert redacted(lived) == [Redacted(1, 0, 6), Redacted(4, 0, 7)]
    told = versions.versions(lived, "p1")
    assert [(v.action, v.differences is None) for v in told[2:]] == [("update", True), ("create", True)]


def test_every_change_can_be_redacted_one_after_the_other(lived: Network) -> None:
    before = records(lived)
    for number, position in ((1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (5, 1), (6, 0)):
        redact(lived, number, position, keep_current=True)
        assert verify(lived) == []
    assert records(lived) == before


def test_a_reason_leaves_the_journal(lived: Network) -> None:
    redact(lived, 2)
    assert verify(lived) == []
    commit = lived.read(lambda tx: tx.commits(after=1, limit=1))[0]
    assert (commit.reason, dict(commit.detail), commit.why) == ("", {}, "Motif effacé du journal")
    assert redacted(lived) == [Redacted(2, None, 6)]


def test_a_copy_brings_redactions_and_what_came_after(lived: Network, tmp_path: Path) -> None:
    with closing(open_store(str(tmp_path / "copie.db"))) as store:
        target = Network(store, ADMIN)
        copying.copy(lived, target)
        redact(lived, 1, 0, keep_current=True)
        redact(lived, 3, 0, keep_current=True)
        redact(lived, 2)
        lived.commit("Retouche", lambda unit: unit.update("p1", {"given_name": "Zoë"}))
        copying.copy(lived, target)  # what was copied whole is emptied there too
        assert (records(target), verify(target)) == (records(lived), [])
    with closing(open_store(str(tmp_path / "neuve.db"))) as store:
        target = Network(store, ADMIN)
        copying.copy(lived, target)
        assert (records(target), verify(target)) == (records(lived), [])


def test_what_cannot_be_redacted_is_said(lived: Network) -> None:
    with pytest.raises(NotFound, match="acte 99"):
        redact(lived, 99)
    with pytest.raises(NotFound, match="changement 7"):
        redact(lived, 1, 7)
    with pytest.raises(InputError, match="de quel réseau"):
        redact(lived, 1)
    redact(lived, 2)
    redact(lived, 1, 0, keep_current=True)
    for number, position in ((2, None), (1, 0)):
        with pytest.raises(InputError, match="déjà effacé"):
            redact(lived, number, position, keep_current=True)
    with pytest.raises(Forbidden):
        redact(Network(lived.store, Actor("M. Fictif", Role.MANAGER)), 4, 0)


def test_the_header_holds_no_name_and_people_read_one(lived: Network) -> None:
    for commit in lived.read(lambda tx: tx.commits()):
        assert commit.by == ADMIN.name
        assert ADMIN.name not in commit.author
        assert commit.version == 2


def test_a_change_is_found_by_the_record_that_it_is_about(lived: Network) -> None:
    (gone,) = [c.position for _, c in lived.read(lambda tx: list(tx.changes(5, 5))) if c.id == "k1"]
    assert (position_of(lived, 4, "p1"), position_of(lived, 5, "k1")) == (0, gone)
    for number, id in ((4, "p2"), (99, "p1")):
        with pytest.raises(NotFound, match=f"L'acte {number} n'a rien changé à une fiche {id}"):
            position_of(lived, number, id)
    with pytest.raises(Forbidden):
        position_of(Network(lived.store, Actor("M. Fictif", Role.MANAGER)), 4, "p1")


def test_what_still_stands_is_refused_until_the_record_is_corrected(lived: Network) -> None:
    head = lived.read(lambda tx: tx.head())
    with pytest.raises(InputError, match=r"encore \(« Nom », « Prénom »\) : corrigez d'abord la fiche"):
        redact(lived, 4, 0)
    assert lived.read(lambda tx: tx.head()) == head
    lived.commit("Correction", lambda unit: unit.update("p1", {"family_name": "Correct", "given_name": None}))
    redact(lived, 4, 0)
    told = lived.read(lambda tx: [str(c) for n, c in tx.changes(1, tx.head().number) if n not in (head.number + 1,)])
    assert not [each for each in told if "Modèle" in each]
