"""What partners are engaged in: changed and deleted like all else, on both stores."""

import pytest

from crm.errors import Forbidden, InputError, NotFound, StaleRevision
from crm.ledger.edits import Edits
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.records import engagements, organisations, people
from graph_schema.records import NodeRecord


@pytest.fixture
def network(either: Network) -> Network:
    """A garage that sits on a committee, which met once: minutes, a decision; and its agreement."""

    def work(unit: UnitOfWork) -> None:
        unit.create("Organisation", {"name": "Garage Fictif"}, id="garage")
        unit.create("Committee", {"name": "Comité Exemple"}, id="committee")
        unit.create("Meeting", {"title": "Séance de mars", "held_on": "2026-03-12"}, id="meeting")
        unit.create("Minutes", {"title": "Compte rendu de mars"}, id="minutes")
        unit.create("Decision", {"text": "Ouvrir une session"}, id="decision")
        unit.create("Agreement", {"subject": "Accueil d'alternants", "signed_on": "2026-01-05"}, id="agreement")
        unit.connect("SitsOn", "garage", "committee")
        unit.connect("MeetingOf", "meeting", "committee")
        unit.connect("Attended", "garage", "meeting")
        unit.connect("MinutesOf", "minutes", "meeting")
        unit.connect("DecidedIn", "decision", "meeting")
        unit.connect("PartyTo", "garage", "agreement")

    either.commit("Saisie", work)
    return either


def record(network: Network, id: str) -> NodeRecord | None:
    """The record as it is now."""
    return network.read(lambda tx: tx.get([id])).get(id)


@pytest.mark.parametrize(
    ("id", "patch", "reason"),
    [
        ("committee", {"name": "Comité Modèle"}, "Comité modifié (nom)"),
        ("meeting", {"held_on": "2026-03-13", "place": "Lens"}, "Réunion modifiée (date, lieu ou lien)"),
        ("agreement", {"ends_on": "2027-01-04"}, "Convention modifiée (finit le)"),
    ],
)
def test_an_engagement_is_changed_by_one_commit_that_says_what(
    network: Network, id: str, patch: dict[str, str], reason: str
) -> None:
    before = record(network, id)
    done = engagements.edit(network, id, patch, 1)
    assert done.commit is not None
    assert (done.commit.reason, done.commit.changes) == (reason, 1)
    assert before is not None
    assert record(network, id) == before._replace(values={**before.values, **patch}, revision=2)


def test_an_engagement_changed_or_deleted_from_a_stale_sheet_is_refused(network: Network) -> None:
    engagements.edit(network, "agreement", {"ends_on": "2027-01-04"}, 1)
    with pytest.raises(StaleRevision):
        engagements.edit(network, "agreement", {"number": "12"}, 1)
    with pytest.raises(StaleRevision):
        engagements.delete(network, "agreement", 1)
    assert record(network, "agreement") is not None


def test_what_does_not_fit_is_refused_by_the_declaration(network: Network) -> None:
    with pytest.raises(InvalidRecord, match="la date de fin précède la date d'effet"):
        engagements.edit(network, "agreement", {"ends_on": "2025-01-01"}, 1)


def test_a_deletion_takes_the_links_and_leaves_what_they_tied_and_is_undone(network: Network) -> None:
    done = engagements.delete(network, "agreement", 1)
    assert done.commit is not None
    assert (done.commit.reason, done.commit.changes) == ("Convention supprimée", 2)
    assert record(network, "agreement") is None
    assert record(network, "garage") is not None
    session = Edits()
    session.undo(network, [done.commit])
    (link,) = network.read(lambda tx: tx.links_of(["agreement"]))
    assert (link.type, link.source) == ("PartyTo", "garage")
    assert verify(network) == []


def test_what_others_belong_to_is_deleted_after_them(network: Network) -> None:
    with pytest.raises(InputError, match="il y a encore 1 réunion, à supprimer d'abord"):
        engagements.delete(network, "committee")
    with pytest.raises(InputError, match="1 compte rendu et 1 décision"):
        engagements.delete(network, "meeting")
    for id in ("minutes", "decision", "meeting", "committee"):
        engagements.delete(network, id, 1)
    assert network.read(lambda tx: tx.links_of(["garage"], ["SitsOn", "Attended"])) == []


def test_nothing_but_engagements_is_changed_here(network: Network) -> None:
    for id in ("garage", "absent"):
        with pytest.raises(NotFound):
            engagements.edit(network, id, {"name": "X"}, 1)
        with pytest.raises(NotFound):
            engagements.delete(network, id)
    assert record(network, "garage") is not None


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR])
def test_who_may_only_read_changes_and_deletes_nothing(network: Network, role: Role) -> None:
    reader = Network(network.store, Actor("L. Fictif", role))
    with pytest.raises(Forbidden):
        engagements.edit(reader, "committee", {"name": "X"}, 1)
    with pytest.raises(Forbidden):
        engagements.delete(reader, "agreement")


def test_partners_and_people_changed_since_they_were_seen_are_not_deleted_either(network: Network) -> None:
    person = people.add(network, "garage", {"family_name": "Exemple"}).value
    people.edit(network, person, {"given_name": "Claire"}, 1)
    organisations.edit(network, "garage", {"name": "Garage Modèle"}, 1)
    with pytest.raises(StaleRevision):
        people.delete(network, person, 1)
    with pytest.raises(StaleRevision):
        organisations.delete(network, "garage", 1)
    people.delete(network, person, 2)
    organisations.delete(network, "garage", 2)
    assert (record(network, person), record(network, "garage")) == (None, None)
