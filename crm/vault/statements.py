"""Attestations of a check, to be given to others: what a proof was found to be, by whom, when, and what vouches for it.

It names the newest commit of the journal and the line of the access log that attests the check itself: whoever keeps it
holds a receipt of both. As that of a receipt, its checksum tells a damaged copy, not a forged one.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict

from crm import days
from crm.faults import Fault
from crm.files import media
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction
from crm.vault import checking
from crm.vault.access import Act
from crm.vault.attested import Attested, attest, former, require
from crm.vault.readings import Metadata, metadata_in
from crm.vault.revisions import ERASED, Revision
from graph_schema.declaration import Vocabulary
from graph_schema.evidence import EvidenceKind, Standing
from graph_schema.records import Head, NodeRecord, Values
from graph_schema.registry import SCHEMA
from graph_schema.typography import typeset
from graph_schema.wording import count, short_date


class Verdict(Vocabulary):
    """What a check finds of a proof."""

    WHOLE = "intact", "Chaque fichier est celui qui a été déposé."
    FAULTY = "defaut", "Le contrôle a trouvé des défauts."
    DECLARED = "declaree", "Sans fichier, rien ne peut être contrôlé : la preuve est seulement déclarée."
    DESTROYED = "detruite", "Les fichiers ont été détruits : leurs empreintes restent."
    SHARED = "detruite_partagee", "Détruite ici, mais le coffre garde le même contenu : une autre preuve l'a aussi."


class Concerned(BaseModel):
    """What a proof attests."""

    model_config = ConfigDict(frozen=True)

    id: str
    type: str
    name: str


class Statement(BaseModel):
    """What the check of one proof found, ``at`` an instant, made by ``by``; ``access`` is its own line of the log."""

    model_config = ConfigDict(frozen=True)

    dataset: str
    vault: str
    at: str
    by: str
    id: str
    title: str
    kind: EvidenceKind
    standing: Standing
    fact_on: date | None
    received_on: date | None
    covers_from: date | None
    covers_to: date | None
    filed_on: date | None
    about: list[Concerned]
    revisions: list[Revision]
    verdict: Verdict
    faults: list[Fault]
    journal: Head
    access: Head

    @property
    def check(self) -> str:
        """The digest of what it says."""
        return hashlib.sha256(orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)).hexdigest()

    def document(self) -> dict[str, object]:
        """It as data."""
        return {"reseau28_attestation": 1, "attestation": self.model_dump(mode="json"), "check": self.check}

    def lines(self) -> Iterator[str]:
        """It in words, for people."""
        yield f"Attestation de contrôle d'une preuve, {days.moment(self.at)}"
        yield f"  réseau {self.dataset}, coffre {self.vault}, contrôle fait par {self.by}"
        yield f"Preuve « {self.title} » ({self.kind.label}, {self.standing.label.lower()}) · {self.id}"
        yield from (f"  {name} {short_date(day)}" for name, day in self._dates() if day)
        yield from (f"  concerne {each.name} · {each.id}" for each in self.about)
        yield from map(_revision, self.revisions)
        yield f"Verdict : {self.verdict.label}"
        yield from (f"  {fault.message}" for fault in self.faults)
        yield f"Journal : acte {self.journal.number}, empreinte {self.journal.digest}"
        yield f"Journal des accès : ligne {self.access.number}, empreinte {self.access.digest}"
        yield f"Somme de contrôle de cette attestation : {self.check}"

    def written(self, form: Literal["json", "text"]) -> bytes:
        """It as the content of a file."""
        if form == "json":
            return orjson.dumps(self.document(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        return "".join(f"{typeset(line)}\n" for line in self.lines()).encode()

    def _dates(self) -> list[tuple[str, date | None]]:
        return [
            ("date du fait :", self.fact_on), ("reçue le", self.received_on), ("couvre depuis le", self.covers_from),
            ("couvre jusqu'au", self.covers_to), ("déposée le", self.filed_on),
        ]  # fmt: skip


def check(network: Network, id: str) -> Attested[Statement]:
    """Check the files of a proof, as ``readings.check``, and say all that vouches for what is found: one act, one line.

    Raises ``Forbidden`` without the right to the journal, ``NotFound`` for what is no proof.
    """
    vault = require(network, Right.HISTORY)

    def work(tx: ReadTransaction) -> tuple[Metadata, str, Head]:
        return metadata_in(tx, id, network.actor), tx.dataset(), tx.head()

    found, dataset, head = network.read(work)
    faults = [each for each in checking.faults(network, proof=id) if each.code != checking.TEXT]
    values = found.record.values
    shared = network.store.read(checking.named).kept.keys() & {str(values.get("sha256", "")), *former(values)}
    line = attest(network, vault, Act.CHECK, id, str(values.get("sha256", "")), count(len(faults), "défaut"))
    statement = Statement(
        dataset=dataset, vault=vault.id, at=line.at, by=line.actor, id=id, title=str(values["title"]),
        kind=EvidenceKind(str(values["kind"])), standing=found.standing, **_dates(values),
        about=[_concerned(each) for each in found.about], revisions=found.revisions,
        verdict=_verdict(found.standing, faults, bool(shared)), faults=faults, journal=head,
        access=Head(line.number, line.digest),
    )  # fmt: skip
    return Attested(statement, line)


def _dates(values: Values) -> dict[str, date | None]:
    names = ("fact_on", "received_on", "covers_from", "covers_to", "filed_on")
    return {name: date.fromisoformat(str(values[name])) if values.get(name) else None for name in names}


def _concerned(record: NodeRecord) -> Concerned:
    return Concerned(id=record.id, type=record.type, name=SCHEMA.nodes[record.type].caption(record.values))


def _verdict(worth: Standing, faults: list[Fault], shared: bool) -> Verdict:
    if faults:
        return Verdict.FAULTY
    if worth is Standing.DESTROYED and shared:
        return Verdict.SHARED
    return {Standing.ATTESTED: Verdict.WHOLE, Standing.DESTROYED: Verdict.DESTROYED}.get(worth, Verdict.DECLARED)


def _revision(each: Revision) -> str:
    when = f"  révision {each.number}, {days.moment(each.at)}, {each.author} :"
    digest = f"empreinte SHA-256 {each.sha256}" if each.sha256 else ""
    if each.erased:
        return f"{when} {', '.join(filter(None, (ERASED, digest)))}"
    if not digest:
        return f"{when} lien {each.url}"
    size = count(each.size, "octet") if each.size else ""
    return f"{when} {', '.join(filter(None, (each.file_name, media.labelled(each.media), size, digest)))}"
