"""What people write names a territory: an identifier, a code or a name."""

import pytest

from crm.records.territories import find, named_within
from graph_schema.territory import fold


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("departement:62", "departement:62"),
        ("62", "departement:62"),
        ("2a", "departement:2A"),
        ("974", "departement:974"),
        ("62498", "commune:62498"),
        ("246200364", "epci:246200364"),
        ("pas de calais", "departement:62"),
        (" Hauts-de-France ", "region:32"),
        ("lens", "commune:62498"),
    ],
)
def test_what_is_written_names_a_territory(text: str, id: str) -> None:
    assert find(text)[0].id == id


@pytest.mark.parametrize("text", ["", "zz", "99", "departement:99", "nulle part ailleurs"])
def test_what_names_none_finds_none(text: str) -> None:
    assert find(text) == []


def test_among_several_of_one_name_the_most_populated_comes_first() -> None:
    found = find("saint-denis")
    assert len(found) > 1
    assert [each.population for each in found] == sorted((each.population for each in found), reverse=True)


def test_names_that_stand_within_a_text_are_found_as_they_would_be_alone() -> None:
    label = "Hamel (59) · 3 y siègent"
    within = named_within([label])
    assert {"Hamel", "Ham"} <= {each.name for each in within}
    assert all(each == find(each.name)[0] for each in within)
    assert all(fold(each.name) in fold(label) for each in within)
