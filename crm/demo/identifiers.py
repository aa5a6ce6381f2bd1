"""Identifiers and addresses that have the right form and belong to nobody."""

from functools import lru_cache

from stdnum import luhn

from graph_schema.territory import Place
from graph_schema.text import fold

_SIRENS = 99_999
_PHONE_BY_REGION = {
    "11": "01 99 00", "24": "02 61 91", "28": "02 61 91", "52": "02 61 91", "53": "02 61 91",
    "27": "03 53 01", "32": "03 53 01", "44": "03 53 01", "84": "04 65 71", "93": "04 65 71", "94": "04 65 71",
}  # fmt: skip
_PHONE_ELSEWHERE = "05 36 49"
_MOBILE = "06 39 98"
PHONE_RANGES = (*dict.fromkeys(_PHONE_BY_REGION.values()), _PHONE_ELSEWHERE, _MOBILE)
"""The ranges that ARCEP keeps for works of fiction (décision n° 2018-0881, numbering plan)."""


def siret(number: int) -> str:
    """The ``number``-th SIRET (from 1): its SIREN starts with 000, which Insee gives to nobody; both checksums hold."""
    base = f"000{(number - 1) % _SIRENS + 1:05}"
    siren = base + luhn.calc_check_digit(base)
    nic = f"{(number - 1) // _SIRENS + 1:04}"
    return siren + nic + str(luhn.calc_check_digit(siren + nic))


def phone(number: int, region: str | None) -> str:
    """A landline of the fiction range of a région."""
    return f"{_PHONE_BY_REGION.get(region or '', _PHONE_ELSEWHERE)} {_two_pairs(number)}"


def mobile(number: int) -> str:
    """A mobile of the fiction range."""
    return f"{_MOBILE} {_two_pairs(number)}"


def domain(name: str) -> str:
    """The mail domain of an organisation, under the reserved ``.example``."""
    return f"{slug(name)[:40].strip('-')}.example"


@lru_cache(maxsize=4_096)
def slug(text: str) -> str:
    """``text`` as it stands in a mail address."""
    return fold(text).replace(" ", "-")


def located(place: Place, number: int, street: str) -> dict[str, str]:
    """The address fields of an organisation in a commune."""
    return {
        "address": f"{number} {street}",
        "postal_code": place.postal_codes[0],
        "city": place.name,
        "commune": place.code,
    }


def _two_pairs(number: int) -> str:
    four = f"{number * 37 % 10_000:04}"
    return f"{four[:2]} {four[2:]}"
