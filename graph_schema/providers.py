"""Ourselves: the training provider and its sites."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Vocabulary
from graph_schema.organisations import Identifier

_THRESHOLDS = "Seuils de relance (jours)"
Days = Annotated[int, Field(ge=1, le=3650)]


class ProviderCategory(Vocabulary):
    """Categories of actions under which a provider is certified."""

    OF = "of", "Organisme de formation"
    CFA = "cfa", "CFA"
    OF_CFA = "of_cfa", "Organisme de formation et CFA"
    ASSESSMENT = "bilan", "Centre de bilans de compétences"
    VALIDATION = "vae", "Accompagnement à la VAE"


class Provider(Node):
    """The provider whose network this is; there is one."""

    about: ClassVar = NodeAbout("Notre organisme", "Notre organisme", "Qui nous sommes.", ("name",), traits=())

    name: Annotated[str, Field(min_length=1), About("Nom", section="Identité", search=True)]
    siret: Annotated[Identifier | None, About("SIRET", section="Identité")] = None
    nda: Annotated[str | None, About("NDA", "Numéro de déclaration d'activité", "Identité")] = None
    category: Annotated[ProviderCategory | None, About("Catégorie", section="Identité")] = None
    representative: Annotated[
        str | None, About("Représentant légal", "Qui signe nos conventions, et sa fonction", "Identité", personal=True)
    ] = None
    quality_lead: Annotated[
        str | None, About("Référent qualité", "À qui l'auditeur s'adresse", "Identité", personal=True)
    ] = None
    address: Annotated[str | None, About("Adresse du siège", section="Coordonnées")] = None
    phone: Annotated[str | None, About("Téléphone", section="Coordonnées")] = None
    email: Annotated[
        str | None, About("Courriel", "L'adresse qui figure sur nos invitations et nos conventions", "Coordonnées")
    ] = None
    mail_domains: Annotated[
        list[str], About("Nos domaines de courriel", "Une adresse de ces domaines est l'une des nôtres", "Coordonnées")
    ] = []
    public_address: Annotated[
        str | None,
        Field(pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$"),
        About(
            "Adresse publique de l'application",
            "Celle que vos collègues ouvrent, « https:// » compris",
            "Coordonnées",
        ),
    ] = None
    zone: Annotated[
        list[str], About("Zone desservie", "Territoires que nous déclarons desservir, ex. departement:62", "Zone")
    ] = []
    ideal_a: Annotated[Days, About("Rang A, idéal", section=_THRESHOLDS)] = 30
    maximum_a: Annotated[Days, About("Rang A, maximum", section=_THRESHOLDS)] = 60
    ideal_b: Annotated[Days, About("Rang B, idéal", section=_THRESHOLDS)] = 90
    maximum_b: Annotated[Days, About("Rang B, maximum", section=_THRESHOLDS)] = 180
    ideal_c: Annotated[Days, About("Rang C, idéal", section=_THRESHOLDS)] = 180
    maximum_c: Annotated[Days, About("Rang C, maximum", section=_THRESHOLDS)] = 365
    certifier: Annotated[str | None, About("Organisme certificateur", section="Audit")] = None
    certified_on: Annotated[date | None, About("Certifié depuis le", "Un certificat vaut trois ans", "Audit")] = None
    last_audit_on: Annotated[date | None, About("Dernier audit", section="Audit")] = None
    next_audit_on: Annotated[date | None, About("Prochain audit", section="Audit")] = None
    window_from: Annotated[
        date | None, About("Début de la fenêtre d'audit", "Vide : le dernier audit, sinon 12 mois", "Audit")
    ] = None


class Site(Node):
    """A place where the provider trains."""

    about: ClassVar = NodeAbout("Site", "Sites", "Lieu de formation.", ("name",))

    name: Annotated[str, Field(min_length=1), About("Nom", section="Identité", search=True, column=True)]
    siret: Annotated[Identifier | None, About("SIRET", section="Identité")] = None
    address: Annotated[str | None, About("Adresse", section="Lieu")] = None
    commune: Annotated[Identifier | None, About("Code commune", section="Lieu", column=True)] = None


class SiteOf(Link):
    """A site of the provider."""

    about: ClassVar = LinkAbout("est un site de", "a pour site", ("Site",), ("Provider",))
