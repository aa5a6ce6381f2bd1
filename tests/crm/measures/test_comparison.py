"""Two days compared: who arrived, who is gone, who cooled, who warmed."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.analytics.freshness import State
from crm.analytics.graph import Relations
from crm.measures.comparison import Movement, compared
from crm.measures.measuring import Measures, measures
from crm.network import Network
from crm.records import exchanges, organisations, people
from graph_schema.exchanges import Direction
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import (
    ON,
    SINCE,
    agreement,
    altered,
    days_ago,
    hosting,
    networks,
    organisation,
    relations,
)

OPPOSITE = {
    Movement.ARRIVED: Movement.GONE,
    Movement.GONE: Movement.ARRIVED,
    Movement.COOLED: Movement.WARMED,
    Movement.WARMED: Movement.COOLED,
}


def test_a_partner_arrives_cools_and_warms_again(network: Network) -> None:
    first, second = (organisations.create(network, {"name": name, "tier": "A"}).value for name in ("Atelier", "Garage"))
    exchanges.log(network, [first], on=date(2026, 1, 10), direction=Direction.MUTUAL)
    exchanges.log(network, [second], on=date(2026, 6, 10), direction=Direction.MUTUAL)

    def between(before: date, after: date) -> dict[str, tuple[Movement, State, State]]:
        found = compared(measures(network, before), measures(network, after))
        return {each.id: (each.change, each.before, each.after) for each in found.changed}

    assert between(date(2026, 1, 20), date(2026, 2, 20)) == {first: (Movement.COOLED, State.FRESH, State.WATCH)}
    assert between(date(2026, 5, 20), date(2026, 6, 20)) == {second: (Movement.WARMED, State.NEVER, State.FRESH)}
    assert between(date(2026, 6, 20), date(2026, 6, 20)) == {}


def test_whoever_becomes_active_arrives_and_whose_agreement_ended_is_gone() -> None:
    rows = [organisation("o1", name="Atelier"), organisation("o2", name="Boutique")]
    before = relations(rows, engagements=[agreement("o1", days_ago(200))])
    after = relations(rows, engagements=[agreement("o1", days_ago(200), days_ago(1)), hosting("o2", 30)])
    found = compared(Measures(1, before), Measures(1, after))
    assert {change: set(ids) for change, ids in found.ids.items() if ids} == {
        Movement.ARRIVED: {"o2"},
        Movement.GONE: {"o1"},
    }
    (arrived,) = found.of(Movement.ARRIVED)
    assert arrived.reason == f"Actif{NBSP}: 1 accueil depuis le 20/11/2025."
    assert found.of(Movement.GONE)[0].reason.startswith(f"Inactif{NBSP}: convention finie")


def test_a_person_arrives_with_a_first_role_and_is_gone_with_the_last(network: Network) -> None:
    garage = organisations.create(network, {"name": "Garage Exemple"}).value
    role = {"role": "Tutrice", "valid_from": "2026-02-01", "valid_to": "2026-05-31"}
    tutor = people.add(network, garage, {"family_name": "Exemple", "civility": "mme"}, role).value
    winter, spring, summer = (measures(network, date(2026, month, 15)) for month in (1, 4, 7))
    (arrived,) = compared(winter, spring).changed
    assert (arrived.id, arrived.person, arrived.change) == (tutor, True, Movement.ARRIVED)
    assert arrived.reason == f"Travaille maintenant{NBSP}: Garage Exemple (tutrice)."
    (gone,) = compared(spring, summer).of(Movement.GONE, people=True)
    assert gone.reason == f"N'a plus de rôle{NBSP}: Garage Exemple (tutrice)."
    assert compared(winter, summer).changed == ()


def test_a_comparison_is_made_once_for_the_same_measures() -> None:
    before, after = (Measures(1, relations([organisation("o1")])) for _ in range(2))
    assert compared(before, after).groups is compared(before, after).groups


@settings(deadline=None)
@given(networks(), st.integers(0, 400))
def test_the_other_way_round_everything_is_the_opposite(of: Relations, days: int) -> None:
    earlier = altered(of, on=ON - timedelta(days=days), since=SINCE - timedelta(days=days))
    before, after = Measures(1, earlier), Measures(1, of)
    there, back = compared(before, after), compared(after, before)
    assert {each.id: OPPOSITE[each.change] for each in there.changed} == {e.id: e.change for e in back.changed}
    assert sum(map(len, there.ids.values())) == len(there.changed)


@settings(deadline=None)
@given(networks())
def test_a_day_compared_with_itself_has_not_changed(of: Relations) -> None:
    assert compared(Measures(1, of), Measures(1, replace(of))).changed == ()


def test_a_closed_organisation_neither_cools_nor_warms(network: Network) -> None:
    shop = organisations.create(network, {"name": "Atelier", "tier": "A", "closed": True}).value
    exchanges.log(network, [shop], on=date(2026, 1, 10))
    found = compared(measures(network, date(2026, 1, 11)), measures(network, date(2026, 11, 1)))
    assert not any(found.of(change) for change in Movement)
