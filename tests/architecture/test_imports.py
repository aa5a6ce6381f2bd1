"""The import contracts of pyproject.toml hold, and they would notice a breach."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph_schema", "crm", "importers", "ui")

BREACHES = {
    "graph_schema/breach.py": ("import crm", "Imports go one way"),
    "importers/joining/breach.py": ("import importers.formats.lists", "The rooms of importers"),
    "crm/breach.py": ("import pyvis", "Streamlit and pyvis stay in ui"),
    "ui/breach.py": ("import sqlite3", "The Neo4j driver and sqlite3 stay in crm.store"),
    "crm/files/breach.py": ("import crm.network", "The rooms of crm"),
    "crm/analytics/breach.py": ("import crm.errors", "Analytics are pure"),
    "graph_schema/territory/breach.py": ("import orjson", "graph_schema is pure"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    return subprocess.run([sys.executable, "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_contract_is_kept() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", BREACHES)
def test_a_breach_is_noticed(module: str, tmp_path: Path) -> None:
    statement, contract = BREACHES[module]
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in (*PACKAGES, "tests/architecture"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.gz"))
    (tmp_path / module).write_text(f"{statement}\n", encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode != 0
    assert [line for line in done.stdout.splitlines() if line.startswith(contract) and " BROKEN" in line]
