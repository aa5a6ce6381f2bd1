"""The days that anyone may mean: what lies outside is a slip of the hand, and no sum of days overflows within."""

from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)


def read(text: str) -> date | None:
    """The day that a text says (AAAA-MM-JJ), None for what is none or comes before the first that anyone may mean."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= FIRST else None
