"""Organisations, the partners of the network, and what ties them to one another."""

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints, model_validator

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Trait
from graph_schema.networks import well_known
from graph_schema.vocabularies import Function, Headcount, Kind, NafVersion, Opco, Tier

Identifier = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]*$", to_upper=True, max_length=20)]

_ID = "Identifiants"
_PLACE = "Coordonnées"
_RELATION = "Relation"


class Organisation(Node):
    """A company, a professional branch or an institution; its kind gives its family."""

    about: ClassVar = NodeAbout(
        "Organisation", "Organisations", "Entreprise, branche ou institution du réseau.", ("name",), feminine=True,
        drawn=1, traits=(Trait.ENTERED, Trait.APART, Trait.PARTNER),
    )  # fmt: skip

    name: Annotated[
        str,
        Field(min_length=1, max_length=200),
        About(
            "Nom",
            "Nom d'usage ou raison sociale",
            "Identité",
            search=True,
            column=True,
            headers=(
                "raison sociale, denomination, nom entreprise, nom de l entreprise, entreprise, "
                "societe, structure, nom structure, organisation, organisme, partenaire, nom du "
                "partenaire, nom organisation, etablissement, nom etablissement, employeur, "
                "company, company name, account name, denominationUniteLegale, nom commercial, "
                "enseigne"
            ),
        ),
    ]
    kind: Annotated[
        Kind,
        About(
            "Type",
            "Type de partenaire",
            "Identité",
            search=True,
            column=True,
            headers=("type de partenaire, categorie, nature, type de structure, type structure, kind, famille"),
        ),
    ] = Kind.COMPANY
    functions: Annotated[
        list[Function],
        About(
            "Fonctions",
            "Vide : déduites du type et du nom",
            "Identité",
            search=True,
            headers="fonction partenaire, fonctions",
        ),
    ] = []
    acronym: Annotated[
        str | None, About("Sigle", "", "Identité", search=True, name=True, headers="sigleUniteLegale, acronyme")
    ] = None
    aliases: Annotated[
        list[str],
        About("Autres noms", "", "Identité", search=True, name=True, headers="alias, denominationUsuelle, ancien nom"),
    ] = []
    siren: Annotated[
        Identifier | None, About("SIREN", "9 chiffres", _ID, index=True, search=True, headers="n siren, numero siren")
    ] = None
    siret: Annotated[
        Identifier | None,
        About("SIRET", "14 chiffres", _ID, unique=True, search=True, headers="n siret, numero siret, code siret"),
    ] = None
    naf: Annotated[
        str | None,
        About("Activité (NAF)", "", _ID, headers="code naf, ape, code ape, naf ape, activite"),
    ] = None
    naf_version: Annotated[NafVersion | None, About("Nomenclature", "", _ID)] = None
    legal_category: Annotated[
        str | None, About("Catégorie juridique", "", _ID, headers="forme juridique, nature juridique")
    ] = None
    headcount: Annotated[
        Headcount | None, About("Effectif", "", _ID, headers="tranche effectif, effectifs, nombre de salaries")
    ] = None
    idcc: Annotated[
        list[str], About("Conventions collectives (IDCC)", "", _ID, headers="idcc, code idcc, convention collective")
    ] = []
    opco: Annotated[Opco | None, About("OPCO", "", _ID, search=True, headers="nom opco, opco de rattachement")] = None
    uai: Annotated[
        Identifier | None, About("UAI", "7 chiffres et une lettre", _ID, search=True, headers="rne, code uai")
    ] = None
    closed: Annotated[bool | None, About("Établissement fermé", "D'après Sirene", _ID)] = None
    masked: Annotated[bool | None, About("Diffusion partielle", "Adresse masquée par Sirene", _ID)] = None
    address: Annotated[
        str | None, About("Adresse", "", _PLACE, headers="adresse postale, rue, voie, adresse 1, street")
    ] = None
    postal_code: Annotated[
        str | None, About("Code postal", "", _PLACE, search=True, headers="cp, code postale, zip, postal code")
    ] = None
    city: Annotated[
        str | None, About("Ville", "", _PLACE, search=True, headers="commune, localite, libelle commune, city")
    ] = None
    commune: Annotated[
        Identifier | None,
        About("Code commune", "Code officiel géographique", _PLACE, index=True, headers="code insee, insee, cog"),
    ] = None
    latitude: Annotated[float | None, Field(ge=-90, le=90), About("Latitude", "", _PLACE, headers="lat")] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180), About("Longitude", "", _PLACE, headers="lon, lng")] = (
        None
    )
    phone: Annotated[
        str | None,
        About(
            "Téléphone",
            "Standard",
            _PLACE,
            search=True,
            headers="telephone standard, tel standard, telephone entreprise",
        ),
    ] = None
    email: Annotated[
        str | None,
        About("Courriel", "Adresse générique", _PLACE, search=True, headers="email generique, mail entreprise"),
    ] = None
    website: Annotated[
        str | None, About("Site web", "", _PLACE, search=True, headers="site, site internet, url, website")
    ] = None
    tier: Annotated[
        Tier,
        About("Rang", "Règle les seuils de relance", _RELATION, column=True, headers="rang, priorite, tier"),
    ] = Tier.C
    owner: Annotated[
        str | None,
        About(
            "Suivi par",
            "Qui, chez nous, suit ce partenaire",
            _RELATION,
            column=True,
            headers=("charge de partenariat, owner, proprietaire"),
        ),
    ] = None
    snoozed_until: Annotated[
        date | None, About("Relance reportée au", "La liste des relances l'oublie jusqu'à ce jour", _RELATION)
    ] = None
    snooze_reason: Annotated[
        str | None, Field(max_length=300), About("Motif du report", "", _RELATION, headers="motif report")
    ] = None
    tags: Annotated[
        list[str], About("Étiquettes", "", _RELATION, search=True, headers="tags, mots cles, etiquette")
    ] = []
    note: Annotated[
        str | None,
        About(
            "Note",
            "Faits utiles à la relation",
            _RELATION,
            long=True,
            headers="notes, commentaire, commentaires, remarques, observations",
        ),
    ] = None
    source: Annotated[str | None, About("Origine de la fiche", "", _RELATION, hidden=True)] = None

    @model_validator(mode="before")
    @classmethod
    def _name_tells_kind(cls, values: Any) -> Any:
        """Where no kind is given, the name of a well-known network gives it, wherever the record comes from."""
        if isinstance(values, dict) and "kind" not in values:
            network = well_known(str(values.get("name", "")))
            return values if network is None else {**values, "kind": network.kind}
        return values


class PartOf(Link):
    """An establishment or a service within a larger organisation."""

    about: ClassVar = LinkAbout("fait partie de", "regroupe", ("Organisation",), ("Organisation",))


class MemberOf(Link):
    """An organisation that joined another: club, association, branch, network."""

    about: ClassVar = LinkAbout("adhère à", "a pour membre", ("Organisation",), ("Organisation",))


class Funds(Link):
    """Who pays for whom."""

    about: ClassVar = LinkAbout("finance", "est financée par", ("Organisation",), ("Organisation", "Programme"))


class Prescribes(Link):
    """Who sends learners or applicants to whom."""

    about: ClassVar = LinkAbout("oriente vers", "reçoit de", ("Organisation",), ("Organisation", "Programme"))


class WorksWith(Link):
    """Two organisations that work together, with no more precise word for it."""

    about: ClassVar = LinkAbout("travaille avec", "travaille avec", ("Organisation",), ("Organisation",))

    subject: Annotated[str | None, About("Objet", section="Lien")] = None


class Serves(Link):
    """A territory that an organisation serves besides the commune where it sits."""

    about: ClassVar = LinkAbout("dessert", "est desservi par", ("Organisation",), ("Territory",))
