"""``python -m benchmarks [--size M|L] [--only NAME] [--store sqlite|neo4j|both] [--markdown FILE]``."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import canvas, daily, imports, layout, measures, screens, verify, writers
from benchmarks.results import HEADER, Result
from crm.demo import Size
from tests.neo4j_server.jars import LTS, Unavailable, jars_for, java_for

ROOT = Path(__file__).parents[1]

Measure = Callable[[str, Size, Path], Iterator[Result]]
MEASURES: dict[str, Measure] = {
    "import": lambda kind, size, folder: imports.measure(kind, size.organisations, 3, folder),
    "measures": lambda kind, size, folder: measures.measure(kind, size, 3, folder),
    "daily": lambda kind, size, folder: daily.measure(kind, size, 20, folder),
    "screens": lambda kind, size, folder: screens.measure(kind, size, 40, folder),
    "canvas": lambda kind, size, folder: canvas.measure(kind, size, 12, folder),
    "layout": layout.measure,
    "verify": lambda kind, size, folder: verify.measure(kind, size, 5, folder),
    "writers": lambda kind, size, folder: writers.measure(5, folder),
}
ON_FILES_ONLY = {"canvas", "screens", "layout", "verify", "writers"}
"""Measures of what is the same on both stores, or is promised for files."""


def main() -> int:
    """Measure, print each figure as soon as it is there, return 1 when a promise is not kept."""
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"Charge de la machine : {os.getloadavg()[0]:.1f} pour {os.cpu_count()} cœurs.", flush=True)
    found = []
    for result in _results(options):
        print(result.line(), flush=True)
        found.append(result)
    if options.markdown:
        options.markdown.write_text("\n".join([HEADER, *(result.row() for result in found), ""]), encoding="utf-8")
    return int(any(result.verdict == "MANQUÉ" for result in found))


def _results(options: argparse.Namespace) -> Iterator[Result]:
    for kind in _stores(options.store):
        for name, measure in MEASURES.items():
            if options.only in (None, name) and not (kind == "neo4j" and name in ON_FILES_ONLY):
                yield from measure(kind, Size(options.size), options.folder)


def _stores(wanted: str) -> list[str]:
    if wanted != "both":
        return [wanted]
    try:
        java_for(LTS), jars_for(LTS)
    except Unavailable as missing:
        print(missing, file=sys.stderr)
        return ["sqlite"]
    return ["sqlite", "neo4j"]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Les mesures, en rapports à un plancher.")
    parser.add_argument("--size", choices=["S", "M", "L"], default="M", help="300, 10 000 ou 100 000 organisations")
    parser.add_argument("--only", choices=MEASURES, help="une seule mesure")
    parser.add_argument("--store", choices=["sqlite", "neo4j", "both"], default="both", help="où garder les données")
    parser.add_argument("--folder", type=Path, default=ROOT / ".cache" / "benchmarks", help="réseaux engendrés, gardés")
    parser.add_argument("--markdown", type=Path, help="écrire aussi un tableau dans ce fichier")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
