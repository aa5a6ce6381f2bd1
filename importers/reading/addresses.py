"""The place of a partner, wherever its row says it: in its own columns, in one of them, at the end of its address.

A post code and a town are taken out of an address only where they surely name a commune of today.
"""

import re
from typing import Any, NamedTuple

from importers.reading.places import FoundCommune, find_commune

_LONGEST = 300
"""Characters of a cell in which a place is looked for."""

_CODE = r"(?P<code>\d{2} ?\d{3})"
_TOWN = r"(?P<town>[^\W\d_][^\d,;()\n]*(?: \d{1,2} ?(?:(?i:er|[eè]me|e))?(?: arr[^\W\d_]*\.?)?)?)"
_COUNTRY = r"(?:[\s,(-]+(?:france|FRANCE|France)\)?)?"
_CODE_FIRST = re.compile(rf"(?:(?P<before>.*)[\s,;(-])?{_CODE}[\s,;)-]+{_TOWN}{_COUNTRY}", re.DOTALL)
_TOWN_FIRST = re.compile(rf"(?:(?P<before>.*)[,;\n]|(?P<dashed>.*)\s-\s)?\s*{_TOWN}\s*[\s,(-]{_CODE}\)?", re.DOTALL)
_COUNTRY_BEFORE = re.compile(r"(?:(?<=[\s,;-])|^)FR?-?\s*$")
_DEPARTEMENT = re.compile(r"(?P<town>[^()\d]+?)\s*[(\-]\s*(?P<departement>\d{2}|2[ABab]|97\d)\s*\)?")
_LAST_PART = re.compile(r"[,;\n]|\s-\s")
_PLAIN_CODE = re.compile(r"\d{5}", re.ASCII)
_ANY_CODE = re.compile(r"\d{5}", re.ASCII)


class _Said(NamedTuple):
    before: str
    code: str
    town: str


def _said(text: str) -> _Said | None:
    """The post code and the town at the end of a text, and what stands before them."""
    text = text.strip(" \t\r\n,;.-")
    if len(text) > _LONGEST or not _ANY_CODE.search(text.replace(" ", "")):
        return None
    if found := _CODE_FIRST.fullmatch(text):
        return _Said(_bare(found["before"]), found["code"].replace(" ", ""), _bare(found["town"]))
    if found := _TOWN_FIRST.fullmatch(text):
        before = found["before"] if found["before"] is not None else found["dashed"]
        return _Said(_bare(before), found["code"].replace(" ", ""), _bare(found["town"]))
    return None


def _bare(text: str | None) -> str:
    return _COUNTRY_BEFORE.sub("", text or "").strip(" \t\r\n,;–—-(")


class Located(NamedTuple):
    """Why a commune was not found (nothing: it was, or none is said), the field of the cell to be mended, its text."""

    problem: str = ""
    field: str = ""
    shown: str = ""


_NOTHING = Located()


def locate(values: dict[str, Any], departement: str = "") -> Located:
    """Put the official commune of a partner in place, with the post code and the town that its cells say together."""
    code, postal_code, city = (str(values.get(name, "")) for name in ("commune", "postal_code", "city"))
    if postal_code or city:
        postal_code, city, departement = _apart(values, postal_code, city, departement)
    address = str(values.get("address", ""))
    if not (code or postal_code or city):
        return _by_address(values, address, departement) if address else _NOTHING
    place = find_commune(code, postal_code, city, departement)
    if not place.code and address:
        place = _with_address(place, code, postal_code, city, address)
    if place.code:
        values["commune"] = place.code
        if city or code:
            values["city"] = place.name
        return _NOTHING
    shown = " ".join(part for part in (code, postal_code, city) if part)
    field = next(name for name in ("city", "postal_code", "commune") if values.get(name))
    return Located(place.problem, field, shown)


def _apart(values: dict[str, Any], postal_code: str, city: str, departement: str) -> tuple[str, str, str]:
    """The post code and the town, each by itself, where one cell says both; else as they are."""
    own = postal_code if _PLAIN_CODE.fullmatch(postal_code) else ""
    for text in (city, postal_code) if not own else (city,):
        said = _said(text) if any(map(str.isdigit, text)) else None
        if said is not None and not said.before:
            postal_code, city = own or said.code, said.town
            values["postal_code"], values["city"] = postal_code, city
            return postal_code, city, departement
    if not departement and (found := _DEPARTEMENT.fullmatch(city)):
        city = values["city"] = found["town"].strip()
        return postal_code, city, found["departement"]
    return postal_code, city, departement


def _by_address(values: dict[str, Any], address: str, departement: str) -> Located:
    said = _said(address)
    if said is None:
        code = _ANY_CODE.search(address)
        return Located("le code postal n'est suivi d'aucune ville", "address", address) if code else _NOTHING
    place = find_commune("", said.code, said.town, departement)
    if not place.code:
        return Located(place.problem, "address", f"{said.code} {said.town}")
    values |= {"address": said.before, "postal_code": said.code, "city": place.name, "commune": place.code}
    if not said.before:
        del values["address"]
    return _NOTHING


def _with_address(place: FoundCommune, code: str, postal_code: str, city: str, address: str) -> FoundCommune:
    """The commune with the help of the end of the address, where the columns alone do not tell it."""
    said = _said(address)
    town = said.town if said else _LAST_PART.split(address)[-1].strip()
    if said and not postal_code:
        better = find_commune(code, said.code, city)
    elif not city and town:
        better = find_commune(code, postal_code, town)
    else:
        return place
    return better if better.code else place
