from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.activity import activity
from crm.analytics.calls import Due, best_contact, call_list, put_off, ranking, snoozed
from crm.analytics.freshness import freshness
from crm.analytics.graph import Relations
from graph_schema.snapshot import Contact
from graph_schema.vocabularies import Tier
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import (
    ON,
    SINCE,
    agreement,
    altered,
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


def called(of: Relations, **parameters: str | int) -> list[str]:
    return [call.freshness.id for call in call_list(of, **parameters)]  # type: ignore[arg-type]


def test_only_relations_past_their_maximum_are_listed() -> None:
    rows = [organisation(f"o{n}", tier=Tier.B) for n in range(3)]
    of = relations(rows, contacts={"o0": heard(90), "o1": heard(180), "o2": heard(181)})
    assert called(of) == ["o2"]


def test_someone_never_heard_from_is_listed_when_the_relation_exists() -> None:
    rows = [organisation(f"o{n}") for n in range(3)] + [organisation("o3", tier=Tier.B)]
    of = relations(rows, contacts={"o1": Contact(None, days_ago(9), 1)}, engagements=[hosting("o2")])
    assert sorted(called(of)) == ["o1", "o2", "o3"]


def test_a_closed_organisation_is_never_called() -> None:
    assert called(relations([organisation("o1", tier=Tier.A, closed=True)], contacts={"o1": heard(700)})) == []


def test_order_is_value_times_lateness() -> None:
    rows = [organisation("a", tier=Tier.A), organisation("b", tier=Tier.B), organisation("c"), organisation("d")]
    of = relations(
        rows,
        contacts={"a": heard(90), "b": heard(720), "c": heard(730), "d": heard(730)},
        engagements=[hosting("d", 10), meeting("c", 900)],
    )
    calls = call_list(of)
    assert [(call.due.id, call.due.value, call.due.lateness) for call in calls] == [
        ("a", 4.0, 1.5),
        ("b", 2.0, 3.0),
        ("d", 1.5, 2.0),
        ("c", 1.0, 2.0),
    ]
    assert [call.due.score for call in calls] == [6.0, 6.0, 3.0, 2.0]


@pytest.mark.parametrize(("days", "value"), [(90, 2.0), (91, 1.5)])
def test_an_agreement_about_to_end_makes_the_call_worth_more(days: int, value: float) -> None:
    ending = agreement("o1", SINCE - timedelta(days=100), ON + timedelta(days=days))
    (call,) = call_list(relations([organisation("o1")], contacts={"o1": heard(400)}, engagements=[ending]))
    assert call.due.value == value


def test_the_reason_says_what_was_done_until_when_and_whom_to_ask_for() -> None:
    of = relations(
        [organisation("o1")],
        [person("p1", "Mme Exemple")],
        [link("WorksFor", "p1", "o1", role="tutrice")],
        {"o1": Contact(days_ago(500), days_ago(8), 1)},
        [*(hosting("o1", days) for days in (10, 800, 900)), agreement("o1", SINCE, ON + timedelta(days=30))],
    )
    (call,) = call_list(of)
    parts = ["3 accueils", "convention jusqu'au 20/12/2026", "Mme Exemple, tutrice"]
    assert call.reason == f"{NBSP}; ".join([*parts, "relancé le 12/11/2026, sans réponse."])
    assert (call.person, call.role) == (person("p1", "Mme Exemple"), "tutrice")


def test_with_nothing_known_the_reason_says_so() -> None:
    (call,) = call_list(relations([organisation("o1", tier=Tier.A)]))
    assert (call.person, call.reason) == (None, "Aucun contact connu.")


def test_the_person_to_call_is_the_freshest_then_the_main_contact_then_the_first_by_name() -> None:
    people = [person("p1", "Mme Alpha"), person("p2", "M. Bêta"), person("p3", "M. Gamma")]
    links = [*works("p1", "o1"), link("WorksFor", "p2", "o1", main=True), *works("p3", "o1")]
    rows = [organisation("o1")]

    def best(contacts: dict[str, Contact]) -> str:
        found = best_contact(relations(rows, people, links, contacts), "o1")
        assert found is not None
        return found[1].id

    assert best({"p3": heard(300)}) == "p3"
    assert best({"p1": heard(5), "p3": heard(4)}) == "p3"
    assert best({}) == "p2"
    assert best({id: heard(5) for id in ("p1", "p2", "p3")}) == "p2"


def test_who_opposed_it_is_never_proposed() -> None:
    of = relations([organisation("o1", tier=Tier.A)], [person("p1", opposed=True)], works("p1", "o1"), {"p1": heard(1)})
    assert call_list(of)[0].person is None


def test_the_list_can_be_one_colleague_s_and_cut_short() -> None:
    rows = [organisation(f"o{n}", tier=Tier.A, owner="c.exemple" if n % 2 else "m.fictif") for n in range(6)]
    of = relations(rows, contacts={f"o{n}": heard(61 + n) for n in range(6)})
    assert called(of, limit=2) == ["o5", "o4"]
    assert called(of, owner="m.fictif") == ["o4", "o2", "o0"]


def test_a_seat_on_a_committee_makes_the_call_worth_more_and_is_said() -> None:
    (call,) = call_list(relations([organisation("o1")], contacts={"o1": heard(400)}, seats=frozenset({"o1"})))
    assert (call.due.value, call.reason) == (1.5, "Siège à un comité.")


def test_a_call_put_off_leaves_the_list_until_its_day() -> None:
    rows = [organisation(f"o{n}", tier=Tier.A, snoozed_until=days_ago(-n)) for n in range(3)]
    of = relations(rows, contacts={row.id: heard(90) for row in rows})
    assert [row.id for row in rows if snoozed(row, ON)] == ["o1", "o2"]
    assert called(of) == ["o0"]
    measures = freshness(of, people=False), activity(of)
    back = put_off(of, *measures, until=days_ago(-1))
    assert [(day, due.id) for day, due in back] == [(days_ago(-1), "o1")]
    assert [due.id for _, due in put_off(of, *measures, until=days_ago(-9))] == ["o1", "o2"]


def place_in(of: Relations, id: str) -> int:
    """How many come before it in the list; more than anyone when it is not in it."""
    ids = called(of)
    return ids.index(id) if id in ids else len(of.snapshot.organisations) + 1


@given(networks(), st.integers(1, 400))
def test_waiting_longer_never_takes_anyone_down_the_list(of: Relations, more: int) -> None:
    before = place_in(of, "o0")
    contact = of.snapshot.contacts.get("o0")
    if contact is None or contact.received is None or any(e.organisation == "o0" for e in of.snapshot.engagements):
        return
    older = contact._replace(received=contact.received - timedelta(days=more))
    assert place_in(altered(of, contacts={**of.snapshot.contacts, "o0": older}), "o0") <= before


@given(networks())
def test_a_higher_tier_never_stands_below_what_it_was(of: Relations) -> None:
    row = of.snapshot.organisations["o0"]
    places = [
        place_in(altered(of, organisations={**of.snapshot.organisations, "o0": row._replace(tier=tier)}), "o0")
        for tier in (Tier.A, Tier.B, Tier.C)
    ]
    assert places == sorted(places)


@given(networks())
def test_the_order_is_that_of_the_scores(of: Relations) -> None:
    due: tuple[Due, ...] = ranking(of, freshness(of, people=False).values(), activity(of))
    assert [each.score for each in due] == sorted((each.score for each in due), reverse=True)
    assert len({each.id for each in due}) == len(due)
