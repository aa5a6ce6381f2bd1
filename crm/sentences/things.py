"""What the nouns of a clause tell: « mail de X », « rdv avec X », « au salon », « mon appel du 12 »."""

from collections.abc import Sequence

from crm.sentences.clause import CANCELLED, FROM, INVITED, OUR, REMOTE, TO, Clause
from crm.sentences.conjugation import Tense
from crm.sentences.lexicon import ARTICLES
from crm.sentences.reading import BOTH, THEM, US, ClauseReading
from crm.sentences.senses import Sense, Word, words
from crm.sentences.tokens import Token, TokenKind
from crm.sentences.verbs import Verb, is_to
from graph_schema.exchanges import Channel, Direction

_OUR_REASONS = words(
    "relance rappel prospection suivi remerciement remerciements courtoisie bienvenue felicitations voeux presentation"
)
_REASONS = _OUR_REASONS | words("confirmation invitation information reponse excuses excuse")
_WAYS = (Sense.WAY, Sense.MESSAGE, Sense.REMINDER)
_MEETINGS = (Sense.MEETING, Sense.STAY)
_CARRY = (Sense.SEND, Sense.LEAVE, Sense.RECEIVE, Sense.MAKE, Sense.MOVE, Sense.REACH, Sense.SAY)
_HOLD = (Sense.MAKE, Sense.REACH, Sense.MEET, Sense.MOVE, Sense.ATTEND, Sense.VISIT)
_NOT_THERE = (Sense.CONTACT, Sense.SAY, Sense.SEND, Sense.WANT, Sense.PLAN, Sense.CALL)
_NEAR = 5
_THERE = words("occasion a au aux lors sur pendant dans durant cours de du d' suivi webinaire")
_WAS_THERE = words("etait etaient present presente presents presentes")
_HELD = ("bilan", "suivi", "evaluation", "tripartite")
_DURING = words("lors de pendant durant issue")
_THEIRS = words("son sa ses leur leurs")
_UNDOING = words("annulation report suppression decalage")
_WAITING = words("attends attendons attend attente attendant")
_NONE = words("absence pas plus jamais aucun aucune sans")
_NO_REPLY = words("a pas sans aucune aucun en une sa son l'")


class Things:
    """The nouns of one clause being read into ``reading``, after its verbs."""

    def __init__(self, clause: Clause, verbs: Sequence[Verb], reading: ClauseReading) -> None:
        self.clause, self.verbs, self.reading = clause, verbs, reading

    def read(self) -> None:
        """Read each noun in its turn."""
        used = {verb.at for verb in self.verbs}
        for at, token in enumerate(self.clause.tokens):
            noun = token.noun()
            if noun and at not in used:
                self._noun(at, noun)

    def _noun(self, at: int, noun: Word) -> None:
        if noun.sense is Sense.REMINDER and len(self.clause.tokens) == 1 and not self.clause.named:
            pass  # « Rappel : appeler X »
        elif noun.sense in (Sense.MUST, Sense.NEXT):
            self._task(at, noun)
        elif self._is_to_do(at):
            self.reading.due(at)  # « RDV à prendre avec X »
        elif noun.sense in (*_WAYS, *_MEETINGS) and self.clause.of_ours(at) and not self._attended():
            self._ours(at, noun)
        elif self.clause.said(at - 2) == "dans" and self.clause.said(at - 1) in _THEIRS and noun.sense is Sense.WAY:
            pass  # « dans sa lettre de décembre »
        elif self._is_only_spoken_of(at, noun):
            if self.reading.unanswered and self.clause.said(self.clause.about) == "malgre":
                self.reading.by(noun.channel)  # « pas réussi à joindre X malgré trois appels »
        elif noun.sense in _WAYS:
            if self._is_none(at):
                self.reading.undone = True
            elif self._is_with(at, noun):
                self.reading.meet(BOTH, Channel.CALL, at)
            elif not self._is_manner(at):
                self._way(at, noun)
            elif self.clause.said(at - 1) in ("au", "aux") and self._replied_to(at):
                self.reading.by(noun.channel)  # « répondu au mail »
        elif noun.sense is Sense.REPLY or (at == 0 and not self.verbs and self.clause.begins(0, INVITED)):
            self._reply(at)
        elif noun.sense in _MEETINGS:
            self._meeting(at, noun)
        elif noun.sense is Sense.EVENT:
            self._event(at)

    def _task(self, at: int, noun: Word) -> None:
        clause, said = self.clause, self.clause.said(at)
        if said in ("report", "decalage"):
            moment = self.clause.tokens[at + 1].moment if at + 1 < len(clause.tokens) else None
            if moment and moment.ahead:
                self.reading.due(at)  # « …, report au 8 décembre »
        elif noun.sense is Sense.MUST:
            if at == 0 and said in ("todo", "pense bete", "objectif"):
                self.reading.due(0)
        elif clause.said(at - 1) == "rien":
            pass  # « rien à faire »
        elif not said.startswith("prochain") or clause.means(
            *_MEETINGS, Sense.REMINDER, Sense.WAY, start=at + 1, end=at + 2
        ):
            self.reading.due(0)

    def _is_to_do(self, at: int) -> bool:
        """Whether a noun is what is to be done: « bilan à programmer »."""
        following = self.clause.at(at + 2)
        return self.clause.said(at + 1) == "a" and following is not None and following.verb(Tense.BARE) is not None

    def _attended(self) -> bool:
        return any(verb.sense is Sense.ATTEND for verb in self.verbs)

    def _ours(self, at: int, noun: Word) -> None:
        """« à mon mail », « lors de notre entretien de jeudi »."""
        clause, reading = self.clause, self.reading
        before = (each.said for each in reversed(clause.tokens[:at]) if each.said not in OUR | ARTICLES - {"de"})
        day = next((each.moment for each in clause.tokens[at + 1 : at + 4] if each.moment), None)
        if noun.sense in _MEETINGS and next(before, "") in _DURING and day and day.back and not clause.told:
            reading.held = at
            reading.meet(BOTH, noun.channel, at)
            return
        reading.ours = at
        received = any(verb.sense is Sense.RECEIVE and verb.agent is THEM for verb in self.verbs)
        if noun.sense is not Sense.MEETING and not received:
            reading.by(noun.channel)

    def _is_only_spoken_of(self, at: int, noun: Word) -> bool:
        follow = self.reading.follow
        carried = noun.sense in (Sense.WAY, Sense.MESSAGE) and self._governor(at)
        return (at > self.clause.about and not carried) or (follow is not None and follow <= at)

    def _is_manner(self, at: int) -> bool:
        before = self.clause.at(at - 1)
        manner = before is not None and before.said in ("par", "en", "via", "sur", "au", "aux")
        return manner or bool(before and before.means(Sense.NEXT) and before.said.startswith("p"))

    def _is_none(self, at: int) -> bool:
        """« pas d'appel hier », « aucun mail »: there was none."""
        before = self.clause.said(at - 1)
        return before == "aucun" or (before in FROM and self.clause.said(at - 2) == "pas")

    def _is_with(self, at: int, noun: Word) -> bool:
        """« au téléphone avec X »."""
        on = self.clause.said(at - 1) == "au" and self.clause.said(at + 1) == "avec"
        return on and noun.channel is Channel.CALL and not self.verbs

    def _replied_to(self, at: int) -> bool:
        return any(verb.at < at and self.clause.begins(verb.at, ("repond",)) for verb in self.verbs)

    # what is written, said or sent

    def _way(self, at: int, noun: Word) -> None:
        clause, reading = self.clause, self.reading
        governor = self._governor(at)
        if governor is not None:
            self._carried(at, noun, governor)
            return
        if reading.unanswered or self._is_sent(at):
            if noun.channel:
                reading.by(noun.channel)
                reading.heard.append(at)
            return
        way, tied = self._tie(at, noun)
        if clause.said(at - 1) in ("son", "sa", "ses", "leur", "leurs") and noun.sense is not Sense.REMINDER:
            way, tied = THEM, True  # « son mail du 25 »
        if noun.sense is Sense.REMINDER and clause.told and not tied and clause.ahead():
            reading.due(0)
        elif noun.sense is Sense.MESSAGE and noun.channel and not tied:
            reading.tried(noun.channel, at)
        elif not (way is None and noun.sense is Sense.MESSAGE and not tied and at):
            self._untied(at, noun, way, tied)

    def _untied(self, at: int, noun: Word, way: Direction | None, tied: bool) -> None:
        reading = self.reading
        if way is None and not tied and noun.sense is Sense.REMINDER:
            way = US
        if way is None and not tied and noun.channel is Channel.CALL and self.clause.lasted():
            way = BOTH  # « tel 20 min »: they spoke
        if not reading.contact or way is not None:
            reading.meet(way, noun.channel, at)
        elif not reading.channels:
            reading.by(noun.channel)

    def _carried(self, at: int, noun: Word, governor: Verb) -> None:
        """« envoyé un mail », « eu un appel », « passé un coup de fil »."""
        reading = self.reading
        if noun.channel:
            reading.by(noun.channel)
            reading.heard.append(at)
        if governor.sense in (Sense.MAKE, Sense.MOVE, Sense.SAY):
            reading.meet(governor.agent, None, at)
        elif governor.sense is Sense.REACH:
            reading.meet(THEM, noun.channel, at)

    def _is_sent(self, at: int) -> bool:
        """« mail envoyé », « message laissé »: the verb tells the rest."""
        return any(
            verb.at > at and verb.word.tense is Tense.DONE
            and (verb.sense in (Sense.SEND, Sense.LEAVE) or self.clause.said(verb.at).startswith("parti"))
            for verb in self.verbs
        )  # fmt: skip

    def _tie(self, at: int, noun: Word) -> tuple[Direction | None, bool]:
        """Who wrote or called, from what ties the noun to a name; and whether anything does."""
        clause, place, tied = self.clause, at + 1, False
        while place <= at + 5 and (token := clause.at(place)) is not None:
            said, done = token.said, token.verb(Tense.DONE)
            if said in FROM:
                found = self._source(place, noun)
                if isinstance(found, tuple):
                    return found
                tied, place = tied or found > 1, place + found
                continue
            if said == "en" and clause.said(place + 1) == "absence":
                return THEM, True  # « deux appels en absence de X »
            if said in TO and (said != "a" or is_to(clause, place)):
                return US, True
            if said in ("avec", "entre"):
                return BOTH, True
            if said in ("entrant", "entrants", "manque", "manques", "sortant", "sortants"):
                return (US if said.startswith("sortant") else THEM), True
            if done:
                return (THEM if done.sense is Sense.RECEIVE else None), True
            if token.kind is TokenKind.NAME:
                return None, False
            if token.kind is TokenKind.SIGN or token.words or place >= clause.about:
                return None, tied
            place += 2 if said == "par" else 1
        return None, tied

    def _source(self, place: int, noun: Word) -> tuple[Direction | None, bool] | int:
        """What « de » ties a noun to: who wrote it, or how many words say why, to be passed over."""
        clause, reminder = self.clause, noun.sense is Sense.REMINDER
        found = clause.skipped(place + 1)
        if found is not None and found.kind in (TokenKind.DAY, TokenKind.HOUR):
            return 1
        if found is not None and (found.kind is TokenKind.NAME or found.said == "part"):
            return (US if reminder else THEM), True
        why = found is not None and found.said in _REASONS
        if found is not None and found.kind is TokenKind.WORD and (found.means(Sense.REMINDER, Sense.REPLY) or why):
            if why and not clause.says(TO | FROM, place + 2, place + 6):
                return (US if found.said in _OUR_REASONS else None), True
            return 2
        if noun.sense is Sense.REPLY:
            return 2 if found is not None and found.means(Sense.DOCUMENT) else (None, False)
        return (None if found is None or why else US if reminder else THEM), True

    def _reply(self, at: int) -> None:
        reading, governor = self.reading, self._governor(at)
        if at == 0 and not self.verbs and self.clause.begins(0, ("reclamation",)):
            reading.meet(THEM, None, at)
            return
        if at == 0 and self.clause.named and not self.verbs and self.clause.says({"par"}):
            reading.meet(THEM, None, at)  # « Fonderie X : refus par courriel »
            return
        if governor is not None and governor.sense is Sense.REACH:
            reading.meet(THEM, None, at)
            return
        if (self.clause.said(at - 2), self.clause.said(at - 1)) == ("a", "la"):
            return  # « à la demande de X »
        if self.clause.says(_WAITING | _NONE, at - 4, at):
            reading.silent = True  # « j'attends le retour de X », « plus aucune vraie nouvelle de X »
            return
        known = governor or reading.contact or reading.unanswered or self.clause.said(at - 1) in _NO_REPLY
        if not known and self._tie(at, Word(Sense.REPLY)) == (THEM, True):
            reading.meet(THEM, None, at)

    # where people met

    def _meeting(self, at: int, noun: Word) -> None:
        clause, reading, said = self.clause, self.reading, self.clause.said(at)
        governor = next((each for each in self.verbs if each.at < at), None)
        if self._is_during(at):
            reading.held = at
            reading.meet(BOTH, noun.channel, at)  # « m'en a parlé en marge du copil de lundi »
            return
        if self._did_not_happen(at, governor):
            return
        holds = governor and governor.sense in (Sense.MAKE, Sense.REACH, Sense.ATTEND)
        if reading.contact and not holds and (reading.channels or {US, THEM} & {*reading.ways}):
            return
        if clause.said(at - 1) == "en" and said in REMOTE and clause.means(Sense.OUTCOME):
            return  # « ok pour le 11 en visio »
        if said == "contact" and clause.said(at + 1) != "avec":
            return
        took_place = any(
            verb.at > at and verb.sense is Sense.MAKE and verb.word.tense is Tense.DONE for verb in self.verbs
        )
        reading.nominal = (
            governor is None and not took_place and not said.startswith(("echange", "discussion", "conversation"))
        )
        phone = clause.says({"tel", "telephone", "telephonique"}, at + 1, at + 3)
        remote = clause.says(REMOTE)
        there = noun.channel is None and said.startswith(_HELD) and clause.says({"chez"}, at + 1)
        channel = Channel.VISIT if there else noun.channel
        reading.meet(BOTH, Channel.CALL if phone else Channel.MEETING if remote else channel, at)

    def _is_during(self, at: int) -> bool:
        """Whether something was said at a meeting of a day gone: « lors du copil de lundi »."""
        before = (each.said for each in reversed(self.clause.tokens[:at]) if each.said not in ARTICLES)
        day = next((each.moment for each in self.clause.tokens[at + 1 : at + 4] if each.moment), None)
        said = next(before, "") in ("lors", "marge", "issue", "pendant", "durant")
        return said and day is not None and day.back is not None and not self.clause.told

    def _did_not_happen(self, at: int, governor: Verb | None) -> bool:
        """« rdv annulé », « propose une visite », « organiser une réunion », « demande de visite »."""
        clause = self.clause
        if governor is not None and governor.negated:
            return True  # « n'est pas venue au rendez-vous »
        if any(each.means(Sense.CANCELLED) or each.said.startswith(CANCELLED) for each in clause.tokens[at:]):
            return True
        if clause.begins(at + 1, ("manqu", "rate", "loupe")):
            self.reading.undone = True  # « rendez-vous manqué »
            return True
        if any(each.said in _UNDOING for each in clause.tokens[max(0, at - 4) : at]):
            self.reading.undone = True  # « annulation de la visite »
            return True
        if governor is not None and clause.begins(governor.at, ("pris",)):
            return False  # « pris un café »
        if governor is not None and (
            governor.sense not in _HOLD or (governor.word.tense is Tense.BARE and not governor.just)
        ):
            return True
        of_paper = clause.means(*_WAYS, Sense.REPLY, Sense.DOCUMENT, end=at) and not clause.means(Sense.MESSAGE, end=at)
        if at and clause.said(at - 1) in FROM and of_paper:
            return True
        return clause.said(at - 1) in ("par", "via", "apres", "suite", "avant")

    def _event(self, at: int) -> None:
        clause, reading = self.clause, self.reading
        place = at - 1
        while place >= 0 and clause.said(place) in ARTICLES - {"au", "aux"} | {"stand"}:
            place -= 1
        before = clause.at(place)
        governor = next((each for each in self.verbs if each.at < at), None)
        hosted = (
            before is not None
            and before.said == "pour"
            and any(clause.begins(verb.at, ("accueill", "recu", "reuni")) for verb in self.verbs)
        )
        if not (hosted or self._is_place(before)) or clause.means(Sense.DOCUMENT, Sense.WAY, end=at):
            return
        if any(each.said.startswith("prepar") for each in clause.tokens[max(0, at - 4) : at]):
            return  # « réunion préparatoire au salon »
        if governor is not None and not hosted and not self._was_there(governor, before):
            return
        first = all(
            each.kind in (TokenKind.DAY, TokenKind.HOUR)
            or each.said in TO | ARTICLES | {"lors", "pendant", "sur", "stand", "presence", "tenue"}
            for each in clause.tokens[:at]
        )
        there = (clause.named or at < _NEAR) and clause.says(_WAS_THERE, end=at)
        if first or there or before is None or reading.contact or governor is not None or clause.names():
            reading.nominal = not reading.contact and governor is None
            reading.channels.insert(0, Channel.EVENT)
            ways = [] if reading.ways else [BOTH]
            reading.ways += ways
            reading.contact = True
            reading.heard.append(at)

    def _is_place(self, before: Token | None) -> bool:
        if (
            before is None
            or before.said.startswith("organis")
            or before.kind in (TokenKind.DAY, TokenKind.HOUR, TokenKind.NAME)
        ):
            return True
        return before.said in _THERE

    def _was_there(self, governor: Verb, before: Token | None) -> bool:
        """Whether what the verb tells took place at the event."""
        if governor.word.tense is Tense.DONE and self.clause.begins(governor.at, ("organis",)) and self.clause.gone():
            return True  # « organisé hier un job dating »
        if governor.sense in _NOT_THERE and not self.clause.said(governor.at).startswith("note"):
            return False
        if governor.word.tense in (Tense.BARE, Tense.LATER):
            return False
        word = before is not None and before.kind is TokenKind.WORD and before.said not in FROM
        return governor.sense is Sense.ATTEND or word

    def _governor(self, at: int) -> Verb | None:
        """The verb of which a noun is the object: « envoyé un mail »."""
        found = next((each for each in reversed(self.verbs) if each.at < at), None)
        if found is None or found.sense not in _CARRY:
            return None
        if found.at < self.clause.about < at:
            return None  # « pas réussi à joindre X malgré trois appels »
        between = self.clause.tokens[found.at + 1 : at]
        apart = any(each.kind is TokenKind.SIGN or each.said in ("par", "via") for each in between)
        return None if apart else found
