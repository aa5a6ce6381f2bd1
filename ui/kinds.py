"""The kind of a partner that is being added: proposed by its name, seen and changed by the user."""

import streamlit as st

from graph_schema.networks import well_known
from graph_schema.organisations import Organisation
from graph_schema.registry import SCHEMA
from graph_schema.vocabularies import Kind
from graph_schema.wording import NBSP
from ui import typography

_KINDS: list[Kind] = list(Kind)


def draw_kind(key: str, name: str | None = None) -> str | None:
    """Draw the choice of a kind; None leaves it to the name, as everywhere a partner is made without one.

    Where ``name`` is known while it is typed, what it tells is shown below.
    """
    about = SCHEMA.nodes[Organisation.TYPE].fields["kind"].about
    chosen = st.selectbox(
        about.label, _KINDS, None, key=f"{key}-kind", format_func=typography.shown(lambda kind: kind.label),
        placeholder="D'après le nom", help=about.help or None,
    )  # fmt: skip
    if name and chosen is None:
        st.caption(proposal(name))
    return chosen


def proposal(name: str) -> str:
    """What the kind will be if nobody chooses one."""
    network = well_known(name)
    return f"D'après le nom{NBSP}: {(network.kind if network else Kind.COMPANY).label}."
