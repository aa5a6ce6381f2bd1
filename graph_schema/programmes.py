"""Training actions and the periods at work that organisations host."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Trait, Vocabulary


class ProgrammeCategory(Vocabulary):
    """Legal nature of a training action (art. L. 6313-1)."""

    TRAINING = "formation", "Action de formation"
    APPRENTICESHIP = "apprentissage", "Apprentissage"
    VAE = "vae", "VAE"
    ASSESSMENT = "bilan", "Bilan de compétences"


NOT_AT_WORK: Mapping[ProgrammeCategory, str] = MappingProxyType({
    ProgrammeCategory.VAE: "Une VAE ne comporte pas de période de formation en situation de travail.",
    ProgrammeCategory.ASSESSMENT: "Un bilan de compétences ne comporte pas de période de formation en situation de"
    " travail.",
})  # fmt: skip
"""The categories that have no period at work unless someone says so, and why the indicator does not apply to them."""


class PlacementKind(Vocabulary):
    """Forms of a period at work."""

    WORK_STUDY = "alternance", "Alternance"
    INTERNSHIP = "stage", "Stage"
    AFEST = "afest", "AFEST"
    IMMERSION = "immersion", "Immersion"


class Programme(Node):
    """A training action, with or without periods at work."""

    about: ClassVar = NodeAbout(
        "Action de formation", "Actions de formation", "Ce que nous formons.", ("title",), True, drawn=4,
        traits=(Trait.ENTERED, Trait.SHARED),
    )  # fmt: skip

    title: Annotated[str, Field(min_length=1), About("Intitulé", section="Action", search=True, column=True)]
    category: Annotated[ProgrammeCategory | None, About("Catégorie", section="Action", search=True, column=True)] = None
    certification: Annotated[
        str | None,
        Field(pattern=r"^(RNCP|RS)\d+$"),
        About("Certification", "RNCPnnnn ou RSnnnn", "Action", search=True, column=True),
    ] = None
    rome: Annotated[list[str], About("Codes ROME", section="Action", search=True)] = []
    at_work: Annotated[
        bool | None,
        About("Périodes en situation de travail", "Vide : d'après la catégorie", "Indicateur 28", column=True),
    ] = None
    not_applicable_reason: Annotated[
        str | None, About("Motif du « sans objet »", section="Indicateur 28", long=True)
    ] = None
    starts_on: Annotated[date | None, About("Débute le", section="Période")] = None
    ends_on: Annotated[date | None, About("Finit le", section="Période")] = None
    audited: Annotated[bool | None, About("Dans le périmètre d'audit", section="Indicateur 28")] = None

    @model_validator(mode="before")
    @classmethod
    def _as_its_category(cls, values: Any) -> Any:
        """What nobody says follows from the category: a VAE or a bilan is « sans objet », with its reason."""
        if not isinstance(values, Mapping) or values.get("at_work") is not None:
            return values
        category = values.get("category")
        reason = next((why for known, why in NOT_AT_WORK.items() if known == category), None)
        if reason is None:
            return {**values, "at_work": True}
        return {**values, "at_work": False, "not_applicable_reason": values.get("not_applicable_reason") or reason}


class OfferedAt(Link):
    """Where a training action takes place."""

    about: ClassVar = LinkAbout("a lieu à", "accueille l'action", ("Programme",), ("Site",))


class CoConstructs(Link):
    """A partner who takes part in shaping a training action."""

    about: ClassVar = LinkAbout("coconstruit", "est coconstruite avec", ("Organisation", "Person"), ("Programme",))

    contribution: Annotated[str | None, About("Apport", section="Lien", long=True)] = None


class Placement(Node):
    """One period at work; the learner is only a reference that names nobody."""

    about: ClassVar = NodeAbout(
        "Accueil", "Accueils", "Période en situation de travail.", ("kind", "learner"), dated="starts_on",
        begins=("starts_on",), drawn=7, traits=(Trait.ENTERED, Trait.ATTESTS, Trait.ASIDE),
    )  # fmt: skip

    kind: Annotated[PlacementKind, About("Forme", section="Accueil", index=True, search=True, column=True)]
    learner: Annotated[
        str | None, About("Référence de l'apprenant", "Jamais un nom", "Accueil", search=True, column=True)
    ] = None
    starts_on: Annotated[date, About("Débute le", section="Période", index=True, column=True)]
    ends_on: Annotated[date | None, About("Finit le", section="Période", column=True)] = None
    booklet: Annotated[bool | None, About("Livret d'alternance remis", section="Suivi")] = None
    visits: Annotated[int | None, Field(ge=0), About("Visites faites", section="Suivi")] = None
    broken_on: Annotated[date | None, About("Rupture le", section="Suivi")] = None


class HostedBy(Link):
    """The organisation that hosts a period at work."""

    about: ClassVar = LinkAbout("est accueilli par", "accueille", ("Placement",), ("Organisation",))


class TutoredBy(Link):
    """The tutor or maître d'apprentissage of a period at work."""

    about: ClassVar = LinkAbout("a pour tuteur", "tutore", ("Placement",), ("Person",))


class PlacementIn(Link):
    """The training action to which a period at work belongs."""

    about: ClassVar = LinkAbout("relève de", "comporte l'accueil", ("Placement",), ("Programme",))
