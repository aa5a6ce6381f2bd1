"""Exchanges: how each relation lived for two years, and what we sent without an answer."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from crm.demo.acts import Stamp
from crm.demo.names import COLLEAGUES
from crm.demo.scene import Fact, Partner, SmallNetwork, Stance, last_word, weekday
from crm.demo.subjects import subjects
from graph_schema.exchanges import Channel, Concerns, Direction, Exchange, Involves
from graph_schema.snapshot import DEFAULT_THRESHOLDS
from graph_schema.vocabularies import Tier
from graph_schema.wording import short_date

_MOST = {Tier.A: 15, Tier.B: 10, Tier.C: 6}
_RECENT, _BEFORE, _DISTANT = 10, 60, 300
"""Days within which exchanges are journalled one by one, by the week, by the month; older ones by the quarter."""
_SUBJECTS = {
    Direction.MUTUAL: (
        "Point sur les accueils en cours", "Besoins de recrutement du trimestre", "Préparation du comité de pilotage",
        "Évolution du référentiel et attentes du métier", "Bilan de la période",
    ),
    Direction.FROM_THEM: (
        "Demande d'information sur l'alternance", "Proposition d'un poste d'accueil", "Question sur la convention",
        "Signalement d'un changement de tuteur", "Retour sur un candidat",
    ),
    Direction.FROM_US: (
        "Relance : reprise de contact", "Invitation au comité de pilotage", "Envoi de la plaquette",
        "Relance : convention à renouveler",
    ),
}  # fmt: skip
_CHANNELS = {
    Direction.MUTUAL: (Channel.CALL, Channel.CALL, Channel.VISIT, Channel.MEETING, Channel.EVENT),
    Direction.FROM_THEM: (Channel.MAIL, Channel.MAIL, Channel.CALL, Channel.LETTER),
    Direction.FROM_US: (Channel.MAIL, Channel.MAIL, Channel.CALL, Channel.LETTER),
}


_HASTY = (
    (None, "{name}, besoins pour la rentrée"),
    (Channel.MAIL, "Mail {name}, dates du forum"),
    (Channel.CALL, "Appel {name} au sujet de la convention"),
    (None, "{name} : à recontacter pour un stage"),
)
"""Sentences that leave the direction open, and for some the channel."""


def add(scene: SmallNetwork) -> None:
    """Note the exchanges with every partner that chance makes live, then the newsletters."""
    random = scene.chance("exchanges")
    for partner in scene.drawn():
        last = last_word(random, partner.tier, partner.stance)
        if last is not None:
            _conversation(scene, random, partner, last)
        if partner.stance in (Stance.CHASED, Stance.OUTGOING):
            _unanswered(scene, random, partner, last)
    _newsletters(scene, random)
    _messages(scene)
    _unsaid(scene)


def log(
    scene: SmallNetwork, involved: Iterable[str], day: date, direction: Direction, channel: Channel | None,
    subject: str, author: str, said: str | None = None,
) -> str:  # fmt: skip
    """Note one exchange with some partners and people; the older, the more are journalled at once.

    What it is about is noted with it, where that was written down before.
    """
    id, involved = scene.next("exch"), list(dict.fromkeys(involved))
    stamp = _stamp(scene, day, channel, author)
    about, purpose = subjects(scene, involved, day, subject)
    known = [each for each in about if scene.book.born[each] < stamp.day]
    values = {"on": day, "channel": channel, "direction": direction, "subject": subject, "said": said}
    scene.book.node(stamp, Exchange.TYPE, id, values | ({"purpose": [purpose]} if known and purpose else {}))
    for one in involved:
        scene.book.link(stamp, Involves.TYPE, id, one)
    for each in known:
        scene.book.link(stamp, Concerns.TYPE, id, each)
    return id


def draw(scene: SmallNetwork, random: Random, partner: Partner, day: date, direction: Direction) -> str:
    """Note an exchange of that direction with a partner and, most often, someone there."""
    staff = scene.staff(partner.id, day)
    people = [random.choice(staff)] if staff and random.random() < 0.85 else []
    said = about(random, direction)
    return log(
        scene,
        [partner.id, *people],
        day,
        direction,
        Channel(said["channel"]),
        said["subject"],
        scene.owners[partner.id],
    )


def about(random: Random, direction: Direction) -> dict[str, str]:
    """The direction, a channel and a subject that suit one another."""
    channel = random.choice(_CHANNELS[direction])
    subject = "Visite de suivi" if channel is Channel.VISIT else random.choice(_SUBJECTS[direction])
    return {"direction": direction, "channel": channel, "subject": subject}


def _conversation(scene: SmallNetwork, random: Random, partner: Partner, last: int) -> None:
    """The exchanges that led to the last one, at about the tier's own pace."""
    pace = max(45, DEFAULT_THRESHOLDS[partner.tier].ideal)
    known = scene.known(partner.id)
    days = last
    for _ in range(_MOST[partner.tier] - random.randint(0, 2)):
        day = weekday(scene.ago(days))
        if day < known:
            break
        direction = Direction.MUTUAL if random.random() < 0.65 else Direction.FROM_THEM
        draw(scene, random, partner, day, direction)
        if random.random() < 0.2:
            draw(scene, random, partner, weekday(day - timedelta(days=random.randint(3, 12))), Direction.FROM_US)
        days += random.randint(pace // 2, pace * 3 // 2)


def _unanswered(scene: SmallNetwork, random: Random, partner: Partner, last: int | None) -> None:
    for _ in range(random.randint(1, 3)):
        day = weekday(scene.ago(random.randint(4, min(last or 150, 150) - 5)))
        if day > scene.known(partner.id):
            draw(scene, random, partner, day, Direction.FROM_US)


def _newsletters(scene: SmallNetwork, random: Random) -> None:
    """A letter a quarter, to those who do not answer otherwise."""
    readers = [partner for partner in scene.drawn() if partner.stance in (Stance.CHASED, Stance.OUTGOING)]
    for number in range(8, 0, -1):
        day = weekday(scene.ago(number * 91 - 20))
        chosen = [p.id for p in random.sample(readers, len(readers) * 2 // 3) if scene.known(p.id) <= day]
        subject = f"Lettre du réseau n° {9 - number}"
        id = log(scene, chosen, day, Direction.FROM_US, Channel.NEWSLETTER, subject, COLLEAGUES[1])
        scene.newsletters.append(Fact(id, subject, day, tuple(chosen[:6])))


def _messages(scene: SmallNetwork) -> None:
    """A few text messages from partners with whom we talk all the time."""
    fresh = [p for p in scene.drawn() if p.stance is Stance.FRESH and p.company and scene.staff(p.id, scene.on)]
    for rank, partner in enumerate(fresh[:6]):
        day = weekday(scene.ago(3 + 4 * rank))
        if staff := scene.staff(partner.id, day):
            involved = [partner.id, staff[0]]
            log(scene, involved, day, Direction.FROM_THEM, Channel.SMS, "Confirmation d'un rendez-vous",
                scene.owners[partner.id])  # fmt: skip


def _unsaid(scene: SmallNetwork) -> None:
    """What was typed in haste: who called whom, or how, is still to be said."""
    known = [p for p in scene.drawn() if p.stance is Stance.CHASE and p.company and not p.engaged]
    for rank, (partner, (channel, said)) in enumerate(zip(known, _HASTY, strict=False)):
        day = weekday(scene.ago(3 + 2 * rank))
        sentence = said.format(name=partner.name)
        log(scene, [partner.id], day, Direction.UNKNOWN, channel, "À compléter", scene.owners[partner.id], sentence)


def _stamp(scene: SmallNetwork, day: date, channel: Channel | None, author: str) -> Stamp:
    if day >= scene.ago(_RECENT):
        word = channel.label.lower() if channel else "échange"
        return scene.stamp(day, author, f"Échange consigné : {word} du {short_date(day)}")
    if day < scene.ago(_DISTANT):
        return scene.monthly(_quarter_end(day), author, "Échanges du trimestre")
    if day < scene.ago(_BEFORE):
        return scene.monthly(day, author, "Échanges du mois")
    monday = day - timedelta(days=day.weekday())
    return scene.stamp(monday + timedelta(days=4), author, f"Échanges de la semaine du {short_date(monday)}")


def _quarter_end(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 3, 1)
