"""The place of a partner is found wherever its row says it, and never invented."""

import pytest

from importers.reading.addresses import locate
from importers.reading.places import find_commune

LENS, ARRAS = "62498", "62041"


@pytest.mark.parametrize(
    ("cells", "commune", "left"),
    [
        ({"address": "12 rue Fictive 62300 LENS CEDEX 9"}, LENS, "12 rue Fictive"),
        ({"address": "12 rue Fictive, 62300 Lens"}, LENS, "12 rue Fictive"),
        ({"address": "12 rue Fictive - 62 300 Lens"}, LENS, "12 rue Fictive"),
        ({"address": "12 rue Fictive\n62300 LENS\nFrance"}, LENS, "12 rue Fictive"),
        ({"address": "12 rue Fictive, F-62300 Lens"}, LENS, "12 rue Fictive"),
        ({"address": "12 rue Fictive, ARRAS (62000)"}, ARRAS, "12 rue Fictive"),
        ({"address": "BP 12345 - CS 70001 - 62000 ARRAS"}, ARRAS, "BP 12345 - CS 70001"),
        ({"address": "3 place du 8 mai 1945 62000 Arras."}, ARRAS, "3 place du 8 mai 1945"),
        ({"address": "62000 Arras"}, ARRAS, None),
        ({"address": "1 rue Fictive 75011 Paris 11e"}, "75056", "1 rue Fictive"),
        ({"address": "1 C AV FICTIVE 69008 LYON 8EME"}, "69123", "1 C AV FICTIVE"),
        ({"address": "1 rue Fictive 97400 Saint-Denis"}, "97411", "1 rue Fictive"),
        ({"city": "62000 Arras"}, ARRAS, None), ({"city": "ARRAS (62000)"}, ARRAS, None),
        ({"city": "Arras 62000"}, ARRAS, None), ({"postal_code": "62000 Arras"}, ARRAS, None),
        ({"postal_code": "62000", "city": "62000 Arras"}, ARRAS, None), ({"city": "Lens (62)"}, LENS, None),
        ({"city": "Lens - 62"}, LENS, None), ({"city": "62300 LENS CEDEX"}, LENS, None),
        # The columns say too little by themselves: the end of the address tells the rest.
        ({"postal_code": "62300", "address": "12 rue Fictive, Lens"}, LENS, "12 rue Fictive, Lens"),
        ({"city": "Saint-Denis", "address": "1 rue F 97400 Saint-Denis"}, "97411", "1 rue F 97400 Saint-Denis"),
    ],
)  # fmt: skip
def test_a_post_code_and_a_town_together_give_the_commune(
    cells: dict[str, str], commune: str, left: str | None
) -> None:
    values = dict(cells)
    assert locate(values).problem == ""
    assert (values["commune"], values.get("address")) == (commune, left)
    assert values.get("postal_code", "00000").isdigit()


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"address": "12 rue Fictive 62300"}, "address"), ({"address": "12 rue Fictive 99999 Nulle-Part"}, "address"),
        ({"city": "Ville-qui-n-existe-pas"}, "city"), ({"address": "12 rue Fictive 62300 Marseille"}, "address"),
    ],
)  # fmt: skip
def test_a_place_that_is_none_is_told_and_its_cells_are_left_as_they_are(cells: dict[str, str], field: str) -> None:
    values = dict(cells)
    located = locate(values)
    assert located.problem
    assert (located.field, values) == (field, cells)


@pytest.mark.parametrize("address", ["12 rue Fictive", "BP 12", "12 rue Fictive, bâtiment B", ""])
def test_an_address_without_any_place_says_nothing(address: str) -> None:
    values = {"address": address} if address else {}
    assert locate(values) == ("", "", "")
    assert "commune" not in values


@pytest.mark.parametrize(
    ("city", "code"), [("Le Havre", "76351"), ("L'Île-d'Yeu", "85113"), ("LES SABLES D'OLONNE", "85194")]
)
def test_communes_are_known_with_their_article(city: str, code: str) -> None:
    assert find_commune("", "", city).code == code


@pytest.mark.parametrize(
    "text", ["62300 " * 49, "62300 a" + " (" * 140, "1, " * 99, "a - " * 70 + "62300", "00000" * 60]
)
def test_any_address_is_read_at_once(text: str) -> None:
    """A cell of three hundred characters ends; longer ones hold no address."""
    values = {"address": text}
    assert locate(values).field in ("", "address")
