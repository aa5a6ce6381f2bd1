"""Keeping what search finds true to the declarations: a store filled by other rules is gone through once.

The words of a record are derived from it when it is saved. Whenever the declarations come to derive others, so that a
search would miss what is there, all nodes are saved again as they are: not a change of anyone's, so the journal does
not tell it. A refresh that was cut short goes on where it stopped.
"""

from crm.store.protocol import Store, WriteTransaction
from graph_schema.registry import SCHEMA

BATCH = 2_000
"""Nodes in one transaction, so that other writers need not wait for all of it."""


def refresh(store: Store) -> None:
    """Have every node found by the rules of today; does nothing where it is so already."""
    if store.read(lambda tx: tx.derivation()) != SCHEMA.derivation:
        while store.write(_next):
            pass


def _next(tx: WriteTransaction) -> bool:
    """Do what comes next; returns whether there may be more."""
    rules, _, last = tx.derivation().partition(" ")
    if rules == SCHEMA.derivation and not last:
        return False
    nodes = tx.nodes_after(last if rules == SCHEMA.derivation else "", BATCH)
    tx.save(nodes)
    tx.set_derivation(f"{SCHEMA.derivation} {nodes[-1].id}" if nodes else SCHEMA.derivation)
    return bool(nodes)
