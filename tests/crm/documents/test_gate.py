"""What leaves passes one door: rights, those who opposed it, and a line in the access log where it tells of people."""

from dataclasses import replace
from pathlib import Path

import pytest

from crm.documents.calls import FORMATS, draft
from crm.documents.gate import Outgoing, leave
from crm.errors import Forbidden, StoreError
from crm.measures import calls as call_lists
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations, people
from crm.vault.access import AccessLog
from crm.vault.place import existing, vault_of
from tests.crm.vault.conftest import put

NAME = "relances.csv"
PEOPLE = frozenset({"a", "b"})


@pytest.fixture
def network(either: Network, tmp_path: Path) -> Network:
    """A network of one partner on each store, and where its vault would be."""
    either.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Essai Fictif"}, id="org-1"))
    return replace(either, vault=str(tmp_path / "coffre"))


def exports(network: Network) -> list[tuple[str, str, str]]:
    """The lines of the access log about what left."""
    log = AccessLog(vault_of(network).medium)
    return [(each.actor, each.act, each.detail) for each in log.entries() if each and each.act == "export"]


def test_a_document_that_tells_of_people_leaves_a_line_that_names_it_and_counts_them(network: Network) -> None:
    put(network)
    reader = replace(network, actor=Actor("L. Fictif", Role.READER))
    assert leave(reader, NAME, lambda opposed: Outgoing(b"a;b", PEOPLE)) == (NAME, b"a;b")
    assert exports(network) == [("L. Fictif", "export", f"{NAME} : 2 personnes")]
    leave(reader, "carte.svg", lambda opposed: Outgoing(b"<svg/>"))
    assert len(exports(network)) == 1


def test_without_a_vault_there_is_no_log_and_none_is_made(network: Network) -> None:
    assert leave(network, NAME, lambda opposed: Outgoing(b"a", PEOPLE)).content == b"a"
    assert existing(network) is None


def test_where_no_line_can_be_written_nothing_leaves(network: Network, tmp_path: Path) -> None:
    put(network)
    medium = vault_of(network).medium
    log = Path(medium.address) / "access.jsonl"
    log.write_bytes(b"altered\n")
    with pytest.raises(StoreError, match="journal des accès"):
        leave(network, NAME, lambda opposed: Outgoing(b"a", PEOPLE))
    assert leave(network, NAME, lambda opposed: Outgoing(b"a")).content == b"a"  # it tells of nobody


def test_who_opposed_it_is_told_to_whoever_makes_a_document_and_stops_one_that_names_them(network: Network) -> None:
    garage = organisations.create(network, {"name": "Garage Fictif"}).value
    person = {"family_name": "Exemple", "civility": "mme", "opposed_on": "2026-01-01"}
    opposed = people.add(network, garage, person, {"role": "Tutrice"}).value
    told = list[frozenset[str]]()

    def make(out: frozenset[str]) -> Outgoing:
        told.append(out)
        return Outgoing(b"", PEOPLE)

    leave(network, NAME, make)
    assert told == [{opposed}]
    with pytest.raises(Forbidden, match="s'oppose"):
        leave(network, NAME, lambda out: Outgoing(b"", PEOPLE | {opposed}))


@pytest.mark.parametrize("ending", FORMATS)
def test_a_call_list_tells_of_those_to_ask_for(network: Network, ending: str) -> None:
    garage = organisations.create(network, {"name": "Garage Fictif", "tier": "A"}).value
    person = people.add(network, garage, {"family_name": "Exemple", "civility": "mme"}, {"role": "Tutrice"}).value
    found = measures(network, network.today())
    _, days = call_lists.planned(call_lists.plan(network, found).days)
    lines = call_lists.lines(network, found, call_lists.call_list(found).due, days)
    assert lines
    assert draft(network, found, lines, ending).people == {person}
