"""The names of a line, looked up in the network."""

from datetime import date

from crm import organisations, people
from crm.network import Network
from crm.quick_match import Match, matches, party

ON = date(2026, 11, 21)


def company(network: Network, name: str, **values: str) -> str:
    return organisations.create(network, {"name": name, **values}).value


def someone(network: Network, organisation: str, family: str, **values: str) -> str:
    return people.add(network, organisation, {"family_name": family, **values}, {}).value


def match(network: Network, *names: str) -> list[Match]:
    return matches(network, names, ON)


def test_a_person_is_found_with_her_employer(network: Network) -> None:
    garage = company(network, "Garage Exemple")
    claire = someone(network, garage, "Fictive", given_name="Claire", civility="mme")
    (found,) = match(network, "Mme Fictive")
    assert found.sure
    assert found.candidates[0][:] == ("Mme Claire Fictive", "Garage Exemple", (garage,), (claire,))
    assert match(network, "claire fictive")[0].sure


def test_a_civility_tells_two_people_apart(network: Network) -> None:
    garage = company(network, "Garage Exemple")
    someone(network, garage, "Fictif", civility="mme")
    he = someone(network, garage, "Fictif", civility="m")
    assert not match(network, "Fictif")[0].sure
    (found,) = match(network, "M. Fictif")
    assert [each.people for each in found.candidates] == [(he,)]


def test_people_of_one_name_are_offered_to_be_chosen(network: Network) -> None:
    for name in ("Garage Exemple", "Hôtel Exemple"):
        someone(network, company(network, name), "Fictif")
    (found,) = match(network, "M. Fictif")
    assert not found.sure
    assert {each.detail for each in found.candidates} == {"Garage Exemple", "Hôtel Exemple"}


def test_naming_the_organisation_settles_who_is_meant(network: Network) -> None:
    ids = {name: company(network, name) for name in ("Garage Exemple", "Hôtel Exemple")}
    for id in ids.values():
        someone(network, id, "Fictif")
    for names in (["M. Fictif du Garage Exemple"], ["M. Fictif", "Garage Exemple"], ["M. Fictif chez garage exemple"]):
        found = match(network, *names)[0]
        assert found.sure, names
        assert found.candidates[0].organisations == (ids["Garage Exemple"],)


def test_an_exact_name_comes_before_one_that_only_begins_so(network: Network) -> None:
    company(network, "Garage Exemple Nord")
    exact = company(network, "Garage Exemple")
    (found,) = match(network, "le garage exemple")
    assert found.sure
    assert found.candidates[0].organisations == (exact,)
    assert len(found.candidates) == 2


def test_someone_with_two_employers_is_to_be_chosen_between_them(network: Network) -> None:
    one, other = company(network, "Garage Exemple"), company(network, "Hôtel Exemple")
    id = someone(network, one, "Fictif")
    people.join(network, id, other)
    (found,) = match(network, "Fictif")
    assert not found.sure
    assert {each.detail for each in found.candidates} == {"Garage Exemple", "Hôtel Exemple"}


def test_nobody_is_found_for_an_unknown_name(network: Network) -> None:
    company(network, "Garage Exemple")
    assert match(network, "M. Personne") == [Match("M. Personne", (), sure=False)]
    assert match(network) == []


def test_a_name_said_twice_is_asked_once(network: Network) -> None:
    for name in ("Garage Exemple", "Hôtel Exemple"):
        someone(network, company(network, name), "Fictif")
    assert [each.words for each in match(network, "Fictif", "Garage Exemple", "FICTIF")] == ["Fictif", "Garage Exemple"]


def test_a_record_makes_a_party_by_itself(network: Network) -> None:
    garage = company(network, "Garage Exemple", city="Lens")
    found = party(network, garage, ON)
    assert found is not None
    assert (found.caption, found.organisations) == ("Garage Exemple", (garage,))
    assert party(network, "rien", ON) is None
