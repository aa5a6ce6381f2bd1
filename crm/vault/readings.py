"""What people learn from a vault: a file, what is known of it, whether it is whole, who did what, which, how many."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import chain
from typing import BinaryIO, NamedTuple

from crm import days
from crm.errors import Forbidden, NotFound
from crm.faults import Fault
from crm.network import Network
from crm.network.rights import Actor, Right, openable, withheld
from crm.store.paging import every
from crm.store.protocol import Query, ReadTransaction
from crm.vault import checking
from crm.vault.access import AccessLog, Act, Attestation
from crm.vault.attested import Attested, attest, former, proof, require
from crm.vault.files import Vault
from crm.vault.revisions import Revision, revisions
from graph_schema import wording
from graph_schema.evidence import Evidence, EvidenceKind, Proves, Standing, mobilises, place, standing
from graph_schema.records import NodeRecord, Values
from graph_schema.wording import short_date

_PAGE = 500


class Destruction(NamedTuple):
    """When the file of a proof was destroyed, by whom and why, in words; the last two empty where nobody knows."""

    at: str
    author: str
    why: str


class Metadata(NamedTuple):
    """What is known of a proof without its content: its revisions, newest first, and what it attests.

    ``places`` say where the document says it, in words, by the ids of what it attests.

    ``withheld`` says what is closed to whoever asked, who may open it and how to ask: there are no revisions then.
    """

    record: NodeRecord
    standing: Standing
    revisions: list[Revision]
    about: list[NodeRecord]
    destruction: Destruction | None = None
    withheld: str = ""
    places: Mapping[str, str] = {}

    @property
    def mobilises(self) -> bool:
        """Whether it may show that the network is mobilised: a proof of the provider alone is communication."""
        return mobilises(each.type for each in self.about)


class Counts(NamedTuple):
    """How many proofs there are, by what they are worth, and what their files take."""

    proofs: int
    attested: int
    declared: int
    destroyed: int
    files: int
    bytes: int


def may_open(record: NodeRecord, actor: Actor) -> bool:
    """Whether ``actor`` may read the content of this proof, and there is one."""
    return openable(record, actor) and standing(record.values) is Standing.ATTESTED


@contextmanager
def read(
    network: Network, id: str, sha256: str = "", revision: int | None = None
) -> Iterator[tuple[NodeRecord, BinaryIO, Attestation]]:
    """The file of a proof, or that of a former revision, once it was seen to be what was deposited.

    A former one is named by its digest ``sha256``, or by the number ``revision``.

    The record comes with it as it was when that was its file.

    Raises ``Forbidden``, for a confidential one without the right to those, which leaves a line too; ``NotFound``
    where there is no file; ``StoreError`` (as ``Vault.opened``) when it is not what was deposited.
    """
    vault = require(network, Right.READ)
    record = network.read(lambda tx: proof(tx, id))
    if closed := withheld(record, network.actor):
        attest(network, vault, Act.READ, id, detail="refusée : preuve confidentielle")
        raise Forbidden(closed, field="id", code="confidential")
    current = str(record.values.get("sha256", ""))
    if destroyed := network.read(lambda tx: destruction(tx, record)):
        raise NotFound(destroyed_words(destroyed), field="id", code="file_destroyed")
    digest = sha256 or (current if revision is None else network.read(lambda tx: _numbered(tx, record, revision)))
    if standing(record.values) is not Standing.ATTESTED or digest not in (current, *former(record.values)):
        raise NotFound(
            "Cette preuve n'a pas, ou plus, ce fichier : « reseau28 evidence show » énumère ceux qu'elle a.",
            field="id",
            code="no_file",
        )
    if digest != current:
        record = network.read(lambda tx: _as_revised(tx, record, digest))
    with vault.opened(digest) as stream:
        yield record, stream, attest(network, vault, Act.READ, id, digest)


def metadata(network: Network, id: str) -> Attested[Metadata]:
    """What is known of a proof without its content."""
    vault = require(network, Right.READ)
    found = network.read(lambda tx: metadata_in(tx, id, network.actor))
    return Attested(found, attest(network, vault, Act.METADATA, id))


def check(network: Network, id: str = "") -> Attested[list[Fault]]:
    """The faults of one proof's files, or of the whole vault: each content is read and its digest computed again."""
    vault = require(network, Right.HISTORY)
    if id:
        network.read(lambda tx: proof(tx, id))
    found = checking.faults(network, proof=id or None)
    return Attested(found, attest(network, vault, Act.CHECK, id, detail=wording.count(len(found), "défaut")))


def journal(network: Network, id: str = "") -> Attested[list[Attestation]]:
    """The lines of the access log, newest first, of one record when given; this reading is one of them.

    Raises ``NotFound`` for one of which the log says nothing and the network neither.
    """
    vault = require(network, Right.HISTORY)
    if id and id not in network.read(lambda tx: tx.get([id])) and not any(_lines(vault, id)):
        raise NotFound(f"Le journal des accès ne dit rien de « {id} » : vérifiez cet identifiant.", field="id")
    attestation = attest(network, vault, Act.JOURNAL, id)
    lines = list(_lines(vault, id))
    return Attested(lines[::-1], attestation)


def without_proof(network: Network, lines: Iterable[Attestation]) -> set[int]:
    """The numbers of those lines of the access log that attest a deposit of which the network has no proof.

    The line is written before the proof: a process that was killed in between leaves it alone, and so does an older
    network that was put back. What may still be under way is not among them.
    """
    known = network.store.read(lambda tx: set(_deposited(tx)))
    since = network.clock() - timedelta(seconds=checking.UNDERWAY)
    made = (each for each in lines if each.act == Act.DEPOSIT and (each.about, each.sha256) not in known)
    return {each.number for each in made if days.here(each.at) < since}


def listing(network: Network, about: str = "", kind: EvidenceKind | None = None) -> Attested[list[NodeRecord]]:
    """The proofs, of one record or kind when given, the newest fact first. Raises ``NotFound`` for no record."""
    vault = require(network, Right.READ)
    found = network.read(lambda tx: _proofs(tx, about, kind))
    found.sort(key=lambda each: str(each.values.get("fact_on", "")), reverse=True)
    return Attested(found, attest(network, vault, Act.LIST, about))


def count(network: Network, about: str = "", kind: EvidenceKind | None = None) -> Attested[Counts]:
    """How many proofs there are, of one record or kind when given, and what their files take. Raises as ``listing``.

    Files that the actor may not open are not weighed.
    """
    vault = require(network, Right.READ)
    found = network.read(lambda tx: _proofs(tx, about, kind))
    worth = Counter(standing(each.values) for each in found)
    here = vault.entries()
    if about or kind or not network.actor.may(Right.CONFIDENTIAL):
        kept = [each.values for each in found if standing(each.values) is Standing.ATTESTED]
        named = {digest for values in kept for digest in (str(values.get("sha256", "")), *former(values))}
        here = {digest: entry for digest, entry in here.items() if digest in named}
    counts = Counts(
        len(found), worth[Standing.ATTESTED], worth[Standing.DECLARED], worth[Standing.DESTROYED], len(here),
        sum(entry.size for entry in here.values()),
    )  # fmt: skip
    return Attested(counts, attest(network, vault, Act.COUNT, about))


def _lines(vault: Vault, id: str) -> Iterator[Attestation]:
    """The lines of the access log that can be read, of one record when given."""
    return (each for each in AccessLog(vault.medium).entries() if each is not None and id in ("", each.about))


def _deposited(tx: ReadTransaction) -> Iterator[tuple[str, str]]:
    """The proofs, deleted ones too, each with the digest of each file that it ever had, and with none."""
    gone = ((each.id, each.values.get("sha256"), each.values.get("former")) for each in tx.deleted(Evidence.TYPE))
    for id, sha256, earlier in chain(tx.rows(Evidence.TYPE, ("sha256", "former")), gone):
        yield from (
            (str(id), each) for each in ("", str(sha256 or ""), *(earlier if isinstance(earlier, list) else ()))
        )


def _proofs(tx: ReadTransaction, about: str, kind: EvidenceKind | None) -> list[NodeRecord]:
    return [each for each in _all(tx, about) if kind in (None, each.values.get("kind"))]


def _all(tx: ReadTransaction, about: str) -> list[NodeRecord]:
    if about and about not in tx.get([about]):
        raise NotFound(f"Aucune fiche ne porte l'identifiant {about}.", field="about")
    if about:
        return list(
            tx.get(link.source for link in tx.links_of([about], [Proves.TYPE]) if link.target == about).values()
        )
    return list(every(tx, Query(Evidence.TYPE, limit=_PAGE)))


def metadata_in(tx: ReadTransaction, id: str, actor: Actor) -> Metadata:
    """What is known of a proof to ``actor``, within an act that is attested itself."""
    record = proof(tx, id)
    proved = {link.target: place(link.values) for link in tx.links_of([id], [Proves.TYPE]) if link.source == id}
    about = list(tx.get(proved).values())
    closed = withheld(record, actor)
    told = [] if closed else revisions(tx, record)
    return Metadata(record, standing(record.values), told, about, destruction(tx, record), closed, proved)


def destruction(tx: ReadTransaction, record: NodeRecord) -> Destruction | None:
    """How the file of a proof came to be destroyed; None while it was not."""
    if standing(record.values) is not Standing.DESTROYED:
        return None
    for commit, change in reversed(tx.history(record.id)):
        if change.action != "redact" and (change.after or {}).get("destroyed_on"):
            return Destruction(days.moment(commit.at), commit.by, str(commit.detail.get("why", "")))
    return Destruction(short_date(date.fromisoformat(str(record.values["destroyed_on"]))), "", "")


def destroyed_words(found: Destruction) -> str:
    """That the file of a proof was destroyed, in a sentence."""
    by = f" par {found.author}" if found.author else ""
    why = f" : {found.why}" if found.why else ""
    return f"Le fichier de cette preuve a été détruit le {found.at}{by}{why}."


def _as_revised(tx: ReadTransaction, record: NodeRecord, sha256: str) -> NodeRecord:
    """A proof with the file of a former revision as its own."""
    found = next((each for each in revisions(tx, record) if each.sha256 == sha256), None)
    if found is None or found.erased:  # what told it was taken from the journal
        return record._replace(values={**record.values, "sha256": sha256, "media": "", "file_name": sha256[:12]})
    told: Values = {"sha256": sha256, "file_name": found.file_name, "size": found.size, "media": found.media}
    return record._replace(values={**record.values, **told})


def _numbered(tx: ReadTransaction, record: NodeRecord, number: int) -> str:
    """The digest of the revision of that number. Raises ``NotFound``."""
    for each in revisions(tx, record):
        if each.number == number and each.sha256:
            return each.sha256
    raise NotFound(
        f"Cette preuve n'a pas de révision {number} qui soit un fichier : « evidence show » les énumère.",
        field="revision",
    )
