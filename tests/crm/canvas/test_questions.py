"""Paths, introductions and losses on a canvas."""

from datetime import timedelta

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from crm.canvas.questions import shortest
from crm.canvas.state import CanvasState
from crm.network import Network
from crm.records import exchanges
from graph_schema.exchanges import Direction
from graph_schema.snapshot import LinkRow
from tests.crm.canvas.networks import ON, contact, node, partner, shown, tie

_EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30)


@given(_EDGES, st.integers(0, 12), st.integers(0, 12))
def test_a_path_has_as_few_links_as_networkx_finds(edges: list[tuple[int, int]], source: int, target: int) -> None:
    graph: nx.Graph[str] = nx.Graph((str(one), str(other)) for one, other in edges)
    graph.add_nodes_from((str(source), str(target)))
    links = [LinkRow(f"{one}-{other}", "Knows", str(one), str(other)) for one, other in edges]
    found = shortest(str(source), str(target), lambda id: (link for link in links if id in (link.source, link.target)))
    if not nx.has_path(graph, str(source), str(target)):
        assert found is None
        return
    assert found is not None
    assert len(found) == nx.shortest_path_length(graph, str(source), str(target))
    at = str(source)
    for link in found:
        assert at in (link.source, link.target)
        at = link.source if link.target == at else link.target
    assert at == str(target)


def test_a_path_is_lit_up_and_said_and_its_nodes_are_shown_however_far(network: Network) -> None:
    garage, atelier = partner(network, "Garage Exemple"), partner(network, "Atelier Fictif")
    one, other = contact(network, garage, "Exemple"), contact(network, atelier, "Fictive")
    tie(network, "Knows", one, other)
    found = shown(network, CanvasState(starts=(garage,), depth=0, path=(garage, atelier)))
    assert {each.id for each in found.nodes if each.role == "path"} == {garage, one, other, atelier}
    assert {link.role for link in found.links} == {"path"}
    assert "sont à 3 liens" in found.sentence.replace("\u00a0", " ")
    assert "Garage Exemple → Mme Exemple → Mme Fictive → Atelier Fictif" in found.sentence


def test_a_shared_training_action_is_a_path_only_where_nobody_meets(network: Network) -> None:
    garage, atelier = partner(network, "Garage Exemple"), partner(network, "Atelier Fictif")
    programme = node(network, "Programme", title="CAP Exemple")
    for id in (garage, atelier):
        tie(network, "CoConstructs", id, programme)
    asked = CanvasState(path=(garage, atelier))
    assert "CAP Exemple" in shown(network, asked).sentence
    club = partner(network, "Club Fictif")
    for id in (garage, atelier):
        tie(network, "MemberOf", id, club)
    assert "Club Fictif" in shown(network, asked).sentence


def test_where_nothing_joins_two_nodes_it_is_said(network: Network) -> None:
    garage, atelier = partner(network, "Garage Exemple"), partner(network, "Atelier Fictif")
    found = shown(network, CanvasState(path=(garage, atelier)))
    assert "Aucun chemin ne relie Garage Exemple à Atelier Fictif." in found.sentence
    assert "n'existe plus" in shown(network, CanvasState(path=(garage, "disparu"))).sentence


def test_who_can_introduce_us_is_a_path_in_words(network: Network) -> None:
    garage, target = partner(network, "Garage Exemple", heard=ON - timedelta(days=3)), partner(network, "Cible")
    tie(network, "WorksWith", garage, target)
    found = shown(network, CanvasState(introduce=target))
    assert {each.caption for each in found.nodes if each.role == "path"} == {"Garage Exemple", "Cible"}
    assert "Garage Exemple (relation fraîche), qui travaille avec Cible." in found.sentence
    alone = partner(network, "Inconnu")
    assert "Personne de notre réseau" in shown(network, CanvasState(introduce=alone)).sentence


def test_what_goes_dark_without_someone_is_shown_however_far(network: Network) -> None:
    garage, atelier = partner(network, "Garage Exemple"), partner(network, "Atelier Fictif")
    person = contact(network, garage, "Exemple")
    tie(network, "WorksFor", person, atelier)
    exchanges.log(network, [garage, atelier], [person], on=ON - timedelta(days=3), direction=Direction.MUTUAL)
    found = shown(network, CanvasState(starts=(person,), depth=0, loss=person))
    lost = {each.caption for each in found.nodes if each.role == "lost"}
    assert lost == {"Mme Exemple", "Garage Exemple", "Atelier Fictif"}
    assert "Si Mme Exemple part, 2 structures sont perdues" in found.sentence
    assert {link.role for link in found.links} == {"lost"}
    tie(network, "WorksWith", garage, atelier)
    other = partner(network, "Sans attache")
    assert "aucune structure n'est perdue" in shown(network, CanvasState(starts=(garage,), loss=other)).sentence
    assert "n'existe plus" in shown(network, CanvasState(starts=(garage,), loss="disparu")).sentence
