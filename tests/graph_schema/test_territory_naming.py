"""A place inside a sentence is named as French names it."""

import pytest

from graph_schema.territory import Level, departements, parse_territory_id, place, regions
from graph_schema.territory.naming import named, within


@pytest.mark.parametrize(
    ("id", "object", "where"),
    [
        ("departement:80", "la Somme", "dans la Somme"),
        ("departement:59", "le Nord", "dans le Nord"),
        ("departement:02", "l'Aisne", "dans l'Aisne"),
        ("departement:34", "l'Hérault", "dans l'Hérault"),
        ("departement:31", "la Haute-Garonne", "dans la Haute-Garonne"),
        ("departement:68", "le Haut-Rhin", "dans le Haut-Rhin"),
        ("departement:78", "les Yvelines", "dans les Yvelines"),
        ("departement:75", "Paris", "à Paris"),
        ("departement:971", "la Guadeloupe", "en Guadeloupe"),
        ("departement:974", "La Réunion", "à La Réunion"),
        ("departement:2A", "la Corse-du-Sud", "en Corse-du-Sud"),
        ("region:32", "les Hauts-de-France", "dans les Hauts-de-France"),
        ("region:24", "le Centre-Val de Loire", "en Centre-Val de Loire"),
        ("region:11", "l'Île-de-France", "en Île-de-France"),
        ("region:44", "le Grand Est", "dans le Grand Est"),
        ("commune:62041", "Arras", "à Arras"),
        ("commune:76351", "Le Havre", "au Havre"),
        ("commune:85194", "Les Sables-d'Olonne", "aux Sables-d'Olonne"),
        ("epci:246700488", "l'Eurométropole de Strasbourg", "dans l'Eurométropole de Strasbourg"),
        ("epci:243300316", "Bordeaux Métropole", "à Bordeaux Métropole"),
    ],
)  # fmt: skip
def test_article_and_preposition(id: str, object: str, where: str) -> None:
    here = place(*parse_territory_id(id))
    assert here is not None
    assert (named(here), within(here)) == (object, where)


def test_no_departement_or_region_is_named_without_a_preposition() -> None:
    for level, codes in ((Level.DEPARTEMENT, departements()), (Level.REGION, regions())):
        for code in codes:
            here = place(level, code)
            assert here is not None
            assert within(here).startswith(("dans le ", "dans la ", "dans les ", "dans l'", "en ", "à ")), within(here)
