"""A sentence read clause by clause: what was a contact, what is to be done, what is only told.

Nothing is looked up here: names come in as places of the text. It never fails, and asks rather than guesses.
"""

from collections.abc import Sequence
from datetime import date

from crm.sentences import dating
from crm.sentences.clause import BACKGROUND, INVITED, MOVED, Clause
from crm.sentences.clauses import clauses
from crm.sentences.conjugation import Tense
from crm.sentences.dating import When
from crm.sentences.day_words import Moment
from crm.sentences.doubts import LOST, SILENT, WHETHER, WONDERING, doubts
from crm.sentences.duties import CHANGES, PROPOSED
from crm.sentences.gathering import Gathering
from crm.sentences.lexicon import NEGATIONS, OURS
from crm.sentences.reader import read
from crm.sentences.reading import BOTH, THEM, UNSAID, US, ClauseReading
from crm.sentences.remarks import is_away
from crm.sentences.senses import Sense
from crm.sentences.telling import Follow, Story, channel_of
from crm.sentences.tokens import Token, TokenKind
from graph_schema.exchanges import Channel
from graph_schema.wording import short_date

_WRITTEN = {Channel.MAIL, Channel.SMS, Channel.LETTER, Channel.NEWSLETTER}
_THEY = ("il", "elle", "ils", "elles")
_REMARK = 2
_REPORTING = ("qu'", "que", "on")


def story(text: str, names: Sequence[tuple[int, int]], today: date) -> Story:
    """Read a text in which these places are names."""
    return _Telling(text, names, today).story()


class _Telling(Gathering):
    """One sentence being read."""

    def story(self) -> Story:
        every = list(clauses(self.tokens))
        seen = []
        for number, part in enumerate(every):
            clause = Clause(part, self.plain, self.heard, bool(self.heads))
            seen.append(clause)
            self._read(clause, every[number + 1 :])
        if self.hushed and self.follows and not self.channels and not self.agreed:
            self.contact = False  # nothing came, and we mean to ask again: no exchange
        if (
            self.contact
            and self.hushed
            and not self.ours
            and not self.channels
            and not self.follows
            and not self.agreed
        ):
            self.ask(SILENT)
        contact = self.contact or not self.follows
        if not contact and (self.reported or self.remarked):
            self.ask(WHETHER)
        if self.lost:
            self.ask(LOST)
        on = self.day() if contact else None
        direction = self.agreed_with(self.direction() if contact else None)
        channel = channel_of(self.channels, self.tokens) if contact else None
        to_do = self.to_do()
        for doubt in doubts(seen, on, bool(self.days or self.ours), to_do, self.today):
            self.ask(doubt)
        if self.asking and channel is None:
            direction = UNSAID  # what may not have taken place refreshes nothing
            self.ask(WONDERING)
        return Story(on, channel, direction, self.heads, self.told, to_do, self.spans, self.questions)

    def _read(self, clause: Clause, after: Sequence[list[Token]]) -> None:
        found = read(clause, self.today)
        self.lost |= found.lost and not found.contact
        spoken = (clause.tokens[at] for at in found.heard)
        self.spans += [(each.start, each.end, "manner") for each in spoken]
        if clause.is_list():
            self._list(clause)
            return
        if found.follow is not None:
            self._follow(clause, found, found.follow)
        elif clause.said(0) == "si":
            self.condition = next((each for each in _moments(clause) if each.ahead), None)
            self.told.append(clause.place)
        elif found.contact and self.off and found.nominal:
            self._undone(clause, found)
        elif found.contact:
            self.hushed &= found.hush
            self._contact(clause, found, after)
        elif found.silent or (self._is_of_ours(clause, found) and not self.contact):
            self._silence(clause, found)
        elif found.undone:
            self._undone(clause, found)
        elif found.channels and not found.reported and any(each.back and not each.ahead for each in _moments(clause)):
            found.ways.clear()  # « confirmation par sms hier »
            self._contact(clause, found, after)
        else:
            self._tell(clause, found, after)
        if found.mentioned:
            start, at = found.mentioned
            self._due(Clause(clause.tokens[start : at + 1]), clause.tokens[at].moment)

    def _is_of_ours(self, clause: Clause, found: ClauseReading) -> bool:
        """Whether what we had sent is told, and not « elle ne souhaite plus recevoir notre lettre »."""
        wants = found.reported and clause.means(Sense.WANT)
        return found.ours is not None and found.ours < clause.about and not wants

    def _list(self, clause: Clause) -> None:
        """Names and days by themselves: those of the contact, or of what is to be done just before."""
        if clause.names():
            self.heads.append(clause.place)
        moments = _moments(clause)
        ahead = next((each for each in moments if each.ahead), None)
        if ahead and self.contact and self.told and dating.is_limit(clause):
            self.follows.append(Follow(self.told[-1][0], clause.place[1], ahead.ahead))
            return
        if ahead and self.follows and self.follows[-1].due_on is None and (not self.contact or not clause.names()):
            start, end, _ = self.follows[-1]
            self.follows[-1] = Follow(start, max(end, clause.place[1]), ahead.ahead)
            return
        for moment in moments:
            if self._turned(moment, clause):
                continue
            if moment.back is None or (dating.is_nearer(moment, self.today) and not self.contact):
                self._due(clause, moment)
            else:
                self.days.append(moment)

    def _turned(self, moment: Moment, clause: Clause) -> bool:
        """Whether the day of a meeting is said after it, and to come: « RDV avec X, garage Y, jeudi 3 décembre »."""
        if self.bare is None or not dating.is_nearer(moment, self.today):
            return False
        self.follows.append(Follow(self.bare.place[0], clause.place[1], moment.ahead))
        self.contact, self.bare, self.heard = False, None, False
        return True

    def _contact(self, clause: Clause, found: ClauseReading, after: Sequence[list[Token]]) -> None:
        if self.follows and not self.contact and found.nominal and not _moments(clause):
            self._tell(clause, found, after)  # « RDV mardi avec X, point sur la convention »
            return
        if self.contact and set(found.ways) == {BOTH} and found.nominal:
            self._again(clause, found, after)
            return
        if is_away(clause, found) and (self.undone or _propose(after)):
            self._tell(clause, found, after)
            return
        if is_away(clause, found) and self.contact and US not in self.directions and Channel.VISIT not in self.channels:
            self._tell(clause, found, after)
            return
        if self.agreed and not self.heard and set(found.ways) == {US} and clause.tokens[0].verb(Tense.DONE):
            found.ways[:] = [THEM]  # « X ok pour un stage, confirmé par mail »
        if self._dated(clause, found, after):
            return
        answered = {*found.ways} <= {THEM} and US in self.directions and found.reported
        if self.contact and answered and self.channels and not found.channels:
            self.directions.append(BOTH)
            return
        self.heard = True
        self.channels += found.channels
        self.heads.append(clause.place)
        self.unanswered |= found.unanswered
        self.reported |= found.reported
        alone = not self.contact and found.nominal and not found.outcome and not _moments(clause)
        self.bare = clause if alone else None
        if found.nominal and not found.channels and not _moments(clause):
            self.weak += found.ways
        else:
            self.directions += found.ways
        self.contact = True
        if found.reported and set(found.ways) == {US} and not found.unanswered and Channel.CALL in self.channels:
            self.directions.append(BOTH)  # « rappelé l'hôtel, Mme X dit oui »

    def _again(self, clause: Clause, found: ClauseReading, after: Sequence[list[Token]]) -> None:
        """A meeting after a contact: one to come is to be done, what is told of one gone is the same."""
        event = Channel.EVENT in found.channels
        first = clause.tokens[0].moment
        if first and first.back and first.ahead and not self.days and not clause.names():
            self.ask(f"Est-ce passé ({short_date(first.back)}) ou à venir ({short_date(first.ahead)}) ?")
            self.days.append(first)  # « …, lundi en visio »
            self.channels[:0] = found.channels
            return
        ahead = next((each for each in _moments(clause) if each.ahead and dating.is_ahead(each, self.today)), None)
        if ahead and not (event and ahead.back and not self.days):
            self._due(clause, ahead)
            return
        self._tell(clause, found, after)
        if clause.names() and clause.says({"avec", "chez"}):
            self.heads.append(clause.place)  # « point avec X puis déjeuner avec Y »
        if not event and not self.days:
            self.days += [each for each in _moments(clause) if each.back and not each.ahead]
        if event:
            self.channels.insert(0, Channel.EVENT)
            self.days += [each for each in _moments(clause) if each.back and each.ahead]

    def _silence(self, clause: Clause, found: ClauseReading) -> None:
        """They have not answered, or what we had said is told: « il prend note de mon appel »."""
        if self.contact:
            self.told.append(clause.place)
            return
        self.contact = self.heard = True
        self.heads.append(clause.place)
        self.channels += found.channels
        if found.ours is not None:
            self.directions.append(US)
        if found.ours is not None and found.silent:
            self.unanswered = True
            self.ours += [each for each in _moments(clause) if each.back]

    def _undone(self, clause: Clause, found: ClauseReading) -> None:
        self.off |= not self.contact and not clause.names()
        self.undone |= not found.verbs
        if clause.names():
            self.heads.append(clause.place)
        self.told.append(clause.place)
        self.days += [each for each in _moments(clause) if each.back and not each.ahead]

    def _follow(self, clause: Clause, found: ClauseReading, start: int) -> None:
        before = Clause(clause.tokens[:start])
        if found.contact and start and any(at < start for at in found.heard):
            self.heard = True
            self.hushed &= found.hush
            self.heads.append(before.place)
            self.channels += found.channels
            self.directions += found.ways
            self.unanswered |= found.unanswered
            self.contact = True
            self.days += [each for each in _moments(before) if each.back]
        elif before.names():
            self.heads.append(before.place)
        heard = found.contact and any(at < start for at in found.heard)
        part = Clause(clause.tokens[start:]) if heard else clause
        moments = _moments(part)
        moved = any(each.said.startswith(MOVED) for each in part.tokens)
        order = reversed(moments) if moved else moments
        ahead = next((each for each in order if each.ahead and not dating.is_gone(each, self.today)), None)
        if found.wishes and not self.contact:
            self.contact, self.hushed = True, False  # « X aimerait nous rencontrer en janvier »
            self.directions.append(THEM)
        they = clause.said(0) in _THEY and not self.unanswered
        if they and set(self.directions) == {US} and not _WRITTEN & set(self.channels):
            self.directions.append(BOTH)  # « appelé X, elle me rappelle lundi »
        if found.appointed and set(self.directions) == {US} and not self.unanswered and Channel.CALL in self.channels:
            self.directions.append(BOTH)  # they agreed on it
        if moments and ahead is None and moments[0].back == self.today:
            self.follows.append(Follow(*part.place, self.today))
            return
        if moments and ahead is None:
            said = next(each.said for each in part.tokens if each.moment == moments[0])
            self.ask(f"« {said} » : pour quel jour ?")
        self._due(part, ahead)

    def _due(self, clause: Clause, moment: Moment | None) -> None:
        moment = moment or self.condition
        self.follows.append(Follow(*clause.place, moment.ahead if moment else None))

    def _tell(self, clause: Clause, found: ClauseReading, after: Sequence[list[Token]]) -> None:
        """What is told besides; it may say that they answered, how it was, or when."""
        they = clause.said(0) in _THEY and not clause.means(Sense.AWAY, Sense.UNANSWERED, Sense.SILENCE)
        if they and Channel.CALL in self.channels and self.directions == [US] and not self.unanswered:
            self.directions.append(BOTH)  # « appelé X, elle cherche … »
        if found.replied and set(self.directions) == {US}:
            self.directions.append(BOTH)
        only_us = self.contact and set(self.directions) == {US} and not self.unanswered
        if found.outcome and only_us and not _WRITTEN & set(self.channels):
            self.directions.append(BOTH)
        self.reported |= found.reported and (clause.names() or clause.said(0) in _THEY)
        if found.channels and found.manner and not found.verbs:
            self.channels[:0] = found.channels  # « …, jeudi, par téléphone », « Au téléphone, X … »
        elif self.contact and found.channels and not self.channels:
            self.channels += found.channels
        if self.contact and not self.days and not found.reported and found.ours is None:
            told = found.verbs or found.mentioned or found.outcome or clause.about == 0
            said = dating.days_of(clause, found) if dating.says_when(clause) else ()
            days = [moment for _, moment in said if not dating.is_nearer(moment, self.today)]
            self.days += [each for each in days if each.back and not (each.ahead and (told or each.vague))]
        self.agreed |= found.agreed
        self.contact |= found.agreed
        asks = found.reported and after and after[0][0].said in _REPORTING
        if not self.contact and (found.wishes or asks):
            self.contact = True
            self.hushed = False
            self.directions.append(THEM)
        self.spoke |= (found.reported or found.outcome) and Channel.CALL in self.channels
        first = not self.told and not self.heard
        self.stated |= found.reported and clause.names(0, 3) and first and _says(clause)
        self._date_follow(clause, found)
        if not self.contact:
            self._told_before(clause, found)
        due = next((each for each in _moments(clause) if dating.is_nearer(each, self.today)), None)
        short = len(clause.tokens) <= 2
        takes_place = short or found.future or dating.is_wanted(clause)
        takes_place = takes_place or clause.means(Sense.MEETING, Sense.STAY, Sense.EVENT)
        if self.contact and due and not found.mentioned and not due.vague and takes_place:
            start = clause.place[0] if not short or not self.told else self.told[-1][0]
            self.follows.append(Follow(start, clause.place[1], due.ahead))
        self.told.append(clause.place)

    def _date_follow(self, clause: Clause, found: ClauseReading) -> None:
        """« Rappeler X, Y, lundi pour la taxe »: the day of what is to be done just before."""
        days = (each.moment for each in clause.tokens[: clause.about] if each.moment and each.moment.ahead)
        day = next(days, None)
        if day and self.follows and self.follows[-1].due_on is None and not found.verbs and not clause.names():
            start, end, _ = self.follows[-1]
            self.follows[-1] = Follow(start, max(end, clause.place[1]), day.ahead)

    def _told_before(self, clause: Clause, found: ClauseReading) -> None:
        """What is told before any contact: « Hugo Utopie jeudi 26, tel 20 min »."""
        gone = [each for each in _moments(clause) if each.back and not each.ahead]
        dated = (each for each in _moments(clause) if not each.back and not each.vague)
        ahead = None if dating.is_until(clause) or found.verbs or not clause.names() else next(dated, None)
        said = sum(len(each.said.split()) for each in clause.tokens[: clause.about] if each.kind is TokenKind.WORD)
        said = 0 if ahead else said
        self.remarked |= (said > _REMARK or found.outcome) and not self.follows and clause.said(0) not in OURS
        if not found.verbs and clause.names():
            self.days += gone
            if ahead:
                self._due(clause, ahead)  # « demain : accueil de X »
            return
        if clause.said(0) not in BACKGROUND:
            self.earlier += [each.back for each in gone if each.back]
        if clause.names():
            self.heads.append(clause.place)

    def _dated(self, clause: Clause, found: ClauseReading, after: Sequence[list[Token]]) -> bool:
        """Keep the day that the clause says; whether it is to come, so that there is no exchange in it."""
        nominal = found.nominal and not {US, THEM} & {*found.ways} and not found.unanswered
        if found.unanswered:
            ours = (each for at, each in enumerate(clause.tokens) if dating.is_of_ours(found, at))
            self.ours += [each.moment for each in ours if each.moment and each.moment.back]
        for at, moment in dating.days_of(clause, found):
            ahead, back = moment.ahead, moment.back
            if back is None or (nominal and ahead and self._to_come(moment, clause, after)):
                self._due(clause, moment)
                return True
            if ahead and (ahead - self.today).days <= dating.NEAR and (self.today - back).days > dating.FAR:
                if (
                    moment.vague
                    or clause.means(Sense.CONTACT, end=at)
                    or any(each.said.startswith(INVITED) for each in clause.tokens[:at])
                ):
                    continue
                self.ask(f"Est-ce passé ({short_date(back)}) ou à venir ({short_date(ahead)}) ?")
            if ahead and dating.is_ahead(moment, self.today) and _is_present(clause):
                self.ask(f"Est-ce passé ({short_date(back)}) ou à venir ({short_date(ahead)}) ?")
            self.days.append(moment)
        return False

    def _to_come(self, moment: Moment, clause: Clause, after: Sequence[list[Token]]) -> bool:
        """Of a day that may be gone or to come: whether it is to come; asked when nothing tells."""
        later = [read(Clause(each, self.plain, True, True), self.today) for each in after]
        done = (
            each.contact and not each.nominal and any(at < (each.follow or len(each.heard) + 99) for at in each.heard)
            for each in later
        )
        did = any(each[0].verb() and each[0].verb(Tense.DONE) == each[0].verb() for each in after)
        gone = clause.lasted() or did or any(each.outcome for each in later) or any(done)
        if any(each.future for each in later):
            return True  # « réunion lundi 10 h, Mme X sera là »
        found = dating.when(moment, clause, gone, self.today)
        if found is When.UNKNOWN and moment.back and moment.ahead:
            self.ask(f"Est-ce passé ({short_date(moment.back)}) ou à venir ({short_date(moment.ahead)}) ?")
        return found is not When.GONE


def _says(clause: Clause) -> bool:
    """Whether someone said or did that: not « X devait venir », « X a fermé », « X ne veut plus »."""
    unsaid = (each.verb(Tense.THEN) or each.said.startswith(("dev", *CHANGES)) for each in clause.tokens)
    return not (clause.says(NEGATIONS) or any(unsaid))


def _is_present(clause: Clause) -> bool:
    """Whether all that is done in a clause is done now: « X confirme sa visite jeudi »."""
    verbs = [each for each in clause.tokens if each.verb() and not each.noun()]
    now = (each.verb(Tense.NOW) and (not each.verb(Tense.DONE) or each.raw.split()[0].endswith("e")) for each in verbs)
    return bool(verbs) and not clause.plain and all(now)


def _propose(after: Sequence[list[Token]]) -> bool:
    """Whether someone proposes another day next: « pas dispo cette semaine, X propose mardi »."""
    return any(each.said in PROPOSED for each in (after[0] if after else ()))


def _moments(clause: Clause) -> list[Moment]:
    return [each.moment for each in clause.tokens if each.moment]
