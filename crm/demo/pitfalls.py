"""The pitfalls planted in the small network: what was planted, on which records, and what the product must show."""

from typing import NamedTuple

from crm.demo import planted
from crm.demo.committees import OVERDUE_ACTION
from crm.demo.evidence import UNDATED
from crm.demo.trades import JOINER, OPERATOR, PASTRY, SALES
from graph_schema.declaration import Vocabulary


class Trap(Vocabulary):
    """The pitfalls of a network that exists on paper only."""

    NAME_ONLY = "partenariat-de-nom", "Partenariat de nom"
    STALE = "contact-ancien", "Relation refroidie, relances sans réponse"
    OUTGOING_ONLY = "envois-seuls", "Envois sans aucun retour"
    WITHOUT_PARTNER = "action-sans-partenaire", "Action de formation sans partenaire"
    NO_CO_CONSTRUCTION = "sans-coconstruction", "Aucun signe de coconstruction"
    HOST_ONLY = "accueil-sans-apport", "Hôte qui n'apporte rien au contenu"
    NO_FEEDBACK = "sans-retour", "Aucun retour recueilli"
    START_ONLY = "debut-seulement", "Partenaire et preuves au début seulement"
    UNSIGNED = "convention-non-signee", "Convention non signée"
    EXPIRED = "convention-echue", "Convention échue"
    ENDING = "convention-bientot-finie", "Convention qui finit bientôt"
    ONE_PERSON = "une-seule-personne", "Tout tient à une personne"
    PERSON_LEFT = "contact-parti", "Contact parti, sans successeur"
    UNDATED = "preuves-sans-date", "Preuves sans date"
    NO_EMPLOYMENT = "sans-emploi-public", "Territoire sans service public de l'emploi"
    WHITE_ZONE = "zone-blanche", "Fonction absente d'un territoire"
    OVERDUE = "action-en-retard", "Action en retard"
    OPPOSED = "opposition", "Personne qui a fait opposition"
    RETENTION = "conservation-depassee", "Contact gardé trop longtemps"
    DUPLICATE = "doublon", "Doublon probable"


class Pitfall(NamedTuple):
    """One planted pitfall. ``records``: ids, the main one first (territories as ``level:code``)."""

    trap: Trap
    records: tuple[str, ...]
    planted: str
    shown: str


LENS_AGENCY = "org-0102"

PITFALLS = (
    Pitfall(Trap.NAME_ONLY, (planted.NAME_ONLY.id,), "Convention en cours, aucun échange, aucun accueil",
            "Inactif : aucune trace datée depuis le dernier audit"),
    Pitfall(Trap.STALE, (planted.STALE.id,), "Rang A, dernier échange il y a plus de six mois, deux relances",
            "À relancer, « relancé le …, sans réponse », en tête des appels"),
    Pitfall(Trap.OUTGOING_ONLY, (planted.NEWSLETTER_ONLY.id,), "Trois lettres d'information, aucune réponse",
            "Jamais d'échange en retour : les envois ne rafraîchissent rien"),
    Pitfall(Trap.WITHOUT_PARTNER, (JOINER,), "Action avec périodes en entreprise, sans aucun lien",
            "Aucun partenaire rattaché, seule action dans ce cas : écart ponctuel, risque mineur"),
    Pitfall(Trap.NO_CO_CONSTRUCTION, (SALES,), "Des accueils et des preuves d'accueil, rien sur le contenu",
            "Colonne « coconstruction » vide dans les trois phases"),
    Pitfall(Trap.HOST_ONLY, (planted.HOST_ONLY.id,), "Quatre accueils en un an, jamais consulté ni invité",
            "Actif par l'accueil seul ; aucun comité, aucune coconstruction"),
    Pitfall(Trap.NO_FEEDBACK, (OPERATOR,), "Des accueils terminés, aucun retour d'hôte ni de tuteur",
            "Aucune boucle de retour sur cette action"),
    Pitfall(Trap.START_ONLY, (PASTRY, planted.START_ONLY.id), "Deux accueils au lancement, preuves d'amont seulement",
            "Rien « pendant » ni « bilan » ; aucun accueil depuis le dernier audit"),
    Pitfall(Trap.UNSIGNED, (planted.UNSIGNED.id,), "Convention envoyée il y a quatre mois, accueils déjà commencés",
            "Statut « Envoyée » : pas de convention en cours"),
    Pitfall(Trap.EXPIRED, (planted.EXPIRED.id,), "Convention finie depuis trois mois, accueil en cours",
            "Statut « Échue » alors que l'entreprise accueille"),
    Pitfall(Trap.ENDING, (planted.ENDING.id,), "Convention qui finit dans trente jours",
            "À renouveler ; signalée avant la fin"),
    Pitfall(Trap.ONE_PERSON, (planted.KEY_PERSON, *(each.id for each in planted.HANGING)),
            "Une directrice, six structures, personne d'autre de connu sauf un collègue jamais contacté",
            "« Si … part, 6 structures sont perdues » et le contact à nouer"),
    Pitfall(Trap.PERSON_LEFT, (planted.PERSON_LEFT.id, planted.LEAVER), "Le seul contact est parti il y a cinq mois",
            "Plus personne à appeler dans cette entreprise"),
    Pitfall(Trap.UNDATED, tuple(UNDATED), "Trois preuves sans date du fait",
            "Non datées : ne comptent pas dans la fenêtre d'audit"),
    Pitfall(Trap.NO_EMPLOYMENT, ("departement:80",), "Des agences connues de nom dans la Somme, aucun échange",
            "Service public de l'emploi : aucun partenaire actif"),
    Pitfall(Trap.WHITE_ZONE, ("departement:62", "departement:59", "departement:80"),
            "Orientation et CEP : quatre structures repérées, jamais contactées",
            "Zone blanche d'un seul tenant, et le chemin pour la remplir"),
    Pitfall(Trap.WHITE_ZONE, ("departement:59", "departement:80"),
            "Écoles et formation : les seuls lycées contactés sont dans le Pas-de-Calais, et dormants",
            "Zone blanche dans le Nord et la Somme"),
    Pitfall(Trap.OVERDUE, (OVERDUE_ACTION,), "Action à faire, échéance passée de trente jours",
            "En retard"),
    Pitfall(Trap.OPPOSED, (planted.OPPOSED,), "Opposition enregistrée il y a deux mois",
            "Aucune relance proposée vers cette personne"),
    Pitfall(Trap.RETENTION, (planted.FORGOTTEN,), "Dernier contact venu d'elle il y a plus de trois ans",
            "Durée de conservation dépassée : redemander, archiver ou effacer"),
    Pitfall(Trap.DUPLICATE, (planted.DUPLICATE.id, LENS_AGENCY), "Ancien nom de l'agence de Lens, saisi à part",
            "Doublon probable : même type, même commune, nom équivalent"),
)  # fmt: skip


def table() -> list[str]:
    """The lines of the table in ``docs/demonstration.md``, one a pitfall."""
    return [f"| {p.trap.label} | `{'`, `'.join(p.records)}` | {p.planted} | {p.shown} |" for p in PITFALLS]
