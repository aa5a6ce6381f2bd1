"""What ties organisations to one another, to territories and to training actions."""

from crm.demo.names import COLLEAGUES
from crm.demo.scene import Partner, SmallNetwork, Stance
from crm.demo.size import HUB
from crm.demo.trades import ADVISER, COMMERCE, ELECTRICIAN, OPERATOR
from graph_schema.organisations import Funds, MemberOf, Prescribes, Serves, WorksWith
from graph_schema.programmes import CoConstructs
from graph_schema.vocabularies import Family, Function, Kind, Opco

_HUB_MEMBERS = 38
_WORK_TOGETHER = 26
_BRANCH_OF_OPCO = {
    Opco.CONSTRUCTYS: "Branche Exemple du bâtiment",
    Opco.COMMERCE: "Branche Exemple du commerce alimentaire",
    Opco.OPCO_2I: "Branche Exemple de la métallurgie",
}
_FUNDED = {Opco.AKTO: ADVISER, Opco.CONSTRUCTYS: ELECTRICIAN, Opco.COMMERCE: COMMERCE, Opco.EP: COMMERCE}


def add(scene: SmallNetwork) -> None:
    """Note the territories served, memberships, funding, prescription, cooperation and co-construction."""
    stamp = scene.stamp(scene.start, COLLEAGUES[0], "Démonstration : liens entre partenaires")
    link = scene.book.link
    for partner in scene.partners.values():
        for territory in partner.serves:
            link(stamp, Serves.TYPE, partner.id, territory)
    _memberships(scene)
    drawn = scene.drawn()
    for partner in drawn:
        if partner.engaged and partner.opco in _FUNDED and partner.kind is Kind.JOINT_BODY:
            link(stamp, Funds.TYPE, partner.id, _FUNDED[partner.opco])
        if partner.kind is Kind.EMPLOYMENT and partner.stance.alive:
            link(stamp, Prescribes.TYPE, partner.id, COMMERCE if "France Travail" in partner.name else ADVISER)
    lead = next(partner.id for partner in drawn if Function.DISABILITY in partner.functions)
    for partner in drawn:
        if partner.kind is Kind.ADAPTED:
            link(stamp, WorksWith.TYPE, partner.id, lead, {"subject": "Parcours de personnes en situation de handicap"})
    random = scene.chance("ties")
    institutions = [p for p in drawn if p.kind.family is Family.INSTITUTION and p.stance.alive]
    for _ in range(_WORK_TOGETHER):
        one, other = random.sample(institutions, 2)
        link(stamp, WorksWith.TYPE, one.id, other.id, {"subject": random.choice(("Forum", "Prescription", "Veille"))})
    _co_construction(scene)


def _memberships(scene: SmallNetwork) -> None:
    random = scene.chance("members")

    def join(partner: Partner, other: str) -> None:
        stamp = scene.stamp(scene.known(partner.id), COLLEAGUES[0], "Adhérents du club et des branches")
        scene.book.link(stamp, MemberOf.TYPE, partner.id, other)

    companies = [p for p in scene.drawn() if p.kind is Kind.COMPANY and p.stance is not Stance.NEVER]
    for partner in random.sample(companies, _HUB_MEMBERS):
        join(partner, HUB)
    branches = {partner.name: partner.id for partner in scene.drawn() if partner.kind is Kind.BRANCH}
    for partner in companies:
        if partner.opco in _BRANCH_OF_OPCO and random.random() < 0.5:
            join(partner, branches[_BRANCH_OF_OPCO[partner.opco]])


def _co_construction(scene: SmallNetwork) -> None:
    random = scene.chance("co-construction")
    for programme in (COMMERCE, ELECTRICIAN, ADVISER, OPERATOR):
        for partner in random.sample(_shapers(scene, programme), 4):
            since = max(scene.ago(random.randint(340, 520)), scene.known(partner.id))
            scene.shapers[programme].append((partner.id, since))
            stamp = scene.monthly(since, COLLEAGUES[0], "Coconstruction")
            said = random.choice(("Relecture du référentiel d'activités", "Jury blanc", "Étude de cas fournie"))
            scene.book.link(
                stamp, CoConstructs.TYPE, partner.id, programme, {"contribution": said, "valid_from": since}
            )


def _shapers(scene: SmallNetwork, programme: str) -> list[Partner]:
    return [p for p in scene.drawn() if p.engaged and p.stance.alive and (programme in p.programmes or not p.company)]
