from crm.analytics.filling import warm_path
from graph_schema.vocabularies import Kind
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import heard, hosting, link, organisation, person, relations, works
from tests.crm.analytics.territories import HANDICAP, LENS, LILLE, disability

PLACE = ["epci:246200364"]
PEOPLE = [person("p1", "Mme Exemple"), person("p2", "M. Fictif", opposed=True)]


def test_a_candidate_there_is_reached_through_whom_we_know() -> None:
    of = relations([disability("o1", LENS)], PEOPLE, works("p1", "o1"), {"p1": heard(5)})
    path = warm_path(of, PLACE, HANDICAP)
    assert (path.candidates, path.introductions[0].first) == (("o1",), "p1")
    assert path.sentence == "Vous connaissez Mme Exemple (relation fraîche), qui travaille pour Structure o1."


def test_a_candidate_that_serves_the_place_from_above_counts() -> None:
    of = relations([disability("o1")], links=[link("Serves", "o1", "region:32")])
    assert warm_path(of, PLACE, HANDICAP).candidates == ("o1",)


def test_only_open_organisations_of_the_function_that_are_there_are_candidates() -> None:
    rows = [
        organisation("o1", commune=LENS),
        disability("o2", LILLE),
        organisation("o3", Kind.DISABILITY, commune=LENS, closed=True),
        disability("o4", LENS),
    ]
    of = relations(rows, engagements=[hosting("o4")])
    path = warm_path(of, PLACE, HANDICAP)
    assert (path.candidates, path.sentence) == ((), "Aucune structure connue sur place.")


def test_when_nobody_leads_there_the_nearest_partner_is_asked() -> None:
    rows = [disability("o1", LENS), disability("o2", LILLE)]
    of = relations(rows, PEOPLE, [*works("p1", "o2"), *works("p2", "o2")], engagements=[hosting("o2")])
    path = warm_path(of, PLACE, HANDICAP, nearest="o2")
    assert (
        path.sentence == f"À contacter directement{NBSP}: Structure o1. Mme Exemple (Structure o2) peut vous orienter."
    )


def test_without_any_candidate_the_nearest_partner_is_asked_too() -> None:
    of = relations([disability("o2", LILLE)], engagements=[hosting("o2")])
    path = warm_path(of, PLACE, HANDICAP, nearest="o2")
    assert path.sentence == "Aucune structure connue sur place. Structure o2 peut vous orienter."


def test_no_place_has_no_candidate() -> None:
    assert warm_path(relations([disability("o1", LENS)]), [], HANDICAP).candidates == ()
