"""What two spellings of one partner's name share, and which e-mail domains belong to one organisation.

Names are compared whole: nothing is left out of one that could tell it from its neighbour (« Crèche A », « Crèche D »).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

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

_SHORT = {long.replace(" d ", " "): short for long, short in _ALIASES}
_ALIAS = re.compile(r"\b(?:" + "|".join(_SHORT) + r")\b")
_SMALL = frozenset(["de", "du", "des", "la", "le", "les", "et", "au", "aux", "en"])
_COMPANIES = frozenset(["sarl", "sas", "sasu", "eurl", "sa", "sci", "scop", "snc", "societe"])
_ASSOCIATIONS = frozenset(["association", "assoc", "asso"])
_SAYS_NOTHING = _SMALL | _COMPANIES | _ASSOCIATIONS

_ELIDED = re.compile(r"\b[dl](?:['’ʼ]\s*|\s+(?=[aeiouyhàâéèêëîïôöûü]\w))|(?<!\w)à(?!\w)", re.IGNORECASE)
"""Letters that are grammar: « d'Arras », « l'Isle », « D ARRAS » (as Sirene writes), « à ». Any other one is a name."""

_BORNE_BY_MANY = (
    "accueil administration agence amicale antenne apprentissage association atelier auberge autoecole boucherie "
    "boulangerie boutique bureau cabinet cafe camping ccas centre cfa cinema clinique club coiffure college "
    "comite commerce commune communication comptabilite creche cuisine departement direction ecole ehpad "
    "entreprise epicerie etablissement ferme fondation formation foyer garage greta groupe halte hopital hotel "
    "ime immobilier imprimerie institut institution internat lycee magasin mairie maison maternelle mediatheque "
    "menuiserie musee office optique organisme partenaire patisserie peinture pharmacie piscine plomberie pole "
    "prefecture prestataire primaire production residence restaurant restauration rh salon secretariat section "
    "service siege site social societe standard structure supermarche syndicat transport transports universite "
    "usine vente ville"
)
GENERIC = frozenset(_BORNE_BY_MANY.split())
"""Words that many partners of one town bear: alone, one of them is no name."""

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
    >>> name_key("Crèche A") == name_key("Crèche D")
    False
    """
    words = _words(name)
    kept = _without_town(words, town)
    return " ".join(kept or words) or name.strip()


def name_keys(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of all that an organisation is called, each once: its name, its acronym, its other names."""
    names = (values.get("name"), values.get("acronym"), *(values.get("aliases") or ()))
    town = str(values.get("city") or "")
    return tuple(dict.fromkeys(name_key(str(name), town) for name in names if name))


@lru_cache(maxsize=65_536)
def tells(name: str, town: str = "") -> bool:
    """Whether a name can tell one partner of a town from another: « Mairie » cannot, « Mairie de Lens » can."""
    return " ".join(_words(name)) not in GENERIC


def forms_contradict(one: str, other: str) -> bool:
    """Whether one name is said to be an association's and the other a company's."""
    a, b = set(fold(one).split()), set(fold(other).split())
    return bool((a & _ASSOCIATIONS and b & _COMPANIES) or (a & _COMPANIES and b & _ASSOCIATIONS))


def _words(name: str) -> list[str]:
    """The words of a name that count, as all its spellings have them."""
    folded = fold(_ELIDED.sub(" ", name))
    if folded.startswith("ste "):
        folded = folded.removeprefix("ste ")
    shortened = _ALIAS.sub(lambda found: _SHORT[found[0]], folded)
    words = shortened.split()
    return [word for word in words if word not in _SAYS_NOTHING] or words


def _without_town(words: list[str], town: str) -> list[str]:
    """``words`` without those of the town where they stand one after the other, as the town is written."""
    of_town = _words(town) if town else []
    length = len(of_town)
    for at in range(len(words) - length, -1, -1):
        if length and words[at : at + length] == of_town:
            return words[:at] + words[at + length :]
    return words


def compatible(one: str, other: str) -> bool:
    """Whether the words of one key are all in the other: « france travail » and « france travail centre »."""
    a, b = set(one.split()), set(other.split())
    return bool(a and b) and (a <= b or b <= a)


def own_domain(email: str) -> str:
    """The domain of an address when it can tell one organisation from another; empty for « gmail.com », « gouv.fr »…"""
    domain = email.rpartition("@")[2].lower()
    first = domain.partition(".")[0]
    return "" if first in _PUBLIC_DOMAINS or _SHARED_DOMAINS.fullmatch(domain) else domain
