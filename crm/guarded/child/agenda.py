"""Reads one calendar: ``agenda.py FILE FIRST LAST`` answers ``r`` with the next appointments, none at the end.

``FIRST`` and ``LAST`` are the days between which a series is unrolled. An appointment is a dictionary of texts (days in
ISO 8601, hours of Paris), without its description; ``left`` says why it is none: it is « unreadable », or repeated more
« often » than once an hour. ``place`` is its number in the file, from 1.
"""

import re
import sys
import warnings
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from icalendar import Calendar, Event
from icalendar.prop import vDDDTypes

from crm.days import here, universal, zone_named
from crm.guarded.child.answering import UnreadableDocument, serve

_BATCH = 500
_PLACE = "X-RESEAU28-PLACE"
_FOLD = re.compile(rb"\r?\n[ \t]")
_MARK = re.compile(rb"(?im)^(BEGIN|END):VCALENDAR\s*$")
_BARE_ZONE = re.compile(rb';TZID=([^":;\r\n]*,[^":;\r\n]*)(?=[:;])')
"""A zone whose name holds a comma, without the quotes that it needs: « Paris, Madrid »."""
_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_MOST_A_DAY = 24
_NO_PERSON = frozenset({"ROOM", "RESOURCE", "GROUP"})
_MOST_TEXT = 20_000

Moment = date | datetime


class Agenda:
    """One calendar of a file, whose series are unrolled between two days."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self.calendar, self.first, self.last = calendar, first, last
        self.method = str(calendar.get("METHOD", "")).upper()
        self.zone = zone_named(str(calendar.pop("X-WR-TIMEZONE", "")))

    def appointments(self) -> Iterator[dict[str, Any]]:
        """Each appointment, those of one series in the order of time."""
        series: dict[str, list[Event]] = {}
        for event in self.calendar.walk("VEVENT"):
            uid = str(event.get("UID", "")) or f"\0{event[_PLACE]}"
            series.setdefault(uid, []).append(cast(Event, event))
        for events in series.values():
            yield from self._of(events)

    def _of(self, events: list[Event]) -> Iterator[dict[str, Any]]:
        readable = []
        for event in events:
            for name in {name for name, _ in event.errors} - {"DTSTART"}:
                event.pop(name, None)
            if isinstance(_moment(event, "DTSTART"), date):
                readable.append(event)
            else:
                yield self._left(event, "unreadable")
        repeated = [event for event in readable if "RRULE" in event or "RDATE" in event]
        if len(readable) == 1 and not repeated:
            yield self._told(readable[0])
        elif any(_too_often(event) for event in repeated):
            yield self._left(repeated[0], "often")
        elif repeated:
            yield from self._unrolled(readable, repeated)
        elif readable:
            yield from self._newest(readable)

    def _newest(self, events: list[Event]) -> Iterator[dict[str, Any]]:
        """Of appointments without a series, one for each that it replaces: the one that was changed last."""
        newest: dict[str, Event] = {}
        for event in events:
            key = self._recurrence(event)
            if key not in newest or _sequence(event) >= _sequence(newest[key]):
                newest[key] = event
        yield from map(self._told, newest.values())

    def _unrolled(self, events: list[Event], repeated: list[Event]) -> Iterator[dict[str, Any]]:
        import recurring_ical_events

        whole = Calendar()
        for zone in self.calendar.walk("VTIMEZONE"):
            whole.add_component(zone)
        start = _moment(repeated[0], "DTSTART")
        for event in events:
            _mend(event, start)
            whole.add_component(event)
        try:
            found = recurring_ical_events.of(whole).between(_at(self.first), _at(self.last + timedelta(days=1)))
            told = [self._told(event) for event in found]
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            yield self._left(repeated[0], "unreadable")
            return
        began = self._day(start)[0]
        for each in sorted(told, key=lambda one: (one["on"], one["at"])):
            yield {**each, "since": began.isoformat() if began < self.first else ""}

    def _told(self, event: Event) -> dict[str, Any]:
        start = _moment(event, "DTSTART")
        day, at = self._day(start)
        params = event["DTSTART"].params
        guessed = isinstance(start, datetime) and start.tzinfo is None and "TZID" in params
        end = self._end(event, start)
        if str(event.get("X-MICROSOFT-CDO-ALLDAYEVENT", "")).upper() == "TRUE":
            at = ""
        parties = [_party(each, False) for each in _several(event, "ATTENDEE")]
        organiser = [_party(each, True) for each in _several(event, "ORGANIZER")]
        return {
            **self._left(event, ""), "on": day.isoformat(), "at": at, "last": max(day, end).isoformat(),
            "guessed": guessed, "parties": [each for each in (*organiser, *parties) if each is not None],
            "recurrence": self._recurrence(event), "since": "",
        }  # fmt: skip

    def _left(self, event: Event, why: str) -> dict[str, Any]:
        cancelled = self.method == "CANCEL" or str(event.get("STATUS", "")).upper() == "CANCELLED"
        return {
            "place": int(str(event[_PLACE])), "left": why, "uid": str(event.get("UID", "")), "cancelled": cancelled,
            "subject": _text(event, "SUMMARY"), "where": _text(event, "LOCATION"),
            **dict.fromkeys(("on", "at", "last", "recurrence", "since"), ""), "guessed": False, "parties": [],
        }  # fmt: skip

    def _day(self, moment: Moment) -> tuple[date, str]:
        """The day in Paris, and the hour there; a moment without a zone is of the calendar's own."""
        if not isinstance(moment, datetime):
            return moment, ""
        at = here(universal(moment, self.zone))
        return at.date(), f"{at:%H:%M}"

    def _end(self, event: Event, start: Moment) -> date:
        """The last day: that before the end where the end is a day, or midnight."""
        end = _moment(event, "DTEND")
        if end is None:
            length = getattr(event.get("DURATION"), "dt", None)
            end = start + length if isinstance(length, timedelta) else start
        day, at = self._day(end)
        return day - timedelta(days=1) if at in ("", "00:00") else day

    def _recurrence(self, event: Event) -> str:
        """Which one of its series it is: the instant at which it was to begin."""
        moment = _moment(event, "RECURRENCE-ID")
        if not isinstance(moment, datetime):
            return moment.isoformat() if moment else ""
        return f"{universal(moment, self.zone):%Y%m%dT%H%M%SZ}"


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), zone_named(""))


def _moment(event: Event, name: str) -> Any:
    try:
        return getattr(event.get(name), "dt", None)
    except ValueError:  # what the library keeps of a property that it cannot read
        return None


def _sequence(event: Event) -> int:
    text = str(event.get("SEQUENCE", 0))
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _rules(event: Event) -> list[Any]:
    return _several(event, "RRULE")


def _several(event: Event, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _too_often(event: Event) -> bool:
    """Whether a rule may give more than one appointment an hour: nobody holds such a series."""
    for rule in _rules(event):
        if _OFTEN & {str(each).upper() for each in rule.get("FREQ", ())}:
            return True
        times = 1
        for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            times *= max(1, len(rule.get(name, ())))
        if times > _MOST_A_DAY:
            return True
    return False


def _mend(event: Event, start: Moment) -> None:
    """Put right what writers do: a last day where an instant is due, in the rule and in what is replaced."""
    for rule in _rules(event):
        until = rule.get("UNTIL", [None])[0]
        if isinstance(start, datetime) and until and not isinstance(until, datetime):
            last = datetime.combine(until, time(23, 59, 59), start.tzinfo)
            rule["UNTIL"] = [universal(last) if start.tzinfo else last]
    replaced = _moment(event, "RECURRENCE-ID")
    if isinstance(start, datetime) and replaced and not isinstance(replaced, datetime):
        event["RECURRENCE-ID"] = vDDDTypes(datetime.combine(replaced, start.timetz()))


def _party(address: Any, began: bool) -> dict[str, Any] | None:
    """Who is called, None for what is no person: a room, a thing, a list."""
    params = address.params
    if str(params.get("CUTYPE", "")).upper() in _NO_PERSON:
        return None
    email = str(params.get("EMAIL") or re.sub(r"(?i)^mailto:", "", str(address))).strip().lower()
    return {
        "name": " ".join(str(params.get("CN", "")).split())[:200], "email": email[:200] if "@" in email else "",
        "began": began, "answer": str(params.get("PARTSTAT", "")).upper()[:20],
    }  # fmt: skip


def _text(event: Event, name: str) -> str:
    return str(event.get(name, ""))[:_MOST_TEXT]


def calendars_of(content: bytes) -> list[Calendar]:
    """The calendars of a file, each appointment numbered. Raises ``UnreadableDocument`` for a file that is cut off."""
    content = _BARE_ZONE.sub(rb';TZID="\1"', _FOLD.sub(b"", content.removeprefix(BOM_UTF8)))
    marks = [mark.upper() for mark in _MARK.findall(content)]
    if marks.count(b"BEGIN") != marks.count(b"END"):
        raise UnreadableDocument("cut")
    found = Calendar.from_ical(content, multiple=True)
    events = (event for calendar in found for event in calendar.walk("VEVENT"))
    for place, event in enumerate(events, 1):
        event[_PLACE] = str(place)
    return found


def answers(path: str, first: str, last: str, requests: IO[bytes]) -> Iterator[Any]:
    """What is answered to each request. Raises ``UnreadableDocument``, and whatever the reader raises."""
    warnings.simplefilter("ignore")  # it tells of what it guesses well
    window = date.fromisoformat(first), date.fromisoformat(last)
    calendars = calendars_of(Path(path).read_bytes())
    found = (one for each in calendars for one in Agenda(each, *window).appointments())
    while requests.read(1):
        yield list(islice(found, _BATCH))


if __name__ == "__main__":
    serve(partial(answers, sys.argv[1], sys.argv[2], sys.argv[3]))
