"""What the reference says of its sources: written beside the data, shown by the application."""

from datetime import date
from typing import Any

from tools.territory.downloads import BRANCHES, OFFICIAL, OUTLINES, POINTS

COG_YEAR = 2026
POPULATION_YEAR = 2023


def credits(retrieved_on: date) -> dict[str, Any]:
    """Return the content of `sources.json`."""
    rows = (
        {
            "name": "Découpage administratif : communes, EPCI, départements, régions, codes postaux, populations",
            "origin": f"npm package {OFFICIAL[0]}",
            "version": OFFICIAL[1],
            "licence": "Licence Ouverte 2.0",
            "vintage": f"Code officiel géographique au 1er janvier {COG_YEAR} ; populations de référence "
            f"{POPULATION_YEAR} (Mayotte : recensement de 2017)",
            "attribution": "Découpage administratif : Etalab, d'après l'Insee (Code officiel géographique, populations "
            "de référence), la DGCL (composition des EPCI) et La Poste (codes postaux), sous Licence Ouverte.",
        },
        {
            "name": "Coordonnées des communes",
            "origin": f"PyPI package {POINTS[0]} (lieux d'au moins 500 habitants)",
            "version": POINTS[1],
            "licence": "CC BY 4.0 (données GeoNames) ; MIT (paquet)",
            "vintage": "Extraction GeoNames de la version du paquet",
            "attribution": "Coordonnées des communes : GeoNames, sous licence CC BY 4.0 ; rapprochées des communes par "
            "nom et région, et complétées par la moyenne de l'EPCI là où elles manquent.",
        },
        {
            "name": "Contours et voisinage des départements",
            "origin": f"npm package {OUTLINES[0]}",
            "version": OUTLINES[1],
            "licence": "MIT",
            "vintage": "Découpage en 101 départements",
            "attribution": "Contours des départements : Système de Design de l'État, DSFR Chart, © 2021 DINUM, sous "
            "licence MIT ; modifiés (outre-mer replacé dans le cadre, coordonnées arrondies).",
        },
        {
            "name": "Branches professionnelles",
            "origin": f"npm package {BRANCHES[0]}",
            "version": BRANCHES[1],
            "licence": "Apache-2.0 (paquet) ; Licence Ouverte 2.0 (fonds KALI)",
            "vintage": "Conventions collectives aux effectifs les plus nombreux",
            "attribution": "Branches professionnelles : ministères sociaux (kali-data, licence Apache 2.0), d'après le "
            "fonds KALI de la DILA, sous Licence Ouverte.",
        },
    )
    return {
        "cog_year": COG_YEAR,
        "population_year": POPULATION_YEAR,
        "sources": [{**row, "retrieved_on": retrieved_on.isoformat()} for row in rows],
    }
