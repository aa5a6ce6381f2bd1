"""The calls of a plan as a calendar file: one all-day event each, found again when it is imported again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from crm.measures.calls import Line
from graph_schema.wording import NBSP, count, long_date

_PRODUCT = "-//Réseau 28//Relances//FR"


def ics_bytes(lines: Iterable[Line], now: datetime, sequence: int) -> bytes:
    """The calendar (RFC 5545) of the calls that have a day, written at the instant ``now``.

    A call keeps its identifier until an exchange makes it another call, so a later import moves or renames the event
    that the first one made; ``sequence`` must grow from one file to the next (the number of the newest commit).
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Relances")
    for line in lines:
        if line.day is not None:
            calendar.add_component(_event(line, now, sequence))
    return bytes(calendar.to_ical())


def uid(line: Line) -> str:
    """What tells a call from any other: the partner, and the exchange after which it is due."""
    last = line.call.freshness.last_exchange
    return f"relance-{line.row.id}-{last.isoformat() if last else 'jamais'}@reseau28"


def _event(line: Line, now: datetime, sequence: int) -> Event:
    event = Event()
    event.add("uid", uid(line))
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", sequence)
    if line.day is not None:
        event.add("dtstart", line.day)
        event.add("dtend", line.day + timedelta(days=1))
    event.add("summary", f"Relancer {line.row.name}")
    event.add("description", "\n".join(_description(line)))
    event.add("categories", ["Relances"])
    event.add("transp", "TRANSPARENT")  # it takes no time slot: the day stays free for appointments
    return event


def _description(line: Line) -> Iterable[str]:
    measured = line.call.freshness
    yield line.call.reason
    if measured.days is None or measured.last_exchange is None:
        yield "Jamais d'échange en retour."
    else:
        late = count(measured.days, "jour")
        yield f"{late} sans échange (seuil{NBSP}: {measured.maximum}), depuis le {long_date(measured.last_exchange)}."
    if line.phone:
        yield f"Téléphone{NBSP}: {line.phone}"
    if line.email:
        yield f"Courriel{NBSP}: {line.email}"
