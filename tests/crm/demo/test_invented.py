"""Everybody in the demonstration is invented, and every place in it is real."""

import re

from stdnum.fr import siren, siret

from crm.demo.identifiers import PHONE_RANGES
from crm.demo.identifiers import siret as nth_siret
from crm.network import Network
from graph_schema.territory import communes, parse_territory_id, place
from tests.crm.demo.reading import all_of

_EVERYONE = ("Organisation", "Person", "Provider", "Site")


def test_every_siret_has_both_checksums_and_belongs_to_nobody(demo: Network) -> None:
    found = [str(v["siret"]) for type in _EVERYONE for v in all_of(demo, type).values() if "siret" in v]
    assert len(found) == len(set(found)) > 280
    assert [s for s in found if not (siret.is_valid(s) and siren.is_valid(s[:9]) and s.startswith("000"))] == []


def test_numbers_of_the_largest_size_are_valid_and_never_repeat() -> None:
    found = [nth_siret(number) for number in range(1, 100_002)]
    assert len(set(found)) == len(found)
    assert all(siret.is_valid(found[n]) for n in (0, 99_997, 99_998, 99_999, 100_000))


def test_every_phone_is_in_a_range_kept_for_fiction(demo: Network) -> None:
    values = [v for type in _EVERYONE for v in all_of(demo, type).values()]
    phones = [str(v[field]) for v in values for field in ("phone", "mobile") if field in v]
    assert len(phones) > 800
    assert [
        phone for phone in phones if not (phone.startswith(PHONE_RANGES) and re.fullmatch(r"(\d\d ){4}\d\d", phone))
    ] == []


def test_every_mail_and_site_is_under_the_domain_kept_for_examples(demo: Network) -> None:
    values = [v for type in _EVERYONE for v in all_of(demo, type).values()]
    addresses = [str(v[field]) for v in values for field in ("email", "website") if field in v]
    assert len(addresses) > 800
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_every_commune_and_territory_exists(demo: Network) -> None:
    organisations = all_of(demo, "Organisation").values()
    assert {str(v["commune"]) for v in organisations} <= set(communes())
    assert len({communes()[str(v["commune"])].departement for v in organisations}) >= 6
    for id, values in all_of(demo, "Territory").items():
        found = place(*parse_territory_id(id))
        assert found is not None
        assert values["name"] == found.name


def test_postal_codes_are_those_of_the_commune(demo: Network) -> None:
    for values in all_of(demo, "Organisation").values():
        if "postal_code" in values:
            assert values["postal_code"] in communes()[str(values["commune"])].postal_codes


def test_learners_are_references_never_names(demo: Network) -> None:
    assert all(re.fullmatch(r"APP-\d{4}-\d{3}", str(v["learner"])) for v in all_of(demo, "Placement").values())
