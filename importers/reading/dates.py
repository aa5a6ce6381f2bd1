"""Days as spreadsheets and people write them."""

import re
from datetime import date, datetime, time, timedelta

from graph_schema.text import fold
from importers.reading.tables import Cell

_EXCEL_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers after its leap-year mistake of 1900."""

_SERIALS = range(18_264, 73_051)
"""Serial numbers of 1950 to 2099: what a bare number in a column of dates can reasonably be."""

_YEARS_AS_DAYS = ((1905, 3, 14), (1905, 9, 30))
"""The days whose numbers are 1900 to 2100."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier janv jan", "fevrier fevr fev", "mars", "avril avr", "mai", "juin", "juillet juil", "aout",
         "septembre sept sep", "octobre oct", "novembre nov", "decembre dec"), 1)
    for name in names.split()
}  # fmt: skip
_DAY_FIRST = re.compile(r"(\d{1,2})[ /.\-](\d{1,2})[ /.\-](\d{4}|\d{2})(?:[ T,].*)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_BARE_SERIAL = re.compile(r"\d{5}", re.ASCII)
_IN_WORDS = re.compile(
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(?:le )?(\d{1,2})(?:er)? (\w+) (\d{4}|\d{2})"
)


def parse_date(cell: Cell) -> date | None:
    """The day that a cell means, or None.

    « 12/03/2026 », « 12-3-26 », « 2026-03-12 », « 12 mars 2026 », a date cell, or Excel's number of one. The day comes
    before the month; a year of two digits lies in 1950–2049.
    """
    if isinstance(cell, date):
        return None if year_of(cell) else cell.date() if isinstance(cell, datetime) else cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    if _BARE_SERIAL.fullmatch(text):
        return _serial(int(text))
    if found := _DAY_FIRST.fullmatch(text):
        return _day(found[3], int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(found[1], int(found[2]), int(found[3]))
    if found := _IN_WORDS.fullmatch(fold(text)):
        return _day(found[3], _MONTHS.get(found[2], 0), int(found[1]))
    return None


_PARTS = (
    (re.compile(r"(?:19|20)\d\d"), "une année"),
    (re.compile(rf"(?:{'|'.join(_MONTHS)})(?: (?:\d{{4}}|\d{{2}}))?|\d{{1,2}} (?:19|20)\d\d"), "un mois"),
    (re.compile(r"(?:t ?[1-4]|[1-4] ?t|(?:[1-4] ?(?:er|e|eme)?|premier|deuxieme|troisieme|quatrieme) trimestre|"
                r"trimestre [1-4])(?: (?:\d{4}|\d{2}))?|\d{4} t[1-4]"), "un trimestre"),
    (re.compile(r"(?:semaine|sem|s) ?\d{1,2}(?: \d{4})?"), "une semaine"),
    (re.compile(r"\d{1,2} ?h ?(?:\d{2})?|\d{1,2} \d{2}(?: \d{2})?"), "une heure"),
)  # fmt: skip


def part_of_date(cell: Cell) -> str:
    """What a cell tells of time that is no day (French): a year, a month, a quarter, a week, an hour; or nothing."""
    if isinstance(cell, time):
        return "une heure"
    folded = fold(f"{cell:.0f}" if isinstance(cell, float) else str(year_of(cell) or cell))
    return next((what for pattern, what in _PARTS if pattern.fullmatch(folded)), "") if len(folded) < 40 else ""


def year_of(cell: Cell) -> int | None:
    """The year that a spreadsheet shows of a number formatted as a date: 2026 is its day 18 July 1905."""
    if not isinstance(cell, date) or not _YEARS_AS_DAYS[0] <= (cell.year, cell.month, cell.day) <= _YEARS_AS_DAYS[1]:
        return None
    day = cell.date() if isinstance(cell, datetime) else cell
    return (day - _EXCEL_ZERO).days


def _serial(number: float) -> date | None:
    """The day of a serial number; what lies beyond them (infinite, not a number) is none."""
    within = _SERIALS.start <= number < _SERIALS.stop
    return _EXCEL_ZERO + timedelta(days=int(number)) if within else None


def _day(year: str, month: int, day: int) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 50 else 1900
    try:
        return date(number, month, day)
    except ValueError:
        return None
