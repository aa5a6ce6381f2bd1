"""What two spellings of one partner's name share, and which e-mail domains belong to one organisation."""

import re
from functools import lru_cache

from graph_schema.text import fold

_ALIASES = (
    ("pole emploi", "france travail"),
    ("chambre de commerce et d industrie", "cci"),
    ("chambre de commerce et industrie", "cci"),
    ("chambre de metiers et de l artisanat", "cma"),
    ("chambre des metiers et de l artisanat", "cma"),
    ("chambre de metiers", "cma"),
    ("mission locale pour l insertion professionnelle et sociale des jeunes", "mission locale"),
    ("mission locale pour l insertion des jeunes", "mission locale"),
    ("mission locale des jeunes", "mission locale"),
    ("mli", "mission locale"),
    ("maison departementale des personnes handicapees", "mdph"),
    ("centre communal d action sociale", "ccas"),
    ("centre de formation d apprentis", "cfa"),
    ("centre de formation des apprentis", "cfa"),
    ("centre d information et d orientation", "cio"),
    ("groupement d employeurs pour l insertion et la qualification", "geiq"),
    ("maison familiale rurale", "mfr"),
    ("communaute de communes", "cc"),
    ("communaute d agglomeration", "agglo"),
    ("etablissements", "ets"),
    ("saint", "st"),
    ("sainte", "ste"),
)
"""Long form → short form, folded; the longest of a family first."""

_ALIAS = re.compile(r"\b(?:" + "|".join(long for long, _ in _ALIASES) + r")\b")
_SHORT = dict(_ALIASES)
_SAYS_NOTHING = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "et",
        "a",
        "au",
        "aux",
        "en",
        "sarl",
        "sas",
        "sasu",
        "eurl",
        "sa",
        "sci",
        "scop",
        "snc",
        "association",
        "assoc",
        "asso",
        "societe",
        "ste",
    ]
)

_PUBLIC_DOMAINS = frozenset(
    [
        "gmail",
        "googlemail",
        "orange",
        "wanadoo",
        "free",
        "laposte",
        "sfr",
        "neuf",
        "hotmail",
        "outlook",
        "live",
        "msn",
        "yahoo",
        "icloud",
        "me",
        "aol",
        "bbox",
        "numericable",
        "club-internet",
        "protonmail",
        "proton",
        "gmx",
        "ymail",
        "aliceadsl",
        "cegetel",
        "9online",
    ]
)
_SHARED_DOMAINS = re.compile(r"(?:.*\.)?(?:ac-[a-z-]+\.fr|gouv\.fr|education\.fr|notaires\.fr|experts-comptables\.fr)")


@lru_cache(maxsize=65_536)
def name_key(name: str, town: str = "") -> str:
    """What the spellings of one name in one town share: acronyms, small words, legal form and the town do not count.

    >>> name_key("Pôle emploi Tourcoing", "Tourcoing") == name_key("France Travail", "Tourcoing")
    True
    """
    folded = _ALIAS.sub(lambda found: _SHORT[found[0]], fold(name))
    words = [word for word in folded.split() if word not in _SAYS_NOTHING]
    of_town = set(fold(town).split())
    kept = [word for word in words if word not in of_town]
    return " ".join(kept or words) or folded


def compatible(one: str, other: str) -> bool:
    """Whether the words of one key are all in the other: « france travail » and « france travail centre »."""
    a, b = set(one.split()), set(other.split())
    return bool(a and b) and (a <= b or b <= a)


def own_domain(email: str) -> str:
    """The domain of an address when it can tell one organisation from another; empty for « gmail.com », « gouv.fr »…"""
    domain = email.rpartition("@")[2].lower()
    first = domain.partition(".")[0]
    return "" if first in _PUBLIC_DOMAINS or _SHARED_DOMAINS.fullmatch(domain) else domain
