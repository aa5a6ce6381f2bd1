"""« Consigner », on every screen: an exchange told in one line, what was understood shown before it is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from crm import quick_log
from crm.errors import Reseau28Error
from crm.quick_log import ASIDE, FollowUp, Told, concerns
from crm.quick_log.concerns import Topic
from crm.quick_log.match import NamedParty, Party
from crm.records import actions
from graph_schema.declaration import Vocabulary
from graph_schema.exchanges import Channel, Direction
from graph_schema.records import Commit
from graph_schema.registry import SCHEMA
from graph_schema.vocabularies import Purpose
from graph_schema.wording import NBSP, ago, count, listing, short_date
from ui import address, session, typography

LONGEST = 500
LOG = "consigner"
"""The partner, in the address, with whom an exchange is being logged."""

_STATIC = Path(__file__).parent / "static"
_NOTHING = "Rien n'est à enregistrer : reprenez l'action, ou dites qu'un échange a eu lieu."
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
    """What the browser sends: the line, and what was corrected by hand (None or absent: as understood).

    ``next`` is what is to be done, as corrected; ``declined``: nothing is.
    """

    text: str = ""
    on: date | None = None
    channel: Channel | None = None
    direction: Direction | None = None
    picks: Mapping[str, str] = field(default_factory=dict)
    next: FollowUp | None = None
    declined: bool = False

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
            _follow_up(given.get("next")),
            given.get("declined") is True,
        )


@dataclass(frozen=True, slots=True)
class UnderstoodLine:
    """A line as understood and corrected, which is what would be saved.

    ``chosen`` holds, for each name, the party meant, or None while that is not settled; names left aside are not in it.
    ``questions`` are those that stay open. ``heard`` is the line before it was corrected.
    """

    told: Told
    chosen: Mapping[str, Party | None]
    questions: Sequence[str]
    heard: Told

    @property
    def ready(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.told.on or self.told.follow_up)


def draw_quick_log(tell: Callable[[str, Commit | None], None]) -> None:
    """The button and its dialog. ``tell`` says what was saved."""
    if not session.may_edit():
        return
    state: Mapping[str, Any] = st.session_state.get("quick-log") or {}
    sent = state.get("typed")
    typed = Typed.of(sent)
    result = _component(
        key="quick-log",
        data=typography.told(_data(typed, sent), "words", "title"),
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


def read(typed: Typed) -> UnderstoodLine:
    """Understand a line, on the record that is open if there is one, and put in what was corrected."""
    today = session.today()
    here = opened() or address.text(address.RECORD)
    told = heard = quick_log.tell(session.network(), typed.text, today, here or None, typed.picks)
    if told.on or typed.on:
        told = told._replace(
            on=min(typed.on or told.on or today, today),
            channel=typed.channel or told.channel,
            direction=typed.direction or told.direction,
        )
    told = told._replace(purpose=tuple(each for each in told.purpose if typed.picks.get(each.label) != ASIDE))
    if told.follow_up:
        told = told._replace(follow_up=None if typed.declined else typed.next or told.follow_up)
    return UnderstoodLine(told, told.chosen(typed.picks), _open(told, typed, heard.on is None), heard)


def _open(told: Told, typed: Typed, ahead: bool) -> list[str]:
    """The questions that no correction has answered."""
    dated = typed.on or (ahead and typed.next and typed.next.due_on)
    asked = [each for each in told.questions if not (dated and quick_log.doubts_day(each))]
    if told.on and ahead:  # read as something to come: nothing was asked of an exchange
        asked += [] if told.who else [quick_log.WITH_WHOM]
        asked += [each.question for each in told.topics if not _settled(each, typed)]
    asked = [each for each in asked if each != quick_log.WHOSE]
    unsaid = told.on and told.direction is Direction.UNKNOWN
    return [*dict.fromkeys([*asked, *([quick_log.WHOSE] if unsaid else [])])]


def _settled(topic: Topic, typed: Typed) -> bool:
    pick = typed.picks.get(topic.key)
    return pick == ASIDE or topic.meant(pick) is not None


def _done() -> None:
    """Nothing is being logged any more."""
    address.put(**{LOG: None, **({"faire": None} if address.text("faire") == "echange" else {})})


def _save(typed: Typed, tell: Callable[[str, Commit | None], None]) -> None:
    reading = read(typed)
    try:
        if typed.next and reading.told.follow_up:
            actions.check(session.network(), *typed.next)
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
        "parts": [], "who": [], "topics": [], "problem": "", "questions": [], "ready": False, "add": None, "next": None,
        "ahead": False,
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
        "who": [_who(each, reading) for each in told.who],
        "topics": _topics(reading, typed), "next": _next(reading, typed), "ahead": reading.heard.on is None,
        "ready": reading.ready, "hint": shown["hint"] if reading.ready else "",
        "problem": str(st.session_state.get(_FAILED, "")) or ("" if reading.ready else _NOTHING),
        "questions": list(reading.questions), "add": add,
    }  # fmt: skip


def _next(reading: UnderstoodLine, typed: Typed) -> dict[str, Any] | None:
    """What is to be done: as it would be kept, or as it was proposed where it was declined."""
    shown = reading.told.follow_up or reading.heard.follow_up
    if shown is None:
        return None
    day = f"pour le {short_date(shown.due_on)}" if shown.due_on else "sans échéance"
    due = shown.due_on.isoformat() if shown.due_on else ""
    return {"title": shown.title, "due": due, "day": day, "declined": typed.declined}


def _topics(reading: UnderstoodLine, typed: Typed) -> list[dict[str, Any]]:
    """What the exchange was about and what it serves, each to be corrected; nothing where none took place."""
    if not reading.told.on:
        return []
    purposes = [_purpose(each, kept=each in reading.told.purpose) for each in reading.heard.purpose]
    return [*(_topic(each, typed) for each in reading.told.topics), *purposes]


def _topic(topic: Topic, typed: Typed) -> dict[str, Any]:
    """What the exchange was about: which record, or none of them."""
    pick = typed.picks.get(topic.key, "")
    meant = topic.meant(pick)
    chosen = meant.id if meant else ASIDE if pick == ASIDE else ""
    label = SCHEMA.nodes[topic.type].about.label
    options = [(each.id, concerns.name(each, session.today())) for each in topic.candidates]
    unsettled = [("", "laquelle ?" if SCHEMA.nodes[topic.type].about.feminine else "lequel ?")] if not chosen else []
    return {
        "words": topic.key, "label": label, "chosen": chosen,
        "options": [*unsettled, *options, (ASIDE, "laisser de côté")],
    }  # fmt: skip


def _purpose(purpose: Purpose, *, kept: bool) -> dict[str, Any]:
    options = [(purpose.value, purpose.label), (ASIDE, "laisser de côté")]
    chosen = purpose.value if kept else ASIDE
    return {"words": purpose.label, "label": "Finalité", "chosen": chosen, "options": options}


def _follow_up(sent: object) -> FollowUp | None:
    if not isinstance(sent, Mapping):
        return None
    return FollowUp(" ".join(str(sent.get("title") or "").split())[:LONGEST], _day(sent.get("due")))


def _adding(name: str) -> str:
    return address.link(address.PARTNERS, faire="ajouter", nom=name)


def _parts(text: str, told: Told) -> list[tuple[str, str]]:
    """The line cut into what was read and what lies between."""
    parts, at = [], 0
    for start, end, role in told.spans:
        parts += [(text[at:start], ""), (text[start:end], role)]
        at = end
    return [each for each in [*parts, (text[at:], "")] if each[0]]


def _who(match: NamedParty, reading: UnderstoodLine) -> dict[str, Any]:
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
