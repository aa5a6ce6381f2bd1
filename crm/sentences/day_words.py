"""Days as people say them: « hier », « lundi », « le 12 mars », « il y a 3 jours », « lundi en huit », « fin janvier ».

Words alone do not tell whether « lundi » is gone or to come: a moment has both readings, and what is said around it
tells which is meant. A year that was typed is kept.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from crm import days

_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NUMBERS: Mapping[str, int] = {
    word: number
    for number, words in {
        1: "un une", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf",
        10: "dix", 12: "douze", 15: "quinze", 20: "vingt", 30: "trente",
    }.items()
    for word in words.split()
}  # fmt: skip

_HALF = r"(?:matin|matinee|midi|apres[- ]midi|aprem|soir|soiree|journee)"
_PART = rf"(?: (?:en |dans l')?(?:(?:fin|debut) (?:de |d')?)?{_HALF})?"
_DAY = r"(?:1er|premier|[0-3]?\d)"
_MONTH = (
    r"(?:janvier|janv|fevrier|fevr|fev|mars|avril|avr|mai|juin|juillet|juil|aout|septembre|sept|octobre|oct|novembre|nov"
    r"|decembre|dec)\b\.?"
)
_WEEKDAY = f"(?:{'|'.join(_DAYS)})"
_CUT = {
    "lun": 0, "lu": 0, "mar": 1, "ma": 1, "mer": 2, "me": 2, "merc": 2, "jeu": 3, "je": 3, "jeud": 3, "ven": 4, "ve": 4,
    "vend": 4, "sam": 5, "sa": 5, "dim": 6, "di": 6,
}  # fmt: skip
"""Days of the week cut short; those that are also words only before a number."""
_LAST = (
    r"(?: (?:dernier|passe|prochain|(?:de )?l'an (?:dernier|passe|prochain)"
    r"|(?:de )?l'annee (?:derniere|passee|prochaine)))?"
)
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:jours?|jrs?|j|semaines?|sem|mois|ans?)"


class Moment(NamedTuple):
    """A day said in a text, from the character ``start`` to before ``end``: the day if it is gone (``back``), the day
    if it is to come (``ahead``), None where it cannot be. ``vague`` when only a week or a month was said.
    """

    start: int
    end: int
    back: date | None
    ahead: date | None
    vague: bool = False


_Days = tuple[date | None, date | None]


def moments(folded: str, today: date) -> Iterator[Moment]:
    """The days that a text says, in order. ``folded`` is in lower case without accents."""
    for match in _ANY.finditer(folded):
        name = match.lastgroup
        assert name is not None
        if re.search(r"\b0\d{3}\b", match.group()):  # a year such as 0026 is none
            continue
        reader, vague = _READERS[name]
        read = _agreeing(match.group(), reader(match.group(), today))
        back, ahead = (day if day and days.FIRST <= day <= days.LAST else None for day in read)
        if back or ahead:
            yield Moment(match.start(), match.end(), back, ahead, vague)


def _agreeing(text: str, read: _Days) -> _Days:
    """Of « mardi 24 », gone or to come, the reading of which the day of the week is the one said."""
    said = re.search(rf"{_WEEKDAY} \d", text)
    back, ahead = (said is not None and day is not None and text.find(_DAYS[day.weekday()]) >= 0 for day in read)
    return read if back == ahead else (read[0] if back else None, read[1] if ahead else None)


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", re.sub(r"\b(?:1er|premier)\b", "1", text))]


def _month(text: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if any(word.startswith(name) for word in _words(text)))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", text) if word not in _DAYS]


def _moved(day: date, months: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return next((found for last in (day.day, 30, 29, 28) if (found := _day(year, month + 1, last))), None)


def _counted(text: str, today: date, sign: int) -> date | None:
    found = re.search(rf"({_COUNT}) ?({_UNIT})\b", text)
    assert found
    many = int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1]]
    if found[2].startswith(("mois", "an")):
        return _moved(today, sign * many * (12 if found[2].startswith("an") else 1))
    return today + timedelta(days=sign * many * (7 if found[2].startswith("sem") else 1))


def _weekday(text: str, today: date) -> _Days:
    wanted = next(number for number, name in enumerate(_DAYS) if name in text)
    monday = today - timedelta(days=today.weekday())
    behind, before = (today.weekday() - wanted) % 7, (wanted - today.weekday()) % 7
    back, ahead = today - timedelta(days=behind or 7), today + timedelta(days=before or 7)
    if "semaine" in text:
        week = -7 if re.search("derniere|passee", text) else 7
        there = monday + timedelta(days=wanted + week)
        return (there, None) if week < 0 else (None, there)
    if re.search("dernier|passe", text):
        return back, None
    if re.search("huit|8|quinze|15", text):
        return None, ahead + timedelta(days=7 if re.search("huit|8", text) else 14)
    if re.search("prochain|qui vient|d'ici|avant|des ", text):
        return None, ahead
    if text.startswith("ce ") and not behind:
        return today, None
    return back, ahead


def _cut(text: str, today: date) -> _Days:
    """« lu 23 », « mer »."""
    full = re.sub(r"^[a-z]+\b\.?", lambda said: _DAYS[_CUT[said.group().rstrip(".")]], text)
    return _day_of_month(full, today) if _numbers(text) else _weekday(full, today)


def _dated(day: int, month: int, year: int | None, today: date) -> _Days:
    if year is not None:
        found = _day(year + 2000 if year < 100 else year, month, day)
        return (found, None) if found and found <= today else (None, found)
    around = [found for each in range(today.year - 8, today.year + 9) if (found := _day(each, month, day))]
    return max((each for each in around if each <= today), default=None), min(
        (each for each in around if each > today), default=None
    )


def _in_words(text: str, today: date) -> _Days:
    day, *year = _numbers(text)
    if said := re.search(r"an(?:nee)? (dernier|passe|prochain)", text):
        year = [today.year + (1 if said[1] == "prochain" else -1)]
    back, ahead = _dated(day, _month(text.split(" de l'")[0]), year[0] if year else None, today)
    if re.search(r"(?:dernier|passe)\b", text) and not year:
        return back, None
    return (None, ahead) if text.endswith("prochain") and not year else (back, ahead)


def _in_figures(text: str, today: date) -> _Days:
    day, month, *year = _numbers(text)
    return _dated(day, month, year[0] if year else None, today)


def _iso(text: str, today: date) -> _Days:
    year, month, day = _numbers(text)
    return _dated(day, month, year, today) if year > 99 else (None, None)


def _day_of_month(text: str, today: date) -> _Days:
    (day,) = _numbers(text)
    starts = [start for months in range(-2, 3) if (start := _moved(today.replace(day=1), months))]
    around = [found for start in starts if (found := _day(start.year, start.month, day))]
    return max((each for each in around if each <= today), default=None), min(
        (each for each in around if each > today), default=None
    )


def _part_of_month(text: str, today: date) -> _Days:
    """The last day for the end of a month, the first for its beginning, the middle one; the last one for all of it."""
    year = next((number for number in _numbers(text) if number > 31), None)
    month = today.month if "mois" in text.split() else _month(re.sub(r"\bmi[- ]", "", text))
    if re.search("debut|courant|^en ", text):
        return _dated(1, month, year, today)
    if "mi" in re.split("[- ]", text):
        return _dated(15, month, year, today)
    ends = (_end(today.year + each, month) for each in (-1, 0, 1)) if year is None else (_end(year, month),)
    found = sorted(ends)
    return max((each for each in found if each <= today), default=None), min(
        (each for each in found if each > today), default=None
    )


def _end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _week(text: str, today: date) -> _Days:
    monday = today - timedelta(days=today.weekday())
    if re.search("derniere|passee", text):
        return monday - timedelta(days=3), None  # its Friday: nearer than it may be, and asked
    if "prochaine" in text or "qui vient" in text:
        return None, monday + timedelta(days=7)
    friday = monday + timedelta(days=4)
    return today, friday if friday > today else None


def _numbered_week(text: str, today: date) -> _Days:
    """The Monday of the week of that number."""
    (number,) = _numbers(text)
    around = [found for year in range(today.year - 1, today.year + 2) if (found := _iso_monday(year, number))]
    return max((each for each in around if each <= today), default=None), min(
        (each for each in around if each > today), default=None
    )


def _iso_monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_Reader = Callable[[str, date], _Days]
_AHEAD = r"(?:d[' ]ici (?:a |au )?|avant |av |des |pour |a partir (?:de |du )?)?"
_FORMS: Mapping[str, tuple[str, _Reader, bool]] = {
    "today": (
        r"aujourd'?hui|aujourdhui|auj\b\.?|ce matin|ce midi|ce soir|cet? apres[- ]midi|cet aprem|tout a l'heure"
        r"|a l'instant|ce jour|cet? aprem|cette apres[- ]midi|cette aprem|dans la (?:matinee|journee)|tantot",
        lambda _, today: (today, None), False,
    ),
    "cut": (
        rf"(?:(?:{'|'.join(_CUT)})\.? {_DAY}(?!\d| ?(?:h\b|%|place|apprenti|stag|pers))"
        r"|(?:lun|lu|mer|merc|jeu|jeud|ven|vend|sam|dim)\b\.?(?! \d)(?: (?:dernier|prochain|passe|qui vient))?)"
        rf"{_PART}",
        _cut, False,
    ),
    "before": (rf"avant[- ]hier{_PART}", lambda _, today: (today - timedelta(days=2), None), False),
    "yesterday": (rf"hier{_PART}", lambda _, today: (today - timedelta(days=1), None), False),
    "after": (rf"{_AHEAD}apres[- ]demain{_PART}", lambda _, today: (None, today + timedelta(days=2)), False),
    "tomorrow": (rf"{_AHEAD}demain{_PART}", lambda _, today: (None, today + timedelta(days=1)), False),
    "ago": (
        rf"(?:(?:il )?y a|ya|il ya) {_COUNT} ?{_UNIT}\b",
        lambda text, today: (_counted(text, today, -1), None), False,
    ),
    "within": (
        rf"(?:dans|ds|d'ici|d ici|sous|d'ici a) {_COUNT} ?{_UNIT}\b(?! dernier)",
        lambda text, today: (None, _counted(text, today, 1)), False,
    ),
    "eight": (
        r"(?:sous|dans la|d'ici une) (?:huitaine|quinzaine)",
        lambda text, today: (None, today + timedelta(days=8 if "huit" in text else 15)), False,
    ),
    "feast": (
        r"(?:avant|d'ici|apres|pour|a partir de) noel", lambda _, today: _dated(25, 12, None, today), False,
    ),
    "iso": (r"(?:le )?\d{4}-\d{2}-\d{2}(?![\d-])", _iso, False),
    "figures": (
        rf"{_AHEAD}(?:le |du |au )?(?:{_WEEKDAY} )?[0-3]?\d(?:/[01]?\d(?:/(?:\d{{4}}|\d{{2}}))?"
        r"|(?P<sep>[.-])[01]?\d(?P=sep)(?:\d{4}|\d{2}))(?![/]|[.-]?\d)", _in_figures, False,
    ),
    "words": (
        rf"{_AHEAD}(?:le |du |au )?(?:{_WEEKDAY} )?{_DAY} {_MONTH}(?: \d{{4}}(?!\d))?{_LAST}{_PART}", _in_words, False,
    ),
    "numbered": (
        rf"{_AHEAD}(?:(?:le |du |au )(?:{_WEEKDAY} )?|{_WEEKDAY} ){_DAY}{_PART}"
        r"(?! *(?:h\b|heures?\b|%|eme|e\b|place|apprenti)|[/.,:-]?\d)",
        _day_of_month, False,
    ),
    "weekday": (
        rf"{_AHEAD}(?:le |ce )?{_WEEKDAY}{_PART}(?: (?:en (?:huit|8|quinze|15)|dernier|passe|prochain|qui vient"
        r"|(?:de )?la semaine (?:derniere|passee|prochaine)))?" + _PART, _weekday, False,
    ),
    "week": (
        r"(?:dans |en |au cours de |pendant |debut |fin )?(?:de )?"
        r"(?:la |cette )?sem(?:aine|\.)? (?:derniere|passee|prochaine|qui vient)|cette sem(?:aine)?\b",
        _week, True,
    ),
    "numbered week": (rf"{_AHEAD}(?:la |en )?(?:semaine|sem\.?|s) ?[0-5]?\d(?! ?(?:h\b|%|/))", _numbered_week, True),
    "last month": (
        r"(?:le )?mois (?:dernier|passe)|recemment|dernierement|l'an dernier|l'annee derniere",
        lambda text, today: (_moved(today, -12 if "an" in text.split("'")[-1][:2] else -1), None), True,
    ),
    "next month": (
        r"(?:le |au )?mois (?:prochain|qui vient)|l'an prochain|l'annee prochaine",
        lambda text, today: (None, _moved(today, 12 if "an" in text.split("'")[-1][:2] else 1)), True,
    ),
    "end of month": (
        rf"{_AHEAD}(?:a la |la )?fin (?:du mois|de mois|(?:de )?{_MONTH})(?: \d{{4}}(?!\d))?", _part_of_month, False,
    ),
    "month": (
        rf"{_AHEAD}(?:debut|mi[- ]|courant|en|au mois de|au mois d') ?(?:de )?{_MONTH}(?: \d{{4}}(?!\d))?",
        _part_of_month, True,
    ),
}  # fmt: skip
_READERS = {name.replace(" ", "_"): (reader, vague) for name, (_, reader, vague) in _FORMS.items()}
_ANY = re.compile(
    "|".join(rf"(?P<{name.replace(' ', '_')}>(?<![\w/])(?:{form})(?!\w))" for name, (form, _, _) in _FORMS.items())
)
