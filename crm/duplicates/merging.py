"""Two records of one partner made one, and made two again: one commit each, of which the journal keeps all.

The record that stays keeps its id. The other is deleted by a commit that says where it went, so that whatever knew its
id finds it (``crm/network/redirects.py``). Its links go over with all that they say; one that the record that stays
has too is folded into that one, if nothing is lost by it.
"""

from collections.abc import Collection
from typing import NamedTuple

from crm.duplicates.comparing import SideBySide, compare, folded
from crm.errors import ConflictError, InputError, NotFound
from crm.ledger.undo import NotUndone, taken_back, undo_commit
from crm.network import Committed, Network, redirects
from crm.network.rights import Right
from crm.network.work import UnitOfWork
from crm.store import history
from crm.store.protocol import ReadTransaction
from graph_schema.records import Commit, LinkRecord, NodeRecord, Scalar
from graph_schema.registry import SCHEMA
from graph_schema.wording import lowered


class Merged(NamedTuple):
    """What a merge did: the record that stays, the one that went, links taken over, folded into others, left out.

    Those left out tied the two together.
    """

    kept: str
    other: str
    moved: int
    folded: int
    dropped: int


class Split(NamedTuple):
    """What a split did: the record that stayed, the one that is back, and what has changed since the merge."""

    kept: str
    other: str
    reversed: int
    since: tuple[NotUndone, ...]
    commit: Commit | None


def beside(network: Network, kept: str, other: str) -> SideBySide:
    """Two records side by side. Raises ``NotFound``, and ``InputError`` for two that cannot be one."""
    found = network.read(lambda tx: tx.get([kept, other]))
    for id in (kept, other):
        if id not in found:
            raise NotFound(f"Aucune fiche ne porte l'identifiant {id} : elle a peut-être été supprimée.", field="id")
    return _compared(found[kept], found[other])


def merge(
    network: Network, kept: str, other: str, taken: Collection[str] = (), seen: tuple[int, int] | None = None
) -> Committed[Merged]:
    """Merge the record ``other`` into ``kept``; ``taken`` are the fields of which the other's value is chosen.

    ``seen`` are the revisions at which the caller saw them. Raises ``NotFound``, ``StaleRevision``, and ``InputError``
    for two records that cannot be one.
    """
    detail: dict[str, Scalar] = {redirects.MERGED: other, redirects.INTO: kept}

    def work(unit: UnitOfWork) -> Merged:
        revisions = seen or (None, None)
        one, two = (unit.expect(id, at) for id, at in zip((kept, other), revisions, strict=True))
        comparison = _compared(one, two)
        values = comparison.merged(taken)
        done = _take_over(unit, kept, other)
        unit.delete([other])
        unit.update(kept, values, vouched=True)
        return done

    return network.commit("Deux fiches du même partenaire fusionnées", work, source=redirects.SOURCE, detail=detail)


def _compared(one: object, two: object) -> SideBySide:
    """Two records side by side, if a merge of them makes sense."""
    if not isinstance(one, NodeRecord) or not isinstance(two, NodeRecord) or one.type != two.type:
        raise InputError("Seules deux fiches du même type se fusionnent.", field="id")
    if one.id == two.id:
        raise InputError("C'est deux fois la même fiche : choisissez-en deux.", field="id")
    if one.type not in SCHEMA.partners:
        label = lowered(SCHEMA.nodes[one.type].about.plural)
        raise InputError(f"Seules les organisations et les personnes se fusionnent, pas les {label}.", field="id")
    return compare(one, two)


def _take_over(unit: UnitOfWork, kept: str, other: str) -> Merged:
    """Have the links of ``other`` run to ``kept``."""
    links = unit.tx.links_of([other, kept])
    unit.adopt(links)
    ends = {end for link in links for end in (link.source, link.target)}
    unit.preload(nodes=ends)
    own: dict[tuple[str, str, str], list[str]] = {}
    for link in links:
        if other not in (link.source, link.target):
            own.setdefault((link.type, link.source, link.target), []).append(link.id)
    counts = {"moved": 0, "folded": 0, "dropped": 0}
    for link in links:
        if other in (link.source, link.target):
            counts[_moved(unit, link, kept, other, own)] += 1
    return Merged(kept, other, **counts)


def _moved(
    unit: UnitOfWork, link: LinkRecord, kept: str, other: str, own: dict[tuple[str, str, str], list[str]]
) -> str:
    """Have one link run to ``kept``; what became of it."""
    source, target = (kept if end == other else end for end in (link.source, link.target))
    if source == target:
        return "dropped"
    twins = own.setdefault((link.type, source, target), [])
    for id in twins:
        twin = unit.link(id)
        if twin is not None and (together := folded(link.type, twin.values, link.values)) is not None:
            unit.update(id, together, vouched=True)
            return "folded"
    twins.append(unit.connect(link.type, source, target, link.values))
    return "moved"


def split(network: Network, merged: str) -> Split:
    """Undo a merge: the record that went is back as it was, with its links, under its own id.

    ``merged`` is the number of the merge's commit, or the id of either record (the latest merge of it). What has
    changed since stays, and is told. Raises ``NotFound`` where there is no such merge, ``ConflictError`` for one that
    was taken back already or whose record has itself been merged since.
    """
    commit, since = network.read(lambda tx: _to_split(tx, merged), Right.HISTORY)
    kept, other = (str(commit.detail[name]) for name in (redirects.INTO, redirects.MERGED))
    report = undo_commit(network, commit, reason="Deux fiches fusionnées séparées de nouveau")
    return Split(kept, other, report.reversed, (*report.kept, *since), report.commit)


def merges(tx: ReadTransaction) -> list[Commit]:
    """Every merge of the journal whose words were not redacted, newest first, those taken back included."""
    return [commit for commit in history.commits(tx) if redirects.is_merge(commit)][::-1]


def _to_split(tx: ReadTransaction, merged: str) -> tuple[Commit, tuple[NotUndone, ...]]:
    """The merge that is meant, and what has been tied since to the record that stayed."""
    commit = _commit(tx, merged)
    kept = str(commit.detail[redirects.INTO])
    if commit.number in taken_back(tx, commit.number):
        raise ConflictError("Cette fusion a déjà été défaite : les deux fiches sont séparées.")
    if kept not in tx.get([kept]) and redirects.merging(tx, kept):
        raise ConflictError("La fiche gardée a elle-même été fusionnée depuis : séparez d'abord cette dernière fusion.")
    head = tx.head().number
    made = {
        change.id: change.source if change.target == kept else change.target
        for _, change in tx.changes(commit.number + 1, head)
        if change.action == "create" and kept in (change.source, change.target)
    }
    still = tx.get_links(made)
    ends = tx.get({str(made[id]) for id in still})
    return commit, tuple(
        NotUndone(id, _named(ends.get(str(made[id])), link), "reliée depuis : ce lien reste sur la fiche gardée")
        for id, link in still.items()
    )


def _named(end: NodeRecord | None, link: LinkRecord) -> str:
    return SCHEMA.nodes[end.type].caption(end.values) if end else SCHEMA.links[link.type].about.label


def _commit(tx: ReadTransaction, merged: str) -> Commit:
    """The commit of the merge that a number or an id names."""
    if merged.isascii() and merged.isdigit() and len(merged) < 12:
        number = int(merged)
        found = [each for each in tx.commits(number - 1, 1) if each.number == number and redirects.is_merge(each)]
    else:
        found = [each for each in merges(tx) if merged in (each.detail[redirects.INTO], each.detail[redirects.MERGED])]
        undone = taken_back(tx, found[-1].number) if found else {}
        found.sort(key=lambda each: each.number in undone)
    if found:
        return found[0]
    raise NotFound(
        f"Aucune fusion ne correspond à « {merged[:40]} » : donnez le numéro d'une fusion (« reseau28 history ») ou "
        "l'identifiant d'une des deux fiches.",
        field="id",
    )
