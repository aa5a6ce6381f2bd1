"""Evidence: documents that prove a fact of the network.

A proof is one record through its revisions: each is a file, which the vault keeps under its digest, or a link, which
nothing fetches. Three dates are kept apart: that of the fact, that on which the document was received, and the period
that it covers; the day of its deposit is the product's own.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, AnyHttpUrl, Field, model_validator

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Vocabulary
from graph_schema.records import Values
from graph_schema.vocabularies import Purpose
from graph_schema.wording import short_date

_PROOF = "Preuve"
_FILE = "Fichier"
LONGEST_PAGE, LONGEST_PASSAGE = 60, 2_000
_LONGEST_LINK, _LONGEST_NUMBER = 2_000, 6
_NUMBERS = re.compile(r"(?<![\w.,])-?\d{1,9}(?!\w)")
_AFTER_HOST = re.compile(r"[/?#\\]")
_RANGE = re.compile(r"(\d+) *à *(\d+)")
_ONLY_NUMBERS = re.compile(r"[\d ,;à-]+")


def _plain_link(text: str) -> str:
    """A link to the web, its scheme in small letters; one with a password in it would stand in the journal for good."""
    if len(text) > _LONGEST_LINK:
        raise ValueError(f"l'adresse du document a {len(text)} lettres, {_LONGEST_LINK} au plus : donnez-en une courte")
    scheme, _, rest = text.partition("://")
    if scheme.lower() not in ("http", "https") or not rest or any(map(str.isspace, rest)):
        raise ValueError("l'adresse du document doit être un lien http:// ou https://, sans espace : corrigez-la")
    if "@" in _AFTER_HOST.split(rest, 1)[0]:
        raise ValueError("l'adresse du document contient un nom d'utilisateur ou un mot de passe : retirez-les")
    if not rest.isprintable() or not _leads_somewhere(text):
        raise ValueError("l'adresse du document ne mène nulle part : corrigez le nom de son site ou son port")
    return f"{scheme.lower()}://{rest}"


def _leads_somewhere(link: str) -> bool:
    """Whether a link names a host, and a port that there can be."""
    try:
        host = AnyHttpUrl(link).host or ""
    except ValueError:
        return False
    named = _AFTER_HOST.split(link.partition("://")[2], 1)[0]  # what is read may take a part of the way for it
    return bool(named) and any(map(str.isalnum, host))


def _page(text: str) -> str:
    """Where a document says it: pages count from 1."""
    if len(text) > LONGEST_PAGE:
        raise ValueError(f"{len(text)} lettres, {LONGEST_PAGE} au plus : donnez seulement des pages, comme « 3 à 5 »")
    if re.search(rf"[0-9]{{{_LONGEST_NUMBER + 1}}}", text) or any(int(each) < 1 for each in _NUMBERS.findall(text)):
        raise ValueError(f"« {text} » n'est pas une page : elles se comptent à partir de 1, comme « 3 » ou « 3 à 5 »")
    if any(int(first) > int(last) for first, last in _RANGE.findall(text)):
        raise ValueError(f"« {text} » finit avant de commencer : donnez la première page, puis la dernière")
    return text


def beyond(page: str, pages: int) -> bool:
    """Whether ``page``, as it is said in a link, names a page that a document of so many ``pages`` has not.

    What is said in other words than numbers (« annexe 2 ») may be any page.
    """
    return bool(_ONLY_NUMBERS.fullmatch(page)) and any(int(each) > pages for each in re.findall(r"\d+", page))


def _passage(text: str) -> str:
    """What of a document is meant: a title or some words, not a copy of it."""
    if len(text) > LONGEST_PASSAGE:
        raise ValueError(f"{len(text)} lettres, {LONGEST_PASSAGE} au plus : donnez un titre ou les premiers mots")
    return text


class EvidenceKind(Vocabulary):
    """Types of proofs, after the examples of the guide."""

    MEETING = "reunion_comite", "Réunion de comité"
    MINUTES = "compte_rendu", "Compte rendu"
    LIST = "liste_entreprises", "Liste des entreprises"
    AGREEMENT = "convention_partenariat", "Convention de partenariat"
    TRAINING_AGREEMENT = "convention_formation", "Convention de formation"
    EMPLOYMENT = "contact_spe", "Contact avec le service public de l'emploi"
    BOOKLET = "livret_alternance", "Livret d'alternance"
    INFORMATION = "information_partenariat", "Information sur le partenariat"
    VISIT = "visite_entreprise", "Visite en entreprise"
    EXCHANGE = "echange", "E-mail ou échange"
    INVITATION = "invitation", "Invitation ou événement"
    SURVEY = "questionnaire", "Questionnaire"
    CERTIFICATE = "attestation", "Attestation"
    COUNCIL = "pv_conseil_perfectionnement", "PV de conseil de perfectionnement"
    SUBCONTRACT = "contrat_sous_traitance", "Contrat de sous-traitance"
    ACTION_PLAN = "plan_action", "Plan d'action"
    POSTER = "affiche", "Affiche"
    SHARED_CONTENT = "support_coconstruction", "Support de coconstruction"
    SCHEDULE = "planning", "Planning"
    PROCEDURE = "procedure", "Procédure"
    SUPPORT_PLAN = "plan_accompagnement", "Plan d'accompagnement"
    ACTIVITY_REPORT = "rapport_activites", "Rapport d'activités"
    INTERVIEW = "entretien", "Entretien"
    """That it was held; never what was said of a learner."""
    ANALYSIS = "analyse", "Analyse"
    OTHER = "autre", "Autre document"


_ANNOUNCING = frozenset({EvidenceKind.INVITATION, EvidenceKind.POSTER, EvidenceKind.SCHEDULE})
"""Kinds of documents that come before the fact that they announce."""


class Phase(Vocabulary):
    """When in the training the network is mobilised."""

    BEFORE = "amont", "En amont"
    DURING = "pendant", "Pendant"
    AFTER = "bilan", "Bilan"


class EvidenceStatus(Vocabulary):
    """Life of a document."""

    DRAFT = "brouillon", "Brouillon"
    VALIDATED = "valide", "Validée"
    OUTDATED = "perime", "Périmée"


class Standing(Vocabulary):
    """How much a proof is worth by itself; follows from what is kept of it, never typed."""

    DECLARED = "declaree", "Déclarée"
    ATTESTED = "attestee", "Attestée par un fichier"
    DESTROYED = "detruite", "Fichier détruit"


class Evidence(Node):
    """A document that proves a fact; its SHA-256 says that it has not changed since.

    ``former`` are the digests of its earlier revisions, which the vault keeps too; ``vault`` says in which one.
    """

    about: ClassVar = NodeAbout("Preuve", "Preuves", "Document qui atteste un fait.", ("title",), True, "fact_on")

    title: Annotated[str, Field(min_length=1), About("Titre", section=_PROOF, search=True, column=True)]
    kind: Annotated[EvidenceKind, About("Type", section=_PROOF, index=True, search=True, column=True)]
    fact_on: Annotated[date | None, About("Date du fait", section=_PROOF, index=True, column=True)] = None
    received_on: Annotated[date | None, About("Reçue le", section=_PROOF)] = None
    covers_from: Annotated[date | None, About("Couvre la période depuis le", section=_PROOF)] = None
    covers_to: Annotated[date | None, About("Couvre la période jusqu'au", section=_PROOF)] = None
    filed_on: Annotated[date | None, About("Déposée le", section=_PROOF, vouched=True)] = None
    author: Annotated[str | None, About("Auteur", section=_PROOF, search=True)] = None
    phase: Annotated[list[Phase], About("Phases", section=_PROOF)] = []
    purpose: Annotated[list[Purpose], About("Finalités", section=_PROOF)] = []
    indicators: Annotated[list[str], About("Indicateurs", "Numéros du référentiel", _PROOF, column=True)] = []
    status: Annotated[EvidenceStatus, About("Statut", section=_PROOF, search=True, column=True)] = EvidenceStatus.DRAFT
    version: Annotated[str | None, About("Version", section=_FILE)] = None
    sha256: Annotated[
        str | None,
        Field(pattern=r"^[0-9a-f]{64}$"),
        About("Empreinte SHA-256", section=_FILE, index=True, hidden=True, vouched=True, closed=True),
    ] = None
    file_name: Annotated[str | None, About("Fichier", section=_FILE, search=True, vouched=True, closed=True)] = None
    size: Annotated[
        int | None, Field(ge=0), About("Taille (octets)", section=_FILE, hidden=True, vouched=True, closed=True)
    ] = None
    confidential: Annotated[
        bool | None,
        About("Confidentielle", "Chacun lit son titre : repris du nom du fichier, il devient celui du type", _FILE),
    ] = None
    url: Annotated[
        str | None,
        AfterValidator(_plain_link),
        About("Adresse du document", "Elle n'est pas consultée : la preuve reste déclarée", _FILE, closed=True),
    ] = None
    media: Annotated[str | None, About("Type de fichier", section=_FILE, hidden=True, vouched=True, closed=True)] = None
    former: Annotated[
        list[str], About("Empreintes précédentes", section=_FILE, hidden=True, vouched=True, closed=True)
    ] = []
    vault: Annotated[
        str | None, About("Identifiant du coffre", section=_FILE, hidden=True, vouched=True, shared=True)
    ] = None
    destroyed_on: Annotated[date | None, About("Fichier détruit le", section=_FILE, hidden=True, vouched=True)] = None

    @model_validator(mode="after")
    def _dates_follow(self) -> Self:
        if self.fact_on and self.filed_on and self.fact_on > self.filed_on:
            raise ValueError("la date du fait suit celle du dépôt, qui ne peut pas encore le prouver : corrigez-la")
        if self.received_on and self.fact_on and self.received_on < self.fact_on and self.kind not in _ANNOUNCING:
            received, fact = short_date(self.received_on), short_date(self.fact_on)
            raise ValueError(
                f"la date de réception ({received}) précède celle du fait ({fact}) : corrigez l'une des deux"
            )
        if self.received_on and self.filed_on and self.received_on > self.filed_on:
            raise ValueError(
                "la date de réception suit celle du dépôt : corrigez-la, on ne dépose que ce que l'on a reçu"
            )
        if self.covers_from and self.covers_to and self.covers_to < self.covers_from:
            raise ValueError("la fin de la période couverte précède son début : corrigez l'une des deux dates")
        return self

    @model_validator(mode="after")
    def _a_link_is_declared(self) -> Self:
        if self.url and not self.sha256 and self.status is EvidenceStatus.VALIDATED:
            raise ValueError("un lien sans fichier reste déclaré : déposez le document pour le valider")
        return self

    @model_validator(mode="after")
    def _a_closed_one_is_not_called_by_its_file(self) -> Self:
        """All may read a title, and not the name of a file: one that was taken from there goes with it."""
        called = {self.file_name, (self.file_name or "").rpartition(".")[0], self.url}
        if self.title in called and confidential({"confidential": bool(self.confidential), "kind": self.kind}):
            object.__setattr__(self, "title", self.kind.label)  # frozen for everyone else
        return self


def standing(values: Values) -> Standing:
    """How much a proof is worth by itself: a digest alone, from before there were vaults, is of a file nobody kept."""
    if values.get("destroyed_on"):
        return Standing.DESTROYED
    return Standing.ATTESTED if values.get("vault") else Standing.DECLARED


_PERSONAL = frozenset({EvidenceKind.INTERVIEW, EvidenceKind.SUPPORT_PLAN})
"""Kinds whose documents are about one person, whoever deposits them."""


SAYING_CONFIDENTIAL = ("confidential", "kind")
"""The fields of a proof that say whether it is confidential."""


def confidential(values: Values) -> bool:
    """Whether the file of a proof is for those alone who may open such ones: it is said so, or of one person's life.

    Others see that the proof exists: its title, type, dates and what it attests, but none of its ``closed`` fields.
    """
    return bool(values.get("confidential")) or values.get("kind") in _PERSONAL


def period(values: Values) -> str:
    """The period that a proof covers, in words; nothing for one that covers none."""
    first, last = (
        short_date(date.fromisoformat(str(values[name]))) if values.get(name) else ""
        for name in ("covers_from", "covers_to")
    )
    if first and last:
        return f"du {first} au {last}"
    return f"depuis le {first}" if first else f"jusqu'au {last}" if last else ""


PROVIDER_SIDE = frozenset({"Provider", "Site"})
"""What is ours: a proof of nothing else is communication."""


def mobilises(proved: Iterable[str]) -> bool:
    """Whether a proof of records of these types may show that the network is mobilised.

    One that concerns the provider alone is communication, whatever it says of partners.
    """
    return any(type not in PROVIDER_SIDE for type in proved)


def unmoving(proved: Collection[str]) -> str:
    """Why a proof of records of these types does not show that the network is mobilised, in a sentence; or nothing.

    What it concerned may have been deleted, and the proof stays.
    """
    if not proved:
        return "N'est reliée à aucune fiche : reliez-la à ce qu'elle atteste."
    if mobilises(proved):
        return ""
    return "Ne concerne que votre organisme : c'est de la communication, elle ne montre pas que le réseau est mobilisé."


def place(values: Values) -> str:
    """Where in a document a link says that it is, in words: « page 3, Article 2 »; nothing where it does not say."""
    page = f"page {values['page']}" if values.get("page") else ""
    return ", ".join(filter(None, (page, str(values.get("passage") or ""))))


class Proves(Link):
    """The fact that a document attests."""

    about: ClassVar = LinkAbout(
        "atteste",
        "est attesté par",
        ("Evidence",),
        (
            "Organisation", "Person", "Programme", "Placement", "Agreement", "Committee", "Meeting", "Minutes",
            "Decision", "Action", "Exchange", "Feedback", "Provider", "Site",
        ),
    )  # fmt: skip

    page: Annotated[
        str | None,
        AfterValidator(_page),
        About("Page", "Où le document le dit : 3, ou 3 à 5", section="Passage", closed=True),
    ] = None
    passage: Annotated[
        str | None,
        AfterValidator(_passage),
        About("Passage", "Titre, article ou premiers mots", section="Passage", closed=True),
    ] = None


class Replaces(Link):
    """A document that takes the place of an older one."""

    about: ClassVar = LinkAbout("remplace", "est remplacée par", ("Evidence",), ("Evidence",))
