"""A group is named by its question, its leader and its place, and says what to do."""

from crm.analytics.activity import activity
from crm.analytics.communities import communities
from crm.analytics.graph import Relations
from crm.analytics.groups import Group, groups
from graph_schema.vocabularies import Function, Kind
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import (
    agreement,
    days_ago,
    heard,
    hosting,
    link,
    organisation,
    person,
    relations,
    works,
)

LENS, ARRAS, LILLE = "62498", "62041", "59350"


def found(of: Relations) -> tuple[Group, ...]:
    return groups(of, communities(of), activity(of))


def around_lens(active: int) -> Relations:
    """Two employers and a mission locale around a club of employers; some of them active."""
    rows = [
        organisation("o1", name="Club Exemple", commune=LENS),
        organisation("o2", name="Atelier Exemple", commune=LENS),
        organisation("o3", name="Garage Exemple", commune=ARRAS),
        organisation("o4", Kind.EMPLOYMENT, name="Mission locale Exemple", commune=LENS),
    ]
    links = [*(link("MemberOf", f"o{n}", "o1") for n in (2, 3, 4)), *works("p1", "o2")]
    return relations(rows, [person("p1")], links, {}, [hosting(f"o{n}") for n in range(1, active + 1)])


def test_a_group_is_named_by_its_question_its_leader_and_its_place() -> None:
    (group,) = found(around_lens(active=2))
    assert group.name == f"Qui accueille{NBSP}? Club Exemple et 3 autres"
    assert (group.function, group.place, group.leader) == (Function.EMPLOYER, "Lens", "o1")
    assert group.organisations == ("o1", "o2", "o3", "o4")
    assert group.people == ("p1",)


def test_the_place_is_larger_when_no_commune_holds_most_and_empty_when_seats_are_unknown() -> None:
    def placed(*communes: str | None) -> str:
        rows = [organisation(f"o{n}", commune=commune) for n, commune in enumerate(communes)]
        links = [link("MemberOf", f"o{n}", "o0") for n in range(1, len(rows))]
        return found(relations(rows, links=links))[0].place

    assert placed(LENS, ARRAS, LILLE) == "Pas-de-Calais"
    assert placed(LENS, None, None) == ""


def test_the_advice_follows_how_many_are_active() -> None:
    said = [found(around_lens(active))[0].advice for active in (0, 1, 2)]
    assert said[0].startswith("Aucun partenaire actif ici")
    assert said[1].startswith("Un seul partenaire actif sur 4 : engagez-en un deuxième")
    assert said[2].startswith("2 partenaires actifs sur 4 : entretenez ce groupe")


def test_few_active_among_many_are_asked_for_introductions() -> None:
    rows = [organisation(f"o{n}") for n in range(8)]
    links = [link("MemberOf", f"o{n}", "o0") for n in range(1, 8)]
    engaged = [agreement(f"o{n}", days_ago(30)) for n in range(2)]
    of = relations(rows, links=links, contacts={"o0": heard(3), "o1": heard(3)}, engagements=engaged)
    assert found(of)[0].advice == "2 partenaires actifs sur 8 : demandez-leur de vous présenter les autres."


def test_two_organisations_are_not_spoken_of_as_a_group() -> None:
    of = relations([organisation("o1"), organisation("o2")], links=[link("PartOf", "o1", "o2")])
    assert found(of) == ()
