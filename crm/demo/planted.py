"""The partners whose life is written line by line, because each one shows a pitfall (see ``pitfalls``)."""

from crm.demo import agreements, contacts, exchanges, placements
from crm.demo.agreements import Course
from crm.demo.names import COLLEAGUES
from crm.demo.scene import Partner, SmallNetwork, Stance, Tenure, weekday
from crm.demo.size import HUB
from crm.demo.trades import ADVISER, COMMERCE, PASTRY, SALES
from graph_schema.exchanges import Channel, Direction
from graph_schema.programmes import PlacementKind
from graph_schema.vocabularies import Civility, Function, Kind, Opco, Tier

_B, _C = Tier.B, Tier.C


def _company(number: int, name: str, commune: str, tier: Tier, stance: Stance, opco: Opco, naf: str) -> Partner:
    id = f"org-{number:04}"
    return Partner(id, name, Kind.COMPANY, commune, tier, stance, naf=naf, opco=opco, scripted=True)


CLUB = Partner(
    HUB, "Club Exemple des entreprises de l'Artois", Kind.ASSOCIATION, "62041", Tier.A, Stance.FRESH, True,
    functions=(Function.EMPLOYER,), scripted=True,
)  # fmt: skip
NAME_ONLY = _company(2, "Garage Fictif", "62041", _B, Stance.NEVER, Opco.MOBILITIES, "45.20A")
STALE = _company(3, "Clinique Exemple de la Gohelle", "62498", Tier.A, Stance.CHASED, Opco.HEALTH, "86.10Z")
UNSIGNED = _company(4, "Boulangerie Exemple", "62119", _B, Stance.FRESH, Opco.EP, "10.71C")
EXPIRED = _company(5, "Menuiserie Imaginaire", "62119", _B, Stance.WATCH, Opco.CONSTRUCTYS, "43.32A")
PERSON_LEFT = _company(6, "SARL Modèle", "62510", _B, Stance.CHASE, Opco.ATLAS, "62.02A")
HANGING = tuple(
    _company(7 + rank, name, commune, _B, Stance.FRESH, Opco.AKTO, "78.30Z")
    for rank, (name, commune) in enumerate((
        ("Groupement d'employeurs Fictif", "59178"), ("Atelier Fictif Sin", "59569"),
        ("Atelier Fictif Cuincy", "59165"), ("Atelier Fictif Waziers", "59654"),
        ("Atelier Fictif Lallaing", "59327"), ("Atelier Fictif Dechy", "59170"),
    ))
)  # fmt: skip
HOST_ONLY = _company(13, "Supermarché Factice", "62427", _B, Stance.FRESH, Opco.COMMERCE, "47.11D")
ENDING = _company(14, "Hôtel du Bon Modèle", "62041", Tier.A, Stance.FRESH, Opco.AKTO, "55.10Z")
NEWSLETTER_ONLY = _company(15, "Logistique Chimère", "59178", _B, Stance.OUTGOING, Opco.MOBILITIES, "52.10B")
DUPLICATE = Partner("org-0016", "Pôle emploi Exemple Lens", Kind.EMPLOYMENT, "62498", _C, Stance.NEVER, scripted=True)
START_ONLY = _company(17, "Pâtisserie de la Légende", "62041", _B, Stance.WATCH, Opco.EP, "10.71D")

PLANTED = (
    CLUB, NAME_ONLY, STALE, UNSIGNED, EXPIRED, PERSON_LEFT, *HANGING, HOST_ONLY, ENDING, NEWSLETTER_ONLY, DUPLICATE,
    START_ONLY,
)  # fmt: skip

KEY_PERSON, LEAVER, OPPOSED, FORGOTTEN, BACKUP = (f"pers-{n:04}" for n in range(1, 6))
_SPOKEN_FOR = (CLUB, NAME_ONLY, STALE, UNSIGNED, EXPIRED, HOST_ONLY, ENDING, NEWSLETTER_ONLY, START_ONLY)
_ORDINARY = {partner.id: f"pers-{number:04}" for number, partner in enumerate(_SPOKEN_FOR, 11)}
_TWO_YEARS, _OLD_CONTACT = 720, 1_200


def add_people(scene: SmallNetwork) -> None:
    """Note the contacts of the planted partners."""
    for partner in PLANTED:
        if partner.id in _ORDINARY:
            _works(scene, _ORDINARY[partner.id], (Civility.MRS, "Danielle", f"Fictif-{partner.id[-2:]}"), partner)
    _works(scene, KEY_PERSON, (Civility.MRS, "Monique", "Exemple"), HANGING[0], *HANGING[1:])
    _works(scene, BACKUP, (Civility.MR, "René", "Spécimen"), HANGING[0])
    left = _works(scene, LEAVER, (Civility.MR, "Gérard", "Fictif"), PERSON_LEFT)
    contacts.leave(scene, left, scene.ago(150), scene.owners[PERSON_LEFT.id])
    _works(scene, OPPOSED, (Civility.MR, "Alain", "Songe"), STALE)
    stamp = scene.stamp(scene.ago(60), COLLEAGUES[1], "Opposition enregistrée")
    scene.book.change(stamp, OPPOSED, {"opposed_on": stamp.day})
    _works(scene, FORGOTTEN, (Civility.MRS, "Odette", "Mirage"), CLUB)


def _works(
    scene: SmallNetwork, id: str, identity: tuple[Civility, str, str], partner: Partner, *others: Partner
) -> Tenure:
    stamp = scene.stamp(scene.start, COLLEAGUES[0], "Démonstration : contacts repris")
    contacts.person(scene, stamp, id, identity, partner)
    held = contacts.role(scene, stamp, id, partner, "Direction", scene.ago(1_500), main=True)
    for other in others:
        contacts.role(scene, stamp, id, other, "Direction", scene.ago(1_500), main=True)
    return held


def add_lives(scene: SmallNetwork) -> None:
    """Note what happened, or did not, with each planted partner."""
    _agreements_and_hosts(scene)
    _talk(scene, CLUB, 20, 95, 180, 270)
    _talk(scene, STALE, 200, 260)
    for days in (120, 45):
        _say(scene, STALE, days, Direction.FROM_US, "Relance : reprise de contact")
    _talk(scene, UNSIGNED, 12, 150)
    _talk(scene, EXPIRED, 130, 400)
    _talk(scene, HOST_ONLY, 15, 120)
    _talk(scene, ENDING, 9, 80, 200)
    _talk(scene, START_ONLY, 110, 420)
    for days in (330, 210, 90):
        _say(scene, NEWSLETTER_ONLY, days, Direction.FROM_US, "Lettre du réseau", Channel.NEWSLETTER)
    _say(scene, PERSON_LEFT, 190, Direction.MUTUAL, "Point sur l'accueil", person=LEAVER)
    _say(scene, CLUB, _OLD_CONTACT, Direction.MUTUAL, "Forum des métiers", Channel.EVENT, FORGOTTEN)
    for rank, partner in enumerate(HANGING):
        _say(scene, partner, 14 + rank, Direction.MUTUAL, "Point sur les accueils en cours", person=KEY_PERSON)


def _agreements_and_hosts(scene: SmallNetwork) -> None:
    agreements.sign(scene, CLUB, agreements.IN_FORCE, (COMMERCE,))
    agreements.sign(scene, NAME_ONLY, Course(_TWO_YEARS, _TWO_YEARS - 10, -200), (COMMERCE,))
    agreements.sign(scene, UNSIGNED, Course(120), (SALES,))
    placements.host(scene, UNSIGNED, SALES, 70)
    placements.host(scene, UNSIGNED, SALES, 20)
    agreements.sign(scene, EXPIRED, Course(560, 550, 95), (COMMERCE,))
    placements.host(scene, EXPIRED, COMMERCE, 60)
    for starts in (300, 220, 130, 40):
        placements.host(scene, HOST_ONLY, SALES, starts, visits=1)
    agreements.sign(scene, ENDING, Course(350, 340, -30), (COMMERCE,))
    placements.host(scene, ENDING, COMMERCE, 250, visits=2)
    placements.host(scene, PERSON_LEFT, COMMERCE, 500)
    placements.host(scene, START_ONLY, PASTRY, 640, PlacementKind.INTERNSHIP)
    placements.host(scene, START_ONLY, PASTRY, 560, PlacementKind.INTERNSHIP)
    for partner in HANGING:
        placements.host(scene, partner, ADVISER, 30, PlacementKind.IMMERSION)


def _talk(scene: SmallNetwork, partner: Partner, *days: int) -> None:
    for each in days:
        _say(scene, partner, each, Direction.MUTUAL, "Point sur le partenariat")


def _say(
    scene: SmallNetwork, partner: Partner, days: int, direction: Direction, subject: str,
    channel: Channel = Channel.CALL, person: str = "",
) -> None:  # fmt: skip
    day = weekday(scene.ago(days))
    involved = [partner.id, person or _ORDINARY[partner.id]]
    exchanges.log(scene, involved, day, direction, channel, subject, scene.owners[partner.id])
