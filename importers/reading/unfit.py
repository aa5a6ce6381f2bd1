"""What is no table of partners, or no row of one: told in a sentence, and never made a record.

A text that happens to hold a known word, a description of columns; under the header the row that explains it; totals,
notes and reminders at the foot, the header said again on the next page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from crm.errors import InputError
from graph_schema.organisations import Organisation
from graph_schema.text import fold
from graph_schema.types import Shape
from importers.faults import ImportFault
from importers.reading.cells import text_of
from importers.reading.columns import CHOSEN
from importers.reading.headers import DEPARTEMENT, NAME, Target, field_of, meanings, parse_target
from importers.reading.mapping import Mapping
from importers.reading.places import find_commune
from importers.reading.tables import Cell, Row, header_text

_BARE = frozenset({"nom", "name", "noms", "libelle", "intitule", "label"})
_COMMUNE = Target(Organisation.TYPE, "commune")
_OF_PLACES = frozenset(
    str(Target(Organisation.TYPE, name))
    for name in ("name", "commune", "city", "postal_code", "latitude", "longitude")
) | {str(DEPARTEMENT)}  # fmt: skip
_ENOUGH = 3
"""Names from which a sheet is judged."""

_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]*)+", re.ASCII)
_SENTENCE_END = (".", "!", "?", ":", ";", "…")
_FIRST = 3
"""Rows under the header among which one may explain it."""

_FIGURES_OF = {"siret": 5, "siren": 5, "phone": 6, "mobile": 6, "postal_code": 4}
"""The least figures that a cell of these fields holds."""

_DESCRIBES = re.compile(
    r"\b(?:obligatoire|facultati(?:f|ve)|requise?|texte|string|chaine de caracteres|format|jj mm aaaa|chiffres|"
    r"par exemple|liste deroulante|menu deroulant|saisir|indiquer|preciser|renseigner|"
    r"(?:nom|numero|adresse|code postal|commune|ville) (?:de l|de la|du|complete?)|identifiant (?:de|unique)|"
    r"optional|required|varchar|integer|boolean)\b"
)
_TOTAL = re.compile(
    r"(?:sous )?tota(?:l|ux)(?: (?:general|generaux|annuels?|cumule|\d+|des?|du|par|structures?|entreprises?|"
    r"partenaires?|contacts?)\b.*)?|(?:nombre|nb) (?:total )?d(?:e|es|u)? .*|somme|moyenne"
)
_FIGURES = re.compile(r"[\d\s.,%€+-]*")
_NOTE = re.compile(
    r"(?:sources?|notes?|nb|rappels?|attention|l[ée]gende|maj|remarques?|important|à faire|todo)\s*[:–-].*|"
    r"(?:derni[èe]re )?mise à jour (?:le|du|:).*|page \d+(?: ?(?:/|sur) ?\d+)?|"
    r"liste (?:arr[êe]t[ée]e|non exhaustive|mise à jour).*|(?:penser à|ne pas oublier|relancer|rappeler) .*|"
    r"(?:[ée]dit[ée]|imprim[ée]|extrait|export[ée]?) (?:le|du|de|par) .*|(?:\*+|\(\d\)) ?\S+ \S+ .*",
    re.IGNORECASE | re.DOTALL,
)
_STARTS = frozenset("tTsSnNmM")
"""What a total begins with."""

_SHOWN = 50
"""Rows left out that are told one by one."""


def check_table(file: str, mapping: Mapping, rows: Sequence[Sequence[Cell]]) -> None:
    """Raise ``InputError`` for a sheet whose first rows name no organisations."""
    index = _place(mapping, NAME)
    if index is None:
        return
    there = [cells for cells in rows if index < len(cells) and text_of(cells[index])]
    names = list(dict.fromkeys(text_of(cells[index]) for cells in there))
    if len(names) >= _ENOUGH and _most(map(_is_of_a_header, names)):
        shown = f"« {names[0][:40]} », « {names[1][:40]} »"
        message = f"« {file} » décrit des colonnes ({shown}…) : ce n'est pas une liste de partenaires."
    elif _most(map(_is_sentence, names)) or _most(map(_is_prose, there)):
        message = f"« {file} » est un texte (« {names[0][:60]}… »), pas un tableau de partenaires."
    elif _are_places(mapping, there, index):
        message = f"« {file} » est une liste de communes, pas de partenaires."
    elif _says_no_more(mapping, index):
        header = mapping.columns[index].header
        message = (
            f"« {file} » : la colonne « {header} » ne dit pas de quoi elle donne le nom, et aucune autre n'est "
            "reconnue. Si ce sont des organisations, dites-le en choisissant son champ."
        )
    else:
        return
    raise InputError(f"{message} Rien n'en est repris.", field="file", code="no_header")


def _place(mapping: Mapping, target: Target) -> int | None:
    return next((column.index for column in mapping.columns if column.target == str(target)), None)


def _are_places(mapping: Mapping, rows: Sequence[Sequence[Cell]], name: int) -> bool:
    """Whether the names are those of the communes of their rows, of which nothing else is told."""
    code = _place(mapping, _COMMUNE)
    fed = {column.target for column in mapping.columns if column.target}
    if code is None or len(rows) < _ENOUGH or not fed <= _OF_PLACES:
        return False
    pairs = ((text_of(cells[name]), text_of(cells[code])) for cells in rows if code < len(cells))
    return _most(fold(find_commune(place, "", "").name) == fold(text) for text, place in pairs)


def _says_no_more(mapping: Mapping, name: int) -> bool:
    """Whether a bare « Nom » is all that is known of a table of several columns."""
    column = mapping.columns[name]
    others = [each for each in mapping.columns if each.header and each.index != name]
    bare = column.reason != CHOSEN and fold(column.header) in _BARE
    return bare and len(others) > 1 and not any(each.target for each in others)


def _most(found: Iterable[bool]) -> bool:
    each = list(found)
    return sum(each) > 0.6 * len(each)


def _is_of_a_header(name: str) -> bool:
    return len(name) < 100 and (bool(_IDENTIFIER.fullmatch(name)) or bool(meanings(name)))


def _is_sentence(text: str) -> bool:
    words = text.split()
    return len(words) > 5 and text.endswith(_SENTENCE_END) and len(words[-1]) > 4 and "." not in words[-1][:-1]


def _is_prose(cells: Sequence[Cell]) -> bool:
    """Whether a row is a sentence that was cut where its commas stand."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    return _is_sentence(" ".join(texts)) and all(text[:1] == " " and text[1:2].islower() for text in texts[1:])


class PartnerRows:
    """The rows of a sheet that may be of partners; the others are counted, and told by ``remarks``."""

    def __init__(self, file: str, sheet: str, header: Sequence[str], mapping: Mapping) -> None:
        self.file, self.sheet, self.header = file, sheet, tuple(header)
        self.name = _place(mapping, NAME)
        self.wide = sum(1 for text in header if text) > 2
        self.targets = [(c.index, t) for c in mapping.columns if c.target and (t := parse_target(c.target))]
        self.left: list[tuple[int, str, str]] = []
        self.many = 0

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows that may be of partners, streamed."""
        for place, row in enumerate(rows):
            why = self._unfit(row[1], place)
            if not why:
                yield row
                continue
            self.many += 1
            if self.many <= _SHOWN:
                self.left.append((row[0], why, next(text for cell in row[1] if (text := text_of(cell)))))

    def remarks(self) -> Iterator[ImportFault]:
        """One sentence for each row left out; beyond some, how many there are."""
        for number, why, text in self.left:
            message = f"« {text[:60]} » : la ligne est {why}, pas un partenaire ; elle n'est pas reprise."
            yield ImportFault(self.file, self.sheet, number, "", text[:200], "no_partner", message)
        if self.many > _SHOWN:
            message = (
                f"{self.many - _SHOWN} autres lignes ne sont pas des partenaires (totaux, notes, en-têtes répétés)."
            )
            yield ImportFault(self.file, self.sheet, 0, "", "", "no_partner", message)

    def _unfit(self, cells: Sequence[Cell], place: int) -> str:
        """Why a row is none of a partner, or nothing."""
        filled = [cell for cell in cells if cell not in (None, "")]
        if place < _FIRST and self._describes(cells):
            return "l'explication des colonnes"
        first = filled[0] if filled else None
        if not isinstance(first, str):
            return ""
        if len(filled) == 1:
            return "une note" if self.wide and self._is_note(first) else "un total" if _is_total(first) else ""
        if first[:1] in _STARTS and _is_total(first) and all(_FIGURES.fullmatch(text_of(cell)) for cell in filled[1:]):
            return "un total"
        if header_text(first) in self.header and self._is_header(cells):
            return "l'en-tête répété"
        return ""

    def _is_note(self, text: str) -> bool:
        return bool(_NOTE.fullmatch(text.strip())) or _is_sentence(text.strip())

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        pairs = zip(cells, self.header, strict=False)
        return all(header_text(cell) == text for cell, text in pairs if cell not in (None, ""))

    def _describes(self, cells: Sequence[Cell]) -> bool:
        texts = [
            (target, text) for index, target in self.targets if index < len(cells) and (text := text_of(cells[index]))
        ]
        describing = sum(bool(_DESCRIBES.search(fold(text[:300]))) for _, text in texts)
        if not describing or len(texts) < 2:
            return False
        fit = [_fits(target, text) for target, text in texts]
        return True not in fit and (False in fit or describing > 1)


def _is_total(text: str) -> bool:
    return len(text) < 100 and text[:1] in _STARTS and _TOTAL.fullmatch(fold(text)) is not None


def _fits(target: Target, text: str) -> bool | None:
    """Whether a text has the least that its field holds; None where the field holds any text."""
    if target.field == "email":
        return "@" in text
    if least := _FIGURES_OF.get(target.field):
        return sum(map(str.isdigit, text)) >= least
    field = field_of(target)
    if field is not None and field.shape in (Shape.DATE, Shape.NUMBER, Shape.INTEGER):
        return any(map(str.isdigit, text))
    return None
