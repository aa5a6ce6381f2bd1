"""What was gathered of a sentence so far, and what follows from it: the day, the way, what is to be done."""

import re
from collections.abc import Sequence
from datetime import date

from crm.sentences import dating, opinion
from crm.sentences.clause import Clause
from crm.sentences.day_words import Moment
from crm.sentences.doubts import WHETHER
from crm.sentences.reading import BOTH, THEM, UNSAID, US
from crm.sentences.telling import ANSWERED, Follow, way_of
from crm.sentences.tokens import TokenKind, tokens
from graph_schema.exchanges import Channel, Direction
from graph_schema.wording import short_date

_QUOTED = re.compile(r":\s*[\"«“]\s*(?:[jJ]e |[jJ]'|[nN]ous |[oO]n )")


class Gathering:
    """A sentence, and what its clauses told so far."""

    def __init__(self, text: str, names: Sequence[tuple[int, int]], today: date) -> None:
        self.today, self.plain = today, text.isascii()
        self.text, self.asking = text, text.rstrip().endswith("?")
        self.tokens = tokens(text, names, today)
        kinds = {TokenKind.DAY: "date", TokenKind.HOUR: "time"}
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
        self.stated = _QUOTED.search(text) is not None
        """Whether someone who is named says or does something, by which we know it."""
        self.remarked = self.lost = False
        """Whether something is told before any contact, which someone may have said; or that we did, unread."""
        self.off = self.undone = False
        """Whether the meeting that comes next is said not to take place: « Annulé : RDV avec X »."""
        self.condition: Moment | None = None
        """The day by which something is waited for: « si rien d'ici vendredi, relancer »."""
        self.bare: Clause | None = None
        """A meeting told without a verb and without a day, when nothing else was told of a contact."""
        self.hushed = True
        """Whether the only sign of a contact is that nobody answers."""

    def to_do(self) -> Follow | None:
        """What is to be done, from the first thing to the last, for the first day said."""
        if not self.follows:
            return None
        due = min((each.due_on for each in self.follows if each.due_on), default=None)
        return Follow(self.follows[0].start, max(each.end for each in self.follows), due)

    @property
    def together(self) -> bool:
        """Whether what is told was with someone who is named: « convention signée avec X »."""
        return any(
            each.said == "avec" and any(one.kind is TokenKind.NAME for one in self.tokens[at + 1 : at + 3])
            for at, each in enumerate(self.tokens)
        )

    def day(self) -> date:
        """The day of the contact."""
        if not self.days and self.ours and self.unanswered:
            return max(each.back for each in self.ours if each.back)
        if not self.days:
            if self.contact and self.earlier:
                self.ask(f"L'échange est-il d'aujourd'hui ou du {short_date(self.earlier[0])} ?")
            return self.today
        if not all(each.vague for each in self.days):
            self.days = [each for each in self.days if not each.vague]
        for each in self.days:
            if each.back and each.ahead and dating.is_nearer(each, self.today):
                self.ask(f"Est-ce passé ({short_date(each.back)}) ou à venir ({short_date(each.ahead)}) ?")
        days = [each.back for each in self.days if each.back]
        if any(each.vague for each in self.days) and len(set(days)) == 1:
            self.ask("Quel jour était-ce exactement ?")
        if len(set(days)) > 1:
            self.ask(
                f"Deux jours sont dits : l'échange est-il du {short_date(min(days))} ou du {short_date(max(days))} ?"
            )
        return max(days)

    def direction(self) -> Direction:
        """From whom it came."""
        said = set(self.directions or self.weak)
        if not said and self.agreed and not self.heard:
            return THEM
        if not said and self.spoke:
            return BOTH  # « tél MDPH : Mme X confirme »
        if not said and self.contact and self.together:
            return BOTH
        if not said and self.stated:
            return THEM
        way, doubt = way_of(said, self.channels, self.unanswered)
        if way is US and not self.unanswered and self.channels[:1] == [Channel.CALL] and self._tells_of_them():
            doubt = ANSWERED
        if doubt:
            self.ask(doubt)
        return way

    def agreed_with(self, side: Direction | None) -> Direction:
        """The side that was read (None: no exchange), left to be said where the second opinion finds it unlikely."""
        if not opinion.learned().doubts(self.tokens, side):
            return side or UNSAID
        if side is None:
            self.ask(WHETHER)
        return UNSAID

    def _tells_of_them(self) -> bool:
        """Whether what is told after « : » may be what they said: « appelé X : dossier complet »."""
        return any(self.text[:start].rstrip().endswith(":") for start, _ in self.told)

    def ask(self, question: str) -> None:
        """Ask something, once."""
        if question not in self.questions:
            self.questions.append(question)
