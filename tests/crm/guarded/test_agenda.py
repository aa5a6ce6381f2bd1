"""What calendars of real programs say is read at the right day and hour of Paris: rows 1 to 31 of the intake table."""

import warnings
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from crm.guarded.child.agenda import Agenda, calendars_of
from crm.guarded.child.answering import UnreadableDocument

WINDOW = (date(2021, 6, 1), date(2026, 6, 1))
TIMEZONE = (
    "BEGIN:VTIMEZONE", 'TZID:(UTC+01:00) Bruxelles\\, Copenhague\\, Madrid\\, Paris', "BEGIN:STANDARD",
    "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
)  # fmt: skip
PARIS = "DTSTART;TZID=Europe/Paris:"


def event(*lines: str, uid: str = "un@exemple.example") -> tuple[str, ...]:
    return ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260301T080000Z", *lines, "END:VEVENT")


def calendar(*lines: str) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Exemple//FR")
    return "\r\n".join((*head, *lines, "END:VCALENDAR", "")).encode()


def appointments(content: bytes) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [one for each in calendars_of(content) for one in Agenda(each, *WINDOW).appointments()]


def times(*lines: str) -> list[str]:
    """When the appointments of one calendar begin."""
    return [f"{each['on']} {each['at']}".strip() for each in appointments(calendar(*lines))]


@pytest.mark.parametrize(
    ("start", "before"),
    [
        ("DTSTART;TZID=Romance Standard Time:20260312T090000", ()),
        ('DTSTART;TZID="(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris":20260312T090000', TIMEZONE),
        ('DTSTART;TZID="(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris":20260312T090000', ()),
        ("DTSTART;TZID=Paris, Madrid:20260312T090000", ()),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Paris:20260312T090000", ()),
        ("DTSTART:20260312T090000", ()),
        ("DTSTART:20260312T080000Z", ()),
        ("DTSTART:20260312T090000", ("X-WR-TIMEZONE:Europe/Brussels",)),
    ],
)
def test_nine_in_paris_is_nine_however_the_zone_is_written(start: str, before: tuple[str, ...]) -> None:
    assert times(*before, *event(start)) == ["2026-03-12 09:00"]


def test_a_zone_that_nobody_knows_is_told_as_guessed() -> None:
    (guessed,) = appointments(calendar(*event("DTSTART;TZID=Heure du siège:20260312T090000")))
    (floating,) = appointments(calendar(*event("DTSTART:20260312T090000")))
    assert (guessed["at"], guessed["guessed"], floating["guessed"]) == ("09:00", True, False)


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (("DTSTART;VALUE=DATE:20260312",), "2026-03-12"),
        (("DTSTART;VALUE=DATE:20260312", "DTEND;VALUE=DATE:20260314"), "2026-03-13"),
        (("DTSTART;VALUE=DATE:20260312", "DURATION:P2D"), "2026-03-13"),
        (
            (f"{PARIS}20260312T000000", "DTEND;TZID=Europe/Paris:20260313T000000",
             "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"), "2026-03-12",
        ),
    ],
)  # fmt: skip
def test_whole_days_have_no_hour_and_end_the_day_before_their_end(lines: tuple[str, ...], last: str) -> None:
    (found,) = appointments(calendar(*event(*lines)))
    assert (found["on"], found["at"], found["last"]) == ("2026-03-12", "", last)


def test_an_evening_in_universal_time_is_of_the_day_that_it_is_in_paris() -> None:
    assert times(*event("DTSTART:20260311T231000Z")) == ["2026-03-12 00:10"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([f"{PARIS}20260323T090000", "RRULE:FREQ=WEEKLY;COUNT=2"], ["2026-03-23 09:00", "2026-03-30 09:00"]),
        (["DTSTART:20260323T080000Z", "RRULE:FREQ=WEEKLY;COUNT=2"], ["2026-03-23 09:00", "2026-03-30 10:00"]),
        ([f"{PARIS}20260312T090000", "RRULE:FREQ=WEEKLY;UNTIL=20260319"], ["2026-03-12 09:00", "2026-03-19 09:00"]),
        (
            [f"{PARIS}20260312T090000", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20260319T080000Z",
             "EXDATE;TZID=Europe/London:20260326T080000", "EXDATE;VALUE=DATE:20260402"], ["2026-03-12 09:00"],
        ),
        (
            [f"{PARIS}20260312T090000", "RDATE;TZID=Europe/Paris:20260401T100000"],
            ["2026-03-12 09:00", "2026-04-01 10:00"],
        ),
        (
            ["DTSTART:20260312T080000Z", "RDATE;VALUE=PERIOD:20260401T080000Z/PT3H"],
            ["2026-03-12 09:00", "2026-04-01 10:00"],
        ),
        (
            [f"{PARIS}20260131T090000", "RRULE:FREQ=MONTHLY;COUNT=3"],
            ["2026-01-31 09:00", "2026-03-31 09:00", "2026-05-31 09:00"],
        ),
        (
            [f"{PARIS}20260303T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=4"],
            ["2026-03-03 09:00", "2026-03-08 09:00", "2026-03-17 09:00", "2026-03-22 09:00"],
        ),
    ],
)  # fmt: skip
def test_a_series_is_unrolled_in_the_order_of_time(lines: list[str], expected: list[str]) -> None:
    assert times("X-WR-TIMEZONE:Europe/Paris", *event(*lines)) == expected


WEEKLY = event(f"{PARIS}20260312T090000", "RRULE:FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize(
    "replaced",
    [
        "RECURRENCE-ID;TZID=Europe/Paris:20260319T090000", "RECURRENCE-ID:20260319T080000Z",
        "RECURRENCE-ID;TZID=Europe/London:20260319T080000", "RECURRENCE-ID;VALUE=DATE:20260319",
    ],
)  # fmt: skip
def test_an_appointment_that_is_moved_stands_in_the_place_of_the_other(replaced: str) -> None:
    moved = event(replaced, f"{PARIS}20260320T140000")
    assert times(*WEEKLY, *moved) == ["2026-03-12 09:00", "2026-03-20 14:00", "2026-03-26 09:00"]
    (alone,) = appointments(calendar(*event("RECURRENCE-ID:20260319T080000Z", f"{PARIS}20260320T140000")))
    (among,) = (each for each in appointments(calendar(*WEEKLY, *moved)) if each["at"] == "14:00")
    assert (alone["on"], alone["recurrence"]) == ("2026-03-20", among["recurrence"])


def test_all_later_ones_are_moved_with_one() -> None:
    moved = event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260319T090000", f"{PARIS}20260319T140000")
    assert times(*WEEKLY, *moved) == ["2026-03-12 09:00", "2026-03-19 14:00", "2026-03-26 14:00"]


def test_what_is_cancelled_says_so() -> None:
    moved = event("RECURRENCE-ID:20260319T080000Z", f"{PARIS}20260319T090000", "STATUS:CANCELLED")
    assert [each["cancelled"] for each in appointments(calendar(*WEEKLY, *moved))] == [False, True, False]
    assert [
        each["cancelled"] for each in appointments(calendar("METHOD:CANCEL", *event(f"{PARIS}20260319T090000")))
    ] == [True]


def test_of_two_versions_the_one_changed_last_counts() -> None:
    old, new = (event(f"{PARIS}202603{day}T090000", f"SEQUENCE:{n}") for day, n in ((12, 1), (13, 2)))
    assert times(*new, *old) == times(*old, *new) == ["2026-03-13 09:00"]


def test_rooms_and_lists_are_no_people_and_names_are_read_as_programs_write_them() -> None:
    (found,) = appointments(
        calendar(
            *event(
                f"{PARIS}20260312T090000", "ATTENDEE;CUTYPE=ROOM;CN=Salle 2:mailto:salle@exemple.example",
                "ATTENDEE;CUTYPE=RESOURCE:mailto:camion@exemple.example",
                "ATTENDEE;CUTYPE=GROUP:mailto:tous@exemple.example",
                "ATTENDEE;EMAIL=lea@exemple.example:invalid:nomail",
                "ATTENDEE;CN='Bruno Caron':MAILTO:B@Exemple.example",
                "ATTENDEE;CN=\"Zoé ^'Zo^' Roux\":mailto:zoe@exemple.example",
            )
        )
    )  # fmt: skip
    assert [(each["name"], each["email"]) for each in found["parties"]] == [
        ("", "lea@exemple.example"), ("'Bruno Caron'", "b@exemple.example"), ('Zoé "Zo" Roux', "zoe@exemple.example")
    ]  # fmt: skip


def test_all_calendars_of_a_file_are_read_behind_its_mark() -> None:
    one, other = (calendar(*event(f"{PARIS}202603{day}T090000", uid=str(day))) for day in (12, 13))
    found = appointments(b"\xef\xbb\xbf" + one + other)
    assert [(each["place"], each["on"]) for each in found] == [(1, "2026-03-12"), (2, "2026-03-13")]


@pytest.mark.parametrize("repeated", [(), ("RRULE:FREQ=WEEKLY;COUNT=1",)])
def test_an_end_that_cannot_be_read_is_none(repeated: tuple[str, ...]) -> None:
    assert times(*event(f"{PARIS}20260312T090000", "DTEND:bientôt", *repeated)) == ["2026-03-12 09:00"]


def test_what_has_no_readable_beginning_says_so_and_the_rest_is_read() -> None:
    found = appointments(calendar(*event("DTSTART:demain"), *event(f"{PARIS}20260312T090000", uid="deux")))
    assert [(each["left"], each["on"]) for each in found] == [("unreadable", ""), ("", "2026-03-12")]


@pytest.mark.parametrize(
    "rule", ["FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=1,2,3,4,5,6,7,8,9"]
)
def test_a_series_of_every_hour_or_more_is_told_and_not_unrolled(rule: str) -> None:
    (found,) = appointments(calendar(*event(f"{PARIS}20260312T090000", f"RRULE:{rule}")))
    assert found["left"] == "often"


def test_an_endless_series_ends_with_the_window_and_says_since_when_it_is() -> None:
    found = appointments(calendar(*event(f"{PARIS}20100107T090000", "RRULE:FREQ=WEEKLY")))
    assert (found[0]["on"], found[-1]["on"], found[0]["since"]) == ("2021-06-03", "2026-05-28", "2010-01-07")


def test_a_file_that_is_cut_off_is_refused_whole() -> None:
    with pytest.raises(UnreadableDocument, match="cut"):
        calendars_of(calendar(*WEEKLY)[:-30])


def folded(text: str) -> Iterator[str]:
    content = f"SUMMARY:{text}".encode()
    yield from (content[at : at + 9].decode("latin-1") for at in range(0, len(content), 9))


def test_a_line_is_unfolded_before_its_letters_are_read() -> None:
    content = calendar(*event(f"{PARIS}20260312T090000", "OBJET")).replace(
        b"OBJET", "\r\n ".join(folded("Réunion à l'école élémentaire")).encode("latin-1")
    )
    assert appointments(content)[0]["subject"] == "Réunion à l'école élémentaire"
