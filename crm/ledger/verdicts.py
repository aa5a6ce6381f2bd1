"""What a verification says, in three verdicts that are never one: whether the journal and the records are intact, up to
where a receipt shows the journal to be complete, and since when nothing outside of the data attests it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crm.days import here, moment
from crm.errors import Reseau28Error, StoreError
from crm.faults import Fault, how_many, shown
from crm.files import memory
from crm.files.memory import IF_MEANT, Gap, GapWords
from crm.ledger import receipts, timestamps, verify
from crm.ledger.reached import reached
from crm.ledger.receipts import Receipt
from crm.ledger.redaction import redacted_in
from crm.ledger.timestamps import TimeStamp
from crm.ledger.verify import Progress
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction
from crm.vault import continuity
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.records import UNDATED, Head
from graph_schema.wording import count, plural

_ASTRAY = timedelta(minutes=5)
"""By so much clocks of two machines may differ."""

_WORDS = GapWords(
    "",
    "l'acte {} de ce réseau",
    "s'arrête au n° {}",
    "le journal {} : la fin a été retirée, ou une sauvegarde plus ancienne a été remise sans « reseau28 restore »."
    f" {IF_MEANT}",
    f"ce n'est plus le même : la suite du journal a été remplacée. {IF_MEANT}",
    "Cette machine a vu ici un autre réseau ({}…, acte {}, le {}) : celui-ci a été mis à sa place, ou l'ancien refait"
    f" sous une autre identité. {IF_MEANT}",
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was found, up to the commit ``head``; ``began`` is the instant of the first one.

    ``altered`` are the faults of the journal and of the records, ``lost`` what a receipt or this machine knows and the
    journal no longer holds, ``vault`` those of the files of proofs and of their access log, whose newest line is
    ``access`` (None: there is none), ``remarks`` what is worth knowing besides. ``stamp`` is what the receipt's token
    proves.
    """

    altered: list[Fault]
    lost: list[Fault]
    remarks: list[Fault]
    receipt: Receipt | None
    head: Head
    began: str | None
    stamp: TimeStamp | None = None
    vault: tuple[Fault, ...] = ()
    access: Head | None = None

    @property
    def faults(self) -> list[Fault]:
        """All that is not as it should be."""
        return [*self.altered, *self.vault, *self.lost]

    @property
    def intact(self) -> bool:
        """Whether nothing inside the journal, of the records or of the vault was altered."""
        return not self.altered and not self.vault

    @property
    def complete(self) -> bool | None:
        """Whether the journal is whole up to the receipt; None where nothing tells: no receipt, or a broken chain."""
        if self.receipt is None:
            return None
        if any(fault.code.startswith("receipt") for fault in self.lost):
            return False
        return None if self.altered else True

    @property
    def unattested(self) -> int:
        """How many of the last commits nothing outside of the data attests."""
        return self.head.number - (self.receipt.number if self.receipt and self.complete else 0)

    @property
    def since(self) -> str | None:
        """From when on nothing attests the journal: the receipt, else the first commit; None when all is attested."""
        if not self.unattested:
            return None
        return self.receipt.at.isoformat() if self.receipt and self.complete else self.began

    def sentences(self) -> list[str]:
        """The verdicts in words, each its own sentence."""
        many = how_many(self.altered)
        intact = "Journal intact, fiches conformes au journal."
        altered = f"Journal ou fiches {plural(many, 'altéré')} : {count(many, 'défaut')}."
        first = altered if self.altered else intact
        return [first, *self._completeness(), self._attestation(), *self._of_vault()]

    def _of_vault(self) -> list[str]:
        many = len(self.vault)
        if many:
            return [f"Coffre ou journal des accès {plural(many, 'altéré')} : {count(many, 'défaut')}."]
        if self.access is None:
            return []
        held = self.receipt.access if self.receipt else None
        until = f", complet jusqu'au {self.receipt.named} (ligne {held.count})" if self.receipt and held else ""
        anew = any(each.code == continuity.RESTARTED for each in self.remarks)
        since = " depuis qu'il a été recommencé" if anew else ""
        return [f"Coffre intact, journal des accès intact{since} : {count(self.access.number, 'ligne')}{until}."]

    def _completeness(self) -> list[str]:
        if self.receipt is None:
            return []
        named = self.receipt.named
        if self.complete:
            stamp = f", {self.stamp.words}" if self.stamp else ""
            return [f"Journal complet jusqu'au {named} (acte {self.receipt.number}){stamp}."]
        if self.complete is None:
            return [f"Le {named} ne prouve rien : le journal qu'il atteste est altéré."]
        return [f"Journal incomplet ou réécrit : il contredit le {named}."]

    def _attestation(self) -> str:
        if not self.unattested:
            return "Rien n'est sans ancrage : aucun acte depuis ce reçu." if self.receipt else "Aucun acte encore."
        many = count(self.unattested, "acte")
        since = f" depuis le {moment(self.since)}" if self.since else ""
        what = f"Sans ancrage{since} : {many} qu'aucun reçu donné ici n'atteste."
        normal = " Ce n'est pas un défaut : « reseau28 receipt » fait un reçu, à garder ailleurs."
        return what if self.receipt else what + normal


def judge(
    network: Network,
    receipt: Receipt | None = None,
    progress: Progress = lambda done, total: None,
    certificates: Path | None = None,
) -> Verdicts:
    """Verify the network, against ``receipt`` too if there is one, and against what this machine has seen.

    ``certificates`` are those that vouch for time-stamps. Raises ``InputError`` for a receipt of another network, or
    one whose time-stamp proves nothing, before anything is verified.
    """
    if receipt:
        verify.as_found(network, lambda: receipts.require_same_network(network, receipt))
    stamp = None
    if receipt and receipt.token:
        timestamps.require_coherent(receipt)
        stamp = timestamps.check(receipt, certificates) if certificates else None
    return verify.as_found(network, lambda: _judged(network, receipt, stamp, progress))


def _judged(network: Network, receipt: Receipt | None, stamp: TimeStamp | None, progress: Progress) -> Verdicts:
    altered, vault = verify.look(network, progress)
    of_vault = [*vault.faults, *_of_access(network, receipt, vault.faults)]
    newest = continuity.head(network)

    def work(tx: ReadTransaction) -> Verdicts:
        lost = receipts.faults(tx, receipt, counts=not altered) if receipt else []
        gap = network.heads.gap(tx) if network.heads else None
        told = [fault_of(gap)] if gap else []
        if gap and gap.here:
            lost, told = [*lost, *told], []
        first = next((each.at for each in tx.commits(limit=1) if each.at != UNDATED), None)
        emptied = [Fault("redacted", str(each.number), each.words) for each in redacted_in(tx)]
        of_receipt = [*_of_token(receipt, stamp, network.clock()), *_of_instant(tx, receipt, network.clock())]
        remarks = [*told, *_of_memory(network, tx), *_of_schema(tx), *of_receipt, *emptied]
        return Verdicts(
            altered, lost, [*remarks, *vault.remarks], receipt, tx.head(), first, stamp,
            tuple(of_vault), newest,
        )  # fmt: skip

    return network.read(work, Right.HISTORY)


def of_journal(network: Network, progress: Progress = lambda done, total: None) -> list[Fault]:
    """What is altered in the journal or the records, or gone of what this machine has seen; files are not looked at."""

    def work(tx: ReadTransaction) -> list[Fault]:
        gap = network.heads.gap(tx) if network.heads else None
        return [*verify.verify_in(tx, progress), *([fault_of(gap)] if gap and gap.here else [])]

    return verify.as_found(network, lambda: network.read(work, Right.HISTORY))


def _of_access(network: Network, receipt: Receipt | None, known: list[Fault]) -> list[Fault]:
    """What the access log lacks of what a receipt attests; what keeps it from being looked at may be ``known``."""
    try:
        return receipts.access_faults(network, receipt) if receipt else []
    except Reseau28Error as error:
        return [] if known else [Fault(error.code, "vault", str(error))]


def _of_memory(network: Network, tx: ReadTransaction) -> list[Fault]:
    """That this machine cannot remember how far it saw the network, or no longer knows what it remembered."""
    if network.heads is None:
        return []
    dataset = tx.dataset()
    if trouble := network.heads.trouble(dataset):
        return [Fault("no_memory", shown(dataset), no_memory(trouble))]
    damaged = network.heads.damaged(dataset)
    return [memory.damaged(damaged, dataset, "du journal")] if damaged else []


def _of_schema(tx: ReadTransaction) -> list[Fault]:
    """What is to be known of data that an older build wrote: less is held against less."""
    version = tx.info().schema_version
    if version == SCHEMA_VERSION or reached(tx) >= SCHEMA_VERSION:  # a lowered version is a fault, told as such
        return []
    message = (
        f"Ces données sont d'un schéma plus ancien ({version}, ici {SCHEMA_VERSION}) : le journal, les fiches et les"
        " fichiers des preuves sont vérifiés, rien d'autre. « reseau28 migrate » les met à jour."
    )
    return [Fault("older_schema", str(version), message)]


def _of_token(receipt: Receipt | None, stamp: TimeStamp | None, now: datetime) -> list[Fault]:
    """What is to be known of a receipt's time-stamp."""
    if receipt and receipt.token and not stamp:
        message = (
            f"L'horodatage du {receipt.named} n'est pas vérifié : donnez dans RESEAU28_TSA_CERTIFICATES les certificats"
            " de ceux à qui vous faites confiance."
        )
        return [Fault("timestamp_unchecked", str(receipt.number), message)]
    if receipt and stamp and stamp.until < now:
        message = (
            f"Le certificat qui a signé l'horodatage du {receipt.named} a expiré le {moment(stamp.until)} : il valait"
            " encore à la signature, mais faites un nouveau reçu."
        )
        return [Fault("timestamp_certificate_expired", str(receipt.number), message)]
    return []


def _of_instant(tx: ReadTransaction, receipt: Receipt | None, now: datetime) -> Iterator[Fault]:
    """What is to be known of a receipt that says to be of an instant at which it cannot have been made."""
    if receipt is None:
        return
    last = next(iter(tx.commits(after=receipt.number - 1, limit=1)), None) if receipt.number else None
    early = last is not None and last.number == receipt.number and receipt.at + _ASTRAY < here(last.at)
    if early or receipt.at > now + _ASTRAY:
        why = "l'acte qu'il atteste a été fait après" if early else "qui n'est pas encore venu"
        message = (
            f"Le {receipt.named} ne peut pas être de cet instant, {why} : une horloge était fausse, ou il a été refait."
        )
        yield Fault("receipt_instant", str(receipt.number), message)


def accept(network: Network) -> None:
    """Say that the network as it is here is as it should be: what this machine saw before counts no more."""
    network.actor.require(Right.ADMIN)
    if network.heads:
        if trouble := network.heads.trouble(network.read(lambda tx: tx.dataset())):
            raise StoreError(no_memory(trouble), code="no_memory")
        network.heads.mark(network.store, "accepted", network.actor.name)
        continuity.mark(network, "accepted")


def no_memory(trouble: str) -> str:
    """What to say where this machine cannot note what it sees of a journal (``Heads.trouble``)."""
    return (
        f"Cette machine ne peut pas noter jusqu'où elle a vu le journal ({trouble}) : une fin coupée ou une sauvegarde"
        " plus ancienne ne s'y verrait plus. Rendez ce dossier accessible en écriture, ou choisissez-en un autre"
        " (RESEAU28_HOME)."
    )


def fault_of(gap: Gap) -> Fault:
    """What to say where the journal parts from what this machine has seen."""
    return memory.fault_of(gap, _WORDS)
