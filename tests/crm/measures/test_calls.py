"""The call list of a store: kept with its measures, renewed with the network, planned with the actions that are due."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crm.measures import calls
from crm.measures.calls import call_list, lines, plan, planned
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import actions, exchanges, links, organisations, people, reminders
from crm.store import open_store
from graph_schema.exchanges import Direction

ON = date(2026, 11, 18)
"""A Wednesday."""


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    store = open_store(str(tmp_path / "reseau28.db"))
    noon = datetime(ON.year, ON.month, ON.day, 12, tzinfo=UTC)
    yield Network(store, Actor("C. Exemple", Role.ADMIN), clock=lambda: noon)
    store.close()


def late(network: Network, name: str, days: int, **values: str) -> str:
    given = {"name": name, "kind": "entreprise", "tier": "A", "phone": "03 53 01 00 01", **values}
    id = organisations.create(network, given).value
    exchanges.log(network, [id], on=ON - timedelta(days=days), direction=Direction.MUTUAL)
    return id


def due(network: Network, owner: str | None = None) -> list[str]:
    return [each.id for each in call_list(measures(network, ON)).of(owner)]


def test_the_list_follows_what_is_committed(network: Network) -> None:
    one, two = late(network, "Garage Exemple", 90), late(network, "Hôtel Fictif", 120)
    assert due(network) == [two, one]
    exchanges.log(network, [two], on=ON, direction=Direction.MUTUAL)
    assert due(network) == [one]
    three = late(network, "Atelier Imaginaire", 100)
    assert due(network) == [three, one]
    reminders.snooze(network, [three], ON + timedelta(days=3))
    assert due(network) == [one]


def test_a_list_renewed_is_the_list_made_anew(network: Network) -> None:
    ids = [late(network, f"Garage Exemple {n:02}", 70 + n) for n in range(8)]
    before = call_list(measures(network, ON))
    exchanges.log(network, [ids[2]], on=ON - timedelta(days=70), direction=Direction.MUTUAL)
    organisations.edit(network, ids[5], {"tier": "B"}, 1)
    renewed = call_list(measures(network, ON))
    assert renewed is not before
    assert renewed.due == calls._made(measures(network, ON)).due


def test_one_colleague_s_calls_are_found_whatever_the_case(network: Network) -> None:
    mine = late(network, "Garage Exemple", 90, owner="Mme Fictive")
    late(network, "Hôtel Fictif", 120, owner="M. Exemple")
    assert due(network, "mme fictive") == [mine]
    assert due(network, "personne") == []


def test_a_line_has_the_person_s_phone_else_the_partner_s(network: Network) -> None:
    one, two = late(network, "Garage Exemple", 90), late(network, "Hôtel Fictif", 120)
    people.add(network, one, {"family_name": "Exemple", "mobile": "06 39 98 00 01", "email": "e@exemple.example"})
    measured = measures(network, ON)
    found = {line.row.id: line for line in lines(network, measured, call_list(measured).due)}
    assert (found[one].phone, found[one].email) == ("06 39 98 00 01", "e@exemple.example")
    assert (found[two].phone, found[two].email) == ("03 53 01 00 01", "")


def test_who_opposed_it_is_named_nowhere(network: Network) -> None:
    one = late(network, "Garage Exemple", 90)
    person = {"family_name": "Exemple", "mobile": "06 39 98 00 01", "opposed_on": "2026-01-01"}
    people.add(network, one, person)
    measured = measures(network, ON)
    (line,) = lines(network, measured, call_list(measured).due)
    assert (line.call.person, line.phone) == (None, "03 53 01 00 01")


def test_who_opposed_it_since_the_day_shown_is_named_no_more(network: Network) -> None:
    one = late(network, "Garage Exemple", 90)
    person = {"mobile": "06 39 98 00 01", "opposed_on": (ON + timedelta(days=1)).isoformat()}
    for name in ("Exemple", "Fictif"):
        people.add(network, one, {"family_name": name, **person}, {"main": True})
    measured = measures(network, ON)
    (line,) = lines(network, measured, call_list(measured).due)
    assert (line.call.person, line.phone) == (None, "03 53 01 00 01")
    people.add(network, one, {"family_name": "Maquette"})
    measured = measures(network, ON)
    (line,) = lines(network, measured, call_list(measured).due)
    assert line.call.reason.count("Maquette") == 1


def test_a_plan_holds_open_actions_returning_calls_and_ending_agreements(network: Network) -> None:
    one, two = late(network, "Garage Exemple", 90), late(network, "Hôtel Fictif", 120)
    reminders.snooze(network, [two], ON + timedelta(days=1))
    opened = actions.create(network, "Écrire au lycée", owner="C. Exemple", due_on=ON, follows=[one]).value
    done = actions.create(network, "Déjà fait", due_on=ON).value
    network.commit("Fait", lambda unit: unit.update(done, {"status": "fait"}))
    signed = {"subject": "Accueil", "signed_on": "2026-01-05", "ends_on": (ON + timedelta(days=2)).isoformat()}
    agreement = network.commit("Convention", lambda unit: unit.create("Agreement", signed)).value
    links.connect(network, "PartyTo", one, agreement)
    found = plan(network, measures(network, ON))
    by_day = {day.on: day for day in found.days}
    assert by_day[ON].actions == (opened,)
    assert (found.tasks[opened].owner, found.tasks[opened].partner) == ("C. Exemple", one)
    assert [each.id for each in by_day[ON].calls] == [one]
    assert [each.id for each in by_day[ON + timedelta(days=1)].calls] == [two]
    assert [each.organisation for each in by_day[ON + timedelta(days=2)].endings] == [one]
    assert planned(found.days)[1] == {one: ON, two: ON + timedelta(days=1)}


def test_a_plan_can_be_one_colleague_s(network: Network) -> None:
    mine = late(network, "Garage Exemple", 90, owner="C. Exemple")
    late(network, "Hôtel Fictif", 120)
    actions.create(network, "Pas à moi", owner="M. Fictif", due_on=ON)
    found = plan(network, measures(network, ON), "c. exemple")
    assert [each.id for each in planned(found.days)[0]] == [mine]
    assert not found.tasks
