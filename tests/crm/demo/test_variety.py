"""Every state, status and kind that the product shows is somewhere in the demonstration."""

from collections import Counter
from datetime import timedelta
from itertools import product

from crm.analytics.activity import Mobilisation, activity
from crm.analytics.coverage import Coverage, coverage
from crm.analytics.freshness import State, freshness
from crm.analytics.graph import Relations
from crm.analytics.white_zones import white_zones
from crm.network import Network
from graph_schema.agreements import AgreementStatus
from graph_schema.committees import ActionStatus, Attendance, MinutesStatus
from graph_schema.evidence import EvidenceKind, Phase
from graph_schema.exchanges import Channel, Direction, FeedbackKind
from graph_schema.programmes import PlacementKind
from graph_schema.registry import SCHEMA
from graph_schema.territory import Level
from graph_schema.vocabularies import Family, Kind, Opco, Purpose, Tier
from tests.crm.demo.conftest import ON
from tests.crm.demo.reading import all_of, content


def test_every_state_of_freshness_is_seen_for_each_tier_and_node_type(relations: Relations) -> None:
    seen = {(each.node_type, each.tier, each.state) for each in freshness(relations).values()}
    assert seen == set(product(("Organisation", "Person"), Tier, State))


def test_some_partners_of_each_tier_were_chased_without_an_answer(relations: Relations) -> None:
    chased = {each.tier for each in freshness(relations).values() if each.chased_on and each.state is State.CHASE}
    assert chased == set(Tier)


def test_every_standing_is_seen(relations: Relations) -> None:
    standings = Counter(each.standing for each in activity(relations).values())
    assert set(standings) == set(Mobilisation)
    assert standings[Mobilisation.ACTIVE] > 60


def test_coverage_shows_all_four_states_by_departement_and_by_epci(relations: Relations) -> None:
    for level in (Level.DEPARTEMENT, Level.EPCI):
        cells = coverage(relations, level)
        assert {cell.state for cell in cells} == set(Coverage) - {Coverage.OUTSIDE}
        assert len(white_zones(relations, cells)) >= 2


def test_agreements_are_in_every_status_some_renewed_some_ending_soon(demo: Network) -> None:
    agreements = [content(demo, "Agreement", id) for id in all_of(demo, "Agreement")]
    assert {agreement.status(ON) for agreement in agreements} == set(AgreementStatus)
    renewed = [a for a in agreements if a.status(ON) is AgreementStatus.RENEWED]
    ending = [a for a in agreements if a.ends_on and ON <= a.ends_on <= ON + timedelta(days=90)]
    assert renewed
    assert ending


def test_committees_lived(demo: Network) -> None:
    assert {v["status"] for v in all_of(demo, "Minutes").values()} == set(MinutesStatus)
    assert {v["status"] for v in all_of(demo, "Action").values()} == set(ActionStatus)
    assert {v["status"] for v in all_of(demo, "Attended").values()} == set(Attendance)
    assert len(all_of(demo, "Changes")) > 10
    assert [v for v in all_of(demo, "Meeting").values() if str(v["held_on"]) > ON.isoformat()]


def test_every_kind_of_partner_family_and_opco_is_there(demo: Network) -> None:
    organisations = all_of(demo, "Organisation").values()
    kinds = {Kind(str(v["kind"])) for v in organisations}
    assert kinds == set(Kind) - {Kind.OTHER}
    assert {kind.family for kind in kinds} == set(Family)
    assert {v["opco"] for v in organisations if "opco" in v} == set(Opco)


def test_exchanges_placements_and_feedback_take_every_form(demo: Network) -> None:
    exchanges = all_of(demo, "Exchange").values()
    assert {v["direction"] for v in exchanges} == set(Direction)
    assert {v["channel"] for v in exchanges if "channel" in v} == set(Channel) - {Channel.OTHER}
    assert [v for v in exchanges if "channel" not in v and v["direction"] == Direction.UNKNOWN and v["said"]]
    assert {v["kind"] for v in all_of(demo, "Placement").values()} == set(PlacementKind)
    assert [v for v in all_of(demo, "Placement").values() if "broken_on" in v]
    assert {v["kind"] for v in all_of(demo, "Feedback").values()} == set(FeedbackKind)


def test_proofs_cover_both_purposes_in_the_three_phases(demo: Network) -> None:
    proofs = all_of(demo, "Evidence").values()
    seen = {
        (phase, purpose) for v in proofs for phase in _texts(v.get("phase")) for purpose in _texts(v.get("purpose"))
    }
    assert seen == set(product(Phase, Purpose))
    assert len({v["kind"] for v in proofs} & set(EvidenceKind)) >= 7


def test_people_have_past_roles_several_employers_and_acquaintances(demo: Network) -> None:
    roles = demo.read(lambda tx: list(tx.link_rows("WorksFor", ("valid_to",))))
    assert sum(1 for role in roles if role[3]) > 20
    assert [person for person, n in Counter(role[1] for role in roles).items() if n > 1]
    assert len(all_of(demo, "Knows")) > 150


def test_every_declared_type_is_used_but_the_few_that_later_parts_bring(demo: Network) -> None:
    used = demo.read(lambda tx: {record.type for record in tx.records()})
    assert {*SCHEMA.nodes, *SCHEMA.links} - used <= {"PartOf", "Concerns", "Replaces", "AssignedTo"}


def _texts(value: object) -> list[str]:
    assert isinstance(value, list | None)
    return value or []


def test_exchanges_say_what_they_were_about_and_what_for(demo: Network) -> None:
    concerns = demo.read(lambda tx: [(str(source), str(target)) for _, source, target in tx.link_rows("Concerns")])
    subjects = demo.read(lambda tx: tx.get({target for _, target in concerns}))
    assert {each.type for each in subjects.values()} == {"Programme", "Agreement", "Placement"}
    exchanges = all_of(demo, "Exchange")
    about = {source for source, _ in concerns}
    assert len(exchanges) / 10 < len(about) < len(exchanges)
    purposes = {purpose for values in exchanges.values() for purpose in values.get("purpose", ())}  # type: ignore[union-attr]
    assert purposes == {Purpose.HOSTING, Purpose.CO_CONSTRUCTION}
