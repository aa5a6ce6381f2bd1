"""The names of a sentence, looked up in the network."""

from datetime import date

from crm.network import Network
from crm.quick_log import tell
from crm.quick_log.match import NamedParty, candidates, party
from crm.records import organisations, people

ON = date(2026, 11, 21)


def company(network: Network, name: str, **values: str) -> str:
    return organisations.create(network, {"name": name, **values}).value


def someone(network: Network, organisation: str, family: str, **values: str) -> str:
    return people.add(network, organisation, {"family_name": family, **values}, {}).value


def match(network: Network, *names: str) -> list[NamedParty]:
    return list(tell(network, f"vu {' et '.join(names)} hier", ON).who)


def test_a_person_is_found_with_her_employer(either: Network) -> None:
    garage = company(either, "Garage Exemple")
    claire = someone(either, garage, "Fictive", given_name="Claire", civility="mme")
    (found,) = match(either, "Mme Fictive")
    assert found.sure
    assert found.candidates[0][:] == ("Mme Claire Fictive", "Garage Exemple", (garage,), (claire,))
    assert match(either, "claire fictive")[0].sure


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


def test_someone_with_two_employers_is_to_be_chosen_between_them(network: Network) -> None:
    one, other = company(network, "Garage Exemple"), company(network, "Hôtel Exemple")
    id = someone(network, one, "Fictif")
    people.join(network, id, other)
    (found,) = match(network, "Fictif")
    assert not found.sure
    assert {each.detail for each in found.candidates} == {"Garage Exemple", "Hôtel Exemple"}


def test_nobody_is_certain_who_is_said_to_be_of_another_organisation(network: Network) -> None:
    someone(network, company(network, "Garage Exemple"), "Fictif")
    company(network, "Hôtel Chimère")
    assert [each.sure for each in match(network, "M. Fictif de l'Hôtel Chimère")] == [False, True]


def test_the_town_tells_two_organisations_apart(network: Network) -> None:
    company(network, "Restaurant Exemple", city="Lille")
    there = company(network, "Restaurant Exemple", city="Amiens")
    (found,) = match(network, "le Restaurant Exemple d'Amiens")
    assert found.sure
    assert found.candidates[0].organisations == (there,)


def test_a_role_names_someone_of_the_organisation(network: Network) -> None:
    garage = company(network, "Garage Exemple")
    boss = people.add(network, garage, {"family_name": "Fictif"}, {"role": "Gérance"}).value
    found = match(network, "le gérant du Garage Exemple")
    assert [each.candidates[0].people for each in found] == [(boss,), ()]


def test_nobody_is_found_for_an_unknown_name(network: Network) -> None:
    company(network, "Garage Exemple")
    assert match(network, "M. Personne") == [NamedParty("M. Personne", (), sure=False)]


def test_a_record_makes_a_party_by_itself(network: Network) -> None:
    garage = company(network, "Garage Exemple", city="Lens")
    found = party(network, garage, ON)
    assert found is not None
    assert (found.caption, found.organisations) == ("Garage Exemple", (garage,))
    assert party(network, "rien", ON) is None


def test_a_name_that_was_asked_finds_all_who_bear_it(network: Network) -> None:
    ids = {
        someone(network, company(network, f"Garage {name}"), "Modèle", given_name="Claire") for name in ("Nord", "Sud")
    }
    for words in ("claire", "Claire", "modele", "Mme Modèle", "modele claire", "C. Modèle"):
        assert {id for each in candidates(network, words, ON) for id in each.people} == ids, words
    assert [each.caption for each in candidates(network, "garage", ON)] == ["Garage Nord", "Garage Sud"]
