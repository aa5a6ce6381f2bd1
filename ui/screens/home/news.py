"""« Ce qui a changé »: the last acts of the journal, who did what, about whom."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from crm import days
from crm.measures.measuring import Measures
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction
from graph_schema.declaration import Trait
from graph_schema.records import Change, Commit
from graph_schema.registry import SCHEMA
from graph_schema.wording import ago, count, short_date
from ui import address, session
from ui.markup import Markup, door, element, heading, join
from ui.remembered import remembered

SHOWN = 9
_READ = 60
_SMALL = 25
"""Commits of more changes than this are about too many records to name one."""


class News(NamedTuple):
    """An act: when, who, what, how many changes, and the record it is about, a partner first, if it is about one."""

    at: datetime
    author: str
    reason: str
    changes: int
    subject: str | None
    caption: str


def html(measures: Measures) -> Markup:
    """The last acts, newest first; for those who may consult the journal."""
    return remembered(
        measures, ("home-news", address.day(), measures.kept.seen), lambda: _acts(session.network(), measures.on)
    )


def _acts(network: Network, on: date) -> Markup:
    lines = [_line(each, on) for each in latest(network)]
    return join(
        heading("Ce qui a changé"),
        element("ul", *lines, class_="news")
        if lines
        else element("p", "Rien encore : ce que vous ferez s'écrira ici.", class_="empty"),
    )


def latest(network: Network, limit: int = SHOWN) -> list[News]:
    """The last acts; the commits of one run, and the same words said twice in a row by one author, count as one act."""
    return network.read(lambda tx: _latest(tx, limit), Right.HISTORY)


def _latest(tx: ReadTransaction, limit: int) -> list[News]:
    commits = tx.commits(limit=_READ, newest_first=True)
    grouped = groupby(commits, key=lambda c: c.run or (c.author, c.reason, days.here(c.at).date()))
    acts = [list(group) for _, group in grouped][:limit]
    subjects = _subjects(tx, [act[0] for act in acts if len(act) == 1 and act[0].changes <= _SMALL])
    return [_news(act, *subjects.get(act[0].number, (None, ""))) for act in acts]


def _news(act: list[Commit], subject: str | None, caption: str) -> News:
    newest = act[0]
    at = days.here(newest.at)
    return News(at, newest.by, newest.why, sum(c.changes for c in act), subject, caption)


def _subjects(tx: ReadTransaction, commits: Iterable[Commit]) -> dict[int, tuple[str, str]]:
    """For each commit that is about one partner or person, else by itself about one record, its id and caption."""
    changed = {c.number: [change for _, change in tx.changes(c.number, c.number)] for c in commits}
    involved = {number: _involved(changes) for number, changes in changed.items()}
    records = tx.get({id for ids in involved.values() for id in ids})
    found = {}
    for number, ids in involved.items():
        there = [records[id] for id in ids if id in records]
        own = {change.id for change in changed[number] if not change.source}
        sorts = [[each for each in there if each.type == type] for type in SCHEMA.partners]
        sorts.append([each for each in there if each.id in own and each.type in SCHEMA.having(Trait.ENTERED)])
        if about := next((some[0] for some in sorts if len(some) == 1), None):
            found[number] = (about.id, session.caption(about))
    return found


def _involved(changes: Iterable[Change]) -> dict[str, None]:
    ends = (
        (change.source, change.target) if change.source and change.action != "redact" else (change.id,)
        for change in changes
    )
    return dict.fromkeys(id for each in ends for id in each if id)


def _line(news: News, on: date) -> Markup:
    about = (
        join(" · ", door(news.caption, address.record(news.subject)))
        if news.subject and news.caption not in news.reason
        else Markup("")
    )
    many = f" ({count(news.changes, 'changement')})" if news.subject is None and news.changes > 1 else ""
    day = news.at.date()
    when = f"{news.at:%H:%M}" if day == on else ago(day, on)
    exact = f"{short_date(day)} à {news.at:%H:%M}"
    what = element("span", element("b", news.author), join(f" · {news.reason}{many}"), about)
    return element("li", what, element("span", when, class_="muted small figure", title=exact))
