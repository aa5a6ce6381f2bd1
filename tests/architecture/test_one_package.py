"""A screen is one package: in the menu, at its address, with its style, and nothing else is written for it."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SCREEN = '''
"""A screen of trial."""

import streamlit as st

from ui.screen import Screen


def show() -> None:
    """Say that it is there."""
    st.write("Me voici")


SCREEN = Screen("essai", "Essai", ":material/science:", 25, show, sheets=("essai.css",))
'''

ASK = """
from crm.network.rights import Role
from ui import menu, page
from ui.screens import screens

assert [screen.title for screen in screens()][:4] == ["Aujourd'hui", "Partenaires", "Essai", "Registre"]
assert "essai" in [screen.path for screen in menu.doors(Role.READER)]
assert 'href="/essai"' in menu.html(None)
assert page.sheets()["essai.css"] == ("essai",)
assert page.asset("essai.css").startswith("/apparence/essai.css?")
"""


def test_a_new_screen_is_one_package(tmp_path: Path) -> None:
    for package in ("graph_schema", "crm", "importers", "ui"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    folder = tmp_path / "ui" / "screens" / "trial"
    folder.mkdir()
    (folder / "__init__.py").write_text(SCREEN, encoding="utf-8")
    (folder / "essai.css").write_text(".essai { color: inherit; }\n", encoding="utf-8")
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr[-3000:]
