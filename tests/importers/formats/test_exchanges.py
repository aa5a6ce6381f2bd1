"""What a file says of an exchange: who contacted whom, how, what for, and what it was about; what it leaves unsaid."""

from pathlib import Path

import pytest

from crm.network import Network
from graph_schema.exchanges import Channel, Direction
from graph_schema.records import LinkRecord
from importers import plan, run
from importers.joining.outcomes import Related
from importers.reading.contacts import meant_by
from importers.reading.mapping import guess
from tests.importers.files import nodes, write_csv

HEADER = "Structure;Date de l'échange;Canal;Finalité;Formation concernée;Convention concernée;Accueil concerné"


def _links(network: Network, type: str) -> list[LinkRecord]:
    return network.read(lambda tx: [r for r in tx.records() if isinstance(r, LinkRecord) and r.type == type])


@pytest.fixture
def known(network: Network) -> dict[str, str]:
    """A training action, an agreement and a placement of the network, by the name of their type."""
    return network.commit(
        "Essai",
        lambda unit: {
            "Programme": unit.create("Programme", {"title": "BP Coiffure fictive", "certification": "RNCP12345"}),
            "Agreement": unit.create("Agreement", {"subject": "Accueil", "number": "C-2026-7"}),
            "Placement": unit.create("Placement", {"kind": "stage", "learner": "ST-12", "starts_on": "2026-01-05"}),
        },
    ).value


@pytest.mark.parametrize("action", ["BP Coiffure fictive", "bp  coiffure Fictive", "RNCP12345"])
def test_a_row_says_what_its_exchange_was_about_and_for(
    network: Network, tmp_path: Path, known: dict[str, str], action: str
) -> None:
    file = write_csv(
        tmp_path / "a.csv",
        f"{HEADER}\nExemple;12/03/2026;Visite;Accueil en entreprise, coconstruction;{action};c-2026-7;st-12\n",
    )
    planned, done = plan(network, [file]).tally, run(network, [file])
    assert (planned.related, done.faults) == (done.tally.related, [])
    assert (done.related[Related.EXCHANGES], done.related[Related.SUBJECTS]) == (1, 3)
    (exchange,) = nodes(network, "Exchange")
    assert exchange.values == {
        "on": "2026-03-12", "channel": "visite", "direction": "mutuel", "purpose": ["accueil", "coconstruction"],
        "subject": "Repris du fichier a.csv",
    }  # fmt: skip
    assert {(link.source, link.target) for link in _links(network, "Concerns")} == {
        (exchange.id, id) for id in known.values()
    }
    again = run(network, [file])
    assert (again.run, again.related) == (None, {})


def test_a_later_file_completes_the_exchange_of_that_day(
    network: Network, tmp_path: Path, known: dict[str, str]
) -> None:
    run(network, [write_csv(tmp_path / "a.csv", "Structure;Dernier contact\nExemple;12/03/2026\n")])
    text = (
        "Structure;Dernier échange;Formation concernée;Finalité\nExemple;12/03/2026;RNCP12345;Accueil en entreprise\n"
    )
    report = run(network, [write_csv(tmp_path / "b.csv", text)])
    (exchange,) = nodes(network, "Exchange")
    assert (exchange.values["direction"], exchange.values["purpose"]) == ("mutuel", ["accueil"])
    assert [link.target for link in _links(network, "Concerns")] == [known["Programme"]]
    third = run(network, [write_csv(tmp_path / "c.csv", "Structure;Dernier contact\nExemple;12/03/2026\n\n")])
    assert (report.related[Related.SUBJECTS], third.run) == (1, None)


def test_an_agreement_made_by_the_same_file_can_be_what_it_was_about(network: Network, tmp_path: Path) -> None:
    text = (
        "Structure;Numéro de convention;Convention signée le;Dernier échange;Convention concernée\n"
        "Exemple;C-9;01/01/2026;12/03/2026;C-9\n"
    )
    file = write_csv(tmp_path / "a.csv", text)
    assert plan(network, [file]).tally.codes.total() == 0
    assert run(network, [file]).faults == []
    (agreement,) = nodes(network, "Agreement")
    assert [link.target for link in _links(network, "Concerns")] == [agreement.id]


def test_what_is_not_in_the_network_is_told_and_the_exchange_kept(
    network: Network, tmp_path: Path, known: dict[str, str]
) -> None:
    network.commit("Essai", lambda unit: unit.create("Programme", {"title": "BP Coiffure fictive"}))
    text = "Structure;Dernier échange;Formation concernée\nA;12/03/2026;Inconnue\nB;12/03/2026;BP Coiffure fictive\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert [(fault.row, fault.code, fault.value) for fault in report.faults] == [
        (2, "unknown_subject", "Inconnue"), (3, "unknown_subject", "BP Coiffure fictive"),
    ]  # fmt: skip
    assert "désigne 2 fiches" in report.faults[1].message
    assert len(nodes(network, "Exchange")) == 2


def test_what_an_exchange_says_without_its_day_is_told(network: Network, tmp_path: Path) -> None:
    text = "Structure;Dernier échange;Finalité\nExemple;;Accueil en entreprise\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert [(fault.row, fault.code) for fault in report.faults] == [(2, "no_date")]
    assert nodes(network, "Exchange") == []


@pytest.mark.parametrize(
    ("header", "direction", "channel"),
    [
        ("Dernier contact", Direction.UNKNOWN, None), ("Date de contact", Direction.UNKNOWN, None),
        ("Dernier appel", Direction.UNKNOWN, Channel.CALL), ("Dernier échange", Direction.MUTUAL, None),
        ("Date du dernier échange", Direction.MUTUAL, None), ("Dernière visite", Direction.MUTUAL, Channel.VISIT),
        ("Dernier RDV", Direction.MUTUAL, Channel.MEETING), ("Derniere rencontre", Direction.MUTUAL, None),
        ("Réponse reçue le", Direction.FROM_THEM, None), ("Date de la relance", Direction.FROM_US, None),
    ],
)  # fmt: skip
def test_the_name_of_the_column_says_who_contacted_whom_or_nothing(
    header: str, direction: Direction, channel: Channel | None
) -> None:
    assert meant_by(header) == (direction, channel)
    assert guess(["Structure", header]).columns[1].target == "Exchange.on"


def test_a_column_says_the_direction_row_by_row_and_nothing_is_invented(network: Network, tmp_path: Path) -> None:
    text = "Structure;Dernier contact;Sens\nA;12/03/2026;D'eux\nB;12/03/2026;De nous\nC;12/03/2026;\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    assert sorted(str(each.values["direction"]) for each in nodes(network, "Exchange")) == [
        "a_preciser", "d_eux", "de_nous",
    ]  # fmt: skip
    assert all("channel" not in each.values for each in nodes(network, "Exchange"))
    (said,) = report.faults
    assert (said.code, said.row, said.column) == ("direction_unsaid", 0, "Dernier contact")


def test_a_file_that_says_every_direction_is_not_remarked(network: Network, tmp_path: Path) -> None:
    text = "Structure;Dernier contact;Sens\nA;12/03/2026;Mutuel\nB;;\n"
    assert run(network, [write_csv(tmp_path / "a.csv", text)]).faults == []


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ("Sans réponse", "de_nous"), ("message laissé", "de_nous"), ("Répondeur", "de_nous"), ("Sortant", "de_nous"),
        ("Envoyé", "de_nous"), ("nous", "de_nous"), ("nous → eux", "de_nous"), ("Appel sortant", "de_nous"),
        ("de notre part", "de_nous"), ("NRP", "de_nous"), ("injoignable", "de_nous"), ("Reçu", "d_eux"),
        ("Entrant", "d_eux"), ("eux", "d_eux"), ("Mail reçu", "d_eux"), ("eux vers nous", "d_eux"),
        ("Réponse à notre relance", "d_eux"), ("les deux", "mutuel"), ("Réciproque", "mutuel"), ("?", "a_preciser"),
        ("mutuel ?", "a_preciser"), ("À voir", "a_preciser"), ("nous/eux", "a_preciser"), ("-", "a_preciser"),
        ("RDV annulé", "a_preciser"), ("oui", "a_preciser"), ("pas reçu", "a_preciser"), ("", "a_preciser"),
    ],
)  # fmt: skip
def test_a_direction_that_is_written_is_understood_or_to_be_said_and_never_mutual(
    network: Network, tmp_path: Path, written: str, direction: str
) -> None:
    text = f"Structure;Date du dernier échange;Sens\nA;12/03/2026;{written}\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    (exchange,) = nodes(network, "Exchange")
    assert exchange.values["direction"] == direction
    assert bool(report.faults) is (direction == "a_preciser")


def test_a_direction_that_is_not_understood_is_told_with_its_row(network: Network, tmp_path: Path) -> None:
    text = "Structure;Date du dernier échange;Sens\nA;12/03/2026;Mutuel\nB;12/03/2026;À voir\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    row, whole = report.faults
    assert (row.row, row.column, row.value, row.code) == (3, "Sens", "À voir", "unknown_choice")
    assert "Sens à préciser" in row.message
    assert (whole.code, "« Sens »" in whole.hint) == ("direction_unsaid", True)


@pytest.mark.parametrize(
    ("written", "channel", "direction"),
    [
        ("Téléphone", "appel", "mutuel"), ("Visio", "rendez_vous", "mutuel"), ("Répondeur", "appel", "de_nous"),
        ("Mail reçu", "courriel", "d_eux"), ("Message vocal", "appel", "de_nous"), ("Lettre", "courrier", "mutuel"),
        ("Newsletter", "newsletter", "de_nous"), ("Lettre d'information", "newsletter", "de_nous"),
        ("en présentiel", "rendez_vous", "mutuel"), ("WhatsApp", "sms", "mutuel"), ("Salon", "evenement", "mutuel"),
        ("Téléphone portable", "appel", "mutuel"),
    ],
)  # fmt: skip
def test_a_channel_is_read_in_the_words_of_such_columns(
    network: Network, tmp_path: Path, written: str, channel: str, direction: str
) -> None:
    text = f"Structure;Date du dernier échange;Canal\nA;12/03/2026;{written}\n"
    report = run(network, [write_csv(tmp_path / "a.csv", text)])
    (exchange,) = nodes(network, "Exchange")
    assert (exchange.values["channel"], exchange.values["direction"], report.faults) == (channel, direction, [])


@pytest.mark.parametrize("column", ["Objet de l'échange", "Compte rendu de l'échange", "Compte rendu"])
def test_what_says_that_nobody_answered_overrides_the_name_of_the_column_of_dates(
    network: Network, tmp_path: Path, column: str
) -> None:
    text = (
        f"Structure;Date du dernier échange;{column}\nA;12/03/2026;Pas de réponse, laissé un message sur le répondeur\n"
        "B;12/03/2026;Point recrutement\n"
    )
    run(network, [write_csv(tmp_path / "a.csv", text)])
    assert sorted(str(each.values["direction"]) for each in nodes(network, "Exchange")) == ["de_nous", "mutuel"]


def test_two_channels_in_one_cell_are_told(network: Network, tmp_path: Path) -> None:
    text = "Structure;Date du dernier échange;Canal\nA;12/03/2026;Mail et téléphone\n"
    (fault,) = run(network, [write_csv(tmp_path / "a.csv", text)]).faults
    assert (fault.row, fault.column, fault.code) == (2, "Canal", "unknown_choice")


def test_a_column_named_for_both_ways_is_the_direction() -> None:
    assert guess(["Structure", "Dernier échange", "Entrant / sortant"]).columns[2].target == "Exchange.direction"
