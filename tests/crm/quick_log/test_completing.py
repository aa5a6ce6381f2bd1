"""What a sentence leaves open is settled afterwards: what it was about, with whom, of an exchange and of an action."""

from datetime import date

import pytest

from crm.errors import ConflictError, Forbidden, InputError
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.quick_log import ASIDE, FollowUp, completing, save, tell
from crm.quick_log.completing import Amount
from crm.quick_log.concerns import name
from crm.records import organisations, people
from crm.store.protocol import Query, ReadTransaction
from graph_schema.exchanges import Direction
from graph_schema.registry import SCHEMA

TODAY = date(2026, 11, 28)
AGREEMENT = "De quelle convention s'agissait-il ?"
PLACEMENT = "De quel accueil s'agissait-il ?"
PROGRAMME = "De quelle action de formation s'agissait-il ?"
SENTENCE = "appelé Garage Fictif hier au sujet de la convention"


def hotel(network: Network, name: str = "Garage Fictif", agreements: int = 2) -> str:
    """An organisation with so many agreements in force and as many apprentices."""
    id = organisations.create(network, {"name": name}).value

    def work(unit: UnitOfWork) -> None:
        for number in range(1, agreements + 1):
            values = {"subject": "Accueil", "number": f"2026-00{number}", "signed_on": "2026-01-05"}
            unit.connect("PartyTo", id, unit.create("Agreement", values))
            hosted = {"kind": "alternance", "learner": f"APP-{number}", "starts_on": "2026-09-01"}
            unit.connect("HostedBy", unit.create("Placement", hosted), id)

    network.commit("Ce dont on parle", work)
    return id


def concerned(network: Network, id: str) -> list[str]:
    """What an exchange was about, as people call it."""

    def work(tx: ReadTransaction) -> list[str]:
        records = tx.get({link.target for link in tx.links_of([id], ["Concerns"])}).values()
        return sorted(SCHEMA.nodes[each.type].caption(each.values) for each in records)

    return network.read(work)


def ends(network: Network, id: str, type: str) -> set[str]:
    return {link.target for link in network.read(lambda tx: tx.links_of([id], [type]))}


def test_several_agreements_are_candidates_of_one_question(either: Network) -> None:
    hotel(either)
    told = tell(either, SENTENCE, TODAY)
    assert told.questions == (AGREEMENT,)
    (topic,) = told.topics
    assert [name(each, TODAY) for each in topic.candidates] == [
        "2026-001 Accueil · en cours",
        "2026-002 Accueil · en cours",
    ]
    wanted = topic.candidates[1].id
    picked = tell(either, SENTENCE, TODAY, picks={topic.key: wanted})
    assert ([each.id for each in picked.concerns], picked.questions) == ([wanted], ())
    assert concerned(either, save(either, told, {topic.key: wanted}).value) == ["2026-002 Accueil"]
    assert not completing.amount(either)


def test_what_it_was_about_is_chosen_after_saving(either: Network) -> None:
    hotel(either)
    id = save(either, tell(either, SENTENCE, TODAY)).value
    (waiting,) = completing.pending(either)
    assert (waiting.questions, completing.amount(either)) == ([AGREEMENT], Amount(1, 0))
    first, _ = completing.topic(either, id, AGREEMENT)
    completing.concern(either, id, AGREEMENT, first.id)
    assert concerned(either, id) == ["2026-001 Accueil"]
    assert completing.pending(either) == []
    with pytest.raises(ConflictError, match="déjà réglé"):
        completing.concern(either, id, AGREEMENT, first.id)


@pytest.mark.parametrize(
    ("sentence", "question", "offered"),
    [
        ("visite chez Garage Fictif hier, l'alternant va bien", PLACEMENT, ["Alternance APP-1", "Alternance APP-2"]),
        ("appelé Garage Fictif hier pour le TP employé", PROGRAMME,
         ["Titre professionnel Employé administratif", "Titre professionnel Employé commercial"]),
    ],
)  # fmt: skip
def test_an_apprentice_and_a_training_action_are_asked_alike(
    network: Network, sentence: str, question: str, offered: list[str]
) -> None:
    hotel(network)
    for title in ("Titre professionnel Employé commercial", "Titre professionnel Employé administratif"):
        network.commit("Action", lambda unit, title=title: unit.create("Programme", {"title": title}))  # type: ignore[misc]
    id = save(network, tell(network, sentence, TODAY)).value
    assert question in completing.pending(network)[0].questions
    found = completing.topic(network, id, question)
    assert sorted(SCHEMA.nodes[each.type].caption(each.values) for each in found) == offered
    completing.concern(network, id, question, found[0].id)
    assert len(concerned(network, id)) == 1


def test_only_what_may_be_meant_is_taken_and_only_from_who_may_edit(network: Network) -> None:
    partner = hotel(network)
    told = tell(network, SENTENCE, TODAY)
    id = save(network, told, {told.topics[0].key: "forgé"}).value
    assert concerned(network, id) == []
    with pytest.raises(InputError):
        completing.concern(network, id, AGREEMENT, partner)
    first = completing.topic(network, id, AGREEMENT)[0].id
    with pytest.raises(Forbidden):
        completing.concern(Network(network.store, Actor("Lecteur", Role.READER)), id, AGREEMENT, first)
    assert completing.pending(network)[0].questions == [AGREEMENT]


def test_what_was_understood_may_be_left_aside(network: Network) -> None:
    hotel(network, agreements=1)
    told = tell(network, SENTENCE, TODAY)
    assert [each.type for each in told.concerns] == ["Agreement"]
    assert concerned(network, save(network, told, {told.topics[0].key: ASIDE}).value) == []
    assert not completing.amount(network)


def test_with_the_name_settled_what_it_was_about_is_known(either: Network) -> None:
    """Two people of one name: their employers' agreements are read once one is meant, before saving or after."""
    places = {place: hotel(either, place, number) for place, number in (("Garage Fictif", 1), ("Hôtel Fictif", 2))}
    for id in places.values():
        people.add(either, id, {"family_name": "Exemple", "civility": "m"})
    sentence = "appelé M. Exemple hier au sujet de la convention, rappeler lundi"
    told = tell(either, sentence, TODAY)
    parties = {each.detail: each for each in told.who[0].candidates}
    before = tell(either, sentence, TODAY, picks={"M. Exemple": parties["Garage Fictif"].key})
    assert (len(before.concerns), before.questions) == (1, ())
    first, second = (save(either, told).value for _ in range(2))
    for id, place in ((first, "Garage Fictif"), (second, "Hôtel Fictif")):
        party = parties[place]
        completing.choose(either, id, "M. Exemple", (*party.organisations, *party.people))
    assert concerned(either, first) == ["2026-001 Accueil"]
    (waiting,) = completing.pending(either)
    assert (waiting.id, waiting.questions) == (second, [AGREEMENT])


def test_the_action_told_with_an_exchange_follows_whom_its_name_means(either: Network) -> None:
    save(either, tell(either, "appelé M. Quidam hier, le rappeler lundi", TODAY))
    place = hotel(either)
    someone = people.add(either, place, {"family_name": "Quidam", "civility": "m"}).value
    (waiting,) = completing.pending(either)
    completing.choose(either, waiting.id, "M. Quidam", (place, someone))
    (action,) = either.read(lambda tx: tx.find(Query("Action"))).items
    assert ends(either, action.id, "FollowsUp") == {place}


def test_an_action_whose_name_is_not_settled_waits_too(either: Network) -> None:
    told = tell(either, "Rappeler M. Quidam lundi", TODAY)
    id = save(either, told).value
    assert completing.amount(either).words == "1 action"
    (waiting,) = completing.pending(either)
    assert (waiting.id, waiting.type, waiting.on, waiting.questions) == (
        id, "Action", date(2026, 11, 30), ["Qui est « M. Quidam » ?"],
    )  # fmt: skip
    place = hotel(either)
    completing.choose(either, id, "M. Quidam", (place,))
    assert ends(either, id, "FollowsUp") == {place}
    assert not completing.amount(either)


def test_what_is_to_be_done_needs_nobody(network: Network) -> None:
    told = tell(network, "préparer le comité pour lundi", TODAY)
    assert (told.on, told.questions) == (None, ())
    save(network, told)
    assert not completing.amount(network)


def test_the_count_is_that_of_the_whole_list(either: Network) -> None:
    hotel(either)
    save(either, tell(either, "Garage Fictif : deux places", TODAY))
    save(either, tell(either, "Garage Fictif et M. Quidam : deux places", TODAY))
    save(either, tell(either, "vu M. Quidam hier", TODAY))
    save(either, tell(either, "appelé Garage Fictif hier", TODAY))
    save(either, tell(either, "Rappeler M. Quidam lundi", TODAY))
    assert completing.amount(either) == Amount(3, 1)
    assert completing.amount(either).words == "3 échanges et 1 action"
    assert len(completing.pending(either)) == 4
    assert len(completing.pending(either, 2)) == 2


def test_a_follow_up_that_was_declined_is_not_kept_and_nothing_is_not_saved(network: Network) -> None:
    hotel(network)
    told = tell(network, "appelé Garage Fictif, rappeler lundi", TODAY)
    assert told.follow_up
    changed = told._replace(follow_up=FollowUp("Envoyer le livret", date(2026, 12, 4)))
    save(network, changed)
    (action,) = network.read(lambda tx: tx.find(Query("Action"))).items
    assert (action.values["title"], action.values["due_on"]) == ("Envoyer le livret", "2026-12-04")
    before = network.read(lambda tx: tx.head().number)
    with pytest.raises(InputError, match="Rien n'est à enregistrer"):
        save(network, told._replace(on=None, follow_up=None))
    assert network.read(lambda tx: tx.head().number) == before
    assert told.direction is Direction.FROM_US
