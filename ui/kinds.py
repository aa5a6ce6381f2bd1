"""The kind of a partner that is being added: proposed by its name, seen and changed by the user."""

import streamlit as st

from graph_schema.networks import well_known
from graph_schema.registry import SCHEMA
from graph_schema.vocabularies import Kind

_KINDS: list[Kind | None] = [None, *Kind]


def draw(key: str, name: str | None = None) -> str | None:
    """Draw the choice of a kind; None leaves it to the name, as everywhere a partner is made without one.

    Where ``name`` is known while it is typed, what it tells is shown in the choice.
    """
    about = SCHEMA.nodes["Organisation"].fields["kind"].about
    network = well_known(name) if name else None

    def said(kind: Kind | None) -> str:
        if kind is not None:
            return kind.label
        if network is not None:
            return f"{network.kind.label} (d'après le nom)"
        return "Entreprise (par défaut)" if name else "D'après le nom, sinon entreprise"

    return st.selectbox(about.label, _KINDS, key=f"{key}-kind", format_func=said, help=about.help or None)
