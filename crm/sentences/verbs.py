"""The verbs of a clause: their form, who acts, whether on us, whether it was not done."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from crm.sentences.clause import FROM, OUR, REMOTE, Clause
from crm.sentences.conjugation import Tense
from crm.sentences.lexicon import (
    ADVERBS,
    ARTICLES,
    CLITICS,
    HAVE_I,
    HAVE_THEY,
    NEGATIONS,
    OURS,
    THEIRS,
)  # fmt: skip
from crm.sentences.reading import THEM, US
from crm.sentences.senses import Sense, Word, words
from crm.sentences.tokens import Token, TokenKind
from graph_schema.exchanges import Direction

_CENTRE = words("cfa centre organisme ecole")
_JUST = words("viens vient viennent venons")
_WILL_BE = words("sera seront serai serons serait")
_ME = frozenset(["m'", "me"])
_ARE = words("est suis sommes etais etions")
_NOT_AFTER = frozenset(["pas", "plus", "jamais"])


class Verb(NamedTuple):
    """A verb where it stands: its token, where its group begins, its sense and form. ``just``: « vient d'appeler »."""

    at: int
    start: int
    word: Word
    agent: Direction | None
    on_us: bool
    negated: bool
    just: bool

    @property
    def sense(self) -> Sense:
        """What it means."""
        return self.word.sense


def verbs(clause: Clause) -> list[Verb]:
    """The verbs of a clause, in order."""
    return [*_verbs(clause)]


def _verbs(clause: Clause) -> Iterator[Verb]:
    for at in range(len(clause.tokens)):
        word = _as_verb(clause, at)
        if word is not None and word.tense is Tense.DONE and clause.said(at - 1) == "etre":
            word = word._replace(tense=Tense.BARE)  # « souhaite être rappelé »
        if word is None or (word.tense is Tense.DONE and clause.says({"avoir", "etre"}, at - 2, at)):
            continue
        yield _Group(clause, at, word).verb()


class _Group:
    """The words before a verb that belong to it."""

    def __init__(self, clause: Clause, at: int, word: Word) -> None:
        self.clause, self.at, self.word, self.start = clause, at, word, at
        self.on_us = self.just = False
        self.negated = clause.said(at + 1) in _NOT_AFTER
        self.has = ""
        self.is_done_to = False

    def verb(self) -> Verb:
        while self.start and self._takes(self.start - 1):
            self.start -= 1
        agent = _agent(self.clause, self.at, self.start, self.word, self.on_us, self.has)
        if self.word.sense in (Sense.CONTACT, Sense.RECEIVE) and self._is_done_to_us():
            agent, self.on_us = THEM, True  # « on est invités », « nous avons été reçues par X »
        return Verb(self.at, self.start, self.word, agent, self.on_us, self.negated, self.just)

    def _is_done_to_us(self) -> bool:
        clause, start = self.clause, self.start
        if clause.said(start - 1) == "ete":
            return clause.said(start - 2) in HAVE_I and clause.said(start - 3) in OURS
        return self.is_done_to and clause.said(start - 1) in OURS

    def _takes(self, place: int) -> bool:
        """Whether the word at a place belongs to the verb; what it says of it is kept."""
        clause, token, done = self.clause, self.clause.tokens[place], self.word.tense is Tense.DONE
        said = token.said
        if said in ("ma", "mont") and done and place + 1 == self.at and self.start == self.at:
            self.on_us, self.has = True, "they"  # « ma envoyé »
        elif said in _ME or (said == "nous" and self._is_object(place)):
            self.on_us = True
        elif said in NEGATIONS:
            self.negated = True
        elif said in HAVE_I and self.word.tense in (Tense.DONE, Tense.BARE):
            self.has = "i"
            self.is_done_to |= said in _ARE
        elif said in HAVE_THEY and done and not is_to(clause, place):
            self.has = self.has or "they"
            self.is_done_to |= said in _ARE
        elif said in ("de", "d'") and clause.said(place - 1) in _JUST:
            self.just, self.has = True, "i" if clause.said(place - 1) in ("viens", "venons") else "they"
            self.start -= 1
        elif said == "etre" and self.word.tense is Tense.BARE:
            pass
        elif said in _WILL_BE and done:
            self.word, self.has = self.word._replace(tense=Tense.LATER), "they"
        else:
            helps = said in ADVERBS or (said in CLITICS and (said not in ("le", "la", "les") or self.has or not done))
            return bool(helps or (token.kind in (TokenKind.DAY, TokenKind.HOUR) and (self.has or self.on_us)))
        return True

    def _is_object(self, place: int) -> bool:
        """Whether « nous » is on whom it is done: « nous a appelés », « il nous rappelle »."""
        ends = self.clause.tokens[self.at].said.endswith("ons")
        third = self.word.tense in (Tense.NOW, Tense.LATER, Tense.THEN) and not ends
        if self.word.tense is Tense.BARE and place > 0:
            return True  # « il veut nous recevoir »
        return self.has == "they" or (not self.has and third) or subject_before(self.clause, place)


def _as_verb(clause: Clause, at: int) -> Word | None:
    """The token as a verb, if it is one there: « relance » may be « relancé », « relance » or « la relance »."""
    token = clause.tokens[at]
    if clause.said(at - 1) == "comme" or (clause.said(at - 1), clause.said(at)) == ("la", "part"):
        return None  # « comme convenu », « de la part de »
    forms = {word.tense: word for word in reversed(token.words) if word.tense}
    if not forms:
        if _is_done_to_us(clause, at):
            return Word(Sense.CONTACT, Tense.DONE)
        if _acts_on_us(clause, at):
            return Word(Sense.CONTACT, Tense.NOW)
        return Word(Sense.ACT, Tense.BARE) if _is_duty(clause, at) else None
    done, now = forms.get(Tense.DONE), forms.get(Tense.NOW)
    if clause.said(at) == "recommande" and clause.said(at - 1) in ARTICLES:
        return None  # a letter
    if done and (_is_accented(token) or _has_auxiliary(clause, at)):
        return done
    if done and now:
        return _done_or_now(clause, at, done, now)
    before, noun = clause.at(at - 1), token.noun()
    if noun and not (now and subject_before(clause, at)):
        return None
    word = done or now or next(iter(reversed(forms.values())))
    if word.tense is Tense.BARE and before is not None and before.said in ARTICLES - CLITICS - FROM:
        return None
    return word


def _done_or_now(clause: Clause, at: int, done: Word, now: Word) -> Word | None:
    """Of a word that may be « relancé » or « relance », or a noun, what it is."""
    token, before, noun = clause.tokens[at], clause.at(at - 1), clause.tokens[at].noun()
    clear = not token.raw.split()[0].endswith("e")  # « vu », « écrit » have no accent to lose
    said = before.said if before else ""
    ended = before is not None and (before.kind is TokenKind.NAME or said == ")")
    if clear and done.sense in (Sense.SAY, Sense.WRITE) and ended:
        return now
    if noun and clause.said(at + 1) in FROM:
        return None
    if noun and at == 0 and clause.named and done.sense is Sense.SAY:
        return now
    if subject_before(clause, at) or said in _ME | {"nous", "se", "s'", "lui", "y", "n'", "ne"}:
        return done if clear and said not in _ME | OURS | THEIRS | CLITICS else now
    if noun and said in ARTICLES | FROM | OUR:
        return None
    if clear or (clause.plain and (not noun or _name_after(clause, at))):
        return done
    return None if noun else now


def _is_done_to_us(clause: Clause, at: int) -> bool:
    """Whether a word that nobody listed is what someone did to us: « m'a redirigé », « nous ont dépannés »."""
    if clause.tokens[at].words or not re.fullmatch(r"[a-z]{3,}(?:e|i|u|is|it|ert)e?s?", clause.said(at)):
        return False
    place = at - 1
    while clause.said(place) in ADVERBS:
        place -= 1
    return clause.said(place) in ("a", "ont", "avait", "avaient") and clause.said(place - 1) in (
        "m'",
        "me",
        "nous",
        "ns",
    )


def _acts_on_us(clause: Clause, at: int) -> bool:
    """« l'agglo nous réoriente »: the same, now, of someone who is named."""
    if clause.tokens[at].words or not re.fullmatch(r"[a-z]{4,}(?:e|ent|it)", clause.said(at)):
        return False
    return clause.said(at - 1) in ("nous", "m'") and clause.names(at - 2, at - 1) and at > 1


def _is_duty(clause: Clause, at: int) -> bool:
    """Whether a word that nobody listed is an infinitive after « doit », « il faut »."""
    if clause.tokens[at].words or not re.fullmatch(r"[a-z]{3,}(?:er|ir|oir|dre|tre|vre|ire)", clause.said(at)):
        return False
    place = at - 1
    to = clause.tokens[place].raw == "à" if place >= 0 else False
    if to and (
        place == 0 or (clause.tokens[place - 1].means(Sense.DOCUMENT) and not clause.begins(place - 1, ("poste",)))
    ):
        return True  # « contrat à monter »
    while clause.said(place) in CLITICS | _ME | {"nous", "de", "d'"} or (to and clause.said(place) == "a"):
        place -= 1
    return clause.means(Sense.MUST, start=place, end=place + 1) if place >= 0 else False


def _is_accented(token: Token) -> bool:
    return token.raw.endswith(("é", "É", "ée", "és", "ées"))


def _has_auxiliary(clause: Clause, at: int) -> bool:
    """Whether « a », « ont », « ai » stand just before."""
    if at == 0 or clause.tokens[at - 1].kind is TokenKind.NAME:
        return False
    for place in range(at - 1, max(at - 5, -1), -1):
        if clause.said(place) in HAVE_I | HAVE_THEY and not is_to(clause, place):
            return True
        if clause.tokens[place].verb(Tense.DONE) and clause.said(place) not in ("eu", "fait"):
            return False  # « a vu l'annonce »: it helps the first one
    return False


def is_to(clause: Clause, at: int) -> bool:
    """Whether « a » is « à » there."""
    token, after = clause.tokens[at], clause.at(at + 1)
    if token.said != "a" or token.raw in ("à", "À"):
        return token.said == "a"
    if token.raw == "a" and clause.said(at - 1) in _ME | {"nous", "ns"}:
        return False
    helps = ADVERBS | NEGATIONS | CLITICS | _ME | {"eu", "ete"}
    return after is None or not (after.verb(Tense.DONE) or after.said in helps)


def subject_before(clause: Clause, at: int) -> bool:
    """Whether someone who acts stands just before."""
    place = at - 1
    while place >= 0 and clause.said(place) in CLITICS | NEGATIONS | ADVERBS | _ME:
        place -= 1
    return clause.said(place) in OURS | THEIRS | {")"} or clause.names(place, place + 1) if place >= 0 else False


def _name_after(clause: Clause, at: int) -> bool:
    for token in clause.tokens[at + 1 : at + 4]:
        if token.kind is TokenKind.NAME:
            return True
        if token.said not in ARTICLES | {"aupres"}:
            return False
    return False


def _agent(clause: Clause, at: int, start: int, word: Word, on_us: bool, has: str) -> Direction | None:
    """Who acts: we or they; None when nothing says it."""
    subject = clause.at(start - 1)
    if has == "i":
        return THEM if clause.begins(at, ("appri",)) and by_them(clause, at) else US
    if on_us or clause.said(at + 1) in ("il", "elle", "ils", "elles"):
        return THEM
    if subject is not None and subject.said in OURS | THEIRS:
        return US if subject.said in OURS else THEM
    if word.tense is Tense.DONE and not has:
        said_by = word.sense is Sense.SAY and start == at and clause.names(at - 1, at) and _source(clause, at - 1)
        return THEM if said_by or by_them(clause, at) else US
    if has and _is_our_own(clause, start):
        return US
    if subject is None and word.tense is not Tense.BARE:
        return THEM if clause.told or clause.named else US
    if has or (
        word.tense is not Tense.BARE and subject and (subject.kind is not TokenKind.SIGN or subject.said == ")")
    ):
        return THEM
    return THEM if word.tense is not Tense.BARE and clause.said(at).endswith("a") else None


def _source(clause: Clause, place: int) -> bool:
    """« décision de X annoncée hier »: whether something is theirs who are named there."""
    while place > 0 and (clause.said(place - 1) in ARTICLES - FROM or clause.names(place - 1, place)):
        place -= 1
    return place > 1 and clause.said(place - 1) in FROM


def _is_our_own(clause: Clause, start: int) -> bool:
    """« notre référent a appelé », « le CFA a accueilli »."""
    centre = clause.says(_CENTRE, start - 4, start) and not clause.names(0, start)
    colleague = clause.says({"collegue", "collegues"}, start - 4, start) and clause.says(OUR, start - 4, start)
    return centre or colleague or (clause.says(OUR, start - 4, start) and not clause.names(start - 3, start))


def by_them(clause: Clause, at: int) -> bool:
    """« appelé par X »."""
    for place in range(at + 1, min(at + 6, len(clause.tokens) - 1)):
        token = clause.tokens[place]
        if token.said == "par":
            found = clause.at(place + 1)
            if found and found.said in ARTICLES and clause.at(place + 2):
                found = clause.at(place + 2)
            if found is None or found.kind is not TokenKind.WORD:
                return found is not None and found.kind is TokenKind.NAME
            if found.means(Sense.WAY, Sense.MESSAGE) or found.said in REMOTE | {"le", "la", "linkedin"}:
                continue  # « prévenue par mail par X »
            return True
        if token.verb(Tense.DONE):
            continue  # « renvoyée signée par X »
        if token.kind not in (TokenKind.DAY, TokenKind.HOUR) and not token.means(Sense.WAY, Sense.MESSAGE):
            return False
    return False
