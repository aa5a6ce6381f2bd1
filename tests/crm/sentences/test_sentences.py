# ruff: noqa: E501  (the network is a table: an organisation a line)
"""Natural sentences with their right reading, told against one small network: what is not certain is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.quick_log import Told, tell
from crm.records import organisations, people
from crm.store import open_store
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from tests.crm.conftest import SAID_ON

SENTENCES = Path(__file__).parent / "data" / "sentences.txt"
TRIALS = Path(__file__).parent / "data" / "sentences_demo.txt"
LEAST, MOST_ASKED = 0.90, 0.10
DIRECTIONS = {"us": "de_nous", "them": "d_eux", "both": "mutuel", "?": "a_preciser", "": ""}

STAFF: dict[str, tuple[str, str, tuple[tuple[str, str, str, str], ...]]] = {
    "Garage Fictif": ("entreprise", "Arras", (("mme", "Claire", "Fictive", "Responsable des ressources humaines"), ("m", "Hugo", "Maquette", "Gérance"))),
    "Boulangerie Utopie": ("entreprise", "Lens", (("m", "Alain", "Anonyme", "Gérance"), ("mme", "Inès", "Pastiche", "Tutorat"))),
    "Hôtel Chimère": ("entreprise", "Lille", (("mme", "Julie", "Songe", "Direction"), ("m", "Farid", "Factice", "Tutorat"))),
    "Librairie Modèle": ("entreprise", "Somain", (("mme", "Sophie", "Quidam", "Gérance"),)),
    "Pharmacie Factice": ("entreprise", "Lens", (("mme", "Karima", "Hypothèse", "Gérance"),)),
    "Cap emploi Exemple du Nord": ("service_public_emploi", "Lille", (("m", "Loïc", "Spécimen", "Chargé de mission"),)),
    "Mission locale Exemple de Lens": ("service_public_emploi", "Lens", (("mme", "Odette", "Mirage", "Conseil en insertion"),)),
    "Mission locale Exemple de Béthune": ("service_public_emploi", "Béthune", (("m", "Bruno", "Croquis", "Conseil en insertion"),)),
    "France Travail Exemple de Douai": ("service_public_emploi", "Douai", (("mme", "Laure", "Fable", "Relations entreprises"),)),
    "CCI Exemple de l'Artois": ("chambre_consulaire", "Arras", (("m", "Victor", "Légende", "Chargé de mission formation"),)),
    "Plasturgie Prototype": ("entreprise", "Louvil", (("m", "Yann", "Scénario", "Direction"), ("mme", "Élodie", "Semblant", "Responsable des ressources humaines"))),
    "Transports de l'Esquisse": ("entreprise", "Hem", (("m", "Olivier", "Figurant", "Gérance"), ("mme", "Camille", "Simili", "Direction d'exploitation"))),
    "Restaurant Échantillon": ("entreprise", "Lille", (("m", "Thomas", "Simili", "Gérance"),)),
}  # fmt: skip
PROGRAMMES = (
    "CAP Électricien",
    "CAP Pâtissier",
    "BTS Management commercial opérationnel",
    "Titre professionnel Employé commercial",
)


class Right(NamedTuple):
    """The right reading of a sentence."""

    text: str
    on: str
    channel: str
    direction: str
    people: str
    organisations: str
    about: str
    follow: str
    asked: str


def rights(written: Path) -> list[Right]:
    """The sentences of a file."""
    lines = written.read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]
    return [Right(*row, *[""] * (9 - len(row))) for row in rows]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The network of the sentences."""
    store = open_store(str(tmp_path_factory.mktemp("sentences") / "reseau28.db"))
    network = Network(store, Actor("C. Exemple", Role.ADMIN))
    fill(network)
    yield network
    store.close()


def fill(network: Network) -> None:
    """Put the network of the sentences in an empty store."""
    ids = {}
    for name, (kind, city, staff) in STAFF.items():
        ids[name] = organisations.create(network, {"name": name, "kind": kind, "city": city}).value
        for civility, given, family, role in staff:
            values = {"civility": civility, "given_name": given, "family_name": family}
            people.add(network, ids[name], values, {"role": role})
    organisations.create(network, {"name": "Restaurant Échantillon", "kind": "entreprise", "city": "Amiens"})
    network.commit("Ce dont on parle", lambda unit: _subjects(unit, ids))


def _subjects(unit: UnitOfWork, ids: dict[str, str]) -> None:
    actions = {title: unit.create("Programme", {"title": title}) for title in PROGRAMMES}
    for name, number in (("Garage Fictif", "001"), ("Hôtel Chimère", "002"), ("Hôtel Chimère", "003")):
        subject = f"Convention de partenariat avec {name}"
        values = {"subject": subject, "number": f"2026-{number}", "signed_on": "2026-01-05"}
        unit.connect("PartyTo", ids[name], unit.create("Agreement", values))
    for name, kind, learner in (
        ("Boulangerie Utopie", "alternance", "APP-2026-001"),
        ("Plasturgie Prototype", "stage", "APP-2026-002"),
    ):
        values = {"kind": kind, "learner": learner, "starts_on": "2026-09-01", "ends_on": "2027-06-30"}
        placement = unit.create("Placement", values)
        unit.connect("HostedBy", placement, ids[name])
        unit.connect("PlacementIn", placement, actions["CAP Pâtissier"])


def wrong(told: Told, right: Right) -> list[str]:
    """The fields that are not as they should be."""
    on = SAID_ON - timedelta(days=-int(right.on)) if right.on else None
    about = [SCHEMA.nodes[each.type].caption(each.values) for each in told.concerns]
    found = {
        "on": told.on == on,
        "channel": ((told.channel or "") if told.on else "") == right.channel,
        "direction": (told.direction if told.on else "") == DIRECTIONS[right.direction],
        "people": same(told.people(), right.people),
        "organisations": same(told.organisations(), right.organisations),
        "about": [True for each in split(right.about) if not any(fold(each) in fold(a) for a in about)] == []
        and len(about) == len(split(right.about)),
        "text": told.text == right.text,
        "follow": followed(told, right),
    }
    return [name for name, ok in found.items() if not ok]


def split(names: str) -> list[str]:
    return [each.strip() for each in names.split(",") if each.strip()]


def same(found: list[tuple[str | None, str]], names: str) -> bool:
    """Whether these names were found and no other; « ~ » before one that nobody bears, which is found as it stands."""
    certain = sorted(name for id, name in found if id)
    wanted = [each for each in split(names) if not each.startswith("~")]
    unknown = sorted(name for id, name in found if not id)
    return (
        len(certain) == len(wanted)
        and all(any(each in name for name in certain) for each in wanted)
        and unknown == sorted(each[1:] for each in split(names) if each.startswith("~"))
    )


def followed(told: Told, right: Right) -> bool:
    if not right.follow or told.follow_up is None:
        return not right.follow and told.follow_up is None
    words, _, due = right.follow.partition("@")
    day = None if due == "-" else date.fromisoformat(due)
    return fold(words) in fold(told.follow_up.title) and told.follow_up.due_on == day


@pytest.mark.parametrize("written", [SENTENCES, TRIALS], ids=["small", "demonstration"])
def test_sentences_are_read_right_or_asked_never_wrong_in_silence(
    written: Path, network: Network, demonstration: Network
) -> None:
    where = network if written is SENTENCES else demonstration
    found = [(right, tell(where, right.text, SAID_ON)) for right in rights(written)]
    assert len(found) >= 150
    silent = [(right.text, wrong(told, right)) for right, told in found if wrong(told, right) and not told.questions]
    assert silent == []
    good = [right for right, told in found if not wrong(told, right) and (not told.questions or right.asked)]
    assert len(good) / len(found) >= LEAST, [r.text for r, t in found if r not in good]
    clear = [(right, told) for right, told in found if not right.asked]
    needless = [right.text for right, told in clear if told.questions]
    assert len(needless) / len(clear) <= MOST_ASKED, needless


@pytest.mark.parametrize(
    ("found", "names", "are"),
    [
        ([("1", "M. Hugo Maquette")], "Hugo Maquette", True),
        ([("1", "M. Hugo Maquette")], "", False),
        ([], "Hugo Maquette", False),
        ([(None, "Dupont")], "~Dupont", True),
        ([], "~Dupont", False),
        ([(None, "Dupont")], "", False),
        ([("1", "Dupont")], "~Dupont", False),
    ],
)
def test_names_are_the_same_when_none_is_missing_and_none_is_added(
    found: list[tuple[str | None, str]], names: str, are: bool
) -> None:
    assert same(found, names) is are
