"""The official commune of an address, found once for each spelling of it."""

from functools import lru_cache
from typing import NamedTuple

from graph_schema.territory import resolve_commune
from graph_schema.wording import listing


class FoundCommune(NamedTuple):
    """The commune's code and official name, or why there is none (French; empty when nothing was given)."""

    code: str | None
    name: str = ""
    problem: str = ""


@lru_cache(maxsize=65_536)
def find_commune(code: str, postal_code: str, city: str, departement: str = "") -> FoundCommune:
    """The commune that these words mean; never a guess between two."""
    found = resolve_commune(code=code, postal_code=postal_code, name=city, departement=departement)
    if found.commune is not None:
        return FoundCommune(found.commune.code, found.commune.name)
    if not (code or postal_code or city):
        return FoundCommune(None)
    names = [f"{place.name} ({place.departement})" for place in found.candidates]
    choices = f" ({listing(names, limit=3)})" if names else ""
    return FoundCommune(None, problem=f"{found.reason.value}{choices}")
