"""Territories as nodes, made on demand from the packaged official reference."""

from typing import Annotated, ClassVar

from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Trait, Vocabulary


class TerritoryLevel(Vocabulary):
    """The official levels, from the smallest up."""

    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"


class Territory(Node):
    """A commune, an EPCI, a département or a région; its id is ``level:code``."""

    about: ClassVar = NodeAbout(
        "Territoire", "Territoires", "Échelon du découpage officiel.", ("name",), drawn=8,
        traits=(Trait.SHARED, Trait.ASIDE),
    )  # fmt: skip

    level: Annotated[TerritoryLevel, About("Niveau", index=True, column=True)]
    code: Annotated[str, About("Code officiel", index=True, column=True)]
    name: Annotated[str, About("Nom", search=True, column=True)]
    population: Annotated[int | None, About("Population")] = None


class Within(Link):
    """A territory inside a larger one."""

    about: ClassVar = LinkAbout("est dans", "contient", ("Territory",), ("Territory",))
