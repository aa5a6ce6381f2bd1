"""Evidence: documents that prove a fact of the network."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Vocabulary
from graph_schema.vocabularies import Purpose

_PROOF = "Preuve"
_FILE = "Fichier"


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


class Evidence(Node):
    """A document that proves a fact; its SHA-256 says that it has not changed since."""

    about: ClassVar = NodeAbout("Preuve", "Preuves", "Document qui atteste un fait.", ("title",), True, "fact_on")

    title: Annotated[str, Field(min_length=1), About("Titre", section=_PROOF, search=True, column=True)]
    kind: Annotated[EvidenceKind, About("Type", section=_PROOF, index=True, search=True, column=True)]
    fact_on: Annotated[date | None, About("Date du fait", section=_PROOF, index=True, column=True)] = None
    filed_on: Annotated[date | None, About("Déposée le", section=_PROOF)] = None
    author: Annotated[str | None, About("Auteur", section=_PROOF, search=True)] = None
    phase: Annotated[list[Phase], About("Phases", section=_PROOF)] = []
    purpose: Annotated[list[Purpose], About("Finalités", section=_PROOF)] = []
    indicators: Annotated[list[str], About("Indicateurs", "Numéros du référentiel", _PROOF, column=True)] = []
    status: Annotated[EvidenceStatus, About("Statut", section=_PROOF, search=True, column=True)] = EvidenceStatus.DRAFT
    version: Annotated[str | None, About("Version", section=_FILE)] = None
    sha256: Annotated[
        str | None, Field(pattern=r"^[0-9a-f]{64}$"), About("Empreinte SHA-256", section=_FILE, index=True, hidden=True)
    ] = None
    file_name: Annotated[str | None, About("Fichier", section=_FILE, search=True)] = None
    size: Annotated[int | None, Field(ge=0), About("Taille (octets)", section=_FILE, hidden=True)] = None
    confidential: Annotated[bool | None, About("Confidentielle", section=_FILE)] = None


class Proves(Link):
    """The fact that a document attests."""

    about: ClassVar = LinkAbout(
        "atteste",
        "est attesté par",
        ("Evidence",),
        (
            "Organisation", "Person", "Programme", "Placement", "Agreement", "Committee", "Meeting", "Minutes",
            "Decision", "Action", "Exchange", "Feedback",
        ),
    )  # fmt: skip


class Replaces(Link):
    """A document that takes the place of an older one."""

    about: ClassVar = LinkAbout("remplace", "est remplacée par", ("Evidence",), ("Evidence",))
