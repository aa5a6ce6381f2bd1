"""Who we are: what is kept of it, in one spelling, and what is refused in one sentence."""

import pytest

from crm.network import Network, provider
from crm.network.validation import InvalidRecord


def test_everything_that_later_screens_need_is_kept(either: Network) -> None:
    told = {
        "name": "CFA Exemple", "category": "of_cfa", "representative": "Mme Fictive, directrice",
        "quality_lead": "M. Exemple", "address": "1 rue Exemple, 62000 Arras", "phone": "03 53 01 00 00",
        "email": "contact@cfa-exemple.fr", "public_address": "https://reseau.exemple.fr/r28",
        "certifier": "Certificateur Exemple", "certified_on": "2025-01-15",
    }  # fmt: skip
    provider.save(either, told)
    kept = either.read(provider.load).model_dump(mode="json")
    assert {name: kept[name] for name in told} == told


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(["@CFA-Exemple.FR "], ["cfa-exemple.fr"]), (["contact@cfa.fr", "cfa.fr"], ["cfa.fr"]), ([], [])],
)
def test_mail_domains_are_kept_in_one_spelling(network: Network, typed: list[str], kept: list[str]) -> None:
    provider.save(network, {"mail_domains": typed})
    assert network.read(provider.load).mail_domains == kept


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("mail_domains", ["cfa"]), ("mail_domains", ["cfa..fr"]), ("mail_domains", ["un deux.fr"]),
     ("public_address", "reseau.exemple.fr"), ("public_address", "https://"),
     ("public_address", "https://m@exemple.fr"), ("public_address", "javascript:alert(1)")],
)  # fmt: skip
def test_what_is_no_domain_or_no_address_is_refused_and_nothing_is_written(
    network: Network, name: str, wrong: object
) -> None:
    with pytest.raises(InvalidRecord) as refused:
        provider.save(network, {name: wrong})
    assert [fault.field for fault in refused.value.faults] == [name]
    assert network.read(provider.record) is None


def test_a_siret_is_kept_without_its_blanks(network: Network) -> None:
    provider.save(network, {"siret": " 000 000 000 00018"})
    assert network.read(provider.load).siret == "00000000000018"
