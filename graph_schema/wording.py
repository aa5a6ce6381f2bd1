"""How French people write dates, numbers, counts and lists: the words shared by screens, reports and analytics."""

import re
from collections.abc import Sequence
from datetime import date

from graph_schema.text import fold

NBSP = "\u00a0"
"""No-break space: before a unit, a colon, inside guillemets."""

NARROW = "\u202f"
"""Narrow no-break space: between thousands."""

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_INVARIABLE = ("s", "x", "z")
_DAY_IN_FIGURES = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")
_DAY_IN_WORDS = re.compile(rf"\b(1er|\d{{1,2}})\s({'|'.join(_MONTHS)})\s(\d{{4}})\b", re.IGNORECASE)


def short_date(day: date) -> str:
    """Return the date in figures.

    >>> short_date(date(2026, 3, 12))
    '12/03/2026'
    """
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def long_date(day: date) -> str:
    """Return the date in words; the first of a month is « 1er ».

    >>> long_date(date(2026, 3, 12))
    '12 mars 2026'
    """
    return f"{'1er' if day.day == 1 else day.day} {month(day)}"


def in_order(text: str) -> str:
    """Return what a text is sorted by: itself folded, each day in it as year, month and day.

    >>> sorted(["jusqu'au 02/01/2027", "jusqu'au 15/06/2026", "Séance du 3 mai 2025"], key=in_order)
    ["jusqu'au 15/06/2026", "jusqu'au 02/01/2027", 'Séance du 3 mai 2025']
    """
    figures = _DAY_IN_FIGURES.sub(r"\3\2\1", text)
    return fold(_DAY_IN_WORDS.sub(_in_figures, figures))


def _in_figures(day: re.Match[str]) -> str:
    number, name, year = day.groups()
    return f"{year}{_MONTHS.index(name.lower()) + 1:02}{int(number.removesuffix('er')):02}"


def month(day: date) -> str:
    """Return the month and the year of a day.

    >>> month(date(2026, 1, 31))
    'janvier 2026'
    """
    return f"{_MONTHS[day.month - 1]} {day.year}"


def since(day: date) -> str:
    """Return how a period that begins on ``day`` is announced: by its month when it is the first of one.

    >>> since(date(2026, 1, 1)), since(date(2025, 11, 20))
    ('depuis janvier 2026', 'depuis le 20/11/2025')
    """
    return f"depuis {month(day)}" if day.day == 1 else f"depuis le {short_date(day)}"


def ago(day: date, on: date) -> str:
    """Return how far ``day`` is from the day ``on``, as people say it: in months from two on, in years from two on.

    >>> ago(date(2026, 8, 20), date(2026, 11, 20)), ago(date(2026, 11, 21), date(2026, 11, 20))
    ('il y a 3 mois', 'demain')
    """
    days = (on - day).days
    near = {0: "aujourd'hui", 1: "hier", -1: "demain"}
    if days in near:
        return near[days]
    span = _span(min(day, on), max(day, on))
    return f"il y a {span}" if days > 0 else f"dans {span}"


def _span(start: date, end: date) -> str:
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if months < 2:
        return count((end - start).days, "jour")
    return f"{months} mois" if months < 24 else count(months // 12, "an")


def number(value: float, decimals: int = 0) -> str:
    """Return a number with narrow spaces between thousands and a decimal comma.

    >>> number(1234.5, 1) == f"1{NARROW}234,5"
    True
    """
    return f"{value:,.{decimals}f}".replace(",", NARROW).replace(".", ",")


def kilometres(distance: float, approximate: bool = False) -> str:
    """Return a distance in whole kilometres, at least one.

    >>> kilometres(41.7, approximate=True) == f"environ 42{NBSP}km"
    True
    """
    return f"{'environ ' if approximate else ''}{number(max(1, round(distance)))}{NBSP}km"


def plural(amount: int, singular: str, many: str | None = None) -> str:
    """Return the noun as French agrees it: singular below two; without ``many``, each word of it takes an s.

    >>> plural(0, "accueil"), plural(2, "partenaire actif"), plural(3, "réseau", "réseaux")
    ('accueil', 'partenaires actifs', 'réseaux')
    """
    if amount < 2:
        return singular
    return many or " ".join(word if word.endswith(_INVARIABLE) else f"{word}s" for word in singular.split(" "))


def weight(size: int) -> str:
    """A number of bytes as people say it: « 1,5 Mo »."""
    for step, unit in ((1 << 30, "Go"), (1 << 20, "Mo"), (1 << 10, "Ko")):
        if size >= step:
            return f"{number(size / step, 1)}{NBSP}{unit}"
    return count(size, "octet")


def count(amount: int, singular: str, many: str | None = None) -> str:
    """Return a number and its noun, agreed.

    >>> count(1, "comité"), count(3, "comité")
    ('1 comité', '3 comités')
    """
    return f"{number(amount)} {plural(amount, singular, many)}"


def listing(items: Sequence[str], limit: int | None = None) -> str:
    """Return an enumeration; beyond ``limit`` the rest is counted rather than named.

    >>> listing(["a", "b", "c"]), listing(["a", "b", "c", "d"], limit=2)
    ('a, b et c', 'a, b et 2 autres')
    """
    shown = list(items)
    if limit is not None and len(shown) > limit:
        hidden = len(shown) - limit
        shown = [*shown[:limit], count(hidden, "autre")]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} et {shown[-1]}"


def one(label: str, feminine: bool) -> str:
    """Return one of what a label names, inside a sentence.

    >>> one("Convention", True), one("Compte rendu", False)
    ('une convention', 'un compte rendu')
    """
    return f"{'une' if feminine else 'un'} {lowered(label)}"


def lowered(label: str) -> str:
    """Return a label as it stands inside a sentence: its acronyms stay.

    >>> lowered("Code NAF"), lowered("SMS"), lowered("À relancer")
    ('code NAF', 'SMS', 'à relancer')
    """
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in label.split(" "))


def sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop.

    >>> sentence("jamais eu d'échange")
    "Jamais eu d'échange."
    """
    closed = text if text.endswith((".", "!", "?", "…")) else f"{text}."
    return closed[:1].upper() + closed[1:]
