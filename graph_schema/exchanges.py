"""Dated contacts with partners, and what they say of us."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Trait, Vocabulary
from graph_schema.vocabularies import Purpose


class Direction(Vocabulary):
    """Who the contact came from. ``UNKNOWN`` is what nobody has said: it waits in a list to be completed."""

    FROM_US = "de_nous", "De nous"
    FROM_THEM = "d_eux", "D'eux"
    MUTUAL = "mutuel", "Mutuel"
    UNKNOWN = "a_preciser", "Sens à préciser"

    @property
    def refreshes(self) -> bool:
        """Whether such an exchange counts as contact: it refreshes a relation. Nothing else decides that."""
        return self in (Direction.FROM_THEM, Direction.MUTUAL)


REFRESHING = tuple(direction.value for direction in Direction if direction.refreshes)
"""The directions that count as contact, as stores keep them."""


class Channel(Vocabulary):
    """How the contact was made."""

    CALL = "appel", "Appel", "téléphone"
    MAIL = "courriel", "Courriel", "e-mail mail"
    SMS = "sms", "SMS"
    VISIT = "visite", "Visite"
    MEETING = "rendez_vous", "Rendez-vous", "RDV"
    EVENT = "evenement", "Événement"
    NEWSLETTER = "newsletter", "Lettre d'information", "infolettre"
    LETTER = "courrier", "Courrier"
    OTHER = "autre", "Autre"


class Exchange(Node):
    """A dated contact, with its direction."""

    about: ClassVar = NodeAbout(
        "Échange", "Échanges", "Contact daté avec un partenaire.", ("subject",), dated="on", begins=("on",),
        traits=(Trait.ENTERED, Trait.ATTESTS),
    )  # fmt: skip

    on: Annotated[date, About("Date", section="Échange", index=True, column=True, headers="dernier contact, date")]
    channel: Annotated[Channel | None, About("Canal", "Vide : non précisé", "Échange", search=True, column=True)] = None
    direction: Annotated[Direction, About("Sens", section="Échange", column=True)] = Direction.UNKNOWN
    subject: Annotated[
        str | None, Field(max_length=500), About("Objet", section="Échange", search=True, column=True)
    ] = None
    purpose: Annotated[list[Purpose], About("Finalités", "Ce que l'échange sert", "Échange")] = []
    note: Annotated[str | None, About("Détail", section="Échange", long=True, search=True)] = None
    said: Annotated[str | None, About("Phrase", "Ce qui a été écrit, tel quel", "Échange", long=True, search=True)] = (
        None
    )
    asked: Annotated[
        list[str], About("Reste à préciser", "Noms et questions que la phrase laisse ouverts", "Échange", hidden=True)
    ] = []


class Involves(Link):
    """An organisation or a person that took part in an exchange."""

    about: ClassVar = LinkAbout("a eu lieu avec", "a pris part à", ("Exchange",), ("Organisation", "Person"))


class Concerns(Link):
    """What an exchange was about."""

    about: ClassVar = LinkAbout(
        "porte sur", "a fait l'objet de", ("Exchange",), ("Programme", "Agreement", "Placement")
    )


class FeedbackKind(Vocabulary):
    """Forms of feedback (indicators 30 and 31)."""

    APPRECIATION = "appreciation", "Appréciation"
    COMPLAINT = "reclamation", "Réclamation"
    EVALUATION = "evaluation", "Évaluation"


class Feedback(Node):
    """What a company, a tutor, a funder or an (anonymous) beneficiary says."""

    about: ClassVar = NodeAbout(
        "Retour", "Retours", "Appréciation, réclamation ou évaluation.", ("text",), dated="on",
        traits=(Trait.ENTERED, Trait.ATTESTS),
    )  # fmt: skip

    on: Annotated[date, About("Date", index=True, column=True)]
    kind: Annotated[FeedbackKind, About("Type", search=True, column=True)] = FeedbackKind.APPRECIATION
    text: Annotated[str | None, About("Ce qui est dit", long=True, search=True, column=True)] = None
    score: Annotated[float | None, Field(ge=0, le=10), About("Note sur 10")] = None


class GivenBy(Link):
    """Who gave a feedback."""

    about: ClassVar = LinkAbout("vient de", "a donné", ("Feedback",), ("Organisation", "Person"))


class FeedbackOn(Link):
    """What a feedback is about."""

    about: ClassVar = LinkAbout("porte sur", "a reçu le retour", ("Feedback",), ("Programme", "Placement"))
