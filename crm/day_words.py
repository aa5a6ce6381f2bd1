"""Days as people say them of what has happened: « hier », « lundi », « le 12 mars », « il y a 3 jours ».

A day is never read as one to come: of two readings the past one is meant. Words that can only be of a day to come
(« demain », « lundi prochain ») are found apart.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NUMBERS: Mapping[str, int] = {
    word: number
    for number, words in {
        1: "un une", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf",
        10: "dix", 15: "quinze",
    }.items()
    for word in words.split()
}  # fmt: skip
_OLDEST = 1900

_PART = r"(?: (?:matin|midi|apres[- ]midi|aprem|soir))?"
_DAY = r"(?:1er|premier|[0-3]?\d)"
_MONTH = (
    r"(?:janvier|janv|fevrier|fevr|fev|mars|avril|avr|mai|juin|juillet|juil|aout|septembre|sept|octobre|oct|novembre|nov"
    r"|decembre|dec)\.?"
)
_WEEKDAY = f"(?:{'|'.join(_DAYS)})"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"


class Said(NamedTuple):
    """A day said in a text, from the character ``start`` to before ``end``."""

    start: int
    end: int
    day: date


def days(folded: str, today: date) -> Iterator[Said]:
    """The days that a text says, in order, none after ``today``. ``folded`` is in lower case without accents."""
    for match in _ANY.finditer(folded):
        name = match.lastgroup
        assert name is not None
        found = _READERS[name](match.group(), today)
        if found is not None and date(_OLDEST, 1, 1) <= found <= today:
            yield Said(match.start(), match.end(), found)


def to_come(folded: str) -> Iterator[tuple[int, int]]:
    """Where a text says a day that can only be to come: from a character to before another. As ``days`` otherwise."""
    return (match.span() for match in _TO_COME.finditer(folded))


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", re.sub(r"\b(?:1er|premier)\b", "1", text))]


def _ago(text: str, today: date) -> date | None:
    *_, amount, unit = text.split()
    many = int(amount) if amount.isdecimal() else _NUMBERS[amount]
    if unit.startswith("mois"):
        return _months_before(today, many)
    return today - timedelta(days=many * (7 if unit.startswith("semaine") else 1))


def _months_before(day: date, months: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return next((found for last in (day.day, 30, 29, 28) if (found := _day(year, month + 1, last))), None)


def _weekday(text: str, today: date) -> date:
    wanted = next(number for number, name in enumerate(_DAYS) if name in text)
    back = (today.weekday() - wanted) % 7
    if "semaine" in text:
        return today - timedelta(days=today.weekday() + 7 - wanted)
    return today - timedelta(days=back or (0 if text.startswith("ce ") else 7))


def _in_words(text: str, today: date) -> date | None:
    words = [word for word in text.split()[1:] if word not in _DAYS]
    month = next(number for number, name in enumerate(_MONTHS, 1) if any(word.startswith(name) for word in words))
    day, *year = _numbers(text)
    return _past(day, month, year[0] if year else None, today)


def _in_figures(text: str, today: date) -> date | None:
    day, month, *year = _numbers(text)
    return _past(day, month, year[0] if year else None, today)


def _iso(text: str, today: date) -> date | None:
    year, month, day = _numbers(text)
    return _past(day, month, year, today)


def _day_of_month(text: str, today: date) -> date | None:
    (day,) = _numbers(text)
    for months in range(3):
        start = _months_before(today.replace(day=1), months)
        found = start and _day(start.year, start.month, day)
        if found and found <= today:
            return found
    return None


def _past(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        found = _day(year + 2000 if year < 100 else year, month, day)
        if found and found <= today:
            return found
        if not found:
            return None
    years = range(today.year, today.year - 9, -1)  # a 29 February may be eight years away
    return next((found for each in years if (found := _day(each, month, day)) and found <= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_Reader = Callable[[str, date], date | None]
_FORMS: Mapping[str, tuple[str, _Reader]] = {
    "today": (
        r"aujourd'?hui|ce matin|ce midi|ce soir|cet? apres[- ]midi|cet aprem|tout a l'heure|a l'instant",
        lambda _, today: today,
    ),
    "before": (rf"avant[- ]hier{_PART}", lambda _, today: today - timedelta(days=2)),
    "yesterday": (rf"hier{_PART}", lambda _, today: today - timedelta(days=1)),
    "ago": (rf"il y a {_COUNT} (?:jours?|semaines?|mois)", _ago),
    "iso": (r"(?:le )?\d{4}-\d{2}-\d{2}(?![\d-])", _iso),
    "figures": (
        rf"(?:le |du )?(?:{_WEEKDAY} )?[0-3]?\d(?P<sep>[/.-])[01]?\d(?:(?P=sep)(?:\d{{4}}|\d{{2}}))?(?![/]|[.-]\d)",
        _in_figures,
    ),
    "words": (rf"(?:le |du )?(?:{_WEEKDAY} )?{_DAY} {_MONTH}(?: \d{{4}}(?!\d))?", _in_words),
    "numbered": (
        rf"(?:le |{_WEEKDAY} |le {_WEEKDAY} ){_DAY}(?! *(?:h|heures?)\b|[/.,:-]\d)",
        _day_of_month,
    ),
    "weekday": (
        rf"(?:le |ce )?{_WEEKDAY}{_PART}(?: (?:dernier|passe|de la semaine derniere|de la semaine passee))?", _weekday,
    ),
    "week": (r"(?:la )?semaine (?:derniere|passee)", lambda _, today: today - timedelta(days=7)),
    "month": (r"(?:le )?mois (?:dernier|passe)", lambda _, today: _months_before(today, 1)),
}  # fmt: skip
_READERS = {name: reader for name, (_, reader) in _FORMS.items()}
_ANY = re.compile("|".join(rf"(?P<{name}>(?<![\w/]){form}(?!\w))" for name, (form, _) in _FORMS.items()))
_TO_COME = re.compile(
    rf"(?<![\w/])(?:(?:apres[- ])?demain{_PART}|(?:le )?{_WEEKDAY} (?:prochain|qui vient|en huit|en quinze)"
    r"|(?:la semaine|semaine|le mois|mois|l'an|l'annee) (?:prochaine?|qui vient)"
    rf"|dans {_COUNT} (?:heures?|jours?|semaines?|mois|ans?))(?!\w)"
)
