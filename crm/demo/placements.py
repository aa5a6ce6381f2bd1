"""Periods at work: who hosts, who tutors, which are broken, and how they are followed."""

from datetime import timedelta
from random import Random

from crm.demo.names import COLLEAGUES
from crm.demo.scene import Hosting, Partner, SmallNetwork
from crm.demo.trades import ADVISER, COMMERCE, ELECTRICIAN, OPERATOR, SALES
from graph_schema.programmes import HostedBy, Placement, PlacementIn, PlacementKind, TutoredBy

_KIND_OF = {
    COMMERCE: PlacementKind.WORK_STUDY,
    ELECTRICIAN: PlacementKind.WORK_STUDY,
    ADVISER: PlacementKind.INTERNSHIP,
    SALES: PlacementKind.INTERNSHIP,
    OPERATOR: PlacementKind.AFEST,
}
_DAYS = {
    PlacementKind.WORK_STUDY: 364,
    PlacementKind.INTERNSHIP: 56,
    PlacementKind.AFEST: 90,
    PlacementKind.IMMERSION: 10,
}
_BREAK_EVERY = 14


def add(scene: SmallNetwork) -> None:
    """Note the periods at work hosted by engaged companies, one to three each."""
    random = scene.chance("placements")
    for partner in scene.drawn():
        if partner.company and partner.engaged and (programmes := partner.programmes or (ADVISER,)):
            for _ in range(random.choice((1, 1, 2, 3)) if partner.stance.alive else 1):
                _drawn(scene, random, partner, random.choice(programmes))
    for rank, hosting in enumerate(scene.hostings):
        if rank % _BREAK_EVERY == 0 and not scene.partners[hosting.host].scripted:
            scene.hostings[rank] = _break(scene, hosting)


def host(
    scene: SmallNetwork, partner: Partner, programme: str, starts: int, kind: PlacementKind | None = None,
    visits: int | None = None,
) -> str:  # fmt: skip
    """Note a period at work that began ``starts`` days before, under a reference that names nobody."""
    book = scene.book
    id, kind = scene.next("plac"), kind or _KIND_OF[programme]
    ends = starts - _DAYS[kind]
    began = scene.ago(starts)
    stamp = scene.monthly(max(began, scene.known(partner.id)), COLLEAGUES[1], "Accueils commencés")
    book.node(stamp, Placement.TYPE, id, {
        "kind": kind, "learner": f"APP-{began.year}-{id[-3:]}", "starts_on": began, "ends_on": scene.ago(ends),
        "booklet": True if kind is PlacementKind.WORK_STUDY else None,
    })  # fmt: skip
    book.link(stamp, HostedBy.TYPE, id, partner.id)
    book.link(stamp, PlacementIn.TYPE, id, programme)
    for tutor in scene.staff(partner.id, stamp.day)[-1:]:
        book.link(stamp, TutoredBy.TYPE, id, tutor)
    if visits:
        visited = scene.ago(max(2, starts - 40))
        book.change(scene.monthly(visited, COLLEAGUES[1], "Visites de suivi"), id, {"visits": visits})
    scene.hostings.append(Hosting(id, partner.id, programme, kind, starts, ends, visits or 0))
    return id


def _drawn(scene: SmallNetwork, random: Random, partner: Partner, programme: str) -> None:
    kind = PlacementKind.IMMERSION if random.random() < 0.1 else _KIND_OF[programme]
    oldest = min((scene.on - scene.known(partner.id)).days, 700)
    starts = random.randint(10, max(11, oldest))
    host(
        scene,
        partner,
        programme,
        starts,
        kind,
        min(random.randint(0, 3), (starts - max(0, starts - _DAYS[kind])) // 15),
    )


def _break(scene: SmallNetwork, hosting: Hosting) -> Hosting:
    days = max(hosting.starts - 45, hosting.ends + 1, 3)
    day = scene.ago(days)
    author = scene.owners[hosting.host]
    stamp = scene.stamp(day + timedelta(days=4), author, "Rupture d'un accueil, nouvel accueil à trouver")
    scene.book.change(stamp, hosting.id, {"broken_on": day})
    return hosting._replace(broken=days)
