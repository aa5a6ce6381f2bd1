"""Every place that says whether an agreement is in force says what ``Agreement.in_force`` says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.analytics.activity import activity
from crm.analytics.calls import ENDING_DAYS
from crm.analytics.concentration import Subject, concentrations
from crm.analytics.graph import build
from crm.analytics.growth import CountedDay, growth
from crm.analytics.planning import ending
from crm.canvas.state import CanvasState
from crm.measures import measuring as measures
from crm.measures import snapshots
from crm.measures.calls import call_list
from crm.network import Network
from crm.network.work import UnitOfWork
from crm.records.sheet import sheet
from graph_schema.agreements import Agreement
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import Nature
from tests.crm.canvas.networks import shown
from tests.graph_schema.test_agreements import DAYS, agreements

ROOT = Path(__file__).parents[2]


def written(unit: UnitOfWork, some: list[Agreement], number: int) -> list[str]:
    """Each agreement with a partner of its own; the partners' ids."""
    parties = []
    for at, each in enumerate(some):
        party, id = f"o-{number}-{at}", f"a-{number}-{at}"
        unit.create("Organisation", {"name": f"Exemple {at:02}"}, id=party)
        unit.create("Agreement", SCHEMA.nodes["Agreement"].dump(each), id=id)
        unit.connect("PartyTo", party, id)
        parties.append(party)
    return parties


def test_every_measure_says_what_the_agreement_says(network: Network) -> None:
    examples = iter(range(10_000))
    network = replace(network, clock=lambda: datetime(2024, 1, 1, tzinfo=UTC))

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(agreements(), min_size=1, max_size=12), DAYS)
    def agree(some: list[Agreement], on: date) -> None:
        network.commit("Remise à plat", lambda unit: unit.delete([str(r[0]) for r in unit.tx.rows("Organisation", ())]))
        network.commit("Remise à plat", lambda unit: unit.delete([str(r[0]) for r in unit.tx.rows("Agreement", ())]))
        number = next(examples)
        parties = network.commit("Conventions", lambda unit: written(unit, some, number)).value
        in_force = {party: each.in_force(on) for party, each in zip(parties, some, strict=True)}
        stands = {party: each.stands(on) for party, each in zip(parties, some, strict=True)}
        snapshot = network.read(lambda tx: snapshots.whole(tx, on))
        held = {each.organisation for each in snapshot.engagements if each.term.in_force(on)}
        assert held == {party for party in parties if in_force[party]}
        relations = build(snapshot)
        facts = activity(relations)
        assert {id: each.agreement for id, each in facts.items()} == in_force
        for id, each in facts.items():
            assert bool(each.in_force) == in_force[id]
            assert ("reconduite tacitement" in each.in_force) == ("reconduite tacitement" in stands[id])
        concentrated = [each.shares for each in concentrations(relations) if each.subject is Subject.AGREEMENTS]
        assert {share.id for shares in concentrated for share in shares} == held
        soon = on + timedelta(days=ENDING_DAYS)
        ends = {each.organisation: each.ends for each in ending(snapshot.engagements, on, soon)}
        assert ends.keys() <= held
        for id, last in ends.items():
            found = some[parties.index(id)]
            assert last is not None
            assert found.in_force(last)
            assert not found.in_force(last + timedelta(days=1))

    agree()


def test_the_growth_of_the_network_counts_an_agreement_on_the_days_of_its_term(network: Network) -> None:
    course = Agreement(
        subject="Convention Exemple", signed_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
        terminated_on=date(2026, 6, 1),
    )  # fmt: skip
    network.commit("Conventions", lambda unit: written(unit, [course], 0))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 1)]
    relations = build(network.read(lambda tx: snapshots.whole(tx, days[-1])))
    moments = [CountedDay(day, date(2025, 1, 1)) for day in days]
    assert [point.active for point in growth(relations, moments, (), (), ())] == [1, 0, 0]


def test_screens_and_the_command_line_say_one_thing_of_an_agreement_on_both_stores(either: Network) -> None:
    on = date(2026, 3, 1)
    dates = {"subject": "Convention Exemple", "signed_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    some = [
        Agreement.model_validate({**dates, **more})
        for more in ({"terminated_on": date(2026, 6, 1)}, {"tacit_renewal": True})
    ]
    over, renewed = either.commit("Conventions", lambda unit: written(unit, some, 0)).value
    measured = measures.measures(either, on)
    assert not measured.activity[over].agreement
    assert "convention reconduite tacitement depuis le 01/01/2026" in measured.activity[renewed].reason
    assert call_list(measured).ending == ()
    for party, words in ((over, "échue depuis le 01/01/2026"), (renewed, "reconduite tacitement depuis le 01/01/2026")):
        (tie,) = sheet(either, party, on).of("PartyTo")
        assert tie.stands(on) == sheet(either, tie.other.id, on).stands == words
        (drawn,) = (each for each in shown(either, CanvasState(starts=(party,)), on).nodes if each.type == "Agreement")
        assert drawn.detail == words
    natures = {each.nature for each in either.read(lambda tx: snapshots.whole(tx, on)).engagements}
    assert natures == {Nature.AGREEMENT}


def test_no_other_module_decides_by_the_day_of_a_termination() -> None:
    found = {
        str(file.relative_to(ROOT))
        for room in ("graph_schema", "crm", "importers", "ui")
        for file in (ROOT / room).rglob("*.py")
        if "terminated_on" in file.read_text(encoding="utf-8")
    }
    assert found == {"graph_schema/agreements.py", "crm/measures/snapshots.py", "crm/demo/agreements.py"}
