"""A sentence read clause by clause: what was a contact, what is to be done, what is only told.

Nothing is looked up here: names come in as places of the text. It never fails, and asks rather than guesses.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from crm.day_words import Moment
from crm.quick_hints import ABOUT, BARE, BREAK, HOUR, INVITED, INVITED_TO, NOT_DONE, OURS
from crm.quick_text import AROUND, apart, blanked, folded, hidden, shortened, times
from crm.quick_words import CHANNELS, EVENT, FOLLOW, NO_REPLY, NOMINAL, OUTCOME, SPOKE, UNANSWERED, WAYS, WISHED
from graph_schema.exchanges import Channel, Direction
from graph_schema.wording import short_date

US, THEM, BOTH, UNSAID = Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL, Direction.UNKNOWN

_MET = (Channel.MEETING, Channel.VISIT)
_WRITTEN = {Channel.MAIL, Channel.SMS, Channel.LETTER, Channel.NEWSLETTER}
_NEAR, _FAR = 62, 120
_WAYS = tuple((re.compile(rf"(?<![\w'-])(?:{form})(?!\w)"), way, who) for form, way, who in WAYS)
_UNANSWERED = tuple((re.compile(rf"(?<![\w-])(?:{form})(?!\w)"), way) for form, way in UNANSWERED)
_CHANNELS = tuple((re.compile(rf"(?<![\w-])(?:{form})"), way) for form, way in CHANNELS)
_FOLLOW = tuple(re.compile(form) for form in FOLLOW)


class Follow(NamedTuple):
    """What is to be done: from a character to before another, and the day for which it is due, if it is said."""

    start: int
    end: int
    due_on: date | None


class Story(NamedTuple):
    """What a sentence tells. ``on`` is None without an exchange. ``heads``: where its parties are named; ``told``:
    where the rest begins and ends; ``spans``: what was read where; ``questions``: what is not certain.
    """

    on: date | None
    channel: Channel | None
    direction: Direction
    heads: list[tuple[int, int]]
    told: list[tuple[int, int]]
    follow: Follow | None
    spans: list[tuple[int, int, str]]
    questions: list[str]


class _Clause(NamedTuple):
    start: int
    end: int
    body: str


def story(text: str, names: Sequence[tuple[int, int]], today: date) -> Story:
    """Read a text in which these places are names."""
    return _Telling(text, names, today).story()


class _Telling:
    """One sentence being read."""

    def __init__(self, text: str, names: Sequence[tuple[int, int]], today: date) -> None:
        self.today, self.raw = today, text
        text = folded(text)
        self.moments = times(text, names, today)
        hours = [
            m.span() for m in HOUR.finditer(hidden(text, [*names, *((m.start, m.end) for m in self.moments)], "\n"))
        ]
        self.words = text
        self.text, self.places, self.ends = shortened(text, names, self.moments, hours)
        self.spans = [(m.start, m.end, "date") for m in self.moments] + [(*hour, "time") for hour in hours]
        self.questions: list[str] = []
        self.channels: list[Channel] = []
        self.directions: list[Direction] = []
        self.days: list[tuple[date, Moment]] = []
        self.earlier: list[date] = []
        self.heads: list[tuple[int, int]] = []
        self.told: list[tuple[int, int]] = []
        self.follows: list[Follow] = []
        self.unanswered = self.contact = self.reported = False

    def story(self) -> Story:
        clauses = list(self._clauses())
        for number, clause in enumerate(clauses):
            self._read(clause, clauses[number + 1 :])
        contact = self.contact or not self.follows
        if not contact and self.reported:
            self._ask("Y a-t-il eu un échange, ou est-ce seulement à faire ?")
        on = self._day() if contact else None
        direction = self._direction() if contact else UNSAID
        channel = self.channels[0] if self.channels and contact else None
        if contact and Channel.EVENT in self.channels:
            channel = Channel.EVENT
        follow = self._all_to_do()
        return Story(on, channel, direction, self.heads, self.told, follow, self.spans, self.questions)

    def _all_to_do(self) -> Follow | None:
        """What is to be done, from the first thing to the last, for the first day said."""
        if not self.follows:
            return None
        due = min((each.due_on for each in self.follows if each.due_on), default=None)
        return Follow(self.follows[0].start, max(each.end for each in self.follows), due)

    def _clauses(self) -> Iterator[_Clause]:
        at = 0
        for cut in [*BREAK.finditer(self.text), None]:
            start, end = cut.span() if cut else (len(self.text), len(self.text))
            if cut and cut.group().strip() in ("qui", "que", "qu'"):
                end = start + (len(cut.group()) - len(cut.group().lstrip()))
                if start <= at:
                    continue
            body = self.text[at:start]
            if body.strip(AROUND):
                first = at + len(body) - len(body.lstrip())
                yield _Clause(first, start, self.text[first:start])
            at = end

    def _read(self, clause: _Clause, after: Sequence[_Clause]) -> None:
        start = _follow_at(clause.body)
        if start is not None:
            before = clause.body[:start]
            spoke = SPOKE.match(clause.body.lstrip()) or WISHED.match(clause.body.lstrip())
            if spoke and not self.contact:
                self.contact = True
                self.heads.append(self._place(clause))
                self.directions += [THEM] if spoke.re is SPOKE else []
            if BARE.fullmatch(before):
                start, before = 0, ""
            prefix = _Clause(clause.start, clause.start + start, before)
            if before.strip(AROUND) and not self._contact(prefix, after) and "§" in before:
                self.heads.append(self._place(prefix))
            self._follow(_Clause(clause.start + start, clause.end, clause.body[start:]))
            return
        if self._contact(clause, after):
            return
        if "§" in clause.body and BARE.fullmatch(clause.body):
            self.heads.append(self._place(clause))
            self._dated(clause, False, after)
        elif BARE.fullmatch(clause.body):
            self._dated_alone(clause, after)
        elif ahead := self._meant(clause):
            if "§" in clause.body:
                self.heads.append(self._place(clause))
            self._due(clause, ahead)
        else:
            self._tell(clause)

    def _dated_alone(self, clause: _Clause, after: Sequence[_Clause]) -> None:
        """A day by itself is that of what is to be done just before it, when it can be: « RDV pris, le 9 décembre »."""
        ahead = next((each for each in self._moments(clause) if each.ahead), None)
        if ahead and self.follows and self.follows[-1].due_on is None and not self.contact:
            start, end, _ = self.follows[-1]
            self.follows[-1] = Follow(start, max(end, self._place(clause)[1]), ahead.ahead)
        elif self._dated(clause, False, after) == "ahead" and len(self.follows) == 1:
            self.follows[0] = Follow(0, self._after(len(self.text)), self.follows[0].due_on)

    def _meant(self, clause: _Clause) -> Moment | None:
        """The day to come of a clause that says what we mean to do then, or what is planned."""
        planned = re.match(r"(?:je|j'|on|nous)(?!\w)|j'", clause.body) or NOMINAL.match(clause.body.lstrip("§@^ ,:"))
        return next((each for each in self._moments(clause) if self._is_ahead(each)), None) if planned else None

    def _is_ahead(self, moment: Moment) -> bool:
        """Whether a day is to come, or much nearer if it is."""
        if not (moment.back and moment.ahead):
            return moment.back is None
        before, behind = (moment.ahead - self.today).days, (self.today - moment.back).days
        return before <= _NEAR and behind > _FAR

    def _tell(self, clause: _Clause) -> None:
        outcome = OUTCOME.match(clause.body)
        ours = self.contact and set(self.directions) == {US} and not self.unanswered
        if outcome and ours and not _WRITTEN & set(self.channels):
            self.directions.append(BOTH)
        if re.search(r"§ [a-z]", clause.body) and not self.follows and not NOT_DONE.search(clause.body):
            self.reported = True
        if not self.contact:
            self.earlier += [each.back for each in self._moments(clause) if each.back and not each.ahead]
        self.told.append(self._place(clause))

    def _contact(self, clause: _Clause, after: Sequence[_Clause]) -> bool:
        """Whether the clause tells of a contact; what it says of it is kept."""
        body = clause.body
        about = ABOUT.search(body)
        head = about.start() if about else len(body)
        if invited := INVITED_TO.search(body):
            head = min(head, invited.end() - 1)
        found = False
        if not_done := NOT_DONE.search(body):
            body = blanked(body, not_done)
            self.days += [(m.back, m) for m in self._moments(clause) if m.back and not m.ahead]
        for form, way in _UNANSWERED[:-1] if _WRITTEN & set(self.channels) else _UNANSWERED:
            if match := form.search(body):
                found = self.unanswered = True
                self.directions.append(US)
                self._heard(clause, match, way)
                body = blanked(body, match)
        if match := NO_REPLY.search(body):
            self._heard(clause, match, None)
            body = blanked(body, match)
            if not found and not self.contact:
                self.contact = True
                self.heads.append(self._place(clause))
                return True
            found = True
        tried = found
        event = EVENT.search(body)
        if event and INVITED.search(body[: event.start()]):
            event = None
        nominal = NOMINAL.match(body.lstrip("§@^ ,:"))
        reported = re.match(r"(?:il|elle|ils|elles|qui|que|qu')(?!\w)", body) or (self.contact and OUTCOME.match(body))
        ways: list[Direction] = []
        for form, way, who in _WAYS:
            match = form.search(body)
            if (
                match
                and match.start() <= head
                and not (self.contact and way in _MET and not {"§", "@"} & {*clause.body})
                and not (reported and who is not THEM)
                and not (who is US and self._theirs(clause, body, match))
            ):
                self._heard(clause, match, way)
                ways += [who] if who else []
                body = blanked(body, match)
                found = True
                if len(ways) > 2:
                    break
        if tried and BOTH in ways:  # « ne répond pas au téléphone »
            ways = [each for each in ways if each is not BOTH]
        if found and self.unanswered and THEM in ways and not self.contact:
            ways = []
            self.directions.clear()
            self.unanswered = False
        if event and (found or "§" in body or event.start() == 0):
            self.channels.insert(0, Channel.EVENT)
            if not ways:
                ways.append(BOTH)
            self.spans.append(
                (self.places[clause.start + event.start()], self._after(clause.start + event.end()), "manner")
            )
            found = True
        found = found or self._said_how(clause, body)
        if not found:
            return False
        for form, way in _CHANNELS:
            if (match := form.search(body)) and (
                not self.channels or match.group().startswith(("par ", "en ", "via ", "sur "))
            ):
                self.channels.append(way)
                break
        return self._settled(clause, ways, nominal is not None, after)

    def _said_how(self, clause: _Clause, body: str) -> bool:
        """Whether a clause without a known verb tells of a day gone and of how: « confirmation par sms hier »."""
        gone = any(each.back and not each.ahead for each in self._moments(clause))
        return gone and any(form.search(body) for form, _ in _CHANNELS)

    def _theirs(self, clause: _Clause, body: str, match: re.Match[str]) -> bool:
        """Whether a verb that looks like ours is what others do: « il relance », « le garage contacte ». An accent
        tells « le garage relancé ».
        """
        before = body[: match.start()].rstrip()
        if re.search(r"(?<!\w)(?:il|elle|ils|elles|qui|qu'il|qu'elle)$", before):
            return True
        first, last = self.places[clause.start + match.start()], self._after(clause.start + match.end())
        said = self.raw[first:last].lower()
        if re.match(r"r?appelle\b", said) and not re.search(r"(?<!\w)(?:je|j'|on)$", before):
            return True  # « appelle » is what someone does, « appelé » what we did
        return before.endswith("§") and " " not in match.group().strip() and "é" not in said

    def _settled(self, clause: _Clause, ways: list[Direction], nominal: bool, after: Sequence[_Clause]) -> bool:
        symmetric = nominal and not {US, THEM} & set(ways) and not self.unanswered
        if self._dated(clause, symmetric, after) == "ahead":
            return True
        self.contact = True
        self.directions += ways
        self.heads.append(self._place(clause))
        return True

    def _heard(self, clause: _Clause, match: re.Match[str], way: Channel | None) -> None:
        if way:
            self.channels.append(way)
        start, end = clause.start + match.start(), clause.start + match.end()
        for first, last in apart(self.text, start, end):
            self.spans.append((self.places[first], self._after(last), "manner"))

    def _dated(self, clause: _Clause, nominal: bool, after: Sequence[_Clause]) -> str:
        """Keep the day that the clause says; « ahead » when it is to come, so that there is no exchange in it."""
        about = ABOUT.search(clause.body)
        head = clause.start + about.start() if about else clause.end
        for moment in self._moments(clause):
            words, place = self._said(moment)
            if OURS.search(self.words[: moment.start] + words.split(" ")[0] + " "):  # « à mon mail de mardi »
                if self.unanswered and moment.back:
                    self._ask(f"Est-ce votre essai du {short_date(moment.back)} qui reste sans réponse ?")
                continue
            if re.match(r"(?:du|au|de|en|pour|a partir) ", words) and not self._leads(place, words, head):
                continue
            if re.match("avant|d'ici|des |a partir", words) and moment.ahead:
                continue
            if place > head and (moment.back and moment.ahead):
                continue
            if place > head and self.text[:place].endswith("d'"):  # « merci pour la visite d'hier »
                continue
            back, ahead = moment.back, moment.ahead
            if back is None or (nominal and ahead and self._to_come(moment, clause, after)):
                self._due(clause, moment)
                return "ahead"
            if ahead and (ahead - self.today).days <= _NEAR and (self.today - back).days > _FAR:
                if INVITED.search(self.text[clause.start : place]):
                    continue
                self._ask(f"Est-ce passé ({short_date(back)}) ou à venir ({short_date(ahead)}) ?")
            self.days.append((back, moment))
        return ""

    def _to_come(self, moment: Moment, clause: _Clause, after: Sequence[_Clause]) -> bool:
        """Of a day that may be gone or to come: whether it is to come. What is told after it says that it is gone."""
        assert moment.back
        assert moment.ahead
        behind, before = (self.today - moment.back).days, (moment.ahead - self.today).days
        gone = any(OUTCOME.match(each.body) for each in after)
        if behind <= 7 and before <= 7:
            appointed = re.match(r"[§@^ ,]*(?:un |le )?(?:rdv|rv|rendez)", clause.body) is not None
            if "^" in clause.body and appointed and not gone:
                return True
            if gone and "^" not in clause.body:
                return False
        elif before <= _FAR and behind > 2 * before:
            return True
        elif (behind <= _FAR and before > 2 * behind) or (gone and behind <= _NEAR):
            return False
        self._ask(f"Est-ce passé ({short_date(moment.back)}) ou à venir ({short_date(moment.ahead)}) ?")
        return True

    def _follow(self, clause: _Clause) -> None:
        found = self._moments(clause)
        ahead = next((each for each in found if each.ahead), None)
        if found and ahead is None:
            self._ask(f"« {self._said(found[0])[0]} » : pour quel jour ?")
        self._due(clause, ahead)

    def _due(self, clause: _Clause, moment: Moment | None) -> None:
        if moment and moment.vague:
            self._ask(f"« {self._said(moment)[0]} » : pour quel jour ?")
        self.follows.append(Follow(*self._place(clause), moment.ahead if moment else None))

    def _day(self) -> date:
        if not self.days:
            if self.contact and self.earlier:
                self._ask(f"L'échange est-il d'aujourd'hui ou du {short_date(self.earlier[0])} ?")
            return self.today
        days = [day for day, _ in self.days]
        if any(moment.vague for _, moment in self.days) and len(set(days)) == 1:
            self._ask("Quel jour était-ce exactement ?")
        if len(set(days)) > 1:
            self._ask(
                f"Deux jours sont dits : l'échange est-il du {short_date(min(days))} ou du {short_date(max(days))} ?"
            )
        return max(days)

    def _direction(self) -> Direction:
        said = set(self.directions)
        if self.unanswered and BOTH not in said and THEM not in said:
            return US
        if self.unanswered and said == {US, BOTH}:
            self._ask("Avez-vous eu une réponse ?")
            return UNSAID
        if BOTH in said or {US, THEM} <= said:
            return BOTH
        return said.pop() if said else UNSAID

    def _ask(self, question: str) -> None:
        if question not in self.questions:
            self.questions.append(question)

    def _moments(self, clause: _Clause) -> list[Moment]:
        start, end = self.places[clause.start], self.places[clause.end]
        return [moment for moment in self.moments if start <= moment.start < end]

    def _said(self, moment: Moment) -> tuple[str, int]:
        place = self.places.index(moment.start)
        return self.words[moment.start : moment.end], place

    def _leads(self, place: int, words: str, head: int) -> bool:
        """« le mail du 12 », « vu en octobre »: the day is that of the contact, not of what it was about."""
        return words.startswith(("en ", "du ", "de ")) and place < head

    def _place(self, clause: _Clause) -> tuple[int, int]:
        return self.places[clause.start], self._after(clause.end)

    def _after(self, end: int) -> int:
        return self.ends[end - 1] if end else 0


def _follow_at(body: str) -> int | None:
    found = [match.start() for form in _FOLLOW if (match := form.search(body))]
    return min(found) if found else None
