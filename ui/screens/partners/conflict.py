"""Two people have edited one record: what it was, what each typed, and which to keep, field by field."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from crm.errors import StaleRevision
from crm.ledger import versions
from crm.network import Network
from graph_schema.records import Record, Values
from graph_schema.registry import SCHEMA
from graph_schema.types import Field
from graph_schema.typography import typeset
from graph_schema.wording import count, listing
from ui import notices, typography
from ui.fields import said
from ui.markup import Markup, as_label, cell, element, table

THEIRS, MINE = "theirs", "mine"


class Conflict(NamedTuple):
    """``base`` is what I edited from, ``mine`` what I changed, ``current`` what the record is now, by ``authors``."""

    base: Values
    mine: dict[str, Any]
    current: Record
    authors: tuple[str, ...]

    @property
    def disputed(self) -> list[str]:
        """The fields that both changed, not to the same value."""
        return [name for name in self.mine if name in self.moved and self.mine[name] != self.current.values.get(name)]

    @property
    def moved(self) -> list[str]:
        """The fields that others changed."""
        now = self.current.values
        return [n for n in dict.fromkeys((*self.base, *now)) if self.base.get(n) != now.get(n)]

    @property
    def who(self) -> str:
        """Who changed them."""
        return listing(self.authors) if self.authors else "quelqu'un d'autre"


def meet(network: Network, read: Record, mine: Mapping[str, Any], error: StaleRevision) -> Conflict:
    """The conflict that ``error`` tells, with the authors of what was saved since ``read``."""
    since = [v for v in versions.versions(network, read.id) if v.revision > read.revision]
    authors = tuple(dict.fromkeys(version.commit.by for version in reversed(since)))
    return Conflict((error.base or read).values, dict(mine), error.current, authors)


def draw_conflict(conflict: Conflict) -> dict[str, Any] | None:
    """Draw both versions; returns what is to be saved on the current revision once all is chosen.

    Nothing is, for who gives their own changes up; None while nothing is decided.
    """
    fields = SCHEMA.type(conflict.current.type).fields
    st.html(element("p", _headline(conflict), class_="strong", role="alert"))
    with st.form(f"conflict-{conflict.current.id}-{conflict.current.revision}", border=False):
        choices = {name: _choose(fields[name], conflict) for name in conflict.disputed}
        if others := _others(fields, conflict):
            st.html(table(("Gardé aussi", "C'était", "Devient", "Par"), others))
        with st.container(horizontal=True):
            sent = st.form_submit_button(
                "Enregistrer ces choix", key="conflict-save", type="primary", icon=":material/check:"
            )
            left = st.form_submit_button("Renoncer à mes modifications", key="conflict-leave", type="tertiary")
    if left:
        return {}
    if not sent:
        return None
    missing = [fields[name].about.label for name, choice in choices.items() if choice is None]
    if missing:
        notices.error(f"Choisissez encore pour : {', '.join(missing)}.")
        return None
    now = conflict.current.values
    kept = {name: value for name, value in conflict.mine.items() if choices.get(name, MINE) == MINE}
    return {name: value for name, value in kept.items() if value != now.get(name)}


def _headline(conflict: Conflict) -> str:
    both = len(conflict.disputed)
    what = f"{count(both, 'champ')} à départager" if both else "aucun champ en commun, rien à départager"
    return f"Pendant que vous modifiiez cette fiche, {conflict.who} l'a enregistrée aussi : {what}."


def _choose(field: Field, conflict: Conflict) -> str | None:
    was, mine, theirs = (
        as_label(said(field, values.get(field.name)))
        for values in (conflict.base, conflict.mine, conflict.current.values)
    )
    words = {MINE: f"Le vôtre : **{mine}**", THEIRS: f"Celui de {as_label(conflict.who)} : **{theirs}**"}
    return st.radio(
        field.about.label, [MINE, THEIRS], index=None, key=f"conflict-{field.name}",
        format_func=typography.shown(words.__getitem__), captions=[typeset(f"c'était : {was}"), ""],
    )  # fmt: skip


def _others(fields: Mapping[str, Field], conflict: Conflict) -> list[tuple[Markup, ...]]:
    """What only one of the two changed: all of it is kept."""
    rows = [(n, "vous", conflict.mine) for n in conflict.mine if n not in conflict.moved]
    rows += [(n, conflict.who, conflict.current.values) for n in conflict.moved if n not in conflict.mine]
    return [
        (
            cell(fields[name].about.label),
            cell(said(fields[name], conflict.base.get(name)), class_="muted"),
            cell(said(fields[name], after.get(name))),
            cell(who),
        )
        for name, who, after in rows
        if name in fields
    ]
