"""Reminders put off, and woken."""

from datetime import date, timedelta

import pytest

from crm.analytics.calls import call_list
from crm.errors import Forbidden, InputError, NotFound
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations, reminders


def to_call(network: Network, on: date) -> list[str]:
    """Who is on the call list of a day."""
    return [call.freshness.id for call in call_list(measures(network, on).relations)]


def test_a_partner_put_off_leaves_the_call_list_until_the_day(network: Network) -> None:
    today = network.today()
    until = today + timedelta(days=7)
    one, other = (organisations.create(network, {"name": f"Garage {n}", "tier": "A"}).value for n in "ab")
    assert to_call(network, today) == [one, other]
    reminders.snooze(network, [one], until, " Congés ")
    assert to_call(network, today) == [other]
    assert to_call(network, until - timedelta(days=1)) == [other]
    assert to_call(network, until) == [one, other]
    row = measures(network, today).relations.snapshot.organisations[one]
    assert (row.snoozed_until, row.snooze_reason) == (until, "Congés")
    reminders.wake(network, [one])
    assert to_call(network, today) == [one, other]


def test_only_a_day_to_come_is_one_to_put_off_to(network: Network) -> None:
    id = organisations.create(network, {"name": "Garage"}).value
    with pytest.raises(InputError):
        reminders.snooze(network, [id], network.today())
    with pytest.raises(NotFound):
        reminders.snooze(network, ["rien"], network.today() + timedelta(days=1))
    with pytest.raises(Forbidden):
        reminders.wake(Network(network.store, Actor("L. Exemple", Role.READER)), [id])
