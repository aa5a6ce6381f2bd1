"""What is still to be done, as text and as JSON, narrowed as on screen."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crm import days
from crm.network import Network
from crm.records import actions, organisations, register
from crm.records.register import FirstTie
from crm.store import open_store
from tests.ui.cli.invocation import Reseau28
from ui import settings


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    """A network with an action of whoever types, late, and one of someone else about a garage, without a day."""
    path = tmp_path / "actions.db"
    store = open_store(str(path))
    network = Network(store, settings.local_actor())
    garage = organisations.create(network, {"name": "Garage Fictif"}).value
    late: date = days.today() - timedelta(2)
    values = {"title": "Relancer", "owner": network.actor.name, "due_on": late.isoformat()}
    register.create(network, "Action", values, [FirstTie("FollowsUp", garage)])
    actions.create(network, "Visiter", owner="A. Modèle")
    store.close()
    return path


def test_what_is_to_be_done_is_told_with_whom_and_since_when(reseau28: Reseau28, file: Path) -> None:
    found = reseau28("actions", "--json", "--store", file).json
    assert (found["total"], found["late"]) == (2, 1)
    relaunch, visit = found["items"]
    assert (relaunch["title"], relaunch["late"]) == ("Relancer", True)
    assert [each["name"] for each in relaunch["partners"]] == ["Garage Fictif"]
    assert (visit["owner"], visit["due_on"]) == ("A. Modèle", None)
    text = reseau28("actions", "--store", file).out
    assert "(en retard)" in text
    assert "2 actions à faire." in text
    assert "2 actions à faire, 1 montrée." in reseau28("actions", "--limit", 1, "--store", file).out


@pytest.mark.parametrize(
    ("options", "titles"),
    [(["--mine"], ["Relancer"]), (["--owner", "a. modele"], ["Visiter"]), (["--late"], ["Relancer"]),
     (["--undated"], ["Visiter"]), (["--late", "--undated"], [])],
)  # fmt: skip
def test_the_list_is_narrowed(reseau28: Reseau28, file: Path, options: list[str], titles: list[str]) -> None:
    items = reseau28("actions", *options, "--json", "--store", file).json["items"]
    assert [each["title"] for each in items] == titles


def test_nothing_to_do_and_wrong_filters_are_said(reseau28: Reseau28, file: Path) -> None:
    assert "Rien à faire ici." in reseau28("actions", "--owner", "personne", "--store", file).out
    assert reseau28("actions", "--mine", "--owner", "A. Modèle", "--store", file).status == 2
    unknown = reseau28("actions", "--partner", "nobody", "--store", file)
    assert unknown.status == 3
    assert "Ce partenaire n'existe pas" in unknown.err
