"""The field's closed lists shared by several nouns: families, kinds, functions, OPCO, tiers, purposes (RNQ guide)."""

from types import MappingProxyType

from graph_schema.declaration import Vocabulary


class Family(Vocabulary):
    """The three families of partners; in Neo4j each is a second label of the organisation."""

    COMPANY = "company", "Entreprise"
    BRANCH = "branch", "Branche professionnelle"
    INSTITUTION = "institution", "Institution"


class Kind(Vocabulary):
    """Kinds of partners, from the glossary of the guide, plus « autre »."""

    COMPANY = "entreprise", "Entreprise"
    IAE = "iae", "Structure d'insertion (IAE)"
    ADAPTED = "entreprise_adaptee", "Entreprise adaptée"
    BRANCH = "branche", "Branche professionnelle"
    CHAMBER = "chambre_consulaire", "Chambre consulaire"
    EPCI = "epci", "Intercommunalité (EPCI)", "communauté de communes, d'agglomération, métropole"
    EMPLOYMENT = "service_public_emploi", "Service public de l'emploi", "France Travail, mission locale, Cap emploi"
    GUIDANCE = "service_public_orientation", "Service public de l'orientation"
    SOCIAL_CENTRE = "centre_social", "Centre social"
    JOINT_BODY = "organisme_paritaire", "Organisme paritaire (OPCO, Transitions Pro)"
    CEP = "operateur_cep", "Opérateur CEP"
    STATE = "service_etat", "Service de l'État"
    SCHOOL = "etablissement_formation", "Établissement scolaire ou de formation"
    ASSOCIATION = "association", "Association"
    FUNDER = "financeur", "Financeur"
    DISABILITY = "reseau_handicap", "Réseau handicap"
    OTHER = "autre", "Autre"

    @property
    def family(self) -> Family:
        """The family that this kind belongs to."""
        return _FAMILIES.get(self, Family.INSTITUTION)


_FAMILIES = MappingProxyType(
    {
        Kind.COMPANY: Family.COMPANY,
        Kind.IAE: Family.COMPANY,
        Kind.ADAPTED: Family.COMPANY,
        Kind.BRANCH: Family.BRANCH,
    }
)


class Function(Vocabulary):
    """What a partner is for in a territory: the columns of the coverage grid."""

    EMPLOYER = "employeurs", "Employeurs d'accueil"
    EMPLOYMENT = "spe", "Service public de l'emploi"
    DISABILITY = "handicap", "Handicap"
    BRANCH = "branche", "Branche professionnelle"
    FUNDER = "financeurs", "Financeurs"
    GUIDANCE = "orientation", "Orientation et CEP"
    INSERTION = "insertion", "Insertion et social"
    LOCAL = "collectivites", "Collectivités et État"
    SCHOOLS = "formation", "Écoles et formation"
    CONSULAR = "consulaire", "Chambres consulaires"


FUNCTIONS_OF_KIND = MappingProxyType(
    {
        Kind.COMPANY: (Function.EMPLOYER,),
        Kind.IAE: (Function.EMPLOYER, Function.INSERTION),
        Kind.ADAPTED: (Function.EMPLOYER, Function.DISABILITY),
        Kind.BRANCH: (Function.BRANCH,),
        Kind.CHAMBER: (Function.CONSULAR,),
        Kind.EPCI: (Function.LOCAL,),
        Kind.EMPLOYMENT: (Function.EMPLOYMENT,),
        Kind.GUIDANCE: (Function.GUIDANCE,),
        Kind.SOCIAL_CENTRE: (Function.INSERTION,),
        Kind.JOINT_BODY: (Function.FUNDER,),
        Kind.CEP: (Function.GUIDANCE,),
        Kind.STATE: (Function.LOCAL,),
        Kind.SCHOOL: (Function.SCHOOLS,),
        Kind.ASSOCIATION: (Function.INSERTION,),
        Kind.FUNDER: (Function.FUNDER,),
        Kind.DISABILITY: (Function.DISABILITY,),
        Kind.OTHER: (),
    }
)
"""The functions of a partner that declares none of its own."""


class Tier(Vocabulary):
    """How much a relation matters; each tier has its own freshness thresholds."""

    A = "A", "A · stratégique"
    B = "B", "B · régulier"
    C = "C", "C · ponctuel"


class Opco(Vocabulary):
    """The eleven opérateurs de compétences."""

    AFDAS = "AFDAS", "AFDAS"
    AKTO = "AKTO", "AKTO"
    ATLAS = "ATLAS", "ATLAS"
    CONSTRUCTYS = "CONSTRUCTYS", "CONSTRUCTYS"
    COMMERCE = "L'OPCOMMERCE", "L'OPCOMMERCE"
    OCAPIAT = "OCAPIAT", "OCAPIAT"
    OPCO_2I = "OPCO 2I", "OPCO 2i"
    EP = "OPCO EP", "OPCO EP"
    MOBILITIES = "OPCO MOBILITES", "OPCO Mobilités"
    HEALTH = "OPCO SANTE", "OPCO Santé"
    UNIFORMATION = "UNIFORMATION", "UNIFORMATION"


class NafVersion(Vocabulary):
    """Nomenclature of an activity code; the second replaces the first on 1 January 2027."""

    REV2 = "NAFRev2", "NAF rév. 2"
    NAF2025 = "NAF2025", "NAF 2025"


class Headcount(Vocabulary):
    """Sirene's ranges of employees."""

    UNKNOWN = "NN", "Non employeur ou inconnu"
    NONE = "00", "0 salarié"
    H1 = "01", "1 ou 2 salariés"
    H3 = "02", "3 à 5 salariés"
    H6 = "03", "6 à 9 salariés"
    H10 = "11", "10 à 19 salariés"
    H20 = "12", "20 à 49 salariés"
    H50 = "21", "50 à 99 salariés"
    H100 = "22", "100 à 199 salariés"
    H200 = "31", "200 à 249 salariés"
    H250 = "32", "250 à 499 salariés"
    H500 = "41", "500 à 999 salariés"
    H1000 = "42", "1 000 à 1 999 salariés"
    H2000 = "51", "2 000 à 4 999 salariés"
    H5000 = "52", "5 000 à 9 999 salariés"
    H10000 = "53", "10 000 salariés et plus"


class Civility(Vocabulary):
    """Form of address."""

    MRS = "mme", "Mme", "madame"
    MR = "m", "M.", "monsieur"


class Purpose(Vocabulary):
    """What the network is mobilised for."""

    CO_CONSTRUCTION = "coconstruction", "Coconstruction de l'ingénierie"
    HOSTING = "accueil", "Accueil en entreprise"
