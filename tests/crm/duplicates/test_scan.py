"""The network is looked through for partners that are there twice: which ones, how surely, why; answers are kept."""

import random
from typing import Any

import pytest

from crm.duplicates.answers import forget, tell_apart, told_apart
from crm.duplicates.merging import merge
from crm.duplicates.scan import Pair, duplicates
from crm.duplicates.scoring import Sureness, likeness
from crm.errors import Forbidden, InputError, NotFound
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork

LENS = {"commune": "62498", "city": "Lens"}
ARRAS = {"commune": "62041", "city": "Arras"}


def _fill(network: Network, *contents: dict[str, Any]) -> list[str]:
    def work(unit: UnitOfWork) -> list[str]:
        return [unit.create("Organisation", each, id=f"org-{at}") for at, each in enumerate(contents)]

    return network.commit("Essai", work).value


def _fill_more(network: Network, *contents: dict[str, Any]) -> None:
    network.commit("Essai", lambda unit: [unit.create("Organisation", each) for each in contents])


def _said(pair: Pair) -> tuple[str, str, Sureness]:
    return pair.one.id, pair.other.id, pair.likeness.strength


ALIKE = [
    ({"name": "Garage Fictif", **LENS}, {"name": "GARAGE FICTIF SARL", **LENS}, "certaine", "même nom, même commune"),
    ({"name": "A", "siren": "1", **LENS}, {"name": "Brasserie", "siren": "1", **LENS}, "certaine", "même SIREN"),
    ({"name": "Garage Fictif", **LENS}, {"name": "Garage Fictiff", **LENS}, "large", "même nom à une lettre"),
    (
        {"name": "Garage Fictif", "phone": "+33321000000", **LENS},
        {"name": "Garage Fictiff", "phone": "+33321000000", **LENS},
        "probable",
        "même téléphone, même nom à une lettre, même commune",
    ),
    ({"name": "Garage Fictif", **LENS}, {"name": "Garage Fictif"}, "probable", "commune connue d'un seul côté"),
    (
        {"name": "Garage Fictif", "address": "1 rue Fictive", "email": "a@exemple.example", **LENS},
        {"name": "Garage Fictif", "address": "9 rue Vraie", "email": "a@exemple.example", **LENS},
        "large",
        "mais une autre adresse",
    ),
]
UNLIKE = [
    ({"name": "Crèche A", **LENS}, {"name": "Crèche D", **LENS}, "letters are names"),
    ({"name": "Lycée Exemple 1", **LENS}, {"name": "Lycée Exemple 2", **LENS}, "numbers are names"),
    ({"name": "Garage Fictif", **LENS}, {"name": "Garage Fictif", **ARRAS}, "another commune"),
    ({"name": "Mission locale Lens"}, {"name": "Mission locale Lille"}, "another town in the name"),
    ({"name": "Mairie", "siret": "1"}, {"name": "Mairie", "siret": "2"}, "another SIRET"),
]


@pytest.mark.parametrize(("one", "other", "strength", "reason"), ALIKE)
def test_what_speaks_for_one_partner_is_said(
    one: dict[str, Any], other: dict[str, Any], strength: str, reason: str
) -> None:
    for pair in ((one, other), (other, one)):
        found = likeness(*pair)
        assert found is not None
        assert (found.strength, reason in ", ".join(found.reasons)) == (strength, True), found


@pytest.mark.parametrize(("one", "other", "why"), UNLIKE)
def test_two_partners_are_not_proposed(one: dict[str, Any], other: dict[str, Any], why: str) -> None:
    assert likeness(one, other) is None, why


def test_the_surest_come_first_and_letters_are_compared_when_asked(either: Network) -> None:
    _fill(
        either,
        {"name": "Garage Fictif", "phone": "+33321000001", **LENS},
        {"name": "Garage Fictiff", **LENS},
        {"name": "Atelier Exemple", **LENS},
        {"name": "ATELIER EXEMPLE", **LENS},
        {"name": "Atelier Exemple", **ARRAS},
    )
    assert list(map(_said, duplicates(either))) == [("org-2", "org-3", Sureness.CERTAIN)]
    assert list(map(_said, duplicates(either, whole=True))) == [
        ("org-2", "org-3", Sureness.CERTAIN),
        ("org-0", "org-1", Sureness.WIDE),
    ]


def test_one_that_may_as_well_be_either_of_two_is_certainly_neither(network: Network) -> None:
    here, there = {"address": "1 rue Fictive"}, {"address": "9 rue Vraie"}
    _fill(network, *({"name": "Garage Fictif", **LENS, **where} for where in (here, there, {})))
    found = duplicates(network)
    assert list(map(_said, found)) == [("org-0", "org-2", Sureness.PROBABLE), ("org-1", "org-2", Sureness.PROBABLE)]
    assert all("lui ressemble autant" in pair.likeness.reasons[-1] for pair in found)
    _fill_more(network, *({"name": name, **LENS} for name in ("Atelier Exemple", "ATELIER EXEMPLE", "Atelier exemple")))
    assert [_said(pair)[2] for pair in duplicates(network)][:3] == [Sureness.CERTAIN] * 3


def test_an_answer_is_remembered_and_taken_back(either: Network) -> None:
    one, other = _fill(either, {"name": "Exemple", **LENS}, {"name": "Exemple", **LENS})
    tell_apart(either, other, one)
    assert duplicates(either) == []
    assert either.read(told_apart) == {frozenset((one, other))}
    forget(either, one, other)
    assert list(map(_said, duplicates(either))) == [(one, other, Sureness.CERTAIN)]
    assert verify(either) == []
    merge(either, one, other)
    assert duplicates(either) == []


def test_an_answer_needs_two_records_and_the_right_to_edit(network: Network) -> None:
    (one,) = _fill(network, {"name": "Exemple"})
    with pytest.raises(InputError, match="deux fois la même"):
        tell_apart(network, one, one)
    with pytest.raises(NotFound):
        tell_apart(network, one, "rien")
    with pytest.raises(Forbidden):
        tell_apart(Network(network.store, Actor("L. Exemple", Role.READER)), one, "rien")


def test_planted_duplicates_are_found_and_few_others(network: Network) -> None:
    chance = random.Random(28)
    words = ["".join(chance.choices("bcdfglmnprst", k=2)) + each for each in ("abelo", "orani", "ulami", "etoru")]
    syllables = ["ba", "do", "fi", "lu", "mé", "no", "ra", "su", "ti", "vo"]
    names = {"".join(chance.choices(syllables, k=5)).capitalize() for _ in range(300)}
    partners = [{"name": f"{name} {chance.choice(words)}", **chance.choice([LENS, ARRAS])} for name in sorted(names)]
    planted = [{**each, "name": _misspelt(each["name"], chance)} for each in partners[:60]]
    _fill(network, *partners, *planted)
    found = {pair.ids for pair in duplicates(network, whole=True)}
    wanted = {frozenset((f"org-{at}", f"org-{len(partners) + at}")) for at in range(len(planted))}
    assert len(wanted & found) >= 0.95 * len(wanted)
    assert len(found) <= 3 * len(wanted)


def _misspelt(name: str, chance: random.Random) -> str:
    """A name as someone else writes it: upper case, a legal form, or a letter that is wrong."""
    at = chance.randrange(1, len(name.split()[0]))
    return chance.choice([name.upper(), f"SARL {name}", f"{name[:at]}{name[at + 1 :]}"])
