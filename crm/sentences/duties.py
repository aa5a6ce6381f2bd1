"""What a clause says is to be done, or wished: infinitives, what is to come, appointments."""

from collections.abc import Sequence

from crm.sentences.clause import Clause
from crm.sentences.conjugation import Tense
from crm.sentences.lexicon import ADVERBS, CLITICS, OURS, THEIRS
from crm.sentences.reading import BOTH, THEM, US, ClauseReading
from crm.sentences.senses import Sense, words
from crm.sentences.tokens import Token, TokenKind
from crm.sentences.verbs import Verb, by_them
from graph_schema.exchanges import Channel

PROPOSED = words(
    "propose proposent proposait convoque convoquent convoques convoquee conviee convies invites invitee invite"
    " invitent invites convie convient reporte reportent decale decalent avance repousse"
)
_PLANNED = words(
    "pris prise prevu prevue prevus fixe fixee cale calee planifie planifiee pose posee programme programmee confirme"
    " confirmee reporte reportee decale decalee note notee convenu convenue recale recalee"
)
CHANGES = ("remplac", "quitt", "ferm", "part", "ouvr", "arret", "manqu")
"""Verbs of what becomes of someone, which they may not have said."""

_FEW = 4
_WAS_TO = words("devait devais devions devaient")
ANSWERS = (Sense.SAY, Sense.CALL, Sense.WRITE, Sense.SEND, Sense.CONTACT)
MET = (
    Sense.MEET, Sense.TALK, Sense.VISIT, Sense.REACH, Sense.RECEIVE, Sense.MOVE, Sense.ATTEND, Sense.SIGN,
)  # fmt: skip
CONTACTS = (*ANSWERS, *MET, Sense.LEAVE, Sense.TRY, Sense.MAKE)
_TASKS = (*ANSWERS, *MET, Sense.TRY, Sense.PLAN, Sense.MAKE, Sense.ACT)
"""Verbs of what is to be done; « prendre un apprenti » is not."""


def attempt(clause: Clause, verb: Verb, reading: ClauseReading) -> None:
    """Someone tried to reach someone: « tenté de joindre X »."""
    call, at = clause.bare(verb.at, Sense.CALL), verb.at
    if verb.agent is THEM:
        reading.meet(THEM, Channel.CALL if call or clause.bare(at, Sense.REACH) else None, at)
    else:
        reading.tried(Channel.CALL if call else None, at)


class Duties:
    """What is to be done in one clause being read into ``reading``."""

    def __init__(self, clause: Clause, verbs: Sequence[Verb], reading: ClauseReading) -> None:
        self.clause, self.verbs, self.reading = clause, verbs, reading

    def later(self, verb: Verb) -> None:
        """What someone will do; « elle prendrait un apprenti » is only told."""
        if self.clause.said(verb.at).endswith(("rait", "raient")) and verb.agent is THEM and not verb.on_us:
            self.reading.wishes |= verb.sense is Sense.WANT and self.clause.says({"nous"}, verb.at)
            self.reading.report()
            return
        surely = verb.sense in (Sense.CALL, Sense.MOVE, Sense.SEND, Sense.CONTACT)
        surely &= self.clause.said(verb.start - 1) != "qui" or verb.on_us  # « sa collègue, qui transmettra »
        if verb.negated:
            self.reading.report()
        elif verb.sense is Sense.REACH and verb.agent is THEM:
            self.reading.report()  # « elle aura deux places en février »
        elif verb.sense in _TASKS and (verb.agent is US or verb.on_us or surely or self.clause.ahead()):
            self.reading.due(verb.start)
        elif verb.agent is THEM:
            self.reading.report()

    def said_now(self, verb: Verb) -> None:
        """What is done, said or wanted now: something to come when a day says so."""
        clause, reading, said = self.clause, self.reading, self.clause.said(verb.at)
        if verb.agent is US:
            soon = verb.sense in (Sense.CALL, Sense.CONTACT, Sense.SEND, Sense.TRY) or clause.ahead()
            if clause.means(Sense.MUST, end=verb.start):
                reading.due(0)  # « il faudra que je passe la voir »
            elif verb.sense is Sense.TRY and not clause.ahead():
                attempt(clause, verb, reading)  # « tente de joindre X, sonne occupé »
            elif soon and verb.sense in _TASKS and verb.at < clause.about and not verb.negated:
                reading.due(verb.start)
                reading.appointed |= clause.says({"se"}, verb.start, verb.at)  # « on se voit le 8 »
        elif verb.agent is not THEM:
            return
        elif self._is_waited_for(verb):
            reading.silent = True  # « j'attends que X me renvoie la convention »
        elif verb.on_us and clause.ahead() and said.startswith(("attend", "accueill", "recoi", "recev")):
            reading.due(verb.start)
        elif said in PROPOSED:
            if clause.told:
                reading.report()
            else:
                reading.meet(THEM, None, verb.at)
        elif self._will_act(verb):
            reading.due(verb.start)
        elif verb.sense in ANSWERS and not verb.negated and (verb.on_us or verb.sense is not Sense.SEND) and not (
            clause.told or reading.contact
        ):  # fmt: skip
            reading.meet(THEM, verb.word.channel, verb.at)
        else:
            named = clause.names(verb.start - 1, verb.start) or clause.said(verb.start - 1) == ")"
            alone = all(each.at >= verb.at for each in self.verbs)
            wants = named and alone and not verb.negated and not said.startswith(CHANGES)
            asked = verb.on_us or clause.says({"nous", "on"}, verb.at) or wants
            reading.wishes |= verb.sense is Sense.WANT and asked
            reading.report()

    def _is_waited_for(self, verb: Verb) -> bool:
        waiting = [each for each in self.verbs if each.at < verb.start and each.agent is US]
        return any(self.clause.begins(each.at, ("attend",)) for each in waiting) and self.clause.says({"que", "qu'"})

    def _will_act(self, verb: Verb) -> bool:
        """« elle me rappelle lundi », « il passe nous voir jeudi »: present, of what is to come."""
        clause, said = self.clause, self.clause.said(verb.at)
        again = verb.sense is Sense.CONTACT and said.startswith(("re", "contact")) and not said.startswith("remerc")
        answers = verb.sense is Sense.SAY and any(each.moment and not each.moment.back for each in clause.tokens)
        acts = again or answers or said in ("revient", "reviennent") or verb.sense in (
            Sense.CALL, Sense.SEND, Sense.MOVE, Sense.MEET, Sense.WRITE, Sense.ATTEND, Sense.VISIT,
        )  # fmt: skip
        back = said.startswith("revien") and clause.says({"nous"}, verb.at)
        sends = verb.sense is Sense.SEND and clause.told and not clause.names()
        towards = (
            back
            or sends
            or verb.on_us
            or verb.sense in (Sense.CALL, Sense.MOVE, Sense.WRITE, Sense.ATTEND, Sense.VISIT)
        )
        soon = clause.ahead() or (clause.told and verb.on_us and verb.sense in (Sense.CALL, Sense.CONTACT))
        return acts and towards and soon and not verb.negated and not clause.tokens[verb.at].means(Sense.WANT)

    def infinitive(self, verb: Verb) -> None:
        """What is to be done, unless something before it says otherwise."""
        clause, reading, start = self.clause, self.reading, verb.start
        before, earlier = clause.at(start - 1), clause.at(start - 2)
        said = before.said if before else ""
        if said.endswith("ment") and before is not None and not before.words and earlier is not None:
            before, said, start = earlier, earlier.said, start - 1  # « il faut absolument revoir »
            earlier = clause.at(start - 2)
        if said in _WAS_TO:
            reading.undone = True  # « on devait se voir ce matin »
            return
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
        clause = self.clause
        governor = next((each for each in reversed(self.verbs) if each.at < verb.at), None)
        if said == "a" and governor and governor.sense is Sense.REACH and governor.agent is THEM:
            return  # « elle aura deux places à nous proposer »
        if said == "a" and (governor is None or governor.sense not in (Sense.MANAGE, Sense.TRY, Sense.WANT)):
            word = earlier is not None and earlier.kind is TokenKind.WORD
            if word and earlier and earlier.said in ("mal", "difficile", "facile", "rien"):
                return  # « du mal à joindre X »
            if word and clause.begins(verb.at, ("former", "recrut", "embauch")):
                return  # « cinq salariés à former »
            if not (word and earlier and earlier.verb() and earlier.noun() is None):
                self.reading.due(verb.start - 1)
            return
        if governor and verb.negated:
            return  # « m'a demandé de ne plus la solliciter »
        if governor and governor.agent is US and clause.begins(governor.at, ("promis", "promet")):
            self.reading.due(verb.start)
            return
        near = governor and governor.sense in (Sense.SAY, Sense.TALK, Sense.PLAN) and self._words(governor, verb) < _FEW
        if near and governor and (self._is_task(verb) or governor.sense is not Sense.SAY):
            self.reading.due(verb.start)

    def _words(self, first: Verb, last: Verb) -> int:
        """How many words stand between two verbs, names put aside."""
        return sum(each.kind is TokenKind.WORD for each in self.clause.tokens[first.at + 1 : last.start])

    def _free(self, verb: Verb, before: Token | None) -> None:
        clause, said = self.clause, before.said if before else ""
        near = (each for each in reversed(self.verbs) if verb.start - 2 <= each.at < verb.at)
        governor = next(near, None)
        if governor and clause.said(governor.at + 1) in THEIRS:
            return  # « peut-il décaler le stage au 11 ? »
        if governor and governor.sense is Sense.WANT:
            done = governor.word.tense is Tense.DONE  # « j'ai pu échanger »
            if not done and self._is_task(verb) and clause.ahead() and not governor.negated and not verb.negated:
                self.reading.due(verb.start)
            return
        if governor and governor.sense in (Sense.MOVE, Sense.MANAGE):
            return
        if any(self._went(each) for each in self.verbs if each.at < verb.at):
            return  # « passée à l'hôtel signer la convention »
        if said in ("sans", "pour", "afin", "voir") or (before is not None and verb.start > clause.about + 1):
            return
        opens = before is None or before.kind is not TokenKind.WORD or said in ADVERBS | {"et", "si", "ne"}
        if opens and (verb.sense is not Sense.WANT or clause.ahead() or before is None):
            self.reading.due(verb.start)

    @staticmethod
    def _went(verb: Verb) -> bool:
        return verb.sense is Sense.MOVE and verb.word.tense is Tense.DONE and not verb.negated

    def _is_task(self, verb: Verb) -> bool:
        if verb.sense in (Sense.CALL, Sense.SEND, Sense.CONTACT, Sense.WRITE):
            return True
        if self.clause.begins(verb.at, ("accueill",)):
            return False  # « propose d'accueillir une session en mars »
        return self.clause.ahead() and verb.sense in (*MET, Sense.SAY, Sense.MAKE) and verb.sense not in (
            Sense.REACH, Sense.ATTEND,
        )  # fmt: skip

    def appointed(self, verb: Verb) -> bool:
        """« RDV pris », « réunion calée au 11 décembre », « pris rdv »: something to come, unless its day is gone."""
        clause, said = self.clause, self.clause.said(verb.at)
        if said not in _PLANNED:
            return False
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
        today = said.startswith("prev") and clause.says({"rappel", "appel"}) and not clause.ahead()
        if said.startswith(("report", "decal")) and by_them(clause, verb.at) and not clause.ahead():
            return False
        if not meeting or (not (today or clause.ahead()) and (clause.gone() or said.startswith("confirm"))):
            return False
        they = verb.agent is THEM and verb.start < verb.at and clause.names(0, verb.start)
        if they and said.startswith(("report", "decal")):
            self.reading.meet(THEM, None, verb.at)  # « X a reporté notre rdv au 10 »
            self.reading.due(verb.at + 1)
            return True
        purpose = self._agreed_on(verb.at)
        if purpose is not None:
            self.reading.meet(BOTH, None, verb.at)  # « convenu avec X d'une immersion en mars »
        self.reading.due(purpose or 0)
        self.reading.appointed = True
        return True

    def _agreed_on(self, at: int) -> int | None:
        """Where what was agreed with someone begins, when that is told."""
        clause = self.clause
        if not clause.begins(at, ("convenu",)) or clause.said(at + 1) != "avec":
            return None
        return next((n for n in range(at + 3, len(clause.tokens)) if clause.said(n) in ("de", "d'")), None)

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
