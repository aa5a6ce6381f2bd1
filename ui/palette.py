"""The command palette of the search box: pages, what one can do from anywhere, what was opened last."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import streamlit as st

from crm.network.rights import readable
from crm.records.register import TYPES
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from ui import address, session
from ui.menu import doors
from ui.screens.register import where

RECENT = 6
LOG, SHORTCUTS = "log", "shortcuts"
"""What the browser does by itself: open « Consigner », show the shortcuts."""

_OPENED = "palette-opened"


class PaletteEntry(NamedTuple):
    """Something to do: its words, other words under which it is looked for, where it leads or what the browser does."""

    caption: str
    also: str = ""
    href: str = ""
    act: str = ""
    keys: str = ""

    @property
    def item(self) -> dict[str, str]:
        """As the search box shows it."""
        return {"caption": self.caption, "detail": self.keys, "href": self.href, "act": self.act}

    def answers(self, words: Sequence[str]) -> bool:
        """Whether each of these folded words begins one of its own."""
        own = f" {fold(self.caption)} {fold(self.also)}"
        return all(f" {word}" in own for word in words)


def groups(query: str = "") -> list[dict[str, Any]]:
    """What the palette offers for a query, by group; without one, what was opened last too."""
    words = fold(query).split()
    if query and not words:
        return []
    offered = {
        "Faire": _acts(query),
        "Aller à": [PaletteEntry(each.title, href=address.link(each.path)) for each in doors(session.actor().role)],
    }
    if query:
        offered["Aller à"] += [
            PaletteEntry(SCHEMA.nodes[type].about.plural, "registre", where.to(type)) for type in TYPES
        ]
    if not query:
        offered = {"Faire": offered["Faire"], "Ouverts récemment": _recent(), "Aller à": offered["Aller à"]}
    found = {label: [each.item for each in commands if each.answers(words)] for label, commands in offered.items()}
    return [{"label": label, "items": items} for label, items in found.items() if items]


def follow() -> None:
    """Remember the record that the address opens, for as long as this session lasts."""
    kept: dict[str, tuple[str, str]] = st.session_state.setdefault(_OPENED, {})
    id = address.text(address.RECORD)
    if not id or (kept and next(reversed(kept)) == id):
        return
    record = session.network().read(lambda tx: tx.get([id])).get(id)
    if record is None or not readable(record, session.actor()):
        return
    kept.pop(id, None)
    kept[id] = (session.caption(record), SCHEMA.nodes[record.type].about.label)
    for old in list(kept)[:-RECENT]:
        del kept[old]


def _recent() -> list[PaletteEntry]:
    kept: dict[str, tuple[str, str]] = st.session_state.get(_OPENED, {})
    return [PaletteEntry(caption, keys=what, href=address.record(id)) for id, (caption, what) in reversed(kept.items())]


def _acts(query: str) -> list[PaletteEntry]:
    found = []
    if session.is_past():
        found.append(PaletteEntry("Revenir à aujourd'hui", "date passé", address.here(**{address.DATE: None})))
    if session.may_edit():
        found += [
            PaletteEntry("Consigner un échange", "appel appelé mail visite noter", act=LOG, keys="c"),
            PaletteEntry("Ajouter un partenaire", "créer nouveau", address.link(address.PARTNERS, faire="ajouter")),
        ]
        if query:  # without one, a line for each type would hide the rest
            found += [PaletteEntry(_adding(type), "créer nouveau", where.to(type, faire="ajouter")) for type in TYPES]
    return [
        *found,
        PaletteEntry("Relancer…", "à relancer rappeler appels", address.link(address.HOME, voir="relances")),
        PaletteEntry("Raccourcis clavier", "aide touches", act=SHORTCUTS, keys="?"),
    ]


def _adding(type: str) -> str:
    about = SCHEMA.nodes[type].about
    return f"Ajouter {about.one}"
