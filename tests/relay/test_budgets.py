"""How often each screen, act and command goes to Neo4j and waits: no more than the table says, which may only fall."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from tests.relay import Relay, Spent, walks
from tests.relay.budgets import budgets, verdict
from ui import screens

pytestmark = pytest.mark.neo4j

SCREENS, ACTS, COMMANDS = budgets("screens"), budgets("acts"), budgets("commands")


def test_the_table_has_a_budget_for_every_screen_act_and_command() -> None:
    assert SCREENS.keys() == walks.SCREENS.keys()
    assert ACTS.keys() == walks.ACTS.keys()
    assert COMMANDS.keys() == walks.COMMANDS.keys()
    pages = {import_module(f"ui.screens.{found.name}").SCREEN.path for found in iter_modules(screens.__path__)}
    assert {page for page, _ in walks.SCREENS.values()} == pages


@pytest.mark.parametrize("name", walks.SCREENS)
def test_a_screen_keeps_to_its_budget_when_it_is_opened_and_when_it_is_drawn_again(relayed: Relay, name: str) -> None:
    assert verdict(name, SCREENS[name], walks.opening(relayed, *walks.SCREENS[name])) == ""


@pytest.mark.parametrize("name", walks.ACTS)
def test_an_act_keeps_to_its_budget_when_it_is_done_and_when_it_is_undone(relayed: Relay, name: str) -> None:
    assert verdict(name, ACTS[name], walks.ACTS[name](relayed)) == ""


@pytest.mark.parametrize("name", walks.COMMANDS)
def test_a_command_keeps_to_its_budget(relayed: Relay, name: str) -> None:
    assert verdict(name, COMMANDS[name], (walks.commanded(relayed, walks.COMMANDS[name]),)) == ""


def test_spending_more_is_refused_and_so_is_a_budget_that_is_too_wide() -> None:
    given = (Spent(30, 20),)
    assert verdict("Essai", given, given) == ""
    assert verdict("Essai", given, (Spent(28, 19),)) == ""
    for spent in (Spent(31, 20), Spent(30, 21)):
        assert "« Essai » spends" in verdict("Essai", given, (spent,))
    assert "lower it" in verdict("Essai", given, (Spent(26, 20),))
