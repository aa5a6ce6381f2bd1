"""The institutions of the small network, one line each: generic names, real places, how each relation lives."""

from collections.abc import Iterator
from typing import NamedTuple

from crm.demo.scene import Partner, Stance
from graph_schema.vocabularies import Function, Kind, Opco, Tier

_ALIVE, _WATCH, _CHASE, _CHASED, _OUT, _NEVER = Stance


class Institution(NamedTuple):
    """Name, kind, commune, tier, stance; ``engaged`` partners sign, host or sit; ``serves`` territories."""

    name: str
    kind: Kind
    commune: str
    tier: str
    stance: Stance
    engaged: bool = False
    serves: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    opco: Opco | None = None


_REGION = ("region:32",)
_CAP = (Function.EMPLOYMENT, Function.DISABILITY)
_SPE, _ORIENTATION, _JOINT = Kind.EMPLOYMENT, Kind.GUIDANCE, Kind.JOINT_BODY

_EMPLOYMENT = (
    Institution("France Travail Exemple d'Arras", _SPE, "62041", "A", _ALIVE, True),
    Institution("France Travail Exemple de Lens", _SPE, "62498", "A", _ALIVE, True),
    Institution("France Travail Exemple de Béthune", _SPE, "62119", "B", _WATCH, True),
    Institution("France Travail Exemple de Hénin-Beaumont", _SPE, "62427", "B", _CHASE),
    Institution("France Travail Exemple de Calais", _SPE, "62193", "C", _NEVER),
    Institution("France Travail Exemple de Lille", _SPE, "59350", "B", _ALIVE, True),
    Institution("France Travail Exemple de Douai", _SPE, "59178", "B", _WATCH, True),
    Institution("France Travail Exemple de Valenciennes", _SPE, "59606", "C", _CHASED),
    Institution("France Travail Exemple d'Amiens", _SPE, "80021", "B", _NEVER),
    Institution("France Travail Exemple d'Abbeville", _SPE, "80001", "C", _NEVER),
    Institution(
        "Mission locale Exemple de Lens", _SPE, "62498", "A", _ALIVE, True, ("epci:246200364", "epci:246200299")
    ),
    Institution(
        "Mission locale Exemple d'Arras", _SPE, "62041", "A", _WATCH, True, ("epci:200033579", "epci:200069482")
    ),
    Institution("Mission locale Exemple de Béthune", _SPE, "62119", "B", _ALIVE, True, ("epci:200072460",)),
    Institution("Mission locale Exemple de Saint-Omer", _SPE, "62765", "C", _CHASE, False, ("epci:200069037",)),
    Institution(
        "Mission locale Exemple du Boulonnais", _SPE, "62160", "C", _CHASED, False, ("commune:62160", "epci:246200380")
    ),
    Institution(
        "Mission locale Exemple du Douaisis", _SPE, "59178", "B", _ALIVE, True, ("epci:200044618", "epci:245901152")
    ),
    Institution(
        "Mission locale Exemple de Lille", _SPE, "59350", "B", _CHASE, True, ("commune:59350", "commune:59009")
    ),
    Institution("Mission locale Exemple d'Amiens", _SPE, "80021", "B", _NEVER, False, ("commune:80021",)),
    Institution("Cap emploi Exemple du Pas-de-Calais", _SPE, "62041", "A", _ALIVE, True, ("departement:62",), _CAP),
    Institution("Cap emploi Exemple du Nord", _SPE, "59350", "B", _WATCH, True, ("departement:59",), _CAP),
    Institution("Cap emploi Exemple de la Somme", _SPE, "80021", "B", _NEVER, False, ("departement:80",), _CAP),
)
_DISABILITY = (
    Institution("MDPH Exemple du Pas-de-Calais", Kind.DISABILITY, "62041", "B", _CHASE, False, ("departement:62",)),
    Institution("Délégation handicap Exemple Hauts-de-France", Kind.DISABILITY, "59350", "C", _CHASED, False, _REGION),
    Institution(
        "Réseau handicap et emploi Exemple du Nord", Kind.DISABILITY, "59599", "C", _OUT, False, ("departement:59",)
    ),
)
_GUIDANCE = (
    Institution("Centre d'information et d'orientation Exemple de Lens", _ORIENTATION, "62498", "B", _NEVER),
    Institution("Centre d'information et d'orientation Exemple de Lille", _ORIENTATION, "59350", "C", _NEVER),
    Institution("Espace orientation Exemple d'Amiens", _ORIENTATION, "80021", "C", _NEVER),
    Institution("Opérateur CEP Exemple Hauts-de-France", Kind.CEP, "59350", "B", _NEVER, False, _REGION),
)
_SCHOOLS = (
    Institution("Lycée professionnel Exemple d'Arras", Kind.SCHOOL, "62041", "B", _CHASE),
    Institution("Lycée professionnel Exemple de Béthune", Kind.SCHOOL, "62119", "C", _CHASED),
    Institution("Lycée professionnel Exemple de Lille", Kind.SCHOOL, "59350", "C", _NEVER),
    Institution("Université Exemple de Valenciennes", Kind.SCHOOL, "59606", "C", _NEVER),
    Institution("Groupement d'établissements Exemple de la Somme", Kind.SCHOOL, "80021", "C", _NEVER),
)
_CHAMBERS = (
    Institution("CCI Exemple de l'Artois", Kind.CHAMBER, "62041", "A", _ALIVE, True, ("departement:62",)),
    Institution("CMA Exemple du Pas-de-Calais", Kind.CHAMBER, "62041", "B", _ALIVE, True, ("departement:62",)),
    Institution("CCI Exemple de Lille", Kind.CHAMBER, "59350", "B", _WATCH, True, ("departement:59",)),
    Institution("Chambre d'agriculture Exemple du Nord", Kind.CHAMBER, "59350", "C", _CHASE),
    Institution("CCI Exemple d'Amiens", Kind.CHAMBER, "80021", "C", _CHASE, False, ("departement:80",)),
)
_LOCAL = (
    Institution("Communauté urbaine Exemple d'Arras", Kind.EPCI, "62041", "A", _ALIVE, True, ("epci:200033579",)),
    Institution(
        "Communauté d'agglomération Exemple de Lens-Liévin", Kind.EPCI, "62498", "B", _ALIVE, True, ("epci:246200364",)
    ),
    Institution(
        "Communauté d'agglomération Exemple de Béthune", Kind.EPCI, "62119", "B", _WATCH, True, ("epci:200072460",)
    ),
    Institution("Métropole Exemple de Lille", Kind.EPCI, "59350", "B", _CHASED, False, ("epci:200093201",)),
    Institution("Agglomération Exemple du Douaisis", Kind.EPCI, "59178", "C", _WATCH, True, ("epci:200044618",)),
    Institution(
        "Communauté de communes Exemple de Ternois", Kind.EPCI, "62767", "C", _NEVER, False, ("epci:200069672",)
    ),
    Institution("Agglomération Exemple d'Amiens", Kind.EPCI, "80021", "C", _CHASE, False, ("commune:80021",)),
    Institution(
        "Direction départementale Exemple de l'emploi (62)", Kind.STATE, "62041", "A", _WATCH, True, ("departement:62",)
    ),
    Institution("Direction régionale Exemple de l'économie", Kind.STATE, "59350", "B", _CHASE, False, _REGION),
    Institution(
        "Rectorat Exemple de Lille", Kind.STATE, "59350", "C", _OUT, False, ("departement:59", "departement:62")
    ),
)
_FUNDERS = (
    Institution("AFDAS, délégation Exemple", _JOINT, "59350", "C", _NEVER, False, _REGION, (), Opco.AFDAS),
    Institution("AKTO, délégation Exemple", _JOINT, "59350", "A", _ALIVE, True, _REGION, (), Opco.AKTO),
    Institution("ATLAS, délégation Exemple", _JOINT, "59350", "B", _CHASE, False, _REGION, (), Opco.ATLAS),
    Institution("CONSTRUCTYS, délégation Exemple", _JOINT, "59350", "B", _ALIVE, True, _REGION, (), Opco.CONSTRUCTYS),
    Institution("L'OPCOMMERCE, délégation Exemple", _JOINT, "59350", "A", _WATCH, True, _REGION, (), Opco.COMMERCE),
    Institution("OCAPIAT, délégation Exemple", _JOINT, "80021", "C", _CHASED, False, _REGION, (), Opco.OCAPIAT),
    Institution("OPCO 2i, délégation Exemple", _JOINT, "59350", "A", _CHASE, False, _REGION, (), Opco.OPCO_2I),
    Institution("OPCO EP, délégation Exemple", _JOINT, "59350", "B", _ALIVE, True, _REGION, (), Opco.EP),
    Institution("OPCO Mobilités, délégation Exemple", _JOINT, "59350", "C", _OUT, False, _REGION, (), Opco.MOBILITIES),
    Institution("OPCO Santé, délégation Exemple", _JOINT, "59350", "C", _WATCH, True, _REGION, (), Opco.HEALTH),
    Institution(
        "UNIFORMATION, délégation Exemple", _JOINT, "59350", "C", _NEVER, False, _REGION, (), Opco.UNIFORMATION
    ),
    Institution("Transitions Pro Exemple", _JOINT, "59350", "C", _CHASE, False, _REGION),
    Institution("Conseil régional Exemple", Kind.FUNDER, "59350", "A", _WATCH, True, _REGION),
)
_BRANCHES = (
    Institution("Branche Exemple du bâtiment", Kind.BRANCH, "59350", "B", _ALIVE, True, _REGION),
    Institution(
        "Branche Exemple du commerce alimentaire", Kind.BRANCH, "75056", "B", _WATCH, True, ("departement:59",)
    ),
    Institution("Branche Exemple de la métallurgie", Kind.BRANCH, "62041", "A", _CHASED, False, ("departement:62",)),
    Institution("Branche Exemple de la propreté", Kind.BRANCH, "75056", "C", _NEVER),
    Institution("Branche Exemple de la boulangerie", Kind.BRANCH, "75056", "C", _CHASE),
)
_INSERTION = (
    Institution("Centre social Exemple de Lens", Kind.SOCIAL_CENTRE, "62498", "C", _ALIVE, True),
    Institution("Centre social Exemple de Douai", Kind.SOCIAL_CENTRE, "59178", "C", _WATCH, True),
    Institution("Centre social Exemple de Calais", Kind.SOCIAL_CENTRE, "62193", "C", _CHASE),
    Institution("Centre social Exemple d'Amiens", Kind.SOCIAL_CENTRE, "80021", "C", _NEVER),
    Institution("Association Exemple Mobilité Solidaire", Kind.ASSOCIATION, "62119", "B", _ALIVE, True),
    Institution("Association Exemple Logement des Jeunes", Kind.ASSOCIATION, "62041", "C", _CHASED),
    Institution("Chantier d'insertion Exemple de l'Artois", Kind.IAE, "62041", "B", _ALIVE, True),
    Institution("Entreprise d'insertion Fictive de Liévin", Kind.IAE, "62510", "B", _WATCH, True),
    Institution("Association intermédiaire Exemple de Roubaix", Kind.IAE, "59512", "C", _CHASE),
    Institution("ETTI Imaginaire de Lens", Kind.IAE, "62498", "A", _ALIVE, True),
    Institution("Chantier d'insertion Exemple d'Abbeville", Kind.IAE, "80001", "C", _NEVER),
    Institution("Entreprise adaptée Modèle de Béthune", Kind.ADAPTED, "62119", "B", _ALIVE, True),
    Institution("Entreprise adaptée Fictive de Cambrai", Kind.ADAPTED, "59122", "C", _CHASE),
)

FIRST_NUMBER = 101


def institutions() -> Iterator[Partner]:
    """Every institution, numbered from ``FIRST_NUMBER``."""
    tables = (
        _EMPLOYMENT, _DISABILITY, _GUIDANCE, _SCHOOLS, _CHAMBERS, _LOCAL, _FUNDERS, _BRANCHES, _INSERTION,
    )  # fmt: skip
    for number, line in enumerate((line for table in tables for line in table), FIRST_NUMBER):
        yield Partner(
            f"org-{number:04}", line.name, line.kind, line.commune, Tier(line.tier), line.stance, line.engaged,
            line.serves, line.functions, opco=line.opco,
        )  # fmt: skip
