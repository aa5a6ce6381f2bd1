"""Days as spreadsheets and people write them."""

import re
from datetime import date, datetime, timedelta

from graph_schema.text import fold
from importers.reading.tables import Cell

_EXCEL_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers after its leap-year mistake of 1900."""

_SERIALS = range(18_264, 73_051)
"""Serial numbers of 1950 to 2099: what a bare number in a column of dates can reasonably be."""

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
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
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
