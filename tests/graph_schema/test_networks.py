"""What a name says of a partner's kind: the field's networks under their many names, and names that only look alike."""

import pytest

from graph_schema.networks import NETWORKS, functions_of, network_of_body, network_of_words, well_known
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
    # A short or common word that a company took for its name.
    "CMA CGM", "CMA Menuiserie", "CMA Peinture Fictive", "CCI Climatisation", "CCI SARL", "CFA Conseil",
    "CFA Consulting Group", "CIO Consulting", "CIO Store", "CSC Computer Fictif", "MFR Maçonnerie", "MFR Renovation",
    "IME Informatique", "IUT Transports", "FFB Peinture", "Apec Nettoyage", "Plié Coiffure", "PLIE Solutions",
    "Milo Coiffure", "Chez Milo", "Milo Fictif & Fils", "Boutique Milo", "E2C Engineering", "Akto Studio",
    "ML Immobilier", "UIMM Conseil", "U2P Productions", "Epide Sécurité SARL", "Greta Fleurs", "Collège Café",
    "Lycée Pizza Fictif", "Le Collège Bar", "Université Auto SAS", "Mairie Taxis Fictifs",
    # A collectivity in whose name others act.
    "Lille Métropole Habitat", "Bordeaux Métropole Énergies Fictives", "Toulouse Métropole Emploi Fictif",
    "Rennes Métropole Médias", "Région Sud Chauffage", "Région Bretagne Intérim", "La Région Normandie Transports",
    # Federations of other things than a trade.
    "Fédération Léo Lagrange", "Fédération sportive fictive", "Fédération des chasseurs du Nord",
    "Crèche de la Métropole", "École de danse Fictive", "Habitat Métropole Lyon", "Clinique du CFA",
)  # fmt: skip
BODIES = (
    ("GRETA Lyon Métropole", Kind.SCHOOL), ("CFA Métropole Fictif", Kind.SCHOOL), ("Lille Métropole", Kind.EPCI),
    ("Métropole de Lyon", Kind.EPCI), ("Rennes Métropole", Kind.EPCI), ("CCI France", Kind.CHAMBER),
    ("CCI Nord de France", Kind.CHAMBER), ("CMA de Lens", Kind.CHAMBER), ("Milo de Lens", Kind.EMPLOYMENT),
    ("Fédération française du bâtiment", Kind.BRANCH), ("Fédération nationale des travaux publics", Kind.BRANCH),
    ("Fédération des entreprises de propreté", Kind.BRANCH), ("Région Sud", Kind.FUNDER),
    ("Région Occitanie Pyrénées-Méditerranée", Kind.FUNDER), ("Mairie", Kind.OTHER), ("Collège", Kind.SCHOOL),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in NAMES.items() for name in names])
def test_the_name_of_a_network_tells_its_kind(kind: Kind, name: str) -> None:
    found = well_known(name)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(("name", "kind"), BODIES)
def test_a_body_is_known_by_what_it_is_and_not_by_where(name: str, kind: Kind) -> None:
    for found in (well_known(name), network_of_body(name)):
        assert found is not None
        assert found.kind is kind


@pytest.mark.parametrize(
    "name",
    ["Auto-école du Collège", "Crèche de la Métropole", "Amicale du Lycée", "Les Amis de la Mairie", "Foot Commune",
     "Ludothèque du Département"],
)  # fmt: skip
def test_one_word_within_the_name_of_a_body_says_nothing(name: str) -> None:
    assert network_of_body(name) is None


@pytest.mark.parametrize("word", ["Auto-école", "Chambre d'hôtes", "Hôtel de la Métropole", "Vins de la région", "Bar"])
def test_one_word_within_a_declared_type_says_nothing(word: str) -> None:
    assert network_of_words(word) is None


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
