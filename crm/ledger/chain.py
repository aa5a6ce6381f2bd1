"""The journal as others may hold it: headers and digests, without any value, reason or name.

Whoever holds it can recompute the chain (``crm/ledger/verifier.py``), hold a receipt against it, and later be shown
what single changes said (``crm/ledger/facts.py``), without having anybody's data.
"""

import hashlib
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from crm.errors import StoreError
from crm.files import private
from crm.ledger import verifier
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ChangeText, CommitText, ReadTransaction

Progress = Callable[[int, int], None]
_TOLD = 500


def write(network: Network, chain: Path, progress: Progress = lambda done, total: None) -> int:
    """Write the chain of the journal into the new file ``chain``; returns how many commits it holds.

    One line says which network and which newest commit, one line each commit with the headers of its changes, and the
    last one digests all before it. Of version 1, whose digests cover values, only digests can be told.

    Raises ``Forbidden`` for who may not read the journal, ``InputError`` when the file exists, ``StoreError`` when it
    cannot be written or the journal holds what is not of its kind.
    """

    def work(tx: ReadTransaction) -> int:
        head, whole = tx.head(), hashlib.sha256()
        with private.new_file(chain) as stream:
            for number, line in enumerate(_lines(tx)):
                whole.update(line)
                stream.write(line)
                if number % _TOLD == 0 or number == head.number:
                    progress(number, head.number)
            stream.write(_line({"end": head.number, "sha256": whole.hexdigest()}))
        return head.number

    return network.read(work, Right.HISTORY)


def write_verifier(file: Path) -> None:
    """Write the program that checks chains, receipts and facts into the new file ``file``; raises as ``write``."""
    content = Path(verifier.__file__).read_bytes()
    with private.new_file(file) as stream:
        stream.write(content)


def _lines(tx: ReadTransaction) -> Iterator[bytes]:
    info = tx.info()
    yield _line({
        "reseau28_chain": 1, "dataset": info.dataset, "schema": info.schema_version, "commits": info.head.number,
        "digest": info.head.digest,
    })  # fmt: skip
    changes = groupby(tx.change_texts(), key=lambda change: change.number)
    number, group = next(changes, (None, iter(())))
    for commit in tx.commit_texts():
        mine: list[ChangeText] = []
        if number == commit.number:
            mine = list(group)
            number, group = next(changes, (None, iter(())))
        yield _line(_commit(commit, mine))


def _commit(commit: CommitText, changes: list[ChangeText]) -> dict[str, Any]:
    common = {
        "number": commit.number, "version": commit.version, "at": commit.at, "previous": commit.previous,
        "digest": commit.digest,
    }  # fmt: skip
    if commit.version == 1:  # its author is a name, and its source may be a file's
        return {**common, "changes": [each.digest for each in changes]}
    headers = [[*each[2:8], each.state, each.content] for each in changes]
    more = {"author": commit.author, "source": commit.source, "private": commit.private, "changes": headers}
    return {**common, **more}


def _line(content: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a value of a type that we never write, or no text
        raise StoreError(
            "Le journal est altéré, sa chaîne ne peut pas être écrite : « reseau28 verify » dit où."
        ) from None
