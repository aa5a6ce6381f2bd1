"""A fact: what the journal says of a few records, handed to someone who holds the chain and none of the data.

Each change goes with its salt and its values, so that whoever holds the chain (``crm/ledger/chain.py``) sees that they
are what was digested then, and that none was left out (``crm/ledger/verifier.py``).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from crm.errors import InputError, NotFound
from crm.files import private
from crm.network import Network
from crm.network.rights import Right
from crm.store import history
from crm.store.journal import canonical
from crm.store.protocol import ReadTransaction
from graph_schema.limits import Limit
from graph_schema.records import Change, Commit, Values
from graph_schema.views import View

MOST = Limit(200, "Fiches et liens dans un fait remis à un tiers", "refusé : remettez-en moins à la fois")
"""More is an export of the network, not a fact."""


class Handed(NamedTuple):
    """What a fact holds: how many records and changes, how many of which were redacted, or cannot be proven."""

    records: int
    changes: int
    redacted: int
    unproven: int


def write(network: Network, ids: Sequence[str], fact: Path, links: bool = False) -> Handed:
    """Write into the new file ``fact`` all that the journal says of the records ``ids``, and of their ``links``.

    Saved views are never handed. Raises ``Forbidden`` for who may not read the journal, ``NotFound`` for a record that
    it does not know, ``InputError`` for too many or when the file exists, ``StoreError`` when it cannot be written.
    """

    def work(tx: ReadTransaction) -> tuple[dict[str, Any], Handed]:
        wanted = list(dict.fromkeys([*ids, *(_links(tx, ids) if links else ())]))
        if not ids or len(wanted) > MOST:
            raise InputError(f"Un fait tient en 1 à {MOST} fiches et liens : remettez-en moins à la fois.", field="id")
        records = [_record(id, tx.history(id, 10**9)) for id in wanted]
        anchor = _anchor(tx)
        document = {"reseau28_fact": 1, "dataset": tx.dataset(), "anchor": anchor, "records": records}
        return document, _counted(records, anchor)

    document, handed = network.read(work, Right.HISTORY)
    with private.new_file(fact) as stream:
        stream.write(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return handed


def _links(tx: ReadTransaction, ids: Sequence[str]) -> Iterable[str]:
    return (link.id for link in tx.links_of(ids))


def _record(id: str, history: Sequence[tuple[Commit, Change]]) -> dict[str, Any]:
    types = {change.type for _, change in history}
    if not history or View.TYPE in types:
        raise NotFound(f"Le journal n'a pas de fiche {id} à remettre.", field="id")
    changes = [_change(commit, change) for commit, change in reversed(history)]
    return {"id": id, "type": history[0][1].type, "changes": changes}


def _change(commit: Commit, change: Change) -> dict[str, Any]:
    return {
        "commit": commit.number, "position": change.position, "action": change.action, "source": change.source,
        "target": change.target, "revision": change.revision, "before": _text(change.before),
        "after": _text(change.after), "state": change.state, "salt": change.salt,
    }  # fmt: skip


def _text(values: Values | None) -> str | None:
    """The text that is digested."""
    return None if values is None else canonical(values)


def _anchor(tx: ReadTransaction) -> dict[str, Any] | None:
    """The second part of the commit that names the network, the first one of version 2."""
    first = next((commit for commit in history.commits(tx) if commit.version > 1), None)
    if first is None:
        return None
    return {
        "number": first.number, "salt": first.salt, "reason": first.reason, "detail": canonical(dict(first.detail)),
        "run": first.run, "token": first.token,
    }  # fmt: skip


def _counted(records: Sequence[dict[str, Any]], anchor: dict[str, Any] | None) -> Handed:
    changes = [each for record in records for each in record["changes"]]
    old = sum(anchor is None or each["commit"] < anchor["number"] for each in changes)
    return Handed(len(records), len(changes), sum(not each["salt"] for each in changes), old)
