"""A sheet tells a record with its ties as they stand on a day."""

from datetime import timedelta

import pytest

from crm import days
from crm.errors import NotFound
from crm.network import Network
from crm.network.work import UnitOfWork
from crm.records import exchanges, links, organisations, people
from crm.records.sheet import sheet, told
from graph_schema.exchanges import Channel, Direction

TODAY = days.today()


def day(ago: int) -> str:
    """The day so many days ago, as records keep it."""
    return (TODAY - timedelta(days=ago)).isoformat()


def garage(network: Network, name: str = "Garage Exemple") -> str:
    return organisations.create(network, {"name": name}).value


def tutor(network: Network, organisation: str, name: str, **role: object) -> str:
    return people.add(network, organisation, {"family_name": name}, role).value


def test_an_unknown_id_is_told_in_french(network: Network) -> None:
    with pytest.raises(NotFound, match="supprimée"):
        sheet(network, "rien", TODAY)


def test_roles_put_the_main_contact_first_and_past_ones_last(network: Network) -> None:
    id = garage(network)
    tutor(network, id, "Ancienne", valid_to=day(10))
    tutor(network, id, "Fictif")
    tutor(network, id, "Exemple", main=True)
    roles = sheet(network, id, TODAY).roles
    assert [(r.caption, r.current, r.ended) for r in roles] == [
        ("Exemple", True, False), ("Fictif", True, False), ("Ancienne", False, True),
    ]  # fmt: skip


def test_an_exchange_has_a_sheet_of_its_own(network: Network) -> None:
    id = exchanges.log(network, [garage(network)], on=TODAY, direction=Direction.MUTUAL).value
    found = sheet(network, id, TODAY)
    assert ([tie.caption for tie in found.of("Involves")], found.exchanges) == (["Garage Exemple"], [])


def test_a_tie_that_is_still_to_begin_is_neither_current_nor_ended(network: Network) -> None:
    id = garage(network)
    tutor(network, id, "Bientôt", valid_from=day(-10))
    (role,) = sheet(network, id, TODAY).roles
    assert (role.current, role.ended) == (False, False)


def test_on_a_past_day_what_ended_since_is_still_true_and_later_exchanges_are_not_there(network: Network) -> None:
    id = garage(network)
    tutor(network, id, "Exemple", valid_to=day(10))
    exchanges.log(network, [id], on=TODAY, direction=Direction.MUTUAL)
    exchanges.log(network, [id], on=TODAY - timedelta(days=40), channel=Channel.VISIT, direction=Direction.MUTUAL)
    then = sheet(network, id, TODAY - timedelta(days=30))
    assert [role.current for role in then.roles] == [True]
    assert [each.values["on"] for each in then.exchanges] == [day(40)]


def test_a_link_reads_from_both_ends_with_its_evidence_counted(network: Network) -> None:
    one, other = garage(network), garage(network, "Branche Fictive")
    links.connect(network, "MemberOf", one, other, {"evidence": ["preuve-1", "preuve-2"]})
    (tie,) = sheet(network, one, TODAY).of("MemberOf")
    (back,) = sheet(network, other, TODAY).of("MemberOf")
    assert (tie.label, tie.caption, tie.proofs) == ("adhère à", "Branche Fictive", 2)
    assert (back.label, back.caption) == ("a pour membre", "Garage Exemple")


def test_people_come_before_organisations_among_those_who_took_part(network: Network) -> None:
    id = garage(network)
    person = tutor(network, id, "Zoé")
    exchange = exchanges.log(network, [id], [person], on=TODAY, direction=Direction.MUTUAL).value
    found = told(network, [exchange, "inconnu"])
    assert [record.id for record in found[exchange].parties] == [person, id]
    assert found["inconnu"] == ([], [])


def test_what_happened_on_a_day_comes_newest_first_and_the_rest_by_name(network: Network) -> None:
    def work(unit: UnitOfWork) -> str:
        committee = unit.create("Committee", {"name": "Comité Test"})
        for held in ("2026-03-14", "2025-11-16", "2026-07-02"):
            unit.connect("MeetingOf", unit.create("Meeting", {"title": f"Le {held[8:]}", "held_on": held}), committee)
        return committee

    shown = sheet(network, network.commit("Séances", work).value, TODAY)
    assert [tie.other.values["held_on"] for tie in shown.of("MeetingOf")] == ["2026-07-02", "2026-03-14", "2025-11-16"]
    id = garage(network)
    for name in ("Zeste", "Abeille"):
        tutor(network, id, name)
    assert [tie.caption for tie in sheet(network, id, TODAY).of("WorksFor")] == ["Abeille", "Zeste"]


def test_an_organisation_is_represented_by_its_people_while_they_work_there(network: Network) -> None:
    id = garage(network)
    person = tutor(network, id, "Exemple", valid_from=day(200), valid_to=day(100))
    for ago in (300, 150, 50):
        meeting = network.commit(
            "Réunion",
            lambda unit, ago=ago: unit.create("Meeting", {"title": f"Comité {ago}", "held_on": day(ago)}),  # type: ignore[misc]
        ).value
        links.connect(network, "Attended", person, meeting)
    found = sheet(network, id, TODAY).represented
    assert [(each.tie.caption, each.person.id) for each in found] == [("Comité 150", person)]
    assert sheet(network, person, TODAY).represented == ()
