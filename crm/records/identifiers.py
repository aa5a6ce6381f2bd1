"""The field's identifiers and coordinates: put in official form, checked, repaired where a spreadsheet broke them.

Checksums are python-stdnum's, telephone numbers are read by phonenumbers. A failed checksum never blocks: the
identifier is kept and marked.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import phonenumbers
from stdnum.exceptions import ValidationError
from stdnum.fr import siret as stdnum_siret

from graph_schema.territory import departements


class Trust(StrEnum):
    """How far an identifier can be trusted, without asking anyone."""

    FORMAT = "format"
    """Not of the official form: it cannot be kept as this identifier."""
    CHECKSUM = "checksum"
    """Of the form, but its check digit is wrong: kept, and marked."""
    VALID = "valid"


class Checked(NamedTuple):
    """``value`` in its official form (as given when the form is wrong), its state, and what to tell people.

    ``repaired`` says that the value given had lost something that was put back.
    """

    value: str
    state: Trust
    message: str = ""
    repaired: bool = False


_LA_POSTE = "356000000"
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
_DECIMAL_ZERO = re.compile(r"[.,]0+$")
_SEPARATORS = re.compile(r"[\s.\-_/\u00a0\u202f'’]")
_AMONG_WORDS = re.compile(r"(?<![A-Za-z0-9])[0-9](?:[\s.\-_/\u00a0\u202f'’]*[0-9])*(?![A-Za-z0-9])")
"""A number, however it is cut in groups, with words before or after it: « SIRET : 356 000 000 00048 (siège) »."""

_LOST_ZEROS = 2
"""Leading zeros that are put back at most: ten numbers of fewer digits would be right once by chance."""

_NO_ESTABLISHMENT = "00000"
"""No establishment bears this number: a SIRET that ends so was rounded by a spreadsheet."""

_VAT = re.compile(r"(?i)fr ?([0-9]{2}) ?([0-9]{3}) ?([0-9]{3}) ?([0-9]{3})")
_OF_A_SPREADSHEET = re.compile(r"\d+[.,]0+", re.ASCII)
_AS_DIALLED = re.compile(r"0[1-9](?:[ .-]?[0-9]{2}){4}")
"""As most people write a number, in which there is nothing to find out: a list has one in each row."""
_SHORT = ("1", "3")
"""What short numbers for calls begin with; others are for text messages only, and look like postal codes."""
_EXTENSION = re.compile(
    r"(?i)[\s,;/(-]*(?:\b(?:poste|pst|int|ext|x)(?=[\W\d])\.?|#)\s*(?:n°|:)?\s*(\d{1,6})[\s)]*$", re.ASCII
)
_TEN_DIGITS = frozenset({33, 262, 590, 594, 596})
"""Codes of France: the mainland, La Réunion and Mayotte, Guadeloupe, Guyane, Martinique."""
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
NOT_CONVENTIONS = frozenset({"5100", "5501", "9998", "9999"})
"""IDCC codes of Sirene and the DSN that name no convention collective."""


def check_siren(text: str) -> Checked:
    """Check a SIREN: nine digits and the key of Luhn. That of a VAT number is read when the latter's key holds."""
    if (vat := _VAT.fullmatch(text.strip())) and int(vat[1]) == (12 + 3 * int(vat[2] + vat[3] + vat[4])) % 97:
        return Checked(vat[2] + vat[3] + vat[4], Trust.VALID)
    return _digits(text, 9, "SIREN", luhn_is_right)


def check_siret(text: str) -> Checked:
    """Check a SIRET: fourteen digits and the key of Luhn; those of La Poste follow a rule of their own.

    One that a spreadsheet rounded is not of the form, whatever its key says: one in ten is right by chance.
    """
    checked = _digits(text, 14, "SIRET", _siret_key_is_right)
    if checked.value.endswith(_NO_ESTABLISHMENT) and checked.state is not Trust.FORMAT:
        return Checked(text.strip(), Trust.FORMAT, _rounded("SIRET", text.strip()))
    return checked


_DOUBLED = str.maketrans("0123456789", "0246813579")
"""Each digit doubled, the digits of the result added up."""


def luhn_is_right(digits: str) -> bool:
    """Whether a string of digits ends in the right key of Luhn; stdnum's answer, for the sake of files of millions."""
    weighted = digits[-1::-2] + digits[-2::-2].translate(_DOUBLED)
    return (sum(weighted.encode()) - 48 * len(digits)) % 10 == 0


def _siret_key_is_right(digits: str) -> bool:
    if luhn_is_right(digits) and luhn_is_right(digits[:9]) and not digits.startswith(_LA_POSTE):
        return True
    try:
        stdnum_siret.validate(digits)
    except ValidationError:
        return False
    return True


def _digits(text: str, length: int, name: str, key_is_right: Callable[[str], bool]) -> Checked:
    given = text.strip()
    if len(given) == length and given.isdecimal() and given.isascii() and key_is_right(given):
        return Checked(given, Trust.VALID)  # by far the most frequent, in files of millions
    if _SCIENTIFIC.fullmatch(given):
        return Checked(given, Trust.FORMAT, _rounded(name, given))
    written = _DECIMAL_ZERO.sub("", given)
    digits = _SEPARATORS.sub("", written)
    if not digits.isascii() or not digits.isdigit():
        found = [_SEPARATORS.sub("", each) for each in _AMONG_WORDS.findall(written)]
        whole = [each for each in found if len(each) == length]
        if len(whole) != 1:
            return Checked(given, Trust.FORMAT, f"Le {name} « {given} » doit avoir {length} chiffres.")
        digits = whole[0]
    padded = digits.zfill(length)
    # A spreadsheet eats leading zeros; only the check digit can tell that this is what happened.
    lost_zeros = length - _LOST_ZEROS <= len(digits) < length and key_is_right(padded)
    if len(digits) != length and not lost_zeros:
        found_many = f"en a {len(digits)}"
        return Checked(given, Trust.FORMAT, f"Le {name} « {given} » doit avoir {length} chiffres, il {found_many}.")
    if not key_is_right(padded):
        message = f"La clé de contrôle du {name} {padded} est fausse : vérifiez-le, il est gardé tel quel."
        return Checked(padded, Trust.CHECKSUM, message)
    if lost_zeros or _DECIMAL_ZERO.search(given):
        return Checked(padded, Trust.VALID, f"{name} rétabli : « {given} » devient {padded}.", repaired=True)
    return Checked(padded, Trust.VALID)


def _rounded(name: str, given: str) -> str:
    return (
        f"Le {name} « {given} » a été arrondi par le tableur : ses derniers chiffres sont perdus. Mettez la colonne au "
        "format Texte et saisissez-le à nouveau."
    )


def check_naf(text: str) -> Checked:
    """Check an activity code: « 85.59A », from any spelling of it (« 8559a », « 85 59 A »)."""
    return _shaped(
        text, r"([0-9]{2})([0-9]{2})([A-Z])", r"\1.\2\3", "Le code NAF", "deux chiffres, deux chiffres et une lettre"
    )


def check_idcc(text: str) -> Checked:
    """Check the number of a convention collective: four digits, leading zeros put back."""
    digits = _SEPARATORS.sub("", _DECIMAL_ZERO.sub("", re.sub(r"(?i)^idcc\s*", "", text.strip())))
    if not re.fullmatch(r"[0-9]{1,4}", digits):
        return Checked(text.strip(), Trust.FORMAT, f"L'IDCC « {text.strip()} » doit avoir quatre chiffres.")
    code = digits.zfill(4)
    if code in NOT_CONVENTIONS:
        return Checked(
            code, Trust.FORMAT, f"Le code {code} signifie « sans convention collective » : il n'est pas repris."
        )
    repaired = len(digits) < 4
    return Checked(code, Trust.VALID, f"IDCC rétabli : {code}." if repaired else "", repaired)


_UAI_KEY = "abcdefghjklmnprstuvwxyz".upper()


def check_uai(text: str) -> Checked:
    """Check the number of a school: seven digits and a check letter (their remainder by 23, without I, O and Q)."""
    checked = _shaped(text, r"([0-9]{7})([A-Z])", r"\1\2", "L'UAI", "sept chiffres et une lettre")
    if checked.state is Trust.VALID and _UAI_KEY[int(checked.value[:7]) % 23] != checked.value[7]:
        message = f"La lettre de contrôle de l'UAI {checked.value} est fausse : vérifiez-le, il est gardé tel quel."
        return Checked(checked.value, Trust.CHECKSUM, message)
    return checked


def check_nda(text: str) -> Checked:
    """Check a training provider's declaration number: eleven characters, Corsica's with a letter."""
    return _shaped(text, r"([0-9][0-9AB][0-9]{9})", r"\1", "Le numéro de déclaration d'activité", "onze chiffres")


def check_certification(text: str) -> Checked:
    """Check a number of France compétences: « RNCP37123 » or « RS5678 »."""
    return _shaped(text, r"(?:FICHE)?(RNCP|RS)([0-9]{1,6})", r"\1\2", "Le numéro", "RNCP ou RS suivi de chiffres")


def check_departement(text: str) -> Checked:
    """Check a département: « 01 » to « 95 », « 2A », « 2B », overseas « 971 » to « 976 »."""
    code = _DECIMAL_ZERO.sub("", text.strip()).upper().zfill(2)
    if code not in departements():
        return Checked(text.strip(), Trust.FORMAT, f"« {text.strip()} » n'est pas le code d'un département.")
    return Checked(code, Trust.VALID)


def check_email(text: str) -> Checked:
    """Check an e-mail address, put in lower case and freed of « mailto: » and brackets."""
    given = text.strip()
    bare = re.sub(r"(?i)^mailto:", "", given.strip("<> ")).lower()
    if not _EMAIL.fullmatch(bare):
        return Checked(given, Trust.FORMAT, f"« {given} » n'est pas une adresse électronique (nom@domaine.fr).")
    return Checked(bare, Trust.VALID)


_REGIONS = {"975": "PM", "986": "WF", "987": "PF", "988": "NC"}
"""Where numbers are dialled without a code of their own, by the beginning of the postal code."""


def phone_region(postal_code: str) -> str:
    """The country of a telephone number that says none, by the postal code beside it, as phonenumbers calls it."""
    return _REGIONS.get(postal_code[:3], "FR")


def check_phone(text: str, region: str = "FR") -> Checked:
    """Check a telephone number, of any country; those that are dialled within France become « 03 21 00 00 00 ».

    ``region`` is that of a number which does not say its own, see ``phone_region``.
    That a number is possible is enough: which ones are in service changes, and those kept for fiction are among ours.
    An extension stays behind the number, other words go.
    """
    if region == "FR" and _AS_DIALLED.fullmatch(text):
        return Checked(_by_pairs(re.sub("[ .-]", "", text)), Trust.VALID)
    given = _DECIMAL_ZERO.sub("", text.strip()) if _OF_A_SPREADSHEET.fullmatch(text.strip()) else text.strip()
    # Words go before the number is read: letters would be taken for the keys of a telephone, and lengthen it.
    bare, extension = _extension_apart(given)
    bare = re.sub(r"[^0-9+().\-/\s]", "", bare)
    try:
        number = phonenumbers.parse(bare, region)
    except phonenumbers.NumberParseException:
        return Checked(given, Trust.FORMAT, f"« {given} » n'est pas un numéro de téléphone.")
    if bare.startswith(_SHORT) and phonenumbers.is_valid_short_number_for_region(number, "FR"):
        return Checked(given, Trust.VALID)
    if not phonenumbers.is_possible_number(number) or _begins_with_two_zeros(number):
        return Checked(given, Trust.FORMAT, f"« {given} » n'est pas un numéro de téléphone.")
    shown = _dialled(number) + (f" poste {extension}" if extension else "")
    if region == "FR" and not bare.lstrip(" ().-/").startswith(("0", "+")):
        return Checked(shown, Trust.VALID, f"Téléphone rétabli : « {given} » devient {shown}.", repaired=True)
    return Checked(shown, Trust.VALID)


def _extension_apart(text: str) -> tuple[str, str]:
    """A number without its extension, and the extension."""
    found = _EXTENSION.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _begins_with_two_zeros(number: phonenumbers.PhoneNumber) -> bool:
    """Whether a French number lacks a digit: one zero is of the prefix, a second one is Italian for the library."""
    return number.country_code in _TEN_DIGITS and bool(number.italian_leading_zero)


def _dialled(number: phonenumbers.PhoneNumber) -> str:
    """As people in France dial it: ten digits there and in the départements overseas, the country's code elsewhere."""
    digits = phonenumbers.national_significant_number(number)
    if number.country_code in _TEN_DIGITS and len(digits) == 9:
        return _by_pairs(f"0{digits}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _by_pairs(digits: str) -> str:
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def _shaped(text: str, pattern: str, official: str, name: str, form: str) -> Checked:
    bare = _SEPARATORS.sub("", text).upper()
    found = re.fullmatch(pattern, bare)
    if found is None:
        return Checked(text.strip(), Trust.FORMAT, f"{name} « {text.strip()} » doit s'écrire : {form}.")
    return Checked(found.expand(official), Trust.VALID)
