"""What the cells of a column show that it holds, whatever its name says."""

from collections.abc import Callable, Mapping, Sequence

from crm.records.identifiers import Checked, Trust, check_email, check_phone, check_siren, check_siret
from graph_schema.agreements import Agreement
from graph_schema.exchanges import Exchange
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.territory import Resolution, resolve_commune
from graph_schema.text import fold
from importers.reading.cells import text_of
from importers.reading.dates import parse_date
from importers.reading.headers import CITY, FAMILY_NAME, NAME, Target
from importers.reading.tables import Cell

ENOUGH = 3
"""Cells of a column that must say the same before they say anything."""

_NEARLY_ALL = 0.9
_YES_OR_NO = frozenset({"oui", "non", "o", "n", "x", "vrai", "faux", "1", "0", "ok", "yes", "no"})


def texts_in(rows: Sequence[Sequence[Cell]], index: int) -> list[str]:
    """The cells of a column that hold something, as texts."""
    return [text for row in rows if index < len(row) and (text := text_of(row[index]))]


def told_by(texts: Sequence[str]) -> tuple[Target, ...]:
    """What nearly all of these cells hold, each without a repair: what such a column may feed, the likeliest first."""
    if len(texts) < ENOUGH:
        return ()
    for holds, targets in _HOLDS:
        if sum(map(holds, texts)) >= max(ENOUGH, _NEARLY_ALL * len(texts)):
            return targets
    return ()


def unfit(target: Target, texts: Sequence[str], *, surely: bool) -> str:
    """Why none of these cells can be what the name of their column says (French); nothing where some can.

    Where the name ``surely`` says it, wrong cells are told one by one instead; but a « Site » is often a place, an
    « Activité » often words.
    """
    if target == _NAF and len(texts) >= ENOUGH and not any(char.isdigit() for text in texts for char in text):
        return "ses cellules ne sont pas des codes NAF"
    if target == _WEBSITE and texts and not any(map(_is_address_of_web, texts)):
        return "ses cellules ne sont pas des adresses de site"
    if surely or len(texts) < ENOUGH or target not in _FITS:
        return ""
    fits, what = _FITS[target]
    return "" if any(map(fits, texts)) else f"ses cellules ne sont pas {what}"


def are_places(texts: Sequence[str]) -> bool:
    """Whether nearly all of these cells name a commune."""
    return bool(texts) and sum(map(_is_commune, texts)) >= _NEARLY_ALL * len(texts)


def _surely(check: Callable[[str], Checked]) -> Callable[[str], bool]:
    """Whether a text needed no repair; a bare number of any length may be something else than a telephone number."""

    def holds(text: str) -> bool:
        checked = check(text)
        return checked.state is Trust.VALID and not checked.repaired and (len(text) > 8 or "@" in text)

    return holds


def _is_phone(text: str) -> bool:
    return len(text) > 9 and _surely(check_phone)(text)


def _is_postal_code(text: str) -> bool:
    return len(text) == 5 and text.isdigit() and _is_known(resolve_commune(postal_code=text))


def _is_commune(text: str) -> bool:
    return 2 < len(text) < 60 and text[0].isalpha() and _is_known(resolve_commune(name=text))


def _is_known(found: Resolution) -> bool:
    return found.commune is not None or bool(found.candidates)


def _is_address_of_web(text: str) -> bool:
    return "://" in text or ("." in text.strip(".") and "@" not in text and " " not in text)


def _is_date(text: str) -> bool:
    return parse_date(text) is not None


def _says_more_than_yes(text: str) -> bool:
    return fold(text) not in _YES_OR_NO and any(map(str.isalpha, text))


_NAF = Target(Organisation.TYPE, "naf")
_WEBSITE = Target(Organisation.TYPE, "website")
_HOLDS: tuple[tuple[Callable[[str], bool], tuple[Target, ...]], ...] = (
    (_surely(check_siret), (Target(Organisation.TYPE, "siret"),)),
    (_surely(check_siren), (Target(Organisation.TYPE, "siren"),)),
    (_surely(check_email), (Target(Person.TYPE, "email"), Target(Organisation.TYPE, "email"))),
    (_is_phone, (Target(Person.TYPE, "phone"), Target(Organisation.TYPE, "phone"))),
    (_is_postal_code, (Target(Organisation.TYPE, "postal_code"),)),
    (_is_commune, (CITY,)),
)
_FITS: Mapping[Target, tuple[Callable[[str], bool], str]] = {
    **dict.fromkeys(
        (Target(Exchange.TYPE, "on"), Target(Agreement.TYPE, "signed_on"), Target(Agreement.TYPE, "ends_on")),
        (_is_date, "des dates"),
    ),
    **dict.fromkeys(
        (Target(Person.TYPE, "email"), Target(Organisation.TYPE, "email")), (lambda text: "@" in text, "des adresses")
    ),
    **dict.fromkeys((NAME, FAMILY_NAME), (_says_more_than_yes, "des noms")),
    Target(Organisation.TYPE, "siret"): (lambda text: sum(map(str.isdigit, text)) > 8, "des SIRET"),
}
