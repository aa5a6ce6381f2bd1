"""A territory typed by its name is the one that people mean."""

import pytest

from graph_schema.territory import Level, place
from ui.screens.partners.places import named, said


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("pas de calais", "departement:62"),
        ("HAUTS-DE-FRANCE", "region:32"),
        ("Lens", "commune:62498"),
        ("62", "departement:62"),
        ("2a", "departement:2A"),
        ("974", "departement:974"),
        ("Saint-Denis", "commune:97411"),
        ("atlantide", None),
        ("", None),
    ],
)
def test_a_name_is_its_largest_territory_then_its_most_populated_commune(text: str, id: str | None) -> None:
    assert named(text) == id


def test_a_commune_is_said_with_its_departement() -> None:
    lens, nord = place(Level.COMMUNE, "62498"), place(Level.DEPARTEMENT, "59")
    assert lens is not None
    assert nord is not None
    assert (said(lens), said(nord)) == ("Lens (62)", "Nord (59), département")
