"""Values as people read them."""

import pytest

from graph_schema.records import Value
from graph_schema.registry import SCHEMA
from graph_schema.wording import NARROW
from ui.fields import said


@pytest.mark.parametrize(
    ("type", "field", "value", "words"),
    [
        ("Organisation", "kind", "iae", "Structure d'insertion (IAE)"),
        ("Organisation", "kind", "disparu", "disparu"),
        ("Organisation", "functions", ["spe", "handicap"], "Service public de l'emploi, Handicap"),
        ("Organisation", "closed", False, "non"),
        ("Organisation", "latitude", 50.25, "50,25"),
        ("Organisation", "longitude", 3, "3"),
        ("Organisation", "note", None, "—"),
        ("Organisation", "tags", [], "—"),
        ("Person", "informed_on", "2026-03-01", "01/03/2026"),
        ("Territory", "population", 48000, "48000"),
    ],
)
def test_a_value_is_said(type: str, field: str, value: Value | None, words: str) -> None:
    assert said(SCHEMA.type(type).fields[field], value).replace(NARROW, "") == words
