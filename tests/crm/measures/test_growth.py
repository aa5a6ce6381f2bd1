"""Growth month by month, read from a real store."""

from datetime import date

from crm.analytics.activity import Mobilisation
from crm.analytics.freshness import State
from crm.measures import growth
from crm.measures.measuring import measures
from crm.network import Network, provider
from crm.records import exchanges, links, organisations, people
from graph_schema.exchanges import Direction

ON = date(2026, 11, 20)


def grown(network: Network) -> None:
    """Two partners: one that signs in spring, one that answers in summer; a role that ends."""
    first, second = (
        organisations.create(network, {"name": name, "tier": "B"}).value
        for name in ("Garage Exemple", "Atelier Fictif")
    )
    given = {"subject": "Partenariat", "signed_on": "2026-03-10", "ends_on": "2026-09-30"}
    agreement = network.commit("Convention", lambda unit: unit.create("Agreement", given)).value
    links.connect(network, "PartyTo", first, agreement)
    tutor = {"family_name": "Exemple", "civility": "mme"}
    person = people.add(network, first, tutor, {"role": "Tutrice", "valid_to": "2026-06-15"}).value
    exchanges.log(network, [first], [person], on=date(2026, 3, 12), direction=Direction.MUTUAL)
    exchanges.log(network, [second], on=date(2026, 7, 2), direction=Direction.MUTUAL)
    exchanges.log(network, [second], on=date(2026, 7, 9), direction=Direction.MUTUAL)


def test_every_month_is_what_the_measures_of_that_day_say(network: Network) -> None:
    grown(network)
    points = growth.monthly(network, measures(network, ON))
    assert [point.on.month for point in points] == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert points[-1].on == ON
    for point in points:
        day = measures(network, point.on)
        active = sum(each.standing is Mobilisation.ACTIVE for each in day.activity.values())
        fresh = sum(each.state is State.FRESH for each in day.freshness.values())
        assert point[:4] == (point.on, active, fresh, len(day.relations.snapshot.links))
    assert [point.exchanges for point in points] == [1, 0, 0, 0, 2, 0, 0, 0, 0]
    assert {point.active for point in points} == {0, 1}


def test_the_audit_window_of_each_day_counts(network: Network) -> None:
    grown(network)
    provider.save(network, {"name": "CFA Exemple", "window_from": "2026-05-01"})
    on = date(2026, 8, 31)
    point = next(p for p in growth.monthly(network, measures(network, on)) if p.on == date(2026, 6, 30))
    day = measures(network, point.on)
    assert point.active == sum(each.standing is Mobilisation.ACTIVE for each in day.activity.values()) == 0


def test_growth_is_kept_with_its_measures_and_made_again_after_a_commit(network: Network) -> None:
    grown(network)
    before = measures(network, ON)
    assert not growth.kept(before)
    points = growth.monthly(network, before)
    assert growth.monthly(network, before) is points
    third = organisations.create(network, {"name": "Boutique Exemple"}).value
    exchanges.log(network, [third], on=date(2026, 11, 3), direction=Direction.MUTUAL)
    assert growth.monthly(network, measures(network, ON))[-1].exchanges == 1


def test_an_empty_network_has_one_point_at_zero(network: Network) -> None:
    assert growth.monthly(network, measures(network, ON)) == ((ON, 0, 0, 0, 0),)


def test_the_curve_goes_back_three_years_at_most(network: Network) -> None:
    id = organisations.create(network, {"name": "Garage Exemple"}).value
    exchanges.log(network, [id], on=date(2019, 1, 1), direction=Direction.MUTUAL)
    points = growth.monthly(network, measures(network, ON))
    assert (len(points), points[0].on) == (growth.MOST_MONTHS, date(2023, 12, 31))


def test_life_begins_with_the_first_dated_fact_that_the_day_knows(network: Network) -> None:
    grown(network)
    measured = measures(network, ON)
    assert growth.begins(network, measured, ON) == date(2026, 3, 10)
    assert growth.begins(network, measured, date(2026, 3, 1)) == date(2026, 3, 1)
    assert growth.begins(network, measured, date(2030, 12, 31)) == date(2028, 1, 1)
