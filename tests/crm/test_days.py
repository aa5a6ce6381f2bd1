"""Days that people may mean are read, others are as if not said; after midnight in France it is the new day."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm import days, demo
from crm.errors import InputError
from crm.network import Network
from crm.network.validation import InvalidRecord
from crm.records import actions, exchanges, links, organisations, reminders, serving
from crm.store import open_store
from crm.store.protocol import Store
from graph_schema.territory import Level, place
from importers import plan, run
from tests.contract.conftest import store as store
from tests.crm.conftest import ADMIN
from tests.importers.files import write_csv


@pytest.mark.parametrize("day", [days.FIRST, date(2026, 11, 20), days.LAST])
def test_a_day_that_one_may_mean_is_read(day: date) -> None:
    assert days.read(day.isoformat()) == day


@pytest.mark.parametrize("text", ["", "hier", "2026-02-30", "0001-01-01", "1899-12-31"])
def test_what_is_no_day_or_comes_too_early_is_none(text: str) -> None:
    assert days.read(text) is None


def after_midnight(store: Store) -> Network:
    """A network on 18 November 2026 at 0:30 in Paris, which is still the 17th in UTC."""
    return Network(store, ADMIN, clock=lambda: datetime(2026, 11, 17, 23, 30, tzinfo=UTC))


def test_an_instant_is_told_as_clocks_in_france_show_it() -> None:
    assert f"{days.here('2026-11-17T23:30:00+00:00'):%d/%m %H:%M}" == "18/11 00:30"
    assert f"{days.here('2026-07-17T22:30:00+00:00'):%d/%m %H:%M}" == "18/07 00:30"  # two hours ahead in summer


def test_after_midnight_in_france_it_is_the_new_day_for_every_act(store: Store, tmp_path: Path) -> None:
    network = after_midnight(store)
    today, yesterday = date(2026, 11, 18), date(2026, 11, 17)
    assert network.today() == today
    partner = organisations.create(network, {"name": "Garage Exemple", "tier": "A"}).value
    assert exchanges.log(network, [partner], on=today).commit
    with pytest.raises(InputError, match="passé"):
        actions.create(network, "Appeler", due_on=yesterday)
    action = actions.create(network, "Appeler", due_on=today).value
    actions.finish(network, action)
    assert network.read(lambda tx: tx.get([action]))[action].values["done_on"] == "2026-11-18"
    with pytest.raises(InputError):
        reminders.snooze(network, [partner], today)
    lens = place(Level.COMMUNE, "62498")
    assert lens is not None
    link = serving.serve(network, partner, lens).value
    links.edit(network, link, {"valid_from": "2026-11-17"})
    serving.leave(network, link)
    assert network.read(lambda tx: tx.get_links([link]))[link].values["valid_to"] == "2026-11-17"
    made_now = serving.serve(network, partner, lens).value
    serving.leave(network, made_now)  # said and unsaid the same day: nothing stays
    assert network.read(lambda tx: tx.get_links([made_now])) == {}
    file = write_csv(tmp_path / "liste.csv", "Structure;Dernier contact\nGarage Modèle;18/11/2026\n")
    assert {fault.code for fault in plan(network, [file]).tally.faults} == {"direction_unsaid"}  # not a day to come
    assert {fault.code for fault in run(network, [file]).tally.faults} == {"direction_unsaid"}


def test_a_demonstration_filled_after_midnight_is_of_the_new_day(tmp_path: Path) -> None:
    def story(name: str, on: date | None) -> list[str]:
        filled = open_store(str(tmp_path / f"{name}.db"))
        demo.fill(after_midnight(filled), on=on)
        told = [commit.at for commit in filled.read(lambda tx: tx.commits(limit=1000))]
        filled.close()
        return told

    assert story("unsaid", None) == story("said", date(2026, 11, 18)) != []


@pytest.mark.parametrize("day", ["0026-11-28", "2126-11-28"])
def test_a_record_refuses_a_day_that_nobody_means(either: Network, day: str) -> None:
    with pytest.raises(InvalidRecord, match="trop loin, donnez un jour de 1900 à 2100"):
        either.commit("Essai", lambda unit: unit.create("Exchange", {"on": day}))
