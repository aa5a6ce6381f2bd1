from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.nearest import Nearest, Spot
from graph_schema.territory import distance_km

POINTS = st.tuples(st.floats(-25, 55), st.floats(-65, 60)) | st.tuples(st.floats(42, 51), st.floats(-5, 8))


def test_without_any_spot_there_is_no_nearest() -> None:
    assert Nearest([]).to((50.0, 2.8)) is None


def test_the_nearest_is_found_across_the_edge_of_a_square() -> None:
    near, far = Spot("near", (50.51, 2.51), False), Spot("far", (50.01, 2.01), False)
    found = Nearest([far, near]).to((50.49, 2.49))
    assert found is not None
    assert found[0] == near


@given(st.lists(POINTS, min_size=1, max_size=30), POINTS)
def test_the_grid_gives_what_trying_them_all_would(
    points: list[tuple[float, float]], here: tuple[float, float]
) -> None:
    spots = [Spot(str(n), point, False) for n, point in enumerate(points)]
    found = Nearest(spots).to(here)
    assert found is not None
    assert found[1] == min(distance_km(point, here) or 0.0 for point in points)
