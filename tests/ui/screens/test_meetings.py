"""A meeting on its sheet, on the canvas and in its table: who came, who did not, and for whom."""

import re

import pytest

from crm.network import Network
from crm.network.work import UnitOfWork
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import ago, contact, partner


@pytest.fixture
def meeting(network: Network) -> str:
    """Two who came, one excused, one absent organisation, one represented."""
    garage = partner(network, "Garage Exemple")
    came, other, excused = (contact(network, garage, name) for name in ("Présente", "Venue", "Excusée"))
    absent, represented = partner(network, "Atelier Absent"), partner(network, "Mission Exemple")

    def work(unit: UnitOfWork) -> None:
        unit.create("Meeting", {"title": "Séance Exemple", "held_on": ago(30).isoformat()}, id="meeting")
        ways = {came: "present", other: "present", excused: "excuse", absent: "absent", represented: "represente"}
        for who, status in ways.items():
            unit.connect("Attended", who, "meeting", {"status": status})

    network.commit("Saisie", work)
    return absent


def bare(html: str) -> str:
    """What is read, without the marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def told(said: str) -> None:
    """Each group under its name, people with whom they work for."""
    said = said[said.index("Présents (2)") :]
    names = [
        "Mme Présente , Garage Exemple", "Mme Venue , Garage Exemple", "Excusé (1)", "Mme Excusée , Garage Exemple",
        "Absent (1)", "Atelier Absent", "Représenté (1)", "Mission Exemple",
    ]  # fmt: skip
    places = [said.index(name) for name in names]
    assert places == sorted(places)


@pytest.mark.usefixtures("meeting")
def test_its_sheet_tells_them_apart() -> None:
    app = opened("partenaires", fiche="meeting")
    assert errors(app) == []
    said = bare(words(app))
    told(said)
    assert "a réuni" not in said


@pytest.mark.usefixtures("meeting")
def test_its_card_on_the_canvas_tells_them_apart() -> None:
    app = opened("reseau", autour="meeting", fiche="meeting", sans="aucune")
    assert errors(app) == []
    told(bare(words(app)))


def test_an_absent_partner_is_not_said_to_have_taken_part(meeting: str) -> None:
    for page in (
        opened("partenaires", fiche=meeting, partie="comites"),
        opened("reseau", autour=meeting, fiche=meeting, sans="aucune"),
        opened("reseau", autour=meeting, tableau="1", sans="aucune"),
    ):
        assert errors(page) == []
        said = bare(words(page))
        assert "Séance Exemple" in said
        assert "a participé" not in said
