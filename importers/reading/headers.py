"""The headers under which spreadsheets call what we know, from the declarations, and how people qualify them."""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from graph_schema.agreements import Agreement
from graph_schema.exchanges import Concerns, Exchange
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.programmes import Placement, Programme
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Field
from importers.reading.grammar import Owner, Phrase, phrase_of


class Target(NamedTuple):
    """What a column may feed: a declared field of the organisation, of the contact in the same row, of their link…"""

    type: str
    field: str

    def __str__(self) -> str:
        return f"{self.type}.{self.field}"


NAME = Target(Organisation.TYPE, "name")
OTHER_NAMES = Target(Organisation.TYPE, "aliases")
ADDRESS = Target(Organisation.TYPE, "address")
CITY = Target(Organisation.TYPE, "city")
OWNER = Target(Organisation.TYPE, "owner")
FAMILY_NAME = Target(Person.TYPE, "family_name")
GIVEN_NAME = Target(Person.TYPE, "given_name")
LAST_CONTACT = Target(Exchange.TYPE, "on")
DEPARTEMENT = Target("Place", "departement")
"""Not a field: a département helps to find the commune."""

CONCERNS: Mapping[Target, str] = {
    Target(Concerns.TYPE, type): type for type in SCHEMA.links[Concerns.TYPE].about.targets
}
"""Not fields: what an exchange was about, by the type of the record that a cell names."""

_WHOLE_TYPES = (Organisation.TYPE, Person.TYPE, WorksFor.TYPE)
_OWN_WORDS: Mapping[Target, tuple[str, ...]] = {
    LAST_CONTACT: (
        "Date de l'échange", "dernier contact", "date dernier contact", "date du dernier contact", "dernier echange",
        "date du dernier echange", "derniere rencontre", "dernier rdv", "dernier rendez vous", "last contact",
        "date echange", "date de rencontre", "date du rendez vous", "date du rdv",
        "date de contact", "date du contact", "derniere visite", "date de visite", "date de la derniere visite",
        "derniere reponse",
        "derniere reponse recue", "reponse recue le", "contacte le", "dernier appel", "dernier entretien",
        "derniere relance", "date de relance", "date de la relance",
    ),
    Target(Exchange.TYPE, "channel"): ("Canal de l'échange", "canal", "moyen de contact", "mode de contact"),
    Target(Exchange.TYPE, "direction"): (
        "Sens de l'échange", "sens", "sens du contact", "sens du dernier echange", "sens du dernier contact",
        "entrant sortant", "entrant ou sortant",
    ),
    Target(Exchange.TYPE, "subject"): (
        "Objet de l'échange", "sujet de l echange", "objet du contact", "motif du contact",
    ),
    Target(Exchange.TYPE, "note"): (
        "Compte rendu de l'échange", "compte rendu d echange", "detail de l echange", "resume de l echange",
        "compte rendu",
    ),
    Target(Exchange.TYPE, "purpose"): (
        "Finalités de l'échange", "finalite", "finalites", "finalite de l echange", "but de l echange",
    ),
    Target(Concerns.TYPE, Programme.TYPE): (
        "Action de formation concernée", "action de formation", "formation concernee", "action concernee",
        "a propos de la formation", "au sujet de la formation", "formation evoquee",
    ),
    Target(Concerns.TYPE, Agreement.TYPE): (
        "Convention concernée", "numero de la convention concernee", "a propos de la convention",
        "au sujet de la convention",
    ),
    Target(Concerns.TYPE, Placement.TYPE): (
        "Accueil concerné", "apprenant concerne", "reference de l apprenant", "a propos de l accueil", "stage concerne",
        "alternance concernee",
    ),
    Target(Agreement.TYPE, "signed_on"): (
        "Convention signée le", "date de convention", "date convention", "date de signature", "signee le",
        "date de signature de la convention", "signature convention", "date signature convention",
    ),
    Target(Agreement.TYPE, "ends_on"): (
        "Fin de convention", "date de fin de convention", "date fin convention", "echeance convention",
        "echeance de la convention", "fin convention", "finit le",
    ),
    Target(Agreement.TYPE, "number"): (
        "Numéro de convention", "n convention", "n de convention", "reference convention",
    ),
    Target(Agreement.TYPE, "subject"): ("Objet de la convention", "objet convention"),
    DEPARTEMENT: ("Département", "dept", "dpt", "code departement", "n departement"),
}  # fmt: skip
"""Names that are not those of the declaration, as a row about a partner has them; the first as people write it."""

_WRITTEN: Mapping[Target, str] = {NAME: "Raison sociale", FAMILY_NAME: "Nom du contact"}
_LINKING = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "et", "a", "au", "aux", "en"])
_OF_PERSON = frozenset(["contact", "interlocuteur", "interlocutrice", "correspondant", "personne"])
_OF_ORGANISATION = frozenset(
    [
        "entreprise",
        "structure",
        "organisme",
        "societe",
        "etablissement",
        "partenaire",
        "organisation",
        "employeur",
        "siege",
    ]
)
_OF_BOTH = {"name": ("name", "family_name"), "email": ("email", "email"), "phone": ("phone", "phone")}
_ORGANISATION = {
    "": "name", "name": "name", "legal name": "name", "other name": "aliases", "acronym": "acronym", "email": "email",
    "phone": "phone", "mobile": "phone", "address": "address",
    "address rest": "address", "postal code": "postal_code", "city": "city",
    "commune code": "commune", "siret": "siret", "siren": "siren", "naf": "naf", "legal category": "legal_category",
    "headcount": "headcount", "idcc": "idcc", "opco": "opco", "uai": "uai", "website": "website",
    "latitude": "latitude", "longitude": "longitude", "note": "note", "kind": "kind", "tier": "tier", "tags": "tags",
}  # fmt: skip
_PERSON = {
    "": "family_name", "name": "family_name", "full name": "family_name", "given name": "given_name",
    "civility": "civility", "email": "email", "phone": "phone", "mobile": "mobile",
}  # fmt: skip
_ROLE = Target(WorksFor.TYPE, "role")
_ANYONE = {
    "departement": DEPARTEMENT, "last contact": LAST_CONTACT, "signed on": Target(Agreement.TYPE, "signed_on"),
    "ends on": Target(Agreement.TYPE, "ends_on"), "agreement number": Target(Agreement.TYPE, "number"),
    "agreement subject": Target(Agreement.TYPE, "subject"),
}  # fmt: skip
"""What each concept of a header feeds, of an organisation, of a person, and whosever it is."""

_NOWHERE = {
    "fax": "un numéro de télécopie n'a pas de champ",
    "nda": "le numéro de déclaration d'activité d'un partenaire n'a pas de champ",
    "region": "la région ou le pays n'a pas de champ : la commune le dit",
    "next contact": "ce qui est à venir n'est pas un échange",
    "birth": "ce qui identifie un apprenant n'est pas gardé",
}
"""Concepts that are understood and kept nowhere: why."""

_OF_LEARNER = "elle parle d'un apprenant, qui n'est pas un contact"
_OF_OURS = "elle parle de celui qui, chez vous, suit le partenaire"


class Exactness(IntEnum):
    """How surely a header means what it feeds: of two columns for one field the first of these wins."""

    CHOSEN = 0
    OFFICIAL = 1
    """The official name of an organisation."""
    DECLARED = 2
    """The very words of the declaration."""
    QUALIFIED = 3
    """It says what and whose."""
    MEANT = 4
    NONE = 5


class Heard(NamedTuple):
    """What a header may feed, how surely, whose it says that it is; or why what it means feeds nothing (French)."""

    targets: tuple[Target, ...] = ()
    exactness: Exactness = Exactness.NONE
    phrase: Phrase = Phrase("")
    nowhere: str = ""


def field_of(target: Target) -> Field | None:
    """The declared field behind a target; None for the département and what an exchange is about, which are not one."""
    return None if target == DEPARTEMENT or target in CONCERNS else SCHEMA.type(target.type).fields[target.field]


@cache
def targets() -> tuple[Target, ...]:
    """Everything that a column may feed, in the order of the declarations."""
    whole = (
        Target(name, field.name)
        for name in _WHOLE_TYPES
        for field in SCHEMA.type(name).typed
        if field.name not in ("certainty", "evidence")
    )
    return tuple(dict.fromkeys((*whole, *_OWN_WORDS)))


def parse_target(text: str) -> Target | None:
    """The target written ``Type.field``, or None if there is no such one."""
    type, _, field = text.partition(".")
    found = Target(type, field)
    return found if found in targets() else None


@cache
def _vocabulary() -> Mapping[str, tuple[Target, ...]]:
    """Every known header, folded, with what it may mean."""
    known: dict[str, list[Target]] = {}
    for target in targets():
        field = field_of(target)
        words = _OWN_WORDS.get(target) or (sorted(field.headers) if field else ())
        for word in words:
            known.setdefault(fold(word), []).append(target)
    return {word: tuple(found) for word, found in known.items()}


def written(target: Target) -> str:
    """The header under which a file that we make names a target: read back, it means that target and no other."""
    if target in _WRITTEN:
        return _WRITTEN[target]
    field = field_of(target)
    if target in _OWN_WORDS or field is None:
        return _OWN_WORDS[target][0]
    label = field.about.label
    if len(meanings(label)) == 1:
        return label
    return f"{label} {'de la structure' if target.type == Organisation.TYPE else 'du contact'}"


@cache
def hear(header: str) -> Heard:
    """What a header means: as declared; else as a phrase; else as declared beside a word that says whose it is."""
    direct, phrase = _vocabulary().get(fold(header), ()), phrase_of(header)
    if phrase is not None and phrase.concept == "trade name":
        exactness = Exactness.DECLARED if direct else Exactness.MEANT
        return Heard((NAME, OTHER_NAMES), exactness, phrase)
    if direct:
        official = phrase is not None and phrase.concept == "legal name"
        return Heard(direct, Exactness.OFFICIAL if official else Exactness.DECLARED, phrase or Phrase(""))
    if phrase is None:
        return Heard(_stripped(header), Exactness.QUALIFIED)
    nowhere = _OF_LEARNER if phrase.owner is Owner.LEARNER else _NOWHERE.get(phrase.concept, "")
    if phrase.owner is Owner.OURS and phrase.concept not in ("", "name", "full name"):
        nowhere = _OF_OURS
    if nowhere:
        return Heard(phrase=phrase, nowhere=nowhere)
    exactness = Exactness.MEANT if phrase.owner is Owner.UNSAID else Exactness.QUALIFIED
    official = phrase.concept == "legal name"
    return Heard(tuple(_fed_by(phrase)), Exactness.OFFICIAL if official else exactness, phrase)


def _fed_by(phrase: Phrase) -> Iterator[Target]:
    concept, owner = phrase.concept, phrase.owner
    if concept in _ANYONE:
        yield _ANYONE[concept]
    elif owner is Owner.OURS:
        yield OWNER
    elif owner is Owner.UNSAID and concept in _OF_BOTH:
        of_organisation, of_person = _OF_BOTH[concept]
        yield from (Target(Organisation.TYPE, of_organisation), Target(Person.TYPE, of_person))
    elif owner in (Owner.ORGANISATION, Owner.TRAINING):
        yield from [Target(Organisation.TYPE, _ORGANISATION[concept])] if concept in _ORGANISATION else []
    elif concept == "role":
        yield _ROLE
    elif concept in _PERSON:
        yield Target(Person.TYPE, _PERSON[concept])
    elif owner is Owner.UNSAID:
        yield Target(Organisation.TYPE, _ORGANISATION[concept])


def meanings(header: str) -> tuple[Target, ...]:
    """What a header may mean."""
    return hear(header).targets


def _stripped(header: str) -> tuple[Target, ...]:
    """What a header means without its qualifier (« Rang de la structure »)."""
    words = [word for word in fold(header).split() if word not in _LINKING]
    bare = " ".join(w for w in words if w not in _OF_PERSON and w not in _OF_ORGANISATION)
    possible = _vocabulary().get(bare, ())
    if _OF_PERSON.intersection(words):
        return tuple(t for t in possible if t.type in (Person.TYPE, WorksFor.TYPE))
    return tuple(t for t in possible if t.type == Organisation.TYPE) if _OF_ORGANISATION.intersection(words) else ()


def qualified(header: str) -> bool:
    """Whether the header itself says whose the value is: the person's or the organisation's."""
    words = set(fold(header).split())
    said = hear(header).phrase.owner is not Owner.UNSAID
    return said or bool(words & (_OF_PERSON | _OF_ORGANISATION)) or not words.isdisjoint({"standard", "generique"})


def recognised(cells: Sequence[str]) -> int:
    """How many of these cells are headers that we know."""
    return len({fold(cell) for cell in cells if cell and (hear(cell).targets or hear(cell).nowhere)})
