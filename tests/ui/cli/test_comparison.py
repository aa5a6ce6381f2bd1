"""Two days compared and the strength of the network, for people and for programs."""

from pathlib import Path

import pytest

from tests.ui.cli.invocation import Reseau28


def test_two_days_are_compared(reseau28: Reseau28, three_partners: Path) -> None:
    found = reseau28("--store", three_partners, "compare", "2026-11-01", "20/11/2026", "--json")
    assert found.status == 0
    assert (found.json["before"], found.json["after"]) == ("2026-11-01", "2026-11-20")
    assert found.json["counts"] == {"arrived": 0, "gone": 0, "cooled": 0, "warmed": 1}
    (item,) = found.json["items"]
    assert (item["name"], item["change"], item["before"], item["after"]) == (
        "Garage Fictif",
        "warmed",
        "jamais",
        "frais",
    )


def test_days_may_come_in_either_order_and_a_change_may_be_asked_for(reseau28: Reseau28, three_partners: Path) -> None:
    both = reseau28("--store", three_partners, "compare", "2026-11-20", "2025-02-01", "--json").json
    assert both["before"] == "2025-02-01"
    assert [item["change"] for item in both["items"]] == ["cooled", "warmed"]
    asked = ("compare", "2026-11-20", "2025-02-01", "--change", "Refroidis", "--json")
    assert [i["name"] for i in reseau28("--store", three_partners, *asked).json["items"]] == ["Mission locale Exemple"]


def test_people_are_compared_too_and_the_text_counts(reseau28: Reseau28, three_partners: Path) -> None:
    said = reseau28("--store", three_partners, "compare", "2026-11-01", "2026-11-20", "--people").out
    assert "Claire Exemple" in said
    assert "Du 1er novembre 2026 au 20 novembre 2026." in said
    assert "Réchauffées : 1 personne" in said


@pytest.mark.parametrize(
    "arguments",
    [(), ("hier",), ("2026-02-31",), ("0001-01-01",), ("9999-12-31",), ("2026-01-01", "2026-02-01", "2026-03-01")],
)
def test_a_day_that_is_none_is_wrong_usage(
    reseau28: Reseau28, three_partners: Path, arguments: tuple[str, ...]
) -> None:
    found = reseau28("--store", three_partners, "compare", *arguments, "--json")
    assert found.status == 2
    assert found.json["error"]["family"] == "usage"


def test_strength_gives_what_it_found(reseau28: Reseau28, three_partners: Path) -> None:
    found = reseau28("--store", three_partners, "strength", "--on", "2026-11-20", "--json").json
    assert found.keys() == {"on", "groups", "pivots", "isolated", "concentrations"}
    lacks = {(item["name"], item["lack"]) for item in found["isolated"]}
    assert lacks == {
        ("Mission locale Exemple", "interlocuteur"),
        ("Mission locale Exemple", "liens"),
        ("Garage Fictif", "liens"),
    }
    said = reseau28("--store", three_partners, "strength", "--on", "2026-11-20").out
    assert "Sans interlocuteur (1) :" in said


def test_an_empty_network_has_nothing_to_measure(reseau28: Reseau28) -> None:
    assert reseau28("strength").out.startswith("Rien à mesurer")
    assert "Devenus actifs : 0 partenaire" in reseau28("compare", "2026-01-01").out
