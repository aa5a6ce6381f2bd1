"""The map: an outline for each département, and the right neighbours."""

import re
from statistics import correlation

import pytest

from graph_schema import territory

OVERSEAS = {"971", "972", "973", "974", "976"}

# From any map of France; the pairs that meet along a short border, or nearly do, are all here.
NEIGHBOURS = {
    "01": "38 39 69 71 73 74",
    "04": "05 06 26 83 84",
    "07": "26 30 38 42 43 48 84",
    "12": "15 30 34 46 48 81 82",
    "13": "30 83 84",
    "14": "27 50 61 76",
    "18": "03 23 36 41 45 58",
    "24": "16 17 19 33 46 47 87",
    "2A": "2B",
    "33": "17 24 40 47",
    "35": "22 44 49 50 53 56",
    "38": "01 05 07 26 42 69 73",
    "44": "35 49 56 85",
    "49": "35 37 44 53 72 79 85 86",
    "53": "35 49 50 61 72",
    "57": "54 67",
    "59": "02 62 80",
    "62": "59 80",
    "68": "67 88 90",
    "70": "21 25 39 52 88 90",
    "75": "92 93 94",
    "77": "02 10 45 51 60 89 91 93 94 95",
    "80": "02 59 60 62 76",
    "83": "04 06 13 84",
    "84": "04 07 13 26 30 83",
    "88": "52 54 55 67 68 70 90",
    "90": "25 68 70 88",
    "91": "28 45 77 78 92 94",
    "95": "27 60 77 78 92 93",
}


@pytest.mark.parametrize(("departement", "expected"), NEIGHBOURS.items())
def test_neighbours_are_those_of_the_map(departement: str, expected: str) -> None:
    assert territory.neighbours(departement) == set(expected.split())


def test_being_neighbours_is_mutual_and_never_with_oneself() -> None:
    assert set(territory.adjacency()) == set(territory.departements())
    for code, others in territory.adjacency().items():
        assert code not in others
        assert all(code in territory.neighbours(other) for other in others)


def test_the_mainland_is_of_one_piece_and_the_rest_are_islands() -> None:
    reached, border = {"75"}, {"75"}
    while border:
        border = {other for code in border for other in territory.neighbours(code)} - reached
        reached |= border
    assert reached == set(territory.departements()) - OVERSEAS - {"2A", "2B"}
    assert not any(territory.neighbours(code) for code in OVERSEAS)


def test_every_departement_has_an_outline_inside_the_frame() -> None:
    assert set(territory.outlines()) == set(territory.departements())
    left, top, width, height = (float(number) for number in territory.VIEW_BOX.split())
    for code in territory.departements():
        path = territory.outline(code)
        assert re.fullmatch(r"(M-?[\d.]+ -?[\d.]+(l-?[\d.e-]+ -?[\d.e-]+)+z)+", path), code
        for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", path):
            assert left <= float(x) <= left + width
            assert top <= float(y) <= top + height


def test_outlines_stand_where_their_people_live() -> None:
    codes = [code for code in territory.departements() if code not in OVERSEAS]
    places = [territory.departements()[code] for code in codes]
    starts = [re.findall(r"^M(-?[\d.]+) (-?[\d.]+)", territory.outline(code))[0] for code in codes]
    assert correlation([float(x) for x, _ in starts], [place.lon or 0.0 for place in places]) > 0.97
    assert correlation([float(y) for _, y in starts], [place.lat or 0.0 for place in places]) < -0.97


def test_an_unknown_departement_is_refused() -> None:
    with pytest.raises(KeyError):
        territory.neighbours("20")
    with pytest.raises(KeyError):
        territory.outline("20")
