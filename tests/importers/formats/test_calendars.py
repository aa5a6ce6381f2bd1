"""A calendar comes in as exchanges: with whom, when, from whom; once, and not at all for what was no contact."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from crm.errors import InputError
from crm.ledger.undo import undo
from crm.network import Network, provider
from crm.quick_log import completing
from crm.records import exchanges, organisations, people, register
from graph_schema.exchanges import Channel, Direction
from graph_schema.records import NodeRecord
from importers import Outcome, detect, plan, preview, run
from importers.joining.outcomes import Tally
from tests.crm.guarded.test_agenda import calendar, event
from tests.importers.files import nodes

US, LEA, BRUNO = "moi@cfa-exemple.example", "lea.martin@garage.example", "bruno@mairie.example"
PAST = "DTSTART;TZID=Europe/Paris:20260312T090000"
CALLED_BY_US = (f"ORGANIZER:mailto:{US}", f"ATTENDEE;CN=Léa Martin:mailto:{LEA}", "SUMMARY:Point de suivi")


@pytest.fixture
def network(network: Network) -> Network:
    """Our domain is known; Léa Martin works at a garage of a domain of its own."""
    provider.save(network, {"name": "CFA Exemple", "mail_domains": ["cfa-exemple.example"]})
    garage = organisations.create(network, {"name": "Garage Fictif", "email": "contact@garage.example"}).value
    people.add(network, garage, {"family_name": "Martin", "given_name": "Léa", "email": LEA})
    return network


def write(folder: Path, *lines: str, name: str = "sans nom particulier") -> Path:
    path = folder / name
    path.write_bytes(calendar(*lines))
    return path


def the_exchange(network: Network) -> NodeRecord:
    (found,) = nodes(network, "Exchange")
    return found


def involved(network: Network, exchange: NodeRecord) -> set[str]:
    """What those who took part are called."""
    links = network.read(lambda tx: tx.links_of([exchange.id], ["Involves"]))
    ends = network.read(lambda tx: tx.get({link.target for link in links}))
    return {str(each.values.get("name") or each.values.get("family_name")) for each in ends.values()}


def codes(tally: Tally) -> list[str]:
    return sorted(tally.codes.elements())


def test_an_appointment_that_is_over_becomes_an_exchange_once_and_goes_with_its_import(
    network: Network, tmp_path: Path
) -> None:
    file = write(tmp_path, *event(PAST, *CALLED_BY_US, "DESCRIPTION:Rien de cela n'est gardé"))
    assert detect(file) == "calendars"
    assert preview(file)[0].rows == (("12/03/2026 · Point de suivi", "moi@cfa-exemple.example, Léa Martin"),)
    planned, done = plan(network, [file]), run(network, [file])
    assert planned.tally.rows == done.tally.rows == {Outcome.CREATED: 1}
    assert done.faults == []
    made = the_exchange(network)
    assert made.values == {
        "on": "2026-03-12", "channel": "rendez_vous", "direction": "de_nous", "subject": "Point de suivi"
    }  # fmt: skip
    assert involved(network, made) == {"Martin", "Garage Fictif"}
    assert plan(network, [file]).empty
    assert run(network, [file]).run is None
    assert done.run is not None
    undo(network, done.run)
    assert nodes(network, "Exchange") == []
    assert run(network, [file]).created == 1
    assert the_exchange(network).values == made.values


@pytest.mark.parametrize(
    ("parties", "direction"),
    [
        ((f"ORGANIZER:mailto:{US}", f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{LEA}"), Direction.FROM_US),
        ((f"ORGANIZER:mailto:{US}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{LEA}"), Direction.MUTUAL),
        ((f"ORGANIZER:mailto:{LEA}", f"ATTENDEE:mailto:{US}"), Direction.FROM_THEM),
        ((f"ORGANIZER:mailto:{LEA}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{US}"), Direction.MUTUAL),
        ((f"ATTENDEE:mailto:{LEA}", f"ATTENDEE:mailto:{US}"), Direction.UNKNOWN),
    ],
)
def test_from_whom_it_came_is_known_by_our_domains(
    network: Network, tmp_path: Path, parties: Sequence[str], direction: Direction
) -> None:
    run(network, [write(tmp_path, *event(PAST, *parties))])
    assert the_exchange(network).values["direction"] == direction


def test_without_our_domains_it_is_asked_how_to_set_them_and_the_direction_waits(
    network: Network, tmp_path: Path
) -> None:
    provider.save(network, {"mail_domains": []})
    done = run(network, [write(tmp_path, *event(PAST, *CALLED_BY_US))])
    assert the_exchange(network).values["direction"] == "a_preciser"
    (asked,) = (fault for fault in done.faults if fault.code == "own_domains")
    assert "domaines de courriel" in asked.message
    assert "Réglages" in asked.hint


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        (("SUMMARY:Visite de l'atelier",), Channel.VISIT),
        (("SUMMARY:Appel de suivi",), Channel.CALL),
        (("LOCATION:03 21 00 00 01",), Channel.CALL),
        (("SUMMARY:Forum des métiers",), Channel.EVENT),
        (("LOCATION:Réunion Microsoft Teams",), Channel.MEETING),
    ],
)
def test_how_people_met_is_told_by_the_words(
    network: Network, tmp_path: Path, words: Sequence[str], channel: Channel
) -> None:
    run(network, [write(tmp_path, *event(PAST, *CALLED_BY_US[:2], *words))])
    assert the_exchange(network).values["channel"] == channel


def test_what_was_no_contact_makes_nothing_and_is_said(network: Network, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        *event(PAST, *CALLED_BY_US, "STATUS:CANCELLED", uid="annulé"),
        *event(PAST, f"ORGANIZER:mailto:{US}", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{LEA}", uid="décliné"),
        *event(PAST, f"ORGANIZER:mailto:{LEA}", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{US}", uid="décliné par nous"),
        *event(PAST, f"ORGANIZER:mailto:{US}", "ATTENDEE:mailto:toi@paris.cfa-exemple.example", uid="entre nous"),
        *event("DTSTART:20990312T090000Z", *CALLED_BY_US, uid="à venir"),
        *event(PAST, "SUMMARY:Congés", uid="sans personne"),
    )
    done = run(network, [file])
    assert nodes(network, "Exchange") == []
    assert codes(done.tally) == ["alone", "cancelled", "declined", "declined", "future"]
    assert done.tally.rows == {Outcome.UNCHANGED: 3}


def test_a_calendar_without_any_contact_says_what_is_in_it(network: Network, tmp_path: Path) -> None:
    file = write(tmp_path, *event("DTSTART:20990312T090000Z", *CALLED_BY_US), *event(PAST, uid="seul"))
    with pytest.raises(InputError, match=r"aucun rendez-vous passé.*1 rendez-vous à venir.*1 rendez-vous sans autre"):
        plan(network, [file])


def test_a_series_makes_one_exchange_for_each_time(network: Network, tmp_path: Path) -> None:
    lines = event(PAST, *CALLED_BY_US, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Paris:20260319T090000")
    run(network, [write(tmp_path, *lines)])
    assert {each.values["on"] for each in nodes(network, "Exchange")} == {"2026-03-12", "2026-03-26"}


def test_an_appointment_that_is_moved_in_a_later_file_is_the_same_exchange(network: Network, tmp_path: Path) -> None:
    run(network, [write(tmp_path, *event(PAST, *CALLED_BY_US))])
    moved = write(tmp_path, *event("DTSTART:20260313T080000Z", "SEQUENCE:1", *CALLED_BY_US), name="plus tard")
    assert run(network, [moved]).updated == 1
    assert the_exchange(network).values["on"] == "2026-03-13"


def test_who_is_met_by_name_alone_is_who_alone_has_it(network: Network, tmp_path: Path) -> None:
    named = ("ORGANIZER:mailto:" + US, 'ATTENDEE;CN="MARTIN, Léa":invalid:nomail')
    run(network, [write(tmp_path, *event(PAST, *named))])
    assert involved(network, the_exchange(network)) == {"Martin", "Garage Fictif"}


def test_a_namesake_of_another_address_is_not_the_person_we_know(network: Network, tmp_path: Path) -> None:
    other = ("ORGANIZER:mailto:" + US, "ATTENDEE;CN=Léa Martin:mailto:lea.martin@ailleurs.example")
    run(network, [write(tmp_path, *event(PAST, *other))])
    made = the_exchange(network)
    assert (involved(network, made), made.values["asked"]) == (set(), ["Léa Martin"])
    (waiting,) = completing.pending(network)
    assert "Qui est « Léa Martin » ?" in waiting.questions


def test_an_unknown_person_of_a_known_domain_stands_for_their_organisation(network: Network, tmp_path: Path) -> None:
    other = ("ORGANIZER:mailto:" + US, "ATTENDEE;CN=Paul Petit:mailto:paul@garage.example")
    done = run(network, [write(tmp_path, *event(PAST, *other))])
    assert involved(network, the_exchange(network)) == {"Garage Fictif"}
    assert [fault.code for fault in done.faults] == ["unknown_party"]
    assert "« Paul Petit »" in done.faults[0].message


def test_a_domain_that_two_organisations_share_tells_neither(network: Network, tmp_path: Path) -> None:
    organisations.create(network, {"name": "Garage Fictif Nord", "website": "https://www.garage.example/nord"})
    other = ("ORGANIZER:mailto:" + US, "ATTENDEE;CN=Paul Petit:mailto:paul@garage.example")
    run(network, [write(tmp_path, *event(PAST, *other))])
    assert involved(network, the_exchange(network)) == set()


def logged(network: Network, channel: Channel | None = Channel.VISIT) -> str:
    (lea,) = nodes(network, "Person")
    return exchanges.log(network, [], [lea.id], on=date(2026, 3, 12), channel=channel, subject="Vu Léa").value


def test_what_was_entered_here_of_that_day_with_that_person_is_that_exchange(network: Network, tmp_path: Path) -> None:
    logged(network)
    file = write(tmp_path, *event(PAST, *CALLED_BY_US))
    run(network, [file])
    made = the_exchange(network)
    assert (made.values["subject"], made.values["channel"], made.values["direction"]) == ("Vu Léa", "visite", "de_nous")
    assert run(network, [file]).run is None


def test_a_call_of_that_day_that_was_a_message_is_another_exchange(network: Network, tmp_path: Path) -> None:
    logged(network, Channel.MAIL)
    run(network, [write(tmp_path, *event(PAST, *CALLED_BY_US))])
    assert len(nodes(network, "Exchange")) == 2


def test_two_appointments_of_one_day_with_one_person_are_two(network: Network, tmp_path: Path) -> None:
    logged(network)
    both = (*event(PAST, *CALLED_BY_US), *event(PAST.replace("T09", "T16"), *CALLED_BY_US, uid="deux"))
    file = write(tmp_path, *both)
    run(network, [file])
    assert len(nodes(network, "Exchange")) == 2
    assert run(network, [file]).run is None


def test_a_meeting_that_is_kept_already_is_that_meeting(network: Network, tmp_path: Path) -> None:
    (lea,) = nodes(network, "Person")
    committee = register.create(network, "Committee", {"name": "Comité Exemple"}).value
    meeting = register.create(
        network, "Meeting", {"title": "Séance", "held_on": "2026-03-12"}, [register.FirstTie("MeetingOf", committee)]
    ).value
    network.commit("Présence", lambda unit: unit.connect("Attended", lea.id, meeting))
    done = run(network, [write(tmp_path, *event(PAST, *CALLED_BY_US))])
    assert (nodes(network, "Exchange"), done.run, done.unchanged) == ([], None, 1)


def test_what_a_person_changed_of_it_stays(network: Network, tmp_path: Path) -> None:
    file = write(tmp_path, *event(PAST, *CALLED_BY_US))
    run(network, [file])
    made = the_exchange(network)
    network.commit("Correction", lambda unit: unit.update(made.id, {"subject": "Signature", "direction": "mutuel"}))
    assert run(network, [file]).run is None
    assert the_exchange(network).values["subject"] == "Signature"


def test_one_who_was_there_and_is_known_since_joins_the_exchange(network: Network, tmp_path: Path) -> None:
    file = write(tmp_path, *event(PAST, *CALLED_BY_US, f"ATTENDEE;CN=Bruno Caron:mailto:{BRUNO}"))
    run(network, [file])
    (garage,) = nodes(network, "Organisation")
    people.add(network, garage.id, {"family_name": "Caron", "given_name": "Bruno", "email": BRUNO})
    assert run(network, [file]).updated == 1
    assert involved(network, the_exchange(network)) == {"Martin", "Caron", "Garage Fictif"}


def test_a_text_that_only_speaks_of_calendars_is_none(tmp_path: Path) -> None:
    path = tmp_path / "agenda.ics"
    path.write_text("Raison sociale;Ville\nBEGIN:VCALENDAR;Lens\n", "utf-8")
    assert detect(path) == "lists"


def test_a_calendar_that_is_cut_off_is_refused_in_one_sentence(network: Network, tmp_path: Path) -> None:
    path = write(tmp_path, *event(PAST, *CALLED_BY_US))
    path.write_bytes(path.read_bytes()[:-25])
    with pytest.raises(InputError, match="est incomplet"):
        plan(network, [path])
