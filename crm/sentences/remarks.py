"""What else a clause says: that nobody answered, how it went, by which way, which meeting it speaks of."""

from collections.abc import Sequence
from datetime import date

from crm.sentences.clause import BACKGROUND, FROM, INVITED, MOVED, OUR, REMOTE, Clause
from crm.sentences.conjugation import Tense
from crm.sentences.day_words import Moment
from crm.sentences.duties import CONTACTS, PROPOSED
from crm.sentences.lexicon import ARTICLES
from crm.sentences.reading import BOTH, THEM, ClauseReading
from crm.sentences.senses import Sense, Word, words
from crm.sentences.tokens import Token
from crm.sentences.verbs import Verb
from graph_schema.exchanges import Channel

_VERY = words("tres plutot assez trop super vraiment")
_AGREED = words(
    "ok oui non interesse interessee interesses partant partante favorable preneur preneuse refus dixit"
    " convaincu convaincue sceptique reticent reticente"
) | {"d' accord", "pas interesse", "pas interessee", "pas convaincu", "pas convaincue"}
_THEIR_PLACES = words("magasin garage chantier restaurant labo laboratoire fournil usine atelier entrepot")
_LEARNERS = words(
    "apprenti apprentie apprentis stagiaire stagiaires alternant alternante alternants salarie salariee jeune tuteur"
)
_WILL_BE = words("sera seront serait")
_TOWARDS = (
    "confirm", "prepar", "organis", "fix", "cal", "invit", "convi", "convoqu", "accept", "valid", "plac", "bloqu",
    "inscri", "report", "decal",
)  # fmt: skip
_FEW = 4
_NEAR, _FAR = 62, 120
_CALLED_OFF = ("annul", "decommand", "supprim")
_MEETINGS = (Sense.MEETING, Sense.STAY, Sense.EVENT)


def attempts(clause: Clause, verbs: Sequence[Verb], reading: ClauseReading) -> None:
    """That nobody answered, that someone is away, how it went."""
    if clause.said(0) in BACKGROUND:
        return
    for at, token in enumerate(clause.tokens):
        noun = token.noun()
        reading.outcome |= token.said in _VERY and at > 0
        reading.future |= token.said in _WILL_BE
        if noun is None:
            continue
        theirs = any(
            verb.agent is THEM and verb.sense in (Sense.LEAVE, Sense.CALL) and not verb.negated for verb in verbs
        )
        if noun.sense in (Sense.UNANSWERED, Sense.SILENCE) and not (theirs and noun.channel):
            if token.said != "personne" or not any(verb.at < at for verb in verbs):
                _unanswered(clause, at, noun, reading)
        elif token.said.startswith("excus") and clause.said(at - 1) in ("est", "sont"):
            reading.meet(THEM, None, at)  # « il s'est excusé par message »
        elif noun.sense is Sense.AWAY:
            gone = any(verb.at < at and verb.sense in CONTACTS for verb in verbs)
            if clause.says(_LEARNERS, end=at) or clause.says({"nous"}, at):
                reading.report()  # « l'apprentie est en arrêt »
            elif not gone and not clause.says(_WILL_BE):
                reading.tried(None, at)
        elif token.means(Sense.OUTCOME):
            reading.outcome = True
            they = clause.says({"il", "elle", "ils", "elles"}, end=at)
            reading.agreed |= token.said in _AGREED and (clause.named or clause.names() or they)


def _unanswered(clause: Clause, at: int, noun: Word, reading: ClauseReading) -> None:
    if noun.channel and clause.says(OUR, at - 2, at):
        reading.meet(THEM, noun.channel, at)  # « sur mon répondeur »
    elif clause.said(at) != "personne" or clause.said(at - 1) not in ARTICLES:
        hush = noun.sense is Sense.SILENCE and not reading.contact
        reading.tried(noun.channel, at)
        reading.hush = hush


def manner(clause: Clause, reading: ClauseReading) -> None:
    """By which way: « par mail », « au téléphone », « en visio », « dans leurs locaux »."""
    if clause.says({"ni"}):
        return
    for at, token in enumerate(clause.tokens):
        before, after = clause.said(at - 1), clause.said(at + 1)
        if token.said == "ligne" and before == "en":
            reading.by(Channel.CALL)
        if before in ("nos", "notre") and token.said in ("locaux", "centre", "cfa") and reading.contact:
            reading.by(Channel.MEETING)
        if token.said in _THEIR_PLACES and before in ("au", "leur", "son") and Channel.MEETING in reading.channels:
            reading.channels.insert(0, Channel.VISIT)
        if (token.said, after) in (("leurs", "locaux"), ("ses", "locaux")) or (before, token.said) in (
            ("sur", "place"), ("chez", "eux"),
        ):  # fmt: skip
            reading.channels.insert(0, Channel.VISIT)
        noun = token.noun()
        if noun and noun.channel and noun.sense in (Sense.WAY, Sense.MEETING) and _is_manner(clause, at, noun):
            reading.channels.insert(0, noun.channel)
            reading.heard.append(at)
            reading.manner = len(clause.tokens) <= _FEW
            if before == "au" and set(reading.ways) == {THEM} and clause.means(Sense.SAY):
                reading.ways.append(BOTH)


def _is_manner(clause: Clause, at: int, noun: Word) -> bool:
    before = clause.said(at - 1)
    to = before == "au" and noun.channel in (Channel.CALL, Channel.LETTER)
    by = before in ("par", "via", "en", "sur") or (clause.said(at - 2), before) == ("par", "la")
    return (by or to) and (noun.sense is Sense.WAY or clause.said(at) in REMOTE)


def mentions(clause: Clause, verbs: Sequence[Verb], reading: ClauseReading, today: date) -> None:
    """A meeting that is spoken of, on a day to come, is something to be there for: « confirmé la visite de jeudi »."""
    agreed = clause.means(Sense.OUTCOME)
    if reading.follow is not None or reading.nominal or clause.said(clause.about) in ("suite", "depuis"):
        return
    if not (reading.contact or clause.told or agreed):
        return
    moved = any(clause.begins(verb.at, MOVED) for verb in verbs)  # « reporté du 2 au 9 »: to the last day
    order = range(len(clause.tokens))
    for at in reversed(order) if moved else order:
        moment = clause.tokens[at].moment
        since = clause.said(at).startswith(("des ", "a partir"))  # « disponible dès lundi »
        if moment is None or moment.ahead is None or since or (moment.vague and not agreed):
            continue
        start = _spoken_of(clause, verbs, at, agreed, today)
        if start is not None:
            reading.mentioned = (start, at)
            return


def _spoken_of(clause: Clause, verbs: Sequence[Verb], at: int, agreed: bool, today: date) -> int | None:
    """Where the meeting begins of which a day to come is said, if that is the day of one."""
    moment = clause.tokens[at].moment
    assert moment
    assert moment.ahead
    told = {verb.at for verb in verbs}
    if any(each.said.startswith(_CALLED_OFF) for each in clause.tokens[:at]):
        return None
    nouns = (each for each in reversed(range(max(0, at - 5), at)) if each not in told)
    noun = next((each for each in nouns if clause.tokens[each].means(*_MEETINGS)), None)
    invited = any(each.said.startswith(INVITED) for each in clause.tokens[:at])
    purpose = agreed or invited or any(verb.at < at and _leads_to(clause, verb, at) for verb in verbs)
    proposed = [verb for verb in verbs if clause.said(verb.at) in PROPOSED]
    propose = any(verb.agent is THEM and verb.at < at for verb in proposed)
    far = moment.back and (moment.ahead - today).days > _NEAR and (today - moment.back).days < _FAR
    once = moment.back is None or (moment.ahead - moment.back).days <= 366
    meant = noun is not None and not far and (moment.back is None or purpose or propose)
    met = agreed and noun is None and not moment.vague and not (moment.back and not is_near(moment, today))
    said = _outcome(clause, at) if met else None
    towards = next((verb.at for verb in verbs if verb.at < at and clause.begins(verb.at, ("confirm", "prepar"))), None)
    dated = clause.said(at).startswith("du ") or clause.said(at - 1) in FROM or clause.comes(at)
    if said is None and noun is None and towards is not None and dated and not far and is_near(moment, today):
        said = towards
    if not meant and not (propose and once):
        return said
    start = proposed[0].start if proposed else 0
    return noun if noun is not None and not clause.begins(start, MOVED) else start


def _outcome(clause: Clause, at: int) -> int | None:
    """Where « ok pour le 11/12 » begins; « d'accord pour prendre un stagiaire le 11/12 » is no meeting."""
    start = next((place for place in range(at) if clause.tokens[place].means(Sense.OUTCOME)), None)
    taken = start is not None and any(
        (verb := each.verb(Tense.BARE)) and verb.sense is Sense.WANT for each in clause.tokens[start:at]
    )
    return None if taken else start


def is_near(moment: Moment, today: date) -> bool:
    """Whether a day to come is near."""
    return moment.ahead is not None and (moment.ahead - today).days <= _NEAR


def _leads_to(clause: Clause, verb: Verb, at: int) -> bool:
    """Whether a verb is about being there on that day: « confirmer la visite de jeudi », « décaler … à jeudi »."""
    reminded = clause.said(verb.at) == "rappeler" and clause.means(*_MEETINGS, start=verb.at + 1, end=verb.at + 4)
    if not reminded and not clause.begins(verb.at, _TOWARDS):
        return False
    of_then = clause.said(at - 1) in FROM or clause.said(at).startswith("du ")
    return not (of_then and clause.begins(verb.at, MOVED))


def is_away(clause: Clause, reading: ClauseReading) -> bool:
    """Whether all that the clause tells is that someone was not there."""
    heard: list[Token] = [clause.tokens[at] for at in reading.heard]
    return reading.unanswered and not reading.channels and len(heard) == 1 and heard[0].means(Sense.AWAY)
