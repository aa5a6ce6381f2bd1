"""What the verbs of a clause tell: a contact, an attempt, something to do, or what came of it."""

from collections.abc import Sequence

from crm.sentences.clause import CANCELLED, FROM, TO, Clause
from crm.sentences.conjugation import Tense
from crm.sentences.lexicon import ADVERBS, ARTICLES, CLITICS, OURS, THEIRS
from crm.sentences.reading import BOTH, THEM, US, Reading
from crm.sentences.senses import Sense, words
from crm.sentences.tokens import Kind, Token
from crm.sentences.verbs import Verb, by_them
from graph_schema.exchanges import Channel

PROPOSED = words(
    "propose proposent proposait invite invitent invites convie convient reporte reportent decale decalent avance"
    " repousse"
)
_PLANNED = words(
    "pris prise prevu prevue prevus fixe fixee cale calee planifie planifiee pose posee programme programmee confirme"
    " confirmee reporte reportee decale decalee note notee convenu convenue recale recalee"
)
_DESK = words("standard accueil secretariat secretaire standardiste")
_ANSWERS = (Sense.SAY, Sense.CALL, Sense.WRITE, Sense.SEND, Sense.CONTACT)
_REACHES = (Sense.CALL, Sense.REACH, Sense.MEET, Sense.CONTACT, Sense.TALK)
_MET = (
    Sense.MEET, Sense.TALK, Sense.VISIT, Sense.REACH, Sense.RECEIVE, Sense.MOVE, Sense.ATTEND, Sense.SIGN,
)  # fmt: skip
CONTACTS = (*_ANSWERS, *_MET, Sense.LEAVE, Sense.TRY, Sense.MAKE)
_TASKS = (*_ANSWERS, *_MET, Sense.TRY, Sense.PLAN, Sense.MAKE, Sense.ACT)
"""Verbs of what is to be done; « prendre un apprenti » is not."""

_PAPERS = (Sense.WAY, Sense.MESSAGE, Sense.DOCUMENT)
_THINGS = (*_PAPERS, Sense.REPLY, Sense.MEETING, Sense.STAY, Sense.REMINDER)


class Deeds:
    """The verbs of one clause being read into ``reading``."""

    def __init__(self, clause: Clause, verbs: Sequence[Verb], reading: Reading) -> None:
        self.clause, self.verbs, self.reading = clause, verbs, reading

    def read(self) -> None:
        """Read each verb in its turn."""
        for verb in self.verbs:
            self._verb(verb)

    def _verb(self, verb: Verb) -> None:
        tense = verb.word.tense
        if tense is Tense.BARE and not verb.just:
            self._infinitive(verb)
        elif tense is Tense.LATER:
            self._later(verb)
        elif tense is Tense.NOW:
            self._now(verb)
        elif tense is Tense.THEN:
            if verb.agent is THEM:
                self.reading.report()
        elif verb.at < self.clause.about or (verb.sense is Sense.RECEIVE and verb.agent is not US):
            self._done(verb)

    # gone

    def _done(self, verb: Verb) -> None:
        clause, said = self.clause, self.clause.said(verb.at)
        if said in _PLANNED and self._appointed(verb):
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
        elif verb.sense in _ANSWERS:
            self._answered(verb)
        elif verb.sense is Sense.LEAVE:
            self._left(verb)
        elif verb.sense in _MET:
            self._met(verb)
        elif verb.sense is Sense.TRY:
            self._tried(verb)
        elif verb.sense is Sense.MANAGE or said == "pu":
            if clause.bare(verb.at, Sense.CALL) and verb.agent is THEM:
                self.reading.meet(THEM, Channel.CALL, verb.at)
            elif clause.bare(verb.at, *_REACHES):
                self.reading.meet(BOTH, None, verb.at)
        elif verb.agent is THEM:
            self.reading.report()

    def _answered(self, verb: Verb) -> None:
        said_before = self.clause.told or self.reading.contact
        if verb.sense is Sense.SAY and verb.agent is THEM and said_before:
            self.reading.replied = True
            self.reading.report()
        elif verb.sense is Sense.SAY and verb.agent is US and self.clause.says({"avec"}, verb.at):
            self.reading.meet(BOTH, None, verb.at)  # « évoqué avec X »
        else:
            self.reading.meet(verb.agent, verb.word.channel, verb.at)

    def _describes(self, verb: Verb) -> bool:
        before = self.clause.at(verb.at - 1)
        senses = (Sense.SIGN, Sense.SAY, Sense.WANT, Sense.ACT)
        alone = verb.start == verb.at and before is not None
        if verb.sense is Sense.SIGN and verb.at == 0 and self.clause.said(1) in ("de", "par", "d'"):
            return True  # « …, signé de X »
        earlier = any(each.at < verb.at and each.word.tense is Tense.DONE for each in self.verbs)
        if verb.sense is Sense.SIGN and alone and earlier and before and before.kind is Kind.WORD:
            return True  # « renvoyé l'annexe signée »
        if verb.sense is Sense.SAY and alone and verb.agent is US and before and before.kind is Kind.WORD:
            return self.clause.told and not before.verb()  # « dossier refusé »
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
            and clause.said(verb.start - 1) not in THEIRS
        ):
            reading.report()
        else:
            reading.meet(BOTH, verb.word.channel, at)

    def _is_no_meeting(self, verb: Verb) -> bool:
        """« vu l'urgence, … »."""
        clause = self.clause
        return clause.said(verb.at) == "vu" and verb.at == 0 and clause.said(1) in ARTICLES and not clause.names()

    def _reached(self, verb: Verb) -> None:
        thing = self._object(verb.at)
        if self.clause.says(_DESK, verb.at + 1, verb.at + 4):
            self.reading.meet(US, Channel.CALL, verb.at)
        elif thing is None or thing.kind is Kind.NAME:
            self.reading.meet(BOTH, None, verb.at)

    def _received(self, verb: Verb) -> None:
        clause, thing = self.clause, self._object(verb.at) or self._received_thing(verb.at)
        if clause.means(*_PAPERS, end=verb.start) and not verb.on_us:
            self.reading.meet(THEM, None, verb.at)
        elif (verb.agent is THEM and verb.on_us) or (
            verb.agent is US and thing is not None and thing.kind is Kind.NAME
        ):
            self.reading.meet(BOTH, Channel.MEETING, verb.at)
        elif thing is None or not thing.means(Sense.MEETING):
            self.reading.meet(THEM, None, verb.at)

    def _received_thing(self, at: int) -> Token | None:
        clause = self.clause
        for place, token in enumerate(clause.tokens[at + 1 : at + 9], at + 1):
            if token.kind is Kind.NAME and clause.said(place - 1) in FROM:
                return None  # « reçu une prescription de X »
            whom = token.kind is Kind.NAME
            if whom or token.means(*_PAPERS, Sense.REPLY):
                return token
        return None

    def _moved(self, verb: Verb) -> None:
        clause, at = self.clause, verb.at
        if clause.means(Sense.WAY, Sense.MESSAGE, Sense.REMINDER, start=at + 1, end=at + 5):
            return  # « passé un coup de fil »
        where = any(
            each.said in TO | {"voir", "dans", "sur"} or each.kind is Kind.NAME or each.verb(Tense.BARE)
            for each in clause.tokens[at + 1 : at + 4]
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

    def _tried(self, verb: Verb) -> None:
        call, at = self.clause.bare(verb.at, Sense.CALL), verb.at
        if verb.agent is THEM:
            self.reading.meet(THEM, Channel.CALL if call or self.clause.bare(at, Sense.REACH) else None, at)
        else:
            self.reading.tried(Channel.CALL if call else None, at)

    def _not_done(self, verb: Verb) -> None:
        reading, said = self.reading, self.clause.said(verb.at)
        if verb.agent is THEM:
            if verb.sense in _ANSWERS and said not in ("confirme", "dit", "valide", "signe"):
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

    # to come, or now

    def _later(self, verb: Verb) -> None:
        surely = verb.sense in (Sense.CALL, Sense.MOVE, Sense.SEND, Sense.CONTACT)
        if verb.negated:
            self.reading.report()
        elif verb.sense in _TASKS and (verb.agent is US or verb.on_us or surely or self.clause.ahead()):
            self.reading.due(verb.start)
        elif verb.agent is THEM:
            self.reading.report()

    def _now(self, verb: Verb) -> None:
        clause, reading, said = self.clause, self.reading, self.clause.said(verb.at)
        if verb.agent is US:
            soon = verb.sense in (Sense.CALL, Sense.CONTACT, Sense.SEND, Sense.TRY) or clause.ahead()
            if clause.means(Sense.MUST, end=verb.start):
                reading.due(0)  # « il faudra que je passe la voir »
            elif soon and verb.sense in _TASKS and verb.at < clause.about and not verb.negated:
                reading.due(verb.start)
        elif verb.agent is not THEM:
            return
        elif verb.on_us and clause.ahead() and said.startswith(("attend", "accueill", "recoi", "recev")):
            reading.due(verb.start)
        elif said in PROPOSED:
            if clause.told:
                reading.report()
            else:
                reading.meet(THEM, None, verb.at)
        elif self._will_act(verb):
            reading.due(verb.start)
        elif verb.sense in _ANSWERS and not verb.negated and (verb.on_us or verb.sense is not Sense.SEND) and not (
            clause.told or reading.contact
        ):  # fmt: skip
            reading.meet(THEM, verb.word.channel, verb.at)
        else:
            asked = verb.on_us or clause.says({"nous", "on"}, verb.at)
            reading.wishes |= verb.sense is Sense.WANT and asked
            reading.report()

    def _will_act(self, verb: Verb) -> bool:
        """« elle me rappelle lundi », « il passe nous voir jeudi »: present, of what is to come."""
        clause, said = self.clause, self.clause.said(verb.at)
        again = verb.sense is Sense.CONTACT and said.startswith(("re", "contact")) and not said.startswith("remerc")
        answers = verb.sense is Sense.SAY and any(each.moment and not each.moment.back for each in clause.tokens)
        acts = again or answers or said in ("revient", "reviennent") or verb.sense in (
            Sense.CALL, Sense.SEND, Sense.MOVE, Sense.MEET, Sense.WRITE,
        )  # fmt: skip
        back = said.startswith("revien") and clause.says({"nous"}, verb.at)
        towards = back or verb.on_us or verb.sense in (Sense.CALL, Sense.MOVE, Sense.WRITE)
        soon = clause.ahead() or (clause.told and verb.on_us and verb.sense in (Sense.CALL, Sense.CONTACT))
        return acts and towards and soon and not verb.negated and not clause.tokens[verb.at].means(Sense.WANT)

    def _infinitive(self, verb: Verb) -> None:
        """What is to be done, unless something before it says otherwise."""
        clause, reading, start = self.clause, self.reading, verb.start
        before, earlier = clause.at(start - 1), clause.at(start - 2)
        said = before.said if before else ""
        if before is not None and before.means(Sense.MUST):
            reading.due(self._subject(start - 1))
        elif said in ("de", "d'", "a"):
            if earlier is not None and earlier.means(Sense.MUST):
                reading.due(self._subject(start - 2))
            else:
                self._governed(verb, said, earlier)
        else:
            self._free(verb, before)

    def _governed(self, verb: Verb, said: str, earlier: Token | None) -> None:
        """« à rappeler », « demande de le rappeler », « convenu de se revoir »."""
        governor = next((each for each in reversed(self.verbs) if each.at < verb.at), None)
        if said == "a" and (governor is None or governor.sense not in (Sense.MANAGE, Sense.TRY, Sense.WANT)):
            word = earlier is not None and earlier.kind is Kind.WORD
            if not (word and earlier and earlier.verb() and earlier.noun() is None):
                self.reading.due(verb.start - 1)
            return
        near = governor and governor.sense in (Sense.SAY, Sense.TALK, Sense.PLAN) and governor.at >= verb.start - 4
        if near and governor and (self._is_task(verb) or governor.sense is not Sense.SAY):
            self.reading.due(verb.start)

    def _free(self, verb: Verb, before: Token | None) -> None:
        clause, said = self.clause, before.said if before else ""
        near = (each for each in reversed(self.verbs) if verb.start - 2 <= each.at < verb.at)
        governor = next(near, None)
        if governor and governor.sense is Sense.WANT:
            if self._is_task(verb) and clause.ahead() and not governor.negated and not verb.negated:
                self.reading.due(verb.start)
            return
        if governor and governor.sense in (Sense.MOVE, Sense.MANAGE):
            return
        if said in ("sans", "pour", "afin", "voir") or (before is not None and verb.start > clause.about + 1):
            return
        opens = before is None or before.kind is not Kind.WORD or said in ADVERBS | {"et", "si", "ne"}
        if opens and (verb.sense is not Sense.WANT or clause.ahead() or before is None):
            self.reading.due(verb.start)

    def _is_task(self, verb: Verb) -> bool:
        if verb.sense in (Sense.CALL, Sense.SEND, Sense.CONTACT, Sense.WRITE):
            return True
        return self.clause.ahead() and verb.sense in (*_MET, Sense.SAY, Sense.MAKE) and verb.sense not in (
            Sense.REACH, Sense.ATTEND,
        )  # fmt: skip

    def _appointed(self, verb: Verb) -> bool:
        """« RDV pris », « réunion calée au 11 décembre », « pris rdv »: something to come, unless its day is gone."""
        clause, said = self.clause, self.clause.said(verb.at)
        if said.startswith("note") and not clause.means(Sense.MEETING, end=verb.at):
            return False
        if said.startswith("confirm") and not clause.means(Sense.MEETING, Sense.STAY, Sense.EVENT, end=verb.at):
            return False
        if said.startswith("pris") and not self._takes_a_date(verb.at):
            return False
        meeting = any(
            each.means(Sense.MEETING, Sense.STAY, Sense.EVENT) or each.said in ("date", "se", "nous")
            or (each.means(Sense.REMINDER) and not said.startswith("pris"))
            or ((noun := each.noun()) and noun.channel is Channel.CALL)
            for each in clause.tokens
        )  # fmt: skip
        meeting = meeting or (verb.at == 0 and said.startswith("prev") and clause.ahead())  # « prévu mardi : RDV … »
        if not meeting or (not clause.ahead() and (clause.gone() or said.startswith("confirm"))):
            return False
        self.reading.due(0)
        self.reading.appointed = True
        return True

    def _takes_a_date(self, at: int) -> bool:
        """« rdv pris », « pris rdv », not « la prise en charge »."""
        near = self.clause.tokens[max(0, at - 3) : at + 4]
        meeting = any(
            (noun := each.noun()) and noun.sense in (Sense.MEETING, Sense.STAY) and noun.channel for each in near
        )
        return self.clause.said(at + 1) != "en" and (meeting or any(each.said == "date" for each in near))

    def _subject(self, at: int) -> int:
        """Where the subject of a verb begins, when it is a name or a pronoun just before."""
        before = OURS | THEIRS | CLITICS | {"m'", "me", "ne", "n'"}
        while at and (self.clause.said(at - 1) in before or self.clause.names(at - 1, at)):
            at -= 1
        return at

    def _object(self, at: int) -> Token | None:
        """What a verb is about: the next word that means something, or name."""
        for token in self.clause.tokens[at + 1 : at + 6]:
            if token.kind is Kind.NAME or token.means(*_THINGS):
                return token
            if token.kind is Kind.SIGN or token.said in FROM - {"du", "des"} | {
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
