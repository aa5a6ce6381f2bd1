"""What colleagues put right on the way: misspelt addresses, tiers, closed sites, a record created by mistake."""

from datetime import timedelta

from crm.demo import identifiers
from crm.demo.acts import Values
from crm.demo.scene import HISTORY_DAYS, Partner, SmallNetwork, Stance
from graph_schema.organisations import Organisation
from graph_schema.vocabularies import Tier

_PHONES = 18
_MAILS = 12
_TIERS = 7
_CLOSED = 4


def add(scene: SmallNetwork) -> None:
    """Note corrections spread over the two years."""
    random = scene.chance("corrections")
    drawn = scene.drawn()
    for partner in random.sample(drawn, _PHONES):
        number = identifiers.phone(random.randint(6_000, 9_000), partner.place.region)
        _correct(scene, partner, random.randint(10, 600), "Téléphone corrigé", {"phone": number})
    for partner in random.sample(drawn, _MAILS):
        mail = f"accueil@{identifiers.domain(partner.name)}"
        _correct(scene, partner, random.randint(3, 400), "Courriel corrigé", {"email": mail})
    for partner in random.sample([p for p in drawn if p.tier is Tier.B], _TIERS):
        # Taken for a C at first glance, then raised: what chance drew for it rests on B.
        _correct(scene, partner, HISTORY_DAYS, f"Rang revu : {partner.name}", {"tier": Tier.C})
        _correct(scene, partner, random.randint(20, 90), f"Rang revu : {partner.name}", {"tier": Tier.B})
    silent = [p for p in drawn if p.stance is Stance.CHASE and not p.engaged and p.company]
    for partner in random.sample(silent, _CLOSED):
        _correct(scene, partner, random.randint(5, 300), "Établissement fermé", {"closed": True})
    _mistake(scene)


def _correct(scene: SmallNetwork, partner: Partner, days: int, reason: str, values: Values) -> None:
    """Note a correction so many days before, or the day after the partner was written down."""
    day = max(scene.ago(days), scene.known(partner.id) + timedelta(days=1))
    scene.book.change(scene.stamp(day, scene.owners[partner.id], reason), partner.id, values)


def _mistake(scene: SmallNetwork) -> None:
    """A record created twice, then deleted: the journal keeps both acts."""
    stamp = scene.stamp(scene.ago(301), "A. Modèle", "Nouveau partenaire")
    scene.book.node(
        stamp, Organisation.TYPE, "org-mistake", {"name": "Garage Fictif (à supprimer)", "commune": "62041"}
    )
    scene.book.drop(scene.stamp(scene.ago(299), "A. Modèle", "Fiche créée par erreur, supprimée"), "org-mistake")
