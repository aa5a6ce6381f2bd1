from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.analytics.coverage import Coverage, adjacent, coverage, explain
from crm.analytics.graph import Relations
from graph_schema.territory import Level
from graph_schema.vocabularies import Function, Kind
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import altered, heard, hosting, networks, new_id, organisation, relations, renamed
from tests.crm.analytics.territories import (
    AMIENS,
    ARRAS,
    ARRAS_CU,
    CALAIS,
    HANDICAP,
    LENS,
    LENS_LIEVIN,
    LILLE,
    TERNOIS,
    active,
    at,
    disability,
)


@pytest.mark.parametrize(
    ("level", "code"),
    [(Level.COMMUNE, LENS), (Level.EPCI, LENS_LIEVIN), (Level.DEPARTEMENT, "62"), (Level.REGION, "32")],
)
def test_an_organisation_counts_where_it_sits_at_every_level(level: Level, code: str) -> None:
    cell = at(active(disability("o1", LENS)), level, code)
    assert (cell.state, cell.partners) == (Coverage.THIN, ("o1",))


def test_two_active_partners_cover_one_is_thin() -> None:
    of = active(disability("o1", LENS), disability("o2", ARRAS))
    assert at(of, Level.DEPARTEMENT, "62").state is Coverage.COVERED
    assert explain(of, at(of, Level.DEPARTEMENT, "62")) == "2 partenaires actifs."
    assert at(of, Level.EPCI, LENS_LIEVIN).state is Coverage.THIN
    assert explain(of, at(of, Level.EPCI, LENS_LIEVIN)) == f"Un seul partenaire actif{NBSP}: Structure o1."


def test_serving_a_region_counts_for_all_that_lies_in_it_and_nothing_else() -> None:
    of = active(disability("o1"), serving=[("o1", "region:32")])
    assert at(of, Level.COMMUNE, AMIENS).partners == ("o1",)
    assert at(of, Level.EPCI, TERNOIS).partners == ("o1",)
    assert at(of, Level.DEPARTEMENT, "02").partners == ("o1",)
    assert at(of, Level.DEPARTEMENT, "75").partners == ()


def test_serving_a_commune_counts_for_the_larger_territories() -> None:
    of = active(disability("o1"), serving=[("o1", f"commune:{LENS}")])
    assert at(of, Level.EPCI, LENS_LIEVIN).partners == ("o1",)
    assert at(of, Level.REGION, "32").partners == ("o1",)
    assert at(of, Level.EPCI, ARRAS_CU).partners == ()


def test_an_epci_across_two_departements_counts_in_both() -> None:
    of = active(disability("o1"), serving=[("o1", f"epci:{TERNOIS}")])
    assert [at(of, Level.DEPARTEMENT, code).partners for code in ("62", "80", "59")] == [("o1",), ("o1",), ()]


def test_sitting_and_serving_the_same_place_counts_once() -> None:
    of = active(disability("o1", LENS), serving=[("o1", "departement:62"), ("o1", "region:32")])
    assert at(of, Level.DEPARTEMENT, "62").partners == ("o1",)
    assert at(of, Level.COMMUNE, LENS).partners == ("o1",)


def test_an_arrondissement_counts_in_its_commune() -> None:
    assert at(active(disability("o1", "75115")), Level.COMMUNE, "75056").partners == ("o1",)


def test_declared_functions_win_over_those_of_the_kind() -> None:
    row = organisation("o1", Kind.ADAPTED, commune=LENS, functions=(Function.INSERTION,))
    of = active(row, zone=("departement:62",))
    states = {cell.function: cell.state for cell in coverage(of, Level.DEPARTEMENT) if cell.code == "62"}
    assert states[Function.INSERTION] is Coverage.THIN
    assert states[HANDICAP] is Coverage.WHITE


def test_a_dormant_partner_there_makes_a_cell_reachable() -> None:
    of = relations([disability("o1", LENS)], contacts={"o1": heard(400)})
    cell = at(of, Level.DEPARTEMENT, "62")
    assert (cell.state, cell.partners, cell.dormant) == (Coverage.REACHABLE, (), ("o1",))
    assert explain(of, cell) == f"Aucun partenaire actif. À réveiller{NBSP}: Structure o1."
    assert at(of, Level.DEPARTEMENT, "59").state is Coverage.WHITE


def test_neither_a_candidate_nor_a_closed_one_counts() -> None:
    rows = [disability("o1", LENS), organisation("o2", Kind.DISABILITY, commune=LENS, closed=True)]
    of = relations(rows, contacts={"o2": heard(1)}, engagements=[hosting("o2")])
    assert at(of, Level.DEPARTEMENT, "62").state is Coverage.WHITE


def test_next_door_is_an_adjacent_departement() -> None:
    of = active(disability("o1", LILLE))
    assert at(of, Level.DEPARTEMENT, "62").state is Coverage.REACHABLE
    assert at(of, Level.DEPARTEMENT, "76").state is Coverage.WHITE
    assert at(of, Level.DEPARTEMENT, "76").nearest == "o1"


def test_next_door_is_a_region_with_an_adjacent_departement() -> None:
    assert adjacent(Level.REGION, "32") == {"11", "28", "44"}
    of = active(disability("o1", LILLE))
    assert at(of, Level.REGION, "11").state is Coverage.REACHABLE
    assert at(of, Level.REGION, "93").state is Coverage.WHITE


def test_next_door_is_within_the_radius_for_a_commune() -> None:
    of = active(disability("o1", ARRAS))
    lens = at(of, Level.COMMUNE, LENS)
    assert lens.distance_km is not None
    assert round(lens.distance_km, 1) == 15.9
    assert (lens.state, lens.nearest, lens.approximate) == (Coverage.REACHABLE, "o1", False)
    assert explain(of, lens) == (f"Aucun partenaire actif. Le plus proche{NBSP}: Structure o1, 16{NBSP}km, actif.")
    assert at(of, Level.COMMUNE, LENS, lens.distance_km).state is Coverage.REACHABLE
    assert at(of, Level.COMMUNE, LENS, 15.9).state is Coverage.WHITE


def test_a_partner_beyond_the_declared_zone_is_still_next_door() -> None:
    of = active(disability("o1", ARRAS), disability("o2", LILLE), zone=(f"commune:{LENS}",))
    assert [cell.state for cell in coverage(of, Level.COMMUNE, [HANDICAP])] == [Coverage.REACHABLE]


def test_an_organisation_s_own_point_wins_over_its_commune_s() -> None:
    cell = at(active(disability("o1", ARRAS, latitude=50.433, longitude=2.82791)), Level.COMMUNE, LENS)
    assert cell.distance_km == pytest.approx(0, abs=0.001)


def test_the_distance_from_an_epci_is_approximate() -> None:
    assert at(active(disability("o1", ARRAS)), Level.EPCI, LENS_LIEVIN).approximate


def test_only_the_declared_zone_counts_at_the_level_asked() -> None:
    of = active(disability("o1", LENS), zone=("departement:62", f"epci:{TERNOIS}", "region:unknown", "nonsense"))
    departements = coverage(of, Level.DEPARTEMENT, [HANDICAP])
    assert [cell.territory for cell in departements] == ["departement:62", "departement:80"]
    assert len(coverage(of, Level.EPCI, [HANDICAP])) == 20
    assert [cell.code for cell in coverage(of, Level.REGION, [HANDICAP])] == ["32"]


def test_without_a_zone_every_territory_counts_once_per_function() -> None:
    cells = coverage(active(disability("o1", LENS)), Level.DEPARTEMENT)
    assert len(cells) == len({(cell.code, cell.function) for cell in cells}) == 101 * len(Function)


@settings(deadline=None, max_examples=40)
@given(networks(), st.sampled_from([Level.EPCI, Level.DEPARTEMENT, Level.REGION]))
def test_renaming_ids_changes_no_coverage(of: Relations, level: Level) -> None:
    of = altered(of, zone=("departement:62", "departement:59"))
    before = coverage(of, level, [HANDICAP, Function.EMPLOYER])
    after = coverage(renamed(of), level, [HANDICAP, Function.EMPLOYER])
    assert after == tuple(
        cell._replace(
            partners=tuple(new_id(id) for id in cell.partners),
            dormant=tuple(new_id(id) for id in cell.dormant),
            nearest=cell.nearest and new_id(cell.nearest),
        )
        for cell in before
    )


@settings(deadline=None, max_examples=40)
@given(networks(), st.sampled_from([LENS, CALAIS, AMIENS]), st.sampled_from([Level.EPCI, Level.DEPARTEMENT]))
def test_adding_an_active_partner_never_shrinks_coverage(of: Relations, commune: str, level: Level) -> None:
    of = altered(of, zone=("region:32",))
    snapshot = of.snapshot
    more = altered(
        of,
        organisations={**snapshot.organisations, "new": disability("new", commune)},
        engagements=(*snapshot.engagements, hosting("new", ends=date(2027, 1, 1))),
    )
    order = list(Coverage)
    before, after = coverage(of, level, [HANDICAP]), coverage(more, level, [HANDICAP])
    assert all(order.index(a.state) <= order.index(b.state) for a, b in zip(after, before, strict=True))


def test_an_organisation_without_function_or_in_no_known_place_counts_nowhere() -> None:
    of = active(organisation("o1", Kind.OTHER, commune=LENS), disability("o2", "99999"), zone=("region:32",))
    assert {cell.state for cell in coverage(of, Level.DEPARTEMENT)} == {Coverage.WHITE}


def test_nothing_is_white_before_a_zone_is_declared_nor_outside_of_it() -> None:
    nowhere, ours = active(disability("o1", LENS)), active(disability("o1", LENS), zone=("region:32",))
    states = {cell.code: cell.state for cell in coverage(nowhere, Level.DEPARTEMENT, [HANDICAP])}
    assert set(states.values()) == {Coverage.THIN, Coverage.REACHABLE, Coverage.OUTSIDE}
    (far,) = coverage(ours, Level.DEPARTEMENT, [HANDICAP], area="departement:13")
    assert far.state is Coverage.OUTSIDE
    assert "Hors de votre zone." in explain(ours, far)
    (near,) = coverage(ours, Level.DEPARTEMENT, [HANDICAP], area="departement:02")
    assert near.state is Coverage.WHITE
