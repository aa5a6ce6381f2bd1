"""What kind of partner a word, a name, a legal category or an activity means."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from graph_schema.networks import network_of_body, network_of_words, well_known
from graph_schema.text import fold
from graph_schema.vocabularies import Function, Kind
from graph_schema.wording import listing
from importers.faults import ImportFault

_COMPANY = re.compile(r"\b(?:entreprise|societe|sarl|sas|sasu|eurl|sa|employeur|artisan|company)\b")


def kind_of_words(text: str) -> Kind | None:
    """The kind that the word of a « type » column means, e.g. « mission locale », « OPCO EP », « CCI »."""
    if network := network_of_words(text):
        return network.kind
    return Kind.COMPANY if _COMPANY.match(fold(text)) else None


def kind_of_name(name: str) -> Kind | None:
    """The kind that an organisation's name surely tells, or None."""
    network = well_known(name)
    return network.kind if network else None


_SHOWN = 6


def unknown_kinds(file: str, sheet: str, header: str, counts: Mapping[str, int]) -> ImportFault:
    """The remark on the types that a column declares and no list holds, each with how many rows say it."""
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    told = listing([f"« {text[:40]} » ({many})" for text, many in most], limit=_SHOWN)
    message = (
        f"Des types de partenaires ne sont pas reconnus : {told}. Ces partenaires sont créés avec le type "
        f"« {Kind.OTHER.label} », sauf si leur nom en dit un."
    )
    hint = "Choisissez leur type dans l'application, ou écrivez dans le fichier un mot de la liste des types."
    return ImportFault(file, sheet, 0, header, most[0][0][:200], "unknown_kind", message, hint)


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
    if (named := network_of_body(name)) and named.kind not in (Kind.FUNDER, Kind.OTHER):
        return Guess(named.kind)
    if naf == "94.11Z":
        return Guess(Kind.CHAMBER if legal_category.startswith("7") else Kind.BRANCH)
    return next((guess for start, guess in _LEGAL if legal_category.startswith(start)), Guess(Kind.COMPANY))
