"""Strength gathers the measures, and keeps the groups while no tie has changed."""

from crm.analytics.activity import activity
from crm.analytics.graph import Relations
from crm.analytics.strength import Strength
from tests.crm.analytics.networks import altered, heard, link, organisation, relations


def of_three(*ties: tuple[str, str]) -> Relations:
    rows = [organisation(f"o{n}") for n in range(3)]
    return relations(rows, links=[link("PartOf", one, other) for one, other in ties])


def after(old: Relations, new: Relations, *touched: str) -> tuple[Strength, Strength]:
    """The strength of one state, its groups made, and that of a later one."""
    strength = Strength(old, activity(old))
    assert strength.communities
    return strength, strength.after(new, activity(new), touched)


def test_an_exchange_keeps_the_groups_and_measures_the_rest_again() -> None:
    old = of_three(("o0", "o1"))
    before, now = after(old, altered(old, contacts={"o2": heard(1)}), "o2")
    assert now.communities is before.communities
    assert [each.id for each in now.isolated] == ["o2", "o2"]
    assert before.isolated == ()


def test_a_new_tie_a_new_name_or_someone_gone_makes_the_groups_again() -> None:
    old = of_three(("o0", "o1"))
    tied = after(old, of_three(("o0", "o1"), ("o1", "o2")), "o1", "o2")[1]
    assert tied.communities.keys() == {"o0", "o1", "o2"}
    named = altered(old, organisations={**old.snapshot.organisations, "o1": organisation("o1", name="Autre")})
    before, now = after(old, named, "o1")
    assert now.communities is not before.communities
    gone = altered(old, organisations={"o0": organisation("o0"), "o2": organisation("o2")})
    assert after(old, gone, "o0", "o1")[1].communities == {}


def test_groups_that_nobody_asked_for_are_not_made_by_a_commit() -> None:
    old = of_three(("o0", "o1"))
    now = Strength(old, activity(old)).after(old, activity(old), [])
    assert "communities" not in vars(now)
