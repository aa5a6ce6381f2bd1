from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.freshness import State, freshness, freshness_of, freshness_of_link, staleness
from crm.analytics.graph import Relations
from graph_schema.snapshot import Contact, Thresholds
from graph_schema.vocabularies import Tier
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import (
    ON,
    altered,
    days_ago,
    heard,
    hosting,
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


@pytest.mark.parametrize(
    ("tier", "days", "state"),
    [
        (Tier.A, 0, State.FRESH),
        (Tier.A, 30, State.FRESH),
        (Tier.A, 31, State.WATCH),
        (Tier.A, 60, State.WATCH),
        (Tier.A, 61, State.CHASE),
        (Tier.B, 90, State.FRESH),
        (Tier.B, 91, State.WATCH),
        (Tier.B, 180, State.WATCH),
        (Tier.B, 181, State.CHASE),
        (Tier.C, 180, State.FRESH),
        (Tier.C, 181, State.WATCH),
        (Tier.C, 365, State.WATCH),
        (Tier.C, 366, State.CHASE),
    ],
)
def test_a_threshold_is_past_the_day_after_it(tier: Tier, days: int, state: State) -> None:
    of = relations([organisation("o1", tier=tier)], contacts={"o1": heard(days)})
    measured = freshness_of(of, "o1")
    assert (measured.state, measured.days, measured.last_exchange) == (state, days, days_ago(days))


def test_the_provider_sets_the_thresholds() -> None:
    thresholds = dict.fromkeys(Tier, Thresholds(1, 2))
    of = relations([organisation("o1")], contacts={"o1": heard(3)}, thresholds=thresholds)
    assert freshness_of(of, "o1").state is State.CHASE
    assert freshness_of(of, "o1").reason == f"3 jours sans échange (seuil{NBSP}: 2)."


def test_what_only_we_sent_refreshes_nothing_and_is_said() -> None:
    of = relations([organisation("o1", tier=Tier.A)], contacts={"o1": Contact(days_ago(45), days_ago(2), 2)})
    measured = freshness_of(of, "o1")
    assert (measured.state, measured.days, measured.chased_on) == (State.WATCH, 45, days_ago(2))
    assert measured.reason == f"45 jours sans échange (idéal{NBSP}: 30). Relancé le 18/11/2026, sans réponse."


def test_an_answer_on_the_day_of_our_message_is_an_answer() -> None:
    of = relations([organisation("o1")], contacts={"o1": Contact(days_ago(2), days_ago(2), 2)})
    assert freshness_of(of, "o1").chased_on is None
    assert freshness_of(of, "o1").reason == "Dernier échange il y a 2 jours, le 18/11/2026."


def test_a_message_never_answered_leaves_never() -> None:
    of = relations([organisation("o1"), organisation("o2")], contacts={"o1": Contact(None, days_ago(9), 1)})
    measured = freshness(of)
    assert (measured["o1"].state, measured["o1"].days) == (State.NEVER, None)
    assert measured["o1"].reason == "Jamais d'échange en retour. Relancé le 11/11/2026, sans réponse."
    assert measured["o2"].reason == "Jamais contacté."


def test_a_meeting_attended_is_a_real_contact_and_a_hosting_alone_is_not() -> None:
    of = relations(
        [organisation("o1"), organisation("o2")],
        contacts={"o1": Contact(days_ago(300), days_ago(20), 2)},
        engagements=[meeting("o1", 10), meeting("o1", 50), meeting("o1", -5), hosting("o2")],
    )
    measured = freshness(of)
    assert (measured["o1"].days, measured["o1"].chased_on) == (10, None)
    assert measured["o2"].state is State.NEVER


def test_a_person_takes_the_best_tier_for_which_they_work() -> None:
    employers = [
        organisation("o1", tier=Tier.C, owner="z"),
        organisation("o2", tier=Tier.A, owner="c"),
        organisation("o3", tier=Tier.A, owner="b"),
    ]
    left = link("WorksFor", "p2", "o2", valid_to=ON - timedelta(days=1))
    of = relations(
        employers,
        [person("p1"), person("p2")],
        [*works("p1", "o1", "o2", "o3"), *works("p2", "o1"), left],
        {"p1": heard(61), "p2": heard(61)},
    )
    first, second = freshness_of(of, "p1"), freshness_of(of, "p2")
    assert (first.tier, first.owner, first.state, first.node_type) == (Tier.A, "b", State.CHASE, "Person")
    assert (second.tier, second.owner, second.state) == (Tier.C, "z", State.FRESH)


def test_a_link_is_as_fresh_as_the_less_fresh_of_its_ends() -> None:
    role, other = works("p1", "o1", "o2")
    contacts = {"p1": heard(10), "o1": heard(200)}
    of = relations([organisation("o1"), organisation("o2")], [person("p1")], [role, other], contacts)
    assert freshness_of_link(of, role).id == "o1"
    assert freshness_of_link(of, role).state is State.WATCH
    assert freshness_of_link(of, other).state is State.NEVER


def test_nobody_is_told_to_chase_a_person_who_opposed_it() -> None:
    of = relations([], [person("p1", opposed=True)], contacts={"p1": Contact(days_ago(900), days_ago(3), 1)})
    assert freshness_of(of, "p1").reason == f"A fait opposition{NBSP}: aucune relance."


def test_a_date_after_the_day_counts_as_today() -> None:
    of = relations([organisation("o1")], contacts={"o1": heard(-3)})
    assert (freshness_of(of, "o1").state, freshness_of(of, "o1").days) == (State.FRESH, 0)


@given(networks())
def test_renaming_ids_changes_no_freshness(of: Relations) -> None:
    before, after = freshness(of), freshness(renamed(of))
    assert {new_id(id): measured._replace(id=new_id(id)) for id, measured in before.items()} == after


@given(networks(), st.integers(0, 800), st.booleans(), st.data())
def test_adding_an_exchange_never_makes_anyone_staler(
    of: Relations, days: int, from_us: bool, data: st.DataObject
) -> None:
    before = freshness(of)
    id = data.draw(st.sampled_from(sorted(before)))
    received, sent, count = of.contact(id)
    day = days_ago(days)
    added = (
        Contact(received, max(day, sent or day), count + 1)
        if from_us
        else Contact(max(day, received or day), sent, count + 1)
    )
    after = freshness(altered(of, contacts={**of.snapshot.contacts, id: added}))
    assert all(staleness(after[each]) <= staleness(before[each]) for each in before)


@given(networks())
def test_one_by_one_gives_the_same_as_all_at_once(of: Relations) -> None:
    assert freshness(of) == {id: freshness_of(of, id) for id in (*of.snapshot.organisations, *of.snapshot.people)}
    assert freshness(of, people=False) == {id: freshness_of(of, id) for id in of.snapshot.organisations}


def test_a_closed_one_is_to_be_renewed_no_more() -> None:
    of = relations([organisation("o1", closed=True)], contacts={"o1": heard(900)})
    found = freshness_of(of, "o1")
    assert found.closed
    assert found.reason == f"Établissement fermé{NBSP}: aucune relance."
