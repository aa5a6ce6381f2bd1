"""Receipts: a few lines kept away from the data, against which they show later that nothing was cut or rewritten.

The chain of the journal tells what was altered inside it, never that its end was taken off or that all of it was made
anew. Whoever holds the number and the digest of a commit can tell: all that came before is under that digest.
"""

import codecs
import hashlib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from crm import days
from crm.errors import InputError, Reseau28Error
from crm.faults import Fault
from crm.files import private
from crm.files.paths import given
from crm.files.system_errors import reason
from crm.ledger import verifier
from crm.ledger.reached import detail_of
from crm.network import Network
from crm.network.heads import digest_at
from crm.network.rights import Right
from crm.store.journal import VERSION
from crm.store.protocol import ReadTransaction
from crm.vault import continuity
from graph_schema.records import DATASET, Head
from graph_schema.wording import count, number, plural

_LARGEST = 1 << 20
_SUFFIX = ".recu.json"


def _as_written(at: datetime) -> datetime:
    """An instant as receipts say it: in UTC, of a year that every clock can tell."""
    if at.utcoffset() or not 1970 <= at.year < 2200:
        raise ValueError(at)
    return at


Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=2**53)]


class Access(BaseModel):
    """An access log that had ``count`` lines, and the newest's digest."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    count: Annotated[int, Field(ge=1, le=2**53)]
    digest: Digest


class Receipt(BaseModel):
    """What the journal of the network ``dataset`` was at the instant ``at``: so many commits, and the newest's digest.

    ``nodes`` and ``links`` are what the network held then, ``access`` how far the access log of its vault went, where
    there is one. ``token`` is the answer of a time-stamp server (RFC 3161,
    base64), where one was asked.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    dataset: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
    number: Count
    digest: Digest
    nodes: Count
    links: Count
    at: Annotated[AwareDatetime, Field(strict=False), AfterValidator(_as_written)]
    access: Access | None = None
    token: Annotated[str, StringConstraints(max_length=100_000)] = ""

    @property
    def named(self) -> str:
        """The receipt in a sentence: by its instant."""
        return f"reçu du {days.moment(self.at)}"


class _File(BaseModel):
    """A receipt as it is written: ``check`` tells a file that was damaged from one that contradicts the journal."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reseau28_receipt: Annotated[int, Field(ge=1, le=1)]
    receipt: Receipt
    check: Digest


def issue(network: Network, access: Head | None = None) -> Receipt:
    """The receipt of the network as it is now; ``access`` is the head of its access log, where that is elsewhere."""
    info = network.read(lambda tx: tx.info(), Right.HISTORY)
    access = access or continuity.head(network)
    return Receipt(
        dataset=info.dataset,
        number=info.head.number,
        digest=info.head.digest,
        nodes=info.nodes,
        links=info.links,
        at=network.clock(),
        access=Access(count=access.number, digest=access.digest) if access else None,
    )


def beside(file: Path) -> Path:
    """Where the receipt of the backup ``file`` is written."""
    return file.with_name(f"{file.name}{_SUFFIX}")


def document(receipt: Receipt) -> dict[str, object]:
    """A receipt as data."""
    return receipt.model_dump(mode="json", exclude_defaults=True)


def write(receipt: Receipt, file: Path) -> None:
    """Write ``receipt`` into the new file ``file``.

    Raises ``InputError`` when it exists, ``StoreError`` when it cannot be written.
    """
    content = {"reseau28_receipt": 1, "receipt": document(receipt), "check": _check(receipt)}
    with private.new_file(file) as stream:
        stream.write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def read(file: Path) -> Receipt:
    """The receipt kept in ``file``. Raises ``InputError`` for a file that cannot be read, is none, or is damaged."""
    try:
        with given(file, "receipt") as stream:
            content = stream.read(_LARGEST)
    except OSError as error:
        raise InputError(f"« {file} » ne peut pas être lu ({reason(error)}).", field="receipt") from None
    written = content.removeprefix(codecs.BOM_UTF8)
    try:
        found = _File.model_validate_json(written)
        verifier.parsed(written)  # as it is read without this software: a name that stands twice is refused
    except (ValidationError, ValueError):
        if _version(written) > 1:
            raise InputError(
                f"« {file} » est un reçu d'une version plus récente de Réseau 28 : mettez ce logiciel à jour.",
                field="receipt",
                code="newer_receipt",
            ) from None
        raise InputError(
            f"« {file} » n'est pas un reçu de Réseau 28, ou il est abîmé : prenez-en une autre copie.",
            field="receipt",
            code="not_a_receipt",
        ) from None
    if found.check != _check(found.receipt):
        raise InputError(
            f"« {file} » est un reçu abîmé ou retouché : prenez-en une autre copie.",
            field="receipt",
            code="damaged_receipt",
        )
    return found.receipt


def _version(written: bytes) -> int:
    """The version of what a receipt is written in; 0 for what is none."""
    try:
        known = verifier.parsed(written)
    except ValueError:
        return 0
    version = known.get("reseau28_receipt") if isinstance(known, dict) else None
    return version if isinstance(version, int) else 0


def require_same_network(network: Network, receipt: Receipt) -> None:
    """Raise ``InputError`` when ``receipt`` is of another network: it says nothing of this one."""
    if not network.read(lambda tx: receipt.dataset in (tx.dataset(), _anchored(tx)), Right.HISTORY):
        raise InputError(
            f"Le {receipt.named} est celui d'un autre réseau ({receipt.dataset[:8]}…) : donnez un reçu de celui-ci, ou"
            " ouvrez l'autre avec --store.",
            field="receipt",
            code="other_network",
        )


def _anchored(tx: ReadTransaction) -> object:
    """The network of which the journal itself says that it is, whatever the store says; None where it says none."""
    first = next((commit for commit in tx.commit_texts() if commit.version == VERSION), None)
    return detail_of(first).get(DATASET) if first else None


def faults(tx: ReadTransaction, receipt: Receipt, *, counts: bool = False) -> list[Fault]:
    """What the journal lacks of what ``receipt`` attests: its end was cut, or what came before was rewritten.

    With ``counts``, which a journal that is whole alone can tell, those that it says are held against it too.
    """
    head = tx.head()
    if head.number < receipt.number:
        missing = receipt.number - head.number
        what = f"les {count(missing, 'dernier acte')}" if missing > 1 else "le dernier acte"
        message = (
            f"Le {receipt.named} atteste {count(receipt.number, 'acte')} et le journal s'arrête au n° {head.number} :"
            f" {what} {plural(missing, 'a', 'ont')} été {plural(missing, 'retiré')}, ou une sauvegarde plus ancienne a"
            " été remise."
        )
        return [Fault("receipt_cut", str(head.number + 1), message)]
    if digest_at(tx, receipt.number) != receipt.digest:
        message = (
            f"L'acte {receipt.number} n'est pas celui du {receipt.named} : cet acte ou d'autres avant lui ont été"
            " réécrits."
        )
        return [Fault("receipt_rewritten", str(receipt.number), message)]
    if counts and (counted := _counted(tx, receipt.number)) != (receipt.nodes, receipt.links):
        message = (
            f"Le {receipt.named} compte {count(receipt.nodes, 'fiche')} et {count(receipt.links, 'lien')} ; le journal,"
            f" {number(counted[0])} et {number(counted[1])} à l'acte {receipt.number} : ce reçu a été refait."
        )
        return [Fault("receipt_counts", str(receipt.number), message)]
    return []


def _counted(tx: ReadTransaction, at: int) -> tuple[int, int]:
    """How many nodes and links there were after the commit ``at``: those of now, without what came and went since."""
    info = tx.info()
    since = Counter[tuple[bool, str]]()
    if at < info.head.number:
        since.update((change.source is None, change.action) for _, change in tx.changes(at + 1, info.head.number))
    gone = [since[node, "delete"] - since[node, "create"] for node in (True, False)]
    return info.nodes + gone[0], info.links + gone[1]


def access_faults(network: Network, receipt: Receipt) -> list[Fault]:
    """What the access log of the network's vault lacks of what ``receipt`` attests of it."""
    if receipt.access is None:
        return []
    return continuity.lacking(network, Head(receipt.access.count, receipt.access.digest), receipt.named)


def of_backup(file: Path, network: Network) -> list[Fault]:
    """What a ``network`` restored from the backup ``file`` lacks of what the receipt beside it attests, if any."""
    path = beside(file)
    if not path.exists():
        return []
    try:
        receipt = read(path)
        require_same_network(network, receipt)
        lacking = network.read(lambda tx: faults(tx, receipt), Right.HISTORY)
        return [*lacking, *access_faults(network, receipt)]
    except Reseau28Error as error:
        if error.code != "other_network":
            return [Fault(error.code, str(path), str(error))]
    what = f"Le reçu « {path} » est celui d'un autre réseau que cette sauvegarde : l'un des deux a été changé."
    return [Fault("other_network", str(path), what)]


def _check(receipt: Receipt) -> str:
    return hashlib.sha256(orjson.dumps(document(receipt), option=orjson.OPT_SORT_KEYS)).hexdigest()
