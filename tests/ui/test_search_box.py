"""What the search box offers: every type of record, the day and the partner beside each, the sheet behind it."""

from dataclasses import replace
from io import BytesIO

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import exchanges, organisations
from crm.store import open_store
from crm.vault import deposits
from crm.vault.deposits import Description
from crm.vault.place import beside
from graph_schema.evidence import EvidenceKind
from graph_schema.exchanges import Channel
from graph_schema.registry import SCHEMA
from tests.crm.guarded import made
from ui import session
from ui.search_box import GROUPS, documents, groups


@pytest.fixture
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A garage with whom a letter was exchanged, and what else people look for."""
    path = tmp_path_factory.mktemp("boite") / "reseau28.db"
    found = Network(open_store(str(path)), Actor("C. Exemple", Role.ADMIN))
    garage = organisations.create(found, {"name": "Garage Exemple", "city": "Lens", "phone": "03 21 00 00 01"}).value
    exchanges.log(found, [garage], on=session.today(), channel=Channel.NEWSLETTER, subject="Lettre de printemps")

    def work(unit: UnitOfWork) -> None:
        unit.create("Programme", {"title": "CAP Électricien"}, id="programme")
        unit.create("Action", {"title": "Envoyer le livret", "due_on": "2026-12-01"}, id="action")
        unit.create("Committee", {"name": "Comité du bâtiment"}, id="committee")
        unit.create("Decision", {"text": "Ouvrir une session"}, id="decision")
        unit.connect("FollowsUp", "action", garage)

    found.commit("Saisie", work)
    return found


def offered(network: Network, text: str) -> list[tuple[str, str, str]]:
    """Group, caption and detail of what is offered, in order."""
    return [(str(g["label"]), i["caption"], i["detail"]) for g in groups(network, text) for i in g["items"]]


def test_every_type_in_which_something_is_searched_has_its_group() -> None:
    assert set(GROUPS) == {name for name, type in SCHEMA.nodes.items() if type.fields_with("search")}


@pytest.mark.parametrize(
    ("text", "group", "caption", "detail"),
    [
        ("+33 3 21 00 00 01", "Organisations", "Garage Exemple", "Entreprise · Lens"),
        ("garge exemple", "Organisations", "Garage Exemple", "Entreprise · Lens"),
        ("électricien", "Actions de formation", "CAP Électricien", ""),
        ("livret", "Actions", "Envoyer le livret", "01/12/2026 · Garage Exemple"),
        ("comité bâtiment", "Comités", "Comité du bâtiment", ""),
        ("ouvrir session", "Décisions", "Ouvrir une session", ""),
    ],
)
def test_what_is_there_is_offered_with_its_day_and_its_partner(
    network: Network, text: str, group: str, caption: str, detail: str
) -> None:
    assert offered(network, text)[0] == (group, caption, detail)


def test_a_hit_opens_its_own_sheet(network: Network) -> None:
    (found,) = groups(network, "newsletter")
    (exchange,) = network.read(lambda tx: [r.id for r in tx.search("newsletter")])
    assert found["items"][0]["href"].endswith(f"fiche={exchange}")


def test_many_of_one_type_do_not_hide_another(network: Network) -> None:
    def work(unit: UnitOfWork) -> None:
        for n in range(30):
            unit.create("Exchange", {"on": "2026-01-01", "subject": f"Garage {n}"})

    network.commit("Saisie", work)
    labels = [label for label, _, _ in offered(network, "garage")]
    assert labels.count("Organisations") == 1
    assert labels.count("Échanges") == 6


def test_what_documents_say_is_offered_to_who_may_open_them_with_the_door_to_that_page(network: Network) -> None:
    garage = organisations.create(network, {"name": "Atelier Fictif"}).value
    said = Description((garage,), EvidenceKind.AGREEMENT, session.today(), title="Convention", confidential=True)
    content = made.pdf("Accueil", "Référent handicap")
    id = deposits.deposit(network, BytesIO(content), "a.pdf", said).value.id
    assert documents(network, "referent hand") == [
        {
            "label": "Dans les documents",
            "items": [
                {
                    "caption": "Convention", "detail": "page 2", "passage": "Référent handicap",
                    "href": f"/partenaires?fiche={id}&partie=document&page=2",
                }
            ],
        }
    ]  # fmt: skip
    assert documents(replace(network, actor=Actor("L. Fictif", Role.READER)), "referent hand") == []
    beside(network.store.path).joinpath("vault.json").unlink()  # type: ignore[attr-defined]
    (told,) = documents(network, "referent hand")
    assert (told["label"], told["items"]) == ("Dans les documents : leur coffre est hors d'atteinte", [])
