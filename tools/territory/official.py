"""Communes, EPCI, départements and régions, from @etalab/decoupage-administratif (COG, DGCL, Insee, La Poste)."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

METROPOLITAN_AND_OVERSEAS = ("metro", "drom")
"""Zones of the source that are départements; the collectivities of the third zone ("com") are left out."""


@dataclass
class Commune:
    """A commune of today, its point still unknown."""

    code: str
    name: str
    departement: str
    region: str
    population: int
    postal_codes: tuple[str, ...]
    epci: str = ""
    lat: float | None = None
    lon: float | None = None
    approximate: bool = True


@dataclass
class Official:
    """The whole official hierarchy; tables are keyed by code, in the order of codes."""

    communes: dict[str, Commune]
    parts: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    """code, name, kind, code of the commune of today, postal codes."""
    epcis: dict[str, tuple[str, str]] = field(default_factory=dict)
    """code -> name, kind."""
    departements: dict[str, tuple[str, str]] = field(default_factory=dict)
    """code -> name, région."""
    regions: dict[str, str] = field(default_factory=dict)


def official(package: Path) -> Official:
    """Read the hierarchy from the unpacked package, checking that every reference inside it holds."""
    rows = [row for row in _rows(package, "communes") if row["zone"] in METROPOLITAN_AND_OVERSEAS]
    current = [row for row in rows if row["type"] == "commune-actuelle"]
    found = Official({row["code"]: _commune(row) for row in sorted(current, key=lambda row: str(row["code"]))})
    for row in _rows(package, "epci"):
        found.epcis[row["code"]] = (_quoted(row["nom"]), row["type"])
        for member in row["membres"]:
            found.communes[member["code"]].epci = row["code"]
    found.epcis = dict(sorted(found.epcis.items()))
    for row in _rows(package, "departements"):
        if row["zone"] in METROPOLITAN_AND_OVERSEAS:
            found.departements[row["code"]] = (row["nom"], row["region"])
    for row in _rows(package, "regions"):
        if row["zone"] in METROPOLITAN_AND_OVERSEAS:
            found.regions[row["code"]] = row["nom"]
    found.parts = _parts(rows)
    _check(found)
    return found


def epci_departements(found: Official) -> dict[str, list[str]]:
    """Return the départements that each EPCI reaches into, sorted."""
    reached: defaultdict[str, set[str]] = defaultdict(set)
    for commune in found.communes.values():
        if commune.epci:
            reached[commune.epci].add(commune.departement)
    return {code: sorted(reached[code]) for code in found.epcis}


def _quoted(name: str) -> str:
    """A name with French quotes where the source has apostrophes in pairs (« CA de Blois ''Agglopolys'' »)."""
    return re.sub(r"''(.+?)''", r"« \1 »", name)


def _rows(package: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((package / "data" / f"{name}.json").read_text("utf-8"))
    return rows


def _commune(row: dict[str, Any]) -> Commune:
    return Commune(
        row["code"],
        row["nom"],
        row["departement"],
        row["region"],
        row["population"],
        tuple(sorted(row.get("codesPostaux", ()))),
    )


def _parts(rows: list[dict[str, Any]]) -> list[tuple[str, str, str, str, str]]:
    """Arrondissements, déléguées and associées with their names; former codes that have no name in the source."""
    named = [row for row in rows if row["type"] != "commune-actuelle"]
    parts = [
        (
            row["code"],
            row["nom"],
            row["type"],
            row.get("commune") or row["chefLieu"],
            " ".join(row.get("codesPostaux", ())),
        )
        for row in named
    ]
    known = {row["code"] for row in named}
    for row in rows:
        parts += [(c, "", "ancien-code", row["code"], "") for c in row.get("anciensCodes", ()) if c not in known]
    return sorted(parts)


def _check(found: Official) -> None:
    """Refuse a source in which a code leads nowhere."""
    for commune in found.communes.values():
        assert found.departements[commune.departement][1] == commune.region, commune
        assert not commune.epci or commune.epci in found.epcis, commune
    for code, name, _, target, _ in found.parts:
        assert target in found.communes, (code, name, target)
    assert all(region in found.regions for _, region in found.departements.values())
