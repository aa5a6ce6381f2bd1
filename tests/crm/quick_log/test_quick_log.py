"""A sentence about an exchange: read, saved whatever it leaves open, and kept as it was written."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm import quick_log
from crm.analytics.freshness import State
from crm.errors import ConflictError
from crm.measures.measuring import measures
from crm.network import Network
from crm.quick_log import ASIDE, WHO, Told, completing, save, tell
from crm.records import organisations, people
from crm.records.search import search
from crm.sentences.day_words import moments
from crm.sentences.folding import folded
from crm.sentences.story import story
from crm.store import open_store
from crm.store.neo4j.query import Row, Runner
from crm.store.protocol import Query
from crm.store.searching import Asked
from crm.store.sqlite.search import Search
from graph_schema.exchanges import Direction
from graph_schema.records import NodeRecord
from tests.crm.conftest import ADMIN
from tests.neo4j_server.fixtures import Neo4jAddress

TODAY = date(2026, 11, 28)  # a Saturday


def garage(network: Network) -> tuple[str, str]:
    """An organisation and someone there."""
    id = organisations.create(network, {"name": "Garage Fictif", "tier": "A"}).value
    return id, people.add(network, id, {"family_name": "Exemple", "given_name": "Claire", "civility": "mme"}).value


def exchanges(network: Network) -> list[NodeRecord]:
    return network.read(lambda tx: tx.find(Query("Exchange"))).items


def actions(network: Network) -> list[NodeRecord]:
    return network.read(lambda tx: tx.find(Query("Action"))).items


@pytest.mark.parametrize(
    ("words", "back", "ahead"),
    [
        ("hier soir", "2026-11-27", None),
        ("avant-hier", "2026-11-26", None),
        ("lundi", "2026-11-23", "2026-11-30"),
        ("lundi dernier", "2026-11-23", None),
        ("lundi prochain", None, "2026-11-30"),
        ("lundi en huit", None, "2026-12-07"),
        ("mardi de la semaine dernière", "2026-11-17", None),
        ("il y a deux semaines", "2026-11-14", None),
        ("dans 15 jours", None, "2026-12-13"),
        ("le 12 décembre", "2025-12-12", "2026-12-12"),
        ("le 15 janvier 2027", None, "2027-01-15"),
        ("le 3", "2026-11-03", "2026-12-03"),
        ("mardi 24", "2026-11-24", None),
        ("jeudi 3 décembre", None, "2026-12-03"),
        ("fin janvier", "2026-01-31", "2027-01-31"),
        ("le 29 février", "2024-02-29", "2028-02-29"),
        ("2026-03-12", "2026-03-12", None),
    ],
)
def test_a_day_has_the_readings_that_it_may_have(words: str, back: str | None, ahead: str | None) -> None:
    (found,) = moments(folded(words), TODAY)
    assert (found.start, found.end) == (0, len(words))
    assert [day and day.isoformat() for day in (found.back, found.ahead)] == [back, ahead]


def test_an_exchange_of_an_unknown_day_refreshes_nothing_until_someone_says_when(network: Network) -> None:
    id, _ = garage(network)
    told = tell(network, "vu Mme Exemple du Garage Fictif le 3 mars 0026", TODAY)
    assert any("quel jour est-ce" in question for question in told.questions)
    save(network, told)
    assert measures(network, TODAY).freshness[id].state is State.NEVER
    (waiting,) = completing.pending(network)
    (doubt,) = waiting.doubts
    assert "0026" in doubt
    assert not waiting.directed
    completing.answered(network, waiting.id, doubt)
    completing.direct(network, waiting.id, Direction.MUTUAL)
    assert completing.pending(network) == []
    assert measures(network, TODAY).freshness[id].state is State.FRESH
    with pytest.raises(ConflictError):
        completing.answered(network, waiting.id, doubt)


@pytest.mark.parametrize("words", ["le 12/12/0026", "le 12 mars 0026", "0026-03-12", "le 31/02/2026"])
def test_a_year_such_as_0026_is_no_day(words: str) -> None:
    assert not [each for each in moments(folded(words), TODAY) if each.end == len(words)]


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_reading_never_fails_and_no_exchange_is_to_come(text: str) -> None:
    found = story(text, [], TODAY)
    assert found.on is None or found.on <= TODAY
    assert all(0 <= start <= end <= len(text) for start, end, _ in found.spans)
    assert found.on or found.follow


def test_an_unanswered_call_leaves_the_partner_to_be_called(either: Network) -> None:
    id, _ = garage(either)
    told = tell(either, "Pas de réponse, laissé un message sur le répondeur", TODAY, here=id)
    assert told.direction is Direction.FROM_US
    save(either, told)
    after = measures(either, TODAY).freshness[id]
    assert after.state is State.NEVER
    assert "Relancé le 28/11/2026, sans réponse." in after.reason


def test_what_nobody_said_refreshes_nothing_and_is_settled_in_one_act(either: Network) -> None:
    id, _ = garage(either)
    exchange = save(either, tell(either, "Garage Fictif : deux places", TODAY)).value
    assert measures(either, TODAY).freshness[id].last_exchange is None
    (waiting,) = completing.pending(either)
    assert (waiting.id, waiting.directed, waiting.words) == (exchange, False, "Garage Fictif : deux places")
    completing.direct(either, exchange, Direction.FROM_THEM)
    assert completing.pending(either) == []
    assert measures(either, TODAY).freshness[id].last_exchange == TODAY


def test_what_is_to_come_is_an_action_and_no_exchange(network: Network) -> None:
    id, _ = garage(network)
    save(network, tell(network, "RDV avec Garage Fictif le 12 décembre", TODAY))
    assert exchanges(network) == []
    (action,) = actions(network)
    assert action.values["due_on"] == "2026-12-12"
    assert {link.target for link in network.read(lambda tx: tx.links_of([action.id]))} == {id}


def test_an_exchange_and_what_follows_are_one_commit(network: Network) -> None:
    garage(network)
    before = network.read(lambda tx: tx.head().number)
    save(network, tell(network, "appelé Mme Exemple, rappeler demain", TODAY))
    assert network.read(lambda tx: tx.head().number) == before + 1
    assert [each.values["due_on"] for each in actions(network)] == ["2026-11-29"]
    assert [each.values["direction"] for each in exchanges(network)] == ["de_nous"]


def test_a_sentence_is_kept_and_searched_even_when_nobody_is_known(network: Network) -> None:
    text = "Vu M. Quidam ce matin au salon, il veut deux apprentis en janvier"
    id = save(network, tell(network, text, TODAY)).value
    (record,) = exchanges(network)
    assert (record.values["said"], record.values["channel"], record.values["on"]) == (text, "evenement", "2026-11-28")
    assert [hit.record.id for hit in search(network, "deux apprentis")] == [id]
    (waiting,) = completing.pending(network)
    assert waiting.asked == ("M. Quidam",)


@pytest.mark.parametrize(
    "day", ["3 mars 0026", "31/02/2026", "31 février", "31/02", "12 décembre 1826", "31 avril", "31/11"]
)
def test_a_day_that_is_none_is_asked_as_it_was_written(network: Network, day: str) -> None:
    garage(network)
    told = tell(network, f"Visite chez Garage Fictif le {day}", TODAY)
    assert told.questions == (f"« {day} » n'est pas un jour : quel jour est-ce ?",)


@pytest.mark.parametrize("text", ["Visite chez Garage Fictif le 12 mars", "Appelé Garage Fictif le 12/3 et le 3 mars"])
def test_a_day_without_its_year_is_not_asked(network: Network, text: str) -> None:
    garage(network)
    assert "n'est pas un jour" not in " ".join(tell(network, text, TODAY).questions)


def test_a_name_is_settled_afterwards_or_left_aside(network: Network) -> None:
    id = save(network, tell(network, "Vu M. Quidam et Mme Personne hier", TODAY)).value
    place, _ = garage(network)
    someone = people.add(network, place, {"family_name": "Quidam", "civility": "m"}).value
    (party,) = completing.meant(network, "M. Quidam", TODAY)
    completing.choose(network, id, "M. Quidam", (*party.organisations, *party.people))
    completing.leave_aside(network, id, "Mme Personne")
    assert completing.pending(network) == []
    involved = {link.target for link in network.read(lambda tx: tx.links_of([id], ["Involves"]))}
    assert involved == {place, someone}
    with pytest.raises(ConflictError, match="déjà réglé"):
        completing.leave_aside(network, id, "Mme Personne")


def test_with_nobody_at_all_the_question_is_with_whom(network: Network) -> None:
    save(network, tell(network, "laissé un message", TODAY))
    assert [each.asked for each in completing.pending(network)] == [(WHO,)]


def test_a_name_may_be_picked_or_left_aside_before_saving(network: Network) -> None:
    for name in ("Garage Fictif", "Hôtel Fictif"):
        people.add(network, organisations.create(network, {"name": name}).value, {"family_name": "Exemple"})
    told: Told = tell(network, "appelé M. Exemple", TODAY)
    assert told.chosen() == {"M. Exemple": None}
    wanted = told.who[0].candidates[1]
    assert told.chosen({"M. Exemple": wanted.key}) == {"M. Exemple": wanted}
    assert told.chosen({"M. Exemple": ASIDE}) == {}
    assert told.chosen({"M. Exemple": "forgé"}) == {"M. Exemple": None}


def test_someone_of_two_employers_took_part_whichever_it_was(either: Network) -> None:
    garage, other = (organisations.create(either, {"name": name}).value for name in ("Garage Fictif", "Hôtel Fictif"))
    someone = people.add(either, garage, {"family_name": "Exemple", "given_name": "Claire", "civility": "mme"}).value
    either.commit("Un second emploi", lambda unit: unit.connect("WorksFor", someone, other, {}))
    told = tell(either, "Appelé Mme Claire Exemple", TODAY)
    assert told.people() == [(someone, "Mme Claire Exemple")]
    assert told.organisations() == []
    assert "« Mme Claire Exemple » travaille pour plusieurs structures : pour laquelle était-ce ?" in told.questions
    exchange = save(either, told).value

    def involved() -> set[str]:
        return {link.target for link in either.read(lambda tx: tx.links_of([exchange], ["Involves"]))}

    assert involved() == {someone}
    (waiting,) = completing.pending(either)
    assert waiting.asked == ("Mme Claire Exemple",)
    first = completing.meant(either, "Mme Claire Exemple", TODAY)[0]
    completing.choose(either, exchange, "Mme Claire Exemple", (*first.organisations, *first.people))
    assert involved() == {someone, *first.organisations}
    assert completing.pending(either) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Vu M. N'Guyen hier", ["M. Jean N'Guyen"]),
        ("Vu M. N’Guyen hier", ["M. Jean N'Guyen"]),
        ("Petit appel à Mme Exemple", ["Mme Claire Exemple"]),
        ("Appelé Mme Exemple de la part de Jean N'Guyen", ["Mme Claire Exemple"]),
        ("Vu Mme Exemple sans M. N'Guyen", ["Mme Claire Exemple"]),
        ("Mme Exemple m'a parlé de M. N'Guyen", ["Mme Claire Exemple"]),
        ("Pris RDV avec Mme Exemple pour le 15 décembre", ["Mme Claire Exemple"]),
    ],
)
def test_only_those_took_part_of_whom_it_is_said(network: Network, text: str, who: list[str]) -> None:
    id, _ = garage(network)
    people.add(network, id, {"family_name": "N'Guyen", "given_name": "Jean", "civility": "m"})
    people.add(network, id, {"family_name": "Petit", "given_name": "Alice", "civility": "mme"})
    assert [name for _, name in tell(network, text, TODAY).people()] == who


def test_what_is_saved_is_said_in_french(network: Network) -> None:
    garage(network)
    told = tell(network, "mail à Mme Exemple, rappeler demain", TODAY)
    assert quick_log.described(told) == (
        "courriel du 28/11/2026, de nous ; à faire pour le 29/11/2026 : Rappeler demain (Mme Claire Exemple)"
    )


def test_an_acronym_stays_one_inside_a_sentence(network: Network) -> None:
    garage(network)
    told = tell(network, "sms reçu de Mme Exemple ce matin", TODAY)
    assert quick_log.described(told).startswith("SMS du 28/11/2026")
    commit = save(network, told).commit
    assert commit
    assert commit.reason == "Échange consigné : SMS du 28/11/2026"


def test_an_action_keeps_the_sentence_and_follows_someone_of_no_organisation(either: Network) -> None:
    network = either
    values = {"family_name": "Fictif", "given_name": "Hugo", "civility": "m"}
    alone = network.commit("Quelqu'un", lambda unit: unit.create("Person", values)).value
    sentence = "Rappeler Hugo Fictif lundi"
    told = tell(network, sentence, network.today())
    assert told.on is None
    action = save(network, told).value
    record = network.read(lambda tx: tx.get([action])[action])
    assert record.values["said"] == sentence
    links = network.read(lambda tx: tx.links_of([action], ["FollowsUp"]))
    assert [link.target for link in links] == [alone]


SENTENCE = "Appelé ce matin Mme Claire Exemple du Garage Fictif, elle veut bien accueillir deux apprentis en janvier"


def test_a_sentence_costs_few_searches(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """One a word at most, and a name's words more: no type by type, no search of words with a letter wrong."""
    garage(network)
    asked: list[Asked] = []
    real = Search._ranked

    def counted(tx: Search, some: Sequence[Asked], *rest: Any) -> list[list[NodeRecord]]:
        asked.extend(some)
        return real(tx, some, *rest)

    monkeypatch.setattr(Search, "_ranked", counted)
    told = tell(network, SENTENCE, TODAY)
    assert [name for _, name in told.people()] == ["Mme Claire Exemple"]
    assert 0 < len(asked) <= len(SENTENCE.split()) + 2
    assert not any(each.misspelt for each in asked)


@pytest.mark.neo4j
def test_a_sentence_costs_few_round_trips(blank_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words are searched in one message, however many they are: those of a longer sentence cost no more."""
    store = open_store(blank_neo4j.written, password=blank_neo4j.password)
    network = Network(store, ADMIN)
    garage(network)
    sent: list[str] = []
    real = Runner.run

    def counted(tx: Runner, text: str, **parameters: Any) -> Iterator[Row]:
        sent.append(text)
        return real(tx, text, **parameters)

    monkeypatch.setattr(Runner, "run", counted)
    for text in (SENTENCE, f"{SENTENCE} si la convention est signée avant la fin des travaux de son atelier de Lens"):
        sent.clear()
        told = tell(network, text, TODAY)
        assert [name for _, name in told.people()] == ["Mme Claire Exemple"]
        assert sum("fulltext" in each for each in sent) == 1
        assert len(sent) <= 9, sent
    store.close()
