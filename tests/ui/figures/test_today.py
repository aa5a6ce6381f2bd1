"""« Aujourd'hui »: every figure is what the command line says, every door opens as many rows."""

import re
from collections import Counter
from itertools import groupby
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.ui.application import opened, words
from tests.ui.figures.reading import NUMBER, behind, door, doors, figures, html, on, part, plain, rows, told, whole

pytestmark = pytest.mark.usefixtures("store")
SENTENCE = r'<p class="sentence">(.*?)</p>'


def sentence() -> str:
    return part(html(), SENTENCE)


def open_partners(state: str) -> int:
    return sum(each["state"] == state and not each["closed"] for each in on("partners")["items"])


def without_host() -> Counter[str]:
    cells = on("coverage", "--level", "epci", "--function", "employeurs")["cells"]
    return Counter(each["state"] for each in cells if each["state"] in ("reachable", "white"))


def test_the_sentence_says_both_parts_of_each_figure() -> None:
    calls, without = on("calls"), without_host()
    late, never = calls["states"]["à relancer"], calls["states"]["jamais"]
    assert late + never == calls["total"] == len(calls["items"])
    assert figures(sentence().replace("18 février 2027", "")) == [
        calls["total"], late, never, len(calls["ending"]), without.total(), without["reachable"], without["white"],
    ]  # fmt: skip


def test_the_call_list_is_as_long_as_its_door_says() -> None:
    many, href = door(sentence(), "^(.+) partenaires?$")
    page = behind(href)
    listed = page.count('class="call"') + rows(page, "Qui appeler")
    assert listed == many == on("calls")["total"]
    assert whole(part(page, rf"<h2>À contacter</h2><span[^>]*>{NUMBER}</span>")) == many


def test_the_agreements_are_as_many_as_their_door_says() -> None:
    many, href = door(sentence(), "^(.+) conventions?$")
    assert rows(behind(href), "Finit le") == many == len(on("calls")["ending"])


def test_the_territories_without_a_host_are_as_many_as_their_door_says() -> None:
    many, href = door(sentence(), "^(.+) territoires?$")
    page = behind(href)
    assert "Employeurs d'accueil" in plain(page)
    assert rows(page, "Partenaires actifs") == many == without_host().total()


@pytest.mark.parametrize(("label", "option"), [("^(.+) actions?$", ()), ("^(.+) en retard$", ("--late",))])
def test_the_actions_are_as_many_as_their_door_says(label: str, option: tuple[str, ...]) -> None:
    """Of today, as they stand: nothing is ticked off on a day gone by."""
    many, href = door(words(opened()), label)
    listed = told("actions", *option)
    assert many == listed["total"] > 0
    page = words(opened(**parse_qs(urlsplit(href).query), lignes="2000"))
    shown = re.findall(r'<div class="task"><a [^>]*>(.*?)</a>', page)
    assert [plain(each) for each in shown] == [plain(each["title"]) for each in listed["items"]]


def test_what_is_to_be_completed_is_as_many_as_its_door_says() -> None:
    """Of today: nothing is completed on a day gone by."""
    waiting = told("pending")
    many, href = door(words(opened()), "^(.+) échanges? à compléter$")
    assert many == waiting["total"] == waiting["exchanges"] == len(waiting["items"]) > 0
    assert "voir=a-completer" in href
    listed = re.findall(r'<div class="pending"><a [^>]*>(.*?)</a>', words(opened(voir="a-completer")))
    assert [plain(each) for each in listed] == [each["text"] for each in waiting["items"]]


def test_the_list_says_of_how_many_it_is_made_and_each_total_opens_its_partners() -> None:
    parts = part(html(), r'(<p class="muted small">[^/]*? sur .*?</p>)')
    states = on("calls")["states"]
    late, never = open_partners("à relancer"), open_partners("jamais")
    assert figures(parts) == [states["à relancer"], late, states["jamais"], never]
    assert [rows(behind(href), "Dernier échange") for href, _ in doors(parts)] == [late, never]


@pytest.mark.parametrize("view", ["responsable", "territoire"])
def test_groups_share_the_list_between_them(view: str) -> None:
    heads = re.findall(rf"<h3>([^<]*) <span[^>]*>{NUMBER}</span></h3>", html(vue=view, lignes="400"))
    found = {name: whole(many) for name, many in heads}
    calls = on("calls")["items"]
    assert sum(found.values()) == len(calls)
    if view == "responsable":
        assert found == Counter(each["owner"] or "Sans responsable" for each in calls)


def test_the_weeks_hold_the_calls_that_are_planned() -> None:
    planned_on = {each["id"]: each["planned_on"] for each in on("calls")["items"] if each["planned_on"]}
    both = "".join(html(vue="semaine", semaine=week) for week in ("", "suivante"))
    called = re.findall(r'<a class="door name" href="/partenaires\?fiche=([\w-]+)[^"]*" title', both)
    assert set(called) == set(planned_on)


def test_coverage_at_a_glance_is_that_of_the_command_line() -> None:
    cells = on("coverage", "--level", "epci")["cells"]
    many, href = door(html(), "^voir les (.+) territoires$")
    assert many == len({each["territory"] for each in cells})
    assert whole(part(behind(href, "territoire"), rf"{NUMBER} intercommunalités")) == many
    states = {"covered": "couvert", "thin": "fragile", "reachable": "atteignable", "white": "blanc"}
    known = {(each["function"], each["territory"]): states[each["state"]] for each in cells}
    drawn = re.findall(
        r'href="/territoire\?fonction=(\w+)&amp;territoire=([\w:]+)[^"]*"[^>]*><span[^>]*title="([^"]*)"', html()
    )
    assert len(drawn) == 40
    assert all(f" : {known[function, territory]}. " in plain(said) for function, territory, said in drawn)


def test_what_changed_counts_the_changes_of_the_journal() -> None:
    acts = []
    for _, one in groupby(
        told("history", "--limit", "60")["items"], lambda c: c["run"] or (c["author"], c["reason"], c["at"][:10])
    ):
        commits = list(one)
        acts.append((commits[0]["author"], commits[0]["reason"], sum(each["changes"] for each in commits)))
    lines = re.findall("<li>(.*?)</li>", part(words(opened()), r'<ul class="news">(.*?)</ul>'))
    assert len(lines) == 9
    for line, (author, reason, changes) in zip(lines, acts, strict=False):
        assert plain(line).startswith(f"{author} · {reason}")
        if many := re.search(rf"\({NUMBER} changements\)", line):
            assert whole(many[1]) == changes
