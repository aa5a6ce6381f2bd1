"""Agreements (conventions) with partners."""

from datetime import date, timedelta
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import Field, model_validator

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Trait, Vocabulary
from graph_schema.wording import short_date

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
    RENEWED = "reconduite", "Reconduite tacitement"
    EXPIRED = "echue", "Échue"
    TERMINATED = "resiliee", "Résiliée"


class Term(NamedTuple):
    """When an agreement is in force: from ``starts`` to ``ends``, both days included (None: nothing ends it).

    ``renews`` is the first day that it owes to tacit renewal, where it comes to that. Whatever says that an agreement
    is in force, on screen or in a measure, asks this.
    """

    starts: date
    ends: date | None = None
    renews: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the agreement binds on the day ``on``."""
        return self.starts <= on and (self.ends is None or on <= self.ends)

    def renewed(self, on: date) -> bool:
        """Whether it binds on the day ``on`` by tacit renewal only."""
        return self.renews is not None and self.renews <= on and self.in_force(on)

    def words(self, on: date) -> str:
        """How it stands on a day on which it is in force, to be read after « convention »."""
        since = self.renews if self.renewed(on) else None
        renewed = [f"reconduite tacitement depuis le {short_date(since)}"] if since else []
        until = [f"jusqu'au {short_date(self.ends)}"] if self.ends else []
        return ", ".join([*renewed, *until]) or "en cours"


def term(
    signed_on: date | None, effective_on: date | None, ends_on: date | None, terminated_on: date | None,
    tacit_renewal: bool | None,
) -> Term | None:  # fmt: skip
    """Return when an agreement of these dates is in force; None when it never is.

    - It begins once it is signed and takes effect.
    - Its last day is the one it ends on; under tacit renewal that day begins a renewal instead. How long a renewal
      lasts is not kept, so it lasts until someone terminates it.
    - A termination counts from its day on, and only where nothing has ended the agreement before.
    """
    if signed_on is None:
        return None
    starts = max(signed_on, effective_on or signed_on)
    if terminated_on and terminated_on <= starts:
        return None
    last = [ends_on] if ends_on and not tacit_renewal else []
    if terminated_on:
        last.append(terminated_on - timedelta(days=1))
    ends = min(last, default=None)
    if ends and ends < starts:
        return None
    renews = max(starts, day_after(ends_on)) if ends_on and tacit_renewal else None
    return Term(starts, ends, renews if renews and (ends is None or renews <= ends) else None)


def day_after(day: date) -> date:
    """The day after ``day``, as far as there is one."""
    return day if day == date.max else day + timedelta(days=1)


class Agreement(Node):
    """A convention; its status follows from its dates."""

    about: ClassVar = NodeAbout(
        "Convention", "Conventions", "Accord avec un partenaire.", ("number", "subject"), True, "signed_on",
        begins=("sent_on", "signed_on", "effective_on"), drawn=5, traits=(Trait.ENTERED, Trait.ATTESTS),
    )  # fmt: skip

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
            raise ValueError("la date de fin précède la date d'effet : corrigez l'une des deux")
        return self

    @property
    def term(self) -> Term | None:
        """When it is in force; None when it never is."""
        return term(self.signed_on, self.effective_on, self.ends_on, self.terminated_on, self.tacit_renewal)

    def in_force(self, on: date) -> bool:
        """Whether it binds on the day ``on``."""
        found = self.term
        return found is not None and found.in_force(on)

    def status(self, on: date) -> AgreementStatus:
        """Where this agreement stands on the day ``on``; signed, it may still have to take effect."""
        signed = self.signed_on is not None and self.signed_on <= on
        expired = signed and self.ends_on is not None and self.ends_on < on and not self.tacit_renewal
        terminated = self.terminated_on is not None and self.terminated_on <= on
        if terminated and not (expired and self._ended_by_itself):
            return AgreementStatus.TERMINATED
        if not signed:
            return AgreementStatus.SENT if self.sent_on and self.sent_on <= on else AgreementStatus.DRAFT
        if expired:
            return AgreementStatus.EXPIRED
        found = self.term
        return AgreementStatus.RENEWED if found and found.renewed(on) else AgreementStatus.SIGNED

    @property
    def _ended_by_itself(self) -> bool:
        """Whether its end came before its termination."""
        return bool(self.ends_on and self.terminated_on and self.ends_on < self.terminated_on)

    def stands(self, on: date) -> str:
        """Return its status in words, with the day that explains it: « échue depuis le 01/01/2026 »."""
        found, status = self.term, self.status(on)
        if found and found.in_force(on):
            words = found.words(on)
            return f"en cours {words}" if words.startswith("jusqu") else words
        match status:
            case AgreementStatus.TERMINATED if self.terminated_on:
                return f"résiliée le {short_date(self.terminated_on)}"
            case AgreementStatus.EXPIRED if self.ends_on:
                return f"échue depuis le {short_date(day_after(self.ends_on))}"
            case AgreementStatus.SIGNED if self.effective_on:
                return f"signée, prend effet le {short_date(self.effective_on)}"
            case AgreementStatus.SENT if self.sent_on:
                return f"envoyée le {short_date(self.sent_on)}, pas encore signée"
        return "en projet"


class PartyTo(Link):
    """An organisation bound by an agreement."""

    about: ClassVar = LinkAbout("est partie à", "engage", ("Organisation",), ("Agreement",))


class Signed(Link):
    """A person who signed an agreement."""

    about: ClassVar = LinkAbout("a signé", "est signée par", ("Person",), ("Agreement",))


class Covers(Link):
    """A training action that an agreement covers."""

    about: ClassVar = LinkAbout("couvre", "est couverte par", ("Agreement",), ("Programme",))
