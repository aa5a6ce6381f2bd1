"""Mail (.eml, .mbox): each message between us and someone is claimed as an exchange, by its headers alone.

Its words and attachments are not read; a message within another is not the outer one. What no person wrote to someone
proves no contact: lists, machines and reports make nothing, and are counted. Outlook's own .msg is told to be saved
otherwise.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict

from crm import days
from crm.errors import InputError
from crm.guarded.process import Limits
from graph_schema.exchanges import Channel, Exchange
from graph_schema.limits import Limit
from graph_schema.wording import count, short_date
from importers.claims import Claim, RecordClaim
from importers.faults import ImportFault
from importers.parts import FileFormat
from importers.reading.guarded import pieces_told
from importers.reading.parties import PARTIES, attendee, known_once
from importers.reading.sources import Source

LARGEST = Limit(500 << 20, "Taille d'une boîte de courriels importée", "refusé : exportez un dossier à la fois")
LARGEST_MESSAGE = Limit(50 << 20, "Taille d'un courriel importé", "laissé de côté, et c'est dit")
MESSAGES = Limit(20_000, "Courriels d'une boîte importée", "les suivants sont laissés, et c'est dit")
DEPTH = Limit(20, "Parties imbriquées d'un courriel importé", "laissé de côté, et c'est dit")

_OLE, _OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "__substg1.0_".encode("utf-16-le")
_BOX = re.compile(rb"From \S[^\r\n]*\b(?:19|20)\d\d\b[^\r\n]*\r?\n")
_FIELD = re.compile(rb"([!-9;-~]+):")
_FIRST, _OTHERS = frozenset({b"from", b"sender"}), frozenset(
    {b"date", b"message-id", b"received", b"return-path", b"subject", b"to", b"delivered-to", b"mime-version"}
)  # fmt: skip
_LEFT = {
    "large": f"est plus grand que {LARGEST_MESSAGE >> 20} Mo",
    "deep": f"a plus de {DEPTH} parties imbriquées",
    "unreadable": "ne peut pas être lu",
}


class _Address(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    name: str
    email: str
    began: bool


class _Letter(BaseModel):
    """What the guarded process tells of a message, see ``crm/guarded/child/letters.py``."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    place: int
    left: str
    id: str
    on: str
    at: str
    subject: str
    hidden: int
    attached: int
    parties: list[_Address]

    @property
    def called(self) -> str:
        """What people call it in a sentence."""
        day = days.read(self.on)
        return f"« {self.subject[:80] or 'sans objet'} »" + (f" du {short_date(day)}" if day else "")


def _knows(start: bytes) -> bool:
    """Whether a file begins as a message does, a box of them, or a message of Outlook."""
    start = start.removeprefix(b"\xef\xbb\xbf")
    if start.startswith(_OLE):
        return _OUTLOOK in start
    if box := _BOX.match(start):
        start = start[box.end() :]
    names = set()
    for line in start[: 64 << 10].splitlines():
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t"):
            continue
        if (field := _FIELD.match(line)) is None:
            return False
        names.add(field[1].lower())
    return bool(names & _FIRST) and len(names & _OTHERS) > 1


def _read(source: Source, today: date) -> Iterator[Claim | ImportFault]:
    with source.path.open("rb") as stream:
        if stream.read(len(_OLE)) == _OLE:
            raise InputError(
                f"« {source.name} » est un message d'Outlook (.msg) : ouvrez-le et enregistrez-le au format .eml"
                " (« Enregistrer sous », ou glissez-le dans une autre messagerie), puis importez ce fichier.",
                field="file", code="outlook",
            )  # fmt: skip
    if source.size > LARGEST:
        raise InputError(
            f"La boîte « {source.name} » est trop grosse ({source.size >> 20} Mo) : exportez un dossier à la fois.",
            field="file",
        )
    yield from _Box(source, today).all()


class _Box:
    """The messages of one file, read on a day."""

    def __init__(self, source: Source, today: date) -> None:
        self.source, self.today = source, today
        self.left: Counter[str] = Counter()

    def all(self) -> Iterator[Claim | ImportFault]:
        """What each message says, then what is left out of all. Raises ``InputError`` where none says anything."""
        some, first = False, ""
        bounds = [str(int(LARGEST_MESSAGE)), str(int(DEPTH))]
        for each in pieces_told(self.source, "letters", bounds, _Letter, Limits(memory=1 << 30)):
            if each.place > MESSAGES:
                self.left["too_many"] = 1
                break
            if (fault := self._unheld(each)) is not None:
                first = first or fault.message
                yield fault
            elif each.left:
                self.left[each.left] += 1
            else:
                some = True
                yield self._claim(each)
        remarks = [self._of_all(why, many) for why, many in self.left.items()]
        if not some:
            words = " ".join(filter(None, (first, *(each.message for each in remarks))))
            raise InputError(f"« {self.source.name} » n'a aucun courriel d'une personne. {words}".strip(), field="file")
        yield from remarks

    def _unheld(self, each: _Letter) -> ImportFault | None:
        """Why a message makes nothing, where each one is told."""
        if why := _LEFT.get(each.left):
            return self._fault(each, each.left, f"Le courriel {each.place} {why} : rien n'en est repris.")
        day = days.read(each.on)
        if not each.left and (day is None or day > self.today):
            message = f"{each.called} n'a pas de date lisible, ou une date à venir : rien n'en est repris."
            return self._fault(each, "no_date", message)
        return None

    def _claim(self, each: _Letter) -> Claim:
        values = {"on": each.on, "channel": Channel.MAIL.value}
        if each.subject:
            values["subject"] = each.subject[:500]
        parties = known_once([attendee(one.name, one.email, one.began) for one in each.parties])
        faults = []
        if len(parties) > PARTIES:
            message = f"{each.called} a plus de {PARTIES} destinataires : les suivants sont laissés."
            faults.append(self._fault(each, "too_many", message))
        if each.attached:
            message = f"{each.called} : {count(each.attached, 'pièce jointe', 'pièces jointes')} sans reprise."
            faults.append(self._fault(each, "attached", message, "Déposez comme preuve ce qui en est une."))
        if each.hidden:
            message = f"{each.called} : {count(each.hidden, 'copie cachée', 'copies cachées')} sans reprise."
            faults.append(self._fault(each, "hidden", message))
        sender = next((one.email for one in each.parties if one.began), "")
        key = f"mail:{each.id}" if each.id else f"mail:{each.on}:{each.at}:{sender}:{each.subject}"
        about = RecordClaim(Exchange.TYPE, values, keys=(key,))
        return Claim(each.place, about, faults=faults, parties=parties[:PARTIES])

    def _of_all(self, why: str, many: int) -> ImportFault:
        if why == "too_many":
            message = f"La boîte a plus de {MESSAGES} courriels : les suivants sont laissés."
        else:
            message = f"{count(many, 'courriel automatique', 'courriels automatiques')} ou de liste sans reprise."
        return ImportFault(self.source.name, "", 0, "", "", why, message)

    def _fault(self, each: _Letter, code: str, message: str, hint: str = "") -> ImportFault:
        return ImportFault(self.source.name, "", each.place, "", "", code, message, hint)


FORMAT = FileFormat("mail", "Courriels (.eml, .mbox)", ("eml", "mbox", "msg"), _knows, _read, ("Échange", "Avec"))
