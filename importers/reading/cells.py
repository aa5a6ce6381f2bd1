"""From a cell to the value that a declared field keeps, with what had to be repaired or left out."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from crm.records import identifiers
from crm.records.identifiers import Checked, Trust
from graph_schema.declaration import Vocabulary
from graph_schema.exchanges import Channel, Direction
from graph_schema.text import fold, visible
from graph_schema.types import Field, Shape
from graph_schema.vocabularies import Headcount, Kind
from graph_schema.wording import short_date
from importers.faults import REPAIRED
from importers.reading.contacts import channel_of, direction_of
from importers.reading.dates import parse_date, part_of_date, year_of
from importers.reading.kinds import kind_of_words
from importers.reading.tables import Cell


class Converted(NamedTuple):
    """A cell's value (None: nothing to keep) and, when there is something to say, a code and a French sentence."""

    value: Any
    code: str = ""
    message: str = ""
    hint: str = ""


_LEFT_OUT = "La cellule n'est pas reprise : corrigez-la dans le fichier."
_LONGEST_CODE = 254
"""Characters of the longest e-mail address there may be; no identifier or number has as many."""
_EMPTY = frozenset({"", "-", "--", "/", "?", "n/a", "nc", "n.c.", "neant", "néant", "null", "none", "nan", "[nd]"})
_TRUE = frozenset({"oui", "o", "x", "vrai", "true", "1", "yes", "ok", "✓", "✔"})
_FALSE = frozenset({"non", "n", "faux", "false", "0", "no"})
_BROKEN = re.compile(r"#(?:N/A|REF!|VALUE!|VALEUR!|NAME\?|NOM\?|DIV/0!|NUM!|NULL!)", re.IGNORECASE)
_LIST = re.compile(r"[,;|/\n]")
_SPACES = re.compile(r"[\s\u202f\u00a0]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LARGEST = 1e15
"""Up to here a spreadsheet's numbers are exact."""
_AMOUNT = re.compile(r"\d{1,9}", re.ASCII)

_DURATION = re.compile(r"PT(\d+)H(\d\d)M(\d\d)(?:[.,]\d+)?S", re.ASCII)
"""How ODS writes that something lasts."""

_PERCENT = re.compile(r"0(\.0+)?%")
_ZEROS = re.compile(r"0{2,}")

_CHECKS: Mapping[str, Callable[[str], Checked]] = {
    "siren": identifiers.check_siren,
    "siret": identifiers.check_siret,
    "naf": identifiers.check_naf,
    "uai": identifiers.check_uai,
    "email": identifiers.check_email,
    "phone": identifiers.check_phone,
    "mobile": identifiers.check_phone,
    "idcc": identifiers.check_idcc,
}
_CLEAR_HEADCOUNTS = ((1, "00"), (3, "01"), (6, "02"), (10, "03"), (20, "11"), (50, "12"), (100, "21"), (200, "22"),
                     (250, "31"), (500, "32"), (1000, "41"), (2000, "42"), (5000, "51"), (10_000, "52"))  # fmt: skip


def text_of(cell: Cell) -> str:
    """A cell as text, numbers without the « .0 » of spreadsheets; empty for what means nothing (« - », « N/A »).

    Control characters and changes of writing direction are left out: no one can have meant them.
    """
    if isinstance(cell, str):
        text = visible(cell).strip()
        if text.startswith("PT") and (lasting := _DURATION.fullmatch(text)):
            text = ":".join(lasting.groups())
    elif cell is None:
        return ""
    elif isinstance(cell, bool):
        text = "oui" if cell else "non"
    elif isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        text = str(int(cell))
    elif isinstance(cell, date | datetime):
        text = str(year_of(cell) or short_date(cell))
    elif isinstance(cell, time):
        text = f"{cell:%H:%M:%S}".removesuffix(":00")
    elif isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        text = f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    else:
        text = str(cell)
    return "" if text.lower() in _EMPTY else text


def shown(cell: Cell, look: str = "") -> str:
    """A cell as people see it in their spreadsheet, where a number may have a ``look`` (``0%``, ``00000``)."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if percent := _PERCENT.fullmatch(look):
            return f"{cell * 100:.{len(percent[1] or '.') - 1}f} %".replace(".", ",")
        if _ZEROS.fullmatch(look) and float(cell).is_integer():
            return f"{int(cell):0{len(look)}d}"
        return text_of(cell).replace(".", ",")
    return "" if cell is None else cell if isinstance(cell, str) else text_of(cell)


def convert(field: Field, cell: Cell) -> Converted:
    """The value of ``field`` that a cell means. An empty cell gives None and says nothing."""
    text = text_of(cell)
    if not text:
        return Converted(None)
    if _BROKEN.fullmatch(text):
        return Converted(
            None, "formula", f"La formule de cette cellule donne une erreur ({text}).", "Corrigez la formule."
        )
    if field.many:
        return _many(field, text)
    if field.name in _CHECKS:
        return _checked(field, text)
    return _BY_SHAPE[field.shape](field, cell, text)


def _checked(field: Field, text: str) -> Converted:
    if len(text) > _LONGEST_CODE:
        message = f"« {text[:40]}… » est trop long pour « {field.about.label} »."
        return Converted(None, "invalid", message, _LEFT_OUT)
    checked = _CHECKS[field.name](text)
    if checked.state is Trust.FORMAT:
        return Converted(None, "invalid", checked.message, _LEFT_OUT)
    if checked.state is Trust.CHECKSUM:
        return Converted(checked.value, "checksum", checked.message)
    return Converted(checked.value, REPAIRED if checked.repaired else "", checked.message)


_OTHERS: Mapping[str, tuple[str, str, Callable[[str], Checked]]] = {
    "siret": ("siren", "SIREN", identifiers.check_siren),
    "siren": ("siret", "SIRET", identifiers.check_siret),
}


def other_identifier(name: str, cell: Cell) -> tuple[str, Converted] | None:
    """The field to which an identifier of the wrong column belongs, and what it is: a whole SIREN under « SIRET »."""
    if name not in _OTHERS:
        return None
    other, label, check = _OTHERS[name]
    text = text_of(cell)
    checked = check(text) if len(text) <= _LONGEST_CODE else None
    if checked is None or checked.state is not Trust.VALID or checked.repaired:
        return None
    return other, Converted(checked.value, REPAIRED, f"« {text} » est un {label} : il est repris comme tel.")


def _text(field: Field, cell: Cell, text: str) -> Converted:
    if field.name == "postal_code":
        digits = re.sub(r"\s|^[Ff]R?-", "", text)
        if re.fullmatch(r"\d{4}", digits, re.ASCII):
            return Converted(f"0{digits}", REPAIRED, f"Code postal rétabli : « {text} » devient 0{digits}.")
        return Converted(digits if re.fullmatch(r"\d{5}", digits, re.ASCII) else text)
    return Converted(text)


def _date(field: Field, cell: Cell, text: str) -> Converted:
    day = parse_date(cell)
    if day is None:
        part = part_of_date(cell)
        message = f"« {text[:60]} » dit {part}, pas un jour." if part else f"« {text[:60]} » n'est pas une date."
        return Converted(None, "invalid", message, "Écrivez-la sous la forme jj/mm/aaaa.")
    return Converted(day)


def _number(field: Field, cell: Cell, text: str) -> Converted:
    digits = _SPACES.sub("", text)
    number = float(digits.replace(",", ".")) if _NUMBER.fullmatch(digits) else math.nan
    if math.isnan(number):
        return Converted(
            None, "invalid", f"« {text[:60]} » n'est pas un nombre.", "Écrivez un nombre, par exemple 12,5."
        )
    if abs(number) > _LARGEST:
        return Converted(None, "invalid", f"« {text[:60]} » est un nombre trop grand.", "Corrigez la cellule.")
    return Converted(int(number) if field.shape is Shape.INTEGER and number.is_integer() else number)


def _boolean(field: Field, cell: Cell, text: str) -> Converted:
    word = text.lower()
    if word in _TRUE or word in _FALSE:
        return Converted(word in _TRUE)
    return Converted(None, "invalid", f"« {text[:60]} » ne dit ni oui ni non.", "Écrivez « oui » ou « non ».")


def _choice(field: Field, cell: Cell, text: str) -> Converted:
    assert field.vocabulary is not None
    found = choose(field.vocabulary, text)
    if found is not None:
        return Converted(found.value)
    allowed = ", ".join(f"« {term.label} »" for term in field.vocabulary)
    if field.vocabulary is Direction:
        message = (
            f"« {text[:60]} » ne dit pas qui a contacté qui : l'échange est noté « {Direction.UNKNOWN.label} » et ne "
            "rafraîchit aucune relation."
        )
        return Converted(Direction.UNKNOWN.value, "unknown_choice", message, f"Choix : {allowed}.")
    return Converted(
        None, "unknown_choice", f"« {text[:60]} » n'est pas dans la liste de « {field.about.label} ».",
        f"Choix : {allowed}.",
    )  # fmt: skip


def choose(vocabulary: type[Vocabulary], text: str) -> Vocabulary | None:
    """The term that a word means: its value, its label, however written, or a synonym that people use."""
    folded = fold(text)
    doubtful = vocabulary is Direction and "?" in text
    for term in vocabulary if not doubtful else ():
        if folded in (fold(term.value), fold(term.label)):
            return term
    if reader := _READERS.get(vocabulary):
        return reader(text)
    bare = folded.replace("opco", "").strip()
    if bare and (found := [term for term in vocabulary if fold(term.value).replace("opco", "").strip() == bare]):
        return found[0]
    first_words = [term for term in vocabulary if fold(term.label).split()[0] == folded]
    synonyms = {"madame": "mme", "melle": "mme", "mlle": "mme", "monsieur": "m", "mr": "m", "f": "mme", "h": "m"}
    if folded in synonyms:
        return next((term for term in vocabulary if term.value == synonyms[folded]), None)
    return first_words[0] if len(first_words) == 1 else None


def _headcount(text: str) -> Headcount | None:
    digits = _SPACES.sub("", text)
    if not _AMOUNT.fullmatch(digits):
        return None
    return Headcount(next((code for limit, code in _CLEAR_HEADCOUNTS if int(digits) < limit), "53"))


_READERS: Mapping[type[Vocabulary], Callable[[str], Vocabulary | None]] = {
    Kind: kind_of_words, Headcount: _headcount, Channel: channel_of, Direction: direction_of,
}  # fmt: skip
"""The lists of which people say the terms in many words."""


def _many(field: Field, text: str) -> Converted:
    kept, problems = [], []
    for item in (part.strip() for part in _LIST.split(text)):
        if not item:
            continue
        one = _checked(field, item) if field.name in _CHECKS else Converted(item)
        if field.vocabulary is not None:
            one = _choice(field, item, item)
        problems += [one] if one.message else []
        kept += [one.value] if one.value is not None and one.value not in kept else []
    if problems:
        return problems[0]._replace(value=kept or None)
    return Converted(kept)


_BY_SHAPE: Mapping[Shape, Callable[[Field, Cell, str], Converted]] = {
    Shape.TEXT: _text,
    Shape.DATE: _date,
    Shape.INTEGER: _number,
    Shape.NUMBER: _number,
    Shape.BOOLEAN: _boolean,
    Shape.CHOICE: _choice,
}
