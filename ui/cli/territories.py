"""Which territory a person means on the command line: an identifier, a code, or a name that says only one."""

from typing import Any

import click

from crm.records.territories import find
from graph_schema.territory import Place
from graph_schema.wording import listing


class PlaceParameter(click.ParamType[Place]):
    """A territory: ``departement:62``, ``62``, ``62498``, or a name such as « Pas-de-Calais »."""

    name = "territoire"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        if isinstance(value, Place):
            return value
        found = find(value)
        if len(found) == 1:
            return found[0]
        if found:
            several = listing([f"{each.id} ({each.name})" for each in found], limit=6)
            raise click.BadParameter(f"« {value} » désigne plusieurs territoires : {several}.", ctx, param)
        raise click.BadParameter(
            f"« {value} » n'est pas un territoire connu : écrivez un nom, un code officiel ou « departement:62 ».",
            ctx,
            param,
        )
