"""Partenaires, Réseau, Territoire, Solidité, Évolution: their figures are those of the command line."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.application import sent
from tests.ui.figures.reading import (
    DAY,
    NUMBER,
    behind,
    door,
    doors,
    figures,
    html,
    on,
    part,
    plain,
    rows,
    shown,
    told,
    whole,
)

pytestmark = pytest.mark.usefixtures("store")
STATES = {"Frais": "frais", "À surveiller": "à surveiller", "À relancer": "à relancer", "Jamais contacté": "jamais"}
SENTENCE = r'<p class="sentence">(.*?)</p>'
SINCE = "2026-08-20"


def partners(**wanted: object) -> list[dict[str, Any]]:
    return [each for each in on("partners")["items"] if all(each[name] == value for name, value in wanted.items())]


def test_partners_are_counted_as_they_are_listed() -> None:
    page = html("partenaires", lignes="5000")
    assert whole(part(page, rf'aria-live="polite">{NUMBER} partenaires')) == len(partners())
    assert rows(page, "Dernier échange") == len(partners())
    chips = re.findall(rf'href="([^"]*)"[^>]*><span[^>]*></span> ([^<]*)<span class="tally">{NUMBER}</span>', page)
    assert len(chips) == 4
    for href, word, many in chips:
        kept = partners(state=STATES[word], closed=False)
        assert whole(many) == len(kept)
        assert rows(behind(href.replace("&amp;", "&"), "partenaires"), "Dernier échange") == len(kept)


def test_each_filter_says_how_many_partners_it_would_keep() -> None:
    app = shown("partenaires")
    app.session_state["partners-filters"] = True
    app.run()
    read: dict[str, Callable[[dict[str, Any]], list[str]]] = {
        "famille": lambda p: [p["family"]], "type": lambda p: [p["kind"]], "fonction": lambda p: p["functions"],
        "activite": lambda p: [p["standing"]], "rang": lambda p: [p["tier"]],
        "responsable": lambda p: [p["owner"] or "aucun"], "etiquette": lambda p: p["tags"],
    }  # fmt: skip
    for name, terms in read.items():
        offered = app.multiselect(key=f"filter-{name}").options
        counted = Counter(term for each in partners() for term in terms(each))
        assert sorted(figures(each)[-1] for each in offered) == sorted(counted.values()), name


def test_the_canvas_opens_on_as_many_partners_as_its_door_says() -> None:
    places = [(href, said) for href, said in doors(html("reseau")) if "departement" in href or "epci" in href]
    beside = re.findall(rf"autour=([\w:]+)[^>]*>[^<]*</a><span[^>]*>{NUMBER} partenaires?<", html("reseau"))
    assert len(beside) == len(places) > 3
    for where, many in beside:
        assert whole(many) == len(on("partners", "--territory", where)["items"])


def test_the_canvas_and_its_tables_count_the_same() -> None:
    app = shown("reseau", autour="departement:80", tableau="1", lignes="5000")
    (told_to_canvas,) = (each for each in sent(app) if "legend" in each)
    said = "\n".join(each.value for each in app.html)
    nodes, links, near = figures(part(said, r'(<p class="figure" aria-live.*?</p>)'))[:3]
    assert rows(said, "Non montrés") == nodes == len(told_to_canvas["scene"]["nodes"])
    assert links == len(told_to_canvas["scene"]["edges"])
    assert sum(each["count"] for each in told_to_canvas["legend"][0]["entries"]) == nodes
    assert 0 < near <= sum(each["hidden"] for each in told_to_canvas["scene"]["nodes"])
    known = {each["id"]: each for each in partners()}
    states = Counter(known[n["id"]]["state"] for n in told_to_canvas["scene"]["nodes"] if n["id"] in known)
    assert states


@pytest.mark.parametrize("level", ["region", "departement", "epci"])
@pytest.mark.parametrize("function", ["employeurs", "orientation", "formation"])
def test_a_territory_is_in_the_state_that_the_command_line_says(level: str, function: str) -> None:
    cells = on("coverage", "--level", level)["cells"]
    page = html("territoire", echelon=level, fonction=function, lignes="5000")
    mine = Counter(each["state"] for each in cells if each["function"] == function)
    chips = re.findall(rf'etat=(\w+)[^>]*><span[^>]*></span> [^<]*<span class="tally">{NUMBER}</span>', page)
    assert {state: whole(many) for state, many in chips} == mine
    assert rows(page, "Partenaires actifs") == mine.total()
    for state, many in mine.items():
        narrowed = html("territoire", echelon=level, fonction=function, lignes="5000", etat=state)
        assert rows(narrowed, "Partenaires actifs") == many
    marked = re.findall(
        rf'fonction=(\w+)[^>]*>[^<]*<span class="mark white"[^>]*title="{NUMBER} départements? blanc', page
    )
    white = Counter(each["function"] for each in on("coverage")["cells"] if each["state"] == "white")
    assert {each: whole(many) for each, many in marked} == white


def test_white_zones_are_those_of_the_command_line() -> None:
    for function in ("employeurs", "orientation"):
        zones = [each for each in on("coverage", "--level", "epci")["zones"] if each["function"] == function]
        page = html("territoire", echelon="epci", fonction=function, zones="toutes")
        assert [plain(each) for each in re.findall(r'<p class="said">(.*?)</p>', page)] == [
            plain(each["sentence"]) for each in zones
        ]
        known = re.findall(rf'<p class="small">{NUMBER} structures? connues?(.*?)</div>', page, re.DOTALL)
        assert known or function == "employeurs"
        assert [whole(many) for many, _ in known] == [
            listed.partition('class="acts"')[0].count("fiche=") for _, listed in known
        ]


def test_the_partners_of_a_place_open_in_partenaires() -> None:
    many, href = door(html("territoire", territoire="departement:62"), "^voir les (.+) dans Partenaires$")
    (cell,) = (c for c in on("coverage", "--function", "employeurs")["cells"] if c["territory"] == "departement:62")
    assert rows(behind(href), "Dernier échange") == many == len(cell["partners"])


def test_who_would_be_lost_with_whom_is_counted_person_by_person_then_structure_by_structure() -> None:
    found, page = on("resilience"), html("solidite", voir=["departs", "relais", "seuls"])
    types = Counter(each["type"] for each in found["dependences"])
    people, structures = figures(part(page, SENTENCE))[:2]
    assert (people, structures) == (types["Person"], types["Organisation"])
    parts = page.split("Si cette personne part")[1].split("Si cette structure vous quitte")
    assert [each.split("<h2>")[0].count('class="weigh"') for each in parts] == [people, structures]
    assert whole(part(page, rf"{NUMBER} partenaires où une seule personne")) == len(found["single"])
    lost = re.findall(rf'<span class="figure">{NUMBER} structures?', page)
    assert sorted(map(whole, lost)) == sorted(len(each["lost"]) for each in found["dependences"])


def test_each_colleague_opens_as_many_active_partners_as_the_bar_says() -> None:
    found = re.findall(
        rf'href="([^"]*activite=active[^"]*)">([^<]*)</a></span><span[^>]*>{NUMBER} · ', html("solidite")
    )
    assert {name: whole(many) for _, name, many in found} == {
        each["owner"] or "Personne": each["partners"] for each in on("resilience")["owners"]
    }
    for href, _, many in found:
        assert rows(behind(href.replace("&amp;", "&")), "Dernier échange") == whole(many)


def test_groups_pivots_isolated_and_shares_are_those_of_the_command_line() -> None:
    found, page = on("strength"), html("solidite", voir=["pivots", "groupes", "interlocuteur", "liens"])
    lacks = Counter(each["lack"] for each in found["isolated"])
    assert figures(part(page, SENTENCE))[2:] == [len(found["pivots"]), lacks["liens"], lacks["interlocuteur"]]
    assert figures(part(page, r"(Sans interlocuteur \(.*?\))")) == [lacks["interlocuteur"]]
    assert figures(part(page, r"(Liés à nous seuls \(.*?\))")) == [lacks["liens"]]
    assert page.count("<article") == len(found["groups"]) + len(found["pivots"])
    sizes = re.findall(rf'<p class="muted">[^<]*?{NUMBER} structures', page)
    assert [whole(each) for each in sizes] == [len(each["organisations"]) for each in found["groups"]]
    totals = re.findall(rf'<span class="name">[^<]*</span><span class="figure">{NUMBER}</span>', page)
    assert [whole(each) for each in totals] == [each["total"] for each in found["concentrations"]]
    assert all(plain(each["sentence"]) in plain(page) for each in found["concentrations"])


@pytest.mark.parametrize("people", [False, True])
def test_what_changed_is_what_the_command_line_compares(people: bool) -> None:
    extra = ("--people",) if people else ()
    counts = told("compare", SINCE, DAY.isoformat(), *extra)["counts"]
    who: dict[str, str | list[str]] = {"qui": "personnes"} if people else {}
    page = html("evolution", depuis=SINCE, **who)
    tiles = re.findall(rf'href="([^"]*)"[^>]*>[^<]*<strong>{NUMBER}</strong>', page)
    assert [whole(many) for _, many in tiles] == list(counts.values())
    for href, many in tiles:
        assert rows(behind(href.replace("&amp;", "&"), "evolution"), "Pourquoi") == whole(many)
    if not people:
        assert figures(part(page, SENTENCE).rpartition("2026,")[2]) == [each for each in counts.values() if each]


def test_the_curves_end_on_what_the_other_screens_say() -> None:
    page, points = html("evolution", depuis=SINCE), on("growth")["points"]
    last = [whole(each) for each in re.findall(rf"<strong>{NUMBER}</strong></div>", page)]
    assert last == [points[-1][name] for name in ("active", "fresh", "links", "exchanges")]
    assert last[0] == len(partners(standing="active"))
    assert last[1] == len(partners(state="frais", closed=False))
    table = part(page, r"Voir les chiffres(.*?</table>)")
    assert rows(table, "Mois") == len(points)
