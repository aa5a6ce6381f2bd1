"""Committees, their meetings and minutes, and what meetings decide."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Trait, Vocabulary, WordsByTerm
from graph_schema.records import Values


class CommitteeKind(Vocabulary):
    """Kinds of bodies in which partners take part."""

    STEERING = "comite_pilotage", "Comité de pilotage"
    IMPROVEMENT = "conseil_perfectionnement", "Conseil de perfectionnement"
    OTHER = "autre", "Autre instance"


class MinutesStatus(Vocabulary):
    """From draft to validated."""

    DRAFT = "brouillon", "Brouillon"
    VALIDATED = "valide", "Validé"


class Attendance(Vocabulary):
    """How someone stood at a meeting.

    Who is represented was not there: whoever came in their place is present, and counts for their own employer. An
    organisation that is represented, by nobody that is named, was there all the same.
    """

    PRESENT = "present", "Présent"
    EXCUSED = "excuse", "Excusé"
    ABSENT = "absent", "Absent"
    REPRESENTED = "represente", "Représenté"

    def counts(self, organisation: bool) -> bool:
        """Whether it means that an organisation, or else a person, took part in the meeting."""
        return self is Attendance.PRESENT or (organisation and self is Attendance.REPRESENTED)


class ActionStatus(Vocabulary):
    """Where an action stands."""

    OPEN = "a_faire", "À faire"
    DOING = "en_cours", "En cours"
    DONE = "fait", "Fait"
    DROPPED = "abandonne", "Abandonné"


class Committee(Node):
    """A steering committee, a conseil de perfectionnement or another body."""

    about: ClassVar = NodeAbout("Comité", "Comités", "Instance où siègent les partenaires.", ("name",), drawn=3)

    name: Annotated[str, Field(min_length=1), About("Nom", section="Comité", search=True, column=True)]
    kind: Annotated[CommitteeKind, About("Type", section="Comité", search=True, column=True)] = CommitteeKind.STEERING
    purpose: Annotated[str | None, About("Objet", section="Comité", search=True, long=True)] = None


class SitsOn(Link):
    """A person or an organisation that is a member of a committee."""

    about: ClassVar = LinkAbout("siège à", "compte parmi ses membres", ("Person", "Organisation"), ("Committee",))

    role: Annotated[str | None, About("Rôle", section="Lien")] = None
    college: Annotated[str | None, About("Collège", section="Lien")] = None


class Steers(Link):
    """A training action that a committee follows."""

    about: ClassVar = LinkAbout("suit", "est suivie par", ("Committee",), ("Programme",))


class Meeting(Node):
    """One meeting of a committee."""

    about: ClassVar = NodeAbout(
        "Réunion", "Réunions", "Séance d'un comité.", ("title",), True, "held_on", begins=("held_on",), drawn=6,
        traits=(Trait.ENTERED, Trait.ATTESTS, Trait.ASIDE),
    )  # fmt: skip

    title: Annotated[str, Field(min_length=1), About("Intitulé", section="Réunion", search=True, column=True)]
    held_on: Annotated[date, About("Date", section="Réunion", index=True, column=True)]
    time: Annotated[str | None, Field(pattern=r"^\d{2}:\d{2}$"), About("Heure", "hh:mm", "Réunion")] = None
    place: Annotated[str | None, About("Lieu ou lien", section="Réunion", search=True)] = None
    agenda: Annotated[str | None, About("Ordre du jour", section="Réunion", search=True, long=True)] = None


class MeetingOf(Link):
    """The committee that meets."""

    about: ClassVar = LinkAbout(
        "est une séance de", "se réunit en", ("Meeting",), ("Committee",), traits=(Trait.ESSENTIAL,)
    )


class Attended(Link):
    """Someone called to a meeting, and whether they came."""

    about: ClassVar = LinkAbout(
        "est convié à", "convie", ("Person", "Organisation"), ("Meeting",), "Sa présence se dit avec le lien.",
        WordsByTerm("status", {
            Attendance.PRESENT: ("a participé à", "a réuni"),
            Attendance.EXCUSED: ("s'est fait excuser à", "a excusé"),
            Attendance.ABSENT: ("a manqué", "s'est tenue sans"),
            Attendance.REPRESENTED: ("s'est fait représenter à", "a reçu un représentant de"),
        }, day="held_on"),
    )  # fmt: skip

    status: Annotated[Attendance, About("Présence", section="Lien")] = Attendance.PRESENT
    role: Annotated[str | None, About("Rôle", section="Lien")] = None


class Minutes(Node):
    """Minutes of a meeting."""

    about: ClassVar = NodeAbout("Compte rendu", "Comptes rendus", "Trace écrite d'une réunion.", ("title",))

    title: Annotated[str, Field(min_length=1), About("Intitulé", section="Compte rendu", search=True, column=True)]
    status: Annotated[MinutesStatus, About("Statut", section="Compte rendu", search=True, column=True)] = (
        MinutesStatus.DRAFT
    )
    body: Annotated[str | None, About("Texte", section="Compte rendu", long=True, search=True)] = None
    validated_on: Annotated[date | None, About("Validé le", section="Compte rendu")] = None


def are_validated(type: str, values: Values) -> bool:
    """Whether a record is minutes that were validated."""
    return type == Minutes.TYPE and values.get("status") == MinutesStatus.VALIDATED


class MinutesOf(Link):
    """The meeting that minutes report."""

    about: ClassVar = LinkAbout(
        "rend compte de", "a pour compte rendu", ("Minutes",), ("Meeting",), traits=(Trait.ESSENTIAL,)
    )


class Decision(Node):
    """What a meeting decided."""

    about: ClassVar = NodeAbout("Décision", "Décisions", "Décision prise en réunion.", ("number", "text"), True)

    text: Annotated[str, Field(min_length=1), About("Décision", search=True, column=True, long=True)]
    number: Annotated[str | None, About("Numéro", search=True, column=True)] = None


class DecidedIn(Link):
    """The meeting in which a decision was taken."""

    about: ClassVar = LinkAbout("a été décidé en", "a décidé", ("Decision",), ("Meeting",), traits=(Trait.ESSENTIAL,))


class Action(Node):
    """Who does what by when."""

    about: ClassVar = NodeAbout(
        "Action", "Actions", "Suite donnée à une décision ou à un besoin.", ("title",), True, "due_on",
        traits=(Trait.ENTERED, Trait.ATTESTS),
    )  # fmt: skip

    title: Annotated[str, Field(min_length=1), About("Quoi", search=True, column=True)]
    status: Annotated[ActionStatus, About("Statut", index=True, search=True, column=True)] = ActionStatus.OPEN
    owner: Annotated[str | None, About("Qui, chez nous", index=True, search=True, column=True)] = None
    due_on: Annotated[date | None, About("Pour le", index=True, column=True)] = None
    done_on: Annotated[date | None, About("Faite le")] = None
    said: Annotated[str | None, About("Phrase", "Ce qui a été écrit, tel quel", long=True, search=True)] = None
    asked: Annotated[
        list[str], About("Reste à préciser", "Noms et questions que la phrase laisse ouverts", hidden=True)
    ] = []


class FollowsUp(Link):
    """The decision, the feedback or the partner that an action answers: someone, where they are of no organisation."""

    about: ClassVar = LinkAbout(
        "donne suite à", "a pour suite", ("Action",), ("Decision", "Feedback", "Organisation", "Person")
    )


class AssignedTo(Link):
    """A contact in charge of an action."""

    about: ClassVar = LinkAbout("est confiée à", "est chargé de", ("Action",), ("Person", "Organisation"))


class Changes(Link):
    """The change that an action or a decision caused in a training action."""

    about: ClassVar = LinkAbout("fait évoluer", "a évolué grâce à", ("Action", "Decision"), ("Programme",))

    what: Annotated[str | None, About("Évolution", section="Lien", long=True)] = None
