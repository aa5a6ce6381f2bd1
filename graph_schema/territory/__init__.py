"""The official territory of France, packaged: communes, EPCI, départements and régions, overseas included.

Nothing is read at import; each table is read once, on first use. Where the data come from: `sources()`.
"""

from graph_schema.territory.branch import Branch, branches
from graph_schema.territory.credits import Credit, sources
from graph_schema.territory.departement_map import VIEW_BOX, adjacency, neighbours, outline, outlines
from graph_schema.territory.hierarchy import above, ancestors, chain, descendants, population_of
from graph_schema.territory.places import (
    Level,
    PartKind,
    Place,
    PlaceWithin,
    Point,
    distance_km,
    parse_territory_id,
    territory_id,
)
from graph_schema.territory.reference import (
    cog_year,
    communes,
    departements,
    epcis,
    parts,
    place,
    population_year,
    regions,
)
from graph_schema.territory.resolution import Reason, Resolution, resolve_commune
from graph_schema.text import fold

__all__ = [
    "VIEW_BOX",
    "Branch",
    "Credit",
    "Level",
    "PartKind",
    "Place",
    "PlaceWithin",
    "Point",
    "Reason",
    "Resolution",
    "above",
    "adjacency",
    "ancestors",
    "branches",
    "chain",
    "cog_year",
    "communes",
    "departements",
    "descendants",
    "distance_km",
    "epcis",
    "fold",
    "neighbours",
    "outline",
    "outlines",
    "parse_territory_id",
    "parts",
    "place",
    "population_of",
    "population_year",
    "regions",
    "resolve_commune",
    "sources",
    "territory_id",
]
