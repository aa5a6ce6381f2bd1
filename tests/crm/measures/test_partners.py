"""The list of partners: filters, orders and counts agree with what a plain reading of each partner says."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.activity import Mobilisation
from crm.analytics.freshness import State
from crm.measures.measuring import Measures
from crm.measures.partners import EVERYONE, Filters, ListedPartner, Order, listing, territories
from graph_schema.snapshot import Contact
from graph_schema.territory import Level, Place, place
from graph_schema.vocabularies import Family, Function, Kind, Tier
from tests.crm.analytics.networks import agreement, days_ago, heard, link, organisation, relations

LENS, ARRAS, LILLE = "62498", "62041", "59350"


def measured(*rows: Any, **fields: Any) -> Measures:
    """The measures of a small network."""
    return Measures(1, relations(rows, **fields))


def names(measures: Measures, filters: Filters = EVERYONE, *order: Any) -> list[str]:
    """The names listed, in order."""
    return [partner.row.name for partner in listing(measures, filters, *order).partners]


def at(level: Level, code: str) -> Place:
    """A place that exists."""
    found = place(level, code)
    assert found is not None
    return found


SMALL = measured(
    organisation("1", name="Émeraude", tier=Tier.A, owner="J. Fictif", commune=LENS, tags=("club",)),
    organisation("2", name="eau claire", kind=Kind.BRANCH, commune=LILLE),
    organisation("3", name="Garage", owner="C. Exemple", commune=ARRAS, functions=(Function.SCHOOLS,)),
    organisation("4", name="Zéphyr", kind=Kind.DISABILITY),
    contacts={"1": heard(10), "2": heard(500), "3": Contact(days_ago(300), None, 1)},
    engagements=[agreement("1", days_ago(30), days_ago(-100)), agreement("3", days_ago(30))],
)


def test_without_a_filter_everyone_is_listed_by_name_accents_aside() -> None:
    assert names(SMALL) == ["eau claire", "Émeraude", "Garage", "Zéphyr"]


def test_terms_of_a_filter_add_up_and_filters_narrow_one_another() -> None:
    both = Filters(family=frozenset({Family.COMPANY, Family.BRANCH}))
    assert names(SMALL, both) == ["eau claire", "Émeraude", "Garage"]
    assert names(SMALL, Filters(family=both.family, state=frozenset({State.FRESH}))) == ["Émeraude"]
    assert names(SMALL, Filters(owner=frozenset({"personne"}))) == []


def test_a_declared_function_replaces_that_of_the_kind() -> None:
    assert names(SMALL, Filters(function=frozenset({Function.EMPLOYER}))) == ["Émeraude"]
    assert names(SMALL, Filters(function=frozenset({Function.SCHOOLS}))) == ["Garage"]


def test_counts_say_what_each_term_would_keep_the_other_filters_as_they_are() -> None:
    counts = listing(SMALL, Filters(family=frozenset({Family.COMPANY}), tier=frozenset({Tier.C}))).counts
    assert counts["family"] == {Family.COMPANY: 1, Family.BRANCH: 1, Family.INSTITUTION: 1}
    assert counts["tier"] == {Tier.A: 1, Tier.C: 1}
    assert counts["tag"] == {}
    assert counts["owner"] == {"C. Exemple": 1}


def test_only_a_page_is_returned_and_the_whole_is_counted() -> None:
    found = listing(SMALL, limit=3)
    assert (len(found.partners), found.total) == (3, 4)


def test_orders_sort_as_their_columns_say_and_what_has_no_value_comes_last_either_way() -> None:
    assert names(SMALL, EVERYONE, Order.LATE) == ["eau claire", "Garage", "Émeraude", "Zéphyr"]
    assert names(SMALL, EVERYONE, Order.RECENT) == ["Émeraude", "Garage", "eau claire", "Zéphyr"]
    assert names(SMALL, EVERYONE, Order.RECENT, True) == ["eau claire", "Garage", "Émeraude", "Zéphyr"]
    assert names(SMALL, EVERYONE, Order.AGREEMENT) == ["Émeraude", "Garage", "eau claire", "Zéphyr"]
    assert names(SMALL, EVERYONE, Order.TOWN) == ["Garage", "Émeraude", "eau claire", "Zéphyr"]
    assert names(SMALL, EVERYONE, Order.OWNER, True) == ["Émeraude", "Garage", "eau claire", "Zéphyr"]


def test_a_territory_keeps_who_sits_there_or_serves_a_part_of_it_or_a_larger_one() -> None:
    measures = measured(
        organisation("1", name="Sur place", commune=LENS),
        organisation("2", name="Ailleurs", commune=LILLE),
        organisation("3", name="Sert la région", commune="75056"),
        links=[link("Serves", "3", "region:32")],
    )
    assert names(measures, Filters(territory=at(Level.DEPARTEMENT, "62"))) == ["Sert la région", "Sur place"]
    assert names(measures, Filters(territory=at(Level.COMMUNE, ARRAS))) == ["Sert la région"]
    assert names(measures, Filters(territory=at(Level.REGION, "32"))) == ["Ailleurs", "Sert la région", "Sur place"]


def test_territories_count_who_sits_in_them_the_most_first() -> None:
    found = territories(SMALL)
    assert next(iter(found)) == at(Level.REGION, "32")
    assert (found[at(Level.REGION, "32")], found[at(Level.DEPARTEMENT, "62")], found[at(Level.COMMUNE, LENS)]) == (
        3,
        2,
        1,
    )


def test_a_text_keeps_names_and_communes_that_begin_with_its_words() -> None:
    assert names(SMALL, Filters(text="EME")) == ["Émeraude"]
    assert names(SMALL, Filters(text="gar arr")) == ["Garage"]
    assert names(SMALL, Filters(text="rage")) == []
    assert names(SMALL, Filters(text=" - ")) == names(SMALL)


def test_what_a_search_found_otherwise_is_kept_too_and_unknown_ids_are_nobody() -> None:
    assert names(SMALL, Filters(text="garage", found=frozenset({"4", "person"}))) == ["Garage", "Zéphyr"]
    assert names(SMALL, Filters(found=frozenset({"4"}))) == names(SMALL)


def test_an_empty_network_has_an_empty_list() -> None:
    assert listing(measured()) == ([], 0, {name: {} for name in listing(SMALL).counts})


ROWS = st.lists(
    st.builds(
        lambda **fields: fields,
        kind=st.sampled_from(Kind),
        tier=st.sampled_from(Tier),
        owner=st.sampled_from(["C. Exemple", "J. Fictif", None]),
        commune=st.sampled_from([LENS, ARRAS, LILLE, None]),
        closed=st.booleans(),
    ),
    max_size=40,
)
DAYS = st.lists(st.integers(0, 800).map(days_ago), max_size=40)


@given(
    ROWS,
    DAYS,
    st.frozensets(st.sampled_from(Family)),
    st.frozensets(st.sampled_from(State)),
    st.frozensets(st.sampled_from(Mobilisation)),
    st.sampled_from(Order),
    st.booleans(),
)
def test_the_list_is_what_reading_each_partner_would_keep(
    rows: list[dict[str, Any]],
    days: list[date],
    family: frozenset[Family],
    state: frozenset[State],
    standing: frozenset[Mobilisation],
    order: Order,
    backwards: bool,
) -> None:
    contacts = {str(number): Contact(day, None, 1) for number, day in enumerate(days)}
    measures = measured(*(organisation(str(n), **row) for n, row in enumerate(rows)), contacts=contacts)

    def keeps(partner: ListedPartner) -> bool:
        return (
            (not family or partner.row.family in family)
            and (not state or (partner.freshness.state in state and not partner.row.closed))
            and (not standing or partner.activity.standing in standing)
        )

    everyone = listing(measures, EVERYONE, order, backwards).partners
    found = listing(measures, Filters(family=family, state=state, standing=standing), order, backwards)
    assert found.partners == [partner for partner in everyone if keeps(partner)]
    assert found.total == len(found.partners)
    assert len(everyone) == len(rows)
