"""A screen is one package: in the menu, at its address, with its style, and nothing else is written for it."""

from tests.architecture.copied import Copy

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


def test_a_new_screen_is_one_package(copied: Copy) -> None:
    with copied.task("A screen"):
        copied.write("ui/screens/trial/__init__.py", SCREEN)
        copied.write("ui/screens/trial/essai.css", ".essai { color: inherit; }\n")
        copied.run(ASK)
