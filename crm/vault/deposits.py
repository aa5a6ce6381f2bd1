"""What people put into a vault, and take away for good.

The order is always the same: the right, the file whole in the vault, the attestation, then the commit. So a proof in
the network has its file, and nothing is destroyed without a trace; a process that is killed in between leaves a file
that no proof names, which the doctor finds.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any, BinaryIO, NamedTuple

from crm.errors import InputError, NotFound, Reseau28Error
from crm.files import media
from crm.network import Network
from crm.network.identity import new_id
from crm.network.rights import Right
from crm.network.validation import clean
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction, WriteTransaction
from crm.vault import checking, readings, texts, unnamed
from crm.vault.access import Act
from crm.vault.attested import Attested, attest, former, lasting, proof, require
from crm.vault.files import StoredContent, Vault
from crm.vault.place import known_vault, other_vault
from crm.vault.texts import Taken
from graph_schema.evidence import Evidence, EvidenceKind, EvidenceStatus, Proves, beyond, confidential
from graph_schema.limits import Limit
from graph_schema.records import Commit, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import count

LONGEST_TITLE = Limit(300, "Lettres du titre d'une preuve", "refusé : abrégez-le")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a proof when it is deposited; ``about`` are the ids of what it attests.

    Without a ``title`` it is called by the name of its file; a confidential one by its kind, for all may read a title.
    """

    about: Sequence[str]
    kind: EvidenceKind
    fact_on: date
    title: str = ""
    received_on: date | None = None
    covers: tuple[date | None, date | None] = (None, None)
    confidential: bool = False
    page: str = ""
    passage: str = ""


class Deposited(NamedTuple):
    """A proof that was deposited: its id, its content (None for a link), the commit that says so.

    ``wordless`` says, in a sentence, why search will find no words in it, ``remark`` that it is kept as another than
    people would open it, has not the page that is named, or proves the same already; empty where nothing is to be said.
    """

    id: str
    content: StoredContent | None
    commit: Commit | None
    wordless: str = ""
    remark: str = ""


class Destroyed(NamedTuple):
    """What a destruction took away: the digests ``removed``, and how many contents another proof keeps (``shared``)."""

    removed: list[str]
    shared: int


class Swept(NamedTuple):
    """The digests of files without a proof: those ``removed``, and those ``spared`` as they had been deposited."""

    removed: list[str]
    spared: list[str]


def deposit(network: Network, source: BinaryIO, name: str, said: Description) -> Attested[Deposited]:
    """Add a proof whose file is read from ``source``; ``name`` is what people call it.

    Raises ``InputError`` for a file or a description that does not fit, ``NotFound`` for what it is about,
    ``StoreError`` when the vault cannot keep it. No proof is added then.
    """
    vault, name = require(network, Right.EDIT), _plain(name)
    values = _described(network, said, name.rpartition(".")[0] or name)
    with _kept(network, vault, source, name) as content:
        id = new_id()
        attestation = attest(network, vault, Act.DEPOSIT, id, content.sha256)
        commit = _create(network, vault, id, {**values, **_filed(content, name, vault)}, said)
    done = _deposited(vault, id, content, name, commit, source, [said.page])
    twins = network.read(lambda tx: _twins(tx, id, content, said.about)) if content.known else []
    return Attested(done._replace(remark=" ".join(filter(None, [done.remark, _again(name, twins)]))), attestation)


def declare(network: Network, url: str, said: Description) -> Attested[Deposited]:
    """Add a proof that is a link: nothing fetches it, so it has no digest and is never more than declared."""
    vault = require(network, Right.EDIT)
    values = _described(network, said, url, url=url)
    id = new_id()
    attestation = attest(network, vault, Act.DEPOSIT, id)
    return Attested(Deposited(id, None, _create(network, vault, id, values, said)), attestation)


def revise(network: Network, id: str, source: BinaryIO, name: str) -> Attested[Deposited]:
    """Give a proof a new revision: the file in ``source``. Those before stay in the vault.

    Raises as ``deposit``, and ``InputError`` for the file that it has already or a proof whose file was destroyed.
    """
    vault, name = require(network, Right.EDIT), _plain(name)
    before = network.read(lambda tx: proof(tx, id))
    if before.values.get("destroyed_on"):
        raise InputError("Le fichier de cette preuve a été détruit : déposez une autre preuve.", field="proof")
    with _kept(network, vault, source, name) as content:
        if before.values.get("vault") and before.values.get("sha256") == content.sha256:
            raise InputError(f"« {name} » est déjà le fichier de cette preuve.", field="file", code="same_file")
        attestation = attest(network, vault, Act.DEPOSIT, id, content.sha256)

        def work(unit: UnitOfWork) -> None:
            _same_vault(unit.tx, vault)
            kept = unit.expect(id, before.revision).values
            earlier = [*former(kept), *([str(kept["sha256"])] if kept.get("vault") else [])]
            filed = {**_filed(content, name, vault), "filed_on": network.today().isoformat(), "url": None}
            unit.update(id, {**filed, "former": [each for each in earlier if each != content.sha256]}, vouched=True)

        commit = network.commit("Preuve déposée : nouvelle révision", work).commit
    links = network.read(lambda tx: tx.links_of([id], [Proves.TYPE]))
    pages = [str(link.values.get("page", "")) for link in links if link.source == id]
    return Attested(_deposited(vault, id, content, name, commit, source, pages), attestation)


def destroy(network: Network, id: str, why: str) -> Attested[Destroyed]:
    """Destroy the files of a proof, former revisions included; returns those that it took from the vault.

    The proof stays, with its dates and digests. A content that another proof holds stays too. One that was deleted
    comes back for the time of a commit, kept together with the one that deletes it again, so that whoever undoes its
    deletion finds it without its file. Raises
    ``InputError`` without a reason, for a proof without a file or whose files are destroyed already.
    """
    vault = require(network, Right.ADMIN)
    if not why.strip():
        raise InputError("Dites pourquoi ce fichier est détruit.", field="why")
    record = network.read(lambda tx: lasting(tx, id))
    digests = [str(record.values.get("sha256", "")), *former(record.values)]
    if not record.values.get("vault"):
        raise InputError("Cette preuve n'a pas de fichier : il n'y a rien à détruire.", field="id", code="no_file")
    _refuse_destroyed(network, vault, record, digests)
    attestation = attest(network, vault, Act.DESTROY, id, digests[0], why.strip())
    if not record.values.get("destroyed_on"):  # else it is done again after a process that was killed
        _say_destroyed(network, record, why.strip())
    removed = _release(network, vault, digests)
    shared = network.store.read(checking.named).kept.keys() & {*digests}
    return Attested(Destroyed(removed, len(shared)), attestation)


def _refuse_destroyed(network: Network, vault: Vault, record: NodeRecord, digests: Sequence[str]) -> None:
    """Refuse what was done already; a destruction that was killed has left files, and may be done again."""
    done = network.read(lambda tx: readings.destruction(tx, record))
    kept = network.store.read(checking.named).kept if done else {}
    if done and not any(vault.holds(each) for each in digests if each not in kept):
        by = f" par {done.author}" if done.author else ""
        raise InputError(
            f"Le fichier de cette preuve est déjà détruit (le {done.at}{by}) : il n'y a plus rien à détruire.",
            field="id", code="file_destroyed",
        )  # fmt: skip


def _say_destroyed(network: Network, record: NodeRecord, why: str) -> None:
    """Have the record say that its file is no more; one that was deleted is deleted again."""
    values = {**record.values, "destroyed_on": network.today().isoformat()}
    detail = {"why": why}

    deleted = False

    def work(unit: UnitOfWork) -> None:
        nonlocal deleted
        deleted = unit.node(record.id) is None
        if deleted:
            unit.create(record.type, values, id=record.id, revision=record.revision + 1, vouched=True)
        else:
            unit.update(record.id, values, revision=record.revision, vouched=True)

    again = "Preuve supprimée, son fichier détruit", lambda unit: unit.delete([record.id] if deleted else [])
    network.commit("Fichier de preuve détruit", work, detail=detail, right=Right.ADMIN, then=again)


def destroy_orphans(network: Network, why: str = "") -> Attested[Swept]:
    """Take away the files that no proof names, left by deposits that were killed.

    Those that the access log says were deposited are of proofs that the network does not know: they go only if ``why``
    says why. Raises ``ConflictError`` where the network or the access log is behind what this machine has seen.
    """
    vault = require(network, Right.ADMIN)
    unnamed.require_current(network, vault)
    found = unnamed.sort(network, vault, checking.orphans(vault.entries(), network.store.read(checking.named)))
    going, spared = [*found.left, *found.deposited], list[str]()
    if not why.strip():
        going, spared = found.left, list(found.deposited)
    detail = f"{count(len(going), 'fichier')} sans preuve{f' ; {why.strip()}' if why.strip() else ''}"
    attestation = attest(network, vault, Act.DESTROY, detail=detail)
    return Attested(Swept(_release(network, vault, going), spared), attestation)


@contextmanager
def _kept(network: Network, vault: Vault, source: BinaryIO, name: str) -> Iterator[StoredContent]:
    """A content put into the vault for a commit: it is there if the commit is, and goes if it is of no use."""
    content = vault.put(source, name)
    try:
        yield content
    except BaseException:
        if not content.known:
            with suppress(Reseau28Error):
                _release(network, vault, [content.sha256])
        raise
    if not vault.holds(content.sha256):  # a destruction went by between the two
        source.seek(0)
        vault.put(source, name)


def _deposited(
    vault: Vault, id: str, content: StoredContent, name: str, commit: Commit | None, source: BinaryIO,
    pages: Iterable[str],
) -> Deposited:  # fmt: skip
    """What is told of a file that is in the network now, its words taken; ``pages`` are those that links name."""
    taken, wordless = _take_words(vault, content, source, name), ""
    if taken.why:
        wordless = taken.why
    elif not taken.words:
        wordless = "La recherche ne trouvera pas ce document par ses mots : il n'en donne aucun."
    absent = [each for each in dict.fromkeys(pages) if taken.pages and beyond(each, taken.pages)]
    remarks = [media.remark(name, content.media), *(_absent(name, each, taken.pages) for each in absent)]
    return Deposited(id, content, commit, wordless, " ".join(filter(None, remarks)))


def _twins(tx: ReadTransaction, id: str, content: StoredContent, about: Sequence[str]) -> list[str]:
    """What the proofs other than ``id`` are called that attest one of these records by the same content."""
    same = tx.lookup(Evidence.TYPE, "sha256", [content.sha256]).get(content.sha256, [])
    proving = {link.source for link in tx.links_of(about, [Proves.TYPE]) if link.target in about}
    kept = (each for each in same if not each.values.get("destroyed_on") and each.id != id)
    return [str(each.values["title"]) for each in kept if each.id in proving]


def _again(name: str, twins: Sequence[str]) -> str:
    if not twins:
        return ""
    others = f" et de {count(len(twins) - 1, 'autre')}" if len(twins) > 1 else ""
    return f"« {name} » est déjà le document de la preuve « {twins[0]} »{others} : supprimez ce qui est de trop."


def _absent(name: str, page: str, pages: int) -> str:
    many = count(pages, "page")
    return f"« {name} » a {many} : « {page} » n'y est pas, corrigez la page sur le lien « {Proves.about.label} »."


def _take_words(vault: Vault, content: StoredContent, source: BinaryIO, name: str) -> Taken:
    """Take the words of what was just deposited; it is deposited without them too, and why there are none is told."""
    try:
        source.seek(0)
        taken = texts.take(vault, content.sha256, content.media, source, name)
    except (Reseau28Error, OSError, ValueError) as error:
        why = f"Le texte de ce document n'a pas pu être tiré ({error}) : « reseau28 evidence texts » réessaie."
        return Taken(False, why)
    return taken._replace(why=f"La recherche ne lira pas ce document : {taken.why}") if taken.why else taken


def _release(network: Network, vault: Vault, digests: Sequence[str]) -> list[str]:
    """Take away those contents that no proof keeps, while nobody writes; returns those that were there."""

    def remove(tx: WriteTransaction) -> list[str]:
        kept = checking.named(tx).kept
        gone = []
        for each in dict.fromkeys(digests):
            if each in kept:
                continue
            gone += [each] if vault.holds(each) else []
            texts.drop(vault, each)  # before, so that no killed process leaves the words alone
            vault.remove(each)
            texts.drop(vault, each)  # after, for who took them meanwhile
        return gone

    return network.store.write(remove)


def _create(network: Network, vault: Vault, id: str, values: dict[str, Any], said: Description) -> Commit | None:
    where = _where(said)

    def work(unit: UnitOfWork) -> None:
        if "vault" in values:
            _same_vault(unit.tx, vault)
        unit.create(Evidence.TYPE, values, id=id, vouched=True)
        for each in dict.fromkeys(said.about):
            unit.connect(Proves.TYPE, id, each, where)

    return network.commit(f"Preuve déposée : {said.kind.label}", work).commit


def _where(said: Description) -> dict[str, str]:
    """Where the document says what it attests."""
    return {name: text for name, text in (("page", said.page), ("passage", said.passage)) if text.strip()}


def _same_vault(tx: ReadTransaction, vault: Vault) -> None:
    """Refuse to put a proof beside those of another vault, which another instance may have begun meanwhile."""
    if known_vault(tx) not in (None, vault.id):
        raise other_vault(vault.medium)


def _described(network: Network, said: Description, title: str, **more: str) -> dict[str, Any]:
    """The values of a proof that do not depend on its content, once they fit. Raises as ``deposit``."""
    today = network.today()
    if said.fact_on > today:
        raise InputError(
            f"La date du fait ({said.fact_on:%d/%m/%Y}) suit celle du dépôt : corrigez-la.",
            field="fact_on",
        )
    if len(said.title) > LONGEST_TITLE:
        raise InputError(f"Le titre a {len(said.title)} lettres : {LONGEST_TITLE} au plus.", field="title")
    if not said.about:
        raise InputError("Dites quelle fiche cette preuve concerne.", field="about")
    days = {"fact_on": said.fact_on, "received_on": said.received_on, "filed_on": today}
    days |= {"covers_from": said.covers[0], "covers_to": said.covers[1]}
    values: dict[str, Any] = {name: day.isoformat() for name, day in days.items() if day}
    values |= {"kind": said.kind, "status": EvidenceStatus.DRAFT, "author": network.actor.name, **more}
    values |= {"confidential": True} if said.confidential else {}
    values["title"] = said.title.strip() or (said.kind.label if confidential(values) else title)
    clean(SCHEMA.nodes[Evidence.TYPE], values)
    clean(SCHEMA.links[Proves.TYPE], _where(said))
    known = network.read(lambda tx: tx.get(said.about))
    for each in said.about:
        if each not in known:
            raise NotFound(f"La fiche « {each} » n'existe pas ou plus : la preuve n'est pas déposée.", field="about")
        if not SCHEMA.links[Proves.TYPE].allows(Evidence.TYPE, known[each].type):
            label = SCHEMA.nodes[known[each].type].about.label
            raise InputError(f"Une preuve ne peut pas concerner une fiche « {label} ».", field="about")
    return values


def _filed(content: StoredContent, name: str, vault: Vault) -> dict[str, Any]:
    return {
        "sha256": content.sha256, "size": content.size, "media": content.media, "file_name": name, "vault": vault.id,
    }  # fmt: skip


def _plain(name: str) -> str:
    """The name that people gave, without folders nor what drives a terminal: it is shown, never used as a path."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c for c in last if c.isprintable()).strip()
    return plain[-_LONGEST_NAME:] or "document"
