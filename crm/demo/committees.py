"""Five committees and two years of their life: meetings, attendance, minutes, decisions, actions and what changed."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from crm.demo.acts import Stamp
from crm.demo.names import COLLEAGUES
from crm.demo.scene import Fact, Partner, SmallNetwork, weekday
from crm.demo.trades import ADVISER, COMMERCE, ELECTRICIAN, OPERATOR
from graph_schema.committees import (
    Action,
    ActionStatus,
    Attendance,
    Attended,
    Changes,
    Committee,
    CommitteeKind,
    DecidedIn,
    Decision,
    FollowsUp,
    Meeting,
    MeetingOf,
    Minutes,
    MinutesOf,
    MinutesStatus,
    SitsOn,
    Steers,
)
from graph_schema.vocabularies import Family, Function, Kind
from graph_schema.wording import long_date


class Body(NamedTuple):
    """A committee: every how many days it meets, the last meeting, who may sit, what it follows."""

    id: str
    name: str
    kind: CommitteeKind
    every: int
    last: int
    members: int
    kinds: tuple[Kind, ...]
    programmes: tuple[str, ...]


BODIES = (
    Body("comi-1", "Comité de pilotage des partenariats", CommitteeKind.STEERING, 91, 24, 14,
         (Kind.EMPLOYMENT, Kind.CHAMBER, Kind.EPCI, Kind.JOINT_BODY, Kind.STATE), (COMMERCE, ADVISER)),
    Body("comi-2", "Conseil de perfectionnement", CommitteeKind.IMPROVEMENT, 122, 60, 12,
         (Kind.COMPANY, Kind.CHAMBER, Kind.BRANCH), (COMMERCE, ELECTRICIAN)),
    Body("comi-3", "Comité Bâtiment et industrie", CommitteeKind.STEERING, 122, 95, 10,
         (Kind.COMPANY, Kind.BRANCH, Kind.JOINT_BODY), (ELECTRICIAN, OPERATOR)),
    Body("comi-4", "Comité Insertion et emploi", CommitteeKind.STEERING, 122, 12, 11,
         (Kind.EMPLOYMENT, Kind.IAE, Kind.SOCIAL_CENTRE, Kind.ASSOCIATION), (ADVISER,)),
    Body("comi-5", "Comité Handicap et accessibilité", CommitteeKind.OTHER, 182, 140, 8,
         (Kind.EMPLOYMENT, Kind.ADAPTED, Kind.STATE), (ADVISER, COMMERCE)),
)  # fmt: skip

_DECISIONS = (
    "Ajouter un module sur la relation client à distance", "Avancer les visites de suivi au deuxième mois",
    "Partager un calendrier commun des périodes en entreprise", "Remettre à jour la grille de positionnement",
    "Organiser une journée de découverte des métiers", "Créer une fiche de liaison pour les tuteurs",
    "Revoir la répartition des compétences entre le centre et l'entreprise",
)  # fmt: skip
_ACTIONS = (
    "Rédiger la trame et la faire relire aux partenaires", "Contacter les entreprises concernées",
    "Mettre à jour le livret", "Proposer trois dates", "Préparer le bilan pour la prochaine séance",
    "Recueillir l'avis des tuteurs",
)  # fmt: skip
_AGENDA = "Approbation du compte rendu précédent ; suivi des actions ; accueils en cours ; besoins du territoire"
OVERDUE_ACTION = "acti-late"
_OLDEST = 700
_ATTENDANCE = {
    Attendance.PRESENT: 68, Attendance.EXCUSED: 16, Attendance.ABSENT: 10, Attendance.REPRESENTED: 6,
}  # fmt: skip
_DROPPED_EVERY = 17


def add(scene: SmallNetwork) -> None:
    """Note each committee, its members and its meetings; the first one also has its next meeting."""
    for body in BODIES:
        random = scene.chance(body.id)
        stamp = scene.stamp(scene.start, COLLEAGUES[0], "Démonstration : comités")
        scene.book.node(stamp, Committee.TYPE, body.id, {
            "name": body.name, "kind": body.kind, "purpose": "Faire vivre le réseau et coconstruire les parcours.",
        })  # fmt: skip
        for programme in body.programmes:
            scene.book.link(stamp, Steers.TYPE, body.id, programme)
        members = _members(scene, random, body)
        days = range(body.last, _OLDEST, body.every)
        for number, days_ago in enumerate(reversed(days), 1):
            _meeting(scene, random, body, number, weekday(scene.ago(days_ago)), members, last=days_ago == body.last)
    _next_meeting(scene)
    _overdue(scene)


def _members(scene: SmallNetwork, random: Random, body: Body) -> list[tuple[Partner, str]]:
    """Engaged partners of the right kinds, each with the person who sits for it."""
    wanted = [
        partner
        for partner in scene.drawn()
        if partner.engaged and partner.stance.alive and partner.kind in body.kinds and scene.staff(partner.id, scene.on)
        and (body.id != "comi-5" or Function.DISABILITY in partner.functions or partner.kind is not Kind.EMPLOYMENT)
    ]  # fmt: skip
    chosen = random.sample(wanted, min(body.members, len(wanted)))
    found = []
    for partner in chosen:
        person = scene.staff(partner.id, scene.on)[0]
        stamp = scene.stamp(scene.start, COLLEAGUES[0], "Démonstration : comités")
        college = "Entreprises" if partner.kind.family is Family.COMPANY else "Institutions"
        scene.book.link(stamp, SitsOn.TYPE, person, body.id, {"role": "Membre", "college": college})
        found.append((partner, person))
    return found


def _meeting(
    scene: SmallNetwork,
    random: Random,
    body: Body,
    number: int,
    day: date,
    members: list[tuple[Partner, str]],
    *,
    last: bool,
) -> None:
    book, author = scene.book, random.choice(COLLEAGUES[:2])
    when = long_date(day)
    id = f"meet-{body.id[-1]}{number:02}"
    called = scene.stamp(day - timedelta(days=15), author, f"Convocation : {body.name}")
    book.node(called, Meeting.TYPE, id, {
        "title": f"{body.name} du {when}", "held_on": day, "time": random.choice(("09:30", "14:00")),
        "place": random.choice(("Site d'Arras", "Site de Béthune", "Visioconférence")), "agenda": _AGENDA,
    })  # fmt: skip
    book.link(called, MeetingOf.TYPE, id, body.id)
    held = scene.stamp(day + timedelta(days=2), author, f"Compte rendu : {body.name}, {when}")
    present = _attendance(scene, random, held, id, day, members)
    minutes = book.node(held, Minutes.TYPE, id.replace("meet", "minu"), {
        "title": f"Compte rendu, {body.name}, {when}", "status": MinutesStatus.DRAFT,
        "body": f"Présents : {len(present)}. Ordre du jour suivi. Décisions et actions numérotées.",
    })  # fmt: skip
    book.link(held, MinutesOf.TYPE, minutes, id)
    if not last:
        validated = scene.stamp(day + timedelta(days=21), author, f"Compte rendu validé : {body.name}, {when}")
        book.change(validated, minutes, {"status": MinutesStatus.VALIDATED, "validated_on": validated.day})
        there = tuple(present)
        scene.held.append(Fact(id, f"{body.name} du {when}", day, there, validated.day, (minutes,)))
    for rank in range(1, random.randint(2, 3) + 1):
        _decision(scene, random, held, body, id, rank, present)


def _attendance(
    scene: SmallNetwork, random: Random, stamp: Stamp, id: str, day: date, members: list[tuple[Partner, str]]
) -> list[str]:
    """Most come; the partner whose person was not known yet attends as an organisation. Returns those who came."""
    present = []
    for partner, person in members:
        if scene.known(partner.id) > day:
            continue
        status = random.choices(tuple(_ATTENDANCE), tuple(_ATTENDANCE.values()))[0]
        if status is Attendance.PRESENT:
            present.append(partner.id)
        who = person if scene.book.born[person] <= day else partner.id
        scene.book.link(stamp, Attended.TYPE, who, id, {"status": status, "role": "Membre"})
    return present


def _decision(
    scene: SmallNetwork, random: Random, stamp: Stamp, body: Body, meeting: str, rank: int, present: list[str]
) -> None:
    book = scene.book
    number = f"{meeting[-3:]}-{rank}"
    text = random.choice(_DECISIONS)
    decision = book.node(stamp, Decision.TYPE, f"deci-{number}", {"text": text, "number": number})
    book.link(stamp, DecidedIn.TYPE, decision, meeting)
    due = stamp.day + timedelta(days=random.choice((30, 45, 60, 90)))
    action = book.node(stamp, Action.TYPE, scene.next("acti"), {
        "title": random.choice(_ACTIONS), "owner": random.choice(COLLEAGUES), "due_on": due,
    })  # fmt: skip
    book.link(stamp, FollowsUp.TYPE, action, decision)
    done = _follow(scene, random, body, action, due, text)
    if done and present:
        partners = tuple(present[:2])
        scene.improved.append(Fact(action, f"Suite donnée : {text[0].lower()}{text[1:]}", done, partners))


def _follow(scene: SmallNetwork, random: Random, body: Body, action: str, due: date, text: str) -> date | None:
    """Old actions are done, a few given up; recent ones are open or under way; what is done may change a programme.

    Returns the day on which it changed one.
    """
    author = COLLEAGUES[0]
    done = due - timedelta(days=random.randint(-10, 15))
    if done >= scene.ago(2):
        if int(action[-4:]) % 2:
            stamp = scene.stamp(scene.ago(3), author, "Action commencée")
            scene.book.change(stamp, action, {"status": ActionStatus.DOING})
        return None
    if int(action[-4:]) % _DROPPED_EVERY == 0:
        stamp = scene.monthly(done, author, "Actions abandonnées")
        scene.book.change(stamp, action, {"status": ActionStatus.DROPPED})
        return None
    stamp = scene.monthly(done, author, "Actions faites")
    scene.book.change(stamp, action, {"status": ActionStatus.DONE, "done_on": done})
    if random.random() >= 0.5:
        return None
    what = {"what": text, "valid_from": done}
    scene.book.link(stamp, Changes.TYPE, action, random.choice(body.programmes), what)
    return done


def _next_meeting(scene: SmallNetwork) -> None:
    day = weekday(scene.ago(-18))
    stamp = scene.stamp(scene.ago(4), COLLEAGUES[0], f"Convocation : {BODIES[0].name}")
    title = f"{BODIES[0].name} du {long_date(day)}"
    scene.book.node(
        stamp, Meeting.TYPE, "meet-next", {"title": title, "held_on": day, "time": "09:30", "agenda": _AGENDA}
    )
    scene.book.link(stamp, MeetingOf.TYPE, "meet-next", BODIES[0].id)


def _overdue(scene: SmallNetwork) -> None:
    stamp = scene.stamp(scene.ago(80), COLLEAGUES[1], "Action demandée par le comité")
    values = {"title": "Relancer les lycées pour une convention", "owner": COLLEAGUES[1], "due_on": scene.ago(30)}
    scene.book.node(stamp, Action.TYPE, OVERDUE_ACTION, values)
    school = next(partner.id for partner in scene.drawn() if partner.kind is Kind.SCHOOL)
    scene.book.link(stamp, FollowsUp.TYPE, OVERDUE_ACTION, school)
