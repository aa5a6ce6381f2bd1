"""Vérificateur autonome : what the journal of a Réseau 28 network proves, without that network nor our software.

One file, the standard library alone, Python 3.9 or later: ``python verificateur.py CHAINE [--receipt RECU]... [--fact
FAIT]...``. It recomputes the digest of every commit of version 2 from its header and those of its changes, follows the
links from each to the next, and holds a receipt and the facts that were handed against them. What it says is in French.

Exit status: 0 all that was given agrees · 1 something contradicts the rest · 2 nothing is judged: a file that cannot be
read as what it should be, or a command that is not written so. How digests are made: docs/decisions of Réseau 28.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shlex
import stat
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

USAGE = "python verificateur.py CHAINE [--receipt RECU]... [--fact FAIT]..."
LONGEST_LINE, LARGEST = 64 << 20, 16 << 20
"""Bytes of one commit, and of a receipt or of a fact: no more is read before it is refused."""
GENESIS = "0" * 64
_MARK = b"\xef\xbb\xbf"
"""The byte order mark that some editors put before a text."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_INSTANT = re.compile(r"(19[7-9]|2[01][0-9])[0-9]-[0-9-]{5}T[0-9:]{8}(\.[0-9]{6})?Z")
_SMALL = re.compile(r"-?[0-9]{1,16}")
_CHANGE = (str, str, str, (str, type(None)), (str, type(None)), int, str, str)
_DONE = {"create": "créée", "update": "modifiée", "delete": "supprimée", "redact": "en partie effacée du journal"}

_TITLE = {"reseau28_chain": int, "dataset": str, "schema": int, "commits": int, "digest": str}
_END = {"end": int, "sha256": str}
_OLD = {"number": int, "version": int, "at": str, "previous": str, "digest": str, "changes": list}
_NEW = {**_OLD, "author": str, "source": str, "private": str}
_RECEIPT = {"dataset": str, "number": int, "digest": str, "nodes": int, "links": int, "at": str}
_TOKEN = (  # lays the token of a receipt, and the line that it signs, where OpenSSL finds them
    'import base64, json, sys; r = json.load(open(sys.argv[1], "rb"))["receipt"]; open("ligne.txt", "wb").write('
    '"reseau28 {dataset} {number} {digest}\\n".format(**r).encode());'
    ' open("jeton.tsr", "wb").write(base64.b64decode(r["token"]))'
)
_ANCHOR = {"number": int, "salt": str, "reason": str, "detail": str, "run": (str, type(None)), "token": str}
_RECORD = {"id": str, "type": str, "changes": list}
_STEP = {
    "commit": int, "position": int, "action": str, "source": (str, type(None)), "target": (str, type(None)),
    "revision": int, "before": (str, type(None)), "after": (str, type(None)), "state": str, "salt": str,
}  # fmt: skip


class Unreadable(Exception):
    """A file is not what it should be, so that nothing can be judged; ``str`` is a French sentence."""


class Contradicted(Exception):
    """The chain is not as it was written; ``str`` is a French sentence."""


class Raw(str):
    """A JSON text that is digested as it stands: a number that is no integer, a kept content."""

    __slots__ = ()


# ---------------------------------------------------------------- JSON, as it is digested


def parsed(text: bytes) -> Any:
    """What a JSON text says. ``ValueError`` for what is none, names a thing twice, or is too deep to be ours."""
    try:
        return json.loads(
            text.decode("utf-8"), object_pairs_hook=_once, parse_float=Raw, parse_int=_small, parse_constant=_refused
        )
    except RecursionError:
        raise ValueError("deep") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("twice")
    return found


def _small(text: str) -> int:
    return int(text) if _SMALL.fullmatch(text) else _refused(text)


def _refused(text: str) -> Any:
    raise ValueError(text)


def spelt(value: Any) -> str:
    """``value`` as the one JSON text that is digested: keys in order, no spaces."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_plain(name)}:{spelt(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(spelt, value)) + "]"
    return _plain(value)


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def digest_of(text: str) -> str:
    """SHA-256 of a text; ``ValueError`` for one that no file of ours can hold."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def shaped(value: Any, shape: dict[str, Any], more: bool = False) -> Any:
    """``value`` if it has the names and types of ``shape`` (and others, with ``more``); else ``ValueError``."""
    if not isinstance(value, dict) or not (shape.keys() <= value.keys() if more else shape.keys() == value.keys()):
        raise ValueError("names")
    if not all(_is(value[name], kind) for name, kind in shape.items()):
        raise ValueError("types")
    return value


def _is(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and type(value) is not bool and not (type(value) is int and value < 0)


# ---------------------------------------------------------------- the chain


class Chain:
    """What was seen of a chain that is whole: ``digests`` and ``seen`` of what was asked for."""

    def __init__(self, title: dict[str, Any]) -> None:
        self.dataset, self.count, self.digest = title["dataset"], title["commits"], title["digest"]
        self.first = 0
        """The first commit of version 2; none: 0."""
        self.private = self.began = self.ended = ""
        self.changes = self.emptied = 0
        self.nodes = self.links = 0
        self.digests = {0: GENESIS}
        self.counted: dict[int, tuple[int, int]] = {0: (0, 0)}
        self.at: dict[int, str] = {}
        self.seen: dict[str, dict[tuple[int, int], list[Any]]] = {}
        """The headers of the changes of each record of which a fact was handed."""
        self.old: dict[tuple[int, int], str] = {}
        """The digests of changes of version 1."""


def read_chain(path: Path, numbers: set[int], ids: set[str], commits: set[int]) -> Chain:
    """Check the chain kept in ``path``, keeping what it says of commits ``numbers``, of records and of ``commits``.

    Raises ``Unreadable`` for what is no chain, ``Contradicted`` for one that is not as it was written.
    """
    try:
        with _opened(path) as file:
            line = file.readline(LARGEST)
            whole, chain = hashlib.sha256(line), Chain(_title(line, path))
            previous, version = GENESIS, 1
            for number in range(1, chain.count + 1):
                line = _line(file, f"l'acte {number}")
                whole.update(line)
                commit = _commit(line, number, version)
                if commit["previous"] != previous:
                    raise Contradicted(f"L'acte {number} ne suit pas celui qui le précède : l'un des deux est altéré.")
                previous, version = commit["digest"], commit["version"]
                _note(chain, commit, numbers, ids, commits)
            if previous != chain.digest:
                raise Contradicted("L'empreinte annoncée en tête n'est pas celle du dernier acte de la chaîne.")
            _end(file, chain.count, whole.hexdigest())
    except OSError as error:
        raise _unread(path, error) from None
    return chain


def _title(line: bytes, path: Path) -> dict[str, Any]:
    marked = line.startswith(_MARK)
    if marked or line.endswith(b"\r\n"):
        what = "commence par une marque d'ordre (BOM)" if marked else "a des fins de ligne de Windows (CRLF)"
        raise Unreadable(f"« {path} » {what} : un outil l'a réécrit. Reprenez la chaîne telle qu'elle a été remise.")
    try:
        title: dict[str, Any] = shaped(parsed(line), _TITLE)
        digest = _digest(title["digest"])
        if title["reseau28_chain"] == 1 and digest and _plain(title).encode() + b"\n" == line:
            return title
    except ValueError:
        pass
    raise Unreadable(f"« {path} » n'est pas une chaîne de Réseau 28 que ce vérificateur sait lire.")


def _line(file: BinaryIO, what: str) -> bytes:
    line = file.readline(LONGEST_LINE)
    if not line:
        raise Contradicted(f"La chaîne s'arrête avant {what} : la fin en a été coupée.")
    if not line.endswith(b"\n"):
        raise Contradicted(f"La chaîne est coupée, ou démesurée, dans {what}.")
    return line


def _commit(line: bytes, number: int, version: int) -> dict[str, Any]:
    """One commit, its digest recomputed where it is of version 2."""
    altered = f"L'acte {number} a été altéré"
    try:
        found = parsed(line)
        new = isinstance(found, dict) and found.get("version") == 2
        commit: dict[str, Any] = shaped(found, _NEW if new else _OLD)
        if _plain(commit) != line.decode("utf-8")[:-1]:
            raise ValueError("spelling")
        digests = [_change(each, at) if new else _digest(each) for at, each in enumerate(commit["changes"])]
        header = [2, number, *(commit[name] for name in ("at", "author", "source"))] if new else []
        header += [len(digests), commit["previous"], commit.get("private")]
        good = not new or commit["digest"] == digest_of(_plain(header) + "".join(digests))
        _digest(commit["digest"])
    except (ValueError, RecursionError):
        raise Contradicted(f"{altered} : sa ligne n'est pas écrite comme Réseau 28 l'écrit.") from None
    if commit["number"] != number:
        raise Contradicted(f"L'acte {number} manque, ou n'est pas à sa place : on lit l'acte {commit['number']}.")
    if not version <= commit["version"] <= 2:
        raise Contradicted(f"{altered} : il est d'une version qu'il ne peut pas avoir.")
    if not good:
        raise Contradicted(f"{altered} : son empreinte ne correspond plus.")
    return commit


def _change(header: Any, position: int) -> str:
    """The digest of a change of version 2."""
    fits = isinstance(header, list) and len(header) == len(_CHANGE)
    if not fits or not all(_is(each, kind) for each, kind in zip(header, _CHANGE)):
        raise ValueError("change")
    return digest_of(_plain([2, position, *header]))


def _digest(text: Any) -> str:
    if not isinstance(text, str) or not _DIGEST.fullmatch(text):
        raise ValueError("digest")
    return text


def _note(chain: Chain, commit: dict[str, Any], numbers: set[int], ids: set[str], commits: set[int]) -> None:
    number, new = commit["number"], commit["version"] == 2
    chain.began, chain.ended = chain.began or commit["at"], commit["at"]
    chain.changes += len(commit["changes"])
    if new and not chain.first:
        chain.first, chain.private = number, commit["private"]
    for position, each in enumerate(commit["changes"]):
        if not new:
            if number in commits:
                chain.old[number, position] = each
            continue
        step = {"create": 1, "delete": -1}.get(each[0], 0)
        chain.emptied += each[0] == "redact"
        chain.nodes, chain.links = chain.nodes + step * (each[3] is None), chain.links + step * (each[3] is not None)
        if each[1] in ids:
            chain.seen.setdefault(each[1], {})[number, position] = each
            commits = {*commits, number}
    if number in numbers:
        chain.digests[number], chain.counted[number] = commit["digest"], (chain.nodes, chain.links)
    if number in commits or number in numbers:
        chain.at[number] = commit["at"]


def _end(file: BinaryIO, count: int, digest: str) -> None:
    line = _line(file, "sa dernière ligne")
    try:
        end = shaped(parsed(line), _END)
        if end["end"] != count or _plain(end).encode() + b"\n" != line:
            raise ValueError("end")
    except ValueError:
        raise Contradicted(
            f"La chaîne annonce {count} actes et ne finit pas là : des lignes y ont été ajoutées."
        ) from None
    if end["sha256"] != digest:
        raise Contradicted("La chaîne a été altérée : la somme de contrôle de sa dernière ligne ne correspond plus.")
    if any(block.strip(b"\r\n") for block in iter(lambda: file.read(LARGEST), b"")):  # editors add empty lines
        raise Contradicted("Des lignes suivent la fin de la chaîne : elles y ont été ajoutées.")


# ---------------------------------------------------------------- receipts and facts


def _unread(path: Path, error: OSError) -> Unreadable:
    known = {
        errno.ENOENT: "introuvable", errno.EACCES: "accès refusé", errno.EISDIR: "c'est un dossier",
        errno.ENXIO: "ce n'est pas un fichier ordinaire",
    }  # fmt: skip
    return Unreadable(
        f"« {path} » ne peut pas être lu ({known.get(error.errno or 0, f'erreur {error.errno} du système')})."
    )


def _opened(path: Path) -> BinaryIO:
    """The ordinary file at ``path``: a pipe would be waited for, a device would never end."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO, str(path))
    return path.open("rb")


def _document(path: Path, shape: dict[str, Any], what: str) -> dict[str, Any]:
    try:
        with _opened(path) as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Unreadable(f"« {path} » est trop grand pour être {what} de Réseau 28.")
        found: dict[str, Any] = shaped(parsed(content.removeprefix(_MARK)), shape)
        if found.get("reseau28_receipt", found.get("reseau28_fact")) == 1:
            return found
    except OSError as error:
        raise _unread(path, error) from None
    except ValueError:
        pass
    raise Unreadable(f"« {path} » n'est pas {what} de Réseau 28, ou il est abîmé : prenez-en une autre copie.")


def read_receipt(path: Path) -> dict[str, Any]:
    """The receipt kept in ``path``; what later versions say in it besides is covered by its checksum too."""
    found = _document(path, {"reseau28_receipt": int, "receipt": dict, "check": str}, "un reçu")
    try:
        receipt: dict[str, Any] = shaped(found["receipt"], _RECEIPT, more=True)
        datetime.fromisoformat(receipt["at"][:19])
        good = digest_of(spelt(receipt)) == found["check"] and bool(_INSTANT.fullmatch(receipt["at"]))
    except ValueError:
        good = False
    if not good:
        raise Unreadable(f"« {path} » est un reçu abîmé ou retouché : prenez-en une autre copie.")
    return receipt


def read_fact(path: Path) -> dict[str, Any]:
    """The fact kept in ``path``: records with what the journal says of each, change by change."""
    shape = {"reseau28_fact": int, "dataset": str, "anchor": (dict, type(None)), "records": list}
    found = _document(path, shape, "un fait")
    if not found["records"]:
        raise Unreadable(f"« {path} » est un fait sans aucune fiche : il ne dit rien que l'on puisse vérifier.")
    try:
        if found["anchor"] is not None:
            shaped(found["anchor"], _ANCHOR)
        for record in found["records"]:
            steps = [shaped(each, _STEP) for each in shaped(record, _RECORD)["changes"]]
            order = [(each["commit"], each["position"]) for each in steps]
            if not steps or order != sorted(set(order)):
                raise ValueError("order")
    except ValueError:
        raise Unreadable(f"« {path} » est un fait abîmé ou retouché : prenez-en une autre copie.") from None
    return found


def hold_receipt(chain: Chain, receipt: dict[str, Any]) -> str:
    """What a receipt proves of the chain, in a sentence; ``Contradicted`` where one gives the other the lie."""
    number, named = receipt["number"], f"reçu du {instant(receipt['at'])}"
    if receipt["dataset"] != chain.dataset:
        raise Contradicted(f"Le {named} est celui d'un autre réseau que cette chaîne.")
    if number > chain.count:
        raise Contradicted(
            f"Le {named} atteste {number} actes, et la chaîne s'arrête au n° {chain.count} : elle est plus"
            " ancienne que lui, ou sa fin a été retirée."
        )
    if chain.digests[number] != receipt["digest"]:
        raise Contradicted(
            f"L'acte {number} n'est pas celui du {named} : cet acte ou d'autres avant lui ont été réécrits."
        )
    counted = tuple(receipt[name] for name in ("nodes", "links"))
    if chain.first == 1 and chain.counted[number] != counted:
        raise Contradicted(
            f"Le {named} compte {counted[0]} fiches et {counted[1]} liens ; la chaîne en compte"
            f" {chain.counted[number][0]} et {chain.counted[number][1]} à l'acte {number}."
        )
    if number and (not chain.first or number < chain.first - 1):
        return (
            f"Le {named} concorde avec la chaîne (acte {number}), sans la prouver : cet acte est de version 1, et"
            " sans les contenus rien ne le relie au reste."
        )
    early = ", bien que cet acte soit d'après lui" if chain.at.get(number, "")[:16] > receipt["at"][:16] else ""
    return f"Complète jusqu'au {named} (acte {number}){early} : rien avant lui n'a été retiré ni réécrit."


def hold_anchor(chain: Chain, fact: dict[str, Any]) -> str:
    """What a fact says of the network's identity; ``Contradicted`` where it is of another one."""
    anchor = fact["anchor"]
    if fact["dataset"] != chain.dataset:
        raise Contradicted("Ce fait est celui d'un autre réseau que cette chaîne.")
    if anchor is None or not chain.first:
        return "Il ne dit pas quel acte nomme le réseau."
    kept = [anchor["salt"], anchor["reason"], Raw(anchor["detail"]), anchor["run"], anchor["token"]]
    try:
        same = anchor["number"] == chain.first and digest_of(spelt(kept)) == chain.private
        named = parsed(anchor["detail"].encode("utf-8")).get("dataset")
    except (ValueError, AttributeError):
        same, named = False, None
    if not same or named != chain.dataset:
        raise Contradicted(f"L'acte {chain.first}, qui nomme le réseau de cette chaîne, n'est pas celui de ce fait.")
    return f"L'acte {chain.first} nomme bien ce réseau."


class Held:
    """One record of a fact held against the chain: ``lines`` to be told, and whether all of it is ``good``."""

    def __init__(self, chain: Chain, record: dict[str, Any], attested: int | None) -> None:
        self.chain, self.id, self.type, self.attested = chain, record["id"], record["type"], attested
        self.good = True
        self.lines = [f"Fiche {shown(self.id)} ({shown(self.type)})"]
        self.values: dict[str, Any] | None = {}
        """What the record holds as changes go by; None where the journal no longer tells."""
        self.ends: tuple[Any, Any] = (None, None)
        steps = {(each["commit"], each["position"]): each for each in record["changes"]}
        headers = chain.seen.get(self.id, {})
        self.redacted = {each[3] for each in headers.values() if each[0] == "redact"}
        """The changes of the record whose contents the chain says were redacted, as « commit:position »."""
        for at, step in steps.items():
            self._step(step, headers.get(at), chain.old.get(at))
        last = max(steps)
        for at in sorted(headers.keys() - steps.keys()):
            done = _DONE.get(headers[at][0], "changée")
            if at < last:
                self._fault(f"l'acte {at[0]} l'a {done} aussi, ce que ce fait tait")
            else:
                self.lines.append(f"  depuis, {done} par l'acte {at[0]}, ce que ce fait ne dit pas")

    def _fault(self, what: str) -> None:
        self.good = False
        self.lines.append(f"  CONTREDIT : {what}")

    def _step(self, step: dict[str, Any], header: list[Any] | None, old: str | None) -> None:
        number, at = step["commit"], self.chain.at.get(step["commit"])
        when = f"acte {number}" + (f", {instant(at)}" if at else "")
        tied = step["source"] and step["action"] != "redact"
        ends = f", de {shown(step['source'])} à {shown(str(step['target']))}" if tied else ""
        self.lines.append(f"  {when} : {_DONE.get(step['action'], 'changée')}{ends}")
        fields = [step["action"], self.id, self.type, step["source"], step["target"], step["revision"]]
        try:
            texts = [None if step[name] is None else self._kept(step[name]) for name in ("before", "after")]
            if self.chain.first and number >= self.chain.first:
                there = header is not None and header[:7] == [*fields, step["state"]]
                told = header is not None and digest_of(spelt([step["salt"], *texts])) == header[7]
            else:
                whole = [step["position"], *fields, *texts, step["state"], step["salt"]]
                there, told = old is not None, old is not None and digest_of(spelt(whole)) == old
            emptied = step["salt"] == "" and texts == [None, None]
            if number > self.chain.count:
                self._fault("la chaîne s'arrête avant cet acte : elle est plus ancienne que ce fait")
                return
            if not there or not (told or emptied):
                self._fault("ce changement n'est pas celui de la chaîne")
                return
            if emptied and f"{number}:{step['position']}" not in self.redacted:
                self._fault("son contenu n'est pas remis, et la chaîne ne dit pas qu'il fut effacé")
                return
            self._fold(step, emptied)
        except ValueError:
            self._fault("ce changement n'est pas écrit comme Réseau 28 l'écrit")
            return
        self.lines.append(f"    {self._worth(number, emptied)}")

    def _kept(self, text: str) -> Raw:
        """A kept content: the canonical text of one object."""
        found = parsed(text.encode("utf-8"))
        if not isinstance(found, dict) or spelt(found) != text:
            raise ValueError("content")
        return Raw(text)

    def _fold(self, step: dict[str, Any], emptied: bool) -> None:
        """Go on with what the record is, and hold it against the digest of its state."""
        if step["action"] != "redact":
            self.ends = step["source"], step["target"]
        if emptied:
            self.values = {} if step["action"] == "delete" else None
            return
        before, after = (parsed((step[name] or "{}").encode("utf-8")) for name in ("before", "after"))
        update = step["action"] == "update"
        for name in sorted({**before, **after}):
            old, new = (shown(spelt(each[name])) if name in each else "—" for each in (before, after))
            self.lines.append(f"    {shown(name)} : {f'{old} → {new}' if update else new if after else old}")
        if step["action"] in ("create", "redact"):
            self.values = after
        elif self.values is not None:
            self.values = {**{name: each for name, each in self.values.items() if name not in before}, **after}
        if self.values is None or step["state"] == "":
            return
        salted = self.chain.first and step["commit"] >= self.chain.first
        whole = [*([step["salt"]] if salted else []), self.id, self.type, *self.ends, self.values]
        if digest_of(spelt(whole)) != step["state"]:
            self._fault("ces contenus mis bout à bout ne donnent pas l'état que la chaîne annonce")

    def _worth(self, number: int, emptied: bool) -> str:
        if not self.chain.first or number < self.chain.first:
            what = "contenu effacé, rien n'en est comparé" if emptied else "concorde avec la chaîne, sans être prouvé"
            return f"{what} : cet acte est de version 1"
        what = "contenu effacé du journal ; l'acte est prouvé" if emptied else "prouvé"
        if self.attested is None:
            return what
        return f"{what}, {'attesté par le reçu' if number <= self.attested else 'après le reçu'}"


# ---------------------------------------------------------------- what is said


def shown(text: str) -> str:
    """``text`` without what would drive a terminal."""
    return "".join(each if each.isprintable() else " " for each in text)


def instant(at: str) -> str:
    """An instant of the journal, as it is kept, in UTC."""
    return shown(at[:16].replace("T", " ")) + " UTC"


def say(text: str, stream: Any = None) -> None:
    """Print a line with the spaces and the apostrophe of French."""
    for plain, right in ((" :", "\u00a0:"), (" ;", "\u00a0;"), (" ?", "\u00a0?"), ("« ", "«\u00a0"), (" »", "\u00a0»")):
        text = text.replace(plain, right)
    print(text.replace("'", "’"), file=stream or sys.stdout)


def of_chain(chain: Chain) -> Iterator[str]:
    """What a whole chain says of itself."""
    span = f", du {instant(chain.began)} au {instant(chain.ended)}" if chain.count else ""
    yield f"Réseau {shown(chain.dataset)} : {chain.count} actes, {chain.changes} changements{span}."
    if not chain.first:
        yield "Chaîne lue en entier ; ses actes sont de version 1 : sans leurs contenus, rien n'en est recalculé."
    elif chain.first == 1:
        yield "Chaîne intacte : l'empreinte de chaque acte est recalculée, chacun suit celui qui le précède."
    else:
        yield f"Chaîne intacte à partir de l'acte {chain.first} : chaque empreinte est recalculée, chacun suit l'autre."
        yield (
            f"Avant lui, {chain.first - 1} actes de version 1 : leurs empreintes couvrent des contenus qui ne sont"
            f" pas ici. Seule celle de l'acte {chain.first - 1} est confirmée, par l'acte {chain.first}."
        )
    if chain.emptied:
        yield f"Effacés du journal, et la chaîne le dit : {chain.emptied} contenus ou motifs."


def tell_token(file: str, receipt: dict[str, Any]) -> None:
    """Say that a receipt is time-stamped, which is not looked at here, and how OpenSSL does."""
    if receipt.get("token"):
        what = "porte un jeton d'horodatage (RFC 3161) que ce vérificateur ne vérifie pas ; ces commandes le font"
        say(f"Le reçu du {instant(receipt['at'])} {what} (autorite.pem : les certificats de l'autorité d'horodatage).")
        print(f"  python -c {shlex.quote(_TOKEN)} {shown(shlex.quote(file))}")
        print("  openssl ts -verify -in jeton.tsr -data ligne.txt -CAfile autorite.pem")


def judge(chain_file: str, receipt_files: list[str], fact_files: list[str]) -> int:
    """Hold everything against the chain, and say so; the exit status."""
    receipts = [read_receipt(Path(each)) for each in receipt_files]
    attested = max((receipt["number"] for receipt in receipts), default=None)
    facts = [read_fact(Path(each)) for each in fact_files]
    records = [record for fact in facts for record in fact["records"]]
    commits = {step["commit"] for record in records for step in record["changes"]}
    ids = {record["id"] for record in records}
    chain = read_chain(Path(chain_file), {receipt["number"] for receipt in receipts}, ids, commits)
    for line in of_chain(chain):
        say(line)
    for name, receipt in zip(receipt_files, receipts):
        say(hold_receipt(chain, receipt))
        tell_token(name, receipt)
    if not receipts:
        say("Sans reçu gardé ailleurs, rien d'extérieur ne l'atteste : qui l'a remise a pu la refaire en entier.")
    good = True
    for name, fact in zip(fact_files, facts):
        say(f"{shown(name)} : {hold_anchor(chain, fact)}")
        for record in fact["records"]:
            held = Held(chain, record, attested)
            good = good and held.good
            for line in held.lines:
                say(line)
    return 0 if good else 1


def main(words: list[str]) -> int:
    """Judge what ``words`` name; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    if "-h" in words or "--help" in words:
        say(f"Usage : {USAGE}")
        return 0
    chains, receipts, facts = list[str](), list[str](), list[str]()
    named = {"--receipt": receipts, "--fact": facts}
    rest = iter(words)
    for word in rest:
        value = next(rest, None) if word in named else word
        if value is None or (word.startswith("-") and word not in named):
            chains = []
            break
        named.get(word, chains).append(value)
    if len(chains) != 1:
        say(f"Commande mal écrite. Usage : {USAGE}", sys.stderr)
        return 2
    try:
        return judge(chains[0], receipts, facts)
    except Unreadable as problem:
        say(str(problem), sys.stderr)
        return 2
    except Contradicted as problem:
        say(str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
