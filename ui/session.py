"""What a screen works with: the network as the session's actor may see it, on the day that the address gives."""

from datetime import date
from threading import Lock

import streamlit as st

from crm import days
from crm.faults import Fault
from crm.files.memory import Gap
from crm.ledger.edits import Edits
from crm.ledger.verdicts import fault_of
from crm.measures import measuring
from crm.measures.measuring import Measures
from crm.network import Network
from crm.network.rights import Actor, Right
from crm.store.protocol import Store
from crm.vault.openings import Openings
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import short_date
from ui import address, logins, settings

_EDITS = "session-edits"
_OPENINGS = "session-openings"
_stores: dict[str, Store] = {}
_gaps: dict[str, Gap] = {}
_opening = Lock()


def network() -> Network:
    """The network of this process, opened once, for the actor of this session."""
    place = settings.current()
    return Network(_store(place), actor(), heads=place.heads(), vault=place.vault)


def lost() -> Fault | None:
    """What this machine has seen of the network and was no longer there when this process opened it."""
    gap = _gaps.get(settings.current().store)
    return fault_of(gap) if gap else None


def actor() -> Actor:
    """Who is at work in this session. Raises ``Forbidden`` when it has ended."""
    return logins.actor_of(st.context.cookies.get(logins.COOKIE))


def today() -> date:
    """The day that it is in France."""
    return days.today()


def day() -> date:
    """The day on which the network is shown: the one of the address if it is past, else today."""
    now = today()
    return min(address.day() or now, now)


def is_past() -> bool:
    """Whether an earlier day is shown: then nothing can be edited."""
    return day() < today()


def may_edit() -> bool:
    """Whether what is shown may be changed: the actor has the right to, and it is not the past."""
    return not is_past() and actor().may(Right.EDIT)


def edits() -> Edits:
    """What this session has done, to be undone and done again; another actor begins with nothing."""
    name = actor().name
    kept: tuple[str, Edits] | None = st.session_state.get(_EDITS)
    if kept is None or kept[0] != name:
        kept = st.session_state[_EDITS] = (name, Edits())
    return kept[1]


def openings() -> Openings:
    """The proofs whose sheets this session has opened."""
    found: Openings = st.session_state.setdefault(_OPENINGS, Openings())
    return found


def measures(on: date | None = None) -> Measures:
    """The measures of the network on the day shown, or on another; people are told to wait while they are made."""
    shown = on or day()
    words = f"Calcul du réseau au {short_date(shown)}…"
    return measuring.measures(network(), shown, waiting=lambda: st.spinner(words, show_time=True))


def close() -> None:
    """Close what this process opened."""
    with _opening:
        _gaps.clear()
        while _stores:
            _stores.popitem()[1].close()


def _store(place: settings.Settings) -> Store:
    with _opening:
        if place.store not in _stores:
            store = _stores[place.store] = place.open()
            if gap := place.heads().look(store):
                _gaps[place.store] = gap
        return _stores[place.store]


def caption(record: NodeRecord) -> str:
    """What people call a record."""
    return SCHEMA.nodes[record.type].caption(record.values)
