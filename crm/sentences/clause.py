"""One clause of a sentence, and what may be asked of its words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from crm.sentences.conjugation import Tense
from crm.sentences.lexicon import ARTICLES
from crm.sentences.senses import Sense, words
from crm.sentences.tokens import Token, TokenKind

FROM = frozenset(["de", "du", "d'", "des"])
TO = frozenset(["a", "au", "aux", "pour", "vers", "chez"])
OUR = frozenset(["mon", "ma", "mes", "notre", "nos"])
REMOTE = frozenset(["visio", "visioconference", "teams", "zoom", "webex", "meet", "visios"])
MOVED = ("report", "decal", "repouss", "avanc")
CANCELLED = ("annul", "report", "decommand", "supprim")
INVITED = ("invit", "convi", "convoqu")

BACKGROUND = frozenset(["apres", "suite", "malgre"])
"""What begins in this way tells of what was before."""

_ABOUT = words("pour sur concernant re cf afin conc objet sujet depuis suite")
_ABOUT_PAIRS = frozenset(
    [("au", "sujet"), ("a", "propos"), ("en", "vue"), ("par", "rapport"), ("rapport", "a"), ("dans", "le")]
)


@dataclass(frozen=True)
class Clause:
    """The tokens of a clause. ``plain``: the sentence has no accents, so that « relance » may be « relancé »;
    ``told``: a contact was told before it; ``named``: someone was named before it.
    """

    tokens: Sequence[Token]
    plain: bool = False
    told: bool = False
    named: bool = False

    @cached_property
    def about(self) -> int:
        """The token from which the clause tells what it was about; past the last one when it does not."""
        return next((at for at in range(len(self.tokens)) if self._turns(at)), len(self.tokens))

    def _turns(self, at: int) -> bool:
        said = self.tokens[at].said
        if said in ("suite", "malgre") or (at == 0 and said in BACKGROUND) or (said, self.said(at + 1)) in _ABOUT_PAIRS:
            return True
        if said not in _ABOUT:
            return False
        if said == "cf" and at == 0 and self.means(Sense.WAY, Sense.MESSAGE, start=1, end=4):
            return False  # « cf mail de X du 26/11 »
        if said == "pour":
            after, found = self.at(at + 1), self.skipped(at + 1)
            if (
                found is not None
                and found.means(Sense.EVENT)
                and any(each.said.startswith("accueill") for each in self.tokens)
            ):
                return False  # « accueilli dix patrons pour notre petit déjeuner »
            return not (after and after.kind is TokenKind.DAY) and self.said(at + 3) != "fois"
        if said == "sur":
            stand = "stand" in (self.said(at + 1), self.said(at + 2))
            found = self.skipped(at + 1)
            where = found is not None and (
                found.means(Sense.UNANSWERED, Sense.EVENT) or found.said in REMOTE | {"place", "site", "linkedin"}
            )
            return not (stand or where)
        return True

    def at(self, place: int) -> Token | None:
        """The token at a place, None outside the clause."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def said(self, place: int) -> str:
        """What is said at a place, nothing outside the clause."""
        return self.tokens[place].said if 0 <= place < len(self.tokens) else ""

    def says(self, words: Collection[str], start: int = 0, end: int | None = None) -> bool:
        """Whether one of these words is said between two places."""
        return any(each.said in words for each in self.tokens[max(0, start) : end])

    def begins(self, place: int, beginnings: tuple[str, ...]) -> bool:
        """Whether the word at a place begins in one of these ways."""
        return self.said(place).startswith(beginnings)

    def means(self, *senses: Sense, start: int = 0, end: int | None = None) -> bool:
        """Whether a word between two places has one of these senses."""
        return any(each.means(*senses) for each in self.tokens[max(0, start) : end])

    def names(self, start: int = 0, end: int | None = None) -> bool:
        """Whether someone is named between two places."""
        return any(each.kind is TokenKind.NAME for each in self.tokens[max(0, start) : end])

    def skipped(self, place: int) -> Token | None:
        """The token at a place or after it that is no article."""
        while place < len(self.tokens) and self.tokens[place].said in ARTICLES:
            place += 1
        return self.at(place)

    def bare(self, place: int, *senses: Sense) -> bool:
        """Whether an infinitive of one of these senses follows a place closely."""
        return any(
            word.sense in senses for each in self.tokens[place + 1 : place + 6] if (word := each.verb(Tense.BARE))
        )

    def of_ours(self, place: int) -> bool:
        """Whether a noun is ours: « mon mail », « notre visite »."""
        return self.says(OUR, place - 2, place)

    def ahead(self) -> bool:
        """Whether the clause says a day that may be to come, not only as that of something it is about."""
        return any(
            each.moment
            and each.moment.ahead
            and (at < self.about or not (self.said(at - 1) in FROM or each.said.startswith("du ")))
            for at, each in enumerate(self.tokens)
        )

    def gone(self) -> bool:
        """Whether the clause says a day that may be gone."""
        return any(each.moment and each.moment.back for each in self.tokens)

    def comes(self, place: int) -> bool:
        """Whether that someone comes is said before a place: « la venue du groupe mardi »."""
        whose = ("la", "l'", "sa", "leur")
        return any(self.said(at) in _COMING and self.said(at - 1) in whose for at in range(1, place))

    def lasted(self) -> bool:
        """Whether the clause says how long something lasted, which is known afterwards."""
        return any(each.said == "heures" or (each.kind is TokenKind.HOUR and "m" in each.raw) for each in self.tokens)

    def is_list(self) -> bool:
        """Whether the clause holds names and days and nothing else."""
        return all(each.kind is not TokenKind.WORD or each.said in _LINKING for each in self.tokens)

    @property
    def place(self) -> tuple[int, int]:
        """From which character to before which one it stands in the text."""
        return self.tokens[0].start, self.tokens[-1].end


_COMING = words("venue presence participation arrivee")
_LINKING = words("le la les l' de du des d' chez a au et avec cf re tr fwd fw")
