"""Modules stay short enough to be read in one go."""

from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph_schema", "crm", "importers", "ui")
LONGEST = 400
MEDIAN = 120
LONGER = {"crm/ledger/verifier.py": "handed out as one file, which somebody reads whole"}
"""Modules that may be half as long again, each with why."""


def lines_by_module(*packages: str) -> dict[str, int]:
    modules = (module for package in packages for module in sorted((ROOT / package).rglob("*.py")))
    return {str(module.relative_to(ROOT)): len(module.read_text(encoding="utf-8").splitlines()) for module in modules}


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_no_module_is_too_long(package: str) -> None:
    modules = lines_by_module(package)
    assert modules
    long = {module: lines for module, lines in modules.items() if lines > LONGEST}
    assert {module: lines for module, lines in long.items() if module not in LONGER or lines > 1.5 * LONGEST} == {}
    assert long.keys() == {module for module in LONGER if module.startswith(f"{package}/")}, "an exception of no use"


def test_the_median_module_is_short() -> None:
    sizes = [lines for lines in lines_by_module(*PACKAGES).values() if lines]
    assert median(sizes) <= MEDIAN
