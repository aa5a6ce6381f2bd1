"""The packaged places: complete, consistent, and read only when asked for."""

import subprocess
import sys
from collections import Counter

import pytest

from graph_schema import territory
from graph_schema.territory import Level, PartKind

OVERSEAS = {"971", "972", "973", "974", "976"}


def test_every_place_of_the_official_geography_is_there() -> None:
    assert 34_800 < len(territory.communes()) < 35_000
    assert 1_240 < len(territory.epcis()) < 1_270
    assert len(territory.departements()) == 101
    assert len(territory.regions()) == 18
    assert set(territory.departements()) > OVERSEAS | {"2A", "2B"}
    assert territory.cog_year() == 2026


def test_every_commune_lies_in_a_known_departement_and_region() -> None:
    for commune in territory.communes().values():
        assert commune.departement is not None
        assert commune.code.startswith(commune.departement)
        assert commune.region == territory.departements()[commune.departement].region
        assert commune.region in territory.regions()
        assert commune.epci is None or commune.epci in territory.epcis()


def test_only_the_islands_that_the_law_excuses_have_no_epci() -> None:
    alone = {commune.name for commune in territory.communes().values() if commune.epci is None}
    assert alone == {"Île-de-Bréhat", "L'Île-d'Yeu", "Île-de-Sein", "Ouessant"}


def test_every_commune_with_inhabitants_has_a_postal_code_of_five_digits() -> None:
    for commune in territory.communes().values():
        assert all(len(each) == 5 and each.isdigit() for each in commune.postal_codes)
        assert commune.postal_codes or commune.population == 0, commune


def test_populations_agree_between_levels() -> None:
    communes = territory.communes().values()
    total = sum(commune.population for commune in communes)
    assert 68_000_000 < total < 69_000_000
    for level, places in ((Level.DEPARTEMENT, territory.departements()), (Level.REGION, territory.regions())):
        counted = Counter[str]()
        for commune in communes:
            counted[getattr(commune, level.value)] += commune.population
        assert counted == {code: each.population for code, each in places.items()}
    for epci in territory.epcis().values():
        assert epci.population == territory.population_of([epci.id])


def test_every_point_lies_where_its_departement_does() -> None:
    for commune in territory.communes().values():
        assert commune.lat is not None
        assert commune.lon is not None
        assert commune.departement is not None
        limit = 260 if commune.departement == "973" else 130
        distance = territory.distance_km(commune, territory.departements()[commune.departement])
        assert distance is not None
        assert distance < limit, commune


def test_points_are_exact_for_most_people_and_say_when_they_are_not() -> None:
    exact = [commune for commune in territory.communes().values() if not commune.approximate]
    assert sum(commune.population for commune in exact) > 0.88 * 68_350_000
    assert all(place.approximate for place in territory.departements().values())
    lens, lille = territory.communes()["62498"], territory.communes()["59350"]
    assert not lens.approximate
    assert territory.distance_km(lens, lille) == pytest.approx(28, abs=3)


def test_homonyms_of_one_region_have_each_their_own_point() -> None:
    ardeche, haute_loire = territory.communes()["07199"], territory.communes()["43165"]
    assert ardeche.name == haute_loire.name == "Rosières"
    assert (territory.distance_km(ardeche, haute_loire) or 0) > 50


def test_an_epci_over_two_departements_belongs_to_neither_alone() -> None:
    spanning = [epci for epci in territory.epcis().values() if epci.departement is None]
    assert 60 < len(spanning) < 130
    for epci in spanning:
        departements = [
            code for level, code in territory.ancestors(Level.EPCI, epci.code) if level is Level.DEPARTEMENT
        ]
        assert len(departements) > 1
        assert departements == sorted(departements)


def test_parts_lead_to_communes_of_today() -> None:
    kinds = Counter(part.kind for part in territory.parts())
    assert kinds[PartKind.ARRONDISSEMENT] == 20 + 9 + 16
    assert kinds[PartKind.DELEGUEE] > 2_000
    assert kinds[PartKind.ASSOCIEE] > 400
    assert kinds[PartKind.FORMER] > 1_000
    assert all(part.commune in territory.communes() for part in territory.parts())
    assert all(part.name or part.kind is PartKind.FORMER for part in territory.parts())


def test_a_place_that_does_not_exist_is_none() -> None:
    assert territory.place(Level.COMMUNE, "99999") is None
    assert territory.place(Level.COMMUNE, "75115") is None
    assert (territory.place(Level.REGION, "32") or territory.regions()["11"]).name == "Hauts-de-France"


def test_branches_have_an_idcc_of_four_digits_and_a_name() -> None:
    assert territory.branches()["0016"].name.startswith("Transports routiers")
    for idcc, branch in territory.branches().items():
        assert len(idcc) == 4
        assert idcc.isdigit()
        assert branch.idcc == idcc
        assert branch.name
        assert branch.headcount is None or branch.headcount > 0


def test_every_source_says_its_licence_and_how_to_name_it() -> None:
    assert len(territory.sources()) == 4
    for source in territory.sources():
        assert source.licence
        assert source.version
        assert source.retrieved_on.year >= 2026
        assert source.attribution.endswith(".")
        assert "http" not in " ".join(map(str, source))


def test_nothing_is_read_before_it_is_asked_for() -> None:
    reads = "t.communes, t.epcis, t.departements, t.regions, t.parts, t.outlines, t.adjacency, t.branches, t.sources"
    check = f"from graph_schema import territory as t; print(sum(each.cache_info().currsize for each in ({reads})))"
    done = subprocess.run([sys.executable, "-c", check], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "0"
