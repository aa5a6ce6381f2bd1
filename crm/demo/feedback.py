"""Feedback: what hosts, tutors, funders and (anonymous) beneficiaries say, and what was done of complaints."""

from datetime import date
from random import Random

from crm.demo.names import COLLEAGUES
from crm.demo.scene import Fact, Hosting, Partner, SmallNetwork, weekday
from crm.demo.trades import ADVISER, COMMERCE, ELECTRICIAN
from graph_schema.committees import Action, ActionStatus, FollowsUp
from graph_schema.exchanges import Feedback, FeedbackKind, FeedbackOn, GivenBy
from graph_schema.vocabularies import Kind

_HEARD = (COMMERCE, ELECTRICIAN, ADVISER)
_SAID = {
    FeedbackKind.APPRECIATION: (
        "Accueil bien préparé, livret clair.", "Bon suivi, interlocuteur joignable.",
        "Le référentiel suit bien nos nouveaux outils.",
    ),
    FeedbackKind.EVALUATION: (
        "Le rythme convient à l'atelier ; une visite plus tôt serait utile.",
        "Compétences attendues acquises en grande partie.", "Tutorat organisé, temps dédié à renforcer.",
    ),
    FeedbackKind.COMPLAINT: (
        "La convention est arrivée après le début de la période.", "Calendrier changé sans nous prévenir.",
    ),
}  # fmt: skip


def add(scene: SmallNetwork) -> None:
    """Note feedback on half of the hostings of the programmes that are listened to, and what funders say."""
    random = scene.chance("feedback")
    for hosting in scene.hostings:
        if hosting.programme in _HEARD and not scene.partners[hosting.host].scripted and random.random() < 0.6:
            _of_host(scene, random, hosting)
    for funder in [partner for partner in scene.drawn() if partner.kind is Kind.JOINT_BODY and partner.engaged]:
        _note(scene, random, FeedbackKind.EVALUATION, random.randint(30, 380), funder, random.choice(_HEARD))


def _of_host(scene: SmallNetwork, random: Random, hosting: Hosting) -> None:
    kind = random.choices(tuple(FeedbackKind), (6, 1, 4))[0]
    days = max(3, hosting.starts - random.randint(40, 120))
    host = scene.partners[hosting.host]
    id = _note(scene, random, kind, days, host, hosting.id)
    fact = Fact(id, f"{kind.label.lower()} : {host.name}", weekday(scene.ago(days)), (host.id,), about=(hosting.id,))
    if kind is FeedbackKind.COMPLAINT:
        answered, day = _answer(scene, id, days)
        scene.complaints.append(fact._replace(about=(answered,), known=day))
    else:
        scene.heard.append(fact)


def _note(scene: SmallNetwork, random: Random, kind: FeedbackKind, days: int, partner: Partner, subject: str) -> str:
    """One in six is given by the beneficiary, of whom nothing is kept."""
    day = weekday(scene.ago(days))
    stamp = scene.monthly(day, COLLEAGUES[2], "Retours recueillis")
    score = random.randint(3, 5) if kind is FeedbackKind.COMPLAINT else random.randint(6, 10)
    values = {"on": day, "kind": kind, "text": random.choice(_SAID[kind]), "score": score}
    id = scene.book.node(stamp, Feedback.TYPE, scene.next("feed"), values)
    scene.book.link(stamp, FeedbackOn.TYPE, id, subject)
    if random.random() > 1 / 6:
        scene.book.link(stamp, GivenBy.TYPE, id, random.choice([*scene.staff(partner.id, day), partner.id]))
    return id


def _answer(scene: SmallNetwork, feedback: str, days: int) -> tuple[str, date]:
    """What was done, and when."""
    stamp = scene.stamp(scene.ago(days - 4), COLLEAGUES[1], "Réclamation traitée")
    values = {"title": "Rappeler l'entreprise et corriger le calendrier d'envoi", "owner": COLLEAGUES[1]}
    done = {"status": ActionStatus.DONE, "due_on": scene.ago(days - 12), "done_on": stamp.day}
    action = scene.book.node(stamp, Action.TYPE, scene.next("acti"), {**values, **done})
    scene.book.link(stamp, FollowsUp.TYPE, action, feedback)
    return action, stamp.day
