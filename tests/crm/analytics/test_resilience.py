from hypothesis import given
from hypothesis import strategies as st

from crm.analytics.freshness import State
from crm.analytics.graph import Relations
from crm.analytics.resilience import owners, resilience
from graph_schema.snapshot import LinkRow
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import (
    altered,
    heard,
    hosting,
    link,
    networks,
    new_id,
    organisation,
    person,
    relations,
    renamed,
    works,
)

PEOPLE = [person("p1", "Mme Exemple"), person("p2", "M. Fictif"), person("p3", "Mme Inventée")]


def lost(of: Relations) -> dict[str, set[str]]:
    return {each.id: set(each.lost) for each in resilience(of).dependences}


def of_partners(ids: str, links: list[LinkRow], known: dict[str, int]) -> Relations:
    names = ids.split()
    return relations(
        [organisation(id) for id in names],
        PEOPLE,
        links,
        {id: heard(days) for id, days in known.items()},
        [hosting(id) for id in names],
    )


def test_what_hangs_on_one_person_is_said_plainly_with_the_contact_to_build() -> None:
    of = of_partners("o1 o2", [*works("p1", "o1", "o2"), *works("p2", "o1")], {"p1": 5})
    (found,) = resilience(of).dependences
    assert (found.id, found.node_type, set(found.lost), found.backup) == ("p1", "Person", {"o1", "o2"}, "p2")
    assert found.sentence == (
        f"Si Mme Exemple part, 2 structures sont perdues{NBSP}: Structure o1 et Structure o2. "
        f"Contact à nouer{NBSP}: M. Fictif."
    )


def test_one_structure_is_said_in_the_singular_and_the_lack_of_anyone_else_too() -> None:
    (found,) = resilience(of_partners("o1", [*works("p1", "o1")], {"p1": 5})).dependences
    assert found.sentence == (
        f"Si Mme Exemple part, 1 structure est perdue{NBSP}: Structure o1. Aucun autre contact n'y est connu."
    )


def test_a_second_person_whom_we_know_frees_the_organisation() -> None:
    links = [*works("p1", "o1", "o2"), *works("p2", "o1")]
    assert lost(of_partners("o1 o2", links, {"p1": 5, "p2": 5})) == {"p1": {"o2"}}


def test_a_relation_past_its_maximum_cannot_be_relied_upon_unless_told_so() -> None:
    of = of_partners("o1", [*works("p1", "o1"), *works("p2", "o1")], {"p1": 365, "p2": 366})
    assert lost(of) == {"p1": {"o1"}}
    assert resilience(of, states=set(State) - {State.NEVER}).dependences == ()


def test_organisations_beyond_an_organisation_hang_on_both() -> None:
    of = of_partners(
        "o1 o2 o3", [*works("p1", "o1"), link("PartOf", "o2", "o1"), link("PartOf", "o3", "o2")], {"p1": 5}
    )
    assert lost(of) == {"p1": {"o1", "o2", "o3"}, "o1": {"o2", "o3"}, "o2": {"o3"}}
    assert resilience(of).dependences[1].sentence.startswith("Si Structure o1 quitte le réseau, 2 structures")


def test_another_way_round_through_organisations_frees_them() -> None:
    links = [*works("p1", "o1"), link("PartOf", "o2", "o1"), *works("p2", "o2")]
    assert lost(of_partners("o1 o2", links, {"p1": 5, "p2": 5})) == {}


def test_bridges_are_links_and_not_our_own_relations() -> None:
    of = of_partners("o1 o2", [*works("p1", "o1"), link("PartOf", "o2", "o1")], {"p1": 5})
    first, second = resilience(of).bridges
    assert (first.source, first.target, set(first.lost)) == ("p1", "o1", {"o1", "o2"})
    assert second.sentence == (
        f"Le lien entre Structure o1 et Structure o2 est le seul chemin vers 1 structure{NBSP}: Structure o2."
    )


def test_neither_candidates_nor_closed_ones_nor_who_opposed_it_count() -> None:
    rows = [organisation("o1"), organisation("o2", closed=True), organisation("o3")]
    people = [person("p1"), person("p2", opposed=True)]
    links = [*works("p1", "o1", "o2"), *works("p2", "o3")]
    of = relations(rows, people, links, {"p1": heard(5), "p2": heard(5), "o2": heard(5), "o3": heard(5)})
    assert resilience(of) == ((), (), ())


def test_organisations_held_by_one_person_are_listed_even_if_linked_to_others() -> None:
    links = [*works("p1", "o1"), *works("p2", "o2"), *works("p3", "o2"), link("PartOf", "o1", "o2")]
    of = of_partners("o1 o2", links, {"p1": 5, "p2": 5, "p3": 5})
    assert resilience(of).single == (("o1", "p1"),)


def test_the_backup_covers_most_then_is_the_freshest() -> None:
    both = [*works("p1", "o1", "o2"), *works("p2", "o1", "o2"), *works("p3", "o1")]
    assert resilience(of_partners("o1 o2", both, {"p1": 5, "p2": 900, "p3": 400})).dependences[0].backup == "p2"
    one = [*works("p1", "o1", "o2"), *works("p2", "o1"), *works("p3", "o2")]
    assert resilience(of_partners("o1 o2", one, {"p1": 5, "p2": 900, "p3": 400})).dependences[0].backup == "p3"


def test_owners_share_the_active_partners() -> None:
    rows = [
        organisation(f"o{n}", owner=owner) for n, owner in enumerate(["C. Exemple", "C. Exemple", None, "M. Fictif"])
    ]
    of = relations(rows, engagements=[hosting(f"o{n}") for n in range(3)])
    first, second = owners(of)
    assert (first.owner, first.partners, round(first.share, 2)) == ("C. Exemple", 2, 0.67)
    assert first.sentence == f"C. Exemple suit 2 des 3 partenaires actifs (67{NBSP}%)."
    assert second.sentence == f"Personne ne suit 1 des 3 partenaires actifs (33{NBSP}%)."
    assert owners(relations(rows)) == ()


@given(networks())
def test_renaming_ids_changes_nothing_that_is_lost(of: Relations) -> None:
    before, after = lost(of), lost(renamed(of))
    assert {new_id(id): {new_id(each) for each in ids} for id, ids in before.items()} == after


@given(networks(), st.booleans(), st.data())
def test_one_more_person_in_an_organisation_never_increases_what_is_lost(
    of: Relations, known: bool, data: st.DataObject
) -> None:
    before = lost(of)
    reached = sorted({each for ids in before.values() for each in ids})
    if not reached:
        return
    snapshot = of.snapshot
    more = altered(
        of,
        people={**snapshot.people, "new": person("new")},
        links=(*snapshot.links, *works("new", data.draw(st.sampled_from(reached)))),
        contacts={**snapshot.contacts, "new": heard(1)} if known else snapshot.contacts,
    )
    assert all(ids <= before.get(id, set()) for id, ids in lost(more).items())
