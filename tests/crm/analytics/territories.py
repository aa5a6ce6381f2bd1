"""Partners of the disability network placed around Lens, in real communes."""

from collections.abc import Iterable

from crm.analytics.coverage import RADIUS_KM, Cell, coverage
from crm.analytics.graph import Relations
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import Level, territory_id
from graph_schema.vocabularies import Function, Kind
from tests.crm.analytics.networks import altered, hosting, link, organisation, relations

LENS, ARRAS, LILLE, AMIENS, CALAIS = "62498", "62041", "59350", "80021", "62193"
LENS_LIEVIN, ARRAS_CU, TERNOIS = "246200364", "200033579", "200069672"
HANDICAP = Function.DISABILITY


def disability(id: str, commune: str | None = None, **fields: str | float) -> OrganisationRow:
    """A partner of the disability network that sits there."""
    return organisation(id, Kind.DISABILITY, commune=commune, **fields)


def active(*rows: OrganisationRow, serving: Iterable[tuple[str, str]] = (), zone: tuple[str, ...] = ()) -> Relations:
    """All of them hosted someone in the window, so are active."""
    links = [link("Serves", id, territory) for id, territory in serving]
    return relations(rows, links=links, engagements=[hosting(row.id) for row in rows], zone=zone)


def at(of: Relations, level: Level, code: str, radius_km: float = RADIUS_KM) -> Cell:
    """The cell of one territory and of the disability network."""
    (cell,) = coverage(altered(of, zone=(territory_id(level, code),)), level, [HANDICAP], radius_km)
    return cell
