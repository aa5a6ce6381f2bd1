"""How the call list is looked at: by urgency, by owner, by territory, as a week; everyone's or one colleague's."""

import streamlit as st

from crm.analytics.freshness import State
from crm.measures.calls import CallList
from crm.measures.measuring import Measures
from crm.measures.partners import Filters, listing
from graph_schema.declaration import Vocabulary
from graph_schema.text import fold
from graph_schema.wording import NBSP, number
from ui import address, filters, session
from ui.markup import Markup, door, element, heading, join
from ui.remembered import remembered
from ui.screens.home import groups

VIEW = "vue"
OWNER = "responsable"


class ListView(Vocabulary):
    """The ways to look at the list."""

    URGENCY = "urgence", "Par urgence"
    OWNER = "responsable", "Par responsable"
    TERRITORY = "territoire", "Par territoire"
    WEEK = "semaine", "Cette semaine"


def chosen() -> ListView:
    """The view that the address names, the first when it names none."""
    return address.choice(VIEW, ListView) or ListView.URGENCY


def owner(calls: CallList) -> str | None:
    """The colleague whose calls alone are shown, if the address names one who has any."""
    wanted = fold(address.text(OWNER))
    return next((name for name in calls.by_owner if name and wanted and fold(name) == wanted), None)


def draw_saved(measures: Measures, calls: CallList) -> None:
    """The heading, and the chips that change the view or narrow it to one's own calls."""
    me = session.actor().name
    st.html(remembered(measures, ("home-views", address.here(), me), lambda: _html(measures, calls, me)))


def _html(measures: Measures, calls: CallList, me: str) -> Markup:
    now, only = chosen(), owner(calls)
    amount = element("span", number(len(calls.of(only))), class_="muted figure")
    title = heading(f"À contacter · {only}" if only else "À contacter", amount)
    chips = [*(_view(each, now) for each in ListView), _mine(calls, only, me)]
    return join(title, _parts(measures, calls, only), element("nav", *chips, class_="chips", aria_label="Vue"))


def _parts(measures: Measures, calls: CallList, only: str | None) -> Markup:
    """What the list is made of, and of how many in all: each a door to its partners; nothing of a state without any."""
    listed, names = calls.states(only), _called(measures, only)
    known = listing(measures, Filters(owner=names), limit=1).counts["state"]
    said: list[Markup] = []
    for state, words in ((State.CHASE, "à relancer"), (State.NEVER, "jamais contactés")):
        if in_all := known.get(state, 0):
            href = address.link(address.PARTNERS, fraicheur=state, responsable=sorted(names))
            said += [join(", "), join(f"{number(listed[state])} sur ", door(number(in_all), href), f" {words}")]
    if not said:
        return Markup("")
    left = listed.total() < sum(known.get(state, 0) for state in (State.CHASE, State.NEVER))
    why = f"{NBSP}; les autres sont reportés ou, de rang C, sans engagement ni message de vous" if left else ""
    return element("p", join(*said[1:]), f"{why}.", class_="muted small")


def _called(measures: Measures, only: str | None) -> frozenset[str]:
    """The names, however they are written, under which partners are followed by this colleague."""
    if only is None:
        return frozenset()
    return frozenset(name for name in listing(measures, limit=1).counts["owner"] if fold(name) == fold(only))


def _view(view: ListView, now: ListView) -> Markup:
    changed = {VIEW: None if view is ListView.URGENCY else view, groups.GROUP: None, filters.ROWS: None, "voir": None}
    return _chip(view.label, address.here(**changed), view is now)


def _mine(calls: CallList, only: str | None, me: str) -> Markup:
    """« Mes relances », for someone who follows partners; whoever's calls are shown, a way back to everyone's."""
    changed = {groups.GROUP: None, filters.ROWS: None}
    if only and fold(only) != fold(me):
        return _chip(f"Suivi par{NBSP}: {only}", address.here(**{OWNER: None, **changed}), True)
    if not calls.of(me):
        return Markup("")
    return _chip("Mes relances", address.here(**{OWNER: None if only else me, **changed}), only is not None)


def _chip(words: str, href: str, on: bool) -> Markup:
    return element("a", words, class_="door", href=href, aria_current="true" if on else None)
