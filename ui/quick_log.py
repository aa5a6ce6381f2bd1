"""« Consigner », on every screen: an exchange told in one line, what was understood shown before it is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from crm import quick_log
from crm.errors import Reseau28Error
from crm.quick_log import ASIDE, Told
from crm.quick_match import Match, Party
from graph_schema.declaration import Vocabulary
from graph_schema.exchanges import Channel, Direction
from graph_schema.records import Commit
from graph_schema.wording import NBSP, ago, count, listing, short_date
from ui import address, session, typography

LONGEST = 500
LOG = "consigner"
"""The partner, in the address, with whom an exchange is being logged."""

_STATIC = Path(__file__).parent / "static"
_SAVED, _FAILED = "quick-log-saved", "quick-log-failed"
_EXAMPLES = "Par exemple : « appelé Mme Exemple ce matin : deux places », « mail de M. Fictif hier »."
_component = st.components.v2.component(
    "reseau28-quick-log",
    html=(_STATIC / "quick_log.html").read_text(encoding="utf-8"),
    css=(_STATIC / "quick_log.css").read_text(encoding="utf-8"),
    js=(_STATIC / "quick_log.js").read_text(encoding="utf-8"),
)
V = TypeVar("V", bound=Vocabulary)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the browser sends: the line, and what was corrected by hand (None or absent: as understood)."""

    text: str = ""
    on: date | None = None
    channel: Channel | None = None
    direction: Direction | None = None
    picks: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, sent: object) -> "Typed":
        """What was sent, made sure of: nothing that comes from a browser is taken for what it should be."""
        given: Mapping[str, Any] = sent if isinstance(sent, Mapping) else {}
        picks = given.get("picks")
        return cls(
            str(given.get("text") or "")[:LONGEST],
            _day(given.get("on")),
            _term(Channel, given.get("channel")),
            _term(Direction, given.get("direction")),
            {str(k): str(v) for k, v in picks.items()} if isinstance(picks, Mapping) else {},
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as understood and corrected, which is what would be saved.

    ``chosen`` holds, for each name, the party meant, or None while that is not settled; names left aside are not in it.
    ``questions`` are those that stay open.
    """

    told: Told
    chosen: Mapping[str, Party | None]
    questions: Sequence[str] = ()


def draw(tell: Callable[[str, Commit | None], None]) -> None:
    """The button and its dialog. ``tell`` says what was saved."""
    if not session.may_edit():
        return
    state: Mapping[str, Any] = st.session_state.get("quick-log") or {}
    sent = state.get("typed")
    typed = Typed.of(sent)
    result = _component(
        key="quick-log",
        data=typography.told(_data(typed, sent), "words"),
        on_typed_change=lambda: st.session_state.pop(_FAILED, None),
        on_save_change=lambda: None,
        on_closed_change=_done,
    )
    if result.save:
        _save(Typed.of(result.save), tell)
    elif result.closed:
        st.rerun()


def opened() -> str:
    """The record with which the address asks to log an exchange, empty when it does not."""
    return address.text(LOG) or (address.text(address.RECORD) if address.text("faire") == "echange" else "")


def read(typed: Typed) -> Reading:
    """Understand a line, on the record that is open if there is one, and put in what was corrected."""
    today = session.today()
    here = opened() or address.text(address.RECORD)
    told = quick_log.tell(session.network(), typed.text, today, here or None)
    if told.on or typed.on:
        told = told._replace(
            on=min(typed.on or told.on or today, today),
            channel=typed.channel or told.channel,
            direction=typed.direction or told.direction,
        )
    return Reading(told, told.chosen(typed.picks), _open(told, typed))


def _open(told: Told, typed: Typed) -> list[str]:
    """The questions that no correction has answered."""
    answered = {quick_log.WHOSE} if typed.direction else set()
    answered |= {quick_log.question(each) for each in told.who if typed.picks.get(each.words)}
    dated = typed.on is not None
    return [each for each in told.questions if each not in answered and not (dated and quick_log.doubts_day(each))]


def _done() -> None:
    """Nothing is being logged any more."""
    address.put(**{LOG: None, **({"faire": None} if address.text("faire") == "echange" else {})})


def _save(typed: Typed, tell: Callable[[str, Commit | None], None]) -> None:
    reading = read(typed)
    try:
        done = quick_log.save(session.network(), reading.told._replace(questions=tuple(reading.questions)), typed.picks)
    except Reseau28Error as error:
        st.session_state[_FAILED] = str(error)
        st.rerun()
    st.session_state[_SAVED] = st.session_state.get(_SAVED, 0) + 1
    names = listing([each.caption for each in reading.chosen.values() if each], 3)
    who = f" avec {names}" if names else ""
    what = f"Échange consigné{who}" if reading.told.on else f"Action ajoutée{who}"
    left = f" Reste à compléter{NBSP}: {count(len(reading.questions), 'question')}." if reading.questions else ""
    tell(f"{what}{NBSP}: {quick_log.described(reading.told)}.{left}", done.commit)
    _done()
    st.rerun()


def _data(typed: Typed, sent: object) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "typed": sent or {"text": ""},
        "saved": st.session_state.get(_SAVED, 0),
        "open": opened(),
        "placeholder": "Qui, comment, quand : de quoi il s'agissait",
        "examples": _EXAMPLES,
        "hint": "Une correction se fait d'un clic sur ce qui a été compris. Rien n'empêche d'enregistrer.",
        "parts": [], "who": [], "problem": "", "questions": [], "ready": False, "add": None, "next": "",
    }  # fmt: skip
    if not typed.text:
        return shown
    reading = read(typed)
    told = reading.told
    missing = next((m.words for m in told.who if not m.candidates and m.words in reading.chosen), None)
    add = {"words": f"Ajouter « {missing} »", "href": _adding(missing)} if missing else None
    unsaid = [] if told.channel else [("", "non précisé")]
    return {
        **shown,
        "parts": _parts(typed.text, told),
        "on": told.on.isoformat() if told.on else "", "today": session.today().isoformat(),
        "day": f"{short_date(told.on)} · {ago(told.on, session.today())}" if told.on else "",
        "channel": told.channel.value if told.channel else "",
        "channels": [*unsaid, *((each.value, each.label) for each in Channel)],
        "direction": told.direction.value, "directions": [(each.value, each.label) for each in Direction],
        "who": [_who(each, reading) for each in told.who], "next": _next(told),
        "problem": str(st.session_state.get(_FAILED, "")), "questions": list(reading.questions), "ready": True,
        "add": add,
    }  # fmt: skip


def _next(told: Told) -> str:
    if told.follow_up is None:
        return ""
    due = f", pour le {short_date(told.follow_up.due_on)}" if told.follow_up.due_on else ""
    return f"{told.follow_up.title}{due}"


def _adding(name: str) -> str:
    return address.link(address.PARTNERS, faire="ajouter", nom=name)


def _parts(text: str, told: Told) -> list[tuple[str, str]]:
    """The line cut into what was read and what lies between."""
    parts, at = [], 0
    for start, end, role in told.spans:
        parts += [(text[at:start], ""), (text[start:end], role)]
        at = end
    return [each for each in [*parts, (text[at:], "")] if each[0]]


def _who(match: Match, reading: Reading) -> dict[str, Any]:
    meant = reading.chosen.get(match.words)
    chosen = meant.key if meant else "" if match.words in reading.chosen else ASIDE
    options = [(each.key, f"{each.caption} · {each.detail}") for each in match.candidates]
    unsettled = [("", f"{match.words} ?")] if not chosen else []
    return {"words": match.words, "options": [*unsettled, *options, (ASIDE, "laisser de côté")], "chosen": chosen}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _term(vocabulary: type[V], value: object) -> V | None:
    return next((term for term in vocabulary if term.value == value), None)
