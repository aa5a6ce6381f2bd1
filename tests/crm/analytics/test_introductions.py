import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.freshness import State
from crm.analytics.graph import Relations
from crm.analytics.introductions import HUB, introduce
from graph_schema.snapshot import LinkRow
from tests.crm.analytics.networks import (
    altered,
    heard,
    link,
    meeting,
    networks,
    new_id,
    organisation,
    person,
    relations,
    renamed,
    works,
)

PEOPLE = [person("p1", "Mme Exemple"), person("p2", "M. Fictif"), person("p3", "Mme Inventée")]
ROWS = [organisation("o1", name="Mission locale Exemple"), organisation("o2", name="Garage Fictif")]


def test_a_colleague_of_a_colleague_introduces_in_words() -> None:
    links = [*works("p1", "o1"), link("PartOf", "o2", "o1"), *works("p2", "o2")]
    (found,) = introduce(relations(ROWS, PEOPLE, links, {"p1": heard(10)}), "p2")
    assert found.sentence == (
        "Vous connaissez Mme Exemple (relation fraîche), qui travaille pour Mission locale Exemple, "
        "qui regroupe Garage Fictif, qui emploie M. Fictif."
    )
    assert (found.target, found.first, found.state) == ("p2", "p1", State.FRESH)
    assert [step.target for step in found.steps] == ["p1", "o1", "o2", "p2"]
    # 1 to enter, then three links that have an end never contacted.
    assert found.cost == 1 + 3 * 8


def test_a_person_already_known_is_the_way_to_themselves() -> None:
    (found,) = introduce(relations(ROWS, PEOPLE, works("p1", "o1"), {"p1": heard(200)}), "p1")
    assert (found.steps[0].target, len(found.steps), found.cost) == ("p1", 1, 2.0)
    assert found.sentence == "Vous connaissez Mme Exemple (à surveiller)."


def test_the_fresher_way_comes_first_and_each_alternative_starts_with_someone_else() -> None:
    links = [*works("p1", "o2"), *works("p2", "o2"), *works("p3", "o2")]
    contacts = {"p1": heard(400), "p2": heard(5), "p3": heard(200)}
    of = relations(ROWS, PEOPLE, links, contacts)
    assert [(found.first, found.cost) for found in introduce(of, "o2")] == [("p2", 9.0), ("p3", 10.0), ("p1", 12.0)]
    assert len(introduce(of, "o2", limit=2)) == 2


def test_a_shorter_cold_way_loses_against_a_longer_warm_one() -> None:
    warm = [link("Knows", "p1", "p2"), *works("p2", "o1")]
    of = relations(ROWS, PEOPLE, [*warm, *works("p3", "o1")], {"p1": heard(1), "p2": heard(1), "p3": heard(400)})
    assert [found.first for found in introduce(of, "o1")] == ["p2", "p3"]


def test_an_organisation_where_no_name_is_known_is_a_way_in_that_costs_more() -> None:
    of = relations(ROWS, PEOPLE, [link("MemberOf", "o2", "o1")], engagements=[meeting("o1", 3)])
    (found,) = introduce(of, "o2")
    assert found.cost == 1 + 2 + 8
    assert found.sentence == (
        "Vous êtes en relation avec Mission locale Exemple (relation fraîche), qui a pour membre Garage Fictif."
    )


def test_who_opposed_it_is_neither_used_nor_reached() -> None:
    people = [person("p1", opposed=True), person("p2")]
    of = relations(ROWS, people, [*works("p1", "o1", "o2"), *works("p2", "o1")], {"p1": heard(1), "p2": heard(1)})
    assert introduce(of, "o2") == ()
    assert introduce(of, "p1") == ()


def test_a_closed_organisation_is_not_passed_through() -> None:
    rows = [organisation("o1", closed=True), organisation("o2")]
    of = relations(rows, PEOPLE, [*works("p1", "o1"), link("PartOf", "o2", "o1")], {"p1": heard(1)})
    assert introduce(of, "o2") == ()


def test_nobody_known_means_no_introduction() -> None:
    assert introduce(relations(ROWS, PEOPLE, works("p1", "o1")), "o1") == ()


def test_an_unknown_target_is_an_error() -> None:
    with pytest.raises(KeyError):
        introduce(relations(ROWS), "nobody")


def test_of_several_targets_the_warmest_wins() -> None:
    of = relations(ROWS, PEOPLE, [*works("p1", "o1"), *works("p2", "o2")], {"p1": heard(400), "p2": heard(1)})
    assert introduce(of, "o1", "o2", limit=1)[0].target == "o2"


def test_the_way_through_a_huge_hub_is_still_found() -> None:
    members = [organisation(f"m{n}") for n in range(HUB + 1)]
    links = [link("MemberOf", row.id, "o1") for row in members]
    of = relations([*ROWS, *members], PEOPLE, [*links, *works("p1", "m7")], {"p1": heard(1), "m7": heard(1)})
    assert [step.target for step in introduce(of, "o1", limit=1)[0].steps] == ["p1", "m7", "o1"]


@given(networks(), st.data())
def test_renaming_ids_changes_no_cost(of: Relations, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(sorted(of.snapshot.organisations)))
    before, after = introduce(of, target), introduce(renamed(of), new_id(target))
    assert [found.cost for found in before] == [found.cost for found in after]


@given(networks(), st.data())
def test_paths_are_real_cheapest_first_and_avoid_who_opposed_it(of: Relations, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(sorted(of.snapshot.organisations)))
    found = introduce(of, target, limit=9)
    assert [each.cost for each in found] == sorted(each.cost for each in found)
    assert len({each.first for each in found}) == len(found)
    for each in found:
        assert (each.steps[0].target, each.steps[-1].target) == (each.first, target)
        for step in each.steps[1:]:
            assert isinstance(step.link, LinkRow)
            assert {step.source, step.target} == {step.link.source, step.link.target}
        opposed = {id for id, row in of.snapshot.people.items() if row.opposed}
        assert opposed.isdisjoint(step.target for step in each.steps)


@given(networks(), st.data())
def test_knowing_one_more_person_never_makes_the_best_way_colder(of: Relations, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(sorted(of.snapshot.organisations)))
    who = data.draw(st.sampled_from(sorted(of.snapshot.people)))
    before = introduce(of, target, limit=1)
    after = introduce(altered(of, contacts={**of.snapshot.contacts, who: heard(0)}), target, limit=1)
    assert not before or after[0].cost <= before[0].cost
