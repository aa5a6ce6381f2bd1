"""Agreements (conventions) with partners."""

from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Vocabulary

_DATES = "Dates"


class AgreementKind(Vocabulary):
    """What an agreement is about."""

    PARTNERSHIP = "partenariat", "Convention de partenariat"
    TRAINING = "formation", "Convention de formation"
    HOSTING = "accueil", "Convention d'accueil ou de stage"
    SUBCONTRACT = "sous_traitance", "Contrat de sous-traitance"


class AgreementStatus(Vocabulary):
    """Where an agreement stands on a date; derived from its dates, never typed."""

    DRAFT = "projet", "Projet"
    SENT = "envoyee", "Envoyée"
    SIGNED = "signee", "Signée"
    EXPIRED = "echue", "Échue"
    TERMINATED = "resiliee", "Résiliée"


class Agreement(Node):
    """A convention; its status follows from its dates."""

    about: ClassVar = NodeAbout(
        "Convention", "Conventions", "Accord avec un partenaire.", ("number", "subject"), True, "signed_on"
    )

    subject: Annotated[str, Field(min_length=1), About("Objet", section="Convention", search=True, column=True)]
    number: Annotated[str | None, About("Numéro", section="Convention", search=True, column=True)] = None
    kind: Annotated[AgreementKind, About("Type", section="Convention", index=True, search=True)] = (
        AgreementKind.PARTNERSHIP
    )
    sent_on: Annotated[date | None, About("Envoyée le", section=_DATES)] = None
    signed_on: Annotated[date | None, About("Signée le", section=_DATES, column=True)] = None
    effective_on: Annotated[date | None, About("Prend effet le", section=_DATES)] = None
    ends_on: Annotated[date | None, About("Finit le", section=_DATES, index=True, column=True)] = None
    terminated_on: Annotated[date | None, About("Résiliée le", section=_DATES)] = None
    tacit_renewal: Annotated[bool | None, About("Tacite reconduction", section=_DATES)] = None
    notice_days: Annotated[int | None, Field(ge=0), About("Préavis (jours)", section=_DATES)] = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        start = self.effective_on or self.signed_on
        if start and self.ends_on and self.ends_on < start:
            raise ValueError("la date de fin précède la date d'effet")
        return self

    def status(self, on: date) -> AgreementStatus:
        """Where this agreement stands on the day ``on``."""
        if self.terminated_on and self.terminated_on <= on:
            return AgreementStatus.TERMINATED
        if not self.signed_on or self.signed_on > on:
            return AgreementStatus.SENT if self.sent_on and self.sent_on <= on else AgreementStatus.DRAFT
        if self.ends_on and self.ends_on < on and not self.tacit_renewal:
            return AgreementStatus.EXPIRED
        return AgreementStatus.SIGNED


class PartyTo(Link):
    """An organisation bound by an agreement."""

    about: ClassVar = LinkAbout("est partie à", "engage", ("Organisation",), ("Agreement",))


class Signed(Link):
    """A person who signed an agreement."""

    about: ClassVar = LinkAbout("a signé", "est signée par", ("Person",), ("Agreement",))


class Covers(Link):
    """A training action that an agreement covers."""

    about: ClassVar = LinkAbout("couvre", "est couverte par", ("Agreement",), ("Programme",))
