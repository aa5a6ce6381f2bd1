"""The growth read in one pass is what the measures say on each day, one network at a time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.analytics.activity import Mobilisation, activity
from crm.analytics.freshness import State, freshness
from crm.analytics.graph import Relations, build
from crm.analytics.growth import CountedDay, Dated, growth
from graph_schema.snapshot import Contact, Engagement, LinkRow, Nature, OrganisationRow, Snapshot
from graph_schema.vocabularies import Tier
from tests.crm.analytics.networks import link, organisation

START = date(2025, 1, 31)
DAYS = [START + timedelta(days=31 * n) for n in range(14)]
YEAR = timedelta(days=365)


class Life(NamedTuple):
    """What happened to a network, dated."""

    rows: list[OrganisationRow]
    exchanges: list[Dated]
    engagements: list[Engagement]
    links: list[LinkRow]

    def on(self, moment: CountedDay) -> Relations:
        """The network as it was on a day."""
        known = [each for each in self.exchanges if each.on <= moment.on]
        contacts = {row.id: _folded([e for e in known if e.organisation == row.id], moment.since) for row in self.rows}
        met = {id: contact for id, contact in contacts.items() if contact != Contact(None, None, 0)}
        started = tuple(each for each in self.engagements if each.starts <= moment.on)
        valid = tuple(each for each in self.links if _holds(each, moment.on))
        return build(Snapshot(moment.on, moment.since, {r.id: r for r in self.rows}, {}, valid, met, started))


def _folded(exchanges: Iterable[Dated], since: date) -> Contact:
    found = list(exchanges)
    return Contact(
        max((e.on for e in found if e.received), default=None),
        max((e.on for e in found if not e.received), default=None),
        sum(e.on >= since for e in found),
    )


def _holds(link: LinkRow, on: date) -> bool:
    return (link.valid_from or on) <= on <= (link.valid_to or on)


_DATES = st.integers(-300, 450).map(lambda days: START + timedelta(days=days))


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A few organisations over two years."""
    ids = [f"o{n}" for n in range(draw(st.integers(1, 4)))]
    rows = [organisation(id, tier=draw(st.sampled_from(Tier)), closed=draw(st.booleans())) for id in ids]
    one = st.sampled_from(ids)
    exchanges = draw(st.lists(st.builds(Dated, one, _DATES, st.booleans()), max_size=8))
    engagements = []
    for _ in range(draw(st.integers(0, 5))):
        nature, starts, length = draw(st.sampled_from(Nature)), draw(_DATES), draw(st.none() | st.integers(0, 400))
        ends = None if length is None else starts + timedelta(days=length)
        engagements.append(Engagement(draw(one), nature, starts, starts if nature is Nature.MEETING else ends, ""))
    periods = draw(st.lists(st.tuples(st.none() | _DATES, st.none() | _DATES), max_size=4))
    links = [link("PartOf", ids[0], ids[-1], valid_from=first, valid_to=last) for first, last in periods]
    return Life(rows, exchanges, engagements, links)


@settings(deadline=None)
@given(lives(), st.booleans())
def test_each_point_is_what_the_measures_say_on_that_day(life: Life, window_is_fixed: bool) -> None:
    moments = [CountedDay(day, START - YEAR if window_is_fixed else day - YEAR) for day in DAYS]
    periods = [(each.valid_from, each.valid_to) for each in life.links]
    points = growth(life.on(moments[-1]), moments, life.exchanges, periods, [e.on for e in life.exchanges])
    for point, moment in zip(points, moments, strict=True):
        of = life.on(moment)
        active = sum(each.standing is Mobilisation.ACTIVE for each in activity(of).values())
        fresh = sum(each.state is State.FRESH and not each.closed for each in freshness(of).values())
        assert point[:4] == (moment.on, active, fresh, len(of.snapshot.links))


@settings(deadline=None)
@given(lives())
def test_exchanges_are_those_since_the_point_before(life: Life) -> None:
    moments = [CountedDay(day, day - YEAR) for day in DAYS]
    points = growth(life.on(moments[-1]), moments, life.exchanges, [], [e.on for e in life.exchanges])
    first = START.replace(day=1)
    starts = [first, *(day + timedelta(days=1) for day in DAYS)]
    for point, after in zip(points, starts, strict=False):
        assert point.exchanges == sum(after <= each.on <= point.on for each in life.exchanges)


def test_an_exchange_with_someone_who_is_no_organisation_counts_for_the_month_only() -> None:
    moments = [CountedDay(START, START - YEAR)]
    life = Life([organisation("o1")], [], [], [])
    (point,) = growth(life.on(moments[0]), moments, [Dated("p1", START, True)], [], [START])
    assert (point.fresh, point.exchanges) == (0, 1)
