"""What a name says of a partner's kind: the field's networks under their many names, and names that only look alike."""

import pytest

from graph_schema.networks import NETWORKS, functions_of, network_of_words, well_known
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import OrganisationRow
from graph_schema.vocabularies import Function, Kind

NAMES: dict[Kind, tuple[str, ...]] = {
    Kind.EMPLOYMENT: (
        "Cap emploi", "CAP EMPLOI 62", "Cap-emploi Pas-de-Calais", "Association Cap emploi du Nord", "France Travail",
        "Agence France Travail de Lens", "FRANCE TRAVAIL LENS", "Pôle emploi Tourcoing", "Mission locale",
        "MISSION LOCALE DE L'ARTOIS", "Lens - Mission locale", "La Mission Locale du Béthunois",
        "Antenne de la mission locale", "Association mission locale fictive", "Missions locales", "Apec Lille",
        "Maison de l'emploi de Lens", "PLIE de Lens",
    ),
    Kind.JOINT_BODY: (
        "OPCO EP", "Opco Mobilités", "AFDAS", "AKTO Hauts-de-France", "Constructys", "OCAPIAT", "Uniformation",
        "L'Opcommerce", "OPCO Atlas", "Transitions Pro Hauts-de-France",
    ),
    Kind.CHAMBER: (
        "CCI Artois", "CCI", "Chambre de commerce et d'industrie", "Chambre de métiers et de l'artisanat",
        "CMA Hauts-de-France", "Chambre d'agriculture du Nord", "Chambre des métiers",
    ),
    Kind.EPCI: (
        "Communauté de communes du Fictif", "COMMUNAUTE D'AGGLOMERATION DE LENS", "Métropole Européenne de Lille",
        "Communauté urbaine d'Arras", "CC du Pays Fictif",
    ),
    Kind.DISABILITY: (
        "MDPH du Nord", "Agefiph", "FIPHFP", "Agefiph Hauts-de-France",
        "Maison départementale des personnes handicapées",
    ),
    Kind.ADAPTED: ("ESAT Fictif", "Entreprise adaptée Exemple", "L'ESAT d'Exemple"),
    Kind.IAE: (
        "GEIQ BTP", "GEIQ Industrie Exemple", "ETTI Exemple", "Régie de quartier Fictive",
        "Chantier d'insertion Exemple",
        "Association intermédiaire Exemple",
    ),
    Kind.GUIDANCE: ("CIO de Lens", "Cité des métiers", "Centre d'information et d'orientation"),
    Kind.SOCIAL_CENTRE: ("Centre social Fictif", "CCAS de Lens", "Centre socioculturel Exemple"),
    Kind.STATE: ("DREETS Hauts-de-France", "DDETS 62", "Préfecture du Nord", "Sous-préfecture de Lens", "Rectorat"),
    Kind.SCHOOL: (
        "CFA Fictif", "Lycée professionnel Exemple", "Collège Exemple", "Université d'Artois", "GRETA Artois", "AFPA",
        "MFR d'Exemple", "Maison familiale rurale", "IUT de Lens", "École de la 2e chance",
    ),
    Kind.BRANCH: (
        "Fédération du bâtiment fictive", "UIMM Artois", "CAPEB 62", "UMIH", "Syndicat professionnel des fictifs",
        "MEDEF Artois", "Branche professionnelle des exemples",
    ),
    Kind.FUNDER: ("Région Hauts-de-France", "Conseil régional de Bretagne", "La Région Occitanie"),
    Kind.OTHER: ("Mairie de Lens", "Ville de Béthune", "Conseil départemental du Nord", "Commune de Fictif"),
    Kind.ASSOCIATION: ("Association Lumière Fictive", "Asso des exemples"),
}  # fmt: skip
COMPANIES = (
    "Garage de la Mission", "Boulangerie Cap Emploi-toi", "Cap Emploi-toi", "Transports Région Nord", "Garage Exemple",
    "Hôtel de la Métropole", "Métropole Taxi Fictif", "Pharmacie du Lycée", "Café du Campus", "Bar de la Mairie",
    "Chambre d'hôtes Fictive", "Imprimerie des Écoles", "Auto-école du Collège", "École de conduite Fictive",
    "Atlas Fictif", "Région Intérim Exemple", "Restaurant L'Université", "SARL CCI Fictive", "Cap Ouest",
    "Mission Fictive",
    "Opcode Informatique", "Apecita Exemple", "Capebois", "Locale Mission", "Cap Horn Emploi", "Esatis",
    "Syndicat Fictif",
    "Librairie de la Préfecture", "Menuiserie Branche", "Handi Exemple", "Centre auto Formation", "Villeneuve Fictive",
    "", "-", "Exemple & fils", "Travail France Intérim",
)  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in NAMES.items() for name in names])
def test_the_name_of_a_network_tells_its_kind(kind: Kind, name: str) -> None:
    found = well_known(name)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize("name", COMPANIES)
def test_a_name_that_only_looks_alike_says_nothing(name: str) -> None:
    assert well_known(name) is None


@pytest.mark.parametrize("name", [name for names in NAMES.values() for name in names])
def test_a_record_without_a_kind_takes_that_of_its_name(name: str) -> None:
    kind = SCHEMA.nodes["Organisation"]
    found = well_known(name)
    assert found is not None
    assert kind.clean({"name": name})["kind"] == found.kind
    assert kind.clean({"name": name, "kind": "entreprise"})["kind"] == "entreprise"


def test_a_company_stays_a_company() -> None:
    assert {SCHEMA.nodes["Organisation"].clean({"name": name})["kind"] for name in COMPANIES if name} == {"entreprise"}


def test_a_cap_emploi_counts_for_employment_and_for_disability_whoever_made_it() -> None:
    both = {Function.EMPLOYMENT, Function.DISABILITY}
    for kind in (Kind.EMPLOYMENT, Kind.DISABILITY):
        assert set(OrganisationRow("a", "Cap emploi Fictif", kind).roles) == both
        assert set(OrganisationRow("a", "Autre", kind).roles) < both
    assert OrganisationRow("a", "Cap emploi", Kind.COMPANY).roles == (Function.EMPLOYER,)
    assert OrganisationRow("a", "Cap emploi", Kind.EMPLOYMENT, (Function.EMPLOYMENT,)).roles == (Function.EMPLOYMENT,)


def test_functions_of_other_networks() -> None:
    assert functions_of(Kind.FUNDER, "Région Hauts-de-France") == (Function.FUNDER, Function.LOCAL)
    assert functions_of(Kind.OTHER, "Mairie de Lens") == (Function.LOCAL,)
    assert functions_of(Kind.OTHER, "Exemple") == ()
    assert functions_of(Kind.DISABILITY, "Agefiph") == (Function.DISABILITY, Function.FUNDER)


def test_every_network_is_found_by_its_words() -> None:
    for network in NETWORKS:
        words = (network.words or network.anywhere).split("|")[0].replace("?", "")
        found = network_of_words(words)
        assert found is not None
        assert found.kind is network.kind
