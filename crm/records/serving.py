"""The territories that an organisation declares to serve, besides the commune where it sits."""

from datetime import date, timedelta

from crm import days
from crm.errors import InputError, NotFound
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from graph_schema.organisations import Serves
from graph_schema.records import LinkRecord, Values
from graph_schema.territories import Territory, Within
from graph_schema.territory import Place, chain, parse_territory_id, place


def serve(network: Network, organisation: str, territory: Place) -> Committed[str]:
    """Say that an organisation serves a territory; returns the link's id.

    The territory's record is made if nothing pointed to it yet. Raises ``InputError`` when that is said already.
    """
    today = network.today()

    def work(unit: UnitOfWork) -> str:
        links = unit.tx.links_of([organisation], [Serves.TYPE], today)
        if any(link.target == territory.id for link in links):
            raise InputError(f"{territory.name} est déjà parmi les territoires desservis.", field="territory")
        _make(unit, territory)
        return unit.connect(Serves.TYPE, organisation, territory.id)

    return network.commit(f"Territoire desservi : {territory.name}", work)


def leave(network: Network, link: str, revision: int | None = None) -> Committed[None]:
    """Say that an organisation serves a territory no longer: from today on, or at all if it was said only today.

    ``revision`` is that of the link as it was seen; raises ``StaleRevision`` when it is another by now.
    """
    today = network.today()

    def work(unit: UnitOfWork) -> None:
        current = unit.link(link)
        if not isinstance(current, LinkRecord) or current.type != Serves.TYPE:
            raise NotFound("Ce territoire n'est plus parmi ceux qui sont desservis.")
        unit.expect(link, revision)
        if _older(unit, current, today):
            unit.update(link, {"valid_to": (today - timedelta(days=1)).isoformat()})
        else:
            unit.delete([link])

    return network.commit("Territoire desservi retiré", work)


def _older(unit: UnitOfWork, link: LinkRecord, today: date) -> bool:
    """Whether a link was true before ``today``."""
    if start := link.values.get("valid_from"):
        return str(start) < today.isoformat()
    made = unit.tx.history(link.id)
    return bool(made) and days.here(made[-1][0].at).date() < today


def _make(unit: UnitOfWork, territory: Place) -> None:
    """The record of a territory and of those it lies in, as far as they are not there yet."""
    pairs = chain(territory.level, territory.code)
    ids = dict.fromkeys([territory.id, *(upper for _, upper in pairs)])
    unit.preload(nodes=ids)
    made = {id: found for id in ids if unit.node(id) is None and (found := place(*parse_territory_id(id)))}
    for id, each in made.items():
        unit.create(Territory.TYPE, _values(each), id=id)
    for lower, upper in pairs:
        if lower in made:
            unit.connect(Within.TYPE, lower, upper)


def _values(territory: Place) -> Values:
    values: Values = {"level": territory.level.value, "code": territory.code, "name": territory.name}
    return values | ({"population": territory.population} if territory.population else {})
