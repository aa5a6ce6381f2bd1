"""The calendar of calls is one that calendars read, and that they update rather than double."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from crm.analytics.calls import Call, call_list
from crm.documents import calendars
from crm.measures.calls import Line
from graph_schema.snapshot import Contact
from graph_schema.vocabularies import Tier
from tests.crm.analytics.networks import days_ago, organisation, person, relations, works

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


def line(last: int | None = 90, day: date | None = MONDAY, name: str = "Garage Exemple ; été, Lens") -> Line:
    row = organisation("o1", name=name, tier=Tier.A)
    contacts = {} if last is None else {"o1": Contact(days_ago(last), None, 1)}
    (call,) = call_list(relations([row], [person("p1", "Mme Exemple")], works("p1", "o1"), contacts))
    assert isinstance(call, Call)
    return Line(call, row, "03 53 01 00 00", "exemple@garage.example", day)


def read(content: bytes) -> list[Event]:
    return [each for each in Calendar.from_ical(content).walk("VEVENT") if isinstance(each, Event)]


def test_a_call_is_an_all_day_event_that_says_why_and_how_to_reach_whom() -> None:
    (event,) = read(calendars.ics_bytes([line()], NOW, 12))
    assert event["summary"] == "Relancer Garage Exemple ; été, Lens"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (MONDAY, MONDAY + timedelta(days=1))
    assert event.decoded("dtstamp") == NOW
    said = str(event["description"])
    assert said.splitlines()[0] == "Mme Exemple."
    assert "90 jours sans échange (seuil\u00a0: 60)" in said
    assert "03 53 01 00 00" in said
    assert "exemple@garage.example" in said


def test_the_same_call_on_another_day_keeps_its_identifier_and_grows_its_sequence() -> None:
    (first,) = read(calendars.ics_bytes([line()], NOW, 12))
    (again,) = read(calendars.ics_bytes([line(day=MONDAY + timedelta(days=2))], NOW, 15))
    assert first["uid"] == again["uid"]
    assert again.decoded("sequence") > first.decoded("sequence")


def test_after_an_exchange_it_is_another_call() -> None:
    assert len({calendars.uid(line(last)) for last in (None, 90, 61)}) == 3


def test_a_call_without_a_day_is_left_out() -> None:
    assert read(calendars.ics_bytes([line(day=None)], NOW, 1)) == []
