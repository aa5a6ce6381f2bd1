"""Tables of learners: people in them are no contacts, and nothing of them is read; their employers may come in."""

import re
from collections.abc import Sequence
from dataclasses import replace

from crm.errors import InputError
from graph_schema.organisations import Organisation
from graph_schema.text import fold
from importers.faults import ImportFault
from importers.reading.columns import CHOSEN, Column
from importers.reading.grammar import Owner
from importers.reading.headers import DEPARTEMENT, NAME, Target, hear, parse_target
from importers.reading.mapping import Mapping
from importers.reading.tables import Cell

_SURE = re.compile(
    r"(?:(?:numero |n |code )?(?:ine|nir)|(?:numero |n )?(?:de )?securite sociale|"
    r"(?:date|lieu|ville|pays) de naissance|ne(?:e| e)? le|date naissance|ddn|"
    r"nationalite|sexe|rqth|code (?:formation )?diplome|(?:date de )?(?:debut|fin) de (?:la )?formation|"
    r"(?:formation|diplome|certification|titre) (?:suivie?|preparee?)|"
    r"(?:date d |date de )?(?:entree|sortie) (?:en|de) formation|(?:nom |code |groupe |classe )?(?:de la )?promotion)"
)
"""Headers that only a table of learners has."""

_LEARNER = r"(?:apprentie?|apprenante?|stagiaire|eleve|etudiante?|alternante?)s?(?: e| es)?"
_NAMED = re.compile(
    r"(?:(?:noms?|prenoms?|identite|civilite|mail|email|courriel|telephone|tel|portable|adresse|age|id|numero|n) "
    rf"(?:(?:et|prenom|usuel|complet|de|du|des|d|l|la|le) )*)?{_LEARNER}"
)
"""Headers that name a learner: « Apprenti », « Nom et prénom du stagiaire »; « Nombre de stagiaires » does not."""

_OF_ANYBODY = frozenset(
    Target(Organisation.TYPE, name)
    for name in ("address", "postal_code", "city", "commune", "phone", "email", "note", "latitude", "longitude")
) | {DEPARTEMENT}  # fmt: skip
"""What a learner has as well as a partner: it is the partner's where the header says so."""

_OF_LEARNERS = frozenset(
    {"apprenti", "apprentie", "apprenant", "apprenante", "stagiaire", "eleve", "etudiant", "etudiante", "alternant",
     "alternante", "naissance", "beneficiaire", "candidat", "candidate", "parent", "parents"}
)  # fmt: skip
_DROPPED = "non reprise : la feuille parle d'apprenants, qui ne sont pas des contacts"
_NO_NAME = frozenset({"nom", "noms", "name", "nom complet", "nom et prenom", "nom prenom", "etat civil"})


def learner_columns(header: Sequence[str]) -> list[str]:
    """The headers by which a table is one of learners."""
    return [text for text in header if (folded := fold(text)) and (_SURE.fullmatch(folded) or _NAMED.fullmatch(folded))]


def without_learners(mapping: Mapping, rows: Sequence[Sequence[Cell]]) -> Mapping:
    """The mapping of a table of learners without what may be said of them; columns that people chose stay.

    What a column of theirs leaves free (« Ville ») goes to the partner's own (« Ville de l'entreprise »).
    """
    header = [column.header for column in mapping.columns]
    fitted, theirs = mapping, -1
    while theirs != (theirs := sum(column.reason == _DROPPED for column in map(_kept, fitted.columns))):
        settled = [column for column in map(_kept, fitted.columns) if column.reason in (_DROPPED, CHOSEN)]
        fitted = Mapping(tuple(settled)).fitted(header, rows)
    return Mapping(tuple(_kept(column) for column in fitted.columns))


def _kept(column: Column) -> Column:
    target = parse_target(column.target) if column.target else None
    if target is None or column.reason == CHOSEN:
        return column
    own = target.type == Organisation.TYPE or target == DEPARTEMENT
    theirs = not _OF_LEARNERS.isdisjoint(fold(column.header).split())
    if not own or theirs or (target in _OF_ANYBODY and not _of_organisation(column.header)):
        return replace(column, target=None, reason=_DROPPED)
    if target == NAME and fold(column.header) in _NO_NAME:
        return replace(column, target=None, reason=_DROPPED)
    return column


def _of_organisation(header: str) -> bool:
    """Whether a header says that its values are those of an organisation."""
    return hear(header).phrase.owner in (Owner.ORGANISATION, Owner.TRAINING)


def check_partners(file: str, mapping: Mapping, shown: Sequence[str]) -> None:
    """Raise ``InputError`` for a table of learners that names no organisation."""
    if not any(column.target in _NAMES for column in mapping.columns):
        raise InputError(
            f"« {file} » parle d'apprenants ({_listed(shown)}) et ne nomme aucune organisation : un apprenant n'est "
            "pas un contact, rien n'est repris.",
            field="file",
            code="no_header",
        )


_NAMES = frozenset(str(Target(Organisation.TYPE, name)) for name in ("name", "siret", "siren"))


def _listed(shown: Sequence[str]) -> str:
    return ", ".join(f"« {text[:40]} »" for text in shown[:3])


def learners(file: str, sheet: str, shown: Sequence[str]) -> ImportFault:
    """The remark on a table of learners, of which only the organisations come in."""
    message = (
        f"La feuille parle d'apprenants ({_listed(shown)}) : les personnes n'y sont pas des contacts et ne sont pas "
        "reprises ; seules les organisations le sont."
    )
    hint = "Pour reprendre un tuteur, choisissez vous-même le champ de sa colonne."
    return ImportFault(file, sheet, 0, shown[0], "", "learners", message, hint)
