from crm.analytics.coverage import coverage
from crm.analytics.white_zones import WhiteZone, white_zones
from graph_schema.territory import Level, population_of
from graph_schema.vocabularies import Function
from graph_schema.wording import NBSP, number
from tests.crm.analytics.territories import HANDICAP, LILLE, TERNOIS, active, disability


def zones(level: Level, *communes: str, zone: tuple[str, ...] = ()) -> tuple[WhiteZone, ...]:
    of = active(*(disability(f"o{n}", commune) for n, commune in enumerate(communes)), zone=zone)
    return white_zones(of, coverage(of, level, [HANDICAP]))


def test_adjacent_departements_make_one_zone_and_an_island_another() -> None:
    territories = ("departement:62", "departement:59", "departement:80", "departement:2A", "departement:2B")
    north, corsica = zones(Level.DEPARTEMENT, zone=territories)
    assert north.names == ("Nord", "Pas-de-Calais", "Somme")
    assert set(corsica.territories) == {"departement:2A", "departement:2B"}


def test_what_an_active_partner_makes_reachable_parts_the_zones_on_both_sides() -> None:
    around = tuple(f"departement:{code}" for code in ("29", "22", "56", "35", "44", "85"))
    found = zones(Level.DEPARTEMENT, "35238", zone=around)
    assert {zone.names for zone in found} == {("Finistère",), ("Vendée",)}


def test_epci_of_one_departement_hold_together_and_one_that_spans_two_holds_both() -> None:
    north, south = zones(Level.EPCI, zone=("departement:59", "departement:2A"))
    assert len(north.territories) > len(south.territories) > 1
    (both,) = zones(Level.EPCI, zone=("departement:62", "departement:59"))  # CC Flandre Lys lies in both
    assert len(both.territories) == len(set(both.territories))


def test_an_epci_that_begins_in_another_departement_is_not_set_apart() -> None:
    (zone,) = zones(Level.EPCI, zone=("departement:80",))
    assert f"epci:{TERNOIS}" in zone.territories  # most of it lies in the Pas-de-Calais, whose code comes first


def test_a_zone_says_who_lives_there_and_who_is_nearest() -> None:
    (zone,) = zones(Level.EPCI, LILLE, zone=("epci:200069672",))
    population = population_of(["epci:200069672"])
    assert (zone.population, zone.nearest, zone.approximate) == (population, "o0", True)
    assert zone.distance_km is not None
    assert zone.sentence == (
        f"Aucun acteur du handicap{NBSP}: CC du Ternois (1 EPCI, {number(population)} habitants). "
        f"Le plus proche{NBSP}: Structure o0, environ {round(zone.distance_km)}{NBSP}km, actif."
    )


def test_with_no_active_partner_anywhere_the_sentence_says_so() -> None:
    (zone,) = zones(Level.REGION, zone=("region:94",))
    assert zone.sentence.endswith("Aucun partenaire actif de cette fonction.")


def test_every_function_and_level_can_be_said() -> None:
    of = active(zone=("commune:62498",))
    for level in Level:
        found = white_zones(of, coverage(of, level))
        assert [zone.function for zone in found] == list(Function)
        assert all(zone.sentence.startswith("Aucun") for zone in found)


def test_the_most_populous_zone_of_a_function_comes_first() -> None:
    found = zones(Level.DEPARTEMENT, zone=("departement:2A", "departement:59"))
    assert [zone.names for zone in found] == [("Nord",), ("Corse-du-Sud",)]
