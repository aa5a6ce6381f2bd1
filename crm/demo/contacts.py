"""The people of the small network: their roles now and before, and whom they know."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from crm.demo import identifiers, names
from crm.demo.acts import Stamp
from crm.demo.places import epci_of
from crm.demo.scene import Partner, SmallNetwork, Stance, Tenure
from graph_schema.people import Knows, Person, WorksFor
from graph_schema.vocabularies import Civility, Family

_FIRST_NUMBER = 101
_LEFT = 27
_ACQUAINTANCES = 230
TITLES = {
    Family.COMPANY: ("Gérance", "Responsable des ressources humaines", "Tutorat", "Direction d'exploitation"),
    Family.BRANCH: ("Délégation régionale", "Observatoire des métiers", "Chargé de mission formation"),
    Family.INSTITUTION: ("Direction", "Relations entreprises", "Chargé de mission", "Conseil en insertion"),
}


def add(scene: SmallNetwork) -> None:
    """Note the people who work for each partner, those who left, those who work for two, and acquaintances."""
    random = scene.chance("people")
    number = _FIRST_NUMBER
    for partner in scene.drawn():
        for rank in range(_headcount(random, partner)):
            _newcomer(scene, random, number, partner, rank)
            number += 1
    leaving = random.sample([scene.roles[id][-1] for id in _staffed(scene)], _LEFT)
    _second_roles(scene, random)
    for held in leaving:
        _departure(scene, random, number, held)
        number += 1
    _acquaintances(scene, random)


def person(scene: SmallNetwork, stamp: Stamp, id: str, identity: tuple[Civility, str, str], employer: Partner) -> str:
    """Note a person, with an address at the employer's domain; returns the id."""
    number = int(id.removeprefix("pers-"))
    scene.names[id] = f"{identity[0].label} {identity[1]} {identity[2]}"
    return scene.book.node(stamp, Person.TYPE, id, values(number, identity, employer, stamp.day))


def values(number: int, identity: tuple[Civility, str, str], employer: Partner, known: date) -> dict[str, Any]:
    """The content of the record of a person, the ``number``-th of all."""
    civility, given, family = identity
    return {
        "civility": civility,
        "given_name": given,
        "family_name": family,
        "email": f"{identifiers.slug(given)}.{identifiers.slug(family)}@{identifiers.domain(employer.name)}",
        "phone": identifiers.phone(number + 5_000, employer.place.region),
        "mobile": identifiers.mobile(number) if number % 2 else None,
        "informed_on": known if number % 3 else None,
        "source": "Échange avec le partenaire (démonstration)",
    }


def role(
    scene: SmallNetwork, stamp: Stamp, id: str, partner: Partner, title: str, since: date, main: bool = False
) -> Tenure:
    """Note that a person works for a partner."""
    values = {"role": title, "main": main or None, "valid_from": since}
    held = Tenure(scene.book.link(stamp, WorksFor.TYPE, id, partner.id, values), id, partner.id, since)
    scene.roles[partner.id].append(held)
    return held


def leave(scene: SmallNetwork, held: Tenure, end: date, author: str) -> None:
    """Note that a person left: the role ends, the journal learns it a little later."""
    stamp = scene.stamp(end + timedelta(days=6), author, _departed(scene, held))
    scene.book.change(stamp, held.link, {"valid_to": end, "main": None}, link=True)
    roles = scene.roles[held.organisation]
    roles[roles.index(held)] = held._replace(end=end)


def _departed(scene: SmallNetwork, held: Tenure) -> str:
    return f"Départ de {scene.names[held.person]} ({scene.partners[held.organisation].name})"


def _headcount(random: Random, partner: Partner) -> int:
    if partner.kind.family is not Family.COMPANY:
        return random.choice((1, 1, 2)) if partner.stance is Stance.NEVER else random.choice((2, 3, 3, 4))
    if partner.stance is Stance.NEVER:
        return random.choice((0, 1, 1))
    return random.choice((1, 1, 2, 2, 3)) + (partner.tier == "A")


def _newcomer(scene: SmallNetwork, random: Random, number: int, partner: Partner, rank: int) -> Tenure:
    known = scene.known(partner.id)
    reason = "Démonstration : contacts repris" if known == scene.start else "Contacts des nouveaux partenaires"
    stamp = scene.stamp(known, names.COLLEAGUES[0], reason)
    id = person(scene, stamp, f"pers-{number:04}", names.person(random), partner)
    titles = TITLES[partner.kind.family]
    since = known - timedelta(days=random.randint(60, 2_000))
    return role(scene, stamp, id, partner, titles[rank % len(titles)], since, main=rank == 0)


def _second_roles(scene: SmallNetwork, random: Random) -> None:
    """Some people work for two organisations: a manager with two shops, an adviser who also sits in an association."""
    held = [roles[0] for id, roles in scene.roles.items() if roles and not scene.partners[id].scripted]
    hosts = [partner for partner in scene.drawn() if partner.stance.alive]
    for one in random.sample(held, 28):
        other = random.choice(hosts)
        if other.id != one.organisation and scene.partners[one.organisation].stance.alive:
            known = max(scene.known(other.id), scene.book.born[one.person], scene.ago(random.randint(30, 500)))
            stamp = scene.monthly(known, names.COLLEAGUES[2], "Deuxième fonction notée")
            role(scene, stamp, one.person, other, "Administration", scene.ago(600))


def _staffed(scene: SmallNetwork) -> list[str]:
    """Partners that we talk to and where someone else stays when one leaves."""
    spoken_to = [partner.id for partner in scene.drawn() if partner.stance is not Stance.NEVER]
    return [id for id in spoken_to if len(scene.roles[id]) > 1]


def _departure(scene: SmallNetwork, random: Random, number: int, left: Tenure) -> None:
    """Someone leaves; a successor is noted, and one leaver in three is found again at another partner."""
    partner = scene.partners[left.organisation]
    end = max(scene.ago(random.randint(40, 620)), scene.book.born[left.link] + timedelta(days=30))
    leave(scene, left, end, scene.owners[partner.id])
    known = scene.stamp(end + timedelta(days=6), scene.owners[partner.id], _departed(scene, left))
    id = person(scene, known, f"pers-{number:04}", names.person(random), partner)
    role(scene, known, id, partner, TITLES[partner.kind.family][1], end + timedelta(days=1))
    if number % 3 == 0:
        elsewhere = random.choice([each for each in scene.drawn() if each.stance.alive and each.id != partner.id])
        role(scene, known, left.person, elsewhere, TITLES[elsewhere.kind.family][0], end + timedelta(days=15))


def _acquaintances(scene: SmallNetwork, random: Random) -> None:
    """People of one intercommunalité know one another; they are whom to ask for an introduction."""
    near: defaultdict[str | None, list[str]] = defaultdict(list)
    for partner in scene.drawn():
        near[epci_of(partner.commune)].extend(scene.staff(partner.id, scene.on))
    circles: Sequence[list[str]] = [list(dict.fromkeys(people)) for people in near.values() if len(people) > 3]
    weights = [len(circle) for circle in circles]
    met: set[frozenset[str]] = set()
    while len(met) < _ACQUAINTANCES:
        pair = random.sample(random.choices(circles, weights)[0], 2)
        if len(set(pair)) == 2 and frozenset(pair) not in met:
            met.add(frozenset(pair))
            known = max(scene.book.born[one] for one in pair)
            stamp = scene.monthly(max(known, scene.ago(random.randint(5, 700))), names.COLLEAGUES[1], "Qui connaît qui")
            scene.book.link(stamp, Knows.TYPE, pair[0], pair[1])
