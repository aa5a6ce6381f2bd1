"""Spellings of commune names: what addresses, spreadsheets and La Poste write for one and the same place."""

import re

from graph_schema.text import fold

_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur", "ss": "sous"}
_CEDEX = re.compile(r"\bcedex\b.*")
_ARTICLE = re.compile(r"^(?:le|la|les|l) | (?:le|la|les|l)$")
_ARRONDISSEMENT = re.compile(r"^(paris|lyon|marseille) 0*(\d{1,2}) ?(?:er|re|e|eme|ieme|nd|nde)?(?: arr\w*)?$")


def commune_key(name: str) -> str:
    """Return what two spellings of one commune name share.

    Case, accents, hyphens, apostrophes and spaces do not count; « St », « Ste », « s/ » are read in full; « CEDEX 2 »
    and what follows is dropped.

    >>> commune_key("ST-ETIENNE CEDEX 2") == commune_key("Saint-Étienne")
    True
    """
    words = _CEDEX.sub("", fold(name)).split()
    return "".join(_ABBREVIATIONS.get(word, word) for word in words)


def bare_key(name: str) -> str:
    """Return the key of a name without its article, wherever it was put: « HAVRE (LE) », « Havre », « Le Havre »."""
    return commune_key(_ARTICLE.sub("", fold(name)))


def arrondissement_key(name: str) -> str | None:
    """Return the key of « Lyon 3e Arrondissement » for « LYON 3 », « Lyon 03e arr. »…; None for any other name."""
    found = _ARRONDISSEMENT.match(_CEDEX.sub("", fold(name)).strip())
    return f"{found[1]}{int(found[2])}" if found else None


def postal_code(text: str) -> str | None:
    """Return the five digits meant by `text` ("62300", "1000", "F-62300", "62 300", "1000.0"), or None.

    A spreadsheet that took the code for a number lost its leading zero: four digits get it back.
    """
    digits = re.sub(r"\s|\.0$|^[Ff](?:R)?-", "", text.strip())
    return digits.zfill(5) if re.fullmatch(r"\d{4,5}", digits) else None


def commune_code(text: str) -> str:
    """Return the official form of a COG code: upper case, five characters, the leading zero put back."""
    code = text.strip().upper().removesuffix(".0")
    return code.zfill(5) if len(code) == 4 else code


def departement_code(text: str) -> str:
    """Return the official form of a département code: « 1 » is 01, « 2a » is 2A."""
    code = text.strip().upper().removesuffix(".0")
    return code.zfill(2)
