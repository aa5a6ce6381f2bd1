"""A sentence read clause by clause: what was a contact, what is to be done, what is only told.

Nothing is looked up here: names come in as places of the text. It never fails, and asks rather than guesses.
"""

from collections.abc import Sequence
from datetime import date

from crm.day_words import Moment
from crm.sentences import dating
from crm.sentences.clause import BACKGROUND, INVITED, MOVED, Clause
from crm.sentences.clauses import clauses
from crm.sentences.conjugation import Tense
from crm.sentences.dating import When
from crm.sentences.doubts import SILENT, WONDERING, doubts
from crm.sentences.reader import read
from crm.sentences.reading import BOTH, THEM, UNSAID, US, Reading
from crm.sentences.remarks import is_away
from crm.sentences.senses import Sense
from crm.sentences.telling import ANSWERED, Follow, Story, channel_of, way_of
from crm.sentences.tokens import Kind, Token, tokens
from graph_schema.exchanges import Channel, Direction
from graph_schema.wording import short_date

_WRITTEN = {Channel.MAIL, Channel.SMS, Channel.LETTER, Channel.NEWSLETTER}
_THEY = ("il", "elle", "ils", "elles")
_REPORTING = ("qu'", "que", "on")


def story(text: str, names: Sequence[tuple[int, int]], today: date) -> Story:
    """Read a text in which these places are names."""
    return _Telling(text, names, today).story()


class _Telling:
    """One sentence being read."""

    def __init__(self, text: str, names: Sequence[tuple[int, int]], today: date) -> None:
        self.today, self.plain = today, text.isascii()
        self.text, self.asking = text, text.rstrip().endswith("?")
        self.tokens = tokens(text, names, today)
        kinds = {Kind.DAY: "date", Kind.HOUR: "time"}
        self.spans = [(each.start, each.end, kinds[each.kind]) for each in self.tokens if each.kind in kinds]
        self.questions: list[str] = []
        self.channels: list[Channel] = []
        self.directions: list[Direction] = []
        self.weak: list[Direction] = []
        self.days: list[Moment] = []
        self.ours: list[Moment] = []
        self.earlier: list[date] = []
        self.heads: list[tuple[int, int]] = []
        self.told: list[tuple[int, int]] = []
        self.follows: list[Follow] = []
        self.contact = self.unanswered = self.reported = self.agreed = self.heard = self.spoke = False
        self.off = False
        """Whether the meeting that comes next is said not to take place: « Annulé : RDV avec X »."""
        self.condition: Moment | None = None
        """The day by which something is waited for: « si rien d'ici vendredi, relancer »."""
        self.bare: Clause | None = None
        """A meeting told without a verb and without a day, when nothing else was told of a contact."""
        self.hushed = True
        """Whether the only sign of a contact is that nobody answers."""

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
            self._ask(SILENT)
        contact = self.contact or not self.follows
        if not contact and self.reported:
            self._ask("Y a-t-il eu un échange, ou est-ce seulement à faire ?")
        on = self._day() if contact else None
        direction = self._direction() if contact else UNSAID
        channel = channel_of(self.channels, self.tokens) if contact else None
        to_do = self._to_do()
        for doubt in doubts(seen, on, to_do, self.today):
            self._ask(doubt)
        if self.asking and channel is None:
            direction = UNSAID  # what may not have taken place refreshes nothing
            self._ask(WONDERING)
        return Story(on, channel, direction, self.heads, self.told, to_do, self.spans, self.questions)

    def _to_do(self) -> Follow | None:
        """What is to be done, from the first thing to the last, for the first day said."""
        if not self.follows:
            return None
        due = min((each.due_on for each in self.follows if each.due_on), default=None)
        return Follow(self.follows[0].start, max(each.end for each in self.follows), due)

    def _read(self, clause: Clause, after: Sequence[list[Token]]) -> None:
        found = read(clause, self.today)
        spoken = (clause.tokens[at] for at in found.heard)
        self.spans += [(each.start, each.end, "manner") for each in spoken]
        if clause.is_list():
            self._list(clause)
            return
        if found.follow is not None:
            self._follow(clause, found, found.follow)
        elif clause.said(0) == "si":
            self.condition = next((each for each in _moments(clause) if each.back is None), None)
            self.told.append(clause.place)
        elif found.contact and self.off and found.nominal:
            self._undone(clause)
        elif found.contact:
            self.hushed &= found.hush
            self._contact(clause, found, after)
        elif found.silent or (found.ours is not None and not self.contact and found.ours < clause.about):
            self._silence(clause, found)
        elif found.undone:
            self._undone(clause)
        elif found.channels and not found.reported and any(each.back and not each.ahead for each in _moments(clause)):
            found.ways.clear()  # « confirmation par sms hier »
            self._contact(clause, found, after)
        else:
            self._tell(clause, found, after)
        if found.mentioned:
            start, at = found.mentioned
            self._due(Clause(clause.tokens[start : at + 1]), clause.tokens[at].moment)

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

    def _contact(self, clause: Clause, found: Reading, after: Sequence[list[Token]]) -> None:
        if self.follows and not self.contact and found.nominal and not _moments(clause):
            self._tell(clause, found, after)  # « RDV mardi avec X, point sur la convention »
            return
        if self.contact and set(found.ways) == {BOTH} and found.nominal:
            self._again(clause, found, after)
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

    def _again(self, clause: Clause, found: Reading, after: Sequence[list[Token]]) -> None:
        """A meeting after a contact: one to come is to be done, what is told of one gone is the same."""
        event = Channel.EVENT in found.channels
        ahead = next((each for each in _moments(clause) if each.ahead and dating.is_ahead(each, self.today)), None)
        if ahead and not (event and ahead.back and not self.days):
            self._due(clause, ahead)
            return
        self._tell(clause, found, after)
        if event:
            self.channels.insert(0, Channel.EVENT)
            self.days += [each for each in _moments(clause) if each.back and each.ahead]

    def _silence(self, clause: Clause, found: Reading) -> None:
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

    def _undone(self, clause: Clause) -> None:
        self.off |= not self.contact and not clause.names()
        if clause.names():
            self.heads.append(clause.place)
        self.told.append(clause.place)
        self.days += [each for each in _moments(clause) if each.back and not each.ahead]

    def _follow(self, clause: Clause, found: Reading, start: int) -> None:
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
        they = clause.said(0) in _THEY and not self.unanswered
        if they and set(self.directions) == {US} and Channel.CALL in self.channels:
            self.directions.append(BOTH)  # « appelé X, elle me rappelle lundi »
        if found.appointed and set(self.directions) == {US} and not self.unanswered and Channel.CALL in self.channels:
            self.directions.append(BOTH)  # they agreed on it
        if moments and ahead is None and moments[0].back == self.today:
            self.follows.append(Follow(*part.place, self.today))
            return
        if moments and ahead is None:
            said = next(each.said for each in part.tokens if each.moment == moments[0])
            self._ask(f"« {said} » : pour quel jour ?")
        self._due(part, ahead)

    def _due(self, clause: Clause, moment: Moment | None) -> None:
        moment = moment or self.condition
        self.follows.append(Follow(*clause.place, moment.ahead if moment else None))

    def _tell(self, clause: Clause, found: Reading, after: Sequence[list[Token]]) -> None:
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
        if self.contact and found.channels and (not self.channels or not found.verbs):
            self.channels[:0] = found.channels  # « …, jeudi, par téléphone »
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
        self.spoke |= found.reported and Channel.CALL in self.channels
        self._date_follow(clause, found)
        if not self.contact:
            self._told_before(clause, found)
        due = next((each for each in _moments(clause) if dating.is_nearer(each, self.today)), None)
        short = len(clause.tokens) <= 2
        takes_place = short or clause.means(Sense.MEETING, Sense.STAY, Sense.EVENT) or dating.is_wanted(clause)
        if self.contact and due and not found.mentioned and not due.vague and takes_place:
            start = clause.place[0] if not short or not self.told else self.told[-1][0]
            self.follows.append(Follow(start, clause.place[1], due.ahead))
        self.told.append(clause.place)

    def _date_follow(self, clause: Clause, found: Reading) -> None:
        """« Rappeler X, Y, lundi pour la taxe »: the day of what is to be done just before."""
        days = (each.moment for each in clause.tokens[: clause.about] if each.moment and each.moment.ahead)
        day = next(days, None)
        if day and self.follows and self.follows[-1].due_on is None and not found.verbs and not clause.names():
            start, end, _ = self.follows[-1]
            self.follows[-1] = Follow(start, max(end, clause.place[1]), day.ahead)

    def _told_before(self, clause: Clause, found: Reading) -> None:
        """What is told before any contact: « Hugo Utopie jeudi 26, tel 20 min »."""
        gone = [each for each in _moments(clause) if each.back and not each.ahead]
        if not found.verbs and clause.names():
            self.days += gone
            return
        if clause.said(0) not in BACKGROUND:
            self.earlier += [each.back for each in gone if each.back]
        if clause.names():
            self.heads.append(clause.place)

    def _dated(self, clause: Clause, found: Reading, after: Sequence[list[Token]]) -> bool:
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
                if clause.means(Sense.CONTACT, end=at) or any(
                    each.said.startswith(INVITED) for each in clause.tokens[:at]
                ):
                    continue
                self._ask(f"Est-ce passé ({short_date(back)}) ou à venir ({short_date(ahead)}) ?")
            self.days.append(moment)
        return False

    def _to_come(self, moment: Moment, clause: Clause, after: Sequence[list[Token]]) -> bool:
        """Of a day that may be gone or to come: whether it is to come; asked when nothing tells."""
        later = [read(Clause(each, self.plain, True, True), self.today) for each in after]
        done = (
            each.contact and not each.nominal and any(at < (each.follow or len(each.heard) + 99) for at in each.heard)
            for each in later
        )
        gone = clause.lasted() or any(each.outcome for each in later) or any(done)
        if any(each.future for each in later):
            return True  # « réunion lundi 10 h, Mme X sera là »
        found = dating.when(moment, clause, gone, self.today)
        if found is When.UNKNOWN and moment.back and moment.ahead:
            self._ask(f"Est-ce passé ({short_date(moment.back)}) ou à venir ({short_date(moment.ahead)}) ?")
        return found is not When.GONE

    def _day(self) -> date:
        if not self.days and self.ours and self.unanswered:
            return max(each.back for each in self.ours if each.back)
        if not self.days:
            if self.contact and self.earlier:
                self._ask(f"L'échange est-il d'aujourd'hui ou du {short_date(self.earlier[0])} ?")
            return self.today
        if not all(each.vague for each in self.days):
            self.days = [each for each in self.days if not each.vague]
        for each in self.days:
            if each.back and each.ahead and dating.is_nearer(each, self.today):
                self._ask(f"Est-ce passé ({short_date(each.back)}) ou à venir ({short_date(each.ahead)}) ?")
        days = [each.back for each in self.days if each.back]
        if any(each.vague for each in self.days) and len(set(days)) == 1:
            self._ask("Quel jour était-ce exactement ?")
        if len(set(days)) > 1:
            self._ask(
                f"Deux jours sont dits : l'échange est-il du {short_date(min(days))} ou du {short_date(max(days))} ?"
            )
        return max(days)

    def _direction(self) -> Direction:
        said = set(self.directions or self.weak)
        if not said and self.agreed and not self.heard:
            return THEM
        if not said and self.spoke:
            return BOTH  # « tél MDPH : Mme X confirme »
        way, doubt = way_of(said, self.channels, self.unanswered)
        if way is US and not self.unanswered and self.channels[:1] == [Channel.CALL] and self._tells_of_them():
            doubt = ANSWERED
        if doubt:
            self._ask(doubt)
        return way

    def _tells_of_them(self) -> bool:
        """Whether what is told after « : » may be what they said: « appelé X : dossier complet »."""
        return any(self.text[:start].rstrip().endswith(":") for start, _ in self.told)

    def _ask(self, question: str) -> None:
        if question not in self.questions:
            self.questions.append(question)


def _moments(clause: Clause) -> list[Moment]:
    return [each.moment for each in clause.tokens if each.moment]
