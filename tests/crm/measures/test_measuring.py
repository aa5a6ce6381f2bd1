"""Measures are those of the newest commit, whether they were renewed or made anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm import days
from crm.analytics.coverage import Cell
from crm.analytics.graph import build
from crm.ledger.undo import undo_commit
from crm.measures import renewal, snapshots
from crm.measures.calls import call_list
from crm.measures.measuring import Measures, measures
from crm.measures.partners import EVERYONE, Filters, Listing, Order, listing, territories
from crm.measures.snapshots import whole
from crm.network import Network, provider
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import exchanges, links, organisations, people
from crm.store import open_store
from crm.store.protocol import Store
from graph_schema.exchanges import Direction
from graph_schema.territory import Level, communes
from graph_schema.vocabularies import Kind

DAY = date(2026, 11, 20)
NAMES = ["Garage Fictif", "Boulangerie Exemple", "Mairie Exemple", "Cap Exemple"]
COMMUNES = ["62498", "62041", "59350"]
ADMIN = Actor("C. Exemple", Role.ADMIN)
LENS = communes()["62498"]


def _clock() -> datetime:
    """Noon of the day that is measured: what is written then is there."""
    return datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)


Act = Callable[[Network], object]
Choice = Callable[[list[str]], str]


def anew(network: Network, on: date = DAY) -> Measures:
    """The measures of the whole network, read again."""
    return network.read(lambda tx: Measures(tx.head().number, build(whole(tx, on))))


def grid(cells: tuple[Cell, ...]) -> list[Cell]:
    """Cells without what the order of reading decides: the order of partners, the nearest of several as near."""
    return [
        each._replace(partners=tuple(sorted(each.partners)), dormant=tuple(sorted(each.dormant)), nearest=None)
        for each in cells
    ]


def lists(found: Measures) -> list[Listing]:
    """The list of partners in several orders and through several filters."""
    lens = Filters(territory=LENS)
    orders = [(order, backwards) for order in Order for backwards in (False, True)]
    return [listing(found, EVERYONE, *each) for each in orders] + [
        listing(found, lens), listing(found, Filters(text="exem")), listing(found, limit=2)
    ]  # fmt: skip


def everything(found: Measures) -> list[Any]:
    """All that is measured, in a form that can be compared."""
    return [
        found.commit, found.freshness, found.freshness_of_people, found.activity,
        grid(found.coverage(Level.REGION)), grid(found.coverage_within(LENS, Level.COMMUNE)),
        lists(found), territories(found), call_list(found).due,
        {id: set(engaged) for id, engaged in found.relations.engagements.items()},
        {id: set(held) for id, held in found.relations.ties.items()}, set(found.relations.snapshot.links),
        found.relations.snapshot.seats, set(found.relations.snapshot.engagements),
    ]  # fmt: skip


def ids(network: Network, type: str, link: bool = False) -> list[str]:
    """The ids of what there is of a type."""
    return sorted(
        str(row[0]) for row in network.read(lambda tx: list(tx.link_rows(type) if link else tx.rows(type, ())))
    )


DAYS = st.integers(0, 500).map(lambda days: DAY - timedelta(days=days))


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """One act on whatever the network then holds; nothing when it holds nothing to act on."""
    where, day, kind = draw(st.integers(0, 50)), draw(DAYS), draw(st.sampled_from(Kind))
    name, commune, direction = draw(st.sampled_from(NAMES)), draw(st.sampled_from(COMMUNES)), draw(
        st.sampled_from(Direction)
    )  # fmt: skip

    def of(network: Network, type: str, link: bool = False) -> str:
        found = ids(network, type, link)
        return found[where % len(found)] if found else ""

    def engage(network: Network, type: str, values: dict[str, Any], link: str, more: dict[str, Any]) -> None:
        party = of(network, draw_party)

        def work(unit: UnitOfWork) -> None:
            subject = unit.create(type, values)
            ends = (subject, party) if link == "HostedBy" else (party, subject)
            unit.connect(link, *ends, more)

        if party:
            network.commit("Engagement", work)

    def revise(network: Network, type: str, patch: dict[str, Any]) -> None:
        if id := of(network, type):
            network.commit("Modification", lambda unit: unit.update(id, patch))

    draw_party = draw(st.sampled_from(["Organisation", "Person"]))
    iso, later = day.isoformat(), (day + timedelta(days=90)).isoformat()
    choices: dict[str, Act] = {
        "create": lambda n: organisations.create(n, {"name": name, "kind": kind, "commune": commune, "tier": "B"}),
        "edit": lambda n: revise(n, "Organisation", {"name": name, "tier": "A", "owner": "J. Fictif"}),
        "move": lambda n: revise(n, "Organisation", {"commune": commune, "functions": ["handicap"]}),
        "close": lambda n: revise(n, "Organisation", {"closed": True}),
        "snooze": lambda n: revise(n, "Organisation", {"snoozed_until": later}),
        "person": lambda n: (o := of(n, "Organisation")) and _hire(n, o),
        "oppose": lambda n: revise(n, "Person", {"opposed_on": iso}),
        "leave": lambda n: (r := of(n, "WorksFor", True)) and people.leave(n, r, day),
        "unlink": lambda n: (r := of(n, "WorksFor", True)) and links.delete(n, r),
        "delete": lambda n: (o := of(n, draw_party)) and n.commit("Suppression", lambda u: u.delete([o])),
        "log": lambda n: (o := of(n, draw_party)) and exchanges.log(n, [o], on=day, direction=direction),
        "redate": lambda n: revise(n, "Exchange", {"on": iso}),
        "forget": lambda n: (e := of(n, "Exchange")) and n.commit("Suppression", lambda u: u.delete([e])),
        "agree": lambda n: engage(
            n, "Agreement", {"subject": "Accueil", "signed_on": iso}, "PartyTo", {}
        ) if draw_party == "Organisation" else None,
        "terminate": lambda n: revise(n, "Agreement", {"terminated_on": later}),
        "meet": lambda n: engage(
            n, "Meeting", {"title": "Comité", "held_on": iso}, "Attended", {"status": "present"}
        ),
        "postpone": lambda n: revise(n, "Meeting", {"held_on": iso}),
        "sit": lambda n: engage(n, "Committee", {"name": "Comité"}, "SitsOn", {"valid_from": iso}),
        "serve": lambda n: (o := of(n, "Organisation")) and _serve(n, o),
        "partner": lambda n: (o := of(n, "Organisation")) and _work_together(n, o),
        "provider": lambda n: provider.save(n, {"ideal_b": where + 1, "maximum_b": 2 * where + 2}),
        "undo": lambda n: undo_commit(n, n.read(lambda tx: tx.commits(limit=1, newest_first=True))[0]),
    }  # fmt: skip
    return choices[draw(st.sampled_from(sorted(choices)))]


def _hire(network: Network, organisation: str) -> object:
    return people.add(network, organisation, {"family_name": "Fictif"}, {"main": True})


def _work_together(network: Network, organisation: str) -> object:
    other = ids(network, "Organisation")[0]
    return other != organisation and links.connect(network, "WorksWith", organisation, other)


def _serve(network: Network, organisation: str) -> object:
    def work(unit: UnitOfWork) -> None:
        if unit.node("departement:62") is None:
            values = {"name": "Pas-de-Calais", "level": "departement", "code": "62"}
            unit.create("Territory", values, id="departement:62")
        unit.connect("Serves", organisation, "departement:62")

    return network.commit("Territoire desservi", work)


@given(st.lists(st.tuples(acts(), st.booleans()), max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_renewed_measures_are_those_made_anew(story: list[tuple[Act, bool]]) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "essai.db"))
        network = Network(store, ADMIN)
        for name in NAMES[:3]:
            id = organisations.create(network, {"name": name, "commune": COMMUNES[0], "tier": "A"}).value
            people.add(network, id, {"family_name": "Exemple"})
        everything(measures(network, DAY))
        for act, looked_at in story:
            act(network)
            if looked_at:
                assert everything(measures(network, DAY)) == everything(anew(network))
        assert everything(measures(network, DAY)) == everything(anew(network))
        store.close()


def _lived(network: Network) -> str:
    """An organisation with someone in it, measured before and after an exchange with them; returns its id."""
    id = organisations.create(network, {"name": NAMES[0], "commune": COMMUNES[0], "tier": "A"}).value
    person = people.add(network, id, {"family_name": "Exemple"}).value
    everything(measures(network, DAY))
    exchanges.log(network, [id], [person], on=DAY, direction=Direction.MUTUAL)
    _serve(network, id)
    return id


def test_an_exchange_is_measured_at_once_without_reading_the_network_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Network(store, ADMIN, _clock)
    id = _lived(network)
    expected = everything(anew(network))
    monkeypatch.setattr(snapshots, "whole", None)
    found = measures(network, DAY)
    assert everything(found) == expected
    assert found.freshness[id].last_exchange == DAY


def test_a_journal_that_is_not_the_one_measured_is_read_again(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "essai.db"))
    network = Network(store, ADMIN)
    organisations.create(network, {"name": NAMES[0]})
    backup = tmp_path / "sauvegarde.db"
    store.close()
    backup.write_bytes((tmp_path / "essai.db").read_bytes())
    for path, name in ((tmp_path / "essai.db", NAMES[1]), (backup, NAMES[2])):
        other = open_store(str(path))
        organisations.create(Network(other, ADMIN), {"name": name})
        found = measures(Network(other, ADMIN), days.today()).relations.snapshot.organisations
        assert {row.name for row in found.values()} == {NAMES[0], name}
        other.close()


def test_too_many_changes_and_our_own_settings_are_read_again(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = measures(network, DAY)
    provider.save(network, {"ideal_a": 3})
    assert network.read(lambda tx: renewal.renewed(tx, before.relations, before.commit)) is None
    monkeypatch.setattr(renewal, "MOST", 1)
    before = measures(network, DAY)
    _lived(network)
    assert network.read(lambda tx: renewal.renewed(tx, before.relations, before.commit)) is None


def test_people_wait_for_a_day_once_and_never_for_what_came_since(network: Network) -> None:
    waits: list[str] = []

    @contextmanager
    def waiting() -> Iterator[None]:
        waits.append("began")
        yield
        waits.append("over")

    other = DAY - timedelta(days=30)
    measures(network, other, waiting=waiting)
    assert waits == ["began", "over"]
    organisations.create(network, {"name": NAMES[0]})
    measures(network, other, waiting=waiting)
    assert waits == ["began", "over"]
