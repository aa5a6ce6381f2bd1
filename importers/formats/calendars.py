"""Calendars (.ics): each appointment that is over and that someone else took part in is claimed as an exchange.

What is cancelled, to come or without anyone makes none, and is said. Who of those called is one of ours, and so from
whom it came, is for joining to tell: a file does not know.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict

from crm import days
from crm.errors import InputError
from crm.records.identifiers import Trust, check_phone
from graph_schema.exchanges import Channel, Exchange
from graph_schema.limits import Limit
from graph_schema.text import fold
from graph_schema.wording import count, short_date
from importers.claims import Claim, RecordClaim
from importers.faults import ImportFault, Severity
from importers.parts import FileFormat
from importers.reading.guarded import pieces_told
from importers.reading.parties import PARTIES, attendee, known_once
from importers.reading.sources import Source

LARGEST = Limit(20 << 20, "Taille d'un agenda importé", "refusé : exportez une période plus courte")
YEARS = Limit(
    5, "Années d'une série de rendez-vous, avant aujourd'hui", "les séances d'avant sont laissées, et c'est dit"
)

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\s", re.IGNORECASE)
_CALL = frozenset(["tel", "telephone", "telephonique", "appel", "call", "phone"])
_VISIT = frozenset(["visite", "visites"])
_EVENT = frozenset(["forum", "salon", "evenement", "webinaire"])
_TODAY_IS_ALL = date.max


class _Invited(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    name: str
    email: str
    began: bool
    answer: str


class _Appointment(BaseModel):
    """What the guarded process tells of one, see ``crm/guarded/child/agenda.py``."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    place: int
    left: str
    uid: str
    recurrence: str
    since: str
    on: str
    at: str
    last: str
    guessed: bool
    cancelled: bool
    subject: str
    where: str
    parties: list[_Invited]

    @property
    def called(self) -> str:
        """What people call it in a sentence."""
        name = " ".join(self.subject.split())[:80] or "Rendez-vous sans objet"
        day = days.read(self.on)
        return f"« {name} »" + (f" du {short_date(day)}" if day else "")


def _knows(start: bytes) -> bool:
    return _BEGIN.match(start) is not None


def _read(source: Source, today: date) -> Iterator[Claim | ImportFault]:
    today = days.today() if today == _TODAY_IS_ALL else today
    if source.size > LARGEST:
        raise InputError(
            f"L'agenda « {source.name} » est trop gros ({source.size >> 20} Mo) : exportez une période plus courte.",
            field="file",
        )
    yield from _Reading(source, today).all()


class _Reading:
    """One calendar, read on a day."""

    def __init__(self, source: Source, today: date) -> None:
        self.source, self.today = source, today
        self.first = today.replace(year=today.year - YEARS, day=min(today.day, 28))
        self.left: Counter[str] = Counter()
        self.begun: set[str] = set()

    def all(self) -> Iterator[Claim | ImportFault]:
        """What each appointment says, then what is left out of all of them. Raises ``InputError`` where nothing is."""
        some = False
        window = [self.first.isoformat(), self.today.isoformat()]
        for each in pieces_told(self.source, "agenda", window, _Appointment):
            if (fault := self._unheld(each)) is not None:
                yield fault
            elif self._aside(each):
                continue
            else:
                some = True
                yield self._claim(each)
                if each.since and each.uid not in self.begun:
                    self.begun.add(each.uid)
                    yield self._fault(each, "earlier", self._earlier(each))
        told_of_all = [fault for fault in map(self._of_all, self.left) if fault is not None]
        if not some:
            words = " ".join(fault.message for fault in told_of_all) or "Il est vide, ou tout y est annulé."
            raise InputError(
                f"« {self.source.name} » n'a aucun rendez-vous passé avec quelqu'un. {words}", field="file", code="none"
            )
        yield from told_of_all

    def _unheld(self, each: _Appointment) -> ImportFault | None:
        """Why an appointment makes nothing, where each one is told."""
        if each.left == "often":
            message = f"{each.called} se répète plus d'une fois par heure : rien n'en est repris."
            return self._fault(each, "too_often", message, "Corrigez sa répétition dans votre agenda.")
        if each.left or (day := days.read(each.on)) is None or day > days.LAST:
            message = f"{each.called} n'a pas de date lisible : rien n'en est repris."
            return self._fault(each, "unreadable", message, "Corrigez-le dans votre agenda, puis exportez à nouveau.")
        if each.cancelled:
            return self._fault(each, "cancelled", f"{each.called} est annulé : rien n'en est repris.")
        return None

    def _aside(self, each: _Appointment) -> bool:
        """Whether it makes nothing, as many others, which are counted."""
        why = "future" if each.last > self.today.isoformat() else "" if each.parties else "alone"
        self.left.update([why] if why else [])
        return bool(why)

    def _of_all(self, why: str) -> ImportFault | None:
        amount = count(self.left[why], "rendez-vous", "rendez-vous")
        if why == "future":
            message = f"{amount} à venir : ce ne sont pas encore des échanges."
            hint = "Importez l'agenda à nouveau une fois la date passée."
        else:
            message, hint = f"{amount} sans autre participant : rien n'en est repris.", ""
        return ImportFault(self.source.name, "", 0, "", "", why, message, hint)

    def _claim(self, each: _Appointment) -> Claim:
        subject = " ".join(each.subject.split())[:500]
        values = {"on": each.on, "channel": _channel(each).value}
        if subject:
            values["subject"] = subject
        parties = known_once([attendee(one.name, one.email, one.began, one.answer) for one in each.parties])
        faults = []
        if len(parties) > PARTIES:
            message = f"{each.called} a plus de {PARTIES} participants : les suivants sont laissés."
            faults.append(self._fault(each, "too_many", message))
        if each.guessed:
            message = f"{each.called} : son fuseau horaire n'est pas connu, son heure est lue comme celle de Paris."
            faults.append(self._fault(each, "zone_guessed", message))
        key = f"ics:{each.uid}:{each.recurrence}" if each.uid else f"ics:{each.on}:{each.at}:{subject}"
        about = RecordClaim(Exchange.TYPE, values, keys=(key,))
        return Claim(each.place, about, faults=faults, parties=parties[:PARTIES], open=True)

    def _earlier(self, each: _Appointment) -> str:
        began = days.read(each.since)
        since = f" depuis le {short_date(began)}" if began else ""
        return f"{each.called} se répète{since} : ses séances d'avant le {short_date(self.first)} sont laissées."

    def _fault(self, each: _Appointment, code: str, message: str, hint: str = "") -> ImportFault:
        return ImportFault(self.source.name, "", each.place, "", "", code, message, hint, Severity.WARNING)


def _channel(each: _Appointment) -> Channel:
    """How people met, by the words of the subject and of the place: a visit, a call, an event, else a meeting."""
    words = frozenset(fold(f"{each.subject} {each.where}").split())
    if words & _VISIT:
        return Channel.VISIT
    if words & _EVENT:
        return Channel.EVENT
    called = words & _CALL or check_phone(each.where.strip()).state is Trust.VALID
    return Channel.CALL if called else Channel.MEETING


FORMAT = FileFormat("calendars", "Agenda (.ics)", ("ics",), _knows, _read, ("Échange", "Avec"))
