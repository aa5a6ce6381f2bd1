"""Finding the commune that an address means, or saying why not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from graph_schema.territory import spelling
from graph_schema.territory.places import PartKind, Place, PlaceWithin
from graph_schema.territory.reference import communes, departements, parts
from graph_schema.text import fold

_COLLECTIVITY_PREFIXES = ("975", "977", "978", "984", "986", "987", "988", "989")
_COLLECTIVITY_POSTAL_CODES = ("97133", "97150")
"""Saint-Barthélemy and Saint-Martin, which kept postal codes of Guadeloupe."""

_Named = tuple[Place, PlaceWithin | None]
"""A commune, and the part of it that bears the name when the commune itself does not."""


class Reason(StrEnum):
    """How a commune was found, or why none was; the value is French, and completes « Commune : … »."""

    CODE = "code officiel"
    PART = "arrondissement ou ancienne commune"
    NAME_AND_POSTAL_CODE = "nom et code postal"
    NAME_AND_DEPARTEMENT = "nom et département"
    NAME = "nom porté par une seule commune"
    POSTAL_CODE = "code postal d'une seule commune"
    NOTHING_GIVEN = "rien n'est indiqué"
    UNKNOWN_CODE = "code officiel inconnu"
    UNKNOWN_POSTAL_CODE = "code postal inconnu"
    UNKNOWN_NAME = "nom inconnu"
    UNKNOWN_DEPARTEMENT = "département inconnu"
    AMBIGUOUS = "plusieurs communes possibles"
    MISMATCH = "indications contradictoires"
    COLLECTIVITY = "collectivité d'outre-mer hors du référentiel"


class Resolution(NamedTuple):
    """The answer: a commune, or the candidates (most populous first) between which a person must choose."""

    commune: Place | None
    reason: Reason
    candidates: tuple[Place, ...] = ()
    part: PlaceWithin | None = None
    """The arrondissement or former commune that the words named, where they did."""


def resolve_commune(
    *, code: str | None = None, postal_code: str | None = None, name: str | None = None, departement: str | None = None
) -> Resolution:
    """Find the commune of today that the given words designate; never guesses between two.

    A COG code wins when nothing else contradicts it. A name is compared without case, accents, hyphens, « St » or
    « CEDEX », among the communes of today and, for lack of one, among arrondissements and former communes. A postal
    code that La Poste's list does not hold (a CEDEX) still tells its département. `departement` is a code or a name.
    """
    code, postal_code, name = ((text or "").strip() for text in (code, postal_code, name))
    by_code = _by_code(spelling.commune_code(code)) if code else None
    by_words = _by_words(postal_code, name, (departement or "").strip()) if postal_code or name else None
    if by_code is None:
        return by_words or Resolution(None, Reason.NOTHING_GIVEN)
    if by_words is None or not (possible := _possible(by_words)):
        return by_code
    if by_code.commune is None:
        return by_words
    return by_code if by_code.commune in possible else _mismatch((by_code.commune, *possible))


def _possible(resolution: Resolution) -> tuple[Place, ...]:
    return (resolution.commune,) if resolution.commune else resolution.candidates


def _mismatch(candidates: Iterable[Place]) -> Resolution:
    return Resolution(None, Reason.MISMATCH, _ranked(candidates))


def _by_code(code: str) -> Resolution:
    if code in communes():
        return Resolution(communes()[code], Reason.CODE)
    if part := _parts_by_code().get(code):
        return Resolution(communes()[part.commune], Reason.PART, part=part)
    return Resolution(None, Reason.COLLECTIVITY if code.startswith(_COLLECTIVITY_PREFIXES) else Reason.UNKNOWN_CODE)


@lru_cache(maxsize=65_536)  # a file says the same few thousand communes over and over
def _by_words(postal_code: str, name: str, departement: str) -> Resolution:
    """Cross a name with a postal code or a département."""
    within = _departement_codes(departement) if departement else ()
    if departement and not within:
        return Resolution(None, Reason.UNKNOWN_DEPARTEMENT)
    digits = spelling.postal_code(postal_code) or ""
    everywhere = _communes_by_postal_code().get(digits, ())
    served = tuple(commune for commune in everywhere if not within or commune.departement in within)
    if everywhere and not served:
        return _mismatch(everywhere)
    if not served and (digits in _COLLECTIVITY_POSTAL_CODES or digits.startswith(_COLLECTIVITY_PREFIXES)):
        return Resolution(None, Reason.COLLECTIVITY)
    if not name:
        return _only([(commune, None) for commune in served], Reason.POSTAL_CODE, Reason.UNKNOWN_POSTAL_CODE)
    named = _by_name(name)
    if not named:
        return Resolution(None, Reason.UNKNOWN_NAME, served)
    if served:
        return _crossed(named, served, Reason.NAME_AND_POSTAL_CODE)
    within = within or (_departements_of_postal_code(digits) if digits else ())
    if within:
        allowed = tuple(commune for commune, _ in named if commune.departement in within)
        return _crossed(named, allowed, Reason.NAME_AND_DEPARTEMENT)
    return _alone(named)


def _crossed(named: list[_Named], allowed: tuple[Place, ...], reason: Reason) -> Resolution:
    """Keep the places of that name that are allowed; when there is none, say what the words could have meant."""
    kept = [each for each in named if each[0] in allowed]
    return _only(kept, reason, Reason.MISMATCH) if kept else _mismatch((*(place for place, _ in named), *allowed))


def _alone(named: list[_Named]) -> Resolution:
    """With nothing but a name, a former commune is as likely as the one that bears it today: Rochetaillée."""
    distinct = _ranked(commune for commune, _ in named)
    if len(distinct) > 1:
        return Resolution(None, Reason.AMBIGUOUS, distinct)
    return _only(named, Reason.NAME, Reason.UNKNOWN_NAME)


def _only(found: list[_Named], reason: Reason, otherwise: Reason) -> Resolution:
    """The one commune found, those of today before the parts of others; else the candidates, or `otherwise`."""
    found = [each for each in found if each[1] is None] or found
    distinct = _ranked(commune for commune, _ in found)
    if len(distinct) > 1:
        return Resolution(None, Reason.AMBIGUOUS, distinct)
    if not found:
        return Resolution(None, otherwise)
    commune, part = found[0]
    return Resolution(commune, Reason.PART if part else reason, part=part)


def _by_name(name: str) -> list[_Named]:
    """The communes of that name, and the parts of communes of that name with the commune each lies in."""
    key = spelling.arrondissement_key(name) or spelling.commune_key(name)
    return _named().get(key) or _named_without_article().get(spelling.bare_key(name), [])


@lru_cache
def _departement_codes(text: str) -> tuple[str, ...]:
    """The département that a code (« 1 », « 2a ») or a name designates; both of Corsica for « 20 »."""
    code = spelling.departement_code(text)
    if code == "20":
        return ("2A", "2B")
    if code in departements():
        return (code,)
    return tuple(each.code for each in departements().values() if fold(each.name) == fold(text))


def _departements_of_postal_code(digits: str) -> tuple[str, ...]:
    return _departement_codes(digits[:3] if digits.startswith("97") else digits[:2])


def _ranked(places: Iterable[Place]) -> tuple[Place, ...]:
    distinct = {each.code: each for each in places}
    return tuple(sorted(distinct.values(), key=lambda each: (-each.population, each.code)))


@cache
def _communes_by_postal_code() -> Mapping[str, tuple[Place, ...]]:
    served: defaultdict[str, list[Place]] = defaultdict(list)
    for commune in communes().values():
        for each in commune.postal_codes:
            served[each].append(commune)
    return {each: _ranked(places) for each, places in served.items()}


@cache
def _parts_by_code() -> Mapping[str, PlaceWithin]:
    return {part.code: part for part in parts()}


@cache
def _named() -> Mapping[str, list[_Named]]:
    named: defaultdict[str, list[_Named]] = defaultdict(list)
    for commune in communes().values():
        named[spelling.commune_key(commune.name)].append((commune, None))
    for part in parts():
        if part.kind is not PartKind.FORMER:
            key = spelling.arrondissement_key(part.name) or spelling.commune_key(part.name)
            named[key].append((communes()[part.commune], part))
    return named


@cache
def _named_without_article() -> Mapping[str, list[_Named]]:
    named: defaultdict[str, list[_Named]] = defaultdict(list)
    for each in _named().values():
        for commune, part in each:
            named[spelling.bare_key(part.name if part else commune.name)].append((commune, part))
    return named
