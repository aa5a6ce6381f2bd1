"""Each planted pitfall is there, and the measures see it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from crm.analytics.activity import Mobilisation, activity_of
from crm.analytics.calls import ENDING_DAYS, best_contact, call_list
from crm.analytics.coverage import Coverage, coverage
from crm.analytics.freshness import State, freshness_of
from crm.analytics.graph import Relations
from crm.analytics.resilience import resilience
from crm.analytics.white_zones import white_zones
from crm.demo import PITFALLS, Pitfall, Trap
from crm.demo.pitfalls import table
from crm.network import Network
from graph_schema.agreements import AgreementStatus
from graph_schema.snapshot import Nature
from graph_schema.territory import Level
from graph_schema.vocabularies import Function, Kind
from tests.crm.demo.conftest import ON
from tests.crm.demo.reading import content, links_of, values_of

Check = Callable[[Network, Relations, Pitfall], None]


def _name_only(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    facts = activity_of(relations, pitfall.records[0])
    assert (facts.standing, facts.agreement, facts.exchanges) == (Mobilisation.DORMANT, True, 0)
    assert "aucune trace datée" in facts.reason


def _stale(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    measured = freshness_of(relations, pitfall.records[0])
    assert measured.state is State.CHASE
    assert "sans réponse" in measured.reason
    assert pitfall.records[0] in [call.freshness.id for call in call_list(relations, limit=5)]


def _outgoing_only(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    measured = freshness_of(relations, pitfall.records[0])
    assert (measured.state, measured.chased_on is not None) == (State.NEVER, True)
    assert "jamais d'échange en retour" in measured.reason.lower()


def _without_partner(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    assert values_of(demo, pitfall.records[0])["at_work"] is True
    assert {link.type for link in links_of(demo, pitfall.records[0])} == {"OfferedAt"}


def _no_co_construction(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    programme = pitfall.records[0]
    assert links_of(demo, programme, "PlacementIn")
    assert links_of(demo, programme, "CoConstructs", "Changes", "Steers") == []
    assert {p for proof in _proofs(demo, programme) for p in proof["purpose"]} == {"accueil"}


def _host_only(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    facts = activity_of(relations, pitfall.records[0])
    assert (facts.standing, facts.hostings, facts.meetings, facts.agreement) == (Mobilisation.ACTIVE, 4, 0, False)
    assert links_of(demo, pitfall.records[0], "CoConstructs", "SitsOn", "Attended") == []


def _no_feedback(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    placements = [link.source for link in links_of(demo, pitfall.records[0], "PlacementIn")]
    assert [id for id in placements if str(values_of(demo, id)["ends_on"]) < ON.isoformat()]
    assert not [link for id in (pitfall.records[0], *placements) for link in links_of(demo, id, "FeedbackOn")]


def _start_only(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    programme, host = pitfall.records
    assert {phase for proof in _proofs(demo, programme) for phase in proof["phase"]} == {"amont"}
    assert {e.nature for e in relations.engagements[host]} == {Nature.HOSTING}
    assert activity_of(relations, host).hostings == 0


def _unsigned(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    assert _statuses(demo, pitfall.records[0]) == {AgreementStatus.SENT}
    facts = activity_of(relations, pitfall.records[0])
    assert (facts.agreement, facts.hostings) == (False, 2)


def _expired(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    assert _statuses(demo, pitfall.records[0]) == {AgreementStatus.EXPIRED}
    facts = activity_of(relations, pitfall.records[0])
    assert (facts.agreement, facts.hostings) == (False, 1)


def _ending(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    until = activity_of(relations, pitfall.records[0]).until
    assert until is not None
    assert ON < until < ON + timedelta(days=ENDING_DAYS)


def _one_person(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    person, *structures = pitfall.records
    found = {each.id: each for each in resilience(relations).dependences}[person]
    assert set(found.lost) == set(structures)
    assert len(structures) >= 5
    assert found.backup is not None
    assert f"{len(structures)} structures sont perdues" in found.sentence


def _person_left(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    organisation, person = pitfall.records
    assert best_contact(relations, organisation) is None
    (role,) = links_of(demo, organisation, "WorksFor")
    assert role.source == person
    assert str(role.values["valid_to"]) < ON.isoformat()


def _undated(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    assert [id for id in pitfall.records if "fact_on" in values_of(demo, id)] == []


def _no_employment(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    cells = coverage(relations, Level.DEPARTEMENT, [Function.EMPLOYMENT])
    without = {cell.territory for cell in cells if not cell.partners}
    assert without == set(pitfall.records)


def _white_zone(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    cells = coverage(relations, Level.DEPARTEMENT)
    assert set(pitfall.records) in [set(zone.territories) for zone in white_zones(relations, cells)]
    assert {cell.state for cell in cells if cell.function is Function.GUIDANCE} == {Coverage.WHITE}


def _overdue(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    action = content(demo, "Action", pitfall.records[0])
    assert (action.status, action.done_on) == ("a_faire", None)
    assert action.due_on < ON


def _opposed(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    assert "aucune relance" in freshness_of(relations, pitfall.records[0]).reason
    assert pitfall.records[0] not in {call.person.id for call in call_list(relations) if call.person}


def _retention(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    received = relations.contact(pitfall.records[0]).received
    assert received is not None
    assert received < date(ON.year - 3, ON.month, ON.day)


def _duplicate(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    one, other = (values_of(demo, id) for id in pitfall.records)
    assert one["kind"] == other["kind"] == Kind.EMPLOYMENT
    assert one["commune"] == other["commune"]
    assert {str(v["name"]).split()[0] for v in (one, other)} == {"Pôle", "France"}


CHECKS: dict[Trap, Check] = {
    Trap.NAME_ONLY: _name_only,
    Trap.STALE: _stale,
    Trap.OUTGOING_ONLY: _outgoing_only,
    Trap.WITHOUT_PARTNER: _without_partner,
    Trap.NO_CO_CONSTRUCTION: _no_co_construction,
    Trap.HOST_ONLY: _host_only,
    Trap.NO_FEEDBACK: _no_feedback,
    Trap.START_ONLY: _start_only,
    Trap.UNSIGNED: _unsigned,
    Trap.EXPIRED: _expired,
    Trap.ENDING: _ending,
    Trap.ONE_PERSON: _one_person,
    Trap.PERSON_LEFT: _person_left,
    Trap.UNDATED: _undated,
    Trap.NO_EMPLOYMENT: _no_employment,
    Trap.WHITE_ZONE: _white_zone,
    Trap.OVERDUE: _overdue,
    Trap.OPPOSED: _opposed,
    Trap.RETENTION: _retention,
    Trap.DUPLICATE: _duplicate,
}


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: f"{pitfall.trap}-{len(pitfall.records)}")
def test_the_pitfall_is_planted_and_seen(demo: Network, relations: Relations, pitfall: Pitfall) -> None:
    CHECKS[pitfall.trap](demo, relations, pitfall)


def test_every_pitfall_is_planted() -> None:
    assert {pitfall.trap for pitfall in PITFALLS} == set(Trap) == set(CHECKS)


def test_the_documentation_lists_every_pitfall_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "docs" / "demonstration.md").read_text(encoding="utf-8")
    lines = page.splitlines()
    header = lines.index("| Piège | Fiches | Ce qui est planté | Ce que l'outil montre |")
    shown = [line for line in lines[header + 2 :] if line.startswith("|")]
    assert shown == table()


def _statuses(demo: Network, organisation: str) -> set[AgreementStatus]:
    return {content(demo, "Agreement", link.target).status(ON) for link in links_of(demo, organisation, "PartyTo")}


def _proofs(demo: Network, programme: str) -> list[dict[str, list[str]]]:
    """Phases and purposes of the dated proofs of a programme and of its placements."""
    about = [programme, *(link.source for link in links_of(demo, programme, "PlacementIn"))]
    found = [values_of(demo, link.source) for id in about for link in links_of(demo, id, "Proves")]
    proofs = [{field: v[field] for field in ("phase", "purpose")} for v in found if "fact_on" in v]
    assert proofs
    return proofs  # type: ignore[return-value]
