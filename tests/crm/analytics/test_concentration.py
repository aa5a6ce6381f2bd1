"""How things are shared, computed by hand and said in words."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.analytics.concentration import Concentration, Subject, concentrations, herfindahl
from graph_schema.snapshot import Engagement, Nature
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import agreement, days_ago, hosting, link, organisation, relations

NUMBERS = st.dictionaries(st.text(min_size=1), st.integers(1, 1000), min_size=1)


def shared(*hosts: str) -> Concentration:
    """So many hostings, one for each name."""
    rows = [organisation(id, name=id.upper()) for id in sorted(set(hosts))]
    acts = [Engagement(id, Nature.HOSTING, days_ago(30), None, f"act {at}") for at, id in enumerate(hosts)]
    (found,) = concentrations(relations(rows, engagements=acts))
    return found


def test_shares_and_index_are_as_by_hand() -> None:
    found = shared("a", "a", "a", "b")
    assert [(each.id, each.number, each.share) for each in found.shares] == [("a", 3, 0.75), ("b", 1, 0.25)]
    assert (found.total, found.herfindahl, found.equivalent) == (4, 0.625, 1.6)
    assert found.sentence == (
        f"A porte 3 de vos 4 accueils (75{NBSP}%). À parts égales, cela vaut 1,6 structures{NBSP}: tout repose sur"
        " peu de structures. Avant un départ, cherchez d'autres entreprises d'accueil pour les mêmes formations."
    )


def test_a_single_host_and_well_spread_ones_are_said_otherwise() -> None:
    assert shared("a", "a").sentence.startswith(f"Tout repose sur A{NBSP}: cherchez")
    spread = shared(*"abcdefgh").sentence
    assert spread.startswith(f"8 accueils, à parts égales entre 8 structures{NBSP}: c'est bien réparti.")
    assert spread.endswith("c'est bien réparti.")
    assert "assez concentré" in shared(*"aabbcde").sentence


def test_what_counts_is_of_the_window_or_in_force_and_each_act_once() -> None:
    rows = [organisation("o1"), organisation("o2")]
    acts = [
        hosting("o1", days=700, ends=days_ago(500)),
        agreement("o1", days_ago(900), days_ago(10)),
        agreement("o2", days_ago(900)),
        agreement("o2", days_ago(900)),
    ]
    funds = [link("Funds", "o1", "programme-1"), link("Funds", "o1", "programme-2"), link("Funds", "o2", "programme-1")]
    found = {each.subject: each for each in concentrations(relations(rows, links=funds, engagements=acts))}
    assert found.keys() == {Subject.AGREEMENTS, Subject.FUNDING}
    assert [(s.id, s.number) for s in found[Subject.AGREEMENTS].shares] == [("o2", 1)]
    assert [(s.id, s.number) for s in found[Subject.FUNDING].shares] == [("o1", 2), ("o2", 1)]


def test_an_act_of_several_partners_is_counted_once_and_equal_funders_are_told_no_lie() -> None:
    rows = [organisation(id) for id in ("o1", "o2", "o3", "o4")]
    acts = [agreement("o1", days_ago(100)), agreement("o2", days_ago(100))]
    acts.append(agreement("o1", days_ago(50))._replace(subject="another"))
    funds = [link("Funds", row.id, f"programme-{row.id}") for row in rows]
    found = {each.subject: each for each in concentrations(relations(rows, links=funds, engagements=acts))}
    assert found[Subject.AGREEMENTS].total == 2
    assert f"porte 2 de vos 2 conventions (100{NBSP}%)" in found[Subject.AGREEMENTS].sentence
    assert found[Subject.FUNDING].sentence == (
        f"4 financements, à parts égales entre 4 structures{NBSP}: c'est bien partagé, entre peu de structures."
    )


def test_a_network_without_any_act_has_nothing_to_share() -> None:
    assert concentrations(relations([organisation("o1")])) == ()


@settings(deadline=None)
@given(NUMBERS)
def test_the_index_is_between_equal_shares_and_one(numbers: dict[str, int]) -> None:
    exact = sum(Fraction(each, sum(numbers.values())) ** 2 for each in numbers.values())
    assert herfindahl(numbers) == pytest.approx(float(exact))
    assert 1 / len(numbers) - 1e-9 <= herfindahl(numbers) <= 1 + 1e-9


@settings(deadline=None)
@given(NUMBERS)
def test_two_that_join_are_more_concentrated_than_apart(numbers: dict[str, int]) -> None:
    if len(numbers) > 1:
        (one, first), (other, second), *rest = numbers.items()
        assert herfindahl({"both": first + second, **{f"{one}{other}{id}": n for id, n in rest}}) > herfindahl(numbers)


@given(NUMBERS)
def test_the_index_is_exact_in_whatever_order_things_are_counted(numbers: dict[str, int]) -> None:
    assert herfindahl(dict(reversed(numbers.items()))) == herfindahl(numbers)
    total = sum(numbers.values())
    assert herfindahl(numbers) == sum(Fraction(each, total) ** 2 for each in numbers.values())
