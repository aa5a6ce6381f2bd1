"""Isolated partners: nobody known there, or nobody but us around them."""

from hypothesis import given, settings

from crm.analytics.activity import activity
from crm.analytics.graph import Relations
from crm.analytics.isolation import Lack, isolated
from tests.crm.analytics.networks import (
    agreement,
    days_ago,
    heard,
    hosting,
    link,
    meeting,
    networks,
    organisation,
    person,
    relations,
    works,
)


def lacking(of: Relations) -> set[tuple[str, Lack]]:
    return {(each.id, each.lack) for each in isolated(of, activity(of))}


def test_a_partner_with_one_contact_and_no_other_tie_is_tied_to_us_alone() -> None:
    of = relations([organisation("o1")], [person("p1")], works("p1", "o1"), {"o1": heard(5)})
    assert lacking(of) == {("o1", Lack.TIES)}


def test_someone_who_also_works_elsewhere_or_knows_someone_there_ends_it() -> None:
    rows, people = [organisation("o1"), organisation("o2")], [person("p1"), person("p2")]
    both = relations(rows, people, works("p1", "o1", "o2"), {"o1": heard(5)})
    assert lacking(both) == set()
    knows = [*works("p1", "o1"), *works("p2", "o2"), link("Knows", "p1", "p2")]
    assert lacking(relations(rows, people, knows, {"o1": heard(5)})) == set()


def test_two_colleagues_who_know_each_other_do_not_end_it() -> None:
    links = [*works("p1", "o1"), *works("p2", "o1"), link("Knows", "p1", "p2")]
    of = relations([organisation("o1")], [person("p1"), person("p2")], links, {"o1": heard(5)})
    assert lacking(of) == {("o1", Lack.TIES)}


def test_a_shared_meeting_ends_it_and_one_attended_alone_does_not() -> None:
    rows, people = [organisation("o1"), organisation("o2")], [person("p1")]
    alone = relations(rows, people, works("p1", "o1"), engagements=[meeting("o1", 5)])
    assert lacking(alone) == {("o1", Lack.TIES)}
    shared = relations(rows, people, works("p1", "o1"), engagements=[meeting("o1", 5), meeting("o2", 5)])
    assert lacking(shared) == {("o2", Lack.PERSON)}


def test_neither_candidates_nor_closed_ones_are_listed() -> None:
    assert lacking(relations([organisation("o1"), organisation("o2", closed=True)])) == set()


def test_active_partners_come_first_with_advice_of_their_own() -> None:
    rows = [organisation("o1", name="Atelier"), organisation("o2", name="Boutique")]
    of = relations(rows, contacts={"o1": heard(5), "o2": heard(5)}, engagements=[agreement("o2", days_ago(30))])
    found = [each for each in isolated(of, activity(of)) if each.lack is Lack.PERSON]
    assert [(each.name, each.active) for each in found] == [("Boutique", True), ("Atelier", False)]
    assert found[0].advice != found[1].advice


@settings(deadline=None)
@given(networks())
def test_a_contact_more_in_an_organisation_never_isolates_anyone(of: Relations) -> None:
    snapshot = of.snapshot
    first = next(iter(snapshot.organisations))
    more = relations(
        snapshot.organisations.values(),
        [*snapshot.people.values(), person("new")],
        [*snapshot.links, *works("new", first)],
        dict(snapshot.contacts),
        [*snapshot.engagements, hosting(first)],
    )
    less = relations(
        snapshot.organisations.values(),
        snapshot.people.values(),
        snapshot.links,
        dict(snapshot.contacts),
        [*snapshot.engagements, hosting(first)],
    )
    assert lacking(more) <= lacking(less)
