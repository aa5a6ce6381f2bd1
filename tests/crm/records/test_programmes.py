"""Which partners are tied to a training action, and what of the network is left when only they count."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import links, organisations, people
from crm.records.programmes import narrowed, programmes
from crm.store import open_store

ON = date(2026, 11, 18)


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    store = open_store(str(tmp_path / "reseau28.db"))
    yield Network(store, Actor("C. Exemple", Role.ADMIN), clock=lambda: datetime(2026, 11, 18, 12, tzinfo=UTC))
    store.close()


def node(network: Network, type: str, **values: str) -> str:
    return network.commit("Ajout", lambda unit: unit.create(type, values)).value


def partner(network: Network, name: str) -> str:
    return organisations.create(network, {"name": name, "kind": "entreprise"}).value


def tied(network: Network, programme: str, on: date = ON) -> set[str]:
    return set(narrowed(network, measures(network, on), programme).relations.snapshot.organisations)


def test_hosts_parties_makers_funders_and_prescribers_are_tied_to_it(network: Network) -> None:
    programme = node(network, "Programme", title="Titre professionnel Exemple")
    host, party, maker, funder, sender, other = (partner(network, f"Structure {n}") for n in range(6))
    placement = node(network, "Placement", kind="alternance", starts_on="2026-09-01")
    agreement = node(network, "Agreement", subject="Accueil", signed_on="2026-01-05")
    for type, source, target in (
        ("PlacementIn", placement, programme), ("HostedBy", placement, host),
        ("Covers", agreement, programme), ("PartyTo", party, agreement),
        ("CoConstructs", maker, programme), ("Funds", funder, programme), ("Prescribes", sender, programme),
        ("WorksWith", other, host),
    ):  # fmt: skip
        links.connect(network, type, source, target)
    assert tied(network, programme) == {host, party, maker, funder, sender}
    assert tied(network, programme, on=date(2026, 3, 1)) == {party, maker, funder, sender}


def test_who_shapes_it_brings_in_the_organisation_they_work_for(network: Network) -> None:
    programme = node(network, "Programme", title="Titre professionnel Exemple")
    employer = partner(network, "Garage Exemple")
    person = people.add(network, employer, {"family_name": "Exemple"}).value
    links.connect(network, "CoConstructs", person, programme)
    assert tied(network, programme) == {employer}


def test_a_tie_that_has_ended_no_longer_counts(network: Network) -> None:
    programme, funder = node(network, "Programme", title="Titre Exemple"), partner(network, "OPCO Exemple")
    links.connect(network, "Funds", funder, programme, {"valid_to": "2026-06-30"})
    assert tied(network, programme) == set()
    assert tied(network, programme, on=date(2026, 6, 30)) == {funder}


def test_what_is_narrowed_follows_what_is_committed(network: Network) -> None:
    programme, funder = node(network, "Programme", title="Titre Exemple"), partner(network, "OPCO Exemple")
    assert tied(network, programme) == set()
    links.connect(network, "Funds", funder, programme)
    assert tied(network, programme) == {funder}


def test_programmes_are_offered_by_title(network: Network) -> None:
    for title in ("Titre B", "Titre A"):
        node(network, "Programme", title=title)
    assert [each.title for each in programmes(network)] == ["Titre A", "Titre B"]
