"""What people said of two records: that they are not the same partner. The journal remembers it, and the last word."""

from crm.errors import InputError
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from crm.store import history
from crm.store.protocol import ReadTransaction
from graph_schema.records import Scalar

SOURCE = "distinct"
_ONE, _OTHER, _APART = "one", "other", "apart"


def tell_apart(network: Network, one: str, other: str) -> Committed[None]:
    """Remember that two records are two partners. Raises ``NotFound``, ``InputError`` for one record twice."""
    return _tell(network, one, other, True, "Deux fiches dites de partenaires différents")


def forget(network: Network, one: str, other: str) -> Committed[None]:
    """Take back that two records are two partners. Raises as ``tell_apart``."""
    return _tell(network, one, other, False, "Deux fiches de nouveau à comparer")


def told_apart(tx: ReadTransaction) -> set[frozenset[str]]:
    """The pairs of records that are not the same, as people said last."""
    found: dict[frozenset[str], bool] = {}
    for commit in history.commits(tx):
        if commit.source == SOURCE and {_ONE, _OTHER} <= commit.detail.keys():
            pair = frozenset((str(commit.detail[_ONE]), str(commit.detail[_OTHER])))
            found[pair] = bool(commit.detail.get(_APART))
    return {pair for pair, apart in found.items() if apart}


def _tell(network: Network, one: str, other: str, apart: bool, reason: str) -> Committed[None]:
    if one == other:
        raise InputError("C'est deux fois la même fiche : choisissez-en deux.", field="id")
    detail: dict[str, Scalar] = {_ONE: one, _OTHER: other, _APART: apart}

    def work(unit: UnitOfWork) -> None:
        for id in (one, other):
            unit.expect(id, None)

    return network.commit(reason, work, source=SOURCE, detail=detail, mark=True)
