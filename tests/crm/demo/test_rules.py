"""Every planted record obeys the rules of the field that the demonstration shows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crm.demo import Size, fill
from crm.demo.acts import CommitDraft, write
from crm.demo.crowd import acts as crowd
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.crm.demo.conftest import ON
from tests.crm.demo.rules import RULES, Planted, Rule

SAMPLED = 2
"""So many commits of a large network, of 5,000 records each, are looked at."""


@pytest.fixture(scope="module")
def small(demo: Network) -> Planted:
    """Size S, whole."""
    return Planted(demo, ON)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """The beginning of size M."""
    store = open_store(str(tmp_path_factory.mktemp("large") / "demo.db"))
    network = Network(store, Actor("Essai", Role.ADMIN))
    for _ in write(network, _first(crowd(Size.M, ON, 28)), {}):
        pass
    yield Planted(network, ON)
    store.close()


def _first(story: Iterator[CommitDraft]) -> Iterator[CommitDraft]:
    crowds = 0
    for act in story:
        crowds += len(act.entries) > 1000
        if crowds > SAMPLED:
            return
        yield act


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_record_of_the_small_network_obeys(small: Planted, rule: Rule) -> None:
    assert list(rule(small)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sample_of_the_large_network_obeys(large: Planted, rule: Rule) -> None:
    assert list(rule(large)) == []


def test_the_indicators_that_partners_serve_are_all_there(small: Planted) -> None:
    served = {each for proof in small.of("Evidence") for each in proof.values["indicators"]}  # type: ignore[union-attr]
    assert served == {"10", "12", "13", "14", "20", "24", "26", "27", "28", "29", "30", "31", "32"}


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 8, 2)])
def test_whatever_the_day_and_the_seed_the_rules_hold(tmp_path: Path, day: date) -> None:
    store = open_store(str(tmp_path / "demo.db"))
    network = Network(store, Actor("Essai", Role.ADMIN))
    fill(network, on=day, seed=7)
    planted = Planted(network, day)
    assert {rule.__name__: broken for rule in RULES if (broken := list(rule(planted)))} == {}
    store.close()


def test_one_action_alone_has_no_partner(small: Planted) -> None:
    ways = ("PlacementIn", "Covers", "CoConstructs", "Funds", "Prescribes")
    alone = [each.id for each in small.of("Programme") if each.values["at_work"] and not small.ends(each.id, *ways)]
    assert alone == ["prog-05"]
