"""What the verbs of a clause tell: a contact, an attempt, or what came of it; ``duties`` what is to be done."""

from collections.abc import Sequence

from crm.sentences.clause import CANCELLED, FROM, TO, Clause
from crm.sentences.conjugation import Tense
from crm.sentences.duties import ANSWERS, CONTACTS, MET, Duties, attempt
from crm.sentences.lexicon import ADVERBS, ARTICLES, THEIRS
from crm.sentences.reading import BOTH, THEM, US, ClauseReading
from crm.sentences.senses import Sense, words
from crm.sentences.tokens import Token, TokenKind
from crm.sentences.verbs import Verb, by_them
from graph_schema.exchanges import Channel

_DESK = words("standard accueil secretariat secretaire standardiste")
_REACHES = (Sense.CALL, Sense.REACH, Sense.MEET, Sense.CONTACT, Sense.TALK)
_AT = words("au aux a en dans chez ce")
_PAPERS = (Sense.WAY, Sense.MESSAGE, Sense.DOCUMENT)
_THINGS = (*_PAPERS, Sense.REPLY, Sense.MEETING, Sense.STAY, Sense.REMINDER)


class Deeds:
    """The verbs of one clause being read into ``reading``."""

    def __init__(self, clause: Clause, verbs: Sequence[Verb], reading: ClauseReading) -> None:
        self.clause, self.verbs, self.reading = clause, verbs, reading
        self.duties = Duties(clause, verbs, reading)

    def read(self) -> None:
        """Read each verb in its turn."""
        for verb in self.verbs:
            self._verb(verb)
        reading = self.reading
        read = reading.contact or reading.undone or reading.silent or reading.reported or reading.follow is not None
        self.reading.lost = not read and any(self._is_ours(verb) for verb in self.verbs)

    def _is_ours(self, verb: Verb) -> bool:
        """Whether a verb says that we did something towards someone."""
        done = verb.word.tense is Tense.DONE and verb.agent is US and not verb.negated
        done = done and verb.sense is not Sense.MAKE and not (verb.sense is Sense.MEET and self._is_no_meeting(verb))
        return done and verb.sense in CONTACTS and verb.at < self.clause.about and not self._describes(verb)

    def _verb(self, verb: Verb) -> None:
        tense = verb.word.tense
        if tense is Tense.BARE and not verb.just:
            self.duties.infinitive(verb)
        elif tense is Tense.LATER:
            self.duties.later(verb)
        elif tense is Tense.NOW:
            self.duties.said_now(verb)
        elif tense is Tense.THEN:
            if verb.agent is THEM:
                self.reading.report()
        elif verb.at < self.clause.about or (verb.sense is Sense.RECEIVE and verb.agent is not US):
            self._done(verb)

    # gone

    def _done(self, verb: Verb) -> None:
        clause, said = self.clause, self.clause.said(verb.at)
        if self.duties.appointed(verb):
            return
        if clause.said(verb.start - 1) == "rien" and verb.sense in (Sense.MEET, Sense.RECEIVE):
            self.reading.silent = True  # « rien reçu de X »
            return
        if said.startswith(CANCELLED):
            self._cancelled(verb)
        elif verb.negated:
            self._not_done(verb)
        elif self._describes(verb):
            pass  # « la convention signée »
        elif said.startswith(("arriv", "parti", "reven")) and clause.means(*_PAPERS, Sense.REPLY, end=verb.at):
            failed = said.startswith("parti") or clause.says({"erreur", "npai"})
            self.reading.meet(US if failed else THEM, None, verb.at)
        elif verb.sense in ANSWERS:
            self._answered(verb)
        elif said.startswith("pos") and clause.means(Sense.REPLY):
            self.reading.meet(verb.agent, None, verb.at)  # « question posée à X »
        elif verb.sense is Sense.LEAVE:
            self._left(verb)
        elif verb.sense in MET:
            self._met(verb)
        elif verb.sense is Sense.TRY:
            attempt(self.clause, verb, self.reading)
        elif verb.sense is Sense.MANAGE or said == "pu":
            if clause.bare(verb.at, Sense.SEND, Sense.WRITE, Sense.SAY) and verb.agent is THEM:
                self.reading.meet(THEM, None, verb.at)  # « elle a fini par m'envoyer »
            elif clause.bare(verb.at, Sense.CALL) and verb.agent is THEM:
                self.reading.meet(THEM, Channel.CALL, verb.at)
            elif clause.bare(verb.at, *_REACHES):
                joined = clause.says({"joindre"}, verb.at) and not clause.means(Sense.WAY)
                self.reading.meet(BOTH, Channel.CALL if joined else None, verb.at)
        elif verb.agent is THEM and by_them(self.clause, verb.at) and clause.means(*_PAPERS, Sense.REPLY, end=verb.at):
            self.reading.meet(THEM, None, verb.at)  # « info donnée par X »
        elif verb.agent is THEM:
            self.reading.report()

    def _answered(self, verb: Verb) -> None:
        said_before = self.clause.told or self.reading.contact
        if (
            verb.agent is THEM
            and verb.sense is Sense.SAY
            and self.clause.says({"avait", "avaient"}, verb.start, verb.at)
        ):
            self.reading.report()  # « elle avait promis une réponse »
            return
        if verb.agent is THEM and self.clause.says(_DESK, verb.at + 1, verb.at + 5) and self.clause.says({"on"}):
            self.reading.meet(US, None, verb.at)  # « on m'a dit à l'accueil »
            return
        if verb.sense is Sense.SAY and verb.agent is THEM and said_before:
            self.reading.replied = True
            self.reading.report()
        elif (
            verb.sense is Sense.SAY
            and verb.agent is US
            and not self.clause.begins(verb.at, ("confirm", "propos"))
            and (self.clause.says({"avec"}, verb.at))
        ):
            self.reading.meet(BOTH, None, verb.at)  # « évoqué avec X »
        else:
            left = self.clause.begins(verb.at, ("depos",)) and verb.agent is US and self.clause.names(verb.at)
            left = left and not self.clause.says({"dossier", "demande", "candidature"})
            channel = Channel.VISIT if left and not self.clause.means(Sense.WAY) else verb.word.channel
            self.reading.meet(verb.agent, channel, verb.at)

    def _describes(self, verb: Verb) -> bool:
        before = self.clause.at(verb.at - 1)
        senses = (Sense.SIGN, Sense.SAY, Sense.WANT, Sense.ACT)
        alone = verb.start == verb.at and before is not None
        if verb.sense is Sense.ACT and by_them(self.clause, verb.at):
            return False  # « info donnée par X »
        if verb.sense is Sense.SIGN and verb.at == 0 and self.clause.said(1) in ("de", "par", "d'"):
            return True  # « …, signé de X »
        earlier = any(each.at < verb.at and each.word.tense is Tense.DONE for each in self.verbs)
        if verb.sense is Sense.SIGN and self.clause.says({"avec"}, verb.at):
            return False  # « convention signée avec X »
        if verb.sense is Sense.SIGN and alone and earlier and before and before.kind is TokenKind.WORD:
            return True  # « renvoyé l'annexe signée »
        if verb.sense is Sense.SAY and alone and verb.agent is US and before and before.kind is TokenKind.WORD:
            return (self.clause.told or self.clause.named) and not before.verb()  # « dossier refusé »
        if verb.sense is Sense.SEND and alone and earlier and before and before.means(*_PAPERS):
            return True  # « reçu l'accusé du courrier envoyé »
        if verb.sense is Sense.WRITE:
            return alone and bool(before and before.means(Sense.REPLY, Sense.DOCUMENT))
        after = before is not None and (before.means(Sense.DOCUMENT) or before.said.startswith(("reven", "recu")))
        return alone and verb.sense in senses and after

    def _cancelled(self, verb: Verb) -> None:
        named = self.clause.names(verb.start - 1, verb.start) and verb.start > 0
        if verb.agent is THEM and (by_them(self.clause, verb.at) or verb.on_us or named):
            self.reading.meet(THEM, None, verb.at)
        elif verb.agent is US and verb.start < verb.at:
            self.reading.meet(US, None, verb.at)
        else:
            self.reading.undone = True

    def _met(self, verb: Verb) -> None:
        clause, reading, at = self.clause, self.reading, verb.at
        if verb.sense is Sense.REACH:
            self._reached(verb)
        elif verb.sense is Sense.RECEIVE:
            self._received(verb)
        elif verb.sense is Sense.MOVE:
            self._moved(verb)
        elif verb.sense is Sense.SIGN:
            reading.meet(BOTH if clause.says({"avec"}, at) else verb.agent, None, at)
        elif verb.sense is Sense.MEET and self._is_no_meeting(verb):
            pass
        elif (
            verb.sense is Sense.MEET
            and verb.agent is THEM
            and not verb.on_us
            and (clause.told or clause.said(verb.start - 1) not in THEIRS)
        ):
            reading.report()
        else:
            reading.meet(BOTH, verb.word.channel, at)

    def _is_no_meeting(self, verb: Verb) -> bool:
        """« vu l'urgence, … »."""
        clause = self.clause
        if clause.begins(verb.at, ("vu", "note")) and clause.said(verb.at + 1) in ("passer", "que", "qu'"):
            return True  # « vu passer une annonce »
        return clause.said(verb.at) == "vu" and verb.at == 0 and clause.said(1) in ARTICLES and not clause.names()

    def _reached(self, verb: Verb) -> None:
        thing = self._object(verb.at)
        if verb.word.channel is Channel.CALL:
            self.reading.meet(BOTH, Channel.CALL, verb.at)  # « c'est X qui a décroché »
        elif verb.agent is THEM and not verb.on_us:
            self.reading.report()  # « sa fille a eu le bac »
        elif self.clause.says(_DESK, verb.at + 1, verb.at + 4):
            self.reading.meet(US, Channel.CALL, verb.at)
        elif thing is None or thing.kind is TokenKind.NAME:
            called = self.clause.begins(verb.at, ("join",)) and not self.clause.means(Sense.WAY)
            self.reading.meet(BOTH, Channel.CALL if called else None, verb.at)

    def _received(self, verb: Verb) -> None:
        clause, thing = self.clause, self._object(verb.at) or self._received_thing(verb.at)
        if clause.means(*_PAPERS, end=verb.start) and not verb.on_us:
            self.reading.meet(THEM, None, verb.at)
        elif (verb.agent is THEM and verb.on_us) or (
            verb.agent is US and thing is not None and thing.kind is TokenKind.NAME
        ):
            self.reading.meet(BOTH, Channel.MEETING, verb.at)
        elif thing is None or not thing.means(Sense.MEETING):
            self.reading.meet(THEM, None, verb.at)

    def _received_thing(self, at: int) -> Token | None:
        clause = self.clause
        first = next((each for each in clause.tokens[at + 1 :] if each.said not in ARTICLES | ADVERBS - _AT), None)
        if first and first.kind is TokenKind.WORD and not first.words and first.said not in _AT and len(first.said) > 2:
            return None  # « reçu notification de X »
        for place, token in enumerate(clause.tokens[at + 1 : at + 9], at + 1):
            if token.kind is TokenKind.NAME and (clause.said(place - 1) in FROM or clause.said(place - 2) in FROM):
                return None  # « reçu une prescription de l'X »
            if token.said in ("via", "par", "pour", "concernant", "grace"):
                return None  # « reçu une candidature via X »
            whom = token.kind is TokenKind.NAME
            if whom or token.means(*_PAPERS, Sense.REPLY):
                return token
        return None

    def _moved(self, verb: Verb) -> None:
        clause, at = self.clause, verb.at
        if clause.means(Sense.WAY, Sense.MESSAGE, Sense.REMINDER, start=at + 1, end=at + 5):
            return  # « passé un coup de fil »
        if clause.means(Sense.WAY, start=at - 1, end=at):
            self.reading.meet(verb.agent, None, at)  # « appel passé à X »
            return
        where = any(
            each.said in TO | {"voir", "dans", "sur"} or each.kind is TokenKind.NAME or each.verb(Tense.BARE)
            for each in clause.tokens[at + 1 : at + (7 if clause.said(at + 1) == "en" else 4)]  # « en coup de vent »
        )
        if verb.agent is THEM:
            self.reading.meet(BOTH, Channel.MEETING, at)
        elif where:
            self.reading.meet(BOTH, Channel.VISIT, at)

    def _left(self, verb: Verb) -> None:
        clause, at = self.clause, verb.at
        before = (each for each in clause.tokens[:at] if each.means(Sense.WAY, Sense.MESSAGE))
        thing = self._object(at) or next(before, None)
        noun = thing.noun() if thing else None
        if noun and noun.sense is Sense.WAY and noun.channel is not Channel.CALL:
            self.reading.meet(verb.agent, noun.channel, at)
        elif verb.agent is THEM:
            self.reading.meet(THEM, Channel.CALL, at)
        elif (noun and noun.sense in (Sense.MESSAGE, Sense.WAY)) or clause.means(Sense.UNANSWERED):
            self.reading.tried(Channel.CALL, at)
        elif clause.said(at + 1) != "tomber":
            self.reading.meet(US, None, at)

    def _not_done(self, verb: Verb) -> None:
        reading, said = self.reading, self.clause.said(verb.at)
        if verb.sense is Sense.REACH and verb.word.channel is Channel.CALL:
            reading.tried(Channel.CALL, verb.at)  # « n'a jamais décroché »
        elif verb.agent is THEM:
            if verb.sense in ANSWERS and said not in ("confirme", "dit", "valide", "signe"):
                reading.silent = True
            else:
                reading.report()
        elif verb.sense is Sense.REACH and self.clause.says({"temps", "occasion"}):
            reading.undone = True  # « pas eu le temps d'appeler »
        elif verb.sense is Sense.REACH:
            thing = self._object(verb.at)
            if thing is None or not thing.means(Sense.MEETING, Sense.DOCUMENT):
                reading.tried(None, verb.at)
        elif (verb.sense is Sense.MANAGE or said == "pu") and self.clause.bare(
            verb.at, Sense.REACH, Sense.TALK, Sense.LEAVE
        ):
            reading.tried(None, verb.at)
        elif verb.sense in (*CONTACTS, Sense.MANAGE) or said == "pu":
            reading.undone = True

    def _object(self, at: int) -> Token | None:
        """What a verb is about: the next word that means something, or name."""
        for token in self.clause.tokens[at + 1 : at + 6]:
            if token.kind is TokenKind.NAME or token.means(*_THINGS):
                return token
            if token.kind is TokenKind.SIGN or token.said in FROM - {"du", "des"} | {
                "par",
                "pour",
                "a",
                "au",
                "en",
                "via",
                "sur",
                "chez",
                "avec",
            }:
                return None
        return None
