"""The companies of the small network, drawn by chance, and the writing of every organisation."""

from collections.abc import Iterator
from random import Random
from typing import Any

from crm.demo import identifiers, names, places
from crm.demo.institutions import institutions
from crm.demo.planted import PLANTED
from crm.demo.scene import HISTORY_DAYS, Partner, SmallNetwork, Stance
from crm.demo.trades import TRADES
from graph_schema.organisations import Organisation
from graph_schema.vocabularies import Headcount, Kind, NafVersion, Tier

_FIRST_NUMBER = 201
_COUNT = 205
_SHARE_AT_START = 0.6
STANCES = (
    (Stance.FRESH,) * 6 + (Stance.WATCH,) * 4 + (Stance.CHASE,) * 4 + (Stance.CHASED,) * 2
    + (Stance.OUTGOING,) + (Stance.NEVER,) * 3
)  # fmt: skip
_TIERS = (Tier.A, Tier.B, Tier.C, Tier.C, Tier.B, Tier.C, Tier.C, Tier.B, Tier.C, Tier.C)
_SOMME = ("80021", "80001", "80021", "80016", "80620", "80021", "80253", "80021", "80001", "80021")
_ELSEWHERE = ("02691", "60057", "76540", "75056", "02408")
_HEADCOUNTS = (Headcount.H1, Headcount.H3, Headcount.H6, Headcount.H10, Headcount.H20, Headcount.H50, Headcount.H100)


def add(scene: SmallNetwork) -> None:
    """Note every organisation: those of the old spreadsheet on the first day, the others month after month."""
    random = scene.chance("organisations")
    for number, partner in enumerate((*PLANTED, *institutions(), *_companies(scene)), 1):
        scene.partners[partner.id] = partner
        owner = names.COLLEAGUES[0] if random.random() < 0.55 else random.choice(names.COLLEAGUES[1:])
        scene.owners[partner.id] = owner
        day, reason = scene.start, "Démonstration : reprise du fichier des partenaires"
        if not partner.scripted and partner.company and random.random() > _SHARE_AT_START:
            months = random.randint(1, 21)
            day, reason = scene.ago(HISTORY_DAYS - months * 30), "Nouveaux partenaires du mois"
        author = names.COLLEAGUES[0 if day == scene.start else day.month % 4]
        stamp = scene.stamp(day, author, reason)
        own = scene.chance(f"values {partner.id}")
        scene.book.node(stamp, Organisation.TYPE, partner.id, values(own, partner, number, owner))


def _companies(scene: SmallNetwork) -> Iterator[Partner]:
    random = scene.chance("companies")
    taken = {partner.name for partner in PLANTED}
    for index in range(_COUNT):
        trade = TRADES[index % len(TRADES)]
        while (name := names.company(random, trade.name)) in taken:
            pass
        taken.add(name)
        stance = random.choice(STANCES)
        engaged = random.random() < (0.8 if stance.alive else 0.2 if stance is not Stance.NEVER else 0)
        commune = places.near_sites(random).code
        if index < len(_SOMME):
            # The Somme has just opened: one active host, so that it stays thin.
            commune, stance, engaged = _SOMME[index], Stance.FRESH if index == 0 else stance, index == 0
        elif index < len(_SOMME) + len(_ELSEWHERE):
            commune = _ELSEWHERE[index - len(_SOMME)]
        yield Partner(
            f"org-{_FIRST_NUMBER + index:04}", name, Kind.COMPANY, commune, _TIERS[index % len(_TIERS)], stance,
            engaged, naf=trade.naf, idcc=(trade.idcc,), opco=trade.opco, programmes=trade.programmes,
        )  # fmt: skip


def values(random: Random, partner: Partner, number: int, owner: str) -> dict[str, Any]:
    """The content of the record of a partner, the ``number``-th of all."""
    place = partner.place
    mail = identifiers.domain(partner.name)
    return {
        "name": partner.name,
        "kind": partner.kind,
        "functions": list(partner.functions),
        "siret": (siret := identifiers.siret(number)),
        "siren": siret[:9],
        "naf": partner.naf,
        "naf_version": NafVersion.REV2 if partner.naf else None,
        "idcc": list(partner.idcc),
        "opco": partner.opco,
        "headcount": random.choice(_HEADCOUNTS) if partner.company else None,
        **identifiers.located(place, random.randint(1, 120), random.choice(names.STREETS)),
        "phone": identifiers.phone(number, place.region),
        "email": f"contact@{mail}",
        "website": f"https://{mail}" if random.random() < 0.5 else None,
        "tier": partner.tier,
        "owner": owner,
        "tags": _tags(partner),
        "source": "Fichier des partenaires (démonstration)",
    }


def _tags(partner: Partner) -> list[str]:
    tags = ["accueil"] if partner.company and partner.engaged else []
    return [*tags, "à conquérir"] if partner.stance is Stance.NEVER else tags
