"""An action is open, has a day to come, and follows up what it answers; all of it in one commit."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crm.errors import Forbidden, InputError
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import actions, organisations
from crm.store import open_store


def at(tmp_path: Path, role: Role = Role.ADMIN) -> Network:
    store = open_store(str(tmp_path / "reseau28.db"))
    return Network(store, Actor("C. Exemple", role), clock=lambda: datetime(2026, 11, 18, 12, tzinfo=UTC))


def test_an_action_is_one_commit_with_what_it_follows_up(tmp_path: Path) -> None:
    network = at(tmp_path)
    partner = organisations.create(network, {"name": "Garage Exemple", "kind": "entreprise"}).value
    done = actions.create(
        network, " Appeler ", owner="C. Exemple", due_on=date(2026, 12, 1), follows=[partner, partner]
    )
    assert done.commit is not None
    assert (done.commit.changes, done.commit.reason) == (2, "Action ajoutée")
    record = network.read(lambda tx: tx.get([done.value]))[done.value]
    assert record.values == {"title": "Appeler", "status": "a_faire", "owner": "C. Exemple", "due_on": "2026-12-01"}
    (link,) = network.read(lambda tx: tx.links_of([done.value]))
    assert (link.type, link.target) == ("FollowsUp", partner)
    network.store.close()


@pytest.mark.parametrize(("title", "due"), [("  ", None), ("Appeler", date(2026, 11, 17))])
def test_what_says_nothing_or_is_already_late_is_refused(tmp_path: Path, title: str, due: date | None) -> None:
    network = at(tmp_path)
    with pytest.raises(InputError):
        actions.create(network, title, due_on=due)
    network.store.close()


def test_a_reader_creates_none(tmp_path: Path) -> None:
    network = at(tmp_path, Role.READER)
    with pytest.raises(Forbidden):
        actions.create(network, "Appeler")
    network.store.close()


def test_an_action_is_ticked_off_and_taken_up_again(tmp_path: Path) -> None:
    network = at(tmp_path)
    id = actions.create(network, "Appeler").value
    actions.finish(network, id)
    values = network.read(lambda tx: tx.get([id]))[id].values
    assert (values["status"], values["done_on"]) == ("fait", "2026-11-18")
    actions.reopen(network, id)
    assert network.read(lambda tx: tx.get([id]))[id].values == {"title": "Appeler", "status": "a_faire"}
    network.store.close()
