"""What a canvas shows: the nearest first, what the filters let in, and what is hidden counted."""

from datetime import timedelta

import pytest

from crm.analytics.freshness import State
from crm.canvas.scene import LIMIT
from crm.canvas.state import CanvasState, Colour, SizeMeaning
from crm.errors import Forbidden
from crm.measures.comparison import compared
from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import exchanges, people
from graph_schema.exchanges import Direction
from graph_schema.vocabularies import Function, Kind
from tests.crm.canvas.networks import BEFORE, ON, captions, contact, node, partner, shown, tie


def test_one_link_away_is_shown_and_what_lies_beyond_is_counted(network: Network) -> None:
    garage, club = partner(network, "Garage Exemple"), partner(network, "Club Fictif", Kind.ASSOCIATION)
    contact(network, garage, "Exemple", role="Tutrice")
    tie(network, "MemberOf", garage, club)
    for number in range(3):
        tie(network, "MemberOf", partner(network, f"Atelier {number}"), club)
    near = shown(network, CanvasState(starts=(garage,)))
    assert captions(near) == {"Garage Exemple", "Mme Exemple", "Club Fictif"}
    hidden = {each.caption: each.hidden for each in near.nodes}
    assert hidden == {"Garage Exemple": 0, "Mme Exemple": 0, "Club Fictif": 3}
    further = shown(network, CanvasState(starts=(garage,), depth=2))
    assert len(further.nodes) == 6
    assert next(each for each in further.nodes if each.id == garage).role == "start"


def test_an_expanded_node_brings_its_neighbours_and_a_collapsed_one_leads_nowhere(network: Network) -> None:
    garage, club = partner(network, "Garage Exemple"), partner(network, "Club Fictif", Kind.ASSOCIATION)
    tie(network, "MemberOf", garage, club)
    tie(network, "MemberOf", partner(network, "Atelier"), club)
    tie(network, "Funds", partner(network, "OPCO Exemple", Kind.JOINT_BODY), club)
    around = CanvasState(starts=(garage,))
    assert captions(shown(network, CanvasState(starts=(garage,), expanded=frozenset({club})))) == {
        "Garage Exemple", "Club Fictif", "Atelier", "OPCO Exemple",
    }  # fmt: skip
    by_type = shown(network, CanvasState(starts=(garage,), expanded=frozenset({f"{club}/Funds"})))
    assert captions(by_type) == {"Garage Exemple", "Club Fictif", "OPCO Exemple"}
    collapsed = CanvasState(starts=(garage,), depth=2, collapsed=frozenset({club}))
    assert captions(shown(network, collapsed)) == captions(shown(network, around))


def test_what_is_hidden_or_filtered_out_is_neither_shown_nor_walked_through(network: Network) -> None:
    fresh = partner(network, "Frais", heard=ON - timedelta(days=5))
    never, funder = partner(network, "Jamais"), partner(network, "OPCO", Kind.JOINT_BODY)
    for other in (never, funder):
        tie(network, "WorksWith", fresh, other)
    beyond = partner(network, "Au-delà")
    tie(network, "WorksWith", never, beyond)
    tie(network, "WorksWith", beyond, fresh, valid_to="2020-01-01")
    wide = CanvasState(starts=(fresh,), depth=3)
    assert captions(shown(network, wide)) == {"Frais", "Jamais", "OPCO", "Au-delà"}
    for narrowed in (
        CanvasState(starts=(fresh,), depth=3, hidden=frozenset({never})),
        CanvasState(starts=(fresh,), depth=3, functions_out=frozenset({Function.EMPLOYER})),
        CanvasState(starts=(fresh,), depth=3, families_out=frozenset({"entreprise"})),
    ):
        assert captions(shown(network, narrowed)) == {"Frais", "OPCO"}
    asleep = CanvasState(starts=(fresh,), depth=3, states_out=frozenset({State.NEVER}))
    assert captions(shown(network, asleep)) == {"Frais"}
    apart = CanvasState(starts=(fresh,), depth=3, links_out=frozenset({"WorksWith"}))
    assert shown(network, apart).links == ()


def test_ten_thousand_neighbours_make_a_readable_picture_that_says_what_is_left(network: Network) -> None:
    hub = partner(network, "Moyeu")
    for first in range(0, 10_000, 2_500):
        network.commit(
            "Foule",
            lambda unit, first=first: [  # type: ignore[misc]
                unit.connect("WorksFor", unit.create("Person", {"family_name": f"Figurant {number:05}"}), hub, {})
                for number in range(first, first + 2_500)
            ],
        )
    found = shown(network, CanvasState(starts=(hub,)))
    assert (len(found.nodes), len(found.links), found.left_out) == (LIMIT, LIMIT - 1, 10_001 - LIMIT)
    assert found.nodes[0].hidden == found.left_out
    assert found.nodes[0].degree == 10_000
    assert "9\u202f701" in found.sentence.replace("\u00a0", "\u202f")
    again = shown(network, CanvasState(starts=(hub,), expanded=frozenset({hub})))
    assert again.left_out == found.left_out  # near and asked for, each is counted once


def test_what_is_asked_for_has_its_place_even_when_the_picture_is_full(network: Network) -> None:
    hub, other = partner(network, "Moyeu"), partner(network, "Autre")
    tie(network, "WorksWith", hub, other)
    network.commit(
        "Foule",
        lambda unit: [
            unit.connect("WorksFor", unit.create("Person", {"family_name": f"Figurant {number}"}), hub, {})
            for number in range(LIMIT + 50)
        ],
    )
    mine = contact(network, other, "Exemple")
    found = shown(network, CanvasState(starts=(hub,), expanded=frozenset({other})))
    assert len(found.nodes) == LIMIT
    assert {hub, other, mine} <= {each.id for each in found.nodes}


def test_a_day_in_the_past_shows_what_was_tied_then(network: Network) -> None:
    garage, club = partner(network, "Garage Exemple"), partner(network, "Club Fictif")
    exchanges.log(network, [garage], on=BEFORE, direction=Direction.MUTUAL)
    tie(network, "MemberOf", garage, club, valid_from="2026-06-01")
    committee = node(network, "Committee", name="Comité Exemple")
    meeting = node(network, "Meeting", title="Séance", held_on="2026-05-05")
    tie(network, "SitsOn", garage, committee)
    tie(network, "MeetingOf", meeting, committee)
    everything = CanvasState(starts=(garage,), depth=2, families_out=frozenset())
    assert captions(shown(network, everything)) == {"Garage Exemple", "Club Fictif", "Comité Exemple", "Séance"}
    assert captions(shown(network, everything, BEFORE)) == {"Garage Exemple", "Comité Exemple"}


def test_two_days_compared_mark_what_changed_as_everywhere_else(network: Network) -> None:
    garage = partner(network, "Garage Exemple", heard=ON - timedelta(days=2))
    for name, kept in (("Lié", {"valid_from": "2026-06-01"}), ("Délié", {"valid_to": "2026-06-01"}), ("Resté", {})):
        tie(network, "WorksWith", garage, partner(network, name), **kept)
    cold = partner(network, "Refroidi", heard=BEFORE - timedelta(days=1))
    tie(network, "WorksWith", garage, cold)
    committees = {name: node(network, "Committee", name=name) for name in ("Ouvert", "Quitté")}
    tie(network, "SitsOn", garage, committees["Ouvert"], valid_from="2026-06-01")
    tie(network, "SitsOn", garage, committees["Quitté"], valid_to="2026-06-01")
    found = shown(network, CanvasState(starts=(garage,), compare=BEFORE))
    assert {each.caption: each.role for each in found.nodes} == {
        "Garage Exemple": "warmed", "Lié": "", "Délié": "", "Resté": "", "Refroidi": "cooled", "Ouvert": "arrived",
        "Quitté": "gone",
    }  # fmt: skip
    known = {each.id: str(each.change) for each in compared(measures(network, BEFORE), measures(network, ON)).changed}
    assert all(each.role == known.get(each.id, "") for each in found.nodes if each.type == "Organisation")
    assert sorted((link.role, link.current) for link in found.links) == [
        ("", True), ("", True), ("arrived", True), ("arrived", True), ("gone", False), ("gone", False),
    ]  # fmt: skip


def test_starts_that_are_gone_are_said_and_a_territory_or_a_search_is_a_start(network: Network) -> None:
    partner(network, "Garage Exemple")
    assert "Une fiche de cette vue n'existe plus" in shown(network, CanvasState(starts=("org-disparue",))).sentence
    assert captions(shown(network, CanvasState(starts=("commune:62498",)))) == {"Garage Exemple"}
    assert captions(shown(network, CanvasState(starts=("departement:62",)))) == {"Garage Exemple"}
    assert captions(shown(network, CanvasState(search="garag"))) == {"Garage Exemple"}
    assert "Rien ne correspond à « zzz »" in shown(network, CanvasState(search="zzz")).sentence
    assert "Aucun partenaire" in shown(network, CanvasState(starts=("departement:29",))).sentence


def test_nodes_say_what_they_are_and_links_what_proves_them(network: Network) -> None:
    garage = partner(network, "Garage Exemple", heard=ON)
    person = contact(network, garage, "Exemple", role="Tutrice")
    proof = node(network, "Evidence", title="Visite", kind="visite_entreprise")
    tie(network, "Knows", person, contact(network, garage, "Fictive"), evidence=[proof], certainty="probable")
    found = shown(network, CanvasState(starts=(garage,), colour=Colour.COMMUNITY, size=SizeMeaning.RELAY))
    by_id = {each.id: each for each in found.nodes}
    assert by_id[garage][3:7] == ("Entreprise", "entreprise", "Lens", State.FRESH)
    assert by_id[garage].function == Function.EMPLOYER
    assert by_id[garage].community == by_id[person].community == 0
    assert by_id[person].detail == "Tutrice, Garage Exemple"
    knows = next(link for link in found.links if link.type == "Knows")
    assert (knows.proofs, knows.detail) == (1, "probable")


def test_the_same_picture_is_made_once_and_nobody_without_the_right_sees_it(network: Network) -> None:
    state = CanvasState(starts=(partner(network, "Garage Exemple"),))
    first = shown(network, state)
    assert shown(network, CanvasState(starts=state.starts)) is first
    people.add(network, state.starts[0], {"family_name": "Nouvelle"})
    assert len(shown(network, state).nodes) == 2

    class Nobody(Actor):
        def may(self, right: object) -> bool:
            return False

    with pytest.raises(Forbidden):
        shown(Network(network.store, Nobody("X", Role.READER)), state)
