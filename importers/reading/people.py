"""Names of people as they stand in one cell."""

import re
from typing import NamedTuple

from crm.records.identifiers import Trust, check_email, check_phone
from crm.sentences.senses import words as words_of
from graph_schema.text import fold
from importers.reading.coordinates import EMAIL, PHONE, by_sort

_CIVILITIES = {
    "mme": "mme", "madame": "mme", "mlle": "mme", "melle": "mme", "mademoiselle": "mme",
    "m": "m", "mr": "m", "monsieur": "m",
}  # fmt: skip


def split_name(text: str, family_first: bool = False) -> dict[str, str]:
    """Family name, given name and civility of « Mme Claire EXEMPLE » (or, with ``family_first``, « Exemple Claire »).

    What is written in capitals is the family name wherever it stands; a single word is a family name.
    """
    words = re.sub(r"[\s\u00a0]+", " ", text.replace(",", " ")).strip().split(" ")
    found: dict[str, str] = {}
    if len(words) > 1 and (civility := _CIVILITIES.get(words[0].rstrip(".").lower())):
        found["civility"] = civility
        words = words[1:]
    capitals = [at for at, word in enumerate(words) if _is_capital(word)]
    if capitals and len(capitals) < len(words):
        between = [at for at in range(capitals[0], capitals[-1]) if fold(words[at]) in _PARTICLES]
        family = [words[at] for at in sorted({*capitals, *between})]
        given = [word for at, word in enumerate(words) if at not in {*capitals, *between}]
    elif family_first:
        family, given = words[:1], words[1:]
    else:
        family, given = words[1:] or words, words[:1] if len(words) > 1 else []
    found["family_name"] = " ".join(family)
    if given:
        found["given_name"] = " ".join(given)
    return found


_LONGEST = 300
"""Characters of a cell that may name someone."""
_LABELS = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|port(?:able)?|mob(?:ile)?|e-?mail|mail|courriel)\b\.? ?:?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<!\w)\d{2}[ .\-/]?\d{2}", re.ASCII)
_ASIDE = re.compile(r"\(([^()]*)\)")
_CIVILITY = re.compile(r"(?<![\w'-])(?:mme|madame|mlle|melle|mademoiselle|mr?|monsieur)\b(?!['’-])", re.IGNORECASE)
_ADDRESSED = re.compile(r"(?:mme|madame|mr?\.?|monsieur)\s+(?=l(?:e|a)\s)", re.IGNORECASE)
_AND = re.compile(r"\s(?:et|ou|and)\s|[/;|\n&+]", re.IGNORECASE)
_PARTICLES = words_of("de du des d la le les l von van der ben el al nee ne dit dite epouse ep")
_TITLES = words_of(
    "accueil adjoint adjointe agence assistant assistante bureau chargee charge chef cheffe cip comptable comptabilite"
    " conseiller conseillere coordinateur coordinatrice cpe daf dg dga directeur directrice direction drh equipe"
    " formateur formatrice gerant gerante ingenieur manager pdg pole poste president presidente proviseur proviseure"
    " referent referente responsable rh rrh secretaire secretariat service standard technicien technicienne"
    " tuteur tutrice"
)
_OF_TITLES = words_of(
    "a administratif administrative affaires alternance apprentissage au aux commercial commerciale contact"
    " d de des du emploi entreprise entreprises et financier formation general generale generaux handicap humaines"
    " insertion l la le les mission missions moyens pedagogique personnel recrutement relation relations ressources"
    " stages technique"
)
_PLACES = words_of("accueil agence direction equipe pole rh secretariat service standard")
_NOBODY = words_of(
    "aucun aucune definir preciser determiner renseigner renseigne inconnu inconnue idem vacant nc x xx voir non a"
)


class NamedContact(NamedTuple):
    """What a cell that names a contact holds: the person's fields, their role, or why nobody is to be read there.

    ``several``: it names more than one person; ``nobody``: it names a service, or no one.
    """

    person: dict[str, str]
    role: str = ""
    several: bool = False
    nobody: bool = False
    left: tuple[str, ...] = ()
    """Numbers and addresses beyond those that a person has room for."""


def named_in(text: str, family_first: bool = False) -> NamedContact:
    """The one person whom a cell names, with the telephone, the address and the role that stand beside the name."""
    if len(text) > _LONGEST:
        return NamedContact({"family_name": text})
    beside, more, left = _coordinates(text)
    found = _named(_LABELS.sub(" ", left) if beside else left, beside, family_first)
    return found._replace(left=more)


def _coordinates(text: str) -> tuple[dict[str, str], tuple[str, ...], str]:
    """The coordinates in a text by field, those beyond them, and the text without any."""
    found: dict[str, list[str]] = {"email": [], "phone": []}
    for field, pattern, check in (("email", EMAIL, check_email), ("phone", PHONE, check_phone)):
        for each in pattern.findall(text):
            if (checked := check(each)).state is Trust.VALID:
                found[field].append(checked.value)
                text = text.replace(each, " ", 1)
    emails, numbers = (list(dict.fromkeys(values)) for values in found.values())
    placed = by_sort(numbers)
    beside = {**({"email": emails[0]} if emails else {}), **placed}
    more = (*emails[1:], *(number for number in numbers if number not in placed.values()))
    return beside, more, text


def _named(left: str, beside: dict[str, str], family_first: bool) -> NamedContact:
    asides = [aside.strip() for aside in _ASIDE.findall(left)]
    if len(asides) > 1 or len(_CIVILITY.findall(left)) > 1:
        return NamedContact(beside, several=True)
    name, role = _without_role(_ASIDE.sub(" ", left).strip(" ,:-–<>/;|\n"))
    if asides and (civility := _CIVILITIES.get(asides[0].rstrip(".").lower())):
        beside["civility"] = civility
    elif asides:
        role = asides[0]
    if _is_nobody(name):
        return NamedContact(beside, role or name, nobody=True)
    if are_several(name):
        return NamedContact(beside, role, several=True)
    family, comma, given = (part.strip() for part in name.partition(","))
    whole = {"family_name": family, "given_name": given} if comma and given else split_name(name, family_first)
    return NamedContact({**beside, **whole}, role)


def are_several(name: str) -> bool:
    """Whether a name is that of more than one person: « BETA Jean et DURAND Marie », « M. et Mme Petit »."""
    civilities = [found.span() for found in _CIVILITY.finditer(name)]
    inside = any(start and name[end:].strip(" .") for start, end in civilities)
    if _AND.search(f" {name} ") or " - " in name or len(civilities) > 1 or inside:
        return True
    parts = [part.split() for part in name.split(",")]
    if len(parts) > 2 or (len(parts) == 2 and all(len(part) > 1 for part in parts) and not _in_capitals(parts[0])):
        return True
    words = name.replace(",", " ").split()
    kinds = [_is_capital(word) for word in words if fold(word) not in _PARTICLES and fold(word) not in _CIVILITIES]
    return sum(kind and not before for before, kind in zip([False, *kinds], kinds, strict=False)) > 1


def _without_role(name: str) -> tuple[str, str]:
    """The name, and the role after it: « Anne Exemple - DRH », « Anne Exemple, responsable formation »."""
    for sign in (" - ", " – ", ", ", ",", ":"):
        head, found, tail = name.partition(sign)
        if found and head.strip() and (fold(tail).split() or [""])[0] in _TITLES:
            return head.strip(), tail.strip()
    return name, ""


def _is_nobody(name: str) -> bool:
    """Whether it is no person's name: « accueil », « service RH », « bureau 12 », « à définir », a number."""
    words = [word for word in fold(_ADDRESSED.sub("", name)).split() if not word.isdigit()]
    if not words or _NUMBER.search(name):
        return True
    known = all(word in _TITLES or word in _OF_TITLES for word in words)
    return known or (words[0] in _PLACES and len(words) > 1) or all(word in _NOBODY for word in words)


def _in_capitals(words: list[str]) -> bool:
    return all(_is_capital(word) for word in words)


def _is_capital(word: str) -> bool:
    return len(word.rstrip(".")) > 1 and word.isupper()
