"""A header read as a phrase: what the value is, whose it is, and which one of several, whatever the order of the words.

« Email du responsable », « responsable_email » and « EmailResponsable* » are one phrase; « Contact 2 - Nom » says whose
and which. Every word must be understood: one that is not makes the whole unknown, so that « Couleur du téléphone » is
no telephone number.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import NamedTuple, TypeAlias

from crm.sentences.senses import words as words_of
from graph_schema.text import fold


class Owner(Enum):
    """Whose the value is, as far as the header says it."""

    UNSAID = ""
    ORGANISATION = "organisation"
    TRAINING = "training"
    """A training provider: often another organisation than the partner of the row."""
    PERSON = "person"
    OURS = "ours"
    """One of us who follows the partner."""
    LEARNER = "learner"


class Phrase(NamedTuple):
    """What a header says: its ``concept`` (empty where it only names someone), whose it is, and which of several.

    ``title`` tells one person of the row from another (« tuteur », « dirigeant »); a plain contact has none.
    """

    concept: str
    owner: Owner = Owner.UNSAID
    title: str = ""
    number: int = 0


_LONGEST = 12
"""Words of a header: more is a sentence."""

_CONTACTS = ("contact", "echange", "rencontre", "rdv", "visite", "appel", "entretien", "relance", "reponse", "reunion")
_AGREEMENTS = ("convention", "accord", "partenariat")
_ENDS = ("fin", "echeance", "expiration", "terme")

_CONCEPTS: Mapping[str, Iterable[str]] = {
    "name": ("nom",),
    "legal name": ("raison sociale", "denomination", "denomination sociale", "denomination legale", "nom legal"),
    "trade name": (
        "enseigne", "nom enseigne", "enseigne commerciale",
        "nom commercial", "denomination commerciale", "denomination usuelle", "nom usuel",
        "nom usage", "marque",
    ),
    "other name": ("alias", "ancien nom", "autre nom", "ancienne denomination"),
    "acronym": ("sigle", "acronyme", "nom abrege"),
    "full name": ("nom prenom",),
    "given name": ("prenom",),
    "civility": ("civilite", "m mme"),
    "role": ("fonction", "poste", "qualite", "role", "intitule poste", "poste occupe"),
    "email": (
        "email", "mail", "mel", "courriel", "messagerie",
        *(f"adresse {word}" for word in ("email", "mail", "mel", "courriel", "electronique", "messagerie")),
    ),
    "mobile": ("mobile", "portable", "gsm", "telephone mobile", "telephone portable", "tel mobile", "tel portable"),
    "phone": ("telephone", "tel", "phone", "standard", "telephone standard", "ligne directe", "telephone fixe"),
    "fax": ("fax", "telecopie", "telecopieur"),
    "address": (
        "adresse", "adresse postale", "rue", "voie", "adresse cp ville", "adresse code postal ville",
        "adresse code postal commune", "adresse voie", "adresse rue",
    ),
    "address rest": ("complement adresse", "adresse complementaire", "complement adresse postale"),
    "postal code": ("adresse cp", "adresse code postal", "cp", "code postal", "code postale", "codpost"),
    "city": (
        "ville", "commune", "adresse ville", "adresse commune", "localite", "cp ville", "cp commune",
        "code postal ville", "code postal commune",
        "bureau distributeur", "commune implantation", "ville implantation",
    ),
    "commune code": ("code commune", "code insee", "insee", "cog", "code geographique", "code insee commune",
                     "commune insee", "code commune insee"),
    "departement": ("departement", "dept", "dpt", "dep", "code departement", "code dept", "code dpt", "code dep"),
    "siret": ("siret", "code siret", "siret siren", "numero siret"),
    "siren": ("siren", "code siren"),
    "naf": ("naf", "ape", "code naf", "code ape", "naf ape", "code naf ape"),
    "legal category": ("forme juridique", "nature juridique", "categorie juridique", "statut juridique"),
    "headcount": ("effectif", "effectif salarie", "nombre salarie", "nb salarie", "tranche effectif", "taille"),
    "idcc": ("idcc", "code idcc", "convention collective", "convention collective idcc"),
    "opco": ("opco", "operateur competence"),
    "uai": ("uai", "rne", "code uai", "code rne"),
    "nda": ("nda", "declaration activite", "numero declaration activite"),
    "website": ("site web", "site internet", "url", "web", "website", "page web", "url site", "lien site",
                 "adresse site web", "adresse site internet"),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "note": ("note", "commentaire", "remarque", "observation", "information complementaire", "divers"),
    "kind": ("type", "categorie", "nature", "famille"),
    "tier": ("rang", "priorite", "niveau priorite"),
    "tags": ("tag", "mot cle", "etiquette"),
    "last contact": tuple(f"{when} {event}" for event in _CONTACTS for when in ("date", "dernier", "date dernier")),
    "next contact": tuple(
        f"{when} {event}" for event in _CONTACTS
        for when in ("prochain", "date prochain", "futur", "prevu", "date prevu", "dernier prevu")
    ),
    "signed on": (
        *(f"{way} {what}" for what in _AGREEMENTS
          for way in ("date", "signe", "signature", "date signature", "date signe", "signe le")),
        "date signature",
    ),
    "ends on": (
        "echeance", "date echeance",
        *(f"{way} {what}" for what in _AGREEMENTS for end in _ENDS for way in (end, f"date {end}")),
    ),
    "agreement number": tuple(f"{way} {what}" for what in _AGREEMENTS for way in ("numero", "reference")),
    "agreement subject": tuple(f"{way} {what}" for what in _AGREEMENTS for way in ("objet", "intitule")),
    "region": ("region", "academie", "pays", "nom region", "code region"),
    "birth": ("date naissance", "ne le", "lieu naissance", "ine", "nir", "numero securite sociale"),
}  # fmt: skip
"""What a value may be, and the words that say it, in any order; the phrase of the most words wins."""

_ORGANISATIONS = (
    "entreprise", "structure", "organisme", "societe", "etablissement", "partenaire", "organisation", "employeur",
    "association", "prescripteur", "operateur", "entreprise accueil", "structure accueil", "organisme accueil",
    "etablissement accueil",
    "unite legale", "lieu accueil",
)  # fmt: skip
"""Alone, they name the organisation."""

_TITLES = (
    "responsable", "referent", "dirigeant", "gerant", "directeur", "tuteur", "maitre apprentissage", "maitre stage",
    "representant", "representant legal", "responsable legal",
    "signataire", "president", "drh", "rrh", "rh", "recruteur", "secretaire", "assistant", "comptable",
    "coordinateur", "conseiller", "delegue", "manager", "patron", "mandataire", "chef", "maire", "proviseur",
    "principal etablissement", "charge recrutement", "charge mission", "charge rh",
)  # fmt: skip

_OWNERS: Mapping[Owner, Iterable[str]] = {
    Owner.ORGANISATION: (*_ORGANISATIONS, "siege", "siege social", "client", "prospect", "adherent"),
    Owner.TRAINING: (
        "cfa", "of", "ofa", "ufa", "lycee", "campus", "organisme formation", "centre formation", "of cfa",
        "etablissement formation", "etablissement formateur", "centre formation apprenti", "etablissement responsable",
    ),
    Owner.PERSON: ("contact", "interlocuteur", "correspondant", "personne", "personne contacter", "personne contact",
                   "personne ressource", "contact entreprise", *_TITLES),
    Owner.OURS: (
        "suivi par", "charge partenariat", "charge affaire", "charge relation entreprise", "responsable partenariat",
        "referent interne", "referent cfa", "contact interne", "responsable interne", "charge developpement",
        "conseiller referent",
    ),
    Owner.LEARNER: ("apprenti", "apprenant", "stagiaire", "alternant", "eleve", "candidat", "beneficiaire", "jeune",
                    "etudiant"),
}  # fmt: skip

_GUARDIANS = frozenset(["responsable", "responsable legal", "representant", "representant legal", "contact"])
"""People who are the learner's where a header names a learner too; a tutor is the company's."""

_PLAIN = frozenset(
    ["contact", "interlocuteur", "correspondant", "personne", "contact entreprise", "personne contacter",
     "personne contact", "personne ressource"]
)  # fmt: skip
"""People of no title of their own."""

_OF_ANOTHER = words_of(
    "apprenti apprenant stagiaire alternant eleve candidat beneficiaire jeune etudiant naissance parent cfa ofa ufa"
    " formation formateur"
)
_NOBODY = frozenset(
    [
        "siege", "siege social", "client", "prospect", "adherent", "chef", "rh", "of", "lycee", "campus", "jeune",
         "delegue",
    ]
)  # fmt: skip
"""Owners that name nobody alone: the word may head a yes or no, or a count."""

_FEMININE = {
    "interlocutrice": "interlocuteur", "correspondante": "correspondant", "directrice": "directeur",
    "dirigeante": "dirigeant", "gerante": "gerant", "tutrice": "tuteur", "presidente": "president",
    "referente": "referent", "representante": "representant", "assistante": "assistant", "recruteuse": "recruteur",
    "coordinatrice": "coordinateur", "conseillere": "conseiller", "deleguee": "delegue", "chargee": "charge",
    "maitresse": "maitre", "apprentie": "apprenti", "apprenante": "apprenant", "alternante": "alternant",
    "candidate": "candidat", "derniere": "dernier", "prochaine": "prochain", "signee": "signe", "prevue": "prevu",
    "mails": "mail", "mels": "mel", "fixes": "fixe", "num": "numero", "n": "numero", "no": "numero", "nr": "numero",
    "telephonique": "telephone", "contacts": "contact", "noms": "nom", "dernieres": "dernier", "derniers": "dernier",
    "sociales": "sociale", "cps": "cp", "tels": "tel", "partenariats": "partenariat", "echeances": "echeance",
    "dateof": "date", "company": "entreprise",
}  # fmt: skip
_INVARIABLE = words_of("gps fils cours divers campus tous nous vous acces")

_LINKING = words_of("de du des d la le les l un une et a au aux en ou pour sur s e son sa leur ce")
_IDLE = words_of(
    "professionnel professionnelle pro principal principale direct directe complet complete generique general generale"
    " officiel officielle actuel actuelle obligatoire facultatif saisir renseigner valide validee numero libelle nom"
    " fixe legal joindre connu eventuel recent recente utile exact exacte fr francais siege social travail bureau"
    " partenariat physique"
)
"""Words that change nothing beside a concept: « Téléphone fixe professionnel », « Libellé de la commune »."""

_OF_TITLE = words_of(
    "formation rh recrutement handicap alternance apprentissage pedagogique administratif administrative financier"
    " ressource humaine relation general generale technique insertion emploi stage legal mission partenariat projet"
    " entreprise pole service"
)
"""What may complete a title: « Responsable formation », « Directeur des ressources humaines »."""

_SECOND = frozenset(["secondaire", "autre", "bis"])
_JOINED = ((re.compile(r"\be mail"), "email"), (re.compile(r"\brendez vous\b"), "rdv"))
_ENDING = re.compile(r"[(·.\-](?:e|s|es|x|ne|ice|trice|rice)\b\)?", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_DIGITS = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")


@cache
def phrase_of(header: str) -> Phrase | None:
    """What a header says, or None. What stands in brackets is left aside where it is not understood."""
    return next(filter(None, map(_read, _spellings(header))), None)


def speaks_of_another(header: str) -> bool:
    """Whether a header that is not understood names a learner or a training course: its cells are not the partner's."""
    return any(word in _OF_ANOTHER for words in _spellings(header) for word in words)


def _spellings(header: str) -> Iterator[list[str]]:
    for text in dict.fromkeys((header, _ASIDE.sub(" ", header))):
        plain = _ENDING.sub("", text)
        for spelled in dict.fromkeys((plain, _HUMP.sub(" ", plain))):
            yield _words(spelled)


def _words(text: str) -> list[str]:
    folded = _DIGITS.sub(" ", fold(text))
    for pattern, word in _JOINED:
        folded = pattern.sub(word, folded)
    words = folded.split()
    if len(words) > _LONGEST:
        return []
    return [piece for word in map(_singular, words) for piece in _unglued(word)]


def _singular(word: str) -> str:
    if word in _FEMININE or word in _INVARIABLE:
        return _FEMININE.get(word, word)
    bare = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    return _FEMININE.get(bare, bare)


@cache
def _unglued(word: str) -> tuple[str, ...]:
    """The known words of which one is made: « nomentreprise », « codepostal »; the word itself where it is not."""
    if word in _known() or word.isdigit() or len(word) > 40:
        return (word,)
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        made = [
            (*start, piece)
            for begin in range(max(0, end - 16), end)
            if (start := best[begin]) is not None and (piece := _singular(word[begin:end])) in _pieces()
        ]
        best.append(min(made, key=len, default=None))
    return best[-1] or (word,)


@cache
def _known() -> frozenset[str]:
    phrases = (phrase for group in (*_CONCEPTS.values(), *_OWNERS.values()) for phrase in group)
    return frozenset(word for phrase in phrases for word in phrase.split()) | _IDLE | _OF_TITLE | _SECOND | _LINKING


@cache
def _pieces() -> frozenset[str]:
    return frozenset(word for word in _known() if len(word) > 2) | {"cp", "de", "du", "la"}


@cache
def _concepts() -> tuple[tuple[frozenset[str], str], ...]:
    """Every phrase of a concept, as words, those of the most words first; a bare « nom » says less than any other."""
    return _longest_first((phrase, concept) for concept, phrases in _CONCEPTS.items() for phrase in phrases)


@cache
def _owners() -> tuple[tuple[frozenset[str], str], ...]:
    return _longest_first((phrase, phrase) for phrases in _OWNERS.values() for phrase in phrases)


def _longest_first(phrases: Iterable[tuple[str, str]]) -> tuple[tuple[frozenset[str], str], ...]:
    known = ((frozenset(_singular(word) for word in phrase.split()), meaning) for phrase, meaning in phrases)
    return tuple(sorted(known, key=lambda each: (-len(each[0]), each[1] == "name")))


_WHOSE = {phrase: owner for owner, phrases in _OWNERS.items() for phrase in phrases}
_Said: TypeAlias = list[tuple[int, str]]
"""Words that are still to be understood, each with its place."""


def _read(words: list[str]) -> Phrase | None:
    said = [(at, word) for at, word in enumerate(words) if word not in _LINKING and not word.isdigit()]
    named, said = _all_taken(said, [each for each in _owners() if len(each[0]) > 1])
    concept, _, said = _taken(said, _concepts())
    others, said = _all_taken(said, _owners())
    whose = _whose(concept, sorted([*named, *others]))
    owner = _WHOSE.get(whose, Owner.UNSAID)
    left = {word for _, word in said}
    idle = _SECOND | (_IDLE if concept else frozenset()) | (_OF_TITLE if owner is Owner.PERSON else frozenset())
    if left - idle or not (concept or whose) or (not concept and whose in _NOBODY):
        return None
    number = next((int(word) for word in words if word.isdigit() and len(word) < 3), 2 if left & _SECOND else 0)
    return Phrase(concept, owner, whose if owner is Owner.PERSON and whose not in _PLAIN else "", number)


def _taken(said: _Said, phrases: Iterable[tuple[frozenset[str], str]]) -> tuple[str, int, _Said]:
    """The first of these phrases whose words are all there: its meaning, its place, and the words that are left."""
    present = {word for _, word in said}
    for words, meaning in phrases:
        if words <= present:
            place = min(at for at, word in said if word in words)
            return meaning, place, [each for each in said if each[1] not in words]
    return "", 0, said


def _all_taken(said: _Said, phrases: Iterable[tuple[frozenset[str], str]]) -> tuple[list[tuple[int, str]], _Said]:
    found = []
    meaning, place, said = _taken(said, phrases)
    while meaning:
        found.append((place, meaning))
        meaning, place, said = _taken(said, phrases)
    return found, said


def _whose(concept: str, owners: list[tuple[int, str]]) -> str:
    """Whose the value is, of all who are named: « Responsable de l'entreprise » is a person, « Entreprise de
    l'apprenti » an organisation.
    """
    named = [phrase for _, phrase in owners]
    kinds = {_WHOSE[phrase]: phrase for phrase in reversed(named)}
    of_learner = [phrase for phrase in named if _WHOSE[phrase] is Owner.LEARNER]
    if of_learner and (named[0] in of_learner or named[0] in _GUARDIANS):
        return of_learner[0]
    if not named:
        return ""
    order = (Owner.OURS, Owner.PERSON, Owner.TRAINING, Owner.ORGANISATION)
    if not concept and _WHOSE[named[0]] is Owner.ORGANISATION and Owner.TRAINING not in kinds:
        return named[0]
    return next(kinds[owner] for owner in order if owner in kinds)
