"""A pivot is whoever ties several groups together; participation is that of a graph computed by hand."""

from hypothesis import given, settings

from crm.analytics.communities import communities
from crm.analytics.graph import Relations
from crm.analytics.pivots import pivots
from tests.crm.analytics.networks import link, networks, new_id, organisation, person, relations, renamed, works

NUMBERS = {"o1": 0, "o2": 0, "o3": 1, "o4": 2, "p1": 0, "p2": 1}


def of_groups(*roles: tuple[str, str]) -> Relations:
    rows = [organisation(f"o{n}") for n in range(1, 5)]
    links = [each for who, *where in roles for each in works(who, *where)]
    return relations(rows, [person("p1", "Mme Exemple"), person("p2", "M. Fictif")], links)


def test_participation_is_computed_as_by_hand() -> None:
    of = of_groups(*(("p1", f"o{n}") for n in range(1, 5)))
    (found,) = pivots(of, NUMBERS)
    # Two ties of four in one group, one in each of two others: 1 - (1/4 + 1/16 + 1/16).
    assert (found.id, found.node_type, found.groups, found.participation) == ("p1", "Person", (0, 1, 2), 0.625)
    assert found.sentence.startswith("Mme Exemple relie 3 groupes de votre réseau. Personne d'autre ne les relie")


def test_whoever_is_tied_to_two_groups_only_is_none() -> None:
    assert pivots(of_groups(("p1", "o1"), ("p1", "o3")), NUMBERS) == ()
    assert len(pivots(of_groups(("p1", "o1"), ("p1", "o3")), NUMBERS, fewest=2)) == 1


def test_the_relay_is_another_pivot_of_the_same_groups() -> None:
    roles = [("p1", "o1"), ("p1", "o3"), ("p1", "o4"), ("p2", "o2"), ("p2", "o3"), ("p2", "o4")]
    first, second = pivots(of_groups(*roles), NUMBERS)
    assert (first.relay, second.relay) == (second.id, first.id)
    assert "entretenez aussi" in first.sentence


def test_several_ties_between_two_count_once() -> None:
    of = relations(
        [organisation("o1"), organisation("o2")],
        links=[link("PartOf", "o1", "o2"), link("MemberOf", "o1", "o2")],
    )
    (first, _) = pivots(of, {"o1": 0, "o2": 0}, fewest=1)
    assert (first.groups, first.participation) == ((0,), 0.0)


@settings(deadline=None)
@given(networks())
def test_renaming_ids_changes_no_pivot(of: Relations) -> None:
    before = [(new_id(p.id), p.groups, p.participation) for p in pivots(of, communities(of), fewest=1)]
    other = renamed(of)
    assert before == [(p.id, p.groups, p.participation) for p in pivots(other, communities(other), fewest=1)]
