"""A club, its five members and two of its people, served for real: a picture of which one knows every node."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import people
from crm.store import open_store
from tests.browser.demonstration import USER
from tests.crm.canvas.networks import contact, partner, tie
from tests.ui.served import serving

CLUB = "Club Exemple"
MEMBERS = ("Atelier Exemple", "Boulangerie Fictive", "Garage Exemple", "Menuiserie Fictive", "Traiteur Exemple")
CONTACT, OPPOSED = "Mme Exemple", "Mme Fictive"


class Club(NamedTuple):
    """Where the application is, the network that it works on, and the club's id."""

    address: str
    network: Network
    id: str


@contextmanager
def served_club(store: str, folder: Path, password: str = "") -> Iterator[Club]:
    """The application on ``store``, an empty one, filled with the club."""
    opened = open_store(store, password=password)
    network = Network(opened, Actor("C. Exemple", Role.ADMIN))
    club = partner(network, CLUB)
    for name in MEMBERS:
        tie(network, "WorksWith", partner(network, name), club)
    contact(network, club, "Exemple")
    opposed = {"family_name": "Fictive", "civility": "mme", "opposed_on": "2026-03-03"}
    people.add(network, club, opposed)
    here = {"LOGNAME": USER, "RESEAU28_NEO4J_PASSWORD": password}
    with patch.dict(os.environ, here), serving(store, folder) as running:
        yield Club(f"http://127.0.0.1:{running.port}", network, club)
    opened.close()
