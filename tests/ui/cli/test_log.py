"""``reseau28 log``: a sentence read, shown as one JSON document, and saved with its questions open."""

from pathlib import Path

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.quick_log import WHOSE, completing
from crm.store import open_store
from tests.ui.cli.invocation import Reseau28


def test_a_sentence_is_read_from_the_day_on_which_it_is_said(reseau28: Reseau28, partners_file: Path) -> None:
    told = reseau28(
        "log",
        "appelé Garage Fictif hier, rappeler lundi",
        "--on",
        "2026-11-28",
        "--dry-run",
        "--json",
        "--store",
        partners_file,
    ).json
    assert set(told) == {
        "id", "on", "channel", "direction", "people", "organisations", "concerns", "text", "follow_up", "questions",
    }  # fmt: skip
    assert (told["id"], told["on"], told["channel"], told["direction"]) == (None, "2026-11-27", "appel", "de_nous")
    assert [each["name"] for each in told["organisations"]] == ["Garage Fictif"]
    assert told["follow_up"] == {"title": "Rappeler lundi (Garage Fictif)", "due_on": "2026-11-30"}
    assert told["questions"] == []


def test_what_is_to_come_is_no_exchange(reseau28: Reseau28, partners_file: Path) -> None:
    told = reseau28(
        "log",
        "RDV avec Garage Fictif le 12 décembre",
        "--on",
        "28/11/2026",
        "--dry-run",
        "--json",
        "--store",
        partners_file,
    ).json
    assert (told["on"], told["channel"], told["direction"]) == (None, None, None)
    assert told["follow_up"]["due_on"] == "2026-12-12"


def test_nothing_stops_saving_and_the_questions_stay_open(reseau28: Reseau28, partners_file: Path) -> None:
    told = reseau28(
        "log", "Vu M. Quidam hier au salon", "--on", "2026-11-20",
        "--json", "--store", partners_file,
    ).json  # fmt: skip
    assert told["people"] == [{"id": None, "name": "M. Quidam"}]
    assert told["questions"] == ["« M. Quidam » n'est pas dans votre réseau : qui est-ce ?"]
    opened = open_store(str(partners_file))
    (waiting,) = completing.pending(Network(opened, Actor("C. Exemple", Role.ADMIN)))
    opened.close()
    assert (waiting.id, waiting.words) == (told["id"], "Vu M. Quidam hier au salon")


def test_what_is_left_open_is_listed(reseau28: Reseau28, partners_file: Path) -> None:
    for phrase in ("Vu M. Quidam hier au salon", "Garage Fictif : deux places", "Rappeler M. Quidam lundi"):
        reseau28("log", phrase, "--on", "2026-11-20", "--store", partners_file)
    told = reseau28("pending", "--json", "--store", partners_file).json
    assert (told["total"], told["exchanges"], told["actions"]) == (3, 2, 1)
    assert set(told["items"][0]) == {"id", "type", "on", "channel", "text", "parties", "questions"}
    assert [(each["type"], each["on"], each["text"], each["questions"]) for each in told["items"]] == [
        ("Exchange", "2026-11-20", "Garage Fictif : deux places", [WHOSE]),
        ("Exchange", "2026-11-19", "Vu M. Quidam hier au salon", ["Qui est « M. Quidam » ?"]),
        ("Action", "2026-11-23", "Rappeler M. Quidam lundi", ["Qui est « M. Quidam » ?"]),
    ]
    assert [each["name"] for each in told["items"][0]["parties"]] == ["Garage Fictif"]
    text = reseau28("pending", "--limit", "1", "--store", partners_file).out
    assert text.endswith("2 échanges et 1 action à compléter, 1 montré.\n")
    assert text.count("À préciser : ") == 1


def test_with_nothing_left_open_it_says_so(reseau28: Reseau28, partners_file: Path) -> None:
    assert reseau28("pending", "--store", partners_file).out == "Rien à compléter : tout est dit en entier.\n"


def test_an_impossible_day_is_refused(reseau28: Reseau28, partners_file: Path) -> None:
    assert (
        reseau28(
            "--json",
            "--store",
            partners_file,
            "log",
            "appelé Garage Fictif",
            "--on",
            "0026-11-28",
            "--store",
            partners_file,
        ).status
        == 2
    )


def test_a_day_after_the_clock_on_which_it_is_said_saves_as_it_was_tried(
    reseau28: Reseau28, partners_file: Path
) -> None:
    told = ("log", "Vu M. Quidam hier", "--on", "2090-02-03", "--json", "--store", partners_file)
    tried, saved = reseau28(*told, "--dry-run"), reseau28(*told)
    assert (tried.status, saved.status) == (0, 0)
    assert saved.json | {"id": None} == tried.json
    assert (saved.json["on"], saved.json["id"] is None) == ("2090-02-02", False)


def test_what_nobody_sees_is_not_kept(reseau28: Reseau28, partners_file: Path) -> None:
    told = reseau28("log", "Vu M. Qui\x01dam\u202e hier", "--json", "--store", partners_file).json
    assert told["text"] == "Vu M. Quidam hier"
    assert reseau28("log", "\x01", "--dry-run", "--store", partners_file).status == 3


def test_a_very_long_sentence_hides_nothing_else_in_the_list(reseau28: Reseau28, partners_file: Path) -> None:
    for phrase in ("Vu M. Quidam hier", "Vu M. Anonyme hier, " + "bla " * 4_000, "x" * 10_000):
        reseau28("log", phrase, "--store", partners_file)
    shown = reseau28("pending", "--store", partners_file).out
    assert max(map(len, shown.splitlines())) < 400
    assert "M. Quidam" in shown
