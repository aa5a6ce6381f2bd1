from datetime import timedelta

from crm.analytics.graph import NO_CONTACT
from tests.crm.analytics.networks import ON, heard, hosting, link, organisation, person, relations, works


def test_a_link_holds_on_both_of_its_end_days_and_no_longer() -> None:
    day = timedelta(days=1)
    links = [
        link("WorksFor", "p1", "o1", valid_from=ON, valid_to=ON),
        link("WorksFor", "p1", "o2", valid_from=ON + day),
        link("WorksFor", "p1", "o3", valid_to=ON - day),
    ]
    of = relations([organisation(id) for id in ("o1", "o2", "o3")], [person("p1")], links)
    assert of.roles == {"p1": links[:1], "o1": links[:1]}


def test_links_to_what_the_snapshot_does_not_hold_are_left_out() -> None:
    of = relations([organisation("o1")], [person("p1")], [link("SitsOn", "p1", "c1"), link("PartOf", "gone", "o1")])
    assert of.ties == {}


def test_served_territories_stand_apart_from_people_and_organisations() -> None:
    of = relations([organisation("o1")], links=[link("Serves", "o1", "region:32"), link("Serves", "o1", "epci:1")])
    assert of.serves == {"o1": ["region:32", "epci:1"]}
    assert set(of.graph()) == {"o1"}


def test_the_graph_joins_two_nodes_once_and_keeps_every_link() -> None:
    links = [
        link("PartOf", "o1", "o2"),
        link("WorksWith", "o2", "o1"),
        link("MemberOf", "o1", "o2"),
        *works("p1", "o1"),
    ]
    of = relations([organisation("o1"), organisation("o2")], [person("p1")], links)
    graph = of.graph()
    assert {frozenset(edge) for edge in graph.edges} == {frozenset({"o1", "o2"}), frozenset({"p1", "o1"})}
    assert set(graph.edges["o2", "o1"]["links"]) == set(links[:3])
    assert graph.nodes["p1"]["row"] == person("p1")
    assert graph.graph["on"] == ON


def test_the_graph_of_some_nodes_has_only_those() -> None:
    of = relations([organisation("o1"), organisation("o2")], [person("p1")], works("p1", "o1", "o2"))
    assert set(of.graph({"p1", "o1"}).edges) == {("o1", "p1")}


def test_a_link_from_a_node_to_itself_ties_it_to_nobody() -> None:
    assert relations([organisation("o1")], links=[link("PartOf", "o1", "o1")]).ties == {}


def test_contacts_and_engagements_are_found_by_organisation() -> None:
    of = relations([organisation("o1"), organisation("o2")], contacts={"o1": heard(3)}, engagements=[hosting("o2")])
    assert of.contact("o1") == heard(3)
    assert of.contact("o2") == NO_CONTACT
    assert of.engagements == {"o2": [hosting("o2")]}
