"""Links: the evidence at hand for one, and partners added already tied."""

import pytest

from crm.errors import DuplicateKey, InputError, NotFound, StaleRevision
from crm.network import Network
from crm.network.work import UnitOfWork
from crm.records import links, organisations


def proof(unit: UnitOfWork, id: str, of: str, on: str) -> None:
    """A document that attests a record."""
    unit.create("Evidence", {"title": id, "kind": "attestation", "fact_on": on}, id=id)
    unit.connect("Proves", id, of)


def test_evidence_near_attests_the_ends_or_their_engagements(network: Network) -> None:
    def work(unit: UnitOfWork) -> None:
        for id in ("org-1", "org-2", "org-3"):
            unit.create("Organisation", {"name": id}, id=id)
        unit.create("Agreement", {"subject": "Accueil"}, id="agr-1")
        unit.connect("PartyTo", "org-1", "agr-1")
        proof(unit, "of-agreement", "agr-1", "2025-01-01")
        proof(unit, "of-other-end", "org-2", "2026-01-01")
        proof(unit, "elsewhere", "org-3", "2026-02-01")

    network.commit("Saisie", work)
    assert [record.id for record in links.evidence_near(network, ["org-1", "org-2"])] == [
        "of-other-end",
        "of-agreement",
    ]


@pytest.mark.parametrize(("outwards", "ends"), [(True, ("new", "old")), (False, ("old", "new"))])
def test_a_partner_is_added_with_its_link_as_one_commit(
    network: Network, outwards: bool, ends: tuple[str, str]
) -> None:
    old = organisations.create(network, {"name": "Branche Fictive"}).value
    done = organisations.create_linked(
        network, {"name": "Garage Fictif"}, old, "MemberOf", outwards, {"valid_from": "2024-01-01"}
    )
    (link,) = network.read(lambda tx: tx.links_of([old]))
    names = {old: "old", done.value: "new"}
    assert (names[link.source], names[link.target]) == ends
    assert link.values == {"valid_from": "2024-01-01"}
    assert done.commit is not None
    assert done.commit.changes == 2


def test_a_partner_that_cannot_be_tied_is_not_added(network: Network) -> None:
    old = organisations.create(network, {"name": "Branche Fictive", "siret": "00000030700017"}).value
    with pytest.raises(InputError, match="ne peut pas aller"):
        organisations.create_linked(network, {"name": "Garage Fictif"}, old, "WorksFor", True)
    with pytest.raises(DuplicateKey):
        organisations.create_linked(network, {"name": "G", "siret": "00000030700017"}, old, "WorksWith", True)
    assert network.read(lambda tx: tx.count("Organisation")) == 1


def test_a_link_changed_since_it_was_seen_is_not_deleted(either: Network) -> None:
    one, other = (organisations.create(either, {"name": name}).value for name in ("Garage Fictif", "Hôtel Fictif"))
    id = links.connect(either, "WorksWith", one, other).value
    links.edit(either, id, {"valid_from": "2024-01-01"}, 1)
    with pytest.raises(StaleRevision, match="Ce lien a été modifié entre-temps") as caught:
        links.delete(either, id, 1)
    assert caught.value.base is not None
    assert caught.value.base.values == {}
    assert caught.value.current.values == {"valid_from": "2024-01-01"}
    assert id in either.read(lambda tx: tx.get_links([id]))
    links.delete(either, id, 2)
    assert either.read(lambda tx: tx.get_links([id])) == {}
    with pytest.raises(NotFound):
        links.delete(either, id, 2)


def test_each_way_round_is_told_once_in_its_own_words() -> None:
    told = [(way.type.name, way.outwards, way.words) for way in links.ways("Organisation", "Organisation")]
    assert ("MemberOf", True, "adhère à") in told
    assert ("MemberOf", False, "a pour membre") in told
    assert len({words for *_, words in told}) == len(told)
    assert [(way.type.name, way.outwards) for way in links.ways("Minutes", "Meeting")] == [
        (way.type.name, not way.outwards) for way in links.ways("Meeting", "Minutes")
    ]
    assert links.ways("View", "Organisation") == []
