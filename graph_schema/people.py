"""People: the contacts of the network, whom they work for and whom they know."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Trait
from graph_schema.vocabularies import Civility

_ORIGIN = "Données personnelles"


class Person(Node):
    """A professional contact; every field is personal data."""

    about: ClassVar = NodeAbout(
        "Personne", "Personnes", "Contact professionnel.", ("civility", "given_name", "family_name"), feminine=True,
        drawn=2, traits=(Trait.ENTERED, Trait.PARTNER),
    )  # fmt: skip

    family_name: Annotated[
        str,
        Field(min_length=1, max_length=100),
        About(
            "Nom",
            "",
            "Identité",
            search=True,
            personal=True,
            column=True,
            headers=(
                "nom de famille, nom contact, nom du contact, contact, contact nom, "
                "interlocuteur, last name, nom interlocuteur, nom et prenom, nom prenom, prenom "
                "nom"
            ),
        ),
    ]
    given_name: Annotated[
        str | None,
        About(
            "Prénom",
            "",
            "Identité",
            search=True,
            personal=True,
            column=True,
            headers=("prenom contact, prenom du contact, contact prenom, first name"),
        ),
    ] = None
    civility: Annotated[
        Civility | None,
        About("Civilité", "", "Identité", search=True, personal=True, headers="titre, m mme, genre contact"),
    ] = None
    email: Annotated[
        str | None,
        About(
            "Courriel",
            "",
            "Coordonnées",
            index=True,
            search=True,
            personal=True,
            headers=(
                "email, e mail, mail, adresse mail, adresse email, mail contact, email contact, "
                "courriel contact, adresse electronique"
            ),
        ),
    ] = None
    phone: Annotated[
        str | None,
        About(
            "Téléphone",
            "",
            "Coordonnées",
            search=True,
            personal=True,
            headers=("tel, telephone contact, tel contact, telephone fixe, ligne directe, phone, n de telephone"),
        ),
    ] = None
    mobile: Annotated[
        str | None,
        About("Mobile", "", "Coordonnées", search=True, personal=True, headers="portable, tel portable, gsm"),
    ] = None
    informed_on: Annotated[
        date | None, About("Informée le", "Quand la personne a su que nous gardions ses coordonnées", _ORIGIN)
    ] = None
    source: Annotated[str | None, About("Origine des données", "", _ORIGIN, hidden=True)] = None
    opposed_on: Annotated[date | None, About("Opposition le", "Bloque relances et exports", _ORIGIN)] = None


class WorksFor(Link):
    """A person's role in an organisation, with its dates: people may have several, at once or in turn."""

    about: ClassVar = LinkAbout("travaille pour", "emploie", ("Person",), ("Organisation",))

    role: Annotated[
        str | None,
        About(
            "Rôle",
            "Fonction exercée",
            "Rôle",
            headers=(
                "fonction, poste, role contact, fonction contact, fonction du contact, job title, "
                "intitule du poste, qualite"
            ),
        ),
    ] = None
    main: Annotated[bool | None, About("Contact principal", "", "Rôle")] = None


class Knows(Link):
    """Two people who know each other well enough to introduce."""

    about: ClassVar = LinkAbout("connaît", "connaît", ("Person",), ("Person",))
