"""What kind of partner a word, a name, a legal category or an activity means."""

import re
from functools import lru_cache
from typing import NamedTuple

from graph_schema.text import fold
from graph_schema.vocabularies import Function, Kind

_WORDS: tuple[tuple[Kind, str], ...] = (
    (Kind.EMPLOYMENT, "mission locale|missions locales|france travail|pole emploi|cap emploi|maison de l emploi|apec"),
    (Kind.JOINT_BODY, "opco|transitions pro|operateur de competences|afdas|akto|ocapiat|constructys|uniformation"),
    (Kind.CHAMBER, "cci|cma|chambre de commerce|chambre de metiers|chambre des metiers|chambre d agriculture|chambre"),
    (Kind.EPCI, "communaute de communes|communaute d agglomeration|communaute urbaine|metropole|intercommunalite|epci"),
    (Kind.DISABILITY, "agefiph|fiphfp|mdph|mda|maison departementale des personnes handicapees|handicap"),
    (Kind.ADAPTED, "entreprise adaptee|eatt"),
    (Kind.IAE, "iae|siae|aci|etti|geiq|(?:structure|chantier|entreprise) d insertion|association intermediaire"),
    (Kind.CEP, "cep|operateur cep|conseil en evolution professionnelle"),
    (Kind.GUIDANCE, "cio|spro|centre d information et d orientation|service public de l orientation"),
    (Kind.SOCIAL_CENTRE, "centre social|csc|centre socioculturel|ccas|centre communal d action sociale"),
    (Kind.STATE, "dreets|ddets|ddetspp|prefecture|sous prefecture|direction departementale|rectorat|draaf|academie"),
    (Kind.SCHOOL, "lycee|college|universite|cfa|greta|afpa|mfr|ecole|(?:centre|organisme) de formation|iut|campus"),
    (Kind.BRANCH, "branche|federation|syndicat professionnel|union patronale|uimm|umih|capeb|ffb|fntp"),
    (Kind.FUNDER, "financeur|conseil regional|region"),
    (Kind.ASSOCIATION, "association|assoc|asso"),
    (Kind.COMPANY, "entreprise|societe|sarl|sas|sasu|eurl|sa|employeur|artisan|company"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _WORDS)
_NOT_IN_A_NAME = frozenset({Kind.FUNDER, Kind.COMPANY})
"""A name that holds « région » or « SA » says nothing sure."""


def kind_of_words(text: str) -> Kind | None:
    """The kind that the word of a « type » column means, e.g. « mission locale », « OPCO EP », « CCI »."""
    return _first(text, _PATTERNS)


@lru_cache(maxsize=4096)
def kind_of_name(name: str) -> Kind | None:
    """The kind that an organisation's name reveals, or None."""
    return _first(name, tuple(p for p in _PATTERNS if p[0] not in _NOT_IN_A_NAME))


def _first(text: str, patterns: tuple[tuple[Kind, re.Pattern[str]], ...]) -> Kind | None:
    folded = fold(text)
    return next((kind for kind, pattern in patterns if pattern.search(folded)), None)


class Guess(NamedTuple):
    """A kind, and the functions to declare where the kind alone would say too little."""

    kind: Kind
    functions: tuple[Function, ...] = ()


_SAFE_COMMERCIAL = ("1", "5", "6")
"""First digits of legal categories that are firms: sole traders, companies, other bodies of commerce."""

_LEGAL: tuple[tuple[str, Guess], ...] = (
    ("7381", Guess(Kind.CHAMBER)),
    ("7331", Guess(Kind.SCHOOL)),
    ("7361", Guess(Kind.SOCIAL_CENTRE)),
    ("734", Guess(Kind.EPCI)),
    ("72", Guess(Kind.OTHER, (Function.LOCAL,))),
    ("71", Guess(Kind.STATE)),
    ("7", Guess(Kind.STATE)),
    ("84", Guess(Kind.BRANCH)),
    ("92", Guess(Kind.ASSOCIATION)),
    ("93", Guess(Kind.ASSOCIATION)),
)
"""INSEE, « Catégories juridiques » (level III): beginnings of codes, the most precise first."""


@lru_cache(maxsize=16_384)
def kind_of_establishment(legal_category: str, naf: str, name: str) -> Guess:
    """The likely kind of an establishment of Sirene: a proposal for a new record, never a correction.

    A public body or an association is first known by its name (« Mission locale … », « CCI … »); then activity 85 is
    a school, 94.11Z (employers and chambers) a branch or a chamber; then the legal category tells; else a company.
    """
    if naf.startswith("85."):
        return Guess(Kind.SCHOOL)
    if legal_category.startswith(_SAFE_COMMERCIAL) or not legal_category:
        return Guess(Kind.COMPANY)
    if named := kind_of_name(name):
        return Guess(named)
    if naf == "94.11Z":
        return Guess(Kind.CHAMBER if legal_category.startswith("7") else Kind.BRANCH)
    return next((guess for start, guess in _LEGAL if legal_category.startswith(start)), Guess(Kind.COMPANY))
