"""What the address asks of « Territoire »: function, place, level, training action; and the cells that answer."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from crm.analytics.coverage import Cell, Coverage
from crm.analytics.reach import zone_codes
from crm.measures.measuring import Measures
from crm.records.programmes import ProgrammeChoice, narrowed, programmes
from graph_schema.declaration import Vocabulary
from graph_schema.territory import Level, Place, ancestors, parse_territory_id, place
from graph_schema.vocabularies import Function
from ui import address, session
from ui.filters import ROWS
from ui.remembered import remembered

FUNCTION, PLACE, LEVEL, PROGRAMME = "fonction", "territoire", "echelon", "action-formation"
PATH, ACTION, ZONES, STATE = "chemin", "action", "zones", "etat"
MOST = 1_600
"""More communes than this are read département by département."""

BELOW = {Level.REGION: Level.DEPARTEMENT, Level.DEPARTEMENT: Level.EPCI, Level.EPCI: Level.COMMUNE}


class LevelNames(Vocabulary):
    """The levels as people call several of them."""

    REGION = Level.REGION.value, "Régions"
    DEPARTEMENT = Level.DEPARTEMENT.value, "Départements"
    EPCI = Level.EPCI.value, "Intercommunalités"
    COMMUNE = Level.COMMUNE.value, "Communes"


NOUNS = {
    Level.REGION: "région",
    Level.DEPARTEMENT: "département",
    Level.EPCI: "intercommunalité",
    Level.COMMUNE: "commune",
}
"""The levels as people call one of them."""


class TerritoryView(NamedTuple):
    """What is looked at. ``asked`` is the level that the address names, None when it leaves the choice to us.

    ``measures`` are those of the partners tied to the training action; of all (``everyone``) when there is none.
    ``states`` are those to which the table is narrowed, none for all. ``key`` is the address that all this was read
    from: what is drawn of a view is kept under it.
    """

    key: str
    everyone: Measures
    measures: Measures
    function: Function
    place: Place | None
    level: Level
    asked: Level | None
    programme: ProgrammeChoice | None
    states: Collection[Coverage]

    @property
    def where(self) -> str:
        """The territory in words."""
        return self.place.name if self.place else "Notre zone" if self.has_zone else "France"

    @property
    def has_zone(self) -> bool:
        """Whether we declared the zone that we serve."""
        return bool(self.measures.relations.snapshot.zone)

    @property
    def too_many(self) -> bool:
        """Whether the level has too many territories to be read at once."""
        if self.level is not Level.COMMUNE or self.place is not None:
            return False
        return (
            remembered(self.everyone, "communes", lambda: len(zone_codes(self.everyone.relations, Level.COMMUNE)))
            > MOST
        )


def read() -> TerritoryView:
    """The view that the address asks for; what it says wrongly is as if it said nothing."""
    everyone = session.measures()
    programme = next((each for each in offered(everyone) if each.id == address.text(PROGRAMME)), None)
    measures = narrowed(session.network(), everyone, programme.id) if programme else everyone
    chosen = _place()
    asked = next((level for level in Level if level.value == address.text(LEVEL)), None)
    if chosen is not None and asked is not None and asked.rank >= chosen.level.rank:
        asked = None
    default = BELOW.get(chosen.level, Level.COMMUNE) if chosen else _first(everyone)
    function = address.choice(FUNCTION, Function) or Function.EMPLOYER
    return TerritoryView(
        address.here(),
        everyone,
        measures,
        function,
        chosen,
        asked or default,
        asked,
        programme,
        address.choices(STATE, Coverage),
    )


def offered(measures: Measures) -> list[ProgrammeChoice]:
    """The training actions by which partners may be narrowed."""
    return remembered(measures, "programmes", lambda: programmes(session.network()))


def cells(view: TerritoryView) -> Sequence[Cell]:
    """The cells of every function at the view's level, inside its place when it has one."""
    if view.too_many:
        return ()
    if view.place is None:
        return view.measures.coverage(view.level)
    if view.place.level is Level.COMMUNE:
        return ()
    if view.level is Level.COMMUNE or not view.has_zone:
        return view.measures.coverage_within(view.place, view.level)
    key = view.place.level, view.place.code
    everything = view.measures.coverage(view.level)
    return [each for each in everything if key in ancestors(view.level, each.code)]


def to_place(identifier: str | None) -> str:
    """A link to a territory, the function, level and training action staying as they are."""
    return address.here(**{PLACE: identifier, STATE: None, PATH: None, ACTION: None, ZONES: None, ROWS: None})


def to_function(function: Function) -> str:
    """A link to another function, all else staying as it is."""
    return address.here(**{FUNCTION: function, PATH: None, ACTION: None, ZONES: None})


def to_cell(cell: Cell) -> str:
    """A link to a territory and a function, the level and training action staying as they are."""
    return address.here(**{FUNCTION: cell.function, PLACE: cell.territory, PATH: None, ACTION: None, ROWS: None})


def _place() -> Place | None:
    try:
        return place(*parse_territory_id(address.text(PLACE)))
    except ValueError:
        return None


def _first(measures: Measures) -> Level:
    """Départements, unless our zone lies in one only."""
    relations = measures.relations
    alone = relations.snapshot.zone and len(zone_codes(relations, Level.DEPARTEMENT)) == 1
    return Level.EPCI if alone else Level.DEPARTEMENT
