"""« Consigner », on every screen: an exchange told in one line, what was understood shown before it is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from crm import exchanges
from crm.errors import Reseau28Error
from crm.quick_log import Understood, understand
from crm.quick_match import Match, Party, matches, party
from graph_schema.declaration import Vocabulary
from graph_schema.exchanges import Channel, Direction
from graph_schema.records import Commit
from graph_schema.wording import NBSP, ago, listing, short_date
from ui import address, session, typography

LONGEST = 500
ASIDE = "-"
"""What is picked for a name that is to be left aside."""

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
    """A line as understood and corrected: what would be saved, and ``problem``, why it cannot be yet (empty: it can).

    ``chosen`` holds, for each name, the party meant, or None while that is not settled; names left aside are not in it.
    """

    said: Understood
    who: Sequence[Match]
    chosen: Mapping[str, Party | None]
    problem: str = ""


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
    )
    if result.save:
        _save(Typed.of(result.save), tell)


def read(typed: Typed) -> Reading:
    """Understand a line, on the sheet that is open if there is one, and put in what was corrected."""
    today = session.today()
    said = understand(typed.text, today)
    said = said._replace(
        on=min(typed.on or said.on, today),
        channel=typed.channel or said.channel,
        direction=typed.direction or said.direction,
    )
    network = session.network()
    who = matches(network, said.names, today) if said.names else _opened(today)
    kept = [each for each in who if typed.picks.get(each.words) != ASIDE]
    chosen = {each.words: _meant(each, typed.picks.get(each.words)) for each in kept}
    if said.to_come and typed.on is None:
        words = (
            f"« {said.to_come} » est à venir : un échange se consigne une fois passé. La suite à donner se met après"
            " « : »."
        )
        return Reading(said, who, chosen, words)
    return Reading(said, who, chosen, _problem(who, chosen))


def _opened(today: date) -> list[Match]:
    """The record whose sheet is open, when the line names nobody."""
    id = address.text(address.RECORD)
    found = party(session.network(), id, today) if id else None
    return [Match(found.caption, (found,), sure=True)] if found else []


def _meant(match: Match, key: str | None) -> Party | None:
    picked = next((each for each in match.candidates if each.key == key), None)
    return picked or (match.candidates[0] if match.sure else None)


def _problem(who: Sequence[Match], chosen: Mapping[str, Party | None]) -> str:
    for match in who:
        if match.words in chosen and chosen[match.words] is None:
            if match.candidates:
                return f"Plusieurs répondent au nom de « {match.words} » : choisissez."
            return f"« {match.words} » n'est pas dans votre réseau : corrigez le nom, ou laissez-le de côté."
    return "" if any(chosen.values()) else "Dites avec qui : le nom d'un partenaire ou d'une personne."


def _save(typed: Typed, tell: Callable[[str, Commit | None], None]) -> None:
    reading = read(typed)
    parties = list(filter(None, reading.chosen.values()))
    said = reading.said
    try:
        if reading.problem:
            st.rerun()
        done = exchanges.log(
            session.network(),
            [id for each in parties for id in each.organisations],
            [id for each in parties for id in each.people],
            on=said.on, channel=said.channel, direction=said.direction, subject=said.subject,
        )  # fmt: skip
    except Reseau28Error as error:
        st.session_state[_FAILED] = str(error)
        st.rerun()
    st.session_state[_SAVED] = st.session_state.get(_SAVED, 0) + 1
    names = listing([each.caption for each in parties], 3)
    way = f"{said.channel.label.lower()} du {short_date(said.on)}, {said.direction.label.lower()}"
    tell(f"Échange consigné avec {names}{NBSP}: {way}.", done.commit)
    st.rerun()


def _data(typed: Typed, sent: object) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "typed": sent or {"text": ""},
        "saved": st.session_state.get(_SAVED, 0),
        "placeholder": "Qui, comment, quand : de quoi il s'agissait",
        "examples": _EXAMPLES,
        "hint": "Une correction se fait d'un clic sur ce qui a été compris.",
        "parts": [], "who": [], "problem": "", "ready": False, "add": None,
    }  # fmt: skip
    if not typed.text:
        return shown
    reading = read(typed)
    said = reading.said
    failed = str(st.session_state.get(_FAILED, ""))
    missing = next((m.words for m in reading.who if not m.candidates and m.words in reading.chosen), None)
    add = {"words": f"Ajouter « {missing} »", "href": _adding(missing)} if missing else None
    return {
        **shown,
        "parts": _parts(typed.text, said),
        "on": said.on.isoformat(), "today": session.today().isoformat(),
        "day": f"{short_date(said.on)} · {ago(said.on, session.today())}",
        "channel": said.channel.value, "channels": [(each.value, each.label) for each in Channel],
        "direction": said.direction.value, "directions": [(each.value, each.label) for each in Direction],
        "who": [_who(each, reading) for each in reading.who],
        "problem": failed or reading.problem, "ready": not reading.problem, "add": add,
    }  # fmt: skip


def _adding(name: str) -> str:
    return address.link(address.PARTNERS, faire="ajouter", nom=name)


def _parts(text: str, said: Understood) -> list[tuple[str, str]]:
    """The line cut into what was read and what lies between."""
    parts, at = [], 0
    for span in said.spans:
        parts += [(text[at : span.start], ""), (text[span.start : span.end], span.role.value)]
        at = span.end
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
