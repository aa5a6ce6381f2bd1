"""What is kept of a state is that state's, and what is drawn for someone is theirs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crm.errors import Forbidden
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.kept import Kept, KeptKind
from crm.network.rights import Actor, Role
from crm.records import organisations
from crm.store import open_store
from graph_schema.evidence import EvidenceKind

DAY = date(2026, 11, 20)
MANAGER = Actor("C. Exemple", Role.MANAGER, "1")
WORDS = KeptKind[str](most=2)


@pytest.fixture
def network(either: Network) -> Network:
    """An empty network on each store, on the day that is measured."""
    return replace(either, actor=MANAGER, clock=lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    "other", [replace(MANAGER, name="J. Fictif"), replace(MANAGER, role=Role.READER), replace(MANAGER, id="2")]
)
def test_what_is_drawn_for_one_is_given_to_nobody_else(other: Actor) -> None:
    kept = Kept()
    for _ in range(2):
        assert kept.drawn(WORDS, MANAGER, lambda: "mine") == "mine"
        assert kept.drawn(WORDS, other, lambda: "theirs") == "theirs"


def test_a_thing_is_made_once_and_the_last_asked_for_are_kept() -> None:
    kept, made = Kept(), list[str]()

    def make(key: str) -> str:
        made.append(key)
        return key

    def ask(key: str) -> str:
        return kept.of(WORDS, lambda: make(key), key)

    assert [ask(key) for key in "aabacab"] == [*"aabacab"]
    assert made == [*"abcb"]


def test_nothing_and_emptiness_are_kept_like_all_else() -> None:
    kept, kind, made = Kept(), KeptKind[str | None](), list[int]()
    for _ in range(2):
        assert kept.of(kind, lambda: made.append(1)) is None
    assert made == [1]


def test_what_is_kept_for_everyone_holds_nothing_that_only_some_may_read(network: Network) -> None:
    """Whoever asks first: here someone who may open what is confidential."""
    kind = KeptKind[tuple[object, ...]]()
    proof = {"title": "Compte rendu", "kind": EvidenceKind.MINUTES.value, "confidential": True, "url": "https://x.test"}
    network.commit("Une preuve.", lambda unit: unit.create("Evidence", proof))
    found = measures(network, DAY)
    asked = found.kept.read(kind, network.anyone(), lambda tx: tuple(tx.rows("Evidence", ("url", "title"))))
    assert [each[1:] for each in asked] == [(None, "Compte rendu")]  # type: ignore[index]
    assert network.read(lambda tx: [row[1] for row in tx.rows("Evidence", ("url",))]) == ["https://x.test"]


def test_a_commit_that_changes_a_record_makes_another_state_and_one_that_does_not_leaves_it(network: Network) -> None:
    id = organisations.create(network, {"name": "Garage Fictif"}).value
    first = measures(network, DAY)
    network.commit("Une marque.", lambda unit: None, mark=True)
    assert measures(network, DAY) is first
    assert first.kept.seen == network.read(lambda tx: tx.head())
    network.commit("Un nom.", lambda unit: unit.update(id, {"name": "Garage Exemple"}))
    second = measures(network, DAY)
    assert second is not first
    assert second.freshness[id].name == "Garage Exemple"


def test_other_days_and_other_networks_are_other_states(network: Network, tmp_path: Path) -> None:
    other = open_store(str(tmp_path / "other.db"), create=True)
    try:
        asked = [(network, DAY), (network, DAY - timedelta(days=1)), (Network(other, MANAGER), DAY)]
        assert len({id(measures(*each)) for each in asked}) == 3
    finally:
        other.close()


def test_who_may_not_read_is_given_nothing_that_was_made_for_others(network: Network) -> None:
    class Nobody(Actor):
        def may(self, right: object) -> bool:
            return False

    found, kind = measures(network, DAY), KeptKind[int]()
    nobody = Nobody("", Role.READER)
    found.kept.read(kind, network.anyone(), lambda tx: 1)
    with pytest.raises(Forbidden):
        found.kept.read(kind, replace(network, actor=nobody).anyone(), lambda tx: 1)
    with pytest.raises(Forbidden):
        found.kept.drawn(kind, nobody, lambda: 1)
