"""The picture of a map is one XML file that stands alone: title, legend with figures, sources, and nothing to fetch."""

from xml.etree import ElementTree

import pytest

from crm.analytics.coverage import Coverage
from graph_schema.territory import Level, departements, place
from ui import map_picture, map_shapes
from ui.look import coverage_mark
from ui.map import Area, Dot, Drawing

NORTH = ("59", "62", "80")
SVG = "{http://www.w3.org/2000/svg}"


def drawing(*codes: str, dots: bool = False) -> Drawing:
    states = [coverage_mark(state).tone for state in Coverage]
    areas = [Area(code, states[n % 4], f"<{code}> & co", f"?t={code}") for n, code in enumerate(codes)]
    spots = [Dot(500.0, 60.0, 1.0, tone, "Point", f"?p={n}") for n, tone in enumerate(states)] if dots else []
    return Drawing("Handicap, départements", areas, spots)


def texts(picture: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def test_the_picture_says_what_when_how_many_and_from_whom() -> None:
    said = texts(map_picture.svg(drawing(*NORTH), "Handicap · <Notre> zone", "Situation au 20 novembre 2026"))
    assert said[:2] == ["Handicap · <Notre> zone", "Situation au 20 novembre 2026"]
    assert {"Nord", "Pas-de-Calais", "Somme"} <= set(said)
    assert {"Couvert\u00a0: 1", "Fragile\u00a0: 1", "Atteignable\u00a0: 1", "Blanc\u00a0: 0"} <= set(said)
    assert "Licence Ouverte" in " ".join(said)


@pytest.mark.parametrize("codes", [NORTH, tuple(departements()), ("971",), ()])
def test_the_picture_needs_nothing_but_itself(codes: tuple[str, ...]) -> None:
    picture = map_picture.svg(drawing(*codes, dots=True), "Carte", "Jour").decode()
    root = ElementTree.fromstring(picture)
    assert picture.count("http") == 1  # the namespace
    assert all(each.tag != f"{SVG}script" for each in root.iter())
    assert len(list(root.iter(f"{SVG}circle"))) == 6  # five dots, and the one of a pattern


def test_a_place_is_drawn_inside_its_departement() -> None:
    for code, departement in (("62498", "62"), ("2A004", "2A"), ("97411", "974"), ("75056", "75")):
        where = place(Level.COMMUNE, code)
        assert where is not None
        x, y = map_shapes.spot(where) or (0.0, 0.0)
        box = map_shapes.box(departement)
        assert box.left < x < box.right
        assert box.top < y < box.bottom


def test_places_keep_their_directions() -> None:
    places = [place(Level.COMMUNE, code) for code in ("62193", "62498", "62041")]  # Calais, Lens, Arras
    spots = [map_shapes.spot(each) for each in places if each]
    (x0, y0), (x1, y1), (_, y2) = (spot for spot in spots if spot)
    assert x0 < x1
    assert y0 < y1 < y2
