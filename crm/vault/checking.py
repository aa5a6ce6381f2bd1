"""The vault held against the network: what is missing, altered, left over, or still there though it was destroyed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import NamedTuple

from crm.errors import Reseau28Error
from crm.faults import Fault, Looked
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction
from crm.vault import continuity, texts, unnamed
from crm.vault.files import MADE_READABLE, ContentState, Glimpse, Vault, restored
from crm.vault.place import existing, medium_of
from graph_schema.evidence import Evidence
from graph_schema.wording import count

UNDERWAY = 600.0
"""Seconds for which a file that no proof names yet is taken for a deposit that goes on."""

TEXT = "text_altered"
"""The code of a fault of the words that were taken of a document."""

_NAMED = 10
_FIELDS = ("sha256", "former", "size", "destroyed_on", "vault")


class Survey(NamedTuple):
    """Where a vault is and how it is found, no content being read; ``id`` is empty where it is not found.

    ``address`` is empty too for who may not administer it. ``strangers`` are the names of what others left in it.
    """

    address: str
    id: str
    files: int
    bytes: int
    strangers: list[str]
    faults: list[Fault]


class NamedContents(NamedTuple):
    """The contents that proofs name: by digest the ids of those that keep it, and of those that had it destroyed.

    ``sizes`` are those that the records say; ``deleted`` the ids of proofs that are no more, and may come back.
    """

    kept: dict[str, list[str]]
    destroyed: dict[str, list[str]]
    sizes: dict[str, int]
    deleted: set[str]


def named(tx: ReadTransaction) -> NamedContents:
    """The contents that the network's proofs name, deleted ones too; those aside that no vault ever held."""
    gone = tx.deleted(Evidence.TYPE)
    found = NamedContents(defaultdict(list), defaultdict(list), {}, {each.id for each in gone})
    deleted = ((each.id, *map(each.values.get, _FIELDS)) for each in gone)
    for id, sha256, former, size, destroyed_on, vault in chain(tx.rows(Evidence.TYPE, _FIELDS), deleted):
        if not vault:
            continue
        digests = [*([str(sha256)] if sha256 else []), *(former if isinstance(former, list) else [])]
        for digest in digests:
            (found.destroyed if destroyed_on else found.kept)[digest].append(str(id))
        if sha256 and isinstance(size, int):
            found.sizes[str(sha256)] = size
    return found


def faults(network: Network, *, contents: bool = True, proof: str | None = None) -> list[Fault]:
    """Every fault of the vault, of one ``proof`` when given (see ``look``)."""
    return look(network, contents=contents, proof=proof).faults


def look(network: Network, *, contents: bool = True, proof: str | None = None, words: bool = False) -> Looked:
    """What there is to say of the vault, of one ``proof`` when given. Without ``contents`` nothing is read but sizes.

    Raises ``Forbidden`` for who may not read the journal: faults name digests, whatever is confidential.

    Faults of the words that search reads have the code ``TEXT``: the document itself may be whole. With ``words`` they
    are read whatever ``contents`` says, and those that are missing or left over are told too.
    """
    network.actor.require(Right.HISTORY)
    try:
        vault = existing(network)
        found = network.store.read(named)
        if vault is not None:
            log = continuity.look(network, vault, expected=bool(found.sizes))
            here = vault.entries()
            left = unnamed.sort(network, vault, orphans(here, found) if proof is None else [])
            read = _of_texts(vault, found, contents or words, proof)
            others = _of_no_text(network, vault, here, found) if words else ()
            told = [*_faults(vault, here, found, contents, proof), *read, *others, *left.faults(), *log.faults]
            return Looked(told, log.remarks)
    except Reseau28Error as error:
        return Looked([Fault(error.code, "vault", str(error))], [])
    if not found.kept:
        return Looked([], [])
    message = f"{count(len(found.kept), 'fichier')} de preuve sans coffre : indiquez-le par RESEAU28_VAULT."
    return Looked([Fault("no_vault", "vault", message)], [])


def access(network: Network) -> list[Fault]:
    """What is altered, cut or gone of the access log; a vault that cannot be reached is told elsewhere."""
    with suppress(Reseau28Error):
        if vault := existing(network):
            expected = bool(network.store.read(named).sizes)
            return continuity.look(network, vault, expected=expected).faults
    return []


def survey(network: Network, *, words: bool = False) -> Survey:
    """Where the network's vault is and how it is found, ``words`` too when asked. Raises as ``look``."""
    found, address = look(network, contents=False, words=words).faults, ""
    try:
        medium = medium_of(network)
        address = medium.address if medium and network.actor.may(Right.ADMIN) else ""
        vault = existing(network)
        sizes = [each.size for each in vault.entries().values()] if vault else []
        strangers = vault.strangers() if vault else []
    except Reseau28Error:  # told by the faults
        return Survey(address, "", 0, 0, [], found)
    return Survey(address, vault.id if vault else "", len(sizes), sum(sizes), strangers, found)


def others(strangers: list[str]) -> str:
    """What others left in a vault, in words."""
    named = ", ".join(f"« {each} »" for each in strangers[:_NAMED])
    more = f" et {count(len(strangers) - _NAMED, 'autre')}" if len(strangers) > _NAMED else ""
    many = count(len(strangers), "fichier étranger", "fichiers étrangers")
    return f"{many}, que rien ne lit ni n'efface : {named}{more}"


def orphans(here: Mapping[str, Glimpse], found: NamedContents) -> list[str]:
    """The contents ``here`` that no proof of the network names; which they are ``unnamed`` tells."""
    return sorted(
        each for each in here.keys() - found.kept.keys() - found.destroyed.keys() if here[each].age > UNDERWAY
    )


def _faults(
    vault: Vault, here: Mapping[str, Glimpse], found: NamedContents, contents: bool, proof: str | None
) -> Iterator[Fault]:
    for digest, ids in sorted(found.kept.items()):
        if proof is not None and proof not in ids:
            continue
        state = ContentState.WHOLE if digest in here else ContentState.MISSING
        if state is ContentState.WHOLE and found.sizes.get(digest, here[digest].size) != here[digest].size:
            state = ContentState.ALTERED
        elif state is ContentState.WHOLE and contents:
            state = vault.state(digest)
        if state is not ContentState.WHOLE:
            instead = vault.instead(digest) if state is ContentState.MISSING else ""
            yield from (_of_proof(state, id, digest, id in found.deleted, instead) for id in ids if proof in (None, id))
    for digest in sorted(found.destroyed.keys() & here.keys() - found.kept.keys()):
        ids = found.destroyed[digest]
        yield Fault(
            "file_undestroyed", ids[0],
            f"Le fichier détruit de la preuve {ids[0]} est encore dans le coffre : relancez « reseau28 evidence destroy"
            f" {ids[0]} ».",
        )  # fmt: skip


def _of_texts(vault: Vault, found: NamedContents, contents: bool, proof: str | None) -> Iterator[Fault]:
    kept = [digest for digest, ids in found.kept.items() if proof is None or proof in ids]
    for digest, instead in texts.altered(vault, kept, read=contents).items():
        id = proof or found.kept[digest][0]
        which = f"Le texte que la recherche lit du fichier de la preuve {id} ({digest[:12]}…)"
        what = f"ne peut pas être lu, {instead} : ôtez-le, puis" if instead else "n'est pas celui qui en a été tiré :"
        yield Fault(TEXT, id, f"{which} {what} « reseau28 evidence texts » le tire de nouveau.")


def _of_no_text(network: Network, vault: Vault, here: Mapping[str, Glimpse], known: NamedContents) -> Iterator[Fault]:
    found, mend = texts.standing(network, vault, here), "lancez « reseau28 evidence texts »."
    if missing := [each for each in found.missing if here[each].age > UNDERWAY]:
        what = f"{count(len(missing), 'document')} du coffre sans le texte que la recherche lit : {mend}"
        yield Fault("text_missing", missing[0], what)
    if left := [each for each in found.left if each not in known.kept]:  # else it is the document that is missing
        what = f"{count(len(left), 'texte')} pour la recherche sans document au coffre : {mend}"
        yield Fault("text_orphan", left[0], what)


def _of_proof(state: ContentState, id: str, digest: str, deleted: bool, instead: str) -> Fault:
    which = f"Le fichier de la preuve {id}{' (supprimée, et qui peut revenir)' if deleted else ''} ({digest[:12]}…)"
    if state is ContentState.UNREADABLE:
        return Fault(f"file_{state}", id, f"{which} ne peut pas être lu : {MADE_READABLE}.")
    what = f"{which} n'est plus {'dans le coffre' if state is ContentState.MISSING else 'celui qui a été déposé'}"
    return Fault(f"file_{state}", id, f"{what}{restored(instead)} depuis une sauvegarde.")
