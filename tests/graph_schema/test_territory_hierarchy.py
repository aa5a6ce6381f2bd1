"""Up, down, across and how far: the algebra of places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema import territory
from graph_schema.territory import Level, Place, Point

places = st.deferred(
    lambda: (
        st.sampled_from(list(territory.communes().values()))
        | st.sampled_from(list(territory.epcis().values()))
        | st.sampled_from(list(territory.departements().values()))
        | st.sampled_from(list(territory.regions().values()))
    )
)
points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
loading = settings(deadline=None)  # the first example of each reads the packaged tables


def test_a_commune_lies_in_its_epci_departement_and_region() -> None:
    assert territory.ancestors(Level.COMMUNE, "62498") == (
        (Level.COMMUNE, "62498"),
        (Level.EPCI, "246200364"),
        (Level.DEPARTEMENT, "62"),
        (Level.REGION, "32"),
    )
    assert territory.ancestors(Level.COMMUNE, "99999") == ()


def test_a_region_holds_its_departements_and_nothing_larger() -> None:
    assert territory.descendants(Level.REGION, "32", Level.DEPARTEMENT) == ("02", "59", "60", "62", "80")
    assert territory.descendants(Level.REGION, "94", Level.DEPARTEMENT) == ("2A", "2B")
    assert territory.descendants(Level.DEPARTEMENT, "62", Level.REGION) == ()
    assert territory.descendants(Level.DEPARTEMENT, "75", Level.COMMUNE) == ("75056",)
    assert territory.descendants(Level.REGION, "99", Level.COMMUNE) == ()


@loading
@given(places)
def test_descendants_are_those_who_name_the_place_among_their_ancestors(place: Place) -> None:
    for level, code in territory.ancestors(place.level, place.code):
        assert place.code in territory.descendants(level, code, place.level)
    for level in Level:
        for code in territory.descendants(place.level, place.code, level)[:50]:
            assert (place.level, place.code) in territory.ancestors(level, code)


def test_an_epci_lies_in_every_departement_that_holds_one_of_its_communes_each_in_its_own_region() -> None:
    assert territory.above(Level.EPCI, "200069672") == ((Level.DEPARTEMENT, "62"), (Level.DEPARTEMENT, "80"))
    chain = territory.chain(Level.EPCI, "200070308")  # in two régions
    assert set(chain) == {
        ("epci:200070308", "departement:01"), ("epci:200070308", "departement:71"),
        ("departement:01", "region:84"), ("departement:71", "region:27"),
    }  # fmt: skip
    assert territory.above(Level.REGION, "32") == territory.above(Level.COMMUNE, "99999") == ()


def test_a_commune_names_its_own_departement_where_its_epci_does_not_tell() -> None:
    assert territory.above(Level.COMMUNE, "62498") == ((Level.EPCI, "246200364"),)
    assert territory.above(Level.COMMUNE, "80810") == ((Level.EPCI, "200069672"), (Level.DEPARTEMENT, "80"))
    alone = next(each for each in territory.communes().values() if each.epci is None)
    assert territory.above(Level.COMMUNE, alone.code) == ((Level.DEPARTEMENT, alone.departement),)


@loading
@given(places)
def test_a_chain_reaches_all_that_a_place_lies_in_and_nothing_else(place: Place) -> None:
    reached = {place.id}
    for lower, upper in territory.chain(place.level, place.code):
        assert lower in reached
        reached.add(upper)
        assert territory.parse_territory_id(upper) in territory.above(*territory.parse_territory_id(lower))
    everything = {territory.territory_id(*each) for each in territory.ancestors(place.level, place.code)}
    if place.level is Level.COMMUNE:
        assert everything <= reached  # and the other départements of its EPCI
    else:
        assert everything == reached


@loading
@given(places)
def test_an_identifier_leads_back_to_its_place(place: Place) -> None:
    assert territory.parse_territory_id(place.id) == (place.level, place.code)
    assert territory.place(*territory.parse_territory_id(place.id)) == place


@pytest.mark.parametrize("text", ["", "commune", "commune:", "canton:62", "62498"])
def test_what_is_not_an_identifier_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="commune:62498"):
        territory.parse_territory_id(text)


def test_people_are_counted_once_where_territories_overlap() -> None:
    whole = territory.departements()["62"].population
    assert territory.population_of(["departement:62", "commune:62498", "epci:246200364"]) == whole
    assert territory.population_of([]) == 0
    with pytest.raises(ValueError, match="commune:99999"):
        territory.population_of(["commune:99999"])


@loading
@given(st.lists(places, max_size=4), places)
def test_adding_a_territory_never_removes_people(chosen: list[Place], added: Place) -> None:
    before = territory.population_of(place.id for place in chosen)
    after = territory.population_of([*(place.id for place in chosen), added.id])
    assert max(before, added.population) <= after <= before + added.population


@loading
@given(points, points, points)
def test_distance_is_one_between_points_on_the_sphere(a: Point, b: Point, c: Point) -> None:
    ab, bc, ac = territory.distance_km(a, b), territory.distance_km(b, c), territory.distance_km(a, c)
    assert ab is not None
    assert bc is not None
    assert ac is not None
    assert ab == territory.distance_km(b, a)
    assert territory.distance_km(a, a) == 0
    assert 0 <= ac <= ab + bc + 1e-3
    assert ac <= 20_016


def test_known_distances_are_right_and_an_unknown_point_has_none() -> None:
    paris, marseille = territory.communes()["75056"], territory.communes()["13055"]
    assert territory.distance_km(paris, marseille) == pytest.approx(661, abs=3)
    assert territory.distance_km(paris, None) is None
    assert territory.distance_km(paris._replace(lat=None), marseille) is None
