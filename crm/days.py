"""Days as people here mean them: today in France, the moment at which something was done, the days that one may mean.

The journal keeps instants in UTC; whoever asks for a day asks here, for what is done at 0:30 in Paris is done that day
and not the day before. An architecture test holds that nothing else looks at a clock or a time zone.
"""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from graph_schema.wording import short_date

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
"""What lies outside is a slip of the hand, and no sum of days overflows within."""

_PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day that it is in France. Acts on a network ask it of its own clock, ``Network.today``."""
    return here(now()).date()


def here(instant: datetime | str) -> datetime:
    """The day and hour in France of an instant; a text is one of the journal's, in ISO 8601."""
    return (datetime.fromisoformat(instant) if isinstance(instant, str) else instant).astimezone(_PARIS)


def universal(at: datetime, zone: tzinfo = _PARIS) -> datetime:
    """An instant in UTC; hours without a zone are those of ``zone``."""
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def zone_named(name: str) -> tzinfo:
    """The zone that bears a name, as « Europe/Brussels »; that of France for every other one."""
    try:
        return ZoneInfo(name) if name else _PARIS
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _PARIS


def moment(instant: datetime | str) -> str:
    """An instant in figures, as the clocks in France showed it: « 12/03/2026 à 09:05 »."""
    at = here(instant)
    return f"{short_date(at.date())} à {at:%H:%M}"


def read(text: str) -> date | None:
    """The day that a text says (AAAA-MM-JJ), None for what is none or comes before the first that anyone may mean."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= FIRST else None
