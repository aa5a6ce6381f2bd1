from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.calls import Due, call_list
from crm.analytics.graph import Relations
from crm.analytics.planning import PER_DAY, Day, by_owner, by_territory, ending, plan, working_days
from graph_schema.snapshot import Engagement
from graph_schema.territory import Level
from graph_schema.vocabularies import Tier
from tests.crm.analytics.networks import ON, SINCE, agreement, heard, hosting, organisation, relations
from tests.crm.analytics.territories import ARRAS, LENS

MONDAY = date(2026, 11, 16)
FRIDAY = MONDAY + timedelta(days=4)


def due(*ids: str) -> list[Due]:
    return [call.due for call in call_list(late(*ids))]


def late(*ids: str) -> Relations:
    rows = [organisation(id, tier=Tier.A) for id in ids]
    return relations(rows, contacts={id: heard(90 + n) for n, id in enumerate(reversed(ids))})


def shown(days: tuple[Day, ...]) -> list[list[str]]:
    return [[each.id for each in day.calls] for day in days]


def test_working_days_are_monday_to_friday_of_this_week_and_the_next() -> None:
    assert working_days(date(2026, 11, 18)) == (
        *(MONDAY + timedelta(days=n) for n in range(5)),
        *(MONDAY + timedelta(days=7 + n) for n in range(5)),
    )


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22)])
def test_a_week_end_belongs_to_the_week_that_comes(day: date) -> None:
    assert working_days(day)[0] == date(2026, 11, 23)


def test_calls_fill_the_days_left_in_order_so_many_a_day() -> None:
    ids = [f"o{n}" for n in range(5)]
    days = plan(FRIDAY - timedelta(days=1), due(*ids), per_day=2)
    assert shown(days) == [[], [], [], ["o0", "o1"], ["o2", "o3"], ["o4"], [], [], [], []]


def test_an_action_takes_the_place_of_a_call_on_its_day_and_a_late_one_on_the_first() -> None:
    actions = [(MONDAY + timedelta(days=1), "a1"), (date(2026, 1, 5), "a2"), (date(2027, 6, 1), "a3")]
    days = plan(MONDAY, due("o0", "o1", "o2"), actions=actions, per_day=1)
    assert [day.actions for day in days[:3]] == [("a2",), ("a1",), ()]
    assert shown(days)[:5] == [[], [], ["o0"], ["o1"], ["o2"]]
    assert all(not day.actions for day in days[2:])


def test_an_action_due_on_sunday_stands_on_friday() -> None:
    days = plan(MONDAY, [], actions=[(FRIDAY + timedelta(days=2), "a1")])
    assert [day.on for day in days if day.actions] == [FRIDAY]


def test_a_call_that_was_put_off_comes_back_on_its_day_and_no_sooner() -> None:
    (back,) = due("back")
    days = plan(MONDAY, due("o0", "o1", "o2"), back=[(MONDAY + timedelta(days=1), back)], per_day=1)
    assert shown(days)[:4] == [["o0"], ["back"], ["o1"], ["o2"]]
    saturday = FRIDAY + timedelta(days=1)
    assert shown(plan(MONDAY, [], back=[(saturday, back)]))[5] == ["back"]


def test_an_agreement_stands_on_the_day_it_ends() -> None:
    found = Engagement("o1", agreement("o1", SINCE).nature, SINCE, MONDAY + timedelta(days=2), "x")
    assert [day.on for day in plan(MONDAY, [], endings=[found]) if day.endings] == [found.ends]


def test_the_agreements_that_end_are_those_in_force_until_the_day_given() -> None:
    soon, later, over, not_begun = (
        agreement("o1", SINCE, ON + timedelta(days=5)),
        agreement("o2", SINCE, ON + timedelta(days=50)),
        agreement("o3", SINCE, ON - timedelta(days=1)),
        agreement("o4", ON + timedelta(days=1), ON + timedelta(days=9)),
    )
    given_all = [later, over, hosting("o5", 10, ON + timedelta(days=3)), not_begun, soon, agreement("o6", SINCE)]
    assert ending(given_all, ON, ON + timedelta(days=90)) == (soon, later)
    assert ending(given_all, ON, ON + timedelta(days=20)) == (soon,)


@given(
    st.integers(0, 40), st.integers(1, 6), st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.lists(st.integers(-30, 30), max_size=8),
)  # fmt: skip
def test_nobody_is_called_twice_nor_before_someone_more_urgent(
    number: int, per_day: int, on: date, actions: list[int]
) -> None:
    wanted = EVERYONE[:number]
    days = plan(on, wanted, actions=[(on + timedelta(days=n), f"a{k}") for k, n in enumerate(actions)], per_day=per_day)
    called = [each for day in days for each in day.calls]
    assert called == wanted[: len(called)]
    assert all(len(day.calls) + len(day.actions) <= max(per_day, len(day.actions)) for day in days)
    assert all(not (day.calls or day.actions) for day in days if day.on < on)
    assert all(day.on.weekday() < 5 for day in days)


EVERYONE = due(*(f"o{n:02}" for n in range(40)))


def test_groups_by_owner_keep_the_order_and_end_with_what_nobody_follows() -> None:
    rows = [
        organisation("o1", tier=Tier.A, owner="Mme Zèle"),
        organisation("o2", tier=Tier.A),
        organisation("o3", tier=Tier.A, owner="M. Exemple"),
        organisation("o4", tier=Tier.A, owner="Mme Zèle"),
    ]
    of = relations(rows, contacts={row.id: heard(100 + n) for n, row in enumerate(rows)})
    groups = by_owner(call.due for call in call_list(of))
    assert {name: [each.id for each in some] for name, some in groups.items()} == {
        "M. Exemple": ["o3"], "Mme Zèle": ["o4", "o1"], None: ["o2"],
    }  # fmt: skip
    assert list(groups) == ["M. Exemple", "Mme Zèle", None]


def test_groups_by_territory_begin_with_the_one_that_has_most_calls() -> None:
    rows = [
        organisation("o1", tier=Tier.A, commune=ARRAS),
        organisation("o2", tier=Tier.A, commune=LENS),
        organisation("o3", tier=Tier.A, commune=LENS),
        organisation("o4", tier=Tier.A),
    ]
    of = relations(rows, contacts={row.id: heard(100) for row in rows})
    calls = [call.due for call in call_list(of)]
    names = {where.name if where else None: len(some) for where, some in by_territory(of, calls, Level.EPCI).items()}
    assert list(names.items()) == [("CA de Lens - Liévin", 2), ("CU d'Arras", 1), (None, 1)]
    assert [where.code if where else None for where in by_territory(of, calls, Level.DEPARTEMENT)] == ["62", None]


def test_a_day_leaves_room_for_a_few_calls_only() -> None:
    assert shown(plan(MONDAY, EVERYONE))[0] == [each.id for each in EVERYONE[:PER_DAY]]
