"""Single alterations of what is ours in a vault, each with what a check must say of it.

The end of the access log is the one thing left alone: that lines were cut there shows to who kept an attestation.
"""

import json
import random
from collections.abc import Callable, MutableMapping
from typing import Any, NamedTuple

from crm.network import Network
from crm.vault import checking
from crm.vault.checking import NamedContents
from tests.crm.vault.conftest import raw

Files = MutableMapping[str, bytes]
MARKER, LOG = "vault.json", "access"
STRANGE = "ab" * 32


class Alteration(NamedTuple):
    """What was done, to the files of what name, and what must be named for it: proofs, a digest, a code."""

    words: str
    names: tuple[str, ...]
    told: frozenset[str]


class Vandal:
    """Alters the vault of a network, one file or two at a time, and puts it right again."""

    def __init__(self, network: Network, seed: int = 28) -> None:
        self._files: Files = raw(network)
        self._kept: dict[str, bytes] = {
            name: content for name, content in self._files.items() if not name.endswith(".lock")
        }
        self._named: NamedContents = network.store.read(checking.named)
        self._chance = random.Random(seed)
        self._ways: list[Callable[[], Alteration]] = [
            self._byte, self._byte, self._byte, self._cut, self._swapped, self._renamed, self._removed, self._added,
            self._restored, self._marker, self._line, self._line, self._text, self._text,
        ]  # fmt: skip

    def alter(self) -> Alteration:
        """Alter something, at random."""
        return self._chance.choice(self._ways)()

    def mend(self) -> None:
        """Put back what was altered."""
        for name in [name for name in self._files if name not in self._kept and not name.endswith(".lock")]:
            del self._files[name]
        for name, content in self._kept.items():
            if self._files.get(name) != content:
                self._files[name] = content

    def _contents(self) -> list[str]:
        return sorted(name for name in self._kept if name[-64:] in self._named.kept)

    def _ids(self, *names: str) -> frozenset[str]:
        return frozenset(id for name in names for id in self._named.kept[name[-64:]])

    def _byte(self) -> Alteration:
        name = self._chance.choice(self._contents())
        words, content = self._bytes(self._kept[name])
        self._files[name] = content
        return Alteration(words, (name,), self._ids(name))

    def _bytes(self, content: bytes) -> tuple[str, bytes]:
        at = self._chance.randrange(len(content))
        match self._chance.choice(("changed", "inserted", "removed")):
            case "changed":
                return f"byte {at} changed", bytes([*content[:at], content[at] ^ 1 << self._chance.randrange(8)]) + (
                    content[at + 1 :]
                )
            case "inserted":
                return f"byte inserted at {at}", content[:at] + self._chance.randbytes(1) + content[at:]
            case _:
                return f"byte {at} removed", content[:at] + content[at + 1 :]

    def _text(self) -> Alteration:
        """Alter the words that search reads of a content, or put those of another there."""
        one, other = self._chance.sample([name for name in sorted(self._kept) if name.startswith("texts/")], 2)
        words, content = self._bytes(self._kept[one])
        if self._chance.random() < 0.3:
            words, content = "of another", self._kept[other]
        self._files[one] = content
        return Alteration(f"text: {words}", (one,), frozenset(("text_altered", self._named.kept[one[-68:-4]][0])))

    def _cut(self) -> Alteration:
        name = self._chance.choice(self._contents())
        self._files[name] = self._kept[name][: self._chance.randrange(len(self._kept[name]))]
        return Alteration(f"cut at {len(self._files[name])}", (name,), self._ids(name))

    def _swapped(self) -> Alteration:
        one, other = self._chance.sample(self._contents(), 2)
        self._files[one], self._files[other] = self._kept[other], self._kept[one]
        return Alteration("swapped", (one, other), self._ids(one, other))

    def _renamed(self) -> Alteration:
        name = self._chance.choice(self._contents())
        folder = f"{(int(name[-64:-62], 16) + 1) % 256:02x}"
        other = self._chance.choice((f"files/{folder}/{name[-64:]}", f"{name}.pdf", name.upper()))
        del self._files[name]
        self._files[other] = self._kept[name]
        return Alteration(f"renamed {other}", (name,), self._ids(name))

    def _removed(self) -> Alteration:
        name = self._chance.choice(self._contents())
        del self._files[name]
        return Alteration("removed", (name,), self._ids(name))

    def _added(self) -> Alteration:
        digest = f"{self._chance.randrange(1 << 256):064x}"
        self._files[f"files/{digest[:2]}/{digest}"] = b"%PDF-"
        return Alteration("added", (f"files/{digest[:2]}/{digest}",), frozenset((digest,)))

    def _restored(self) -> Alteration:
        digest, ids = self._chance.choice(sorted(self._named.destroyed.items()))
        self._files[f"files/{digest[:2]}/{digest}"] = b"%PDF-"
        return Alteration("destroyed, and there again", (digest,), frozenset(ids[:1]))

    def _marker(self) -> Alteration:
        said: dict[str, Any] = json.loads(self._kept[MARKER])
        field = self._chance.choice(("id", "dataset", "format", "bytes", "gone"))
        told = frozenset(("vault",))
        if field == "gone":
            del self._files[MARKER]
            return Alteration("marker removed", (MARKER,), told)
        if field == "bytes":
            words, self._files[MARKER] = self._bytes(self._kept[MARKER])
            return Alteration(f"marker: {words}", (MARKER,), told)
        said[field] = 2 if field == "format" else STRANGE[: len(said[field])]
        self._files[MARKER] = json.dumps(said, indent=2).encode() + b"\n"
        return Alteration(f"marker: another {field}", (MARKER,), told)

    def _line(self) -> Alteration:
        """Alter a line, or have one go, come twice or change places; never the last one alone."""
        lines = self._lines()
        at = self._chance.randrange(len(lines) - 1)
        match self._chance.choice(("bytes", "bytes", "gone", "twice", "swapped")):
            case "bytes":
                words, line = self._bytes(lines[at])
                altered = [*lines[:at], line, *lines[at + 1 :]]
            case "gone":
                words, altered = "gone", [*lines[:at], *lines[at + 1 :]]
            case "twice":
                words, altered = "twice", [*lines[: at + 1], *lines[at:]]
            case _:
                words, altered = "swapped", [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
        self._relog(altered)
        return Alteration(f"line {at + 1}: {words}", (LOG,), frozenset(("access_log_altered",)))

    def _lines(self) -> list[bytes]:
        if "access.jsonl" in self._kept:
            return self._kept["access.jsonl"].splitlines(keepends=True)
        return [self._kept[name] for name in sorted(self._kept) if name.startswith(f"{LOG}/")]

    def _relog(self, lines: list[bytes]) -> None:
        if "access.jsonl" in self._kept:
            self._files["access.jsonl"] = b"".join(lines)
            return
        for number in range(1, max(len(lines), len(self._lines())) + 1):
            name = f"{LOG}/000/000/{number:03}"
            if number > len(lines):
                del self._files[name]
            elif self._kept.get(name) != lines[number - 1]:
                self._files[name] = lines[number - 1]
