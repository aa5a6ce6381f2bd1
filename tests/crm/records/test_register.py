"""The register lists, finds and adds all that people enter beside the partners, the same on both stores."""

from datetime import date
from typing import Any

import pytest

from crm.errors import Forbidden, InputError, NotFound
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.records import organisations, register
from crm.records.register import FOUND, TYPES, FirstTie, Wanted
from graph_schema.registry import SCHEMA
from graph_schema.types import Shape

TO_COME = "2099-01-04"


def agreements(network: Network) -> dict[str, str]:
    """A garage, three agreements with it and one with nobody; their ids by subject."""
    garage = organisations.create(network, {"name": "Garage Fictif"}).value
    given = [("Accueil", "2026-01-05"), ("Été", "2026-03-05"), ("Essai", "2025-06-01")]
    found = {
        subject: register.create(
            network, "Agreement", {"subject": subject, "signed_on": day}, [FirstTie("PartyTo", garage)]
        ).value
        for subject, day in given
    }  # fmt: skip
    return {**found, "Zone": register.create(network, "Agreement", {"subject": "Zone", "kind": "sous_traitance"}).value}


def subjects(network: Network, **more: Any) -> list[str]:
    found = register.listing(network, Wanted("Agreement", **more))
    return [str(record.values["subject"]) for record in found.records]


def test_the_newest_comes_first_then_any_order_that_is_asked(either: Network) -> None:
    agreements(either)
    assert subjects(either) == ["Été", "Accueil", "Essai", "Zone"]
    assert subjects(either, order="signed_on") == ["Essai", "Accueil", "Été", "Zone"]
    assert subjects(either, order="nom") == ["Accueil", "Essai", "Été", "Zone"]
    assert subjects(either, order="nom", descending=True) == ["Zone", "Été", "Essai", "Accueil"]
    assert subjects(either, order="unknown") == subjects(either, order="nom")


def test_a_list_is_narrowed_by_terms_and_words_and_says_how_many_there_are(either: Network) -> None:
    agreements(either)
    found = register.listing(either, Wanted("Agreement", limit=1))
    assert (len(found.records), found.total) == (1, 4)
    assert subjects(either, terms=(("kind", "sous_traitance"),)) == ["Zone"]
    assert subjects(either, text="ete") == ["Été"]
    assert subjects(either, text="ete", terms=(("kind", "sous_traitance"),)) == []
    assert sorted(subjects(either, text="e")) == ["Essai", "Été"]
    assert subjects(either, text="e", order="signed_on") == ["Essai", "Été"]
    assert subjects(either, text="e", order="signed_on", descending=True, limit=1) == ["Été"]


def test_each_record_says_its_partner(either: Network) -> None:
    found = agreements(either)
    partners = register.listing(either, Wanted("Agreement")).partners
    named = {id: str(record.values["name"]) for id, record in partners.items()}
    assert named == {id: "Garage Fictif" for subject, id in found.items() if subject != "Zone"}


@pytest.mark.parametrize("type", TYPES)
def test_whatever_people_enter_is_added_listed_and_found(either: Network, type: str) -> None:
    node = SCHEMA.nodes[type]
    values = {field.name: sample(field) for field in node.fields.values() if field.required or field.name == "subject"}
    ties = [FirstTie(link.name, one(either, link.about.targets[0])) for link in register.needed(type)]
    if type == "Exchange":
        ties = [FirstTie("Involves", organisations.create(either, {"name": "Garage Fictif"}).value)]
    done = register.create(either, type, values, ties)
    found = register.listing(either, Wanted(type))
    assert ([record.id for record in found.records], found.total) == ([done.value], 1)
    assert done.commit is not None
    assert done.commit.reason.startswith(f"{node.about.label} ajouté")
    assert verify(either) == []


def sample(field: Any) -> Any:
    """A value that the field takes."""
    if field.shape is Shape.CHOICE:
        return next(iter(field.vocabulary)).value
    return "2026-03-12" if field.shape is Shape.DATE else "Exemple"


def one(network: Network, type: str) -> str:
    """The id of a record of that type, with what it is nothing without."""
    node = SCHEMA.nodes[type]
    values = {field.name: sample(field) for field in node.fields.values() if field.required}
    ties = [FirstTie(link.name, one(network, link.about.targets[0])) for link in register.needed(type)]
    return register.create(network, type, values, ties).value


def test_what_would_be_nothing_alone_is_refused_alone_and_nothing_is_written(either: Network) -> None:
    head = either.read(lambda tx: tx.head())
    with pytest.raises(InputError, match="Choisissez d'abord une réunion"):
        register.create(either, "Minutes", {"title": "Compte rendu"})
    with pytest.raises(InputError, match="avec qui vous avez échangé"):
        register.create(either, "Exchange", {"on": "2026-03-12"})
    with pytest.raises(InputError, match="n'est pas une sorte de fiche"):
        register.create(either, "Organisation", {"name": "Garage Fictif"})
    with pytest.raises(InputError, match="n'est pas une sorte de fiche"):
        register.listing(either, Wanted("View"))
    with pytest.raises(NotFound, match="n'existe pas"):
        register.create(either, "Agreement", {"subject": "Accueil"}, [FirstTie("PartyTo", "absent")])
    with pytest.raises(InvalidRecord):
        register.create(either, "Agreement", {"subject": ""})
    assert either.read(lambda tx: tx.head()) == head


def test_an_exchange_to_come_is_refused(either: Network) -> None:
    garage = organisations.create(either, {"name": "Garage Fictif"}).value
    with pytest.raises(InputError, match="n'est pas encore passé"):
        register.create(either, "Exchange", {"on": TO_COME}, [FirstTie("Involves", garage)])


def test_a_reader_lists_and_adds_nothing(either: Network) -> None:
    agreements(either)
    reader = Network(either.store, Actor("T. Fictif", Role.READER))
    assert register.listing(reader, Wanted("Agreement")).total == 4
    with pytest.raises(Forbidden):
        register.create(reader, "Site", {"name": "Site Fictif"})


def test_a_tie_says_what_it_says(either: Network) -> None:
    garage = organisations.create(either, {"name": "Garage Fictif"}).value
    committee = register.create(either, "Committee", {"name": "Comité Exemple"}).value
    ties = [FirstTie("MeetingOf", committee), FirstTie("Attended", garage, {"status": "excuse"})]
    held = register.create(either, "Meeting", {"title": "Séance", "held_on": date(2026, 3, 12).isoformat()}, ties).value
    (link,) = either.read(lambda tx: tx.links_of([held], ["Attended"]))
    assert (link.source, link.target, link.values["status"]) == (garage, held, "excuse")


def test_what_leaves_is_the_whole_list_without_people_who_opposed_it(either: Network) -> None:
    agreements(either)
    left = register.leaving(either, Wanted("Agreement", limit=1))
    assert [str(record.values["subject"]) for record in left.records] == ["Été", "Accueil", "Essai", "Zone"]
    assert (len(left.partners), left.withheld) == (3, 0)
    assert len(register.leaving(either, Wanted("Agreement", terms=(("kind", "sous_traitance"),))).records) == 1
    for name, day in (("Fictive", None), ("Opposée", "2026-03-12")):
        values = {"family_name": name, **({"opposed_on": day} if day else {})}
        register.create(either, "Person", values)
    people = register.leaving(either, Wanted("Person"))
    assert [str(record.values["family_name"]) for record in people.records] == ["Fictive"]
    assert people.withheld == 1


def test_what_leaves_is_all_that_a_word_finds_beyond_what_a_screen_looks_at(network: Network) -> None:
    def people(unit: UnitOfWork) -> None:
        for number in range(FOUND + 2):
            unit.create("Person", {"family_name": f"Exemple {number}"})

    network.commit("Ajout", people)
    wanted = Wanted("Person", "exemple")
    shown = register.listing(network, wanted)
    assert (shown.total, shown.more) == (FOUND + 1, True)
    assert len(register.leaving(network, wanted).records) == FOUND + 2
