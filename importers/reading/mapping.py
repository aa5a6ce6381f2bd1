"""Which column feeds what: guessed from the headers, shown to people, changed by them, kept for the next file."""

from collections import Counter
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.errors import InputError
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.registry import SCHEMA
from importers.reading.headers import (
    CONCERNS,
    DEPARTEMENT,
    FAMILY_NAME,
    GIVEN_NAME,
    LAST_CONTACT,
    NAME,
    Target,
    field_of,
    meanings,
    parse_target,
    qualified,
)

_KEYS = (NAME, Target(Organisation.TYPE, "siret"), Target(Organisation.TYPE, "siren"))
_BY_NAME = "reconnue par son intitulé"
_UNKNOWN = "non reprise : aucun champ ne porte cet intitulé"
_NAMELESS = "non reprise : colonne sans intitulé"
TAKEN = "non reprise : déjà prise par une autre colonne"
_CHOSEN = "choisie par vous"
NOT_TOLD = (_UNKNOWN, _NAMELESS)
"""Reasons of columns whose name says nothing."""
_ORGANISATION_SIDE = {"email": "email", "phone": "phone", "mobile": "phone"}
_BORNE = frozenset(f"Person.{field}" for field in _ORGANISATION_SIDE)
_OR_PARTNER = " ; donnée au partenaire sur une ligne qui ne nomme personne"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its header, its place from 0, what it feeds (``Type.field`` or None) and why (French)."""

    header: str
    index: int
    target: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """A file's columns and what they feed."""

    columns: tuple[Column, ...]

    def targets(self) -> dict[str, str | None]:
        """What to keep for the next file: header → target."""
        return {column.header: column.target for column in self.columns}

    def is_of(self, header: Sequence[str]) -> bool:
        """Whether its columns are exactly those of this header."""
        return tuple(c.header for c in self.columns) == tuple(header)

    def changed(self, index: int, target: str | None) -> "Mapping":
        """The same mapping with another target for one column. Raises ``InputError`` when there is no such target."""
        if target is not None and parse_target(target) is None:
            raise InputError(f"« {target} » n'est pas un champ que l'on puisse importer.", field="mapping")
        columns = [replace(c, target=target, reason=_CHOSEN) if c.index == index else c for c in self.columns]
        return Mapping(tuple(columns))

    def fitted(self, header: Sequence[str]) -> "Mapping":
        """This mapping on another header: by the columns' names, guessed for those that it does not know."""
        guessed = guess(header)
        if self.is_of(header):
            return self
        kept = {column.header: column for column in self.columns}
        columns = [
            replace(c, target=kept[c.header].target, reason=kept[c.header].reason or _CHOSEN) if c.header in kept else c
            for c in guessed.columns
        ]
        return Mapping(tuple(columns))

    def check(self, file: str) -> None:
        """Raise ``InputError`` when two columns feed one field, or none tells which organisation a row is about."""
        fed = Counter(c.target for c in self.columns if c.target and not _joins(c.target))
        for target, count in fed.items():
            if count > 1:
                names = " et ".join(f"« {c.header} »" for c in self.columns if c.target == target)
                raise InputError(
                    f"« {file} » : les colonnes {names} désignent toutes « {label(target)} ». Renommez ou supprimez "
                    "celle qu'il ne faut pas lire.",
                    field="mapping",
                    code="two_headers",
                )
        if not any(str(key) in fed for key in _KEYS):
            found = ", ".join(f"« {c.header} »" for c in self.columns if c.header) or "aucun"
            raise InputError(
                f"« {file} » : aucune colonne ne nomme l'organisation. En-têtes trouvés : {found}. Il faut au moins "
                "« Raison sociale » (ou « Structure »), « SIRET » ou « SIREN ».",
                field="mapping",
                code="no_header",
            )


def label(target: str) -> str:
    """What people call a target: « Organisation · Ville »."""
    parsed = parse_target(target)
    if parsed == DEPARTEMENT:
        return "Département"
    if parsed is not None and parsed in CONCERNS:
        return f"Échange · {SCHEMA.nodes[CONCERNS[parsed]].about.label}"
    type, _, name = target.partition(".")
    whole = SCHEMA.type(type).about.label.capitalize()
    if link := SCHEMA.links.get(name):
        return f"{whole} · {link.about.label if type in link.about.sources else link.about.inverse}"
    return f"{whole} · {SCHEMA.type(type).fields[name].about.label}"


def _joins(target: str) -> bool:
    """Whether several columns may feed it together: lists and long texts."""
    parsed = parse_target(target)
    field = field_of(parsed) if parsed else None
    return parsed in CONCERNS or (field is not None and (field.many or field.about.long))


def guess(header: Sequence[str]) -> Mapping:
    """What each column most likely feeds; words with several meanings are settled by the other columns."""
    possible = [meanings(text) for text in header]
    named = _names(header, possible)
    person = any(t in (FAMILY_NAME, GIVEN_NAME) for t in named.values())
    columns = []
    for index, (text, found) in enumerate(zip(header, possible, strict=True)):
        if index in named:
            column = Column(text, index, str(named[index]), _BY_NAME)
        elif not found:
            column = Column(text, index, None, _UNKNOWN if text else _NAMELESS)
        elif person:
            column = Column(text, index, str(found[0] if qualified(text) else _of_person(found)), _BY_NAME)
        else:
            column = _without_person(text, index, found)
        columns.append(column)
    settled = _only_dated(_side_by_position(columns))
    return Mapping(tuple(replace(c, reason=c.reason + _OR_PARTNER) if c.target in _BORNE else c for c in settled))


def _only_dated(columns: list[Column]) -> list[Column]:
    """What is said of an exchange is read where a column dates it."""
    if any(column.target == str(LAST_CONTACT) for column in columns):
        return columns
    undated = "non reprise : aucune colonne ne donne la date de l'échange"
    return [
        replace(c, target=None, reason=undated) if (c.target or "").startswith(("Exchange.", "Concerns.")) else c
        for c in columns
    ]


def _names(header: Sequence[str], possible: Sequence[tuple[Target, ...]]) -> dict[int, Target]:
    """The columns that name the organisation or the person. A bare « Nom » is what the others leave it to be."""
    sure = {i: f[0] for i, f in enumerate(possible) if len(f) == 1 and f[0] in (NAME, FAMILY_NAME, GIVEN_NAME)}
    open_ones = [i for i, f in enumerate(possible) if len(f) > 1 and NAME in f and FAMILY_NAME in f]
    has_name = NAME in sure.values()
    has_person_name = FAMILY_NAME in sure.values()
    has_given_name = GIVEN_NAME in sure.values()
    for index in open_ones:
        of_person = not has_person_name and (has_name or has_given_name)
        sure[index] = FAMILY_NAME if of_person else NAME
        has_person_name, has_name = has_person_name or of_person, has_name or not of_person
    return sure


def _of_person(found: Sequence[Target]) -> Target:
    """A bare « Email » or « Téléphone » beside a person's name is the person's."""
    return next((t for t in found if t.type == Person.TYPE and t.field in _ORGANISATION_SIDE), found[0])


def _without_person(text: str, index: int, found: Sequence[Target]) -> Column:
    own = [t for t in found if t.type not in (Person.TYPE, WorksFor.TYPE)]
    shared = [_ORGANISATION_SIDE[t.field] for t in found if t.type == Person.TYPE and t.field in _ORGANISATION_SIDE]
    if own:
        return Column(text, index, str(own[0]), _BY_NAME)
    if shared:
        return Column(
            text, index, f"Organisation.{shared[0]}", "reconnue par son intitulé : aucune colonne ne nomme de personne"
        )
    return Column(text, index, None, "non reprise : aucune colonne ne nomme la personne dont il s'agit")


def _side_by_position(columns: list[Column]) -> list[Column]:
    """Where « Email » stands on both sides of the person's name, the first is the organisation's."""
    fed: Map[str | None, int] = Counter(c.target for c in columns)
    first_of_person = min((c.index for c in columns if c.target in (str(FAMILY_NAME), str(GIVEN_NAME))), default=None)
    settled = []
    for column in columns:
        target = column.target or ""
        of_organisation = target.replace("Person.", "Organisation.")
        if (
            first_of_person is not None
            and column.index < first_of_person
            and target in ("Person.email", "Person.phone")
            and (fed[target] == 2 and of_organisation not in fed)
            and not qualified(column.header)
        ):
            column = replace(column, target=of_organisation, reason="reconnue par sa place, avant la personne")
        settled.append(column)
    if sum(c.target == "Organisation.phone" for c in settled) > 1 and first_of_person is None:
        settled = [replace(c, target=None, reason=TAKEN) if _is_mobile(c) else c for c in settled]
    return settled


def _is_mobile(column: Column) -> bool:
    return any(t.field == "mobile" for t in meanings(column.header))
