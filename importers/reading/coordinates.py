"""Telephone numbers and e-mail addresses in one cell: two of them, words around them, a name before them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from crm.records.identifiers import Trust, check_email, check_phone
from crm.sentences.senses import words as words_of
from graph_schema.text import fold

_LONGEST = 300
"""Characters of a cell in which they are looked for."""

EMAIL = re.compile(r"[^\s<>(),;:/|\"]+@[^\s<>(),;:/|\"]+")
_TEN_DIGITS = r"(?<!\d)(?:(?:\+|00)33 ?(?:\(0\))? ?|0)[1-9](?:[ .\-/]?\d{2}){4}(?!\d)"
_FRENCH = re.compile(_TEN_DIGITS, re.ASCII)
PHONE = re.compile(
    rf"(?:{_TEN_DIGITS}|(?:\+|(?<!\d)0|(?<!\d)33(?=[ .]?[1-9]))[\d .\-/()]{{8,20}}\d)"
    r"(?:\s*\(?(?:poste|pst|ext)\b\.?\s*(?:n°|:)?\s*\d{1,6}\)?)?",
    re.ASCII | re.IGNORECASE,
)
_PIECES = re.compile(r"[/;,|\n]|\s(?:ou|et|-|–)\s", re.IGNORECASE)
_MOBILE = ("06", "07")
_LABELS = words_of(
    "tel telephone port portable mob mobile gsm fixe fax std standard pro perso professionnel personnel bureau domicile"
    " direct directe ligne poste pst ext int x n no numero accueil secretariat siege e mail email courriel mel adresse"
    " contact mailto et ou de du la le par a"
)


class Coordinates(NamedTuple):
    """The values found in a cell, in order and in official form, and the words that stand beside them."""

    values: list[str]
    words: str = ""


def phones_in(text: str, region: str = "FR") -> Coordinates:
    """The telephone numbers of a cell that is more than one; none where some figures are of no number."""
    if len(text) > _LONGEST:
        return Coordinates([])
    pieces = _FRENCH.findall(text)
    rest = _FRENCH.sub(" ", text)
    if len(pieces) < 2 or any(map(str.isdigit, rest)):
        pieces, rest = [piece for piece in _PIECES.split(text) if any(map(str.isdigit, piece))], ""
    checked = [check_phone(piece, region) for piece in pieces]
    if any(each.state is not Trust.VALID for each in checked):
        return Coordinates([])
    return Coordinates(list(dict.fromkeys(each.value for each in checked)), words_beside(text))


def by_sort(numbers: Sequence[str]) -> dict[str, str]:
    """Two telephone numbers in the two fields of a person: the mobile one in its own, where one of them is.

    >>> by_sort(["06 39 98 12 34", "03 21 00 00 00"])
    {'mobile': '06 39 98 12 34', 'phone': '03 21 00 00 00'}
    """
    if len(numbers) < 2:
        return dict(zip(("phone",), numbers, strict=False))
    mobile = next((number for number in numbers if number.startswith(_MOBILE)), numbers[1])
    return {"mobile": mobile, "phone": next(number for number in numbers if number != mobile)}


def emails_in(text: str) -> Coordinates:
    """The e-mail addresses of a cell that holds more than one address by itself."""
    if len(text) > _LONGEST:
        return Coordinates([])
    checked = [check_email(found.strip(".'’")) for found in EMAIL.findall(text)]
    values = [each.value for each in checked if each.state is Trust.VALID]
    return Coordinates(list(dict.fromkeys(values)), words_beside(EMAIL.sub(" ", text)) if values else "")


_NAMED_ADDRESS = re.compile(r"\s*[\"']?([^<>@\"']{2,100}?)[\"']?\s*<[^<>@\s]+@[^<>@\s]+>\s*")


def named_address(text: str) -> str:
    """The name before an address in angle brackets: « Léa Martin <lea@exemple.fr> »."""
    found = _NAMED_ADDRESS.fullmatch(text) if len(text) <= _LONGEST else None
    return found[1].strip() if found else ""


def words_beside(text: str) -> str:
    """What a cell says besides numbers and the usual labels: a name, mostly."""
    words = re.findall(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]+)*\.?", text)
    return (
        " ".join(words)
        if any(fold(word).split() and not _LABELS.issuperset(fold(word).split()) for word in words)
        else ""
    )
